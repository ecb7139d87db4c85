/** Cards by the seven categories, for facilitator and scribe alone. It is never drawn where others can see the screen. */

import { all, find, keyed, paint, stamp } from "../paint.js";
import { named } from "./sheets.js";

/** @typedef {import("../store.js").Card} Card */

const COLUMNS = /** @type {const} */ (["well", "worried", "needs"]);

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, ask, root, body }) {
  if (!document.querySelector('[data-sheet="analysis"]')) return;
  const sheet = named("analysis", { opened: draw });
  const shared = () => body.dataset.shared === "yes";
  board.addEventListener("change", () => sheet.isOpen && draw());
  // Turned towards others, the screen shows none of it.
  new MutationObserver(() => shared() && sheet.close()).observe(body, { attributeFilter: ["data-shared"] });
  // Before the card's menu folds up, and takes with it which card was meant.
  root.addEventListener("click", open, { capture: true });

  /** @param {MouseEvent} event */
  function open(event) {
    const button = event.target instanceof Element ? event.target.closest('[data-deed="tag"]') : null;
    const id = /** @type {HTMLElement | null} */ (button?.closest("[data-part=card]") ?? null)?.dataset.key;
    if (!button || !id || shared()) return;
    sheet.open();
    select(id)?.focus();
  }
  sheet.el.addEventListener("change", (event) => {
    const list = /** @type {HTMLSelectElement | null} */ (
      event.target instanceof Element ? event.target.closest("[data-category-of]") : null
    );
    const card = /** @type {HTMLElement | null} */ (list?.closest("[data-key]") ?? null)?.dataset.key ?? "";
    if (list) void tag(card, list.value);
  });

  /** @param {string} card @param {string} category */
  async function tag(card, category) {
    await ask("card.tag", { card, category });
    draw();
    select(card)?.focus();
  }

  /** @param {string} card */
  function select(card) {
    return /** @type {HTMLElement | null} */ (
      sheet.el.querySelector(`[data-key="${CSS.escape(card)}"] select`)
    );
  }

  function draw() {
    if (!board.meeting) return sheet.el.remove();
    const cards = COLUMNS.flatMap((column) => board.cards(column)).filter(
      (one) => !one.aside && !one.kept && !one.tray,
    );
    for (const part of all(sheet.el, "[data-category]")) {
      const here = cards.filter((one) => (one.category ?? "") === part.dataset.category);
      keyed(
        find(part, "[data-category-cards]"),
        here.map((one) => one.id),
        () => stamp("analysis-card"),
        (el, id) => {
          const { text, column, category = "" } = /** @type {Card} */ (board.card.get(id));
          paint(el, { text, column });
          /** @type {HTMLSelectElement} */ (find(el, "[data-category-of]")).value = category;
        },
      );
    }
  }
}

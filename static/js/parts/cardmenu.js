/** "⋯" on one's own card: move to another column, up, down, take back. All that dragging does, by key and by tap. */

import { all, find, paint, stamp } from "../paint.js";
import { cardEl, idsIn } from "./cards.js";
import { isOpen, mayMove, moveCard, next, takeBack } from "./moving.js";
import { named } from "./sheets.js";
import { columnOf } from "./showing.js";
import { unknownLine } from "./unknown.js";

/** @typedef {import("../main.js").Ctx} Ctx @typedef {import("../store.js").Column} Column */

/** There is one at most. */
export function closeMenu() {
  for (const menu of all(document, "[data-menu]")) {
    menu.closest("[data-key]")?.querySelector("[data-more]")?.setAttribute("aria-expanded", "false");
    menu.remove();
  }
}

/** @param {Ctx} ctx */
export function cardMenu(ctx) {
  const sheet = named("move");
  let moving = "";

  ctx.root.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest("button") : null;
    const card = /** @type {HTMLElement | null} */ (pressed?.closest("[data-cards] > [data-key]") ?? null);
    if (!pressed || !card) return;
    if ("more" in pressed.dataset) toggle(card);
    if (pressed.dataset.do) act(card, pressed.dataset.do);
  });
  ctx.root.addEventListener("keydown", (event) => {
    const menu = event.target instanceof Element ? event.target.closest("[data-menu]") : null;
    if (event.key !== "Escape" || !menu || event.defaultPrevented) return;
    event.preventDefault();
    const card = /** @type {HTMLElement} */ (menu.closest("[data-key]"));
    toggle(card);
    find(card, "[data-more]").focus();
  });
  sheet.el.addEventListener("click", (event) => {
    const to = event.target instanceof Element ? event.target.closest("[data-move-to]") : null;
    if (!to) return;
    sheet.close();
    void moveCard(ctx, moving, /** @type {Column} */ (/** @type {HTMLElement} */ (to).dataset.moveTo), null);
  });

  /** @param {HTMLElement} card */
  function toggle(card) {
    const open = card.querySelector("[data-menu]");
    closeMenu();
    if (open) return;
    const menu = stamp("card-menu");
    menu.dataset.menu = "";
    const shown = ctx.board.card.get(card.dataset.key ?? "");
    paint(menu, { unknown: shown ? unknownLine(shown) : "" });
    card.append(menu);
    find(card, "[data-more]").setAttribute("aria-expanded", "true");
    menu.scrollIntoView({ block: "nearest" });
  }

  /** @param {HTMLElement} card @param {string} what */
  function act(card, what) {
    const id = card.dataset.key ?? "";
    const column = columnOf(card);
    if (what === "remove") return void takeBack(ctx, id);
    if (!mayMove(ctx, id)) return;
    const ids = idsIn(column);
    const at = ids.indexOf(id);
    if (what === "move") {
      moving = id;
      for (const choice of all(sheet.el, "[data-move-to]")) {
        const to = /** @type {Column} */ (choice.dataset.moveTo);
        choice.hidden = to === column || !isOpen(ctx, to, id);
      }
      sheet.open();
    } else if (what === "up" && at > 0) void moveCard(ctx, id, column, ids[at - 1]);
    else if (what === "down" && at < ids.length - 1)
      void moveCard(ctx, id, column, next(ids[at + 1], column));
    cardEl(id)?.scrollIntoView({ block: "nearest" });
  }
}

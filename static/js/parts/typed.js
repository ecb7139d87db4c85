/** What somebody typed for me: confirmed together, or one corrected. Never pressed on anybody; unconfirmed is only marked. */

import { find, keyed, notice, paint, stamp } from "../paint.js";
import { t } from "../words.js";
import { title } from "./cards.js";
import { change } from "./change.js";
import { named } from "./sheets.js";

/** Those who type for others; without names a card does not say for whom it was typed. */
const TYPISTS = new Set(["scribe", "supporter", "facilitator"]);

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, ask }) {
  const button = /** @type {HTMLElement | null} */ (document.querySelector('[data-open="typed"]'));
  if (!button) return;
  const sheet = named("typed");
  const list = find(sheet.el, "[data-typed]");

  board.addEventListener("change", draw);
  draw();
  find(sheet.el, "[data-confirm]").addEventListener("click", async () => {
    sheet.close();
    try {
      await ask("card.confirm", { cards: forMe().map((card) => card.id) });
      notice(t("Thank you. It is marked as your own words."));
    } catch (refusal) {
      notice(t(/** @type {import("../ask.js").Refusal} */ (refusal).why));
    }
  });
  list.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest("[data-correct]") : null;
    const id = /** @type {HTMLElement | null} */ (pressed?.closest("[data-key]") ?? null)?.dataset.key;
    if (!id) return;
    sheet.close();
    change(id);
  });

  function forMe() {
    return [...board.card.values()].filter((card) => {
      if (!card.typed || card.confirmed || board.meeting?.state === "closed") return false;
      if (card.by) return card.by === board.you.id;
      return board.you.mine.has(card.id) && !TYPISTS.has(board.you.role);
    });
  }

  function draw() {
    const mine = forMe();
    if (button) button.hidden = mine.length === 0;
    if (!mine.length && sheet.isOpen) sheet.close();
    keyed(
      list,
      mine.map((card) => card.id),
      () => stamp("typed"),
      (el, id) => {
        const card = board.card.get(id);
        if (card) paint(el, { text: card.text, where: t("In {column}", { column: title(card.column) }) });
      },
    );
  }
}

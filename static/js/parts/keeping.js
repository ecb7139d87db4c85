/** A card of one's own that nobody else has seen yet is put up, by its button. What is kept while it is written is input.js. */

import { announce } from "../paint.js";
import { t } from "../words.js";
import { runs } from "./cards.js";

/** @param {import("../main.js").Ctx} ctx */
export function start(ctx) {
  ctx.root.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-put-up]") : null;
    const li = /** @type {HTMLElement | null} */ (button?.closest("[data-cards] > [data-key]") ?? null);
    if (!button || !li) return;
    await ctx.ask("card.show", { card: li.dataset.key });
    const waits = ctx.board.card.get(li.dataset.key ?? "")?.tray;
    announce(waits ? waitsFor(ctx.board) : t("Everyone can see it now."));
    // The button is gone: what can be done with the card stands beside it.
    if (document.activeElement === document.body)
      /** @type {HTMLElement | null} */ (li.querySelector("[data-change]"))?.focus({ preventScroll: true });
  });
}

/** What is said of a card in the tray. @param {import("../store.js").Board} board */
export function waitsFor(board) {
  return t("Waits until the family have spoken. {name} puts it up.", { name: runs(board) });
}

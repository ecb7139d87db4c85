/** What was typed for others and waits for their word: confirmed here for those who say so aloud. It never keeps a card from the board. */

import { find, keyed, notice, paint, stamp } from "../paint.js";
import { byOrder } from "../store.js";
import { t } from "../words.js";

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, ask, root }) {
  const fold = find(root, "[data-voiced]");
  const list = find(fold, "[data-voiced-list]");
  list.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-confirm-one]") : null;
    const id = button?.closest("li")?.dataset.key;
    if (!id) return;
    await ask("card.confirm", { cards: [id] });
    notice(t("Confirmed by voice."));
  });
  board.addEventListener("change", (event) => {
    const { all, touched } = /** @type {CustomEvent<import("../store.js").Touched>} */ (event).detail;
    if (all || touched.has("card") || touched.has("person")) draw();
  });

  function draw() {
    const cards = [...board.card.values()]
      .filter((one) => one.typed && !one.confirmed && !one.aside)
      .sort(byOrder);
    const focused = fold.contains(document.activeElement);
    fold.hidden = cards.length === 0 || board.meeting?.state !== "open";
    keyed(
      list,
      cards.map((one) => one.id),
      () => stamp("voiced"),
      (el, id) => {
        const card = board.card.get(id);
        paint(el, { text: card?.text, who: board.person.get(card?.by ?? "")?.name ?? "" });
      },
    );
    if (fold.hidden && focused) find(root, "[data-scribe-words]").focus();
  }
}

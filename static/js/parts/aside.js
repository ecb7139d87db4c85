/** The cards that were set aside, apart from the board: they stand in the panel, where no projector shows them. */

import { find, keyed, paint, stamp } from "../paint.js";
import { byOrder } from "../store.js";
import { t } from "../words.js";
import { deeds } from "./deeds.js";
import { touches } from "./desk.js";
import { showPart } from "./part.js";

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board } = desk;
  const part = find(desk.root, "[data-aside-part]");
  const list = find(part, "[data-aside-list]");
  const { putBack, erase } = deeds(desk);
  list.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const card = board.card.get(target?.closest("li")?.dataset.key ?? "");
    if (card && target?.closest("[data-put-back]")) putBack(card);
    else if (card && target?.closest("[data-erase]")) erase(card);
  });
  return draw;

  /** @param {import("./desk.js").Touched} touched */
  function draw(touched) {
    if (!touches(touched, "card", "person")) return;
    const cards = [...board.card.values()].filter((one) => one.aside).sort(byOrder);
    showPart(part, cards.length > 0);
    keyed(
      list,
      cards.map((one) => one.id),
      () => stamp("desk-aside"),
      (el, id) => {
        const { text, column, by = "" } = /** @type {import("../store.js").Card} */ (board.card.get(id));
        const title = board.meeting?.template.columns.find(
          (/** @type {any} */ one) => one.id === column,
        )?.title;
        const name = board.person.get(by)?.name;
        paint(el, { text, about: name ? t("{name} · {column}", { name, column: title }) : title });
      },
    );
  }
}

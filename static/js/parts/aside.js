/** The cards and different views that were set aside, apart from the board: they stand in the panel, where no projector shows them. */

import { find, keyed, paint, stamp } from "../paint.js";
import { byOrder } from "../store.js";
import { t } from "../words.js";
import { deeds } from "./deeds.js";
import { differDeeds } from "./differdeeds.js";
import { showPart } from "./part.js";
import { titleOf } from "./setwords.js";
import { touches } from "./touches.js";

/** @typedef {import("../store.js").Differ} Differ */

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board } = desk;
  const part = find(desk.root, "[data-aside-part]");
  const list = find(part, "[data-aside-list]");
  const { putBack, erase } = deeds(desk);
  const views = differDeeds(desk.press);
  list.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const key = target?.closest("li")?.dataset.key ?? "";
    const card = board.card.get(key);
    const view = board.differ.get(key);
    if (card && target?.closest("[data-put-back]")) putBack(card);
    else if (card && target?.closest("[data-erase]")) erase(card);
    else if (view && target?.closest("[data-put-back]")) void views.putBack(view);
    else if (view && target?.closest("[data-erase]")) void views.away({ id: view.id });
  });
  return draw;

  /** @param {import("./desk.js").Touched} touched */
  function draw(touched) {
    if (!touches(touched, "card", "differ", "set", "person")) return;
    const cards = [...board.card.values()].filter((one) => one.aside).sort(byOrder);
    const aside = [...board.differ.values()].filter((one) => one.aside);
    showPart(part, cards.length + aside.length > 0);
    keyed(
      list,
      [...cards, ...aside].map((one) => one.id),
      () => stamp("desk-aside"),
      (el, id) => {
        const view = board.differ.get(id);
        if (view) return paint(el, { text: view.text, about: aboutView(view) });
        const { text, column, by = "" } = /** @type {import("../store.js").Card} */ (board.card.get(id));
        const title = board.meeting?.template.columns.find(
          (/** @type {any} */ one) => one.id === column,
        )?.title;
        const name = board.person.get(by)?.name;
        paint(el, { text, about: name ? t("{name} · {column}", { name, column: title }) : title });
      },
    );
  }

  /** @param {Differ} view */
  function aboutView({ set, by = "" }) {
    const worry = /** @type {import("./setwords.js").Set_ | undefined} */ (board.set.get(set));
    const title = worry ? titleOf(worry) : "";
    const name = board.person.get(by)?.name;
    return name
      ? t("{name} sees it differently: {title}", { name, title })
      : t("Seen differently: {title}", { title });
  }
}

/** What people told the facilitator quietly, until she has dealt with it. It is in no record and nowhere else on the page. */

import { find, keyed, paint, setAttr, stamp } from "../paint.js";
import { t } from "../words.js";
import { clockTime } from "./clock.js";
import { showPart } from "./part.js";
import { touches } from "./touches.js";

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board, press } = desk;
  const part = find(desk.root, "[data-told]");
  const list = find(part, "[data-told-list]");
  list.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest("[data-done]") : null;
    const id = target?.closest("li")?.dataset.key;
    if (id) press({ ask: "quiet.done", quiet: id });
  });
  return draw;

  /** @param {import("./desk.js").Touched} touched */
  function draw(touched) {
    if (!touches(touched, "quiet", "person")) return;
    const words = [...board.quiet.values()].sort(
      (one, other) => Number(isDanger(other)) - Number(isDanger(one)) || one.at - other.at,
    );
    showPart(part, words.length > 0);
    keyed(
      list,
      words.map((one) => one.id),
      () => stamp("desk-told"),
      (el, id) => {
        const one = /** @type {import("../store.js").Quiet} */ (board.quiet.get(id));
        const name = board.person.get(one.person)?.name ?? "";
        setAttr(el, "data-danger", isDanger(one) ? "yes" : null);
        paint(el, {
          name,
          words: said(one, board.person.get(one.person)?.role),
          at: clockTime(one.at),
          done: t("Done: {name}", { name }),
        });
      },
    );
  }
}

/** What comes before everything else. @param {import("../store.js").Quiet} one */
function isDanger({ about }) {
  return about === "danger";
}

/** @param {import("../store.js").Quiet} one @param {string} [role] what who said it is here as */
function said({ about, text = "" }, role) {
  switch (about) {
    case "break":
      return t("I need a break");
    case "come":
      return t("Please come and speak to me");
    case "cannot-say":
      return t("There is something I can’t say here");
    case "danger":
      return role === "child" ? t("I am not safe") : t("A child may be in danger now");
    default:
      return text;
  }
}

/** Thoughts for next time that only the facilitator and their writers see yet: in her panel, never in what can be projected. */

import { find, keyed, paint, stamp } from "../paint.js";
import { t } from "../words.js";
import { writer } from "./cardfields.js";
import { title } from "./cards.js";
import { showPart } from "./part.js";
import { sure } from "./sure.js";
import { touches } from "./touches.js";

/** @param {import("./desk.js").Desk} desk */
export function start({ root, board, press }) {
  const part = find(root, "[data-thoughts-part]");
  const list = find(part, "[data-thoughts-list]");
  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-thought-remove]") : null;
    const id = /** @type {HTMLElement | null} */ (button?.closest("[data-key]") ?? null)?.dataset.key;
    if (id) void remove(id);
  });
  return draw;

  /** @param {import("./desk.js").Touched} touched */
  function draw(touched) {
    if (!touches(touched, "thought", "person")) return;
    const waiting = [...board.thought.values()].filter((one) => !one.shown && !one.own);
    waiting.sort((one, other) => one.order - other.order);
    showPart(part, waiting.length > 0);
    keyed(
      list,
      waiting.map((one) => one.id),
      () => stamp("desk-thought"),
      (el, id) => {
        const one = /** @type {import("../store.js").Thought} */ (board.thought.get(id));
        const about = [writer(/** @type {any} */ (one), board), title(one.column)]
          .filter(Boolean)
          .join(" · ");
        paint(el, { text: one.text, about });
      },
    );
  }

  /** @param {string} thought */
  async function remove(thought) {
    const yes = await sure({
      title: t("Remove this thought?"),
      text: t("Its words leave the board and the record. This cannot be taken back."),
      yes: t("Remove for good"),
      no: t("Keep it"),
    });
    if (yes) await press({ ask: "thought.remove", thought }, { said: t("Removed for good.") });
  }
}

/** Thoughts kept for later: in this tab alone, one list a column, until they are shown to everyone or thrown away. */

import { draftList, keepDraftList } from "../draft.js";
import { find, keyed, paint, stamp, undo } from "../paint.js";
import { t } from "../words.js";

/** @typedef {{id: string, text: string, fields?: Record<string, any>}} Thought `fields` is what else goes with its `card.add` */
/** @typedef {{keep: (thought: Thought) => void, draw: () => void, readonly empty: boolean}} Kept */

/**
 * @param {HTMLElement} form the composer @param {{show: (thought: Thought) => void, may: () => boolean}} does `show` puts one on the board, where one `may`
 * @returns {Kept}
 */
export function kept(form, { show, may }) {
  const list = find(form, "[data-kept-list]");
  const name = `kept.${form.dataset.composer}`;
  /** @type {Thought[]} */
  let thoughts = draftList(name);

  /** @param {Thought[]} now */
  function set(now) {
    thoughts = now;
    keepDraftList(name, thoughts);
    draw();
  }

  function draw() {
    list.hidden = thoughts.length === 0;
    keyed(
      list,
      thoughts.map((one) => one.id),
      () => stamp("kept"),
      (el, id) => {
        paint(el, { text: thoughts.find((one) => one.id === id)?.text });
        find(el, "[data-show-all]").hidden = !may();
      },
    );
  }

  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const id = /** @type {HTMLElement | null} */ (button?.closest("[data-key]") ?? null)?.dataset.key;
    const thought = thoughts.find((one) => one.id === id);
    if (!button || !thought) return;
    const rest = thoughts.filter((one) => one !== thought);
    if ("showAll" in button.dataset) {
      set(rest);
      show(thought);
    } else {
      const whole = thoughts;
      set(rest);
      undo(t("Thrown away."), () => set(whole));
    }
  });
  draw();
  return {
    keep: (thought) => set([...thoughts.filter((one) => one.id !== thought.id), thought]),
    draw,
    get empty() {
      return thoughts.length === 0;
    },
  };
}

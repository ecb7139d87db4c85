/** The panes of a sheet, of which one is shown: what is asked, what was sent, what came of it. It knows none of them by name. */

import { all, find } from "../paint.js";

/** @param {HTMLElement} el the sheet */
export function panes(el) {
  const each = all(el, "[data-pane]");

  return {
    /** The name of the one that is shown. */
    shown: () => each.find((one) => !one.hidden)?.dataset.pane,

    /**
     * Show another, or the same about `another` thing; `turned` is told, while the focus is still where it was, whether it will move.
     * @param {string} pane @param {(lost: boolean) => void} turned @param {boolean} [another]
     */
    turnTo(pane, turned, another = false) {
      if (this.shown() === pane && !another) return;
      const left = each.filter((one) => another || one.dataset.pane !== pane);
      const lost = left.some((one) => one.contains(document.activeElement));
      for (const one of each) one.hidden = one.dataset.pane !== pane;
      el.scrollTop = 0;
      turned(lost);
      if (lost) find(el, "h2").focus({ preventScroll: true });
    },
  };
}

/** Whether another sheet is up: what is done in it is done first. @param {HTMLElement} el the sheet that asks */
export function isElsewhere(el) {
  return all(document, "[data-sheet]:not([hidden])").some((one) => one !== el);
}

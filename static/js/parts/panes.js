/** The panes of a sheet, of which one is shown: what is asked, what was sent, what came of it. It knows none of them by name. */

import { all, find } from "../paint.js";

/** @param {HTMLElement} el the sheet */
export function panes(el) {
  const each = all(el, "[data-pane]");

  return {
    /** The name of the one that is shown. */
    shown: () => each.find((one) => !one.hidden)?.dataset.pane,

    /** Show another; its name is told to `turned` while the focus is still where it was. @param {string} pane @param {() => void} turned */
    turnTo(pane, turned) {
      if (this.shown() === pane) return;
      const lost = each.some((one) => one.dataset.pane !== pane && one.contains(document.activeElement));
      for (const one of each) one.hidden = one.dataset.pane !== pane;
      el.scrollTop = 0;
      turned();
      if (lost) find(el, "h2").focus({ preventScroll: true });
    },
  };
}

/** Whether another sheet is up: what is done in it is done first. @param {HTMLElement} el the sheet that asks */
export function isElsewhere(el) {
  return all(document, "[data-sheet]:not([hidden])").some((one) => one !== el);
}

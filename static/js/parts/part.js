/** Showing and hiding a part of the desk without losing the focus to the top of the page. */

/** What stands at hand when a part goes away, in this order. */
const NEAR = "[data-fold], [data-unfold], [data-run]";

/** @param {HTMLElement} part @param {boolean} shown */
export function showPart(part, shown) {
  // Asked before anything is hidden: a browser lets go of the focus at once.
  const focused = part.contains(document.activeElement);
  part.hidden = !shown;
  if (shown || !focused) return;
  const near = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(NEAR)]);
  near.find((one) => one.offsetParent)?.focus({ preventScroll: true });
}

/**
 * Which column this screen shows, where they do not stand side by side. One for the whole page; others ask it and are told.
 * Whether to follow the meeting is decided in phases.js.
 */

import { all, find } from "../paint.js";

/** @typedef {import("../store.js").Column} Column */

const SIDE_BY_SIDE = "(min-width: 64em)";

/** @type {((column: Column) => void)[]} */
const listeners = [];

/** Whether all columns are in sight at once. */
export function sideBySide() {
  return matchMedia(SIDE_BY_SIDE).matches;
}

/** The column that is shown; of three side by side, the one last gone to. @returns {Column} */
export function shown() {
  return columnOf(find(document, "[data-column][data-shown]"));
}

/** Show a column. @param {Column} column */
export function show(column) {
  for (const el of all(document, "section[data-column]")) {
    el.toggleAttribute("data-shown", columnOf(el) === column);
    if (columnOf(el) === column) el.dataset.shown = "yes";
  }
  for (const tab of all(document, "[data-tab]")) {
    if (tab.dataset.tab === column) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  for (const told of listeners) told(column);
}

/** Be told when another column is shown. @param {(column: Column) => void} told */
export function whenShown(told) {
  listeners.push(told);
}

/** Whether the person sees this column now. @param {Column} column */
export function inSight(column) {
  return sideBySide() || shown() === column;
}

/** The column an element lies in. @param {Element | null} el @returns {Column} */
export function columnOf(el) {
  const section = /** @type {HTMLElement | null} */ (el?.closest("section[data-column]") ?? null);
  return /** @type {Column} */ (section?.dataset.column ?? "");
}

/** The section of a column. @param {string} column @returns {HTMLElement} */
export function section(column) {
  return find(document, `section[data-column="${column}"]`);
}

/** What scrolls a column: its own list, or the whole page where that flows. @param {HTMLElement} list the column's `data-scroll` */
export function scrollerOf(list) {
  if (getComputedStyle(list).overflowY !== "visible") return list;
  return /** @type {HTMLElement} */ (document.scrollingElement ?? document.documentElement);
}

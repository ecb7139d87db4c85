/**
 * What this screen shows: the columns, the worries and goals or the next steps; and which column, where they do not stand side by
 * side. One for the whole page; others ask it and are told. Whether to follow the meeting is decided in phases.js.
 */

import { all, find } from "../paint.js";
import { isLeftOpen } from "./leftopen.js";

/** @typedef {import("../store.js").Column} Column */
/** @typedef {"columns" | "sets" | "steps" | "later"} View */

const SIDE_BY_SIDE = "(min-width: 64em)";

/** @type {((column: Column) => void)[]} */
const listeners = [];
/** @type {((view: View) => void)[]} */
const watchers = [];

/** Whether all columns are in sight at once. */
export function sideBySide() {
  return matchMedia(SIDE_BY_SIDE).matches;
}

/** The view that a phase of the meeting is about; of the one it is at now, if none is named. @param {import("../store.js").Board} board @param {string} [phase] @returns {View} */
export function viewOf(board, phase = board.meeting?.phase) {
  const { meeting } = board;
  const phases = meeting?.template.phases ?? [];
  const kind = phases.find((/** @type {{id: string}} */ one) => one.id === phase)?.kind;
  if (kind === "close" && isLeftOpen(board)) return "later";
  return kind === "sets" || kind === "steps" ? kind : "columns";
}

/** The view that is shown. @returns {View} */
export function shownView() {
  return /** @type {View} */ (find(document, "[data-view]:not([hidden])").dataset.view);
}

/** Show a view. @param {View} view */
export function showView(view) {
  if (view === shownView()) return;
  for (const el of all(document, "[data-view]")) el.hidden = el.dataset.view !== view;
  find(document, "[data-tabs]").hidden = view !== "columns";
  for (const told of watchers) told(view);
}

/** Be told when another view is shown. @param {(view: View) => void} told */
export function whenViewShown(told) {
  watchers.push(told);
}

/** The column that is shown; of three side by side, the one last gone to. @returns {Column} */
export function shown() {
  return columnOf(find(document, "[data-column][data-shown]"));
}

/** Show a column. @param {Column} column */
export function show(column) {
  showView("columns");
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
  return shownView() === "columns" && (sideBySide() || shown() === column);
}

/** The column an element lies in. @param {Element | null} el @returns {Column} */
export function columnOf(el) {
  const section = /** @type {HTMLElement | null} */ (el?.closest("section[data-column]") ?? null);
  return /** @type {Column} */ (section?.dataset.column ?? "");
}

/** Looked for once: a search would go through all the cards before it, several times for each change. @type {Map<string, HTMLElement>} */
const sections = new Map();

/** The section of a column. @param {string} column @returns {HTMLElement} */
export function section(column) {
  const known = sections.get(column);
  if (known?.isConnected) return known;
  const found = find(document, `section[data-column="${column}"]`);
  sections.set(column, found);
  return found;
}

/** What scrolls a column: its own list, or the whole page where that flows. @param {HTMLElement} list the column's `data-scroll` */
export function scrollerOf(list) {
  if (getComputedStyle(list).overflowY !== "visible") return list;
  return /** @type {HTMLElement} */ (document.scrollingElement ?? document.documentElement);
}

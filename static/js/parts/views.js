/**
 * The row above the board: the columns, the worries and goals, the next steps. It is there once there is more than the columns, and
 * follows what showing.js shows; whether the page follows the meeting is decided in phases.js.
 */

import { all, find, setAttr } from "../paint.js";
import { isLeftOpen } from "./leftopen.js";
import { lookBack } from "./phases.js";
import { shownView, showView, viewOf, whenViewShown } from "./showing.js";

/** @typedef {import("./showing.js").View} View */

/** What makes it worth going to a view: parts of these kinds. @type {Record<string, string[]>} */
const HOLDS = { sets: ["set"], steps: ["step", "decision"] };

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, root }) {
  const row = find(root, "[data-views]");
  let known = false;
  for (const button of all(row, "[data-view-to]"))
    button.addEventListener("click", () => {
      showView(/** @type {View} */ (button.dataset.viewTo));
      lookBack();
    });
  board.addEventListener("change", draw);
  whenViewShown(draw);
  draw();

  function draw() {
    if (!board.meeting) return known ? forgetViews() : undefined;
    known = true;
    row.hidden = shownView() === "columns" && viewOf(board) === "columns" && !holdsMore();
    find(row, '[data-view-to="later"]').hidden = !isLeftOpen(board) && shownView() !== "later";
    for (const button of all(row, "[data-view-to]"))
      setAttr(button, "aria-current", button.dataset.viewTo === shownView() ? "true" : null);
  }

  function holdsMore() {
    const shelves = /** @type {Record<string, any>} */ (/** @type {unknown} */ (board));
    return (
      isLeftOpen(board) || Object.values(HOLDS).some((kinds) => kinds.some((kind) => shelves[kind]?.size))
    );
  }
}

/** This page may not show the meeting any more: nothing of it stays behind in the views and lists, nor in what was asked about them. */
export function forgetViews() {
  for (const view of all(document, "[data-view]"))
    if (view.dataset.view !== "columns") view.replaceChildren();
  for (const words of all(document, "[data-sheet] [dir=auto], [data-who]")) words.replaceChildren();
}

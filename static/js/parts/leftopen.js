/** What is still open: cards that say what we don't know yet, and thoughts for next time. It draws nothing. */

/** @typedef {import("../store.js").Board} Board @typedef {import("../store.js").Card} Card @typedef {import("../store.js").Thought} Thought */

const COLUMNS = /** @type {const} */ (["well", "worried", "needs"]);

/** What we don't know yet, in the order of the board. What is set aside or not on the board yet is not on the list. @param {Board} board @returns {Card[]} */
export function unknowns(board) {
  const open = [...board.card.values()].filter(isUnknown);
  return open.length ? COLUMNS.flatMap((column) => board.cards(column)).filter(isUnknown) : [];
}

/** @param {Card} card */
function isUnknown(card) {
  return Boolean(card.unknown && !card.aside && !card.kept && !card.tray);
}

/** The thoughts that everyone may see, and one's own; not those that only the facilitator sees. @param {Board} board @returns {Thought[]} */
export function thoughts(board) {
  return [...board.thought.values()]
    .filter((one) => one.shown || one.own)
    .sort((one, other) => one.order - other.order);
}

/** Whether there is anything of it. @param {Board} board */
export function isLeftOpen(board) {
  return unknowns(board).length > 0 || thoughts(board).length > 0;
}

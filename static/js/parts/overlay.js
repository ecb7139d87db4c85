/**
 * The columns as this person means them: what the server said, and on top what was asked and is not answered yet.
 * It draws nothing and keeps nothing.
 */

import { byOrder, isChilds } from "../store.js";

/**
 * @typedef {import("../store.js").Card & {saving?: boolean}} Shown
 * @typedef {import("../ask.js").Ask} Ask
 * @typedef {Record<import("../store.js").Column, Shown[]>} Columns
 */

/**
 * @param {import("../store.js").Board} board @param {Iterable<Ask>} asks what waits for an answer, oldest first
 * @returns {Columns} in the order of the board: a child's words first, then everyone alike
 */
export function columnsWith(board, asks) {
  /** @type {Columns} */
  const columns = { well: [], worried: [], needs: [] };
  // The desk can be projected: what is not for all to see stands in the facilitator's panel, not in her columns.
  const runs = board.you.role === "facilitator";
  for (const card of board.card.values()) if (!(runs && isApart(card))) columns[card.column]?.push(card);
  for (const column of Object.values(columns)) column.sort(byOrder);
  for (const ask of asks) lay(columns, ask, board);
  for (const [name, column] of Object.entries(columns))
    columns[/** @type {import("../store.js").Column} */ (name)] = voicesFirst(column);
  return columns;
}

/** @param {Columns} columns @param {Ask} ask @param {import("../store.js").Board} board */
function lay(columns, ask, board) {
  const here = find(columns, ask.ask === "card.add" ? ask.id : ask.card);
  switch (ask.ask) {
    case "card.add":
      if (here) here.column[here.at] = { ...here.column[here.at], saving: true };
      else add(columns, added(ask, board), board);
      return;
    case "card.edit":
      if (here) here.column[here.at] = { ...here.column[here.at], text: ask.text, saving: true };
      return;
    case "card.remove":
      if (here) here.column.splice(here.at, 1);
      return;
    case "card.move":
      if (here) moved(columns, here, ask);
  }
}

/** @param {Columns} columns @param {{column: Shown[], at: number}} here @param {Ask} ask */
function moved(columns, here, ask) {
  const to = columns[/** @type {import("../store.js").Column} */ (ask.column)];
  if (!to || ask.before === ask.card) return;
  const [card] = here.column.splice(here.at, 1);
  const before = ask.before ? to.findIndex((one) => one.id === ask.before) : -1;
  to.splice(before < 0 ? to.length : before, 0, { ...card, column: ask.column, saving: true });
}

/** @param {Columns} columns @param {Shown} card @param {import("../store.js").Board} board */
function add(columns, card, board) {
  // It may be there already, in the panel.
  if (board.you.role !== "facilitator" || !isApart(card)) columns[card.column]?.push(card);
}

/** @param {Shown} card */
function isApart(card) {
  return Boolean(card.aside || card.tray || card.kept);
}

/** Whether words of this person wait where the family go first. @param {import("../store.js").Board} board @param {string} person @param {string} column */
export function waits({ meeting, person: people, you }, person, column) {
  const role = people.get(person)?.role ?? (person === you.id ? you.role : "");
  return role === "agency" && Boolean(meeting?.family_first?.some((one) => one === column));
}

/** @param {Ask} ask @param {import("../store.js").Board} board @returns {Shown} */
function added(ask, board) {
  const named = board.meeting?.authors === "shown";
  const me = board.you.id;
  const other = ask.for && ask.for !== me;
  return {
    id: ask.id,
    column: ask.column,
    text: ask.text,
    version: 0,
    order: "",
    by: named ? (ask.for ?? me) : "",
    typed_by: named && other ? me : "",
    typed: Boolean(other),
    voice: ask.voice ?? null,
    unknown: ask.unknown ?? null,
    child: named && !other && board.you.role === "child",
    kept: Boolean(ask.keep),
    tray: !ask.keep && waits(board, ask.for ?? me, ask.column),
    saving: true,
  };
}

/** @param {Columns} columns @param {string} id */
function find(columns, id) {
  for (const column of Object.values(columns)) {
    const at = column.findIndex((card) => card.id === id);
    if (at >= 0) return { column, at };
  }
  return null;
}

/** @param {Shown[]} column */
function voicesFirst(column) {
  return [...column.filter(isChilds), ...column.filter((card) => !isChilds(card))];
}

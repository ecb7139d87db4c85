/** A set in words: its title, where it stands, its questions. It draws nothing and asks for nothing. */

import { all } from "../paint.js";
import { t } from "../words.js";
import { saidOf } from "./polls.js";

/**
 * @typedef {import("../store.js").Board} Board
 * @typedef {{text: string, part?: string, gap?: boolean}} Piece
 * @typedef {{id: string, state: "draft" | "board" | "closed", number?: number, children?: string[], texts?: Record<string, string>,
 *   versions?: Record<string, number>, cards?: string[], scale: string, reads: {worry: Piece[], goal: Piece[]}, typed?: boolean,
 *   instead_of?: string, replaced_by?: string, writes?: boolean, drafter?: boolean, writers?: string[], everyone?: boolean,
 *   hands?: Record<string, string>, comments?: string}} Set_
 * @typedef {{id: string, text: string, name: string, typed: boolean, mine: boolean, answer: boolean}} View
 *   a different view; `answer`: given when everyone was asked
 */

/** Who writes in worries at all, as the server has it. */
export const WRITING_ROLES = ["facilitator", "scribe", "family", "child", "supporter", "advocate", "agency"];

/** The sets of this board, drafts last. @param {Board} board @returns {Set_[]} */
export function setsOf(board) {
  const sets = /** @type {Set_[]} */ ([...board.set.values()]);
  const rank = (/** @type {Set_} */ one) => (one.state === "draft" ? 10_000 : (one.number ?? 0));
  return sets.sort((one, other) => rank(one) - rank(other));
}

/** @param {Set_} set @param {string} [fallback] */
export function titleOf(set, fallback = label("worry")) {
  const name = set.texts?.name || fallback;
  return set.number ? t("{n} {name}", { n: set.number, name }) : name;
}

/**
 * How a worry is seen differently: views of their own first, then what people said when they were asked whether they agree.
 * @param {Board} board @param {string} set @returns {View[]}
 */
export function viewsOf(board, set) {
  const own = [...board.differ.values()].filter((one) => one.set === set && !one.aside);
  const said = saidOf(board, set).filter((one) => one.value !== "agree");
  return [
    ...own.map(({ id, text, by, typed, mine }) => ({
      id,
      text,
      name: board.person.get(by ?? "")?.name ?? "",
      typed: Boolean(typed),
      mine: Boolean(mine),
      answer: false,
    })),
    ...said.map(({ id, words, name }) => ({
      id,
      text: words,
      name,
      typed: false,
      mine: false,
      answer: true,
    })),
  ];
}

/** Where a set stands, in words. @param {Board} board @param {Set_} set */
export function stateOf(board, set) {
  if (set.state === "draft") return t("Draft");
  if (set.state === "closed") return t("Closed");
  const used = isUsed(board, set);
  if (!viewsOf(board, set.id).length) return used ? t("In use") : t("On the board");
  return used ? t("In use, seen differently") : t("Seen differently");
}

/** Whether the meeting is at a set now: it is shown large, or everyone is asked about it. @param {Board} board @param {Set_} set */
function isUsed(board, set) {
  const about = board.meeting?.about;
  if (board.meeting?.state === "closed") return false;
  if (about?.kind === "set" && about.id === set.id) return true;
  const asked = [...board.poll.values()].some((one) => one.set === set.id && one.state === "open");
  return asked || [...board.round.values()].some((one) => one.scale === set.scale && one.state === "open");
}

/** Whether its parts are yours to write now. @param {Board} board @param {Set_} set */
export function mayWrite(board, set) {
  const open = board.meeting?.state === "open" && set.state !== "closed";
  return open && Boolean(set.writes) && WRITING_ROLES.includes(board.you.role);
}

/** The set the meeting looks at: shown by the facilitator, else the first that is open. @param {Board} board */
export function setLookedAt(board) {
  const about = board.meeting?.about;
  const shown = about?.kind === "set" ? /** @type {Set_ | undefined} */ (board.set.get(about.id)) : undefined;
  return shown ?? setsOf(board).find((one) => one.state === "board");
}

/** The template’s question for a part. @param {string} part @param {Set_} [set] @returns {string} */
export function label(part, set) {
  const [name, place] = part.split(":");
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("set-labels"));
  const found = all(template.content, "[data-of]").find((el) => el.dataset.of === name)?.textContent ?? "";
  const children = set?.children ?? [];
  const names =
    children.length > 1
      ? `${children.slice(0, -1).join(", ")} ${label("joined")} ${children.at(-1)}`
      : (children[0] ?? "");
  if (!found.includes("{")) return found;
  return found
    .replace("{children}", names || label("the_children"))
    .replace("{child}", children[Number(place)] ?? "");
}

/** Put a paragraph into an element, gaps apart from words. @param {HTMLElement} el @param {Piece[]} pieces */
export function drawReads(el, pieces) {
  const known = JSON.stringify(pieces);
  if (el.dataset.known === known) return;
  el.dataset.known = known;
  el.replaceChildren(
    ...pieces.map((piece) => {
      if (!piece.part) return document.createTextNode(piece.text);
      const said = document.createElement(piece.gap ? "span" : "bdi");
      if (piece.gap) said.className = "reads__gap";
      said.textContent = piece.text;
      return said;
    }),
  );
}

/**
 * What would help whoever runs the meeting to hear now: which prompts there is a reason for, in the template's words. It draws nothing,
 * decides nothing, and a low number never tells whose it is.
 */

import { t } from "../words.js";
import { agendaOf } from "./phaseorder.js";

/** @typedef {import("../store.js").Board} Board @typedef {{kind: string, about: string, words: string}} Prompt `about` names its reason, so that it is heard once */
/** @typedef {{about: string, values: Record<string, string>}} Reason */

/** A column is far emptier than another that has so many cards, and so many times as many. */
const MANY = 4;
const TIMES = 3;
/** Somebody has not written once this part of a phase has passed. */
const LATE = 0.5;
const MINUTE_MS = 60_000;
const WRITERS = ["family", "agency"];

/** What there is a reason for, in the template's order. @param {Board} board @param {number} now ms @returns {Prompt[]} */
export function promptsFor(board, now) {
  const { template, prompts_off: off = [], state } = board.meeting ?? {};
  if (state !== "open") return [];
  const find = { low, unwritten, thinner, happened };
  return (template.prompts ?? []).flatMap((/** @type {{kind: keyof typeof find, text: string}} */ one) => {
    const reason = off.includes(one.kind) ? null : find[one.kind]?.(board, now);
    return reason ? [{ kind: one.kind, about: reason.about, words: t(one.text, reason.values) }] : [];
  });
}

/** The lowest number of what was just shown, against the council's bands; counted so that 10 is best. @param {Board} board @returns {Reason | null} */
function low(board) {
  for (const round of [...board.round.values()].filter((one) => one.state === "shown")) {
    const down = board.scale.get(round.scale)?.direction === "down";
    const numbers = [...board.rating.values()]
      .filter((one) => one.round === round.id && typeof one.value === "number")
      .map((one) => (down ? 10 - Number(one.value) : Number(one.value)));
    const least = Math.min(...numbers);
    const band = (board.meeting?.template.bands ?? []).find(
      (/** @type {{low: number, high: number}} */ one) => one.low <= least && least <= one.high,
    );
    if (band) return { about: `low ${round.id}`, values: { band: band.text } };
  }
  return null;
}

/** Somebody of whom nothing stands on the board, in the second half of a phase that writes; family first. @param {Board} board @param {number} now @returns {Reason | null} */
function unwritten({ meeting, card, person }, now) {
  const phase = agendaOf(meeting).find((one) => one.id === meeting?.phase);
  // Where names are hidden nobody knows who has written.
  if (meeting?.authors !== "shown" || meeting.pause || phase?.kind !== "column") return null;
  if (now - meeting.phase_since < phase.minutes * LATE * MINUTE_MS || !card.size) return null;
  const wrote = new Set([...card.values()].map((one) => one.by));
  const silent = [...person.values()]
    .filter((one) => one.state === "here" && WRITERS.includes(one.role) && !wrote.has(one.id))
    .sort((one, other) => WRITERS.indexOf(one.role) - WRITERS.indexOf(other.role))
    .at(0);
  return silent ? { about: `unwritten ${silent.id}`, values: { name: silent.name } } : null;
}

/** Good things or worries far emptier than the other, once the meeting has been at them. @param {Board} board @returns {Reason | null} */
function thinner({ meeting, card }) {
  const here = [...card.values()].filter((one) => !one.aside && !one.tray && !one.kept);
  const count = (/** @type {string} */ column) => here.filter((one) => one.column === column).length;
  for (const [column, other] of [
    ["well", "worried"],
    ["worried", "well"],
  ]) {
    const few = count(column) * TIMES <= count(other) && count(other) >= MANY;
    if (few && hasBeen(meeting, column))
      return {
        about: `thinner ${column}`,
        values: { column: title(meeting, column), other: title(meeting, other) },
      };
  }
  return null;
}

/** A worry that is up without a word of what happened. @param {Board} board @returns {Reason | null} */
function happened({ set }) {
  const one = [...set.values()].find((each) => each.state === "board" && !each.texts?.happened?.trim());
  return one ? { about: `happened ${one.id}`, values: {} } : null;
}

/** Whether the meeting is past the phase of a column. @param {Board["meeting"]} meeting @param {string} column */
function hasBeen(meeting, column) {
  const phases = agendaOf(meeting);
  const at = phases.findIndex((one) => one.id === meeting?.phase);
  return phases.some((one, place) => one.column === column && !one.skipped && place < at);
}

/** @param {Board["meeting"]} meeting @param {string} column @returns {string} */
function title(meeting, column) {
  return meeting?.template.columns.find((/** @type {any} */ one) => one.id === column)?.title ?? "";
}

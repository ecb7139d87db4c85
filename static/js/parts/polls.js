/**
 * What a poll means for the person at this page: which is asked, what they answered, how it will be shown, and what all answers
 * say once they are. It reads the board and draws nothing.
 */

import { t, tn } from "../words.js";
import { runs } from "./cards.js";
import { asksMe } from "./rounds.js";

/** @typedef {import("../store.js").Board} Board @typedef {import("../store.js").Poll} Poll @typedef {import("../store.js").Answer} Answer */
/** @typedef {"agree" | "partly" | "differently"} Stance */
/** @typedef {{id: string, value: string, words: string, name: string}} Said words that were shown, with a name where names are */
/**
 * @typedef {{stances: {value: Stance, words: string, who: string}[], silent: number, left: string[], leftOut: number}} Sum
 *   `who`: names, or how many where names are hidden; `left`: names of who was not asked, `leftOut` how many they are
 */

/** @type {Stance[]} */
export const STANCES = ["agree", "partly", "differently"];

/** What each answer is called once it is shown. @param {string} value */
export function stanceWords(value) {
  if (value === "agree") return t("Agree");
  if (value === "partly") return t("Partly");
  return t("See it differently");
}

/** What an answer says, as its giver chose it. @param {string} value */
export function choiceWords(value) {
  if (value === "agree") return t("I agree");
  if (value === "partly") return t("Partly");
  return value === "differently" ? t("I see it differently") : t("Not now");
}

/** The polls that are open while the meeting lasts, in the order they were asked. @param {Board} board @returns {Poll[]} */
export function open(board) {
  if (board.meeting?.state === "closed") return [];
  return inOrder([...board.poll.values()].filter((one) => one.state === "open" && board.set.has(one.set)));
}

/** The poll this person is at: the first they have not answered, else the last they have. @param {Board} board @param {(poll: Poll) => boolean} isIn */
export function current(board, isIn) {
  const asked = open(board);
  return asked.find((one) => !isIn(one)) ?? asked[asked.length - 1];
}

/** What is asked or was shown last of a set. @param {Board} board @param {string} set @returns {Poll | undefined} */
export function pollOf(board, set) {
  const all = inOrder([...board.poll.values()].filter((one) => one.set === set));
  const asking = all.find((one) => one.state === "open");
  return asking ?? all.filter((one) => one.state === "shown").pop();
}

/** Your own answer, as the server holds it. @param {Board} board @param {Poll} poll @returns {Answer | undefined} */
export function ownAnswer(board, poll) {
  return [...board.answer.values()].find((one) => one.poll === poll.id && one.person === board.you.id);
}

/** Whether a poll asks this person. @param {Board} board @param {Poll} poll */
export function asks(board, poll) {
  return asksMe(board, poll);
}

/** How your answer will be shown, told before you choose. @param {Board} board @param {Poll} poll */
export function howShown(board, poll) {
  const name = runs(board);
  if (poll.named) return t("When {name} shows the answers, yours has your name.", { name });
  const counts = t("When {name} shows the answers, it is only how many, no names.", { name });
  return `${counts} ${tn("{n} person is asked.", "{n} people are asked.", poll.asked)}`;
}

/** Whether the words of a set, the names of the children in them too, are others than those asked about. @param {Board} board @param {Poll} poll */
export function wasReworded(board, poll) {
  const now = board.set.get(poll.set)?.versions ?? {};
  const then = poll.versions ?? {};
  return [...Object.keys(now), ...Object.keys(then)].some((part) => now[part] !== then[part]);
}

/** What all answers say once they are shown. @param {Board} board @param {Poll} poll @returns {Sum} */
export function summed(board, poll) {
  const counts = poll.counts ?? {};
  const shown = shownIn(board, poll);
  const named = (/** @type {Stance} */ value) =>
    shown
      .filter((one) => one.value === value)
      .map((one) => nameOf(board, one.person ?? ""))
      .sort((one, other) => one.localeCompare(other));
  const stances = STANCES.filter((value) => counts[value]).map((value) => ({
    value,
    words: stanceWords(value),
    who: poll.named ? named(value).join(", ") : String(counts[value]),
  }));
  const left = [...(poll.unasked ?? []), ...(poll.away ?? [])].map((id) => nameOf(board, id));
  return {
    stances,
    silent: Math.max(0, poll.asked - poll.answered),
    left: left.sort((one, other) => one.localeCompare(other)),
    leftOut: left.length || (poll.not_asked ?? 0),
  };
}

/**
 * The words that were shown with a set: of who sees it differently first, then partly, then of who agrees. Those said when it
 * was asked last.
 * @param {Board} board @param {string} set @returns {Said[]}
 */
export function saidOf(board, set) {
  const all = inOrder([...board.poll.values()].filter((one) => one.set === set && one.state === "shown"));
  const poll = all.pop();
  if (!poll) return [];
  const place = (/** @type {Answer} */ one) => STANCES.indexOf(/** @type {Stance} */ (one.value));
  return shownIn(board, poll)
    .filter((one) => one.words)
    .sort((one, other) => place(other) - place(one) || Number(one.id > other.id) || -1)
    .map((one) => ({
      id: one.id,
      value: one.value,
      words: one.words ?? "",
      name: one.person ? nameOf(board, one.person) : "",
    }));
}

/** Answers everyone sees; your own, where it was not shown, has its filling. @param {Board} board @param {Poll} poll */
function shownIn(board, poll) {
  return [...board.answer.values()].filter((one) => one.poll === poll.id && one.pad === undefined);
}

/** @param {Board} board @param {string} id */
function nameOf(board, id) {
  return board.person.get(id)?.name || t("Somebody");
}

/** @param {Poll[]} polls */
function inOrder(polls) {
  return polls.sort((one, other) => (one.opened ?? 0) - (other.opened ?? 0));
}

/**
 * What a round means for the person at this page: whether it asks them, what they answered, how it will be shown, in words.
 * It reads the board and draws nothing.
 */

import { t, tn } from "../words.js";
import { runs } from "./cards.js";
import { holderOf } from "./hand.js";
import { numbersOf } from "./numbers.js";

/** @typedef {import("../store.js").Board} Board @typedef {import("../store.js").Round} Round @typedef {import("../store.js").Rating} Rating */
/** @typedef {import("../store.js").Person} Person */

/** Roles asked for a number; who runs the meeting only where she said she answers too. */
const RATERS = new Set(["family", "child", "agency"]);
/** For whom each role may enter a number. @type {Record<string, Set<string>>} */
const WRITES_FOR = {
  facilitator: RATERS,
  scribe: new Set([...RATERS, "facilitator"]),
  advocate: new Set(["child"]),
};
const ON_THE_LIST = new Set(["here", "left", "expected", "apologies"]);

/**
 * The round that is under way: an open one while the meeting lasts, else the last one until it is taken off the wall. Of several on
 * one sheet the one that was shown last comes before those still open. @param {Board} board
 */
export function current(board) {
  const over = board.meeting?.state === "closed";
  const rounds = [...board.round.values()].filter((one) => one.state !== "cancelled");
  const open = over ? [] : rounds.filter((one) => one.state === "open");
  const revealed = rounds.filter((one) => one.state === "shown" && one.revealed);
  const live = [...open, ...revealed].sort((one, other) => since(other) - since(one));
  if (live[0]?.state === "open") return sheetOf(board, live[0]).find((one) => one.state === "open");
  if (open.length) return live[0];
  const last = rounds.filter(isShown).sort((one, other) => since(other) - since(one))[0];
  return last?.state === "shown" ? last : undefined;
}

/** The entry since which a round stands as it does. @param {Round} round */
export function since({ opened = 0, revealed = 0 }) {
  return Math.max(opened, revealed);
}

/** The rounds that are open, in the order they are asked. @param {Board} board @returns {Round[]} */
export function openRounds(board) {
  if (board.meeting?.state === "closed") return [];
  return inOrder([...board.round.values()].filter((one) => one.state === "open"));
}

/** The rounds of one sheet, this one among them, in the order they are asked. @param {Board} board @param {Round} round @returns {Round[]} */
export function sheetOf(board, round) {
  if (!round.sheet) return [round];
  const rounds = [...board.round.values()];
  return inOrder(rounds.filter((one) => one.sheet === round.sheet && one.state !== "cancelled"));
}

/** @param {Round[]} rounds */
function inOrder(rounds) {
  return rounds.sort((one, other) => (one.opened ?? 0) - (other.opened ?? 0));
}

/** What a round is about, in a few words: its scale, and the child where each child has one. @param {Board} board @param {{scale: string, child?: string}} round */
export function roundTitle(board, round) {
  const scale = board.scale.get(round.scale);
  const title = board.set.get(scale?.set ?? "")?.texts?.name || scale?.title || "";
  return round.child ? t("{child}: {scale}", { scale: title, child: round.child }) : title;
}

/** Where a second text of that title stands. @param {Board} board @param {Round} round */
export function titlePlace(board, round) {
  const set = board.set.get(board.scale.get(round.scale)?.set ?? "");
  return set?.texts?.name ? `set/${set.id}/name` : `scale/${round.scale}/title`;
}

/** The scale as it is asked about in a round. @param {Board} board @param {Round} round @param {import("../store.js").Scale} scale */
export function askedIn(board, round, scale) {
  return { ...scale, title: roundTitle(board, round), place: titlePlace(board, round) };
}

/** The round the board is about now: an open one, else the one that is shown large again, else the newest shown. @param {Board} board */
export function talkedAbout(board) {
  const now = current(board);
  const about = board.meeting?.about;
  const again = about?.kind === "round" ? board.round.get(about.id) : undefined;
  return now?.state !== "open" && again && isShown(again) ? again : now;
}

/** Whether the numbers of a round have been shown. @param {Round} round */
export function isShown(round) {
  return round.state === "shown" || round.state === "closed";
}

/** Rounds whose numbers were shown, oldest first. @param {Board} board @returns {Round[]} */
export function past(board) {
  const kept = [...board.round.values()].filter(isShown);
  return kept.sort((one, other) => (one.opened ?? 0) - (other.opened ?? 0));
}

/** Whether people of this role are asked for a number, wherever anybody is. @param {string} role */
export function asksRole(role) {
  return RATERS.has(role);
}

/** Whether a round asks whoever holds this page. @param {Board} board @param {{too?: boolean}} round */
export function asksMe(board, round) {
  if (holderOf()) return asksRole(whoAnswers(board)?.role ?? "");
  return asksRole(board.you.role) || (board.you.role === "facilitator" && Boolean(round.too));
}

/** Who answers on this page: whose it is, or to whom the phone was passed. @param {Board} board */
function whoAnswers(board) {
  return board.person.get(holderOf() || board.you.id);
}

/** Your own answer, as the server holds it; kept back and thrown away it is none. @param {Board} board @param {Round} round @returns {Rating | undefined} */
export function ownRating(board, round) {
  const own = [...board.rating.values()].find((one) => one.round === round.id && one.person === board.you.id);
  return own?.kept && own.value === "rather-not" ? undefined : own;
}

/** The number a child keeps of a round, if any. @param {Board} board @param {Round | undefined} round @returns {Rating | undefined} */
export function keptNumber(board, round) {
  const own = round && board.you.role === "child" && !holderOf() ? ownRating(board, round) : undefined;
  return own?.kept ? own : undefined;
}

/** Rounds of which a child keeps a number, the newest first. @param {Board} board @returns {Round[]} */
export function keptRounds(board) {
  const kept = [...board.round.values()].filter((one) => keptNumber(board, one));
  return kept.sort((one, other) => since(other) - since(one));
}

/** Who would be asked, were a round opened now. @param {Board} board @param {boolean} too whether who runs it answers too @returns {Person[]} */
export function wouldAsk(board, too) {
  const asked = (/** @type {Person} */ one) =>
    one.state === "here" && (RATERS.has(one.role) || (too && one.id === board.you.id));
  return [...board.person.values()].filter(asked);
}

/** The same people as voices: colleagues are one where agencies count as one. @param {Person[]} people @param {boolean} agencies */
export function inAgencies(people, agencies) {
  if (!agencies) return people;
  const named = (/** @type {Person} */ one) => (one.role === "agency" ? alike(one.agency) : "");
  return people.filter(
    (one, place) => !named(one) || people.findIndex((other) => named(other) === named(one)) === place,
  );
}

/** The children who are named in worries on the board. @param {Board} board */
export function childrenOf(board) {
  const sets = [...board.set.values()].filter((one) => one.state === "board");
  return [...new Set(sets.flatMap((one) => one.children ?? []))];
}

/** @param {string | undefined} name */
function alike(name) {
  return (name ?? "").trim().toLocaleLowerCase();
}

/** For whom this person may enter a number: whoever is not at a device of their own, those without one first. @param {Board} board @param {{too?: boolean}} round @returns {Person[]} */
export function writesFor(board, round) {
  const roles = WRITES_FOR[board.you.role] ?? new Set();
  const may = (/** @type {Person} */ one) =>
    roles.has(one.role) &&
    ON_THE_LIST.has(one.state) &&
    one.id !== board.you.id &&
    !board.near.has(one.id) &&
    (one.role !== "facilitator" || Boolean(round.too));
  const first = (/** @type {Person} */ one) => Number(!one.how);
  return [...board.person.values()]
    .filter(may)
    .sort((one, other) => first(one) - first(other) || one.name.localeCompare(other.name));
}

/** What a role is called here. @param {Board} board @param {string} role */
export function roleWord(board, role) {
  return board.meeting?.template.roles[role] ?? role;
}

/** How your number will be shown, told before you choose. @param {Board} board @param {Round} round */
export function howShown(board, round) {
  return [shownHow(board, round), countsHow(board, round)].filter(Boolean).join(" ");
}

/** Where an agency has one number. @param {Board} board @param {Round} round */
function countsHow(board, round) {
  if (!serviceOf(board, round)) return "";
  return t("One number counts for your service. If a colleague answers too, the last one counts.");
}

/** As whose number one's own counts, where a service has one number; else "". @param {Board} board @param {Round} round */
function serviceOf(board, round) {
  const person = whoAnswers(board);
  return round.per === "agency" && person?.role === "agency" ? (person.agency ?? "").trim() : "";
}

/** @param {Board} board @param {Round} round */
function shownHow(board, round) {
  const name = runs(board);
  const service = serviceOf(board, round);
  if (round.show === "named" && service)
    return t("When {name} shows the numbers, yours says “{service}”.", { name, service });
  if (round.show === "named") return t("When {name} shows the numbers, yours has your name.", { name });
  if (round.show === "spread") {
    const marks = t("When {name} shows the numbers, there are only marks, no names.", { name });
    return `${marks} ${tn("{n} person is asked.", "{n} people are asked.", round.asked)}`;
  }
  const mine = whoAnswers(board)?.role ?? board.you.role;
  const role = roleWord(board, mine);
  const group = round.groups?.[mine] ?? 1;
  if (group < 2) {
    const alone = t("You are the only one answering as “{role}”, so people may guess.", { role });
    return `${t("When {name} shows the numbers, yours says “someone”.", { name })} ${alone}`;
  }
  const says = t("When {name} shows the numbers, yours says “{role}”.", { name, role });
  const share = tn("{n} person answers as “{role}”.", "{n} people answer as “{role}”.", group, { role });
  return `${says} ${share} ${t("If only one of them gives a number, it says “someone”.")}`;
}

/** What a round says once it is shown, with last time beside it. @param {Board} board @param {Round} round */
export function numbersHere(board, round) {
  const roles = board.meeting?.template.roles ?? {};
  return numbersOf(round, board.rating.values(), board.person, roles, pastOf(board, round));
}

/** The numbers of last time that stand beside those of a round. @param {Board} board @param {Round} round @returns {import("./numbers.js").Before[]} */
function pastOf(board, round) {
  const scale = board.scale.get(round.scale);
  if (round.show !== "named" || !isShown(round) || !scale) return [];
  return [...board.past.values()]
    .filter((one) => one.scale === scale.id && alike(one.child) === alike(round.child))
    .map((one) => ({ ...one, same: one.ten === scale.ten && one.zero === scale.zero }));
}

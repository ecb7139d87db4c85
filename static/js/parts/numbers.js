/**
 * What a round says once its numbers are shown: who gave which, in order, counts and plain sentences. It draws nothing,
 * and there is no average in it: what is missing is never a number.
 */

import { t, tn } from "../words.js";

/**
 * @typedef {import("../store.js").Round} Round @typedef {import("../store.js").Rating} Rating @typedef {import("../store.js").Person} Person
 * @typedef {{id: string, value: number, name: string, letters: string, side: "above" | "below", shape: "circle" | "square" | "diamond",
 *   reason: string, person: string, agency: string, sent: string}} Mark one number on the line; `name` is a person's or an agency's, a role's word, or "" where
 *   nobody is named; `sent`: how and when it came, where it was sent in
 * @typedef {import("../store.js").Past & {same: boolean}} Before somebody's number of last time; `same`: the ends meant then what they mean now
 * @typedef {Before & {side: "above" | "below", shape: "circle" | "square", name: string, agency: string}} Earlier the same as it is drawn
 * @typedef {{marks: Mark[], earlier: Earlier[], unsure: string[], gave: number, of: number, missing: number, lowest: number, highest: number}} Numbers
 *   `marks` by value; `unsure` the names of who said "not sure" ("" where nobody is named); `gave` of `of` gave a number
 */

/** Fewer numbers than this say nothing on a line. */
const FEWEST = 2;
const FAMILY = new Set(["family", "child"]);
const SHOWN = new Set(["shown", "closed"]);

/**
 * @param {Round} round @param {Iterable<Rating>} ratings all there are; those of other rounds and your own unshown one are passed over
 * @param {Map<string, Person>} people @param {Record<string, string>} roles the template's word for each role
 * @param {Before[]} [before] numbers of last time @returns {Numbers}
 */
export function numbersOf(round, ratings, people, roles, before = []) {
  const shown = SHOWN.has(round.state) ? [...ratings].filter((one) => isShown(one, round)) : [];
  const name = (/** @type {Rating} */ one) => nameOf(one, round, people, roles);
  const marks = shown
    .filter((one) => typeof one.value === "number")
    .map((one) => markOf(one, name(one), round))
    .sort(inOrder);
  const missing = Math.max(0, round.asked - round.answered);
  const values = marks.map((mark) => mark.value);
  return {
    marks,
    earlier:
      SHOWN.has(round.state) && round.show === "named" ? before.map((one) => earlierOf(one, people)) : [],
    unsure: shown.filter((one) => one.value === "not-sure").map(name),
    gave: marks.length,
    of: shown.length + missing,
    missing,
    lowest: Math.min(...values),
    highest: Math.max(...values),
  };
}

/** Whether there is enough to draw. @param {Numbers} numbers */
export const isEnough = (numbers) => numbers.marks.length >= FEWEST;

/** "7 of 9 have answered". @param {{asked: number, answered: number}} round */
export function answeredWords(round) {
  return tn("{n} of {of} has answered", "{n} of {of} have answered", round.answered, { of: round.asked });
}

/** What is said of who has not answered, before they are left out. @param {number} missing */
export function missingWords(missing) {
  if (missing < 1) return t("Now everyone has answered.");
  return tn("{n} has not answered.", "{n} have not answered.", missing);
}

/** "9 of 10 gave a number". @param {Numbers} numbers */
export function gaveWords({ gave, of }) {
  return tn("{n} of {of} gave a number", "{n} of {of} gave a number", gave, { of });
}

/** "from 2 to 6", or what there is to say instead. @param {Numbers} numbers */
export function rangeWords(numbers) {
  const { lowest, highest, gave, of } = numbers;
  if (!isEnough(numbers)) return t("Not enough numbers to show");
  if (lowest !== highest) return t("from {low} to {high}", { low: lowest, high: highest });
  return gave === of ? t("Everyone chose {n}", { n: lowest }) : t("Every number given is {n}", { n: lowest });
}

/** What stands off the line: "Not sure: 1 · No number: 1", or "". @param {Numbers} numbers */
export function offWords({ unsure, missing }) {
  const said = [];
  if (unsure.length) said.push(t("Not sure: {n}", { n: unsure.length }));
  if (missing) said.push(t("No number: {n}", { n: missing }));
  return said.join(" · ");
}

/** Where names or groups are found that had no room on the wall. @param {Round} round */
export function unnamedWords(round) {
  return round.show === "named" ? t("The names are on your phone.") : t("The groups are on your phone.");
}

/**
 * The line as a list to be read: each number with its name and its reason, then who was not sure.
 * @param {Numbers} numbers @returns {{id: string, said: string, reason: string}[]}
 */
export function listWords(numbers) {
  if (!isEnough(numbers)) return [];
  const given = [...numbers.marks].reverse().map((mark) => ({
    id: mark.id,
    said: [saidOf(mark), mark.sent, lastTime(numbers, mark)].filter(Boolean).join(", "),
    reason: mark.reason,
  }));
  const unsure = numbers.unsure
    .filter(Boolean)
    .map((name, place) => ({ id: `unsure${place}`, said: t("{name}: not sure", { name }), reason: "" }));
  const only = numbers.earlier
    .filter((one) => !markNow(numbers, one))
    .map((one) => ({
      id: `past ${one.id}`,
      said: t("{name}: no number now, {before}", {
        name: one.name,
        before: beforeWords(one),
      }),
      reason: "",
    }));
  return [...given, ...unsure, ...only];
}

/** @param {Mark} mark */
function saidOf({ name, value }) {
  return name ? t("{name}: {n}", { name, n: value }) : String(value);
}

/** The mark of whoever gave this number last time, or of their agency, where that is one. @param {Numbers} numbers @param {Earlier} one */
export function markNow({ marks }, one) {
  return marks.find(
    (mark) => mark.person === one.person || (mark.agency !== "" && alike(mark.agency) === alike(one.agency)),
  );
}

/** @param {string} text */
function alike(text) {
  return text.trim().toLocaleLowerCase();
}

/** What was last time the number of a mark, in words, or "". @param {Numbers} numbers @param {Mark} mark */
function lastTime(numbers, mark) {
  const one = numbers.earlier.find((past) => markNow(numbers, past) === mark);
  return one ? beforeWords(one) : "";
}

/** @param {Earlier} one */
function beforeWords({ same, value }) {
  return same
    ? t("last time {n}", { n: value })
    : t("last time {n}, when 10 and 0 meant something else", { n: value });
}

/** What the hollow marks are, or "". @param {Numbers} numbers */
export function earlierWords({ earlier }) {
  if (!earlier.length) return "";
  const when = [...new Set(earlier.map((one) => one.when).filter(Boolean))].join(", ");
  return when ? t("Dashed: last time, {when}", { when }) : t("Dashed: last time");
}

/** Marks that were sent in, in words, or "". @param {Numbers} numbers */
export function sentWords({ marks }) {
  return marks
    .filter((mark) => mark.sent)
    .map(({ name, sent }) => t("{name}: {how}", { name, how: sent }))
    .join(" · ");
}

/** The letters that stand for a name: of its first and last word, or the first two of its only one. @param {string} name */
export function lettersOf(name) {
  const words = name.trim().split(/\s+/u);
  const [first, second = ""] =
    words.length > 1 ? [letters(words[0])[0], letters(words[words.length - 1])[0]] : letters(words[0]);
  return (first ?? "") + second;
}

/** @param {string} word */
function letters(word) {
  return Array.from(new Intl.Segmenter().segment(word), (one) => one.segment);
}

/** @param {Rating} one @param {Round} round */
function isShown(one, round) {
  if (one.round !== round.id || one.value === "rather-not") return false;
  // In rounds without names your own answer stays beside those shown to all, and is not one of them.
  if (round.show !== "named") return !one.person;
  // Filled to its length it is your own, which a colleague's number stands for.
  return Boolean(one.person) && one.pad === undefined;
}

/** @param {Rating} one @param {Round} round @param {Map<string, Person>} people @param {Record<string, string>} roles */
function nameOf(one, round, people, roles) {
  if (round.show === "spread") return "";
  if (round.show === "named")
    return one.agency?.trim() || (people.get(one.person ?? "")?.name ?? t("Someone"));
  return one.role === "someone" ? t("Someone") : (roles[one.role ?? ""] ?? one.role ?? "");
}

/** @param {Rating} one @param {string} name @param {Round} round @returns {Mark} */
function markOf(one, name, round) {
  const named = round.show === "named";
  const above = round.show === "spread" || one.role === "someone" || FAMILY.has(one.role ?? "");
  return {
    id: one.id,
    value: Number(one.value),
    name,
    letters: named ? lettersOf(name) : "",
    side: above ? "above" : "below",
    shape: one.role === "someone" ? "diamond" : above ? "circle" : "square",
    reason: one.reason ?? "",
    person: one.person ?? "",
    agency: one.agency ?? "",
    sent: sentOf(one),
  };
}

/** "sent in, 14 May, by letter", or "". @param {Rating} one */
function sentOf({ said, source }) {
  if (!said) return "";
  return [t("sent in"), said, source].filter(Boolean).join(", ");
}

/** @param {Before} one @param {Map<string, Person>} people @returns {Earlier} */
function earlierOf(one, people) {
  const above = FAMILY.has(one.role);
  return {
    ...one,
    side: above ? "above" : "below",
    shape: above ? "circle" : "square",
    name: people.get(one.person)?.name ?? (one.name || t("Someone")),
    agency: one.role === "agency" ? (people.get(one.person)?.agency ?? "") : "",
  };
}

/** @param {Mark} one @param {Mark} other */
function inOrder(one, other) {
  return (
    one.value - other.value ||
    Number(one.side === "below") - Number(other.side === "below") ||
    one.name.localeCompare(other.name) ||
    Number(one.id > other.id) - Number(one.id < other.id)
  );
}

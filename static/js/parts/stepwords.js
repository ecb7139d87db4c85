/** What is said of a next step, and who may do what with it. It draws nothing. */

import { find } from "../paint.js";
import { t } from "../words.js";
import { writer } from "./cardfields.js";
import { turnWord } from "./commented.js";
import { setsOf, titleOf } from "./setwords.js";

/** @typedef {import("../store.js").Board} Board @typedef {import("../store.js").Step} Step @typedef {import("../store.js").Owner} Owner */

const WRITERS = new Set(["facilitator", "scribe", "family", "child", "supporter", "advocate", "agency"]);
const RUNS = new Set(["facilitator", "scribe"]);
/** Who may be asked to take a step on. */
export const TAKES_ON = new Set(["facilitator", "family", "child", "supporter", "advocate", "agency"]);
/** For whom somebody types who speaks for others. @type {Record<string, (role: string) => boolean>} */
const SPEAKS_FOR = { supporter: (role) => role === "family", scribe: (role) => role !== "scribe" };
const SHORT = 60;

/** The steps on the list, in its order. @param {Board} board @returns {Step[]} */
export function inOrder(board) {
  return [...board.step.values()].sort(
    (one, other) => compare(one.order, other.order) || compare(one.id, other.id),
  );
}

/** Whoever everyone is shown to take a step on. @param {Board} board @param {string} step */
export function takers(board, step) {
  return [...board.owner.values()].filter((one) => one.step === step && one.shown);
}

/** Somebody asked, by name. @param {Board} board @param {Owner} owner */
export function ownerName(board, owner) {
  return owner.name || (board.person.get(owner.person ?? "")?.name ?? "") || t("somebody");
}

/** The first words of something, to tell it from others. @param {string} text */
export function short(text) {
  const signs = [...text.replaceAll("\n", " ")];
  return signs.length > SHORT ? `${signs.slice(0, SHORT).join("")}…` : signs.join("");
}

/** How a step went, in words; "" while it is open. @param {Step} step */
export function went({ state }) {
  if (state === "done") return t("Done");
  if (state === "not-done") return t("Not done");
  return state === "changed" ? t("Changed") : "";
}

/** From which meeting a step comes. @param {number} at ms */
function agreedOn(at) {
  const lang = document.documentElement.lang || "en";
  const day = new Date(at).toLocaleDateString(lang === "en" ? "en-GB" : lang, { dateStyle: "long" });
  return t("Agreed last time, on {day}. What happened?", { day });
}

/** The hooks of `parts/step.html`. @param {Step} step @param {Board} board */
export function stepFields(step, board) {
  const words = short(step.what);
  const who = writer(/** @type {any} */ (step), board);
  return {
    what: step.what,
    when: step.when ?? "",
    agreed: step.agreed ? agreedOn(step.agreed) : "",
    know: step.know ?? "",
    otherwise: step.otherwise ?? "",
    bottom: Boolean(step.bottom),
    bottomed: step.bottom ? "yes" : null,
    stateName: step.state && step.state !== "open" ? step.state : null,
    state: went(step),
    note: step.note ?? "",
    set: forWhat(step, board),
    nobody: takers(board, step.id).length === 0,
    by: who ? t("Put here by {name}", { name: who }) : "",
    wentLong: t("How did it go? {words}", { words }),
    askLong: t("Ask somebody: {words}", { words }),
    changeLong: t("Change: {words}", { words }),
    moreLong: t("More for this step: {words}", { words }),
    ...may(step, board),
  };
}

/** The worry and goal a step is for, by its title; "" for none. @param {Step} step @param {Board} board */
function forWhat(step, board) {
  const set = /** @type {import("./setwords.js").Set_ | undefined} */ (board.set.get(step.set ?? ""));
  return set ? titleOf(set) : "";
}

/** Fill the list of worries a step can be for: those on the board. @param {HTMLElement} form @param {Board} board */
export function offerSets(form, board) {
  const field = find(form, "[data-step-sets]");
  const up = setsOf(board).filter((one) => one.state === "board");
  field.hidden = up.length === 0;
  const names = up.map((one) => ({ id: one.id, name: titleOf(one) }));
  fill(/** @type {HTMLSelectElement} */ (find(field, "select")), names, 1);
}

/** @param {Step} step @param {Board} board */
function may(step, board) {
  const { role, id, mine } = board.you;
  const leads = role === "agency" && board.person.get(id)?.lead;
  const open = board.meeting?.state === "open";
  const runs = open && role === "facilitator";
  const keeps = open && RUNS.has(role);
  const own = open && WRITERS.has(role) && (mine.has(step.id) || step.by === id || step.typed_by === id);
  const takes = open && takers(board, step.id).some((one) => one.person === id);
  const bottom = runs || (open && Boolean(leads));
  const remove = own || runs;
  return {
    runs,
    mayMove: keeps,
    mayAsk: keeps,
    mayChange: keeps || own,
    mayMark: keeps || takes,
    others: open && !own,
    mayBottom: bottom,
    bottomDeed: step.bottom ? t("Not a bottom line") : t("This is a bottom line"),
    commentDeed: runs ? turnWord({ kind: "step", id: step.id }, board) : "",
    mayRemove: remove,
    more: keeps || bottom || remove,
    deeds: keeps || own || takes || bottom,
  };
}

/** Fill a list of those one types for; those who type for nobody have none. @param {HTMLSelectElement | null} list @param {Board} board */
export function offerPeople(list, board) {
  const speaks = SPEAKS_FOR[board.you.role];
  if (!list || !speaks) return;
  const people = [...board.person.values()].filter(({ role, state }) => speaks(role) && state !== "waiting");
  fill(list, people, 1);
}

/** Put people into a list after its first and before its last lines. @param {HTMLSelectElement} list @param {{id: string, name: string}[]} people @param {number} first @param {number} [last] */
export function fill(list, people, first, last = 0) {
  const fixed = [...list.options];
  const now = fixed.slice(first, fixed.length - last).map((one) => `${one.value} ${one.text}`);
  if (now.join() === people.map((one) => `${one.id} ${one.name}`).join()) return;
  const chosen = list.value;
  list.replaceChildren(
    ...fixed.slice(0, first),
    ...people.map((one) => new Option(one.name, one.id)),
    ...fixed.slice(fixed.length - last),
  );
  if ([...list.options].some((one) => one.value === chosen)) list.value = chosen;
}

/** @param {string} one @param {string} other */
function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}

/** Everyone on the list, for the facilitator alone: here, expected, apologies, left, not let in. It says who has a device here, and alarms nobody. */

import { announce, find, keyed, notice, paint, setText, stamp } from "../paint.js";
import { t } from "../words.js";
import { mistakable } from "./alike.js";
import { clockTime } from "./clock.js";
import { describe } from "./describe.js";
import { standing } from "./standing.js";
import { touches } from "./touches.js";

/** @typedef {import("../store.js").Person} Person */

/** @type {Record<string, string>} */
const GROUP = {
  here: "here",
  expected: "expected",
  apologies: "apologies",
  left: "left",
  refused: "out",
  removed: "out",
};
const GROUPS = ["here", "expected", "apologies", "left", "out"];

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board } = desk;
  const roster = find(desk.root, "[data-roster]");
  const { press, show } = standing(desk);
  const raised = find(desk.root, "[data-hands]");
  /** Whose hands are up, first come first. @type {string[]} */
  let hands = [];
  /** Whose personal link was opened by somebody else. @type {Set<string>} */
  let alarms = new Set();
  roster.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const row = target?.closest("li");
    const person = board.person.get(row?.dataset.key ?? "");
    if (!row || !person || !target) return;
    if (target.closest("[data-person-more]")) unfold(row, person);
    else press(target, person);
  });
  roster.addEventListener("change", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const person = board.person.get(target?.closest("li")?.dataset.key ?? "");
    if (target && person) press(target, person);
  });
  return draw;

  /** @param {import("./desk.js").Touched} touched */
  function draw(touched) {
    if (!touches(touched, "person", "near", "meeting")) return;
    drawHands();
    alarmed(touched);
    // Somebody called otherwise since they came in is looked at by nobody at the door.
    const like = mistakable([...board.person.values()].filter(({ state }) => state === "here"));
    for (const group of GROUPS) {
      const people = [...board.person.values()].filter((one) => GROUP[one.state] === group).sort(byName);
      find(roster, `[data-group="${group}"]`).hidden = people.length === 0;
      keyed(
        find(roster, `[data-people="${group}"]`),
        people.map((one) => one.id),
        () => stamp("desk-person"),
        (el, id) => dress(el, /** @type {Person} */ (board.person.get(id)), like.get(id)),
      );
    }
  }

  /** Everyone sees a raised hand in the room: so it may be said aloud, once for each. */
  function drawHands() {
    const up = [...board.person.values()].filter((one) => one.hand && one.state === "here").sort(byName);
    const before = hands.filter((id) => up.some((one) => one.id === id));
    const fresh = up.map((one) => one.id).filter((id) => !before.includes(id));
    hands = [...before, ...fresh];
    const names = hands.map((id) => board.person.get(id)?.name || t("no name yet")).join(", ");
    const words = hands.length ? t("Hands up: {names}", { names }) : "";
    raised.hidden = !words;
    setText(raised, words);
    if (fresh.length) announce(words);
  }

  /** @param {HTMLElement} el @param {Person} person @param {Person | undefined} other who is here under a name that reads the same */
  function dress(el, person, other) {
    const name = person.name || t("no name yet");
    const more = t("More about {name}", { name });
    const like = other ? t("Reads like {name}, who is here as well.", { name: other.name }) : "";
    const state = stateOf(person);
    paint(el, { name, about: describe(board, person), state, more, like, alarm: alarmOf(person) });
    const opened = el.querySelector("[data-person-opened]");
    if (opened instanceof HTMLElement) show(opened, person);
  }

  /** @param {Person} person */
  function alarmOf({ alarm, name }) {
    if (!alarm) return "";
    const time = clockTime(alarm);
    return t("At {time} the personal link of {name} was opened on another device. Nobody came in by that.", {
      ...{ time, name },
    });
  }

  /** Told without a name: others may look. @param {import("./desk.js").Touched} touched */
  function alarmed(touched) {
    const now = new Set([...board.person.values()].filter((one) => one.alarm).map((one) => one.id));
    const fresh = [...now].some((id) => !alarms.has(id));
    alarms = now;
    if (fresh && !touched.all)
      notice(t("Somebody’s personal link was opened on another device. Please look at your panel."));
  }

  /** @param {Person} person */
  function stateOf(person) {
    const said = [whereabouts(person)];
    if (person.id === board.you.id) said.unshift(t("you"));
    if (person.goodbye) said.push(t("saying goodbye"));
    if (person.hand) said.push(t("hand up"));
    if (person.ready === "ready") said.push(board.meeting?.pause ? t("back from the break") : t("ready"));
    if (person.ready === "minute") said.push(t("needs a minute"));
    if (person.ready === "ring") said.push(t("asks to be rung first"));
    return said.filter(Boolean).join(" · ");
  }

  /** @param {Person & {how?: string}} person */
  function whereabouts({ id, state, how }) {
    if (state === "removed") return t("taken out");
    if (state === "refused") return t("not let in");
    if (state !== "here") return "";
    if (how === "room") return t("in the room");
    if (how === "phone") return t("by phone");
    return board.near.has(id) ? t("connected") : t("not connected now");
  }

  /** @param {HTMLElement} row @param {Person} person */
  function unfold(row, person) {
    const opened = row.querySelector("[data-person-opened]");
    find(row, "[data-person-more]").setAttribute("aria-expanded", String(!opened));
    if (opened) return opened.remove();
    const made = stamp("desk-person-more");
    made.dataset.personOpened = "";
    row.append(made);
    show(made, person);
  }
}

/** @param {Person} one @param {Person} other */
function byName(one, other) {
  return one.name.localeCompare(other.name) || Number(one.id > other.id) - Number(one.id < other.id);
}

/** Who waits at the door, for the facilitator alone. Each press acts at once; no name leaves the panel. */

import { find, keyed, paint, stamp } from "../paint.js";
import { t } from "../words.js";
import { readsLike } from "./alike.js";
import { clockTime } from "./clock.js";
import { describe } from "./describe.js";
import { showPart } from "./part.js";
import { touches } from "./touches.js";

/** @typedef {import("../store.js").Person} Person */

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board, press } = desk;
  const door = find(desk.root, "[data-door]");
  const list = find(door, "[data-waiting]");
  const everyone = find(door, "[data-admit-all]");
  everyone.addEventListener("click", () => admit(desk, expected(board)));
  list.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const person = board.person.get(target?.closest("li")?.dataset.key ?? "");
    if (person && target?.closest("[data-admit-one]")) admit(desk, [person]);
    else if (person && target?.closest("[data-refuse]")) refuse(person);
  });
  return draw;

  /** @param {import("./desk.js").Touched} touched */
  function draw(touched) {
    if (!touches(touched, "person", "meeting")) return;
    const people = waiting(board);
    showPart(door, people.length > 0);
    everyone.hidden = expected(board).length < 2;
    keyed(
      list,
      people.map((one) => one.id),
      () => stamp("desk-waiting"),
      (el, id) => show(el, /** @type {Person} */ (board.person.get(id))),
    );
  }

  /** @param {HTMLElement} el @param {Person} person */
  function show(el, person) {
    const { name } = person;
    const why = person.back ? t("asks to come back") : person.expected ? t("expected") : "";
    const since = person.since ? t("since {time}", { time: clockTime(person.since) }) : "";
    const whose = board.person.get(person.by_link ?? "");
    const link = whose ? t("by the link of {name}", { name: whose.name }) : "";
    const about = [describe(board, person), why, link, since].filter(Boolean).join(" · ");
    const like = likeness(person, whose, Boolean(why));
    paint(el, {
      name,
      about,
      like,
      admit: t("Let in: {name}", { name }),
      refuse: t("Not now: {name}", { name }),
    });
  }

  /** What to look out for in who waits. @param {Person} person @param {Person | undefined} whose by whose link @param {boolean} known */
  function likeness(person, whose, known) {
    if (person.alarm) return t("This link was opened on two devices. Ask who it is.");
    // Whoever is expected, or asks to come back, is meant to read like somebody on the list; by a link, like that one alone.
    const others = [...board.person.values()].filter((one) => one.id !== whose?.id);
    const other = known && !whose ? undefined : readsLike(person, others);
    return other ? t("Reads like {name}, who is on the list. Ask who it is.", { name: other.name }) : "";
  }

  /** @param {Person} person */
  function refuse({ id }) {
    // Nobody is put back at the door: the way back from a no is to let them in.
    return press(
      { ask: "person.refuse", person: id },
      { said: t("Not let in."), label: t("Let in after all"), back: [{ ask: "person.admit", person: id }] },
    );
  }
}

/** @param {import("../store.js").Board} board */
export function waiting(board) {
  const people = [...board.person.values()].filter((one) => one.state === "waiting");
  return people.sort((one, other) => (one.since ?? 0) - (other.since ?? 0));
}

/** Who waits and is on the list already, where nobody else came by the same link. @param {import("../store.js").Board} board */
export function expected(board) {
  return waiting(board).filter((one) => one.expected && !one.alarm);
}

/** Let people in; whoever it was is found again afterwards, because a newcomer who was expected becomes the one on the list. @param {import("./desk.js").Desk} desk @param {Person[]} people */
export function admit(desk, people) {
  const inside = new Set(here(desk.board).map((one) => one.id));
  const back = () =>
    here(desk.board)
      .filter((one) => !inside.has(one.id) && people.some((two) => isSame(one, two)))
      .map((one) => ({ ask: "person.remove", person: one.id }));
  const said = people.length > 1 ? t("All expected are let in.") : t("Let in.");
  return desk.press(
    people.map((one) => ({ ask: "person.admit", person: one.id })),
    { said, back },
  );
}

/** @param {import("../store.js").Board} board */
function here(board) {
  return [...board.person.values()].filter((one) => one.state === "here");
}

/** @param {Person} one @param {Person} other */
function isSame(one, other) {
  return one.id === other.id || (one.role === other.role && plain(one.name) === plain(other.name));
}

/** @param {string} name */
function plain(name) {
  return name.trim().toLocaleLowerCase();
}

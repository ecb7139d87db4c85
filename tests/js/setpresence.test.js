import assert from "node:assert/strict";
import { test } from "node:test";
import { Board } from "../../static/js/store.js";
import { newPage, pass, welcome } from "./page.js";

newPage();
const { presence, writingHere } = await import("../../static/js/parts/setpresence.js");

const PERSON = { anya: { id: "anya", name: "Anya" }, jo: { id: "jo", name: "Jo" } };
const MINE = { id: "s1", state: "draft", writes: true };

function board(set = MINE) {
  const made = new Board();
  const meeting = { m: { id: "m", state: "open" } };
  const you = { id: "dana", role: "family", mine: [] };
  made.welcome(welcome({ you, put: { person: PERSON, set: { s1: set }, meeting } }));
  return made;
}

function line(sent, up = true) {
  return { send: (frame) => up && sent.push(frame) > 0 };
}

test("who writes says so at once, again while it goes on, and when the field is left", () => {
  newPage();
  const sent = [];
  const one = board();
  const { typing, over } = presence({ board: one, line: line(sent) }, () => one.set.get("s1"));
  over();
  typing("could");
  typing("could");
  typing("long");
  pass(2_500);
  typing("long");
  over();
  over();
  assert.deepEqual(
    sent.map((frame) => [frame.now, frame.set, frame.part]),
    ["could", "long", "long", ""].map((part) => ["writes", "s1", part]),
  );
});

test("who only types their own goal, or has no line, says nothing", () => {
  newPage();
  const sent = [];
  const read = board({ ...MINE, writes: false, state: "board" });
  presence({ board: read, line: line(sent) }, () => read.set.get("s1")).typing("family");
  assert.deepEqual(sent, []);
  const cut = board();
  const there = presence({ board: cut, line: line(sent, false) }, () => cut.set.get("s1"));
  there.typing("could");
  there.over();
  assert.deepEqual(sent, []);
});

test("who is writing is said by name, without one where names are hidden, and to writers alone", () => {
  const one = board();
  one.writes({ s1: { could: ["jo"], long: ["jo", "anya"], name: [] } });
  assert.equal(writingHere(one, MINE, "could"), "Jo is writing here.");
  assert.equal(writingHere(one, MINE, "long"), "Writing here: Jo, Anya");
  assert.equal(writingHere(one, MINE, "name"), "Someone is writing here.");
  assert.equal(writingHere(one, MINE, "doing"), "");
  assert.equal(writingHere(one, { ...MINE, writes: false }, "could"), "");
});

test("a new line and a new board know of nobody who writes", () => {
  const one = board();
  const told = [];
  one.addEventListener("change", (event) => told.push([...event.detail.touched.keys()]));
  one.writes({ s1: { could: ["jo"] } });
  one.writes({});
  one.writes({});
  assert.deepEqual(told, [["writing"], ["writing"]]);
  one.writes({ s1: { could: ["jo"] } });
  one.welcome(welcome());
  assert.deepEqual(one.writing, {});
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Board } from "../../static/js/store.js";
import { newPage, welcome } from "./page.js";

newPage();
const { isOpen, onOf, thing, turned, turnWord } = await import("../../static/js/parts/commented.js");

const CARD = { kind: "card", id: "c1" };
const SET = { kind: "set", id: "s1" };
const STEP = { kind: "step", id: "t1" };

/** A board with one of each, and comments open in `where`. */
function board({ where = [], card = {}, set = {}, step = {} } = {}) {
  const made = new Board();
  const put = {
    person: { dana: { id: "dana", role: "family" }, kofi: { id: "kofi", role: "child" } },
    card: { c1: { id: "c1", column: "well", text: "Gran picks us up", by: "dana", ...card } },
    set: { s1: { id: "s1", state: "board", ...set } },
    step: { t1: { id: "t1", what: "Lou rings", ...step } },
    commenting: { m: { id: "m", where } },
  };
  made.welcome(welcome({ put }));
  return made;
}

const open = (on, now) => isOpen(thing(on, now), now);

test("an element is part of the card, step or worry it stands in", () => {
  const within = (dataset) => ({ closest: () => dataset && { dataset } });
  assert.deepEqual(onOf(within({ part: "card", key: "c1" })), CARD);
  assert.deepEqual(onOf(within({ part: "step", key: "t1" })), STEP);
  assert.deepEqual(onOf(within({ key: "s1" })), SET);
  assert.equal(onOf(within(null)).id, "");
});

test("what is gone cannot be commented on, nor turned", () => {
  const now = board();
  for (const kind of ["card", "set", "step"]) {
    assert.equal(thing({ kind, id: "gone" }, now), null);
    assert.equal(turnWord({ kind, id: "gone" }, now), "");
  }
});

test("comments are open where the meeting has them open, each place by itself", () => {
  for (const [place, on] of [
    ["well", CARD],
    ["sets", SET],
    ["steps", STEP],
  ]) {
    assert.equal(open(on, board({ where: [place] })), true, place);
    assert.equal(open(on, board({ where: ["worried"] })), false, place);
  }
});

test("what is said of one thing stands above what is said of its place", () => {
  assert.equal(open(CARD, board({ where: ["well"], card: { comments: "closed" } })), false);
  assert.equal(open(CARD, board({ card: { comments: "open" } })), true);
});

test("nothing is ever said under a child's words, nor where it was ruled out", () => {
  const where = ["well"];
  for (const card of [{ voice: { said: "14 May" } }, { by: "kofi" }, { comments: "never" }]) {
    const now = board({ where, card });
    assert.equal(open(CARD, now), null);
    assert.equal(turnWord(CARD, now), "");
  }
  assert.equal(open(CARD, board({ where, card: { by: "kofi", comments: "open" } })), null);
});

test("under a worry that is a draft or closed nothing is said, and nothing offers to open it", () => {
  for (const state of ["draft", "closed"]) {
    const now = board({ where: ["sets"], set: { state, comments: "open" } });
    assert.equal(open(SET, now), false);
    assert.equal(turnWord(SET, now), "");
  }
});

test("the press says what it does, does it, and takes it back", () => {
  const shut = board();
  assert.equal(turnWord(STEP, shut), "Open comments");
  assert.deepEqual(turned(STEP, shut), {
    wish: { ask: "comment.open", on: STEP },
    said: "Comments are open here.",
    back: [{ ask: "comment.close", on: STEP }],
  });
  const opened = board({ where: ["steps"] });
  assert.equal(turnWord(STEP, opened), "Close comments");
  assert.deepEqual(turned(STEP, opened), {
    wish: { ask: "comment.close", on: STEP },
    said: "Comments are closed here.",
    back: [{ ask: "comment.open", on: STEP }],
  });
});

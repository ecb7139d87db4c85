import assert from "node:assert/strict";
import { test } from "node:test";
import { Board } from "../../static/js/store.js";
import { newPage, welcome } from "./page.js";

newPage();
// The questions of the template, of which none is asked for here.
document.getElementById = () => ({ content: { querySelectorAll: () => [] } });
const { stateOf, viewsOf } = await import("../../static/js/parts/setwords.js");

const SET = { id: "s1", state: "board", scale: "c1", number: 1, reads: { worry: [], goal: [] } };

function board({ set = {}, meeting = {}, ...put } = {}) {
  const made = new Board();
  const open = { id: "m", state: "open", authors: "shown", template: { roles: {} }, ...meeting };
  made.welcome(
    welcome({
      you: { id: "dana", role: "family", mine: [] },
      put: { set: { s1: { ...SET, ...set } }, meeting: { m: open }, ...put },
    }),
  );
  return made;
}

const state = (made) => stateOf(made, made.set.get("s1"));
const DIFFER = { d1: { id: "d1", set: "s1", text: "It was two Saturdays.", version: 1, at: 1 } };

test("where a worry stands is said in words", () => {
  assert.equal(state(board({ set: { state: "draft" } })), "Draft");
  assert.equal(state(board()), "On the board");
  assert.equal(state(board({ differ: DIFFER })), "Seen differently");
  assert.equal(state(board({ set: { state: "closed" }, differ: DIFFER })), "Closed");
});

test("it is in use while it is shown large or everyone is asked about it", () => {
  const large = { about: { kind: "set", id: "s1" } };
  assert.equal(state(board({ meeting: large })), "In use");
  assert.equal(state(board({ meeting: { about: { kind: "card", id: "s1" } } })), "On the board");
  const poll = { p1: { id: "p1", set: "s1", state: "open", asked: 3, answered: 0 } };
  assert.equal(state(board({ poll })), "In use");
  assert.equal(state(board({ poll: { p1: { ...poll.p1, state: "cancelled" } } })), "On the board");
  const round = { r1: { id: "r1", scale: "c1", state: "open" } };
  assert.equal(state(board({ round })), "In use");
  assert.equal(state(board({ round: { r1: { ...round.r1, scale: "another" } } })), "On the board");
  assert.equal(state(board({ round, meeting: { state: "closed" } })), "On the board");
  assert.equal(state(board({ round, differ: DIFFER })), "In use, seen differently");
});

test("a view that was set aside stands with the worry no longer, but for whoever still sees it", () => {
  const aside = { d1: { ...DIFFER.d1, aside: true } };
  assert.equal(state(board({ differ: aside })), "On the board");
  assert.deepEqual(viewsOf(board({ differ: aside }), "s1"), []);
});

test("a step says for which worry it is, by its title, where that is seen", async () => {
  const { stepFields } = await import("../../static/js/parts/stepwords.js");
  const made = board({ set: { texts: { name: "Weekends" } } });
  const step = { id: "p1", what: "Gran comes", version: 1, order: "1", set: "s1" };
  assert.equal(stepFields(step, made).set, "1 Weekends");
  assert.equal(stepFields({ ...step, set: "unseen" }, made).set, "");
  assert.equal(stepFields({ ...step, set: undefined }, made).set, "");
});

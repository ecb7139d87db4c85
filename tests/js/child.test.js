import assert from "node:assert/strict";
import { test } from "node:test";
import { Board } from "../../static/js/store.js";
import { newPage, welcome } from "./page.js";

newPage();
const { numberOf } = await import("../../static/js/parts/childscale.js");
const { Follow } = await import("../../static/js/parts/wallscene.js");
const { keptNumber, keptRounds, ownRating } = await import("../../static/js/parts/rounds.js");

const ROUNDS = {
  old: { id: "old", scale: "s", state: "closed", show: "named", asked: 2, answered: 1, opened: 3 },
  now: { id: "now", scale: "s", state: "open", show: "named", asked: 2, answered: 0, opened: 9 },
};

function board(role, ratings) {
  const made = new Board();
  const put = { round: ROUNDS, rating: ratings };
  made.welcome(welcome({ you: { id: "kofi", role, mine: [] }, put }));
  return made;
}

function own(round, more) {
  return { id: `of${round}`, round, person: "kofi", role: "child", value: 3, pad: "", ...more };
}

test("the best place is the best number, whichever way a scale goes", () => {
  const places = [10, 7, 5, 3, 0];
  assert.deepEqual(
    places.map((one) => numberOf(one, { direction: "up" })),
    [10, 7, 5, 3, 0],
  );
  assert.deepEqual(
    places.map((one) => numberOf(one, { direction: "down" })),
    [0, 3, 5, 7, 10],
  );
});

test("a child finds the numbers they keep, the newest first, also once all others were shown", () => {
  const kept = board("child", { a: own("old", { kept: true }), b: own("now", { kept: true }) });
  assert.deepEqual(
    keptRounds(kept).map((one) => one.id),
    ["now", "old"],
  );
  assert.equal(keptNumber(kept, ROUNDS.old)?.value, 3);
});

test("a number that was sent is not kept, and one thrown away is none at all", () => {
  const sent = board("child", { a: own("now", {}) });
  assert.equal(keptNumber(sent, ROUNDS.now), undefined);
  assert.equal(ownRating(sent, ROUNDS.now)?.value, 3);
  const thrown = board("child", { a: own("now", { kept: true, value: "rather-not" }) });
  assert.equal(ownRating(thrown, ROUNDS.now), undefined);
  assert.deepEqual(keptRounds(thrown), []);
});

test("a wall that shows less while a child is in the room falls back to the columns", () => {
  const sees = (kind, put) => {
    const made = new Board();
    const template = { phases: [{ id: "now", title: "", kind, column: "" }], ground_rules: [] };
    const meeting = { id: "m", phase: "now", state: "open", template, wall: {} };
    made.welcome(
      welcome({ you: { id: "wall", role: "wall", mine: [] }, put: { ...put, meeting: { m: meeting } } }),
    );
    return new Follow().scene(made).name;
  };
  const scale = { scale: { s: { id: "s" } } };
  assert.equal(sees("sets", {}), "columns");
  assert.equal(sees("sets", { ...scale, set: { a: { id: "a", state: "board" } } }), "sets");
  assert.equal(sees("steps", {}), "columns");
  assert.equal(sees("steps", scale), "steps");
});

test("who would rather not say, and sends it, has answered", () => {
  const said = board("child", { a: own("now", { value: "rather-not" }) });
  assert.equal(ownRating(said, ROUNDS.now)?.value, "rather-not");
});

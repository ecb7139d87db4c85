import assert from "node:assert/strict";
import { test } from "node:test";
import { Board } from "../../static/js/store.js";
import { newPage, welcome } from "./page.js";

newPage();
const { promptsFor } = await import("../../static/js/parts/prompts.js");

const MINUTE = 60_000;
const TEMPLATE = {
  columns: ["well", "worried", "needs"].map((id) => ({ id, title: `<${id}>` })),
  phases: [
    { id: "well", title: "Well", minutes: 10, kind: "column", column: "well" },
    { id: "worried", title: "Worried", minutes: 20, kind: "column", column: "worried" },
    { id: "rate", title: "Rate", minutes: 10, kind: "rate" },
  ],
  bands: [
    { low: 0, high: 2, text: "Act today." },
    { low: 3, high: 3, text: "Look again." },
  ],
  prompts: [
    { kind: "low", text: "Low. {band}" },
    { kind: "happened", text: "What happened?" },
    { kind: "thinner", text: "{column} beside {other}" },
    { kind: "unwritten", text: "Nothing of {name}" },
  ],
};
const PEOPLE = {
  helen: { id: "helen", name: "Helen", role: "facilitator", state: "here" },
  jo: { id: "jo", name: "Jo", role: "agency", state: "here" },
  dana: { id: "dana", name: "Dana", role: "family", state: "here" },
  lee: { id: "lee", name: "Lee", role: "family", state: "left" },
};

function told(parts = {}, meeting = {}, now = 0) {
  const made = new Board();
  const one = {
    id: "m",
    phase: "rate",
    phase_since: 0,
    state: "open",
    authors: "shown",
    template: TEMPLATE,
    ...meeting,
  };
  const put = { person: PEOPLE, meeting: { m: one }, ...parts };
  made.welcome(welcome({ you: { id: "helen", role: "facilitator", mine: [] }, put }));
  return promptsFor(made, now).map(({ kind, words }) => `${kind}: ${words}`);
}

function numbers(values, { state = "shown", direction = "up" } = {}) {
  const rating = Object.fromEntries(
    values.map((value, at) => [`n${at}`, { id: `n${at}`, round: "r", value, person: "dana" }]),
  );
  return {
    round: { r: { id: "r", scale: "s", state, asked: 2, answered: 2, show: "named" } },
    scale: { s: { id: "s", title: "", ten: "", zero: "", direction } },
    rating,
  };
}

function cards(counts, by = "dana") {
  const all = Object.entries(counts).flatMap(([column, n]) =>
    Array.from({ length: n }, (_, at) => ({
      id: `${column}${at}`,
      column,
      text: "x",
      order: "1",
      version: 1,
      by,
    })),
  );
  return { card: Object.fromEntries(all.map((one) => [one.id, one])) };
}

test("the lowest number that was shown is held against the council's bands, and nobody is named", () => {
  assert.deepEqual(told(numbers([8, 2])), ["low: Low. Act today."]);
  assert.deepEqual(told(numbers([3, 9])), ["low: Low. Look again."]);
  assert.deepEqual(told(numbers([4, 9])), []);
  assert.deepEqual(told(numbers(["not-sure", "rather-not"])), []);
  assert.deepEqual(told(numbers([])), []);
});

test("where a higher number means more worried, the highest is the low one", () => {
  assert.deepEqual(told(numbers([1, 9], { direction: "down" })), ["low: Low. Act today."]);
  assert.deepEqual(told(numbers([0, 6], { direction: "down" })), []);
});

test("before numbers are shown, and once they are off, there is nothing to say of them", () => {
  for (const state of ["open", "closed", "cancelled"]) assert.deepEqual(told(numbers([0], { state })), []);
});

test("one column far emptier than the other is told once the meeting has been there", () => {
  assert.deepEqual(told(cards({ well: 1, worried: 4 })), ["thinner: <well> beside <worried>"]);
  assert.deepEqual(told(cards({ well: 4, worried: 0 })), ["thinner: <worried> beside <well>"]);
  assert.deepEqual(told(cards({ well: 2, worried: 5 })), []);
  assert.deepEqual(told(cards({ well: 0, worried: 3 })), []);
  assert.deepEqual(told(cards({ well: 4 }), { phase: "well" }), []);
});

test("somebody who is here and has not written is told after half of a phase, family first", () => {
  const at = { phase: "well" };
  const wrote = (by) => ({ card: { c: { id: "c", column: "well", text: "x", order: "1", version: 1, by } } });
  assert.deepEqual(told(wrote("helen"), at, 4 * MINUTE), []);
  assert.deepEqual(told(wrote("helen"), at, 5 * MINUTE), ["unwritten: Nothing of Dana"]);
  assert.deepEqual(told(wrote("dana"), at, 5 * MINUTE), ["unwritten: Nothing of Jo"]);
  assert.deepEqual(told({}, at, 5 * MINUTE), [], "nobody has");
  assert.deepEqual(told(wrote(""), { ...at, authors: "hidden" }, 5 * MINUTE), [], "names are hidden");
  assert.deepEqual(told(wrote("helen"), { ...at, pause: true }, 5 * MINUTE), []);
});

test("a worry that is up without what happened is told, and a draft is not", () => {
  const set = (state, texts) => ({ set: { w: { id: "w", number: 1, state, texts } } });
  assert.deepEqual(told(set("board", { could: "x" })), ["happened: What happened?"]);
  assert.deepEqual(told(set("board", { happened: "He came back." })), []);
  assert.deepEqual(told(set("draft", {})), []);
});

test("a kind that is turned off, or not in the template, is never said", () => {
  assert.deepEqual(told(numbers([0]), { prompts_off: ["low"] }), []);
  assert.deepEqual(told(numbers([0]), { template: { ...TEMPLATE, prompts: undefined } }), []);
  assert.deepEqual(told(numbers([0]), { template: { ...TEMPLATE, bands: undefined } }), []);
  assert.deepEqual(told(numbers([0]), { state: "closed" }), []);
});

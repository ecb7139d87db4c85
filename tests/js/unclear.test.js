import assert from "node:assert/strict";
import { test } from "node:test";
import { linesOf, piecesOf } from "../../static/js/parts/unclearwords.js";

const words = (text) =>
  piecesOf(text)
    .filter((one) => one.word)
    .map((one) => one.piece);

test("a text falls into words that stand in it as they are, and together again it is the text", () => {
  for (const text of ["The threshold, isn’t met.", " a\n\nb ", "ما هر شب با هم غذا می‌خوریم.", "—", ""])
    assert.equal(
      piecesOf(text)
        .map((one) => one.piece)
        .join(""),
      text,
    );
  assert.deepEqual(words("The threshold (isn’t) met: twenty-one."), [
    "The",
    "threshold",
    "isn’t",
    "met",
    "twenty-one",
  ]);
  assert.deepEqual(words("هم غذا می‌خوریم."), ["هم", "غذا", "می‌خوریم"]);
});

test("what is longer than a word can be is no word to press", () => {
  assert.deepEqual(words(`${"x".repeat(41)} short`), ["short"]);
});

test("of a worry only what people wrote can be pressed, in the order it is read", () => {
  const texts = {
    family: "Quiet",
    "like:1": "She cries",
    doing: "Sober",
    could: "An accident",
    "like:0": "He listens out",
    long: "",
  };
  const board = {
    set: new Map([["set1", { texts }]]),
    step: new Map([["step1", { what: "Visit", otherwise: "Ring" }]]),
    card: new Map(),
  };
  assert.deepEqual(linesOf(board, { kind: "set", id: "set1" }), [
    "An accident",
    "He listens out",
    "She cries",
    "Sober",
    "Quiet",
  ]);
  assert.deepEqual(linesOf(board, { kind: "step", id: "step1" }), ["Visit", "Ring"]);
  assert.deepEqual(linesOf(board, { kind: "card", id: "gone" }), []);
});

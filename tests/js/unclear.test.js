import assert from "node:assert/strict";
import { test } from "node:test";
import { piecesOf } from "../../static/js/parts/unclearwords.js";

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

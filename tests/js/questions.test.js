import assert from "node:assert/strict";
import { test } from "node:test";
import { askedAbout } from "../../static/js/parts/questions.js";

const QUESTIONS = [
  { id: "what-makes", text: "What makes it a {n} and not a {lower}?", column: "well" },
  { id: "one-higher", text: "What would be happening at {higher}?", column: "needs" },
  { id: "small-step", text: "What small step could you take?", column: "needs" },
];
const texts = (n) => askedAbout(QUESTIONS, n).map((one) => one.text);

test("a question names the number it is about and its neighbours", () => {
  assert.deepEqual(texts(4), [
    "What makes it a 4 and not a 3?",
    "What would be happening at 5?",
    "What small step could you take?",
  ]);
});

test("nobody is asked about less than 0 or more than 10", () => {
  assert.deepEqual(texts(0), ["What would be happening at 1?", "What small step could you take?"]);
  assert.deepEqual(texts(10), ["What makes it a 10 and not a 9?", "What small step could you take?"]);
});

test("without a number only what names none is asked", () => {
  assert.deepEqual(texts(null), ["What small step could you take?"]);
});

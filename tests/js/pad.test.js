import assert from "node:assert/strict";
import { test } from "node:test";
import { padded } from "../../static/js/pad.js";

const BYTES = 2048;
const LONGEST = 280;
const bytesOf = (frame) => Buffer.byteLength(JSON.stringify(frame));

function rating(value, reason = "", more = {}) {
  return { ask: "rating.set", ref: 7, round: "k3f9a1c2d4e5f6a7", value, reason, share: false, ...more };
}

test("every answer is one length, whatever number and words are in it", () => {
  const reasons = [
    "",
    "They stay with me",
    'He said "no"\n\tand left \\ it',
    "يبقون عندي",
    "喜".repeat(LONGEST),
    "🧡".repeat(LONGEST),
  ];
  for (const value of [0, 5, 10, "not-sure", "rather-not"]) {
    for (const reason of reasons) {
      for (const more of [
        {},
        { share: true },
        { ref: 12345 },
        { for: "k3f9a1c2d4e5f6a8", source: "Said on the phone" },
      ])
        assert.equal(bytesOf(padded(rating(value, reason, more), BYTES)), BYTES);
    }
  }
});

test("what is in the frame is not touched", () => {
  const { pad, ...rest } = padded(rating(3, "Nights"), BYTES);
  assert.deepEqual(rest, rating(3, "Nights"));
  assert.match(pad, /^\.+$/);
});

test("words longer than that are filled to the next multiple", () => {
  assert.equal(bytesOf(padded(rating(3, "x".repeat(3000)), BYTES)), 2 * BYTES);
});

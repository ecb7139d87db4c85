import assert from "node:assert/strict";
import { test } from "node:test";
import { lying } from "../../static/js/parts/lying.js";
import { apartFrom, levels, STACK_MOST, stacks } from "../../static/js/parts/places.js";
import { upright } from "../../static/js/parts/upright.js";

const ROOM = { wide: 1760, high: 520 };
const measure = (text) => text.length * 20;
let made = 0;

function mark(value, name = "Dana", side = "above") {
  made += 1;
  return { id: `m${made}`, value, name, letters: "DA", side, shape: "circle", reason: "" };
}

function numbers(marks) {
  const values = marks.map((one) => one.value);
  return {
    marks,
    lowest: Math.min(...values),
    highest: Math.max(...values),
    unsure: [],
    gave: marks.length,
    of: 0,
  };
}

/** The boxes of all that is drawn on a lying line. */
function boxes({ places }) {
  return places.map((one) => {
    const half = (one.size ?? 0) / 2;
    const long = one.wide ? one.wide + (one.size ? 10 : 0) : 0;
    const [from, to] = one.flip ? [one.x - half - long, one.x + half] : [one.x - half, one.x + half + long];
    return { id: one.id, from, to, top: one.y - half, bottom: one.y + half, y: one.y };
  });
}

function assertApart(plan) {
  const all = boxes(plan);
  for (const one of all) {
    assert.ok(one.from >= -0.5 && one.to <= plan.wide + 0.5, `${one.id} stays in the picture`);
    assert.ok(one.top >= -0.5 && one.bottom <= plan.high + 0.5, `${one.id} stays in the picture upright`);
    for (const other of all) {
      if (one === other || Math.abs(one.y - other.y) > 40) continue;
      assert.ok(
        one.to <= other.from || other.to <= one.from,
        `${one.id} and ${other.id} do not cover each other`,
      );
    }
  }
}

test("each takes the nearest row where it covers nobody", () => {
  const wide = (from, to) => ({ at: from, from, to, mark: null });
  const rows = levels([wide(0, 10), wide(5, 15), wide(10, 20), wide(0, 30)]).map((one) => one.level);
  assert.deepEqual(rows, [0, 1, 0, 2]);
});

test("along an upright line each stands as near to its number as it can", () => {
  assert.deepEqual(apartFrom([10, 50, 90], 20, 0, 100), [10, 50, 90]);
  assert.deepEqual(apartFrom([50, 50, 50], 20, 0, 100), [30, 50, 70]);
  assert.deepEqual(apartFrom([0, 0], 20, 0, 100), [0, 20]);
  assert.deepEqual(apartFrom([100, 100], 20, 0, 100), [80, 100]);
});

test("marks of one number and side are one stack", () => {
  const marks = [mark(4), mark(4), mark(4, "Jo", "below"), mark(5)];
  assert.deepEqual(
    stacks(marks).map((one) => one.length),
    [2, 1, 1],
  );
});

test("on the wall every mark stands over its own number, family above the line, agencies below", () => {
  const plan = lying(numbers([mark(2), mark(6, "Maureen"), mark(2, "Jo", "below")]), true, ROOM, measure);
  const at = (n) => plan.ticks[n].x;
  assert.deepEqual(
    plan.places.map((one) => [one.x, one.y < plan.line.y]),
    [
      [at(2), true],
      [at(6), true],
      [at(2), false],
    ],
  );
  assert.deepEqual([plan.range.x, plan.range.long], [at(2), at(6) - at(2)]);
  assert.equal(at(10) - at(0), 1600);
});

test("nobody covers anybody, with long names, close numbers and both ends", () => {
  const names = ["Dana", "Maureen Bell", "Professor Alexandra Konstantinopoulou", "Jo", "Sam Okafor"];
  for (let seed = 0; seed < 60; seed += 1) {
    const marks = Array.from({ length: 3 + (seed % 20) }, (_, place) =>
      mark(
        (place * (seed + 3) + seed) % 11,
        names[(place + seed) % names.length],
        place % 3 ? "above" : "below",
      ),
    ).sort((one, other) => one.value - other.value);
    assertApart(lying(numbers(marks), true, ROOM, measure));
  }
});

test("twelve on one number: five stand, the rest are counted and named", () => {
  const marks = Array.from({ length: 12 }, (_, place) => mark(4, `Name${place}`));
  const plan = lying(numbers(marks), true, { wide: 1760, high: 620 }, measure);
  const more = plan.places.filter((one) => one.kind === "more");
  assert.equal(plan.places.length - more.length, STACK_MOST);
  assert.equal(more[0].words, "and 7 more: Name5, Name6, Name7, Name8, Name9, Name10, Name11");
  assertApart(plan);
});

test("a great many numbers still find their places, all of one size", () => {
  const marks = Array.from({ length: 40 }, (_, place) =>
    mark(place % 11, "Maureen Bell", place % 2 ? "above" : "below"),
  );
  marks.sort((one, other) => one.value - other.value);
  const plan = lying(numbers(marks), true, ROOM, measure);
  assertApart(plan);
  const sizes = new Set(plan.places.filter((one) => one.kind === "mark").map((one) => one.size));
  assert.equal(sizes.size, 1);
});

test("an empty line has no bracket and stands where the full one will", () => {
  const empty = lying(numbers([]), true, ROOM, measure);
  const full = lying(numbers([mark(2), mark(6)]), true, ROOM, measure);
  assert.equal(empty.range, undefined);
  assert.equal(empty.line.y, full.line.y);
});

test("upright, 10 is on top and each side keeps to itself", () => {
  const plan = upright(numbers([mark(2), mark(6), mark(2, "Jo", "below")]), true, 350);
  assert.ok(plan.ticks[10].y < plan.ticks[0].y);
  const [two, six, jo] = ["above", "above", "below"].map((_, place) =>
    plan.places.find((one) => one.id === `m${made - 2 + place}`),
  );
  assert.ok(two.x < plan.line.x && six.x < plan.line.x && jo.x > plan.line.x);
  assert.deepEqual([two.to.y, six.to.y, jo.to.y], [plan.ticks[2].y, plan.ticks[6].y, plan.ticks[2].y]);
  // The numerals stand at the start of the line, and nothing on them.
  const NUMERAL = 32;
  for (const one of [two, six])
    assert.ok(one.x + one.size / 2 < one.to.x && one.to.x <= plan.line.x - NUMERAL);
});

test("upright, twelve on one number and a whole meeting on each side stay apart at 320 px", () => {
  for (const count of [12, 40]) {
    const marks = Array.from({ length: count }, (_, place) =>
      mark(count === 12 ? 4 : place % 11, `Name${place}`),
    );
    marks.sort((one, other) => one.value - other.value);
    const plan = upright(numbers(marks), true, 288);
    const ys = plan.places.map((one) => one.y).sort((one, other) => one - other);
    for (const [place, y] of ys.slice(1).entries()) assert.ok(y - ys[place] >= 41.9);
    for (const { x, y, wide } of plan.places)
      assert.ok(x > 0 && x < 288 && y > 0 && y < plan.high && wide > 40);
  }
});

test("upright, where letters are largest all stand at one side, with room for their names", () => {
  const marks = [mark(2), mark(6), mark(2, "Jo", "below"), mark(4, "Ade", "below")];
  marks.sort((one, other) => one.value - other.value);
  const plan = upright(numbers(marks), true, 200);
  assert.ok(plan.places.every((one) => one.x > plan.line.x && one.wide > 100));
  const values = plan.places.map((one) => one.to.y);
  assert.deepEqual(
    values,
    values.toSorted((one, other) => one - other),
  );
});

test("upright, marks without names stand in a row from their number", () => {
  const marks = Array.from({ length: 7 }, () => mark(4, ""));
  const plan = upright(numbers(marks), false, 288);
  assert.ok(plan.places.every((one) => one.y === plan.ticks[4].y && one.x < 288));
  assert.equal(plan.places.at(-1).kind, "more");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { lying } from "../../static/js/parts/lying.js";
import { apartFrom, levels, STACK_MOST, stacks } from "../../static/js/parts/places.js";
import { linesIn, twoLinesWide } from "../../static/js/parts/textsize.js";
import { upright } from "../../static/js/parts/upright.js";

const ROOM = { wide: 1760, high: 520 };
const NAMES = ["Dana", "Maureen Bell", "Professor Alexandra Konstantinopoulou", "Jo", "Sam Okafor"];
const LINE_HIGH = 38;
const measure = (text) => text.length * 20;
let made = 0;

function mark(value, name = "Dana", side = "above", letters = "DA") {
  made += 1;
  return { id: `m${made}`, value, name, letters, side, shape: "circle", reason: "" };
}

/** So many marks on numbers that follow from `seed`, many of them close together. */
function crowd(seed, count, more = {}) {
  const { names = NAMES, letters = "DA", below = true } = more;
  const side = (place) => (below && place % 3 === 0 ? "below" : "above");
  const value = (place) => (place % 2 ? 4 + (place % 3) : (place * (seed + 3) + seed) % 11);
  return Array.from({ length: count }, (_, place) =>
    mark(value(place), names[(place + seed) % names.length], side(place), letters),
  ).sort((one, other) => one.value - other.value);
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
    const tall = Math.max(half, one.words ? ((one.lines ?? 1) * LINE_HIGH) / 2 : 0);
    const long = one.wide ? one.wide + (one.size ? 10 : 0) : 0;
    const [from, to] = one.flip ? [one.x - half - long, one.x + half] : [one.x - half, one.x + half + long];
    return { id: one.id, from, to, top: one.y - tall, bottom: one.y + tall };
  });
}

function assertApart(plan) {
  const all = boxes(plan);
  for (const one of all) {
    assert.ok(one.from >= -0.5 && one.to <= plan.wide + 0.5, `${one.id} stays in the picture`);
    assert.ok(one.top >= -0.5 && one.bottom <= plan.high + 0.5, `${one.id} stays in the picture upright`);
    for (const other of all) {
      const beside = one.to <= other.from + 0.5 || other.to <= one.from + 0.5;
      const under = one.bottom <= other.top + 0.5 || other.bottom <= one.top + 0.5;
      assert.ok(one === other || beside || under, `${one.id} and ${other.id} do not cover each other`);
    }
  }
}

/** What is said of those of a stack that are not drawn. */
const mores = (plan) => plan.places.filter((one) => one.kind === "more");

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

test("what is outermost stands over all it covers, and takes as many rows as it is tall", () => {
  const wide = (from, to, more = {}) => ({ at: from, from, to, mark: null, ...more });
  const over = [wide(12, 14, { outermost: true }), wide(12, 13, { tall: 2 })];
  const rows = levels([wide(0, 10), wide(5, 15), ...over, wide(12, 13), wide(11, 12)]).map(
    (one) => one.level,
  );
  assert.deepEqual(rows, [0, 1, 2, 3, 0, 0]);
});

test("nobody covers anybody, with long names, close numbers and both ends", () => {
  for (let seed = 0; seed < 90; seed += 1) {
    assertApart(lying(numbers(crowd(seed, 3 + (seed % 30))), true, ROOM, measure));
    assertApart(lying(numbers(crowd(seed, 3 + (seed % 30), { letters: "" })), true, ROOM, measure));
  }
});

test("twelve on one number: five stand, the rest are counted and named", () => {
  const marks = Array.from({ length: 12 }, (_, place) => mark(4, `Name${place}`));
  const plan = lying(numbers(marks), true, { wide: 1760, high: 620 }, measure);
  const [more] = mores(plan);
  assert.equal(plan.places.length - 1, STACK_MOST);
  assert.equal(more.words, "and 7 more: Name5, Name6, Name7, Name8, Name9, Name10, Name11");
  assertApart(plan);
});

test("what is said of the rest stands in the middle of its number, over its marks and over nobody else's number", () => {
  let seen = 0;
  for (let seed = 0; seed < 60; seed += 1) {
    const marks = crowd(seed, 12 + (seed % 20));
    const plan = lying(numbers(marks), true, ROOM, measure);
    for (const more of mores(plan)) {
      seen += 1;
      const [, side, value] = more.id.split(" ");
      const x = plan.ticks[value].x;
      const others = marks.filter((one) => one.side === side && one.value !== Number(value));
      assert.ok(Math.abs(more.x + more.wide / 2 - x) < 0.1, `${more.words} is in the middle of ${value}`);
      for (const other of others)
        assert.ok(
          Math.abs(plan.ticks[other.value].x - x) >= more.wide / 2 + 80,
          `${other.value} is free of it`,
        );
      const own = plan.places.filter((one) => one.kind === "mark" && Math.abs(one.x - x) < 80);
      for (const one of own.filter((mine) => mine.y < plan.line.y === (side === "above")))
        assert.ok(Math.abs(one.y - plan.line.y) < Math.abs(more.y - plan.line.y), "its marks are nearer");
    }
  }
  assert.ok(seen > 20);
});

test("one is never left over: it is shown, or two are counted", () => {
  for (const more of [{}, { letters: "" }, { names: [""], letters: "", below: false }])
    for (let count = 2; count < 40; count += 1) {
      const same = Array.from({ length: count }, () =>
        mark(4, more.names ? "" : "Jo", "above", more.letters),
      );
      for (const marks of [same, crowd(count, count, more)]) {
        const plan = lying(numbers(marks), !more.names, ROOM, measure);
        const left = mores(plan).map((one) => Number(one.words.match(/and (\d+) more/u)[1]));
        assert.ok(!left.includes(1), `${count}: ${left}`);
        const drawn = plan.places.length - left.length;
        assert.equal(
          left.reduce((sum, one) => sum + one, drawn),
          count,
        );
      }
    }
});

test("roles are counted, not listed", () => {
  const marks = Array.from({ length: 12 }, () => mark(4, "Family or friend", "above", ""));
  const plan = lying(numbers(marks), true, { wide: 1760, high: 620 }, measure);
  assert.deepEqual(
    mores(plan).map((one) => one.words),
    ["and 7 more"],
  );
});

test("names are whole, or all of them give way to letters and that is said", () => {
  const ways = new Set();
  for (let seed = 0; seed < 60; seed += 1) {
    const marks = crowd(seed, 2 + (seed % 30));
    const plan = lying(numbers(marks), true, ROOM, measure);
    const drawn = plan.places.filter((one) => one.kind === "mark");
    ways.add(plan.unnamed);
    assert.ok(drawn.every((one) => Boolean(one.words) !== plan.unnamed && (one.words || one.letters)));
    for (const one of drawn.filter(({ words }) => words))
      assert.ok(linesIn(one.words, one.wide, measure).length <= one.lines, `${one.words} is not cut`);
    assert.equal(new Set(drawn.map((one) => one.size)).size, 1);
  }
  assert.deepEqual(ways, new Set([false, true]));
});

test("long names take two lines before marks become smaller", () => {
  const marks = [1, 1, 4, 4, 7, 7].map((value) => mark(value, NAMES[2]));
  const plan = lying(numbers([...marks, mark(4, "Jo", "below")]), true, ROOM, measure);
  assertApart(plan);
  const wide = twoLinesWide(NAMES[2], measure);
  assert.deepEqual(
    plan.places.map((one) => [one.size, one.letters, one.lines, one.wide]),
    [...marks.map(() => [72, "DA", 2, wide]), [72, "DA", 2, measure("Jo")]],
  );
});

test("where it saves room names stand before their marks, up to one number", () => {
  const names = (all) => all.map((value) => mark(value, "Maureen Bell"));
  const before = (marks) => lying(numbers(marks), true, ROOM, measure).places.map((one) => one.flip);
  assert.deepEqual(before(names([4, 5])), [false, false]);
  assert.deepEqual(before(names([4, 4, 4, 5, 5, 5])), [true, true, true, false, false, false]);
});

test("words take the lines they need, and two lines as narrow as can be", () => {
  assert.deepEqual(linesIn("and 12 more", 120, measure), ["and 12", "more"]);
  assert.deepEqual(linesIn("Konstantinopoulou, Jo", 100, measure), ["Konstantinopoulou,", "Jo"]);
  assert.equal(twoLinesWide("Sam van der Berg", measure), 160);
  assert.equal(twoLinesWide("Dana", measure), 80);
});

test("an empty line has no bracket and stands where the full one will", () => {
  const empty = lying(numbers([]), true, ROOM, measure);
  const full = lying(numbers([mark(2), mark(6)]), true, ROOM, measure);
  assert.equal(empty.range, undefined);
  assert.equal(empty.line.y, full.line.y);
  const three = numbers([mark(4), mark(4), mark(4), mark(4, "Jo", "below")]);
  assert.equal(lying(numbers([]), true, ROOM, measure).line.y, lying(three, true, ROOM, measure).line.y);
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

test("upright, it is as low as asked, and a long name has all its lines or the whole width", () => {
  const long = mark(9, "Dr Bartholomew Featherstonehaugh", "below");
  const marks = numbers([mark(2, "Ade"), mark(4, "Sade", "below"), long]);
  const measure = (text) => text.length * 8;
  assert.ok(upright(marks, true, 350, 300, measure).high <= 300);
  const plan = upright(marks, true, 350, 300, measure);
  const at = (name) => plan.places.find((one) => one.words === name);
  assert.ok(at("Ade").x < plan.line.x && at("Sade").x > plan.line.x);
  assert.ok(at(long.name).wide > at("Ade").wide, "what one side does not need the other gets");
  assert.ok(at("Sade").y - at(long.name).y >= 2 * 18);
  const narrow = upright(numbers([mark(2, "Ade-Maureen"), long]), true, 288, 300, measure);
  assert.ok(narrow.places.every((one) => one.x > narrow.line.x));
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

/**
 * Where everything stands on a lying number line, as on the wall. Pure arithmetic over a given room: it draws nothing.
 */

import { earlierPlaces, hasEarlier } from "./earlier.js";
import { LARGE, waysFor, widesOf } from "./lyingways.js";
import { levels, stacks } from "./places.js";

export { moreWords } from "./lyingways.js";

/**
 * @typedef {import("./numbers.js").Mark} Mark @typedef {import("./numbers.js").Numbers} Numbers
 * @typedef {import("./numberline.js").Plan} Plan @typedef {import("./numberline.js").Room} Room
 * @typedef {import("./textsize.js").Measure} Measure @typedef {import("./lyingways.js").Way} Way
 */

const EDGE = 80;
const LINE = 8;
const NUMERALS = 76;
const BRACKET = 82;
const GAP = 10;
/** What numbers of last time take between the line and the marks, and how large they are. */
const PAST_STRIP = 44;
const PAST = 34;
/** So many rows of the largest marks find room over the line before it has to move: most families are as many. */
const REST_ROWS = 3;

/**
 * @param {Numbers} numbers @param {boolean} sides whether marks may stand below @param {Room} room @param {Measure} measure @returns {Plan}
 */
export function lying(numbers, sides, { wide, high }, measure) {
  const plan = planned(numbers, sides, { wide, high }, measure);
  // Names come before what was last time.
  if (!plan.unnamed || !numbers.earlier?.length) return plan;
  return planned({ ...numbers, earlier: [] }, sides, { wide, high }, measure);
}

/** @param {Numbers} numbers @param {boolean} sides @param {Room} room @param {Measure} measure @returns {Plan} */
function planned(numbers, sides, { wide, high }, measure) {
  const up = hasEarlier(numbers, "above") ? PAST_STRIP : 0;
  const down = hasEarlier(numbers, "below") ? PAST_STRIP : 0;
  const at = (/** @type {number} */ n) => EDGE + (n * (wide - 2 * EDGE)) / 10;
  const area = high - 2 * GAP - LINE - NUMERALS - BRACKET - up - down;
  const both = (/** @type {Way} */ way) => ({
    way,
    above: side(numbers.marks, "above", way, at, wide, measure),
    below: side(numbers.marks, "below", way, at, wide, measure),
  });
  const { way, above, below } = firstThatFits(waysFor(numbers.marks), both, area, sides);
  const y = GAP + LINE / 2 + up + lineAt(above.rows * way.row, below.rows * way.row, area, sides);
  const under = y + LINE / 2 + NUMERALS;
  const low = under + down + below.rows * way.row + GAP;
  const places = [
    ...above.placed.map(({ mark, out }) => ({ ...mark, y: y - LINE / 2 - GAP - up - out * way.row })),
    ...below.placed.map(({ mark, out }) => ({ ...mark, y: under + down + out * way.row })),
  ];
  const past = earlierPlaces(
    numbers,
    places,
    ({ side, value }) => ({
      x: at(value),
      y: side === "above" ? y - LINE / 2 - PAST_STRIP / 2 : under + PAST_STRIP / 2,
    }),
    PAST,
  );
  const [from, to] = numbers.marks.length ? [at(numbers.lowest), at(numbers.highest)] : [0, wide];
  return {
    wide,
    high,
    line: { x: EDGE, y, long: wide - 2 * EDGE },
    ticks: Array.from({ length: 11 }, (_, n) => ({ n, x: at(n), y })),
    places: [...past.places, ...places],
    dotted: past.dotted,
    range: to > from && numbers.marks.length ? { x: from, y: low, long: to - from } : undefined,
    said: { x: (from + to) / 2, y: low },
    unnamed: !way.lines && numbers.marks.some((mark) => mark.name),
  };
}

/**
 * The best that fits, with the names on whichever side of their marks leaves the line where it is; the last where none fits.
 * @typedef {ReturnType<typeof side>} Side @typedef {{way: Way, above: Side, below: Side}} Try
 * @param {Way[]} ways @param {(way: Way) => Try} make @param {number} area @param {boolean} sides @returns {Try}
 */
function firstThatFits(ways, make, area, sides) {
  const fits = (/** @type {Try} */ { way, above, below }) =>
    above.whole && below.whole && (above.rows + below.rows) * way.row <= area;
  const moves = (/** @type {Try} */ { way, above, below }) =>
    lineAt(above.rows * way.row, below.rows * way.row, area, sides) !== lineAt(0, 0, area, sides);
  for (const [place, way] of ways.entries()) {
    const one = make(way);
    if (!fits(one)) continue;
    // Next comes the same way with names that lean.
    const other = way.lines && !way.leans && moves(one) ? make(ways[place + 1]) : one;
    return fits(other) && !moves(other) ? other : one;
  }
  return make(ways[ways.length - 1]);
}

/** Where the empty line is, so that it and the full one are one picture, unless a side needs more. @param {number} up @param {number} down @param {number} area @param {boolean} sides */
function lineAt(up, down, area, sides) {
  if (!sides) return area;
  const rest = Math.max(area / 2, Math.min(REST_ROWS * LARGE.row, area));
  return Math.max(up, Math.min(rest, area - down));
}

/**
 * What stands on one side. Up to some number names may stand before their marks, so that neighbours share a row: where that saves rows.
 * @param {Mark[]} marks @param {"above" | "below"} which @param {Way} way @param {(n: number) => number} at
 * @param {number} wide @param {Measure} measure
 */
function side(marks, which, way, at, wide, measure) {
  const all = stacks(marks.filter((mark) => mark.side === which));
  const turns = way.leans ? all.slice(0, -1).map(([{ value }]) => value) : [];
  const tries = [-1, ...turns].map((turn) => rowsOf(all, turn, way, at, wide, measure));
  return tries.reduce((best, one) => (one.rows < best.rows ? one : best));
}

/**
 * Its rows; `out`: so many of them from the line to the middle of a place.
 * @param {Mark[][]} all stacks @param {number} turn up to this number names stand before their marks @param {Way} way
 * @param {(n: number) => number} at @param {number} wide @param {Measure} measure
 */
function rowsOf(all, turn, way, at, wide, measure) {
  const half = (at(1) - at(0) + GAP) / 2;
  const wides = all.flatMap((stack, place) => {
    const [{ value }] = stack;
    const others = [all[place - 1], all[place + 1]].filter(Boolean).map(([other]) => other.value);
    const free = Math.min(...others.map((other) => Math.abs(at(other) - at(value)) - half));
    const there = { x: at(value), wide, free, before: value <= turn };
    return widesOf(stack, there, way, measure);
  });
  const placed = levels(wides).map(({ wide: one, level }) => ({
    mark: one.mark,
    out: level + (one.tall ?? 1) / 2,
    end: level + (one.tall ?? 1),
  }));
  return {
    placed,
    rows: Math.max(0, ...placed.map((one) => one.end)),
    whole: wides.every((one) => one.whole),
  };
}

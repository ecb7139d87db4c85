/**
 * Where everything stands on a lying number line, as on the wall. Pure arithmetic over a given room: it draws nothing.
 */

import { t, tn } from "../words.js";
import { levels, STACK_MOST, stacks } from "./places.js";

/**
 * @typedef {import("./numbers.js").Mark} Mark @typedef {import("./numbers.js").Numbers} Numbers
 * @typedef {import("./numberline.js").Place} Place @typedef {import("./numberline.js").Plan} Plan @typedef {import("./numberline.js").Room} Room
 * @typedef {(text: string) => number} Measure how wide words are, in px where 1rem is 16
 * @typedef {{from: number, to: number, at: number, mark: Place}} Wide
 */

const EDGE = 80;
const LINE = 8;
const NUMERALS = 84;
const BRACKET = 84;
const GAP = 10;
/** All marks of a round are one size; the smaller are for rounds whose rows would not fit otherwise. */
const SIZES = [
  { mark: 72, row: 80 },
  { mark: 62, row: 68 },
  { mark: 52, row: 56 },
];
const SMALLEST = SIZES[SIZES.length - 1];
const WORDS_WIDE_MOST = 420;
const MORE_WIDE_MOST = 1000;
/** How much is shown of a stack, and whether names stand beside the marks: the most that fits is taken. */
const WAYS = [
  ...SIZES.map((size) => ({ size, kept: STACK_MOST, names: true })),
  ...[4, 3, 2, 1].map((kept) => ({ size: SMALLEST, kept, names: true })),
  ...[3, 2, 1].map((kept) => ({ size: SIZES[1], kept, names: false })),
];

/**
 * @param {Numbers} numbers @param {boolean} sides whether marks may stand below @param {Room} room @param {Measure} measure @returns {Plan}
 */
export function lying(numbers, sides, { wide, high }, measure) {
  const at = (/** @type {number} */ n) => EDGE + (n * (wide - 2 * EDGE)) / 10;
  const area = high - GAP - LINE - NUMERALS - BRACKET;
  const tries = WAYS.map((way) => ({
    size: way.size,
    above: side(numbers.marks, "above", way, at, wide, measure),
    below: side(numbers.marks, "below", way, at, wide, measure),
  }));
  const fits = (/** @type {typeof tries[0]} */ one) =>
    (one.above.rows + one.below.rows) * one.size.row <= area;
  const { size, above, below } = tries.find(fits) ?? tries[tries.length - 1];
  const y = GAP + LINE / 2 + lineAt(above.rows * size.row, below.rows * size.row, area, sides);
  const outward = (/** @type {number} */ level) => (level + 0.5) * size.row;
  const under = y + LINE / 2 + NUMERALS;
  const low = under + below.rows * size.row + GAP;
  const [from, to] = numbers.marks.length ? [at(numbers.lowest), at(numbers.highest)] : [0, wide];
  return {
    wide,
    high,
    line: { x: EDGE, y, long: wide - 2 * EDGE },
    ticks: Array.from({ length: 11 }, (_, n) => ({ n, x: at(n), y })),
    places: [
      ...above.placed.map(({ wide: one, level }) => ({
        ...one.mark,
        y: y - LINE / 2 - GAP - outward(level),
      })),
      ...below.placed.map(({ wide: one, level }) => ({ ...one.mark, y: under + outward(level) })),
    ],
    range: to > from && numbers.marks.length ? { x: from, y: low, long: to - from } : undefined,
    said: { x: (from + to) / 2, y: low },
  };
}

/** In the middle, so that the empty line and the full one are one picture, unless a side needs more. @param {number} up @param {number} down @param {number} area @param {boolean} sides */
function lineAt(up, down, area, sides) {
  if (!sides) return area;
  if (up > area / 2) return up;
  return down > area / 2 ? area - down : area / 2;
}

/**
 * @param {Mark[]} marks @param {"above" | "below"} which @param {typeof WAYS[0]} way @param {(n: number) => number} at
 * @param {number} wide @param {Measure} measure
 */
function side(marks, which, way, at, wide, measure) {
  const wides = stacks(marks.filter((mark) => mark.side === which)).flatMap((stack) => {
    const shown = stack.slice(0, way.kept);
    const rest = stack.slice(shown.length);
    const placed = shown.map((mark) => wideMark(mark, at(mark.value), way, wide, measure));
    return rest.length
      ? [...placed, wideMore(rest, at(rest[0].value), way.size.mark, wide, measure)]
      : placed;
  });
  const placed = levels(wides);
  return { placed, rows: Math.max(0, ...placed.map((one) => one.level + 1)) };
}

/** @param {Mark} mark @param {number} x @param {typeof WAYS[0]} way @param {number} wide @param {Measure} measure @returns {Wide} */
function wideMark(mark, x, way, wide, measure) {
  const half = way.size.mark / 2;
  const words = way.names ? mark.name : "";
  const long = words ? Math.min(measure(words), WORDS_WIDE_MOST) : 0;
  const reach = long ? half + GAP + long : half;
  const flip = x + reach > wide;
  const { id, shape } = mark;
  // Letters smaller than the wall's least would fit in the smaller marks: there the name beside says enough.
  const letters = way.size === SIZES[0] || !way.names ? mark.letters : "";
  /** @type {Place} */
  const place = { kind: "mark", id, x, y: 0, size: way.size.mark, shape, letters, words, flip, wide: long };
  const [from, to] = flip ? [x - reach, x + half] : [x - half, x + reach];
  return { at: x, from, to: to + GAP, mark: place };
}

/** @param {Mark[]} rest @param {number} x @param {number} size @param {number} wide @param {Measure} measure @returns {Wide} */
function wideMore(rest, x, size, wide, measure) {
  const words = moreWords(rest);
  const long = Math.min(measure(words), MORE_WIDE_MOST);
  const from = Math.max(0, Math.min(x - size / 2, wide - long));
  const id = `more ${rest[0].side} ${rest[0].value}`;
  return { at: x, from, to: from + long + GAP, mark: { kind: "more", id, x: from, y: 0, words, wide: long } };
}

/** "and 3 more: Jo, Sam, Ade". @param {Mark[]} rest */
export function moreWords(rest) {
  const more = tn("and {n} more", "and {n} more", rest.length);
  const names = rest.map((mark) => mark.name).filter(Boolean);
  return names.length ? t("{more}: {names}", { more, names: names.join(", ") }) : more;
}

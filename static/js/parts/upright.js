/**
 * Where everything stands on an upright number line, as on phones and at the desk: 10 on top, family at the start,
 * agencies at the end. Pure arithmetic over a given width: it draws nothing.
 */

import { earlierPlaces } from "./earlier.js";
import { moreWords } from "./lying.js";
import { apartFrom, STACK_MOST, stacks } from "./places.js";
import { linesIn } from "./textsize.js";

/**
 * @typedef {import("./numbers.js").Mark} Mark @typedef {import("./numbers.js").Numbers} Numbers
 * @typedef {import("./numberline.js").Place} Place @typedef {import("./numberline.js").Plan} Plan
 * @typedef {import("./textsize.js").Measure} Measure
 */

/** From one number to the next, on a phone and where there is less room. */
const STEP = 52;
const STEP_LEAST = 22;
const EDGE = 26;
const MARK = 34;
/** From one mark to the next; further where a name takes so many lines. */
const APART = 42;
const NAME_LINE = 18;
const LINES_MOST = 3;
const GAP = 6;
/** What the numerals take across, at the start of the line, and what a tick takes at its end. */
const NUMERAL = 32;
const TICK = 10;
/** Between the line and marks that had to move along it. */
const THREAD = 16;
/** The same where numbers of last time stand between them, and how large these are. */
const THREAD_PAST = 40;
const PAST = 16;
/** Narrower than this, as with the largest letters on a phone, all stand at one side of the line. */
const NARROW = 276;
const DOT = 28;
const DOT_APART = 34;
const MORE_WIDE = 96;

/**
 * @param {Numbers} numbers @param {boolean} named whether marks have words beside them @param {number} wide @param {number} [low] how high
 * it may be if it can @param {Measure} [measure] of the words beside marks @returns {Plan}
 */
export function upright(numbers, named, wide, low = Number.POSITIVE_INFINITY, measure = () => 0) {
  const above = entries(numbers.marks, "above");
  const below = entries(numbers.marks, "below");
  const far = numbers.earlier?.length ? THREAD_PAST : THREAD;
  const { x, sides } = named ? sidesOf(above, below, wide, measure, far) : { x: NUMERAL, sides: [] };
  const step = Math.max(STEP_LEAST, Math.min(STEP, (low - 2 * EDGE) / 10));
  const high = Math.max(10 * step + 2 * EDGE, ...sides.map(({ list, apart }) => list.length * apart + GAP));
  const at = (/** @type {number} */ n) => EDGE + ((10 - n) * (high - 2 * EDGE)) / 10;
  const { lowest, highest } = numbers;
  const places = named
    ? sides.flatMap((side) => column(side, x, { at, wide, high, far }))
    : dots(numbers.marks, x, at, wide);
  const sideways = sides.length > 1;
  const past = earlierPlaces(
    numbers,
    places,
    (one) => {
      const way = sideways && one.side === "above" ? -1 : 1;
      // All at one side, circles and squares have a place of their own each.
      const out = !sideways && one.side === "below" ? 2 * PAST : PAST - 2;
      return { x: beside(x, way, wide, far).touches + way * out, y: at(one.value) };
    },
    PAST,
  );
  return {
    wide,
    high,
    line: { x, y: EDGE, long: high - 2 * EDGE },
    ticks: Array.from({ length: 11 }, (_, n) => ({ n, x, y: at(n) })),
    places: [...past.places, ...places],
    dotted: past.dotted,
    range: numbers.marks.length > 1 ? { x, y: at(highest), long: at(lowest) - at(highest) } : undefined,
  };
}

/** @param {{value: number}} one @param {{value: number}} other */
function fromTheTop(one, other) {
  return other.value - one.value;
}

/**
 * Both sides of the line, or all at one where there would be too little room for names.
 * @param {ReturnType<typeof entries>} above @param {ReturnType<typeof entries>} below @param {number} wide @param {Measure} measure @param {number} far from the line to the marks
 */
function sidesOf(above, below, wide, measure, far) {
  const x = lineAt(above, below, wide, measure, far);
  const two = [side(above, -1, x, wide, measure, far), side(below, 1, x, wide, measure, far)];
  if (wide >= NARROW && two.every(({ lines }) => lines <= LINES_MOST)) return { x, sides: two };
  return {
    x: NUMERAL,
    sides: [side([...above, ...below].sort(fromTheTop), 1, NUMERAL, wide, measure, far)],
  };
}

/**
 * In the middle, or out of the way of the only side there is; a side of long names gets what the other leaves of its half.
 * @param {ReturnType<typeof entries>} above @param {ReturnType<typeof entries>} below @param {number} wide @param {Measure} measure @param {number} far
 */
function lineAt(above, below, wide, measure, far) {
  if (above.length && !below.length) return wide - 2 * TICK;
  if (below.length && !above.length) return NUMERAL;
  const half = (wide - NUMERAL - TICK) / 2;
  const [start, end] = [above, below].map(
    (list) => far + MARK + GAP + Math.max(0, ...list.map(({ mark }) => (mark ? measure(mark.name) : half))),
  );
  const before = start < half && end > half ? Math.max(start, 2 * half - end) : half;
  const after = end < half && start > half ? Math.max(end, 2 * half - start) : half;
  return NUMERAL + before + half - after;
}

/**
 * What stands at one side, from the top: at most five of a number, then one line for the rest.
 * @param {Mark[]} marks @param {"above" | "below"} which @returns {{value: number, mark?: Mark, rest?: Mark[]}[]}
 */
function entries(marks, which) {
  return stacks(marks.filter((mark) => mark.side === which))
    .reverse()
    .flatMap((stack) => {
      const shown = stack.slice(0, STACK_MOST).map((mark) => ({ value: mark.value, mark }));
      const rest = stack.slice(STACK_MOST);
      return rest.length ? [...shown, { value: rest[0].value, rest }] : shown;
    });
}

/** Where what stands at one side begins, and how far it reaches. @param {number} x @param {1 | -1} way @param {number} wide @param {number} far */
function beside(x, way, wide, far) {
  const touches = x + (way > 0 ? TICK : -NUMERAL);
  const near = touches + way * far;
  return { touches, near, left: way > 0 ? wide - near : near };
}

/**
 * What stands at a side, how many lines its longest name takes, and how far apart its marks have to be.
 * @param {ReturnType<typeof entries>} list @param {1 | -1} way @param {number} x @param {number} wide @param {Measure} measure @param {number} far
 */
function side(list, way, x, wide, measure, far) {
  const room = beside(x, way, wide, far).left - MARK - GAP;
  const inLines = (/** @type {string} */ name) =>
    linesIn(name, room, measure).reduce((sum, line) => sum + Math.ceil(measure(line) / room), 0);
  const lines = Math.max(1, ...list.map(({ mark }) => (mark ? inLines(mark.name) : 1)));
  return { list, way, lines, apart: Math.max(APART, lines * NAME_LINE + GAP) };
}

/**
 * @param {ReturnType<typeof side>} side @param {number} x
 * @param {{at: (n: number) => number, wide: number, high: number, far: number}} room @returns {Place[]}
 */
function column({ list, way, apart }, x, { at, wide, high, far }) {
  const wants = list.map((one) => at(one.value));
  const ys = apartFrom(wants, apart, apart / 2, high - apart / 2);
  const { touches, near, left } = beside(x, way, wide, far);
  return list.map(({ value, mark, rest }, place) => {
    const to = { x: touches, y: at(value) };
    const y = ys[place];
    if (rest) {
      const id = `more ${rest[0].side} ${value}`;
      return { kind: "more", id, x: near, y, words: moreWords(rest), flip: way < 0, wide: left, to };
    }
    const { id, shape, letters, name } = /** @type {Mark} */ (mark);
    const words = { words: name, wide: left - MARK - GAP, flip: way < 0 };
    return { kind: "mark", id, x: near + (way * MARK) / 2, y, size: MARK, shape, letters, ...words, to };
  });
}

/** Dots without names, in a row outward from their number. @param {Mark[]} marks @param {number} x @param {(n: number) => number} at @param {number} wide @returns {Place[]} */
function dots(marks, x, at, wide) {
  const start = x + TICK + THREAD;
  const kept = Math.max(1, Math.min(STACK_MOST, Math.floor((wide - start - MORE_WIDE) / DOT_APART)));
  return stacks(marks).flatMap((stack) => {
    const y = at(stack[0].value);
    const shown = stack.slice(0, kept);
    const rest = stack.slice(kept);
    /** @type {Place[]} */
    const places = shown.map(({ id, shape }, place) => ({
      ...{ kind: "mark", id, x: start + place * DOT_APART, y, size: DOT, shape, letters: "", words: "" },
    }));
    if (!rest.length) return places;
    const id = `more above ${stack[0].value}`;
    const end = start + kept * DOT_APART - DOT / 2;
    return [...places, { kind: "more", id, x: end, y, words: moreWords(rest), wide: wide - end }];
  });
}

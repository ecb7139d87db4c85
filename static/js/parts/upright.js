/**
 * Where everything stands on an upright number line, as on phones and at the desk: 10 on top, family at the start,
 * agencies at the end. Pure arithmetic over a given width: it draws nothing.
 */

import { moreWords } from "./lying.js";
import { apartFrom, STACK_MOST, stacks } from "./places.js";

/**
 * @typedef {import("./numbers.js").Mark} Mark @typedef {import("./numbers.js").Numbers} Numbers
 * @typedef {import("./numberline.js").Place} Place @typedef {import("./numberline.js").Plan} Plan
 */

/** From one number to the next, on a phone and where there is less room. */
const STEP = 52;
const STEP_LEAST = 34;
const EDGE = 26;
const MARK = 34;
const APART = 42;
const GAP = 6;
/** What the numerals take across, at the start of the line, and what a tick takes at its end. */
const NUMERAL = 32;
const TICK = 10;
/** Between the line and marks that had to move along it. */
const THREAD = 16;
/** Narrower than this, as with the largest letters on a phone, all stand at one side of the line. */
const NARROW = 276;
const DOT = 28;
const DOT_APART = 34;
const MORE_WIDE = 96;

/**
 * @param {Numbers} numbers @param {boolean} named whether marks have words beside them @param {number} wide @param {number} [low] how high
 * it may be if it can @returns {Plan}
 */
export function upright(numbers, named, wide, low = Number.POSITIVE_INFINITY) {
  const above = entries(numbers.marks, "above");
  const below = entries(numbers.marks, "below");
  const one = wide < NARROW;
  const most = one ? above.length + below.length : Math.max(above.length, below.length);
  const step = Math.max(STEP_LEAST, Math.min(STEP, (low - 2 * EDGE) / 10));
  const high = Math.max(10 * step + 2 * EDGE, named ? most * APART + GAP : 0);
  const at = (/** @type {number} */ n) => EDGE + ((10 - n) * (high - 2 * EDGE)) / 10;
  const x = named && !one ? lineAt(above.length, below.length, wide) : NUMERAL;
  const room = { at, wide, high };
  const { lowest, highest } = numbers;
  return {
    wide,
    high,
    line: { x, y: EDGE, long: high - 2 * EDGE },
    ticks: Array.from({ length: 11 }, (_, n) => ({ n, x, y: at(n) })),
    places: !named
      ? dots(numbers.marks, x, at, wide)
      : one
        ? column([...above, ...below].sort(fromTheTop), x, 1, room)
        : [...column(above, x, -1, room), ...column(below, x, 1, room)],
    range: numbers.marks.length > 1 ? { x, y: at(highest), long: at(lowest) - at(highest) } : undefined,
  };
}

/** @param {{value: number}} one @param {{value: number}} other */
function fromTheTop(one, other) {
  return other.value - one.value;
}

/** In the middle, or out of the way of the only side there is. @param {number} above @param {number} below @param {number} wide */
function lineAt(above, below, wide) {
  if (above && !below) return wide - 2 * TICK;
  return below && !above ? NUMERAL : (wide + NUMERAL - TICK) / 2;
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

/**
 * @param {ReturnType<typeof entries>} list @param {number} x @param {1 | -1} way
 * @param {{at: (n: number) => number, wide: number, high: number}} room @returns {Place[]}
 */
function column(list, x, way, { at, wide, high }) {
  const wants = list.map((one) => at(one.value));
  const ys = apartFrom(wants, APART, APART / 2, high - APART / 2);
  const beside = x + (way > 0 ? TICK : -NUMERAL);
  const near = beside + way * THREAD;
  const left = way > 0 ? wide - near : near;
  return list.map(({ value, mark, rest }, place) => {
    const to = { x: beside, y: at(value) };
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

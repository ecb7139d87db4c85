/**
 * How much is said of each mark on a lying number line, and what that takes along the line: the most that fits is taken.
 * Lengths in, lengths out, nothing drawn.
 */

import { t, tn } from "../words.js";
import { STACK_MOST } from "./places.js";
import { linesIn, twoLinesWide } from "./textsize.js";

/**
 * @typedef {import("./numbers.js").Mark} Mark @typedef {import("./numberline.js").Place} Place @typedef {import("./textsize.js").Measure} Measure
 * @typedef {{mark: number, row: number, beside: number}} Size of all marks, of their rows, and from the middle of one to that of the next in its row
 * @typedef {Size & {kept: number, across: number, lines: 0 | 1 | 2, leans: boolean}} Way `kept`: so many of a stack where not all are shown;
 *   `across`: so many stand side by side; `lines`: so many a name may take, 0: no names; `leans`: names may stand before their marks
 * @typedef {import("./places.js").Wide<Place> & {whole: boolean}} Wide `whole`: no word of it is cut
 */

const GAP = 10;
/** Of what is written beside and over marks. */
const LINE_HIGH = 38;
/** What is said of the rest of a stack, where others have marks on that side too, and where nobody has. */
const MORE_WIDE_MOST = 640;
const MORE_WIDE_ALONE = 1600;
/** Letters of the wall's least size fit in the largest marks alone. */
export const LARGE = { mark: 72, row: 76, beside: 72 };
/** Two lines of a name, and what keeps them apart from the next two. */
const TALL = { ...LARGE, row: 86 };
const MIDDLE = { mark: 60, row: 63, beside: 64 };
const SMALL = { mark: 52, row: 54, beside: 56 };

/** A name as wide as this stands between its number and the next but one. */
const SHORT = 230;

/** @param {Size} size @param {0 | 1 | 2} lines @param {number} across @param {number[]} kept @returns {Way[]} */
function ways(size, lines, across, kept) {
  const leans = lines ? [false, true] : [false];
  return kept.flatMap((most) => leans.map((lean) => ({ ...size, lines, across, kept: most, leans: lean })));
}

const WITH_NAMES = [
  ...ways(LARGE, 1, 1, [STACK_MOST]),
  ...ways(TALL, 2, 1, [STACK_MOST]),
  ...ways(MIDDLE, 1, 1, [STACK_MOST]),
  ...ways(SMALL, 1, 1, [STACK_MOST]),
  ...ways(TALL, 2, 1, [4, 3]),
  ...ways(SMALL, 1, 1, [4, 3]),
  ...ways(TALL, 2, 1, [2]),
  ...ways(SMALL, 1, 1, [2, 1]),
];
const WITH_LETTERS = [...ways(LARGE, 0, 1, [STACK_MOST]), ...ways(LARGE, 0, 2, [2 * STACK_MOST, 8, 6, 4, 2])];
const WITHOUT_BOTH = [
  ...ways(LARGE, 0, 1, [STACK_MOST]),
  ...ways(MIDDLE, 0, 1, [STACK_MOST]),
  ...ways(SMALL, 0, 1, [STACK_MOST]),
  ...ways(MIDDLE, 0, 2, [2 * STACK_MOST]),
  ...ways(SMALL, 0, 2, [2 * STACK_MOST, 8, 6, 4, 2]),
];

/** What may be tried for these marks, the best first: nobody is without a name and without letters too. @param {Mark[]} marks @returns {Way[]} */
export function waysFor(marks) {
  const bare = marks.some((mark) => mark.letters) ? WITH_LETTERS : WITHOUT_BOTH;
  return marks.some((mark) => mark.name) ? [...WITH_NAMES, ...bare] : bare;
}

/**
 * A stack as it stands: its marks from the line outward, and what is said of the rest.
 * @param {Mark[]} stack @param {{x: number, wide: number, free: number, before: boolean}} there its place in the picture, how far to each side
 *   no other number has marks, and whether names stand before their marks @param {Way} way @param {Measure} measure @returns {Wide[]}
 */
export function widesOf(stack, { x, wide, free, before }, way, measure) {
  // What says "and 2 more" takes a row itself: one mark, or one row of them, is shown instead.
  const all = stack.length <= way.kept + way.across;
  const shown = all ? stack : stack.slice(0, way.kept);
  const placed = shown.map((mark, place) =>
    wideMark(mark, x + aside(place, shown.length, way), before, way, wide, measure),
  );
  if (all) return placed;
  const room = Math.min(2 * free, free < wide ? MORE_WIDE_MOST : MORE_WIDE_ALONE);
  return [...placed, wideMore(stack.slice(shown.length), x, room, way, wide, measure)];
}

/** How far from its number a mark stands that shares its row. @param {number} place @param {number} count @param {Way} way */
function aside(place, count, { across, beside }) {
  const alone = across === 1 || (place === count - 1 && count % 2 === 1);
  return alone ? 0 : (place % 2 ? beside : -beside) / 2;
}

/** @param {Mark} mark @param {number} x @param {boolean} before @param {Way} way @param {number} wide @param {Measure} measure @returns {Wide} */
function wideMark(mark, x, before, way, wide, measure) {
  const half = way.mark / 2;
  const words = way.lines ? mark.name : "";
  const line = words ? measure(words) : 0;
  const wanted = way.lines === 2 && line > SHORT ? twoLinesWide(words, measure) : line;
  const [left, right] = [x - half - GAP, wide - x - half - GAP];
  const flip = wanted > 0 && (before ? wanted <= left || left > right : wanted > right && left > right);
  const long = wanted ? Math.min(wanted, flip ? left : right) : 0;
  const reach = half + (long ? GAP + long : 0);
  const [from, to] = flip ? [x - reach, x + half] : [x - half, x + reach];
  const { id, shape } = mark;
  const letters = way.mark === LARGE.mark ? mark.letters : "";
  return {
    ...{ at: x, from: flip ? from - GAP : from, to: long && !flip ? to + GAP : to },
    whole: !wanted || long === wanted,
    mark: {
      ...{ kind: "mark", id, x, y: 0, size: way.mark, shape, letters, words, flip, wide: long },
      ...{ hollow: Boolean(mark.letters), lines: way.lines },
    },
  };
}

/**
 * It stands in the middle of its number, where no other has marks, so that it is read with its own.
 * @param {Mark[]} rest @param {number} x @param {number} room @param {Way} way @param {number} wide @param {Measure} measure @returns {Wide}
 */
function wideMore(rest, x, room, way, wide, measure) {
  const words = way.lines ? moreWords(rest) : countWords(rest);
  const lines = balanced(words, room, measure);
  const needed = Math.max(...lines.map(measure));
  const long = Math.min(needed, room);
  const middle = x - long / 2;
  const from = Math.max(0, Math.min(middle, wide - long));
  const stands = from > middle ? "start" : from < middle ? "end" : "middle";
  const id = `more ${rest[0].side} ${rest[0].value}`;
  return {
    ...{ at: x, from, to: from + long, whole: needed <= room },
    ...{ tall: Math.ceil((lines.length * LINE_HIGH) / way.row), outermost: true },
    mark: { kind: "more", id, x: from, y: 0, words, wide: long, stands, lines: lines.length },
  };
}

/** As few lines as there can be, none much longer than the others. @param {string} text @param {number} room @param {Measure} measure */
function balanced(text, room, measure) {
  const least = linesIn(text, room, measure);
  const start = measure(text) / least.length;
  for (let wide = start; wide < room; wide += LINE_HIGH) {
    const lines = linesIn(text, wide, measure);
    if (lines.length === least.length) return lines;
  }
  return least;
}

/** "and 3 more: Jo, Sam, Ade"; roles are counted and not repeated. @param {Mark[]} rest */
export function moreWords(rest) {
  const more = countWords(rest);
  const names = rest.filter((mark) => mark.letters).map((mark) => mark.name);
  return names.length ? t("{more}: {names}", { more, names: names.join(", ") }) : more;
}

/** @param {Mark[]} rest */
function countWords(rest) {
  return tn("and {n} more", "and {n} more", rest.length);
}

/**
 * Where numbers of last time stand on a line, and the dotted threads from them to those of now. Lengths in, lengths out: it draws
 * nothing.
 */

/**
 * @typedef {import("./numbers.js").Numbers} Numbers @typedef {import("./numbers.js").Earlier} Earlier
 * @typedef {import("./numberline.js").Place} Place @typedef {{x1: number, y1: number, x2: number, y2: number}} Dotted
 */

import { markNow } from "./numbers.js";

/** @param {Numbers} numbers @param {"above" | "below"} side */
export function hasEarlier({ earlier = [] }, side) {
  return earlier.some((one) => one.side === side);
}

/**
 * One hollow mark for each number at a side, however many had it; a thread to each of them who gave one now, where the ends still mean the same.
 * @param {Numbers} numbers @param {Place[]} places where those of now stand
 * @param {(one: Earlier) => {x: number, y: number}} at @param {number} size @returns {{places: Place[], dotted: Dotted[]}}
 */
export function earlierPlaces(numbers, places, at, size) {
  /** @type {Map<string, Place>} */
  const hollow = new Map();
  /** @type {Dotted[]} */
  const dotted = [];
  for (const one of numbers.earlier ?? []) {
    const id = `past ${one.side} ${one.value}`;
    const where = at(one);
    hollow.set(id, { kind: "past", id, ...where, size, shape: one.shape, words: "", hollow: true });
    const now = markNow(numbers, one);
    const mark = places.find((place) => place.kind === "mark" && place.id === now?.id);
    if (one.same && mark) dotted.push(between(where, mark, size));
  }
  return { places: [...hollow.values()], dotted };
}

/** From edge to edge, so that nothing is crossed out. @param {{x: number, y: number}} from @param {Place} mark @param {number} size @returns {Dotted} */
function between(from, mark, size) {
  const long = Math.hypot(mark.x - from.x, mark.y - from.y) || 1;
  const [x, y] = [(mark.x - from.x) / long, (mark.y - from.y) / long];
  const end = Math.min(long, (mark.size ?? 0) / 2);
  const start = Math.min(long - end, size / 2);
  return {
    x1: from.x + x * start,
    y1: from.y + y * start,
    x2: mark.x - x * end,
    y2: mark.y - y * end,
  };
}

/**
 * Where marks stand beside a number line so that none covers another. Pure arithmetic: lengths in, lengths out, nothing drawn.
 */

/** @typedef {import("./numbers.js").Mark} Mark */
/**
 * @template T @typedef {{at: number, from: number, to: number, mark: T, tall?: number, outermost?: boolean}} Wide something `at` a place along
 *   the line that covers `from`..`to` and is so many rows `tall`; `outermost`: nothing it covers stands farther out
 */

/** The most of one number that stand in a stack; the rest are "and 3 more". */
export const STACK_MOST = 5;

/**
 * Rows outward from a lying line: each takes the nearest row where it covers nobody.
 * @template T @template {Wide<T>} W @param {W[]} wides in the order they are placed @returns {{wide: W, level: number}[]}
 */
export function levels(wides) {
  /** @type {W[][]} */
  const rows = [];
  return wides.map((wide) => {
    const taken = (/** @type {number} */ row) =>
      Boolean(rows[row]?.some((other) => other.from < wide.to && wide.from < other.to));
    const own = Array.from({ length: wide.tall ?? 1 }, (_, row) => row);
    let level = wide.outermost ? rows.findLastIndex((_, row) => taken(row)) + 1 : 0;
    while (own.some((row) => taken(level + row))) level += 1;
    for (const row of own) {
      rows[level + row] ??= [];
      rows[level + row].push(wide);
    }
    return { wide, level };
  });
}

/**
 * Places along an upright line, in the order given (top first), each as near as can be to where it wants to be and `apart` from the next.
 * @param {number[]} wants ascending @param {number} apart @param {number} top @param {number} bottom @returns {number[]}
 */
export function apartFrom(wants, apart, top, bottom) {
  /** @type {{sum: number, size: number, first: number}[]} */
  const groups = [];
  const startOf = (/** @type {{sum: number, size: number}} */ group) => {
    const start = group.sum / group.size - ((group.size - 1) * apart) / 2;
    return Math.max(top, Math.min(bottom - (group.size - 1) * apart, start));
  };
  for (const want of wants) {
    groups.push({ sum: want, size: 1, first: 0 });
    // Groups that touch become one, which stands as near as can be to what all in it want.
    while (groups.length > 1) {
      const [one, other] = groups.slice(-2);
      if (startOf(one) + one.size * apart <= startOf(other)) break;
      groups.splice(-2, 2, { sum: one.sum + other.sum, size: one.size + other.size, first: 0 });
    }
  }
  return groups.flatMap((group) =>
    Array.from({ length: group.size }, (_, place) => startOf(group) + place * apart),
  );
}

/** Marks by side and number, each stack in its order. @param {Mark[]} marks @returns {Mark[][]} */
export function stacks(marks) {
  /** @type {Map<string, Mark[]>} */
  const found = new Map();
  for (const mark of marks) {
    const key = `${mark.side}${mark.value}`;
    found.set(key, [...(found.get(key) ?? []), mark]);
  }
  return [...found.values()];
}

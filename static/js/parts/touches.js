/** What a change is about. */

/** Whether a change touched one of these kinds of part. @param {import("../store.js").Touched} touched @param {string[]} kinds */
export function touches({ all, touched }, ...kinds) {
  return all || kinds.some((kind) => touched.has(kind));
}

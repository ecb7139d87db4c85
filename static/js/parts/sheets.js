/** The sheets of the page by name: one object each, opened by every `data-open` button that names it. */

import { all, find, sheet } from "../paint.js";

/** @typedef {import("../sheet.js").Sheet} Sheet */

/**
 * @param {string} name its `data-sheet` @param {Parameters<typeof sheet>[1]} [options] @returns {Sheet}
 */
export function named(name, options) {
  const made = sheet(find(document, `[data-sheet="${name}"]`), options);
  for (const button of all(document, `[data-open="${name}"]`))
    button.addEventListener("click", () => made.open());
  return made;
}

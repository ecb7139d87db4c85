/** One plain question before something that cannot be taken back. It asks and hands back the answer; what follows is the asker's. */

import { find, paint, sheet } from "../paint.js";

/** @typedef {{title: string, text: string, yes: string, no: string}} Question */

/** @type {((yes: boolean) => void) | undefined} */
let answer;
/** @type {import("../sheet.js").Sheet | undefined} */
let asking;

/** Ask, and wait for one of the two answers. Closing the question means no. @param {Question} question @returns {Promise<boolean>} */
export function sure(question) {
  const el = find(document, "[data-sure]");
  asking ??= prepare(el);
  answer?.(false);
  paint(el, question);
  asking.open();
  return new Promise((resolve) => {
    answer = resolve;
  });
}

/** @param {HTMLElement} el */
function prepare(el) {
  find(el, "[data-yes]").addEventListener("click", () => {
    give(true);
    asking?.close();
  });
  return sheet(el, { closed: () => give(false) });
}

/** @param {boolean} yes */
function give(yes) {
  answer?.(yes);
  answer = undefined;
}

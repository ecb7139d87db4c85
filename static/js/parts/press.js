/**
 * A press at the desk: asks, says what happened with ten seconds to take it back, and shows a refusal as its sentence.
 * What is asked and what undoes it comes from who presses.
 */

import { Refusal } from "../ask.js";
import { notice, undo } from "../paint.js";
import { t } from "../words.js";

/** @typedef {{ask: string, [field: string]: any}} Wish what to ask, with its fields */
/** @typedef {{said?: string, label?: string, back?: Wish[] | (() => Wish[])}} Told what to say once done, what would undo it, and what to call that */
/** @typedef {(wishes: Wish | Wish[], told?: Told) => Promise<boolean>} Press resolves to whether all was done */

/** @param {import("../ask.js").Asker} asker @returns {Press} */
export function presses(asker) {
  /** @type {Press} */
  return async function press(wishes, { said = "", label, back = [] } = {}) {
    for (const { ask, ...fields } of Array.isArray(wishes) ? wishes : [wishes]) {
      if (!(await done(asker.ask(ask, fields)))) return false;
    }
    const inverse = typeof back === "function" ? back() : back;
    if (said && inverse.length) undo(said, () => press(inverse), label);
    else if (said) notice(said);
    return true;
  };
}

/** @param {Promise<unknown>} answer */
async function done(answer) {
  try {
    await answer;
    return true;
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    if (refusal.why) notice(t(refusal.why));
    return false;
  }
}

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

/** What takes one another back: the newer press of two says all there is to take back. @type {Record<string, string>} */
const OPPOSITE = {
  "break.end": "break.start",
  "card.hold": "card.put-up",
  "card.return": "card.aside",
  "column.first": "column.close",
  "column.open": "column.close",
  "comment.open": "comment.close",
  "differ.return": "differ.aside",
  "meeting.reopen": "meeting.close",
};

/** @param {import("../ask.js").Asker} asker @returns {Press} */
export function presses(asker) {
  /** @type {Press} */
  return async function press(wishes, { said = "", label, back = [] } = {}) {
    const all = Array.isArray(wishes) ? wishes : [wishes];
    for (const { ask, ...fields } of all) {
      if (!(await done(asker.ask(ask, fields)))) return false;
    }
    const inverse = typeof back === "function" ? back() : back;
    if (said && inverse.length) undo(said, () => press(inverse), { label, kind: kindOf(mainOf(all)) });
    else if (said) notice(said);
    return true;
  };
}

/** What is shown large goes along with much else that is asked. @param {Wish[]} wishes */
function mainOf(wishes) {
  return wishes.find(({ ask }) => ask !== "about.show") ?? wishes[0];
}

/** The same about the same: one card, one person, one column, one thing about the wall. @param {Wish} wish */
export function kindOf({ ask, ...fields }) {
  const about =
    ask === "wall.set"
      ? Object.keys(fields)
      : [
          fields.card ??
            fields.differ ??
            fields.person ??
            fields.column ??
            fields.phase ??
            fields.on?.id ??
            fields.where,
        ];
  return [OPPOSITE[ask] ?? ask, ...about].join(" ");
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

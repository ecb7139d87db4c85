/** Whose goal is typed, where somebody types the family's own goal for them: scribe, supporter and facilitator must say. */

import { find } from "../paint.js";
import { t } from "../words.js";
import { refill } from "./choice.js";

const TYPISTS = ["facilitator", "scribe", "supporter"];
const WHOSE = ["family", "child"];

/** Whether this person types the family's goal for somebody. @param {import("../store.js").Board} board */
export function typesGoal(board) {
  return TYPISTS.includes(board.you.role);
}

/** Offer whose it may be. A supporter types for the family alone. @param {HTMLElement} part @param {import("../store.js").Board} board */
export function drawWhose(part, board) {
  const fits = board.you.role === "supporter" ? ["family"] : WHOSE;
  const people = [...board.person.values()].filter(({ role }) => fits.includes(role));
  refill(whose(part), [
    { value: "", text: t("Choose a name") },
    ...people.map(({ name, id }) => ({ value: id, text: name })),
  ]);
}

/** The person whose goal it is, "" while nobody is chosen. @param {HTMLElement} part */
export function whose(part) {
  return /** @type {HTMLSelectElement} */ (find(part, "[data-goal-for]"));
}

/**
 * A child's own screen speaks for the age the facilitator says: its houses, questions and words, at once and in place. How a child
 * chooses a number is childscale.js.
 */

import { all, find, setAttr, setText } from "../paint.js";
import { t } from "../words.js";

export const AGES = ["4-7", "8-11", "12+"];
/** Nobody has said: the middle of the three. */
const AGE = "8-11";

/** @typedef {import("../store.js").Board} Board */

/** For which age the screen of a child speaks. @param {Board} board */
export function ageOf(board) {
  return board.person.get(board.you.id)?.age || AGE;
}

/** What a screen says for an age, or nothing where it says what everybody's says. @param {string} age @returns {HTMLElement | null} */
export function wordsFor(age) {
  const template = document.getElementById("child-words");
  if (!(template instanceof HTMLTemplateElement)) return null;
  return template.content.querySelector(`[data-age="${age}"]`);
}

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, body }) {
  board.addEventListener("change", draw);
  draw();

  function draw() {
    if (!board.meeting) return;
    const age = ageOf(board);
    if (age === body.dataset.age) return;
    body.dataset.age = age;
    const words = wordsFor(age);
    const houses = words ? all(words, "[data-column]") : [];
    body.toggleAttribute("data-houses", houses.length > 0);
    for (const column of board.meeting.template.columns) speak(column, houses, age);
    for (const list of all(document, "[data-child-says]")) say(list, words);
  }
}

/** @param {HTMLElement} list @param {HTMLElement | null} words */
function say(list, words) {
  const sentences = words ? all(words, `[data-says="${list.dataset.childSays}"]`) : [];
  list.replaceChildren(
    ...sentences.map((one) => {
      const line = document.createElement("li");
      line.textContent = one.textContent;
      return line;
    }),
  );
}

/** @param {{id: string, title: string, short: string, question: string, empty: string}} column @param {HTMLElement[]} houses @param {string} age */
function speak(column, houses, age) {
  const house = houses.find((one) => one.dataset.column === column.id);
  const says = house ? { ...column, ...house.dataset, question: house.textContent ?? "" } : column;
  const section = find(document, `section[data-column="${column.id}"]`);
  section.dataset.title = says.title;
  setText(find(section, "[data-house-name]"), says.title);
  setText(find(section, "[data-question]"), says.question);
  setText(find(section, "[data-empty]"), says.empty);
  const place = `question/${column.id}/${house ? age : "question"}`;
  setAttr(find(section, ".column__question [data-second]"), "data-second", place);
  find(section, "[data-scroll]").setAttribute("aria-label", t("Cards: {column}", { column: says.title }));
  const label = section.querySelector("[data-column-asks]");
  if (label) setText(label, says.question);
  setText(find(document, `[data-tab="${column.id}"] .tab__name`), says.short);
  for (const button of all(document, `[data-move-to="${column.id}"] [data-move-name]`))
    setText(button, says.title);
}

/**
 * The questions under the shown numbers: each opens the usual input of its column, with the question above it. Nothing ties an
 * answer to a number.
 */

import { find, keyed, paint, stamp } from "../paint.js";
import { t } from "../words.js";
import { TAKEN, writeIn } from "./input.js";
import { askedAbout } from "./questions.js";
import { ownRating } from "./rounds.js";

/** @typedef {import("./questions.js").Question} Question */

/** @param {HTMLElement} el @param {() => void} leave */
export function followUps(el, leave) {
  const list = find(el, "[data-questions-list]");
  /** @type {Map<string, Question>} */
  let shown = new Map();
  /** @type {Map<string, string>} */
  let titles = new Map();
  /** The number they are about. @type {number | null} */
  let value = null;

  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-key]") : null;
    const question = shown.get(/** @type {HTMLElement | null} */ (button)?.dataset.key ?? "");
    if (!question) return;
    leave();
    put(question);
    writeIn(/** @type {import("../store.js").Column} */ (question.column));
  });

  /** @param {Question} question */
  function put({ id, text, column }) {
    document.querySelector("[data-goes]")?.remove();
    const form = find(document, `form[data-composer="${column}"]`);
    const note = stamp("number-goes");
    paint(note, {
      question: text,
      questionPlace: `question/${id}/text/${value ?? ""}`,
      goes: goesTo(column),
    });
    find(form, "[data-words-box]").before(note);
    find(note, "[data-drop]").addEventListener("click", () => {
      note.remove();
      find(form, "textarea[data-words]").focus();
    });
    // Once the words are on their way the question has done its work.
    form.addEventListener(TAKEN, () => note.remove(), { once: true });
  }

  /** @param {string} column */
  function goesTo(column) {
    return t("Goes to: {column}", { column: titles.get(column) ?? "" });
  }

  return {
    /** @param {import("../store.js").Board} board @param {import("../store.js").Round} round @param {import("./numbers.js").Numbers} numbers */
    draw(board, round, numbers) {
      const { questions, columns } = board.meeting?.template ?? { questions: [], columns: [] };
      titles = new Map(columns.map((/** @type {{id: string, title: string}} */ one) => [one.id, one.title]));
      value = about(board, round, numbers);
      shown = new Map(askedAbout(questions, value).map((one) => [one.id, one]));
      // Who cannot write here is not asked to.
      el.hidden = !shown.size || !document.querySelector("[data-composer]:not([hidden])");
      keyed(
        list,
        shown.keys(),
        () => stamp("number-question"),
        (button, id) => {
          const { text, column } = /** @type {Question} */ (shown.get(id));
          paint(button, { text, goes: goesTo(column) });
        },
      );
    },
  };
}

/** The number the questions are about: the one asked about on the wall, else your own where everyone sees it, else the lowest. */
/** @param {import("../store.js").Board} board @param {import("../store.js").Round} round @param {import("./numbers.js").Numbers} numbers */
function about(board, round, numbers) {
  if (round.question && round.value !== null && round.value !== undefined) return round.value;
  const own = round.show === "named" ? ownRating(board, round) : undefined;
  if (typeof own?.value === "number" && !own.kept) return own.value;
  return numbers.marks.length ? numbers.lowest : null;
}

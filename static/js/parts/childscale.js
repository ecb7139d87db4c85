/**
 * From what a child chooses a number: numbers, steps or faces, as the facilitator says or as is usual at that age. It puts them where the
 * numbers stand and says what was chosen in their words; what is told is a number each time.
 */

import { all, find, paint, stamp } from "../paint.js";
import { t } from "../words.js";
import { ageOf, wordsFor } from "./child.js";
import { holderOf } from "./hand.js";

/** @typedef {import("../store.js").Scale} Scale */

const PICTURES = new Set(["steps", "faces"]);

/** The number a place stands for: places are counted so that 10 is best. @param {number} place @param {{direction: string}} scale */
export function numberOf(place, { direction }) {
  return direction === "down" ? 10 - place : place;
}

/** What is chosen from, for whoever holds this page. @param {import("../store.js").Board} board */
export function choosesFrom(board) {
  if (board.you.role !== "child" || holderOf()) return "numbers";
  const said = board.person.get(board.you.id)?.chooses || wordsFor(ageOf(board))?.dataset.chooses || "";
  return PICTURES.has(said) ? said : "numbers";
}

/** @param {import("../store.js").Board} board @param {HTMLElement} numbers the keypad */
export function childScale(board, numbers) {
  const keypad = all(numbers, ".number");
  const words = keypad.filter((one) => one.classList.contains("number--word"));
  let drawn = "numbers";

  /** @param {HTMLElement} place a place in the words for an age @param {string} from @param {Scale} scale @param {"ten" | "zero" | undefined} end */
  function placeFor(place, from, scale, end) {
    const el = stamp("child-place");
    const height = Number(place.dataset.place);
    const input = /** @type {HTMLInputElement} */ (find(el, "input"));
    const pictures = /** @type {HTMLTemplateElement} */ (document.getElementById(`child-${from}`));
    const picture = pictures.content.querySelector(`[data-value="${height}"] > svg`);
    if (picture) find(el, "[data-drawn]").append(picture.cloneNode(true));
    input.value = String(numberOf(height, scale));
    paint(el, { words: place.textContent ?? "", second: `question/place${height}/${ageOf(board)}` });
    const meaning = find(el, "[data-meaning]");
    meaning.hidden = !end;
    // Painted with the form, as on the keypad.
    if (end) meaning.dataset.text = end;
    return el;
  }

  /** @param {string} from @param {Scale} scale */
  function places(from, scale) {
    const each = all(wordsFor(ageOf(board)) ?? document.createElement("div"), "[data-place]");
    const [best, worst] = scale.direction === "down" ? ["zero", "ten"] : ["ten", "zero"];
    const end = (/** @type {number} */ at) =>
      /** @type {"ten" | "zero" | undefined} */ (
        at === 0 ? best : at === each.length - 1 ? worst : undefined
      );
    return each.map((place, at) => placeFor(place, from, scale, end(at)));
  }

  return {
    /** Put up what is chosen from; what was chosen stays chosen where it still is there. @param {Scale} scale */
    draw(scale) {
      const from = choosesFrom(board);
      const now = from === "numbers" ? from : `${from} ${ageOf(board)} ${scale.direction}`;
      if (now === drawn) return;
      drawn = now;
      const inputs = () => /** @type {HTMLInputElement[]} */ (all(numbers, "input"));
      const chosen = inputs().find((one) => one.checked)?.value;
      for (const one of all(numbers, ".number")) one.remove();
      numbers.append(...(from === "numbers" ? keypad : [...places(from, scale), ...words]));
      for (const input of inputs()) input.checked = input.value === chosen;
    },

    /** An answer in the words of its place, or "" where it is a number to the child too. @param {{value: number | string}} rating @param {{scale: string} | undefined} round */
    says({ value }, round) {
      const scale = board.scale.get(round?.scale ?? "");
      if (choosesFrom(board) === "numbers" || typeof value !== "number" || !scale) return "";
      const place = wordsFor(ageOf(board))?.querySelector(`[data-place="${numberOf(value, scale)}"]`);
      return place?.textContent ?? "";
    },

    /** What the form says around it. */
    asks: () =>
      choosesFrom(board) === "numbers"
        ? { title: t("Your number"), why: t("What makes it that number? (only if you like)") }
        : { title: t("Choose one"), why: t("What makes you choose that one? (only if you like)") },
  };
}

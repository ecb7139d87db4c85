/** A field for a card's words: it grows from one line to five, and says how much room is left only when that matters. */

import { setText } from "../paint.js";
import { t, tn } from "../words.js";

const CARD_MOST = 1_000;
const NEARLY = 100;

/** How long words are as the server counts them: signs, not the pieces a browser makes of some. @param {string} text */
export function length(text) {
  return [...text].length;
}

/** A sentence where words are too long for a card, else "". @param {string} text @param {number} [most] */
export function tooLong(text, most = CARD_MOST) {
  const over = length(text) - most;
  if (over <= 0) return "";
  return tn(
    "{n} character too long. Please make it shorter, or use two cards.",
    "{n} characters too long. Please make it shorter, or use two cards.",
    over,
  );
}

/** Let a field grow with its words, where the style sheet alone cannot. @param {HTMLTextAreaElement} field */
export function grow(field) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => {
    const list = field.closest("section[data-column]")?.querySelector("[data-scroll]");
    const top = list?.scrollTop ?? 0;
    // Measured flat first: a field never says that it could be smaller. The list beside it must not notice.
    field.style.blockSize = "0";
    const wanted = field.scrollHeight;
    field.style.blockSize = wanted ? `${wanted + field.offsetHeight - field.clientHeight}px` : "";
    if (list) list.scrollTop = top;
  };
  field.addEventListener("input", fit);
  // Back in sight, or with larger letters, its lines break elsewhere.
  field.addEventListener("focus", fit);
  fit();
}

/** Say what is left only near the end. @param {HTMLTextAreaElement} field @param {HTMLElement} said @param {number} [most] */
export function watchLength(field, said, most = CARD_MOST) {
  field.addEventListener("input", () => {
    const left = most - length(field.value);
    said.toggleAttribute("data-wrong", left < 0);
    if (left < 0) setText(said, tooLong(field.value, most));
    else setText(said, left <= NEARLY ? t("{n} left", { n: left }) : "");
  });
}

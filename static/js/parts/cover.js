/** Your own number under a cover: in sight only while a finger, a key or a press holds it up, and in the page only then. */

import { find, setText } from "../paint.js";
import { t } from "../words.js";

/** How long it stays up for who can press but not hold, as with a screen reader. */
const LOOK_MS = 4_000;
const HOLD_KEYS = new Set([" ", "Enter"]);

/** @typedef {import("../store.js").Rating} Rating */

/** What an answer says, in words. @param {Rating} rating */
function answerWords({ value }) {
  if (value === "not-sure") return t("Not sure");
  return value === "rather-not" ? t("Rather not say") : String(value);
}

/** @param {HTMLElement} el @param {(rating: Rating) => string} [words] what an answer says, where it is not said as a number */
export function cover(el, words = () => "") {
  const button = find(el, "[data-hold]");
  const number = find(el, "[data-cover-number]");
  const reason = find(el, "[data-cover-reason]");
  /** @type {Rating | undefined} */
  let rating;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function look() {
    clearTimeout(timer);
    if (!rating) return;
    setText(number, words(rating) || answerWords(rating));
    setText(reason, rating.reason ?? "");
    el.dataset.up = "yes";
  }

  function close() {
    clearTimeout(timer);
    setText(number, "");
    setText(reason, "");
    delete el.dataset.up;
  }

  button.addEventListener("pointerdown", look);
  button.addEventListener("keydown", (event) => {
    if (!HOLD_KEYS.has(event.key)) return;
    event.preventDefault();
    look();
  });
  button.addEventListener("keyup", (event) => {
    // Some browsers would press a button with the space bar only now.
    if (HOLD_KEYS.has(event.key)) event.preventDefault();
    close();
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave", "blur"])
    button.addEventListener(name, close);
  // A long press would bring up the phone's own menu.
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("click", (event) => {
    // A press without a finger or a key comes from a screen reader or a switch: they cannot hold.
    if (event.detail > 0) return;
    look();
    timer = setTimeout(close, LOOK_MS);
  });
  document.addEventListener("visibilitychange", close);
  window.addEventListener("signboard:exit", close);

  return {
    close,
    /** @param {Rating | undefined} one what lies under the cover; while it is not known there is nothing to look at */
    holds(one) {
      rating = one;
      button.hidden = !one;
    },
  };
}

/**
 * "Read to me": a question and its cards, a number that is asked for, a worry or a goal, or one card or step alone, spoken by a voice of
 * this very device. A voice that would send the words away is never used; where nothing there can be read so, there is no button.
 */

import { all, setAttr, setText } from "../paint.js";
import { t } from "../words.js";
import { lettersOf } from "./originals.js";

/** A worry or a goal with its second texts, and how it is seen differently, each with its own. */
const WORRY = "p.reads, .seconds.reads .second__text, .differs p.quote__text, .differs .second__text";
/** What is spoken in each place, in the order it stands there. @type {Record<string, string>} */
const READS = {
  column: "[data-question], .column__question .second__text, .card__words, .card .second__text",
  number:
    '[data-text="about"], .rating__reversed, [data-text="question"], .number__meaning, .keypad .second__text',
  side: WORRY,
  card: ".card__words, .second__text",
  set: WORRY,
  step: ".step__what, .step__said > span, .second__text",
};
/** Languages that are understood in the voice of another. @type {Record<string, string>} */
const NEAR = { prs: "fa" };
const UNREAD = "[data-aloud]:not([data-aloud-able])";

/** @typedef {{lang: string, localService: boolean, default?: boolean}} Voice */

/** The voice for a language: of this device, of the same region if there is one. @template {Voice} V @param {string} lang @param {readonly V[]} voices @returns {V | undefined} */
export function voiceFor(lang, voices) {
  const wanted = lang.toLowerCase();
  const [base] = wanted.split("-");
  const here = voices.filter((one) => one.localService);
  const spoken = (/** @type {V} */ one) => one.lang.toLowerCase().replace("_", "-");
  const alike = here.filter((one) => spoken(one).split("-")[0] === base);
  const found = alike.find((one) => spoken(one) === wanted) ?? alike.find((one) => one.default) ?? alike[0];
  return found ?? (NEAR[base] ? voiceFor(NEAR[base], voices) : undefined);
}

/** Whether words are in the letters of a language: else nobody knows how to say them. @param {string} text @param {string} lang */
export function isWrittenLike(text, lang) {
  return new RegExp(`\\p{Script=${lettersOf(lang)}}`, "u").test(text);
}

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, line, body }) {
  const speech = window.speechSynthesis;
  if (!speech) return;
  /** What is being read, by which press. @type {HTMLElement | undefined} */
  let button;
  /** @type {HTMLElement | undefined} */
  let now;
  /** Which reading this is: what is told late of an earlier one counts for nothing. */
  let reading = 0;

  speech.addEventListener("voiceschanged", () => look());
  document.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest("[data-aloud]") : null;
    if (!(pressed instanceof HTMLElement)) return;
    const again = pressed === button;
    stop();
    if (!again) read(pressed);
  });
  addEventListener("pagehide", stop);
  window.addEventListener("signboard:exit", stop);
  document.addEventListener("visibilitychange", () => document.hidden && stop());
  line.addEventListener("state", () => line.state === "gone" && stop());
  board.addEventListener("change", () => {
    const { meeting } = board;
    const over = !meeting || meeting.state === "closed" || meeting.pause;
    if (button && (over || (now && !isSeen(now)))) stop();
    // Once everything else has drawn what there is to read. What could be read stays so.
    queueMicrotask(() => look(UNREAD));
  });
  // What is put away is not read on, and what is brought out may have something to read.
  new MutationObserver(() => {
    if (button && !isSeen(button)) stop();
    look(`${UNREAD}, [data-sheet] [data-aloud]`);
  }).observe(body, { subtree: true, attributeFilter: ["hidden", "data-shown", "data-sheet-open"] });
  look();

  /** A button stands where there is something that this device can say. */
  function look(which = "[data-aloud]") {
    const any = speech.getVoices().some((one) => one.localService);
    for (const one of all(body, which))
      setAttr(one, "data-aloud-able", any && wordsBy(one).some(voiceOf) ? "yes" : null);
  }

  /** What a button is for, in the order it stands there. @param {HTMLElement} pressed */
  function wordsBy(pressed) {
    const [kind, id] = (pressed.dataset.aloud ?? "").split("/");
    const place = id ? holder(kind, id) : pressed.closest("section[data-column], [data-pane], .side");
    return place ? all(/** @type {HTMLElement} */ (place), READS[kind]) : [];
  }

  /** @param {HTMLElement} pressed */
  function read(pressed) {
    const queue = wordsBy(pressed).filter((el) => isSeen(el) && voiceOf(el));
    button = pressed;
    setText(pressed, t("Stop reading"));
    next(queue, reading);
  }

  /** @param {HTMLElement[]} queue @param {number} which */
  function next([el, ...more], which) {
    if (which !== reading) return;
    mark(undefined);
    if (!el) return stop();
    const one = new SpeechSynthesisUtterance(el.textContent?.trim() ?? "");
    const voice = voiceOf(el);
    if (!voice || !isSeen(el)) return next(more, which);
    one.voice = voice;
    one.lang = voice.lang;
    one.addEventListener("end", () => next(more, which));
    one.addEventListener("error", () => which === reading && stop());
    mark(el);
    speech.speak(one);
  }

  /** The voice for what stands here, as far as its language is known. @param {HTMLElement} el */
  function voiceOf(el) {
    const text = el.textContent?.trim() ?? "";
    const page = document.documentElement.lang;
    const lang = /** @type {HTMLElement | null} */ (el.closest("[lang]"))?.lang ?? page;
    // Words in other letters, of which nobody said what language they are.
    if (!text || (lang === page && !isWrittenLike(text, page))) return undefined;
    return voiceFor(lang, speech.getVoices());
  }

  /** @param {HTMLElement | undefined} el */
  function mark(el) {
    if (now) setAttr(now, "data-aloud-now", null);
    now = el;
    if (now) setAttr(now, "data-aloud-now", "yes");
  }

  function stop() {
    reading += 1;
    if (button) setText(button, t("Read to me"));
    button = undefined;
    mark(undefined);
    speech.cancel();
  }
}

/** Where one card, worry or step stands. @param {string} kind @param {string} id */
function holder(kind, id) {
  const key = `[data-key="${CSS.escape(id)}"]`;
  return document.querySelector(kind === "set" ? `article.set${key}` : `[data-part=${kind}]${key}`);
}

/** @param {HTMLElement} el */
function isSeen(el) {
  return el.isConnected && el.getClientRects().length > 0;
}

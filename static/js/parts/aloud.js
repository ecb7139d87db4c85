/**
 * "Read to me": a question and its cards, a number that is asked for, a worry or a goal, spoken by a voice of this very device. A voice
 * that would send the words away is never used; where the device has none of its own there is no button.
 */

import { all, setAttr, setText } from "../paint.js";
import { t } from "../words.js";

/** What is spoken in each place, in the order it stands there. @type {Record<string, string>} */
const READS = {
  column: "[data-question], .column__question .second__text, .card__words, .card .second__text",
  number:
    '[data-text="about"], .rating__reversed, [data-text="question"], .number__meaning, .keypad .second__text',
  side: ".reads, .second__text",
};
/** Languages that are understood in the voice of another. @type {Record<string, string>} */
const NEAR = { prs: "fa" };

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

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, line, body }) {
  const speech = window.speechSynthesis;
  if (!speech) return;
  /** What is being read, by which press. @type {HTMLElement | undefined} */
  let button;
  /** @type {HTMLElement | undefined} */
  let now;

  speech.addEventListener("voiceschanged", look);
  document.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest("[data-aloud]") : null;
    if (!(pressed instanceof HTMLElement)) return;
    const again = pressed === button;
    stop();
    if (!again) read(pressed);
  });
  addEventListener("pagehide", stop);
  document.addEventListener("visibilitychange", () => document.hidden && stop());
  line.addEventListener("state", () => line.state === "gone" && stop());
  board.addEventListener("change", () => {
    const { meeting } = board;
    const over = !meeting || meeting.state === "closed" || meeting.pause;
    if (button && (over || (now && !isSeen(now)))) stop();
  });
  // What is put away is not read on.
  new MutationObserver(() => button && !isSeen(button) && stop()).observe(body, {
    subtree: true,
    attributeFilter: ["hidden", "data-shown", "data-sheet-open"],
  });
  look();

  function look() {
    setAttr(body, "data-aloud-voice", voiceFor(document.documentElement.lang, speech.getVoices()) && "yes");
  }

  /** @param {HTMLElement} pressed */
  function read(pressed) {
    const place = pressed.closest("section[data-column], [data-pane], .side");
    const what = all(/** @type {HTMLElement} */ (place), READS[pressed.dataset.aloud ?? ""]);
    const queue = what.filter((el) => isSeen(el) && voiceOf(el));
    button = pressed;
    setText(pressed, t("Stop reading"));
    next(queue);
  }

  /** @param {HTMLElement[]} queue */
  function next([el, ...more]) {
    mark(undefined);
    if (!el) return stop();
    const one = new SpeechSynthesisUtterance(el.textContent?.trim() ?? "");
    const voice = voiceOf(el);
    if (!voice || !isSeen(el)) return next(more);
    one.voice = voice;
    one.lang = voice.lang;
    const by = button;
    one.addEventListener("end", () => by === button && next(more));
    one.addEventListener("error", () => by === button && stop());
    mark(el);
    speech.speak(one);
  }

  /** The voice for what stands here, as far as its language is known. @param {HTMLElement} el */
  function voiceOf(el) {
    const text = el.textContent?.trim() ?? "";
    const page = document.documentElement.lang;
    const lang = /** @type {HTMLElement | null} */ (el.closest("[lang]"))?.lang ?? page;
    // Words in other letters, of which nobody said what language they are.
    if (!text || (lang === page && !/\p{Script=Latin}/u.test(text))) return undefined;
    return voiceFor(lang, speech.getVoices());
  }

  /** @param {HTMLElement | undefined} el */
  function mark(el) {
    if (now) setAttr(now, "data-aloud-now", null);
    now = el;
    if (now) setAttr(now, "data-aloud-now", "yes");
  }

  function stop() {
    if (button) setText(button, t("Read to me"));
    button = undefined;
    mark(undefined);
    speech.cancel();
  }
}

/** @param {HTMLElement} el */
function isSeen(el) {
  return el.isConnected && el.getClientRects().length > 0;
}

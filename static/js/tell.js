/** Telling the person: polite announcements in batches, and sentences at the bottom for ten seconds, some with Undo. */

import { focusAgain } from "./sheet.js";
import { t } from "./words.js";

const BATCH_MS = 1_000;
const STRIP_MS = 10_000;

/** @type {string[]} */
let words = [];
/** @type {HTMLElement | undefined} */
let live;

/** Say something to who listens to the page, politely, together with what else happens in this second. @param {string} text */
export function announce(text) {
  if (!live) {
    live = document.createElement("div");
    live.className = "unseen";
    live.setAttribute("role", "status");
    document.body.append(live);
  }
  if (!words.length) setTimeout(speak, BATCH_MS);
  if (!words.includes(text)) words.push(text);
}

function speak() {
  if (live) live.textContent = words.join(" ");
  words = [];
}

/** The strip at the bottom: one line for each sentence, the newest nearest to the hand. @type {HTMLElement | undefined} */
let strip;
let made = 0;

/** A sentence at the bottom for ten seconds, longer while it is touched; the next one takes its place. @param {string} text @returns {HTMLElement} its line */
export function notice(text) {
  return showLine(text, "", () => {});
}

/** The same with a way back, which stays for its ten seconds whatever else is said. @param {string} text @param {() => void} undone @param {string} [label] */
export function undo(text, undone, label = t("Undo")) {
  return showLine(text, label, undone);
}

/** @param {string} text @param {string} label @param {() => void} act */
function showLine(text, label, act) {
  const place = stripAtHand();
  const back = document.activeElement;
  const line = document.createElement("div");
  line.className = "strip__line";
  line.setAttribute("role", "status");
  const said = document.createElement("p");
  said.className = "strip__text";
  said.id = `said-${++made}`;
  line.append(said);
  if (label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "strip__button";
    button.textContent = label;
    // Several of them may stand here, and each says what it takes back.
    button.setAttribute("aria-describedby", said.id);
    button.addEventListener("click", () => {
      line.remove();
      // A button that goes away under a finger would take the focus to the top of the page.
      focusAgain(back);
      act();
    });
    line.append(button);
  }
  // Words alone give way to newer ones; a way back has its ten seconds.
  for (const older of [...place.children]) if (!older.querySelector("button")) older.remove();
  place.append(line);
  place.scrollTop = place.scrollHeight;
  // A status that arrives with its words already in it is often not read out.
  requestAnimationFrame(() => {
    said.textContent = text;
  });
  passes(line);
  return line;
}

function stripAtHand() {
  if (!strip) {
    strip = document.createElement("div");
    strip.className = "strip";
    document.body.append(strip);
  }
  return strip;
}

/** @param {HTMLElement} line */
function passes(line) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let ends;
  const leave = () => {
    clearTimeout(ends);
    ends = setTimeout(() => line.remove(), STRIP_MS);
  };
  for (const name of ["pointerenter", "focusin"]) line.addEventListener(name, () => clearTimeout(ends));
  for (const name of ["pointerleave", "focusout"]) line.addEventListener(name, leave);
  leave();
}

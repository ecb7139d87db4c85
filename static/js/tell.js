/** Telling the person: polite announcements in batches, and sentences at the bottom for ten seconds, some with Undo. */

import { focusAgain } from "./sheet.js";
import { t, tn } from "./words.js";

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

/** So many sentences stand in full at once; older ones wait behind the newest. */
const IN_SIGHT = 2;

/** The strip at the bottom: one line for each sentence, the newest last. @type {HTMLElement | undefined} */
let strip;
let made = 0;
/** Whether the older sentences were asked for. */
let opened = false;

/** A sentence at the bottom for ten seconds, longer while it is touched; the next one takes its place. @param {string} text @returns {HTMLElement} its line */
export function notice(text) {
  return showLine(text, () => {});
}

/**
 * The same with a way back, which stays for its ten seconds whatever else is said; only a newer one of its kind takes its place.
 * @param {string} text @param {() => void} undone @param {{label?: string, kind?: string}} [way] what to call it, and what it is a press of
 */
export function undo(text, undone, { label = t("Undo"), kind = "" } = {}) {
  return showLine(text, undone, label, kind);
}

/** Take away all that was said here: nothing of a meeting stays on a screen that left it. */
export function unsay() {
  strip?.replaceChildren();
}

/** @param {string} text @param {() => void} act @param {string} [label] @param {string} [kind] */
function showLine(text, act, label = "", kind = "") {
  const place = stripAtHand();
  const back = document.activeElement;
  const line = document.createElement("div");
  line.className = "strip__line";
  line.dataset.kind = kind;
  line.setAttribute("role", "status");
  const said = document.createElement("p");
  said.className = "strip__text";
  said.id = `said-${++made}`;
  line.append(said);
  if (label) {
    const button = stripButton(label);
    // Several of them may stand here, and each says what it takes back.
    button.setAttribute("aria-describedby", said.id);
    button.addEventListener("click", () => {
      leaves(line);
      // A button that goes away under a finger would take the focus to the top of the page.
      focusAgain(back);
      act();
    });
    line.append(button);
  }
  for (const older of linesIn(place)) if (isOver(older, kind)) older.remove();
  place.append(line);
  fold();
  // A status that arrives with its words already in it is often not read out.
  requestAnimationFrame(() => {
    said.textContent = text;
  });
  passes(line);
  return line;
}

/** Words alone give way to newer ones; a way back has its ten seconds, or until another press of its kind. @param {HTMLElement} older @param {string} kind */
function isOver(older, kind) {
  return !older.querySelector("button") || (kind !== "" && older.dataset.kind === kind);
}

/** @param {string} label */
function stripButton(label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "strip__button";
  button.textContent = label;
  return button;
}

/** The newest stand in full; how many more there are is a button beside the newest of all. */
function fold() {
  const place = stripAtHand();
  const lines = linesIn(place);
  const older = lines.slice(0, -IN_SIGHT);
  opened &&= older.length > 0;
  for (const line of lines) line.hidden = !opened && older.includes(line);
  place.querySelector("[data-more]")?.remove();
  if (opened || !older.length) return;
  const more = stripButton(tn("and {n} more", "and {n} more", older.length));
  more.dataset.more = "";
  more.addEventListener("click", () => {
    opened = true;
    fold();
    older[older.length - 1].querySelector("button")?.focus({ preventScroll: true });
  });
  lines[lines.length - 1].append(more);
}

/** @param {HTMLElement} place @returns {HTMLElement[]} */
function linesIn(place) {
  return /** @type {HTMLElement[]} */ ([...place.children]);
}

/** @param {HTMLElement} line */
function leaves(line) {
  line.remove();
  fold();
}

/** Where what was done is told. */
export function stripAtHand() {
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
    ends = setTimeout(() => leaves(line), STRIP_MS);
  };
  for (const name of ["pointerenter", "focusin"]) line.addEventListener(name, () => clearTimeout(ends));
  for (const name of ["pointerleave", "focusout"]) line.addEventListener(name, leave);
  leave();
}

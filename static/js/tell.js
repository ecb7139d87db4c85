/** Telling the person: polite announcements in batches, the ten-second strip with Undo, and sheets that never cover Quick exit. */

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

/** @type {HTMLElement | undefined} */
let strip;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let stripEnds;

/** A sentence at the bottom for ten seconds, longer while it is touched. @param {string} text */
export function notice(text) {
  return showStrip(text, "", () => {});
}

/** The same with a way back. @param {string} text @param {() => void} undone @param {string} [label] */
export function undo(text, undone, label = t("Undo")) {
  return showStrip(text, label, undone);
}

/** @param {string} text @param {string} label @param {() => void} act */
function showStrip(text, label, act) {
  strip?.remove();
  const back = document.activeElement;
  const made = document.createElement("div");
  made.className = "strip";
  made.setAttribute("role", "status");
  const said = document.createElement("p");
  said.className = "strip__text";
  made.append(said);
  if (label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "strip__button";
    button.textContent = label;
    button.addEventListener("click", () => {
      made.remove();
      // A button that goes away under a finger would take the focus to the top of the page.
      if (back instanceof HTMLElement && back.isConnected && !back.closest("[inert]"))
        back.focus({ preventScroll: true });
      act();
    });
    made.append(button);
  }
  document.body.append(made);
  // A status that arrives with its words already in it is often not read out.
  requestAnimationFrame(() => {
    said.textContent = text;
  });
  strip = made;
  const leave = () => {
    clearTimeout(stripEnds);
    stripEnds = setTimeout(() => made.remove(), STRIP_MS);
  };
  for (const name of ["pointerenter", "focusin"]) made.addEventListener(name, () => clearTimeout(stripEnds));
  for (const name of ["pointerleave", "focusout"]) made.addEventListener(name, leave);
  leave();
  return made;
}

/** @typedef {{open: () => void, close: () => void, readonly isOpen: boolean, el: HTMLElement}} Sheet */

/**
 * A sheet over the board. The top bar with Quick exit stays free and alive: everything else is `inert` meanwhile.
 * `[data-close]` in it closes it; so does Escape, unless it is `firm`.
 * @param {HTMLElement} el @param {{firm?: boolean, opened?: () => void, closed?: () => void}} [options] @returns {Sheet}
 */
export function sheet(el, options = {}) {
  /** @type {Element | null} */
  let back = null;
  const made = {
    el,
    get isOpen() {
      return !el.hidden;
    },
    open() {
      if (!el.hidden) return;
      back = document.activeElement;
      el.hidden = false;
      hush();
      options.opened?.();
      const first = el.querySelector("[data-first]") ?? el.querySelector("h2") ?? el;
      if (first instanceof HTMLElement) {
        if (first.tabIndex < 0) first.tabIndex = -1;
        first.focus({ preventScroll: true });
      }
      el.scrollTop = 0;
    },
    close() {
      if (el.hidden) return;
      el.hidden = true;
      hush();
      options.closed?.();
      if (back instanceof HTMLElement && back.isConnected && !back.closest("[inert]"))
        back.focus({ preventScroll: true });
    },
  };
  el.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-close]")) made.close();
  });
  if (!options.firm) {
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && made.isOpen && !event.defaultPrevented && topSheet() === el) {
        event.preventDefault();
        made.close();
      }
    });
  }
  return made;
}

function openSheets() {
  return /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-sheet]:not([hidden])")]);
}

function topSheet() {
  return openSheets().slice(-1)[0];
}

/** While a sheet is up, all that is marked `data-under` sleeps, and so do the sheets below it. */
function hush() {
  const open = openSheets();
  for (const el of document.querySelectorAll("[data-under]")) el.toggleAttribute("inert", open.length > 0);
  for (const el of open) el.toggleAttribute("inert", el !== open[open.length - 1]);
  document.body.toggleAttribute("data-sheet-open", open.length > 0);
}

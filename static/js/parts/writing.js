/**
 * Whether somebody writes just now: the bottom row makes room, the page does not turn to another column, and on phones that lay
 * their keyboard over the page the board shrinks to what is seen.
 */

import { all, find } from "../paint.js";
import { stripAtHand } from "../tell.js";

const FIELDS = "textarea, input:not([type=radio], [type=checkbox]), select";
/** Long enough for a press to land where it was aimed before the bottom row comes back. */
const REST_MS = 200;
/** A keyboard is higher than this; browser bars are not. */
const KEYBOARD_PX = 120;
/** Where less than this is seen, what is being written needs nearly all of it. */
const LOW_PX = 360;

/** The strip with Undo never lies over more than this part of the window. */
const STRIP_MOST = 0.6;

/** Whether something is being written on the board. An input that is still, or again, empty is waiting to be. */
export function isWriting() {
  if (!document.body.hasAttribute("data-writing")) return false;
  const field = document.activeElement;
  if (!(field instanceof HTMLTextAreaElement) || field.value) return true;
  return Boolean(field.form?.querySelector(".voice__fields:not([hidden]) input:checked"));
}

export function watchWriting() {
  const board = document.querySelector("[data-under]");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  board?.addEventListener("focusin", (event) => {
    const el = /** @type {Element} */ (event.target);
    if (!el.matches(FIELDS)) return;
    clearTimeout(rest);
    document.body.toggleAttribute("data-writing", true);
  });
  board?.addEventListener("focusout", () => {
    clearTimeout(rest);
    rest = setTimeout(() => {
      const here = document.activeElement;
      if (here?.matches(FIELDS) && board.contains(here)) return;
      document.body.toggleAttribute("data-writing", false);
    }, REST_MS);
  });
  watchKeyboard();
  watchFoot();
}

/** What comes over the page for a while stands above what is written in. */
function watchFoot() {
  const feet = /** @type {HTMLElement[]} */ ([
    ...document.querySelectorAll("[data-composer], [data-foot], [data-pill]"),
  ]);
  const pills = all(document, "[data-pill]");
  const strip = stripAtHand();
  const desk = /** @type {HTMLElement | null} */ (document.querySelector("[data-drawer-toggle]"));
  const fit = () => {
    if (desk) fitDesk(desk);
    // Under a sheet lies what cannot be pressed now.
    const here = document.body.hasAttribute("data-sheet-open") ? "[data-sheet]" : "[data-under]";
    const tops = feet
      .filter((el) => stands(el) && el.closest(here))
      .map((el) => el.getBoundingClientRect().top);
    const room = innerHeight - Math.min(innerHeight, ...tops);
    const size = room < innerHeight * STRIP_MOST ? room : 0;
    // On what stands above it, not on the page: a page told a new length works out the look of everything on it.
    for (const el of [strip, ...pills]) el.style.setProperty("--foot-size", `${Math.round(size)}px`);
  };
  const watch = new ResizeObserver(fit);
  for (const el of feet) watch.observe(el);
  for (const el of document.querySelectorAll("[data-drawer], [data-drawer-words], [data-scribe]"))
    watch.observe(el);
  window.addEventListener("resize", fit);
  // A sheet has neither come nor gone before it stands still.
  document.addEventListener("animationend", fit);
  new MutationObserver(fit).observe(document.body, {
    attributes: true,
    attributeFilter: ["data-sheet-open"],
  });
}

/** At the desk it lies over the bar of the drawer, beside its words, and over the line below that: nothing there moves the meeting on. @param {HTMLElement} bar */
function fitDesk(bar) {
  const { top, left, right } = bar.getBoundingClientRect();
  const words = find(bar, "[data-drawer-words]").getBoundingClientRect();
  const ltr = getComputedStyle(bar).direction === "ltr";
  const [start, end] = ltr ? [words.right, innerWidth - right] : [innerWidth - words.left, left];
  for (const [name, px] of Object.entries({ high: innerHeight - top, start, end })) {
    stripAtHand().style.setProperty(`--desk-${name}`, `${Math.max(0, Math.round(px))}px`);
  }
}

/** Where a page flows, the pill is itself placed above the others. @param {HTMLElement} el */
function stands(el) {
  return el.offsetHeight > 0 && !(el.matches("[data-pill]") && getComputedStyle(el).position === "sticky");
}

function watchKeyboard() {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => {
    const covered = view.scale <= 1.01 && innerHeight - view.height > KEYBOARD_PX;
    const root = document.documentElement;
    if (covered) root.style.setProperty("--seen", `${view.height}px`);
    else root.style.removeProperty("--seen");
    document.body.toggleAttribute("data-low", view.height * view.scale < LOW_PX);
  };
  view.addEventListener("resize", fit);
  fit();
}

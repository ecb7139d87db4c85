/** Words being written: kept in this tab at every key press, so that a reload, a locked screen or Back loses none. */

import { keepWords, kept } from "./vault.js";

/** What was being written under a name, or "". @param {string} name */
export function draft(name) {
  return kept(name);
}

/** Keep words under a name; "" lets them go. @param {string} name @param {string} text */
export function keepDraft(name, text) {
  keepWords(name, text);
}

/**
 * Tie a text field to a draft: it shows what was kept and keeps what is typed.
 * @param {HTMLTextAreaElement | HTMLInputElement} field @param {string} name
 */
export function tie(field, name) {
  const before = draft(name);
  if (before && !field.value) field.value = before;
  else if (field.value && !before) keepDraft(name, field.value);
  field.addEventListener("input", () => keepDraft(name, field.value));
  // Some keyboards finish a word without an input event when the page goes away.
  window.addEventListener("pagehide", () => {
    if (field.isConnected && field.value) keepDraft(name, field.value);
  });
}

/** A list kept under a name, in order. @template T @param {string} name @returns {T[]} */
export function draftList(name) {
  try {
    return JSON.parse(draft(name) || "[]");
  } catch {
    return [];
  }
}

/** @template T @param {string} name @param {T[]} list */
export function keepDraftList(name, list) {
  keepDraft(name, list.length ? JSON.stringify(list) : "");
}

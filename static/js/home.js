/** The start page: writes the code as it stands in the invitation, four and four, whatever is typed or pasted. */

import { t } from "./words.js";

const GROUP = 4;
const field = document.querySelector("[data-code]");

if (field instanceof HTMLInputElement) {
  field.addEventListener("input", (event) => {
    // While a keyboard is still putting a letter together its text must be left alone.
    if (!(/** @type {InputEvent} */ (event).isComposing)) group(field);
  });
  field.addEventListener("compositionend", () => group(field));
  if (field.value) group(field);
}

const wrong = document.querySelector("[aria-invalid=true], [role=alert]:not([hidden])");
if (wrong instanceof HTMLInputElement) wrong.focus();
else wrong?.scrollIntoView({ block: "center" });

// The record of the last meeting is read here and sent with the form: no file leaves this machine by itself.
const file = document.querySelector("[data-record-file]");
const text = document.querySelector("[data-record-text] textarea");
const said = document.querySelector("[data-record-said]");

if (file instanceof HTMLInputElement && text instanceof HTMLTextAreaElement && said instanceof HTMLElement) {
  file.hidden = false;
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    text.value = chosen ? await chosen.text() : "";
    said.hidden = !chosen;
    said.textContent = !chosen
      ? ""
      : text.value.trim()
        ? t("{name} is taken along when you start the meeting.", { name: chosen.name })
        : t("{name} is empty: there is nothing in it to begin from.", { name: chosen.name });
  });
}

/** Group the letters and leave the caret behind the letter it was behind. @param {HTMLInputElement} field */
function group(field) {
  const before = letters(field.value.slice(0, field.selectionStart ?? field.value.length)).length;
  const grouped = letters(field.value).replace(new RegExp(`(.{${GROUP}})(?=.)`, "g"), "$1 ");
  if (grouped === field.value) return;
  field.value = grouped;
  const caret = before + Math.max(0, Math.ceil(before / GROUP) - 1);
  field.setSelectionRange(caret, caret);
}

/** @param {string} text */
function letters(text) {
  return text.replace(/[^\p{L}\p{N}]/gu, "").toUpperCase();
}

/**
 * A form of a few fields of which only the first has to be filled. What is typed stays in this tab until the server has it, and after that
 * it is let go; what is refused is said in the form. What the words are for is the caller's.
 */

import { Refusal } from "../ask.js";
import { draft, keepDraft, tie } from "../draft.js";
import { all, find, paint, setAttr, setText } from "../paint.js";
import { t } from "../words.js";
import { grow, length } from "./field.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field @typedef {Record<string, string>} Words */
/**
 * @typedef {{
 *   draftName: string, most: Record<string, number>, words?: Words, send: (words: Words, whom: string) => Promise<unknown>,
 *   done: () => void, stale?: () => {now: string} | null
 * }} How
 */

/** @param {HTMLElement} form @param {How} how */
export function wordsForm(form, how) {
  const wrong = find(form, "[data-step-wrong]");
  const saving = find(form, "[data-step-saving]");
  const whom = /** @type {HTMLSelectElement | null} */ (form.querySelector("[data-step-for]"));
  let busy = false;
  for (const field of fields()) {
    const name = nameOf(field);
    if (how.words && !draft(name)) field.value = how.words[field.dataset.stepField ?? ""] ?? "";
    tie(field, name);
    if (field instanceof HTMLTextAreaElement) grow(field);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!busy) void send();
  });
  return { letGo };

  function fields() {
    return /** @type {Field[]} */ (all(form, "[data-step-field]"));
  }

  /** @param {Field} field */
  function nameOf(field) {
    return `${how.draftName}.${field.dataset.stepField}`;
  }

  /** Forget what was typed. */
  function letGo() {
    for (const field of fields()) {
      field.value = "";
      keepDraft(nameOf(field), "");
      field.dispatchEvent(new Event("input"));
    }
  }

  async function send() {
    const missing = whom && !whom.value && !whom.closest("[hidden]");
    const over = fields().find((one) => length(one.value) > (how.most[one.dataset.stepField ?? ""] ?? 0));
    const [first] = fields();
    if (missing) return say(t("Please choose for whom you are writing."), whom);
    if (!first.value.trim()) return say(t("There is nothing written yet."), first);
    if (over) return say(t("That is too long. Please make it shorter."), over);
    const words = Object.fromEntries(fields().map((one) => [one.dataset.stepField ?? "", one.value]));
    busy = true;
    say("");
    setText(saving, t("Saving…"));
    try {
      await how.send(words, whom?.value ?? "");
      letGo();
      how.done();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const now = refusal.code === "stale-step" ? how.stale?.() : null;
      if (now) paint(form, now);
      say(refusal.why ? t(refusal.why) : "");
    } finally {
      busy = false;
      setText(saving, "");
    }
  }

  /** @param {string} words @param {HTMLElement | null} [field] */
  function say(words, field = null) {
    wrong.hidden = !words;
    setText(wrong, words);
    field?.focus();
  }
}

/**
 * A form in the place of the words it changes, until they are saved or left. `was` is the version they had; `now` what they are by
 * now, where they still stand; `back` gives the focus back.
 * @param {HTMLElement} el @param {HTMLElement} form
 * @param {{draftName: string, most: Record<string, number>, words: Words, was: number, send: (words: Words, was: number) => Promise<unknown>,
 *   now: () => {version: number, text: string} | null, back: () => void}} how
 */
export function changeIn(el, form, { was, send, now, back, ...how }) {
  let version = was;
  el.append(form);
  setAttr(el, "data-changing", "");
  const { letGo } = wordsForm(form, {
    ...how,
    send: (words) => send(words, version),
    done: leave,
    stale() {
      const by = now();
      if (by) version = by.version;
      return by && { now: by.text };
    },
  });
  find(form, "[data-step-leave]").addEventListener("click", () => {
    letGo();
    leave();
  });
  find(form, "[data-step-field]").focus();

  function leave() {
    form.remove();
    setAttr(el, "data-changing", null);
    back();
  }
}

/** Whether something half written is kept for such a form. @param {string} name @param {Record<string, number>} most */
export function hasDraft(name, most) {
  return Object.keys(most).some((field) => draft(`${name}.${field}`) !== "");
}

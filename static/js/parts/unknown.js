/** Something we don't know yet: said with a new card, or of one that stands there. How it reads is unknownwords.js. */

import { draft, keepDraft } from "../draft.js";
import { find, paint } from "../paint.js";
import { t } from "../words.js";
import { named } from "./sheets.js";

/** @typedef {{who?: string, by_when?: string}} Unknown */
/** @typedef {{told: () => {unknown?: Unknown}, restore: (unknown: Unknown) => void, done: () => void}} UnknownBox */

/** The fields of a composer, under a quiet toggle. Never together with a child's words. @param {HTMLElement} form the composer @returns {UnknownBox} */
export function unknown(form) {
  const box = /** @type {HTMLElement | null} */ (form.querySelector("[data-unknown]"));
  const opener = /** @type {HTMLElement | null} */ (form.querySelector("[data-unknown-open]"));
  if (!box || !opener) return { told: () => ({}), restore: () => {}, done: () => {} };
  const voice = /** @type {HTMLElement | null} */ (form.querySelector("[data-voice-open]"));
  const name = `unknown.${form.dataset.composer}`;

  /** @param {boolean} open @param {Unknown} [said] */
  function set(open, said = {}) {
    const fields = /** @type {HTMLElement} */ (box);
    fields.hidden = !open;
    opener?.setAttribute("aria-expanded", String(open));
    fill(fields, said);
    remember();
  }

  function remember() {
    const fields = /** @type {HTMLElement} */ (box);
    keepDraft(name, fields.hidden ? "" : JSON.stringify(read(fields)));
  }

  opener.addEventListener("click", () => {
    const opens = Boolean(box.hidden);
    if (opens && voice?.getAttribute("aria-expanded") === "true") voice.click();
    set(opens);
    if (opens) find(box, "[data-unknown-who]").focus();
  });
  voice?.addEventListener(
    "click",
    () => voice.getAttribute("aria-expanded") === "true" && !box.hidden && set(false),
  );
  box.addEventListener("input", remember);
  try {
    const kept = JSON.parse(draft(name) || "null");
    if (kept) set(true, kept);
  } catch {
    keepDraft(name, "");
  }

  return {
    told: () => (box.hidden ? {} : { unknown: read(box) }),
    restore: (said) => set(true, said),
    done: () => set(false),
  };
}

/** The sheet for a card that stands on the board. @param {import("../main.js").Ctx} ctx */
export function start({ board, ask, root }) {
  const sheet = named("unknown");
  const form = find(sheet.el, "[data-unknown-form]");
  let about = "";

  // Before the card's menu folds up, and takes with it which card was meant.
  root.addEventListener("click", open, { capture: true });

  /** @param {MouseEvent} event */
  function open(event) {
    const button =
      event.target instanceof Element
        ? event.target.closest('[data-do="unknown"], [data-deed="unknown"]')
        : null;
    const id =
      /** @type {HTMLElement | null} */ (button?.closest("[data-part=card]") ?? null)?.dataset.key ?? "";
    const card = board.card.get(id);
    if (!button || !card) return;
    about = id;
    paint(sheet.el, { about: card.text, marked: Boolean(card.unknown) });
    fill(form, card.unknown ?? {});
    sheet.open();
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void mark(read(form));
  });
  find(form, "[data-unknown-known]").addEventListener("click", () => void mark(null));

  /** @param {Unknown | null} unknown */
  function mark(unknown) {
    sheet.close();
    return ask("card.unknown", { card: about, unknown });
  }
}

/** @param {HTMLElement} fields @param {Unknown} said */
function fill(fields, { who = "", by_when: when = "" }) {
  /** @type {HTMLInputElement} */ (find(fields, "[data-unknown-who]")).value = who;
  /** @type {HTMLInputElement} */ (find(fields, "[data-unknown-when]")).value = when;
}

/** @param {HTMLElement} fields @returns {Unknown} */
function read(fields) {
  const who = /** @type {HTMLInputElement} */ (find(fields, "[data-unknown-who]")).value.trim();
  const when = /** @type {HTMLInputElement} */ (find(fields, "[data-unknown-when]")).value.trim();
  return { ...(who ? { who } : {}), ...(when ? { by_when: when } : {}) };
}

/** The line of a card's menu that says it. @param {import("../store.js").Card} card */
export function unknownLine(card) {
  if (card.voice) return "";
  return card.unknown ? t("Change what we don’t know") : t("We don’t know this yet");
}

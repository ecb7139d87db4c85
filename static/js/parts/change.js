/**
 * Changing the words of a card in its place. Somebody else's change never takes the words being written: both texts are kept,
 * and their writer chooses. What was being changed survives a reload.
 */

import { draft, keepDraft } from "../draft.js";
import { find, notice, paint, stamp } from "../paint.js";
import { t } from "../words.js";
import { cardMenu, closeMenu } from "./cardmenu.js";
import { cardEl, cards, shownCard } from "./cards.js";
import { grow, tooLong, watchLength } from "./field.js";
import { keepWords } from "./input.js";
import { show } from "./showing.js";

/** @typedef {import("../main.js").Ctx} Ctx */
/** @typedef {{text: string, was: number, column: import("../store.js").Column, both?: boolean}} Change what is kept of a change that is under way */

const LIST = "changes";

/** @type {Ctx} */
let ctx;

/** @param {Ctx} given */
export function start(given) {
  ctx = given;
  cardMenu(ctx);
  ctx.root.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const card = /** @type {HTMLElement | null} */ (button?.closest("[data-cards] > [data-key]") ?? null);
    if (!button || !card) return;
    if ("change" in button.dataset) change(card.dataset.key ?? "");
  });
  cards.addEventListener("painted", again);
  ctx.asker.addEventListener("no", (event) => refused(/** @type {CustomEvent} */ (event).detail));
}

/** Open a card's words for changing, and go there. @param {string} id */
export function change(id) {
  // The field stands right under the card's words.
  closeMenu();
  const card = shownCard(id);
  if (!card || kept(id)) return open(id)?.focus();
  keepChange(id, { text: card.text, was: card.version, column: card.column });
  show(card.column);
  open(id)?.focus();
}

/** The form of a card that is being changed; there, or made. @param {string} id @returns {HTMLTextAreaElement | undefined} */
function open(id) {
  const li = cardEl(id);
  const now = kept(id);
  if (!li || !now) return;
  if (now.both) return void both(id);
  const there = /** @type {HTMLTextAreaElement | null} */ (li.querySelector("[data-change-form] textarea"));
  if (there) return there;
  const form = stamp("card-change");
  form.dataset.changeForm = "";
  paint(form, { field: `change-${id}` });
  const field = /** @type {HTMLTextAreaElement} */ (find(form, "textarea"));
  const left = find(form, "[data-left]");
  field.value = now.text;
  li.append(form);
  li.toggleAttribute("data-changing", true);
  grow(field);
  watchLength(field, left);
  field.addEventListener("input", () => keepChange(id, { ...(kept(id) ?? now), text: field.value }));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      take();
    } else if (event.key === "Escape" && field.value === shownCard(id)?.text) close(id);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take();
  });
  find(form, "[data-cancel]").addEventListener("click", () => close(id));
  return field;

  function take() {
    const wrong = field.value.trim() ? tooLong(field.value) : t("There is nothing written yet.");
    left.toggleAttribute("data-wrong", Boolean(wrong));
    left.textContent = wrong;
    if (wrong) field.focus();
    else save(id, field.value);
  }
}

/** @param {string} id @param {string} text */
function save(id, text) {
  // A card whose first words are still on their way will have version 1.
  const was = kept(id)?.was || (ctx.board.card.get(id)?.version ?? 1);
  const same = shownCard(id)?.text === text;
  close(id);
  // What is refused comes back by the asker's `no`, as it does after a reload.
  if (!same) ctx.ask("card.edit", { card: id, text, was }).catch(() => {});
}

/** Stop changing; the focus goes back to where it began. @param {string} id */
function close(id) {
  forget(id);
  const li = cardEl(id);
  const focused = li?.contains(document.activeElement);
  for (const form of li?.querySelectorAll("[data-change-form], [data-both]") ?? []) form.remove();
  li?.removeAttribute("data-changing");
  if (focused) /** @type {HTMLElement | null} */ (li?.querySelector("[data-change]") ?? null)?.focus();
}

/** @param {{frame: import("../ask.js").Ask, refusal: import("../ask.js").Refusal}} answer */
function refused({ frame, refusal }) {
  if (frame.ask !== "card.edit") return;
  const card = shownCard(frame.card);
  if (!card) return lost(frame.text);
  keepChange(card.id, {
    text: frame.text,
    was: frame.was,
    column: card.column,
    both: refusal.code === "stale",
  });
  show(card.column);
  open(card.id)?.focus();
  if (refusal.code !== "stale" && refusal.why) notice(t(refusal.why));
}

/** The second of two is told, and chooses. @param {string} id */
function both(id) {
  const li = cardEl(id);
  const now = kept(id);
  const card = ctx.board.card.get(id);
  if (!li || !now || !card) return;
  const there = /** @type {HTMLElement | null} */ (li.querySelector("[data-both]"));
  if (there) return paint(there, { theirs: card.text });
  const box = stamp("card-both");
  box.dataset.both = "";
  paint(box, { yours: now.text, theirs: card.text });
  li.append(box);
  li.toggleAttribute("data-changing", true);
  box.addEventListener("click", (event) => {
    const pressed = /** @type {HTMLElement | null} */ (
      event.target instanceof Element ? event.target.closest("[data-keep]") : null
    );
    if (pressed) settle(id, now.text, pressed.dataset.keep ?? "");
  });
  box.tabIndex = -1;
  box.focus();
}

/** @param {string} id @param {string} mine @param {string} keep */
function settle(id, mine, keep) {
  const card = ctx.board.card.get(id);
  close(id);
  if (!card || keep === "theirs") return;
  const text = keep === "both" ? `${card.text}\n\n${mine}` : mine;
  keepChange(id, { text, was: card.version, column: card.column });
  if (!tooLong(text)) return save(id, text);
  const field = open(id);
  field?.focus();
  field?.dispatchEvent(new Event("input"));
}

/** After each drawing: what was being changed is open again; what has lost its card is kept. */
function again() {
  for (const id of changing()) {
    const now = /** @type {Change} */ (kept(id));
    if (shownCard(id)) open(id);
    else if (ctx.board.meeting) {
      forget(id);
      lost(now.text, now.column);
    }
  }
}

/** @param {string} text @param {import("../store.js").Column} [column] */
function lost(text, column = "well") {
  if (keepWords(column, text))
    notice(t("That card is not on the board any more. Your words are kept where you write."));
  else notice(t("That card is not on the board any more. You had written: {text}", { text }));
}

/** @param {string} id @returns {Change | null} */
function kept(id) {
  try {
    return JSON.parse(draft(`change.${id}`) || "null");
  } catch {
    return null;
  }
}

/** @param {string} id @param {Change} now */
function keepChange(id, now) {
  keepDraft(`change.${id}`, JSON.stringify(now));
  keepDraft(LIST, [...new Set([...changing(), id])].join(" "));
}

/** @param {string} id */
function forget(id) {
  keepDraft(`change.${id}`, "");
  keepDraft(
    LIST,
    changing()
      .filter((one) => one !== id)
      .join(" "),
  );
}

/** @returns {string[]} */
function changing() {
  return draft(LIST)
    .split(" ")
    .filter((id) => id && kept(id));
}

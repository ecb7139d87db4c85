/**
 * Passing this phone on to somebody in the room who has none. Between two people it is covered; while it is theirs, they write and
 * answer under their own name, and nothing of its owner is in reach.
 */

import { Refusal } from "../ask.js";
import { newId } from "../device.js";
import { draft, keepDraft } from "../draft.js";
import { all, announce, find, keyed, notice, paint, setText, sheet, stamp } from "../paint.js";
import { t } from "../words.js";
import { grow, tooLong } from "./field.js";
import { holderOf, passTo } from "./hand.js";
import { asksRole } from "./rounds.js";

/** @typedef {"choose" | "to" | "hers"} Pane */

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, ask }) {
  /** @type {HTMLElement | null} */
  const el = document.querySelector('[data-sheet="pass"]');
  if (!el) return;
  const over = sheet(el, { firm: true });
  const form = /** @type {HTMLFormElement} */ (find(el, "[data-pass-form]"));
  const field = /** @type {HTMLTextAreaElement} */ (find(form, "[data-pass-words]"));
  const column = /** @type {HTMLSelectElement} */ (find(form, "[data-pass-column]"));
  const wrong = find(form, "[data-wrong]");
  const people = find(el, "[data-pass-people]");
  /** Whom it goes to; "" is whose it is. */
  let next = holderOf();
  /** @type {Pane | ""} */
  let known = "";

  for (const button of all(document, "[data-pass]")) button.addEventListener("click", pass);
  for (const button of all(document, "[data-pass-back]")) button.addEventListener("click", () => cover(""));
  for (const button of all(el, "[data-pass-stay]")) button.addEventListener("click", stay);
  people.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-key]") : null;
    const id = /** @type {HTMLElement | null} */ (button)?.dataset.key;
    if (id) cover(id);
  });
  find(el, "[data-pass-mine]").addEventListener("click", taken);
  find(el, "[data-pass-number]").addEventListener("click", () =>
    document.dispatchEvent(new CustomEvent("signboard:number")),
  );
  find(el, "[data-pass-agree]").addEventListener("click", () =>
    document.dispatchEvent(new CustomEvent("signboard:agree", { detail: "" })),
  );
  grow(field);
  field.addEventListener("input", () => keepDraft(wordsOf(), field.value));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void add();
  });
  board.addEventListener("change", draw);
  // A page that is loaded again while somebody else holds it begins covered.
  if (holderOf()) cover(holderOf());

  /** Those in the room who write on this phone. */
  function borrowers() {
    return [...board.person.values()].filter(
      (one) => one.on_phone_of === board.you.id && one.state === "here",
    );
  }

  function pass() {
    const [only, more] = borrowers();
    if (only && !more) cover(only.id);
    else turn("choose");
  }

  /** Cover everything until the other one has it. @param {string} to */
  function cover(to) {
    next = to;
    field.value = "";
    turn("to");
  }

  /** It stays with whom it was. */
  function stay() {
    next = holderOf();
    if (next && isTheirs(next)) theirs();
    else if (next) cover("");
    else over.close();
  }

  function taken() {
    passTo(next);
    if (next) theirs();
    else over.close();
  }

  function theirs() {
    field.value = draft(wordsOf());
    field.dispatchEvent(new Event("input"));
    say("");
    turn("hers");
  }

  /** @param {string} id */
  function isTheirs(id) {
    return borrowers().some((one) => one.id === id);
  }

  function wordsOf() {
    return `words.hand.${holderOf()}`;
  }

  async function add() {
    const text = field.value;
    const over = tooLong(text);
    if (!text.trim() || over) {
      say(over || t("There is nothing written yet."));
      return field.focus();
    }
    const kept = wordsOf();
    const fields = { id: newId(), column: column.value, text, for: holderOf() };
    say("");
    field.value = "";
    field.dispatchEvent(new Event("input"));
    try {
      await ask("card.add", fields);
      announce(t("Added."));
      notice(t("It is on the board, with {name}’s name.", { name: nameOf(fields.for) }));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      // Their words come back to them, whoever holds the phone by now.
      keepDraft(kept, text);
      if (holderOf() !== fields.for) return;
      field.value = text;
      if (refusal.why) say(t(refusal.why));
    }
  }

  /** @param {string} words */
  function say(words) {
    setText(wrong, words);
    wrong.hidden = !words;
  }

  /** @param {string} id */
  function nameOf(id) {
    return board.person.get(id || board.you.id)?.name ?? "";
  }

  /** @param {Pane} pane */
  function turn(pane) {
    for (const one of all(/** @type {HTMLElement} */ (el), "[data-pass-pane]"))
      one.hidden = one.dataset.passPane !== pane;
    known = pane;
    draw();
    over.open();
    find(/** @type {HTMLElement} */ (el), "h2").focus({ preventScroll: true });
  }

  function draw() {
    if (!board.meeting) return;
    const there = borrowers();
    const ended = board.meeting.state === "closed";
    for (const button of all(document, "[data-pass]")) button.hidden = ended || there.length === 0;
    keyed(
      people,
      there.map((one) => one.id),
      () => stamp("pass-person"),
      (button, id) => paint(button, { name: nameOf(id) }),
    );
    const holder = holderOf();
    // Whose phone it is may have changed while it was in other hands.
    if (holder && known === "hers" && !isTheirs(holder)) return cover("");
    if (known === "to" && next && !isTheirs(next) && !holder) return over.close();
    const role = board.person.get(holder)?.role ?? "";
    const open = asksRole(role) && [...board.round.values()].some((one) => one.state === "open");
    const polls = asksRole(role) && [...board.poll.values()].some((one) => one.state === "open");
    const shown = board.meeting.authors === "shown";
    paint(/** @type {HTMLElement} */ (el), {
      title: titleOf(),
      iAm: t("I am {name}", { name: nameOf(next) }),
      name: nameOf(holder),
      giveBack: t("Give it back to {name}", { name: nameOf("") }),
      asks: open && !ended,
      polls: polls && !ended,
      seen: shown
        ? t("Everyone here will see this, with your name.")
        : t("Everyone here will see this, without names."),
    });
    form.hidden = ended;
  }

  function titleOf() {
    if (known === "choose") return t("Pass this phone on");
    if (known === "hers") return t("Your turn");
    return next
      ? t("Give the phone to {name}", { name: nameOf(next) })
      : t("Give the phone back to {name}", { name: nameOf("") });
  }
}

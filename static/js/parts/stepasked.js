/** What this person is asked to take on, and their answer: seen by them and the facilitator alone, until she shows it. */

import { Refusal } from "../ask.js";
import { draft, keepDraft, tie } from "../draft.js";
import { announce, find, keyed, notice, paint, setText, stamp } from "../paint.js";
import { t } from "../words.js";
import { runs } from "./cards.js";
import { grow, length } from "./field.js";
import { inOrder } from "./stepwords.js";

/** @typedef {import("../store.js").Owner} Owner */

const MOST = 280;
/** An answer is sent in this many bytes, whatever it is. */
const BYTES = 1_024;

/** @param {import("../main.js").Ctx} ctx */
export function asked({ board, asker, root }) {
  const part = find(root, "[data-asked]");
  const list = find(part, "[data-asked-list]");
  /** Those answered already whose answer is being changed. @type {Set<string>} */
  const again = new Set();
  const known = new Set();

  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const el = /** @type {HTMLElement | null} */ (button?.closest("[data-key]") ?? null);
    const owner = board.owner.get(el?.dataset.key ?? "");
    if (!button || !el || !owner) return;
    if ("answerAgain" in button.dataset) {
      again.add(owner.id);
      dress(el, owner);
      find(el, "[data-answer]").focus({ preventScroll: true });
    }
    if ("butLeave" in button.dataset) fold(el, false);
    if (button.dataset.answer === "but") fold(el, true);
    else if (button.dataset.answer) void answer(el, owner, button.dataset.answer, "");
  });
  list.addEventListener("submit", (event) => {
    event.preventDefault();
    const el = /** @type {HTMLElement} */ (/** @type {Element} */ (event.target).closest("[data-key]"));
    const owner = board.owner.get(el.dataset.key ?? "");
    const words = /** @type {HTMLTextAreaElement} */ (find(el, "[data-but-words]"));
    const wrong = words.value.trim()
      ? length(words.value) > MOST
        ? t("That is too long. Please make it shorter.")
        : ""
      : t("There is nothing written yet.");
    paintWrong(el, wrong);
    if (wrong) return words.focus();
    if (owner) void answer(el, owner, "but", words.value);
  });
  board.addEventListener("change", (event) => {
    const { all, touched } = /** @type {CustomEvent<import("../store.js").Touched>} */ (event).detail;
    if (all || ["step", "owner", "person", "meeting"].some((kind) => touched.has(kind))) draw(all);
  });

  /** @param {boolean} anew */
  function draw(anew) {
    const place = new Map(inOrder(board).map((one, at) => [one.id, at]));
    const mine = [...board.owner.values()]
      .filter((one) => one.person && one.person === board.you.id && place.has(one.step))
      .sort((one, other) => (place.get(one.step) ?? 0) - (place.get(other.step) ?? 0));
    part.hidden = mine.length === 0 || board.meeting?.state !== "open";
    keyed(
      list,
      mine.map((one) => one.id),
      () => stamp("asked"),
      (el, id) => dress(el, /** @type {Owner} */ (board.owner.get(id))),
    );
    const fresh = mine.some((one) => one.answer !== "yes" && !known.has(one.id));
    // Said aloud in a room, what it is about would be heard by others.
    if (fresh && !anew) announce(t("You are asked something under Next steps."));
    for (const one of mine) known.add(one.id);
  }

  /** @param {HTMLElement} el @param {Owner} owner */
  function dress(el, owner) {
    const step = board.step.get(owner.step);
    const given = owner.answer && owner.answer !== "asked" ? owner.answer : "";
    const open = !given || again.has(owner.id);
    const seen = owner.shown
      ? t("Everyone sees that you take this on.")
      : t("Only you and {name} see your answer.", { name: runs(board) });
    paint(el, {
      what: step?.what ?? "",
      when: step?.when ?? "",
      open,
      said: given ? saidWords(given, owner.words ?? "") : "",
      again: !open,
      seen,
    });
    const field = /** @type {HTMLTextAreaElement} */ (find(el, "[data-but-words]"));
    if (!field.dataset.tied) {
      field.dataset.tied = "yes";
      tie(field, `answer.${owner.id}`);
      grow(field);
      if (draft(`answer.${owner.id}`)) fold(el, true, false);
    }
  }

  /** @param {HTMLElement} el @param {boolean} open @param {boolean} [focus] */
  function fold(el, open, focus = true) {
    find(el, "[data-but]").hidden = !open;
    if (focus) find(el, open ? "[data-but-words]" : '[data-answer="but"]').focus({ preventScroll: true });
  }

  /** @param {HTMLElement} el @param {Owner} owner @param {string} said @param {string} words */
  async function answer(el, owner, said, words) {
    const was = board.step.get(owner.step)?.version ?? 0;
    try {
      await asker.ask("step.answer", { owner: owner.id, answer: said, words, was }, { bytes: BYTES });
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return void notice(t(refusal.why));
    }
    again.delete(owner.id);
    keepDraft(`answer.${owner.id}`, "");
    /** @type {HTMLTextAreaElement} */ (find(el, "[data-but-words]")).value = "";
    find(el, "[data-but]").hidden = true;
    const now = board.owner.get(owner.id);
    if (now && el.isConnected) {
      dress(el, now);
      find(el, "[data-answer-again]").focus({ preventScroll: true });
    }
  }

  /** @param {HTMLElement} el @param {string} words */
  function paintWrong(el, words) {
    const wrong = find(el, "[data-but-wrong]");
    wrong.hidden = !words;
    setText(wrong, words);
  }
}

/** @param {string} answer @param {string} words */
function saidWords(answer, words) {
  if (answer === "yes") return t("You said yes.");
  if (answer === "but") return t("You said yes, but: {words}", { words });
  return t("You said that you can’t promise this.");
}

/** A number entered for somebody without a device, by facilitator, scribe or a child's advocate. Once in, it is gone from here. */

import { Refusal } from "../ask.js";
import { find, notice, paint, setText, sheet } from "../paint.js";
import { t } from "../words.js";
import { RATING_BYTES } from "./ratingbytes.js";
import { openRounds, roundTitle, writesFor } from "./rounds.js";

/** @typedef {import("../store.js").Round} Round */

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, asker }) {
  /** @type {HTMLElement | null} */
  const el = document.querySelector('[data-sheet="number-for"]');
  if (!el) return { open() {}, draw() {}, may: () => false };

  const over = sheet(el);
  const form = /** @type {HTMLFormElement} */ (find(el, "[data-number-for]"));
  const [which, whose, value, source] = ["[data-which]", "[data-for]", "[data-value]", "[data-source]"].map(
    (name) => /** @type {HTMLSelectElement} */ (find(form, name)),
  );
  const said = /** @type {HTMLInputElement} */ (find(form, "[data-said]"));
  const wrong = find(form, "[data-wrong]");

  source.addEventListener("change", () => paint(form, { sent: isSent() }));
  which.addEventListener("change", people);
  // The desk's drawer asks for this sheet.
  document.addEventListener("signboard:number-for", (event) =>
    open(/** @type {CustomEvent<string>} */ (event).detail),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!whose.value) return say(t("Choose whose number it is."), whose);
    if (!value.value) return say(t("Choose a number first."), value);
    if (isSent() && !said.value.trim()) return say(t("Say when it was sent in."), said);
    put();
  });

  async function put() {
    const name = board.person.get(whose.value)?.name ?? "";
    const given = Number.isNaN(Number(value.value)) ? value.value : Number(value.value);
    const fields = {
      round: which.value,
      value: given,
      reason: "",
      share: false,
      for: whose.value,
      source: source.value,
      said: isSent() ? said.value.trim() : "",
    };
    say("");
    // The form holds it no longer than it takes to send it.
    value.value = whose.value = "";
    try {
      await asker.ask("rating.set", fields, { bytes: RATING_BYTES });
      notice(t("The number for {name} is in. An answer of their own stands above it.", { name }));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.why) say(t(refusal.why));
    }
  }

  /** Whether it came from somebody who is not here, which the numbers will say. */
  function isSent() {
    return source.selectedOptions[0]?.dataset.sent === "yes";
  }

  /** @param {string} [about] the round it is for, where one is looked at */
  function open(about) {
    if (about && board.round.get(about)?.state === "open") which.value = about;
    people();
    say("");
    over.open();
  }

  /** Who may be written for, in the round that is chosen. */
  function people() {
    const round = board.round.get(which.value);
    if (!round) return;
    const before = whose.value;
    const able = writesFor(board, round);
    whose.replaceChildren(whose.options[0], ...able.map((one) => new Option(one.name, one.id)));
    whose.value = able.some((one) => one.id === before) ? before : "";
  }

  /** @param {string} words @param {HTMLElement} [field] */
  function say(words, field) {
    setText(wrong, words);
    wrong.hidden = !words;
    field?.focus();
  }

  return {
    open,

    /** Whether there is anybody for whom this person may enter one. @param {Round} asked */
    may: (asked) => writesFor(board, asked).length > 0,

    /** Of what is open, and of who may be written for. What was chosen stays chosen, while it is there. */
    draw() {
      const rounds = openRounds(board);
      if (rounds.length === 0) return over.close();
      const before = which.value;
      const stays = rounds.some((one) => one.id === before);
      // A number begun for a round that is shown by now is not taken for another.
      if (before && !stays) value.value = "";
      which.replaceChildren(...rounds.map((one) => new Option(roundTitle(board, one), one.id)));
      which.value = stays ? before : rounds[0].id;
      paint(form, { which: rounds.length > 1 || Boolean(rounds[0].sheet), sent: isSent() });
      people();
    },
  };
}

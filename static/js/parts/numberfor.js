/** A number entered for somebody without a device, by facilitator, scribe or a child's advocate. Once in, it is gone from here. */

import { Refusal } from "../ask.js";
import { find, notice, setText, sheet } from "../paint.js";
import { t } from "../words.js";
import { RATING_BYTES } from "./ratingbytes.js";
import { writesFor } from "./rounds.js";

/** @typedef {import("../store.js").Round} Round */

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, asker }) {
  /** @type {HTMLElement | null} */
  const el = document.querySelector('[data-sheet="number-for"]');
  /** @type {Round | undefined} */
  let round;
  if (!el) return { open() {}, draw() {}, may: () => false };

  const over = sheet(el);
  const form = /** @type {HTMLFormElement} */ (find(el, "[data-number-for]"));
  const [whose, value, source] = ["[data-for]", "[data-value]", "[data-source]"].map(
    (name) => /** @type {HTMLSelectElement} */ (find(form, name)),
  );
  const wrong = find(form, "[data-wrong]");

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!whose.value) return say(t("Choose whose number it is."), whose);
    if (!value.value) return say(t("Choose a number first."), value);
    put();
  });

  async function put() {
    const name = board.person.get(whose.value)?.name ?? "";
    const given = Number.isNaN(Number(value.value)) ? value.value : Number(value.value);
    const fields = {
      round: round?.id,
      value: given,
      reason: "",
      share: false,
      for: whose.value,
      source: source.value,
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

  /** @param {string} words @param {HTMLElement} [field] */
  function say(words, field) {
    setText(wrong, words);
    wrong.hidden = !words;
    field?.focus();
  }

  return {
    open() {
      say("");
      over.open();
    },

    /** Whether there is anybody for whom this person may enter one. @param {Round} asked */
    may: (asked) => writesFor(board, asked).length > 0,

    /** @param {Round | undefined} asked the open round */
    draw(asked) {
      round = asked;
      if (!asked) return over.close();
      const people = writesFor(board, asked);
      const before = whose.value;
      const options = people.map((one) => new Option(one.name, one.id));
      whose.replaceChildren(whose.options[0], ...options);
      whose.value = people.some((one) => one.id === before) ? before : "";
    },
  };
}

/** An answer entered for somebody without a device, by facilitator, scribe or a child's advocate. Once in, it is gone from here. */

import { Refusal } from "../ask.js";
import { find, notice, setText, sheet } from "../paint.js";
import { t } from "../words.js";
import { RATING_BYTES } from "./ratingbytes.js";
import { writesFor } from "./rounds.js";

/** @typedef {import("../store.js").Poll} Poll */

/** @param {import("../main.js").Ctx} ctx */
export function answerFor({ board, asker }) {
  /** @type {HTMLElement | null} */
  const el = document.querySelector('[data-sheet="agree-for"]');
  /** @type {Poll | undefined} */
  let poll;
  if (!el) return { open() {}, draw() {}, may: () => false };

  const over = sheet(el);
  const form = /** @type {HTMLFormElement} */ (find(el, "[data-agree-for]"));
  const [whose, value, source] = ["[data-for]", "[data-value]", "[data-source]"].map(
    (name) => /** @type {HTMLSelectElement} */ (find(form, name)),
  );
  const words = /** @type {HTMLTextAreaElement} */ (find(form, "[data-their-words]"));
  const shown = /** @type {HTMLInputElement} */ (find(form, "[data-their-share]"));
  const wrong = find(form, "[data-wrong]");

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!whose.value) return say(t("Choose whose answer it is."), whose);
    if (!value.value) return say(t("Choose an answer first."), value);
    put();
  });

  async function put() {
    const name = board.person.get(whose.value)?.name ?? "";
    const said = words.value.trim() ? words.value : "";
    const fields = {
      poll: poll?.id,
      value: value.value,
      words: said,
      share: said !== "" && shown.checked,
      for: whose.value,
      source: source.value,
    };
    say("");
    try {
      const sent = asker.ask("agreement.set", fields, { bytes: RATING_BYTES });
      // The form holds it no longer than it takes to send it.
      value.value = whose.value = words.value = "";
      shown.checked = false;
      await sent;
      notice(t("The answer of {name} is in. One of their own stands above it.", { name }));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.why) say(t(refusal.why));
    }
  }

  /** @param {string} text @param {HTMLElement} [field] */
  function say(text, field) {
    setText(wrong, text);
    wrong.hidden = !text;
    field?.focus();
  }

  return {
    open() {
      say("");
      over.open();
    },

    /** Whether there is anybody for whom this person may enter one. @param {Poll} asked */
    may: (asked) => writesFor(board, asked).length > 0,

    /** @param {Poll | undefined} asked the open poll */
    draw(asked) {
      poll = asked;
      if (!asked) return over.close();
      const people = writesFor(board, asked);
      const before = whose.value;
      whose.replaceChildren(whose.options[0], ...people.map((one) => new Option(one.name, one.id)));
      whose.value = people.some((one) => one.id === before) ? before : "";
    },
  };
}

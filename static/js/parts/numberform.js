/** Choosing a number: eleven of them, two words, and a reason if you like. What becomes of the answer is the sender's. */

import { draft, keepDraft } from "../draft.js";
import { all, find, paint, setText } from "../paint.js";
import { t, tn } from "../words.js";
import { holderOf } from "./hand.js";

/** As many characters as the server takes, counted as it counts. */
const REASON_MOST = 280;
const TELL_LEFT_FROM = 60;

/** @typedef {{round: string, value: number | string, reason: string, share: boolean, keep?: boolean}} Answer */

/** @param {HTMLElement} form @param {(answer: Answer) => Promise<void>} send */
export function numberForm(form, send) {
  const reason = /** @type {HTMLTextAreaElement} */ (find(form, "[data-reason]"));
  const wrong = find(form, "[data-wrong]");
  const numbers = find(form, "[data-numbers]");
  /** What was chosen and is not sent, for each round and holder of this phone. @type {Map<string, string>} */
  const picked = new Map();
  let round = "";
  let whose = "";
  let named = false;

  reason.addEventListener("input", () => {
    keepDraft(draftName(round, whose), reason.value);
    left();
  });
  form.addEventListener("change", () => {
    say("");
    picked.set(draftName(round, whose), chosen());
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take(false);
  });
  form.querySelector("[data-keep-number]")?.addEventListener("click", () => take(true));

  /** @param {boolean} keep a child's own: not sent yet */
  function take(keep) {
    const value = chosen();
    const over = lengthOf(reason.value) - REASON_MOST;
    if (value === "") {
      say(numbers.querySelector(".place") ? t("Choose one first.") : t("Choose a number first."));
      return focusNumber();
    }
    if (over > 0) {
      say(tn("Your words are {n} sign too long.", "Your words are {n} signs too long.", over));
      return reason.focus();
    }
    give(value, keep);
  }

  /** @param {string} value @param {boolean} keep */
  async function give(value, keep) {
    const share = named && form.querySelector('[name="share"][value="yes"]:checked') !== null;
    const words = reason.value.trim() ? reason.value : "";
    const answer = {
      round,
      value: Number.isNaN(Number(value)) ? value : Number(value),
      reason: words,
      share,
      ...(keep ? { keep } : {}),
    };
    for (const input of inputs()) input.checked = false;
    picked.delete(draftName(round, whose));
    await send(answer);
  }

  function inputs() {
    return /** @type {HTMLInputElement[]} */ (all(numbers, "input"));
  }

  function chosen() {
    return inputs().find((one) => one.checked)?.value ?? "";
  }

  function focusNumber() {
    inputs()[0].focus();
  }

  /** @param {string} words */
  function say(words) {
    setText(wrong, words);
    wrong.hidden = !words;
  }

  function left() {
    const rest = REASON_MOST - lengthOf(reason.value);
    setText(find(form, "[data-left]"), rest < TELL_LEFT_FROM ? t("{n} left", { n: rest }) : "");
  }

  return {
    /**
     * @param {import("../store.js").Round} asked @param {import("../store.js").Scale & {place: string}} scale `place` is where its title is translated
     * @param {import("../store.js").Rating | undefined} own
     * @param {string} how how the number will be shown
     */
    draw(asked, scale, own, how) {
      if (asked.id !== round || holderOf() !== whose) {
        round = asked.id;
        whose = holderOf();
        const kept = picked.get(draftName(round, whose));
        for (const input of inputs()) input.checked = input.value === kept;
        reason.value = draft(draftName(round, whose)) || own?.reason || "";
        for (const input of /** @type {HTMLInputElement[]} */ (all(form, '[name="share"]')))
          input.checked = input.value === (own?.share ? "yes" : "no");
        say("");
        left();
      }
      named = asked.show === "named";
      paint(form, {
        aboutPlace: `scale/${asked.scale}/about`,
        questionPlace: scale.place,
        tenPlace: `scale/${asked.scale}/ten`,
        zeroPlace: `scale/${asked.scale}/zero`,
        about: scale.about ? t("About {about}", { about: scale.about }) : "",
        question: scale.title,
        // Steps and faces go from the best down, whichever way the numbers go.
        reversed: scale.direction === "down" && !numbers.querySelector(".place"),
        ten: scale.ten,
        zero: scale.zero,
        how,
        named,
        hidden: !named,
      });
    },

    /** Whether something is chosen or written and not sent. */
    isBegun: () => chosen() !== "" || reason.value.trim() !== "",

    /** Nothing of what one wrote is in the page for the next. */
    clear() {
      round = "";
      reason.value = "";
      for (const input of inputs()) input.checked = false;
    },

    /** Nothing stays in this tab of what somebody wrote for a round. @param {string} id @param {string} [holder] */
    forget(id, holder = "") {
      keepDraft(draftName(id, holder), "");
      picked.delete(draftName(id, holder));
    },
  };
}

/** @param {string} round @param {string} holder */
function draftName(round, holder) {
  return holder ? `reason.${round}.${holder}` : `reason.${round}`;
}

/** @param {string} text */
function lengthOf(text) {
  return [...text].length;
}

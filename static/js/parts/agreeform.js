/** Saying whether you agree: four answers, and your own words if you like. What becomes of the answer is the sender's. */

import { draft, keepDraft } from "../draft.js";
import { all, find, paint, setText } from "../paint.js";
import { t, tn } from "../words.js";
import { holderOf } from "./hand.js";

/** As many characters as the server takes, counted as it counts. */
const WORDS_MOST = 280;
const TELL_LEFT_FROM = 60;

/** @typedef {{poll: string, value: string, words: string, share: boolean}} Given */

/** @param {HTMLElement} form @param {(answer: Given) => Promise<void>} send */
export function agreeForm(form, send) {
  const words = /** @type {HTMLTextAreaElement} */ (find(form, "[data-own-words]"));
  const wrong = find(form, "[data-wrong]");
  const stances = /** @type {HTMLInputElement[]} */ (all(form, '[name="stance"]'));
  const shares = /** @type {HTMLInputElement[]} */ (all(form, '[name="share-words"]'));
  let poll = "";
  /** Who holds the phone it is given on, "" for whose it is. */
  let whose = "";

  words.addEventListener("input", () => {
    keepDraft(draftName(poll, whose), words.value);
    left();
  });
  form.addEventListener("change", () => say(""));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = chosen();
    const over = lengthOf(words.value) - WORDS_MOST;
    if (value === "") {
      say(t("Choose an answer first."));
      return stances[0].focus();
    }
    if (over > 0) {
      say(tn("Your words are {n} sign too long.", "Your words are {n} signs too long.", over));
      return words.focus();
    }
    give(value);
  });

  /** @param {string} value */
  async function give(value) {
    const said = words.value.trim() ? words.value : "";
    const share = said !== "" && shares.some((one) => one.checked && one.value === "yes");
    const answer = { poll, value, words: said, share };
    for (const input of stances) input.checked = false;
    await send(answer);
  }

  function chosen() {
    return stances.find((one) => one.checked)?.value ?? "";
  }

  /** @param {string} text */
  function say(text) {
    setText(wrong, text);
    wrong.hidden = !text;
  }

  function left() {
    const rest = WORDS_MOST - lengthOf(words.value);
    setText(find(form, "[data-left]"), rest < TELL_LEFT_FROM ? t("{n} left", { n: rest }) : "");
  }

  return {
    /** @param {import("../store.js").Poll} asked @param {import("../store.js").Answer | undefined} own @param {string} how how it will be shown */
    draw(asked, own, how) {
      if (asked.id !== poll || holderOf() !== whose) {
        poll = asked.id;
        whose = holderOf();
        for (const input of stances) input.checked = false;
        words.value = draft(draftName(poll, whose)) || own?.words || "";
        for (const input of shares) input.checked = input.value === (own?.share ? "yes" : "no");
        say("");
        left();
      }
      paint(form, { how, named: Boolean(asked.named), nameless: !asked.named });
    },

    /** Whether something is chosen or written and not sent. */
    isBegun: () => chosen() !== "" || words.value.trim() !== "",

    /** Nothing stays in the fields of whoever held the phone before. */
    clear() {
      poll = "";
      words.value = "";
      for (const input of stances) input.checked = false;
    },

    /** Nothing stays in this tab of what was written for a poll. @param {string} id @param {string} [holder] */
    forget(id, holder = "") {
      keepDraft(draftName(id, holder), "");
    },
  };
}

/** @param {string} poll @param {string} holder */
function draftName(poll, holder) {
  return holder ? `agree.${poll}.${holder}` : `agree.${poll}`;
}

/** @param {string} text */
function lengthOf(text) {
  return [...text].length;
}

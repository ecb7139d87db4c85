/** The number a child keeps: shown with everybody's by its button, or thrown away. What the sheet says of it; the sheet itself is scales.js. */

import { all, find, notice } from "../paint.js";
import { t } from "../words.js";
import { keptNumber } from "./rounds.js";

/** @typedef {import("../store.js").Round} Round */

/** Kept back, it says nothing, and so it is as if none had been given. */
const NONE = "rather-not";

/**
 * @param {import("../main.js").Ctx} ctx @param {HTMLElement} el the sheet
 * @param {{at: () => Round | undefined, send: (answer: import("./numberform.js").Answer) => Promise<void>,
 * look: (apart: boolean) => void}} page `look` shows the kept one apart from everybody's, or everybody's again
 */
export function keptNumbers({ board, asker, line }, el, { at, send, look }) {
  for (const button of all(el, "[data-apart]"))
    button.addEventListener("click", () => look(button.dataset.apart === "yes"));
  const throws = el.querySelector("[data-throw-number]");
  if (throws) {
    throws.addEventListener("click", () => void throwAway(at()));
    find(el, "[data-show-number]").addEventListener("click", () => void show(at()));
  }

  /** @param {Round | undefined} round */
  async function show(round) {
    const own = keptNumber(board, round);
    if (round && own)
      await send({ round: round.id, value: own.value, reason: own.reason ?? "", share: Boolean(own.share) });
  }

  /** @param {Round | undefined} round */
  async function throwAway(round) {
    if (!round) return;
    await send({ round: round.id, value: NONE, reason: "", share: false, keep: true });
    notice(t("Thrown away. Nobody saw it."));
  }

  /** Whether an answer that is on its way is to be kept, if there is one. @param {Round} round @returns {boolean | undefined} */
  function keeping(round) {
    const asked = asker.asked("rating.set").filter((ask) => ask.round === round.id);
    return asked.length ? Boolean(asked[asked.length - 1].keep) : undefined;
  }

  return {
    /** What the sheet is headed once something was chosen. @param {Round} round @param {boolean} isUnderWay */
    title(round, isUnderWay) {
      const open = line.state === "open";
      if (!isUnderWay) return keptNumber(board, round) ? t("Kept for you.") : t("Your number is in.");
      if (keeping(round)) return open ? t("Saving…") : t("No connection. It is kept here, for you.");
      return open ? t("Sending…") : t("No connection. Your number is kept here and will be sent.");
    },

    /** Whether a number is kept, or is on its way to be. @param {Round} round */
    isKept: (round) => keeping(round) ?? Boolean(keptNumber(board, round)),

    /** What is said aloud then. @param {Round} round */
    said: (round) =>
      keeping(round) || keptNumber(board, round) ? t("Kept. Only you see this.") : t("Your number is in."),

    /** Whether nothing is left of an answer once it is given. @param {{value: number | string, keep?: boolean}} answer */
    isNothing: ({ value, keep }) => Boolean(keep) && value === NONE,
  };
}

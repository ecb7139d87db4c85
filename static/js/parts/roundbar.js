/** The slim bar on the board while numbers are asked or shown, so that nothing has to come over what somebody is doing. */

import { find, paint } from "../paint.js";
import { t, tn } from "../words.js";
import { runs } from "./cards.js";
import { answeredWords } from "./numbers.js";
import { asksMe, isShown, sheetOf } from "./rounds.js";

/** @typedef {import("../store.js").Round} Round */

/**
 * @param {import("../store.js").Board} board @param {{isIn: (round: Round) => boolean, isKept: (round: Round) => boolean, may: (round: Round) => boolean, go: () => void}} does
 * whether this person's answer `isIn` or is kept by a child, whether they `may` enter one for somebody, and what `go` opens
 */
export function roundBar(board, { isIn, isKept, may, go }) {
  /** @type {HTMLElement | null} */
  const bar = document.querySelector("[data-roundbar]");
  if (bar) find(bar, "[data-roundbar-go]").addEventListener("click", go);

  /** @param {Round} round @returns {{words: string, go: string}} */
  function said(round) {
    const kept = { words: t("You kept one for you. Only you see it."), go: t("Look") };
    if (isKept(round)) return kept;
    if (isShown(round)) return { words: t("The numbers are shown."), go: t("Look") };
    const together = sheetOf(board, round).filter((one) => one.state === "open" && asksMe(board, one));
    const left = together.filter((one) => !isIn(one)).length;
    if (together.length > 1 && left > 0)
      return {
        words: tn("{n} number is still to choose.", "{n} numbers are still to choose.", left),
        go: t("Choose mine"),
      };
    if (together.some(isKept)) return kept;
    if (together.length > 1) return { words: t("All your numbers are in."), go: t("Look") };
    const count = answeredWords(round);
    if (!asksMe(board, round)) {
      const words = t("Others are choosing a number. You can read the board.");
      return { words, go: may(round) ? t("A number for somebody") : "" };
    }
    if (isIn(round)) return { words: t("Your number is in. {count}.", { count }), go: t("Look") };
    return { words: t("{name} asks everyone for a number.", { name: runs(board) }), go: t("Choose mine") };
  }

  return {
    /** What it says of a round. @param {Round} round */
    words: (round) => said(round).words,

    /** @param {Round | undefined} round */
    draw(round) {
      if (!bar) return;
      bar.hidden = !round;
      if (round) paint(bar, said(round));
    },
  };
}

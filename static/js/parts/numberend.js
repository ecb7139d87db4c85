/** What becomes of numbers that were asked for here: shown before one was sent, thrown away, or left where they were when the meeting ended. */

import { notice } from "../paint.js";
import { t } from "../words.js";
import { runs } from "./cards.js";

/** @typedef {import("../store.js").Round} Round */

/**
 * @param {import("../store.js").Board} board @param {{form: {isBegun: () => boolean, forget: (id: string, holder?: string) => void},
 * over: import("../sheet.js").Sheet, pane: () => string | undefined, at: () => string}} page `at`: the round that is in front
 */
export function endings(board, { form, over, pane, at }) {
  /** The open rounds this page knows of, and whether each was answered here. @type {Map<string, boolean>} */
  const open = new Map();
  /** What was told last, and whether the meeting is over. @type {HTMLElement | undefined} */
  let told;
  let ended = false;
  /** Who runs the meeting: once it has ended, nobody is told any more. */
  let chair = "";

  /** @param {string} words */
  function tell(words) {
    told?.remove();
    told = notice(words);
  }

  /** @param {Round} round @param {boolean} answered */
  function stopped(round, answered) {
    const name = runs(board);
    const inFront = at() === round.id;
    if (round.state === "cancelled") {
      if (inFront) over.close();
      tell(
        answered
          ? t("{name} stopped this one. Your number has been thrown away. Nobody saw it.", { name })
          : t("{name} stopped this one. Nobody saw any number.", { name }),
      );
    } else if (inFront && !over.el.hidden && pane() === "ask") {
      tell(t("The numbers are shown now. Yours was not sent."));
    }
    form.forget(round.id);
    for (const one of board.person.values()) if (one.on_phone_of) form.forget(round.id, one.id);
  }

  function lastWords() {
    const asking = pane() === "ask";
    const words = [t("{name} has ended the meeting before the numbers were shown.", { name: chair })];
    if (!asking) words.push(t("Nobody else has seen yours."));
    else if (open.get(at())) words.push(t("Your change was not sent."));
    else words.push(t("Yours was not sent."));
    if (asking && form.isBegun())
      words.push(t("What you had begun stays here, in case the meeting goes on."));
    return words.join(" ");
  }

  return {
    /** An open round that is asked here. @param {Round} round @param {boolean} answered */
    keep(round, answered) {
      // What was said of an earlier round must not lie over the answers to this one.
      if (!open.has(round.id)) told?.remove();
      open.set(round.id, answered);
      chair = runs(board);
    },

    /** Say what became of those that are open no more. @returns {boolean} whether one of them was in front */
    look() {
      // Once the meeting has ended no round is told: what becomes of it, `lasts` says.
      if (board.meeting?.state === "closed") return false;
      const gone = [...open.keys()].filter((id) => board.round.get(id)?.state !== "open");
      const front = gone.includes(at());
      for (const id of gone) {
        const round = board.round.get(id);
        if (round) stopped(round, open.get(id) === true);
        open.delete(id);
      }
      return front;
    },

    /** The end of the meeting takes away the sheet, and says what became of the number. */
    lasts() {
      const closed = board.meeting?.state === "closed";
      if (closed === ended) return;
      ended = closed;
      if (!closed) told?.remove();
      else if (over.isOpen && open.has(at())) {
        const words = lastWords();
        over.close();
        tell(words);
      }
    },
  };
}

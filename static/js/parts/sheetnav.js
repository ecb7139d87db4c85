/** Several numbers on one sheet: which of them this is, and the way back to another. It asks for nothing. */

import { keyed, paint, setAttr } from "../paint.js";
import { t } from "../words.js";
import { roundTitle, sheetOf } from "./rounds.js";

/** @typedef {import("../store.js").Round} Round */

/**
 * @param {import("../store.js").Board} board @param {HTMLElement} el @param {(round: Round) => boolean} isIn whether this person's answer is in
 * @param {(id: string) => void} go turns to a round
 */
export function sheetNav(board, el, isIn, go) {
  const desk = document.body.dataset.lens === "facilitator";
  el.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest("[data-key]") : null;
    const id = /** @type {HTMLElement | null} */ (pressed)?.dataset.key;
    if (id) go(id);
  });

  return {
    /** @param {Round} now the one that is shown */
    draw(now) {
      const rounds = sheetOf(board, now);
      el.hidden = rounds.length < 2;
      if (el.hidden) return;
      keyed(
        el,
        rounds.map((one) => one.id),
        make,
        (button, id) => {
          const round = /** @type {Round} */ (board.round.get(id));
          const at = t("{n} of {of}", { n: rounds.indexOf(round) + 1, of: rounds.length });
          const state = stateWords(round);
          paint(button, { at, title: roundTitle(board, round), state });
          setAttr(button, "aria-current", round.id === now.id ? "true" : null);
          const away = round.state !== "open" && round.id !== now.id && !desk;
          /** @type {HTMLButtonElement} */ (button).disabled = away;
        },
      );
    },
  };

  /** @param {Round} round */
  function stateWords(round) {
    if (round.state !== "open") return t("shown");
    return isIn(round) ? t("is in") : "";
  }
}

function make() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sheetnav__one";
  for (const name of ["at", "title", "state"]) {
    const span = document.createElement("span");
    span.dataset.text = name;
    span.className = `sheetnav__${name}`;
    if (name === "title") span.dir = "auto";
    button.append(span);
  }
  return button;
}

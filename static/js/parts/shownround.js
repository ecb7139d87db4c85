/** After a reveal, in the drawer: the line, a question for the wall, and every round there was, to be looked at or shown large again. */

import { find, keyed, paint, stamp } from "../paint.js";
import { t } from "../words.js";
import { drawLine } from "./numberline.js";
import { gaveWords, sentWords } from "./numbers.js";
import { askedAbout } from "./questions.js";
import { numbersHere, past, roundTitle } from "./rounds.js";

/** @typedef {import("../store.js").Round} Round @typedef {import("./numbers.js").Numbers} Numbers @typedef {import("./questions.js").Question} Question */

/** So that a whole line is seen at once over the columns. */
const LINE_HIGH = 400;

/** @param {import("./desk.js").Desk} desk @param {HTMLElement} el @param {() => void} again */
export function shownRound({ board, press, redraw }, el, again) {
  const list = find(el, "[data-drawer-questions]");
  const rounds = find(el, "[data-rounds]");
  const number = /** @type {HTMLSelectElement} */ (find(el, "[data-about-number]"));
  /** The round that is looked at; "" is the newest. */
  let looked = "";
  let newest = "";

  find(el, "[data-ask-again]").addEventListener("click", again);
  find(el, "[data-close-round]").addEventListener("click", () =>
    press(
      { ask: "round.close", round: shown()?.id },
      { said: t("Taken off the wall. The numbers are kept.") },
    ),
  );
  find(el, "[data-show-round]").addEventListener("click", () => {
    const round = shown();
    if (!round) return;
    const before = board.meeting?.about ?? null;
    const about = isLarge(round) ? null : { kind: "round", id: round.id };
    press(
      { ask: "about.show", about },
      {
        said: about ? t("Shown large.") : t("Not shown large any more."),
        back: [{ ask: "about.show", about: before }],
      },
    );
  });
  number.addEventListener("change", () => {
    const round = shown();
    if (round?.question) ask(round, round.question);
    redraw();
  });
  list.addEventListener("click", (event) => {
    const id = keyOf(event);
    const round = shown();
    if (id && round) ask(round, round.question === id ? "" : id);
  });
  rounds.addEventListener("click", (event) => {
    looked = keyOf(event) || looked;
    redraw();
  });

  /** @param {Round} round @param {string} question */
  function ask(round, question) {
    const value = question && number.value !== "" ? Number(number.value) : null;
    const fits = !question || askedAbout(questions(), value).some((one) => one.id === question);
    press({
      ask: "round.question",
      round: round.id,
      question: fits ? question : "",
      value: fits ? value : null,
    });
  }

  function shown() {
    const all = past(board);
    return all.find((one) => one.id === looked) ?? all[all.length - 1];
  }

  /** @param {Round} round */
  function isLarge(round) {
    const about = board.meeting?.about;
    return about?.kind === "round" && about.id === round.id;
  }

  /** @returns {Question[]} */
  function questions() {
    return board.meeting?.template.questions ?? [];
  }

  /** The numbers that can be asked about: those on the line. @param {Round} round @param {Numbers} numbers */
  function offerNumbers(round, numbers) {
    const values = [...new Set(numbers.marks.map((mark) => mark.value))];
    const offered = [...number.options].slice(1).map((one) => Number(one.value));
    if (String(values) === String(offered)) return;
    const kept = round.value === null || round.value === undefined ? number.value : String(round.value);
    number.replaceChildren(number.options[0], ...values.map((n) => new Option(String(n), String(n))));
    number.value = values.some((n) => String(n) === kept) ? kept : String(values[0] ?? "");
  }

  /** @param {Round} round */
  function drawQuestions(round) {
    const value = number.value === "" ? null : Number(number.value);
    const offered = new Map(askedAbout(questions(), value).map((one) => [one.id, one]));
    keyed(
      list,
      offered.keys(),
      () => stamp("drawer-question"),
      (button, id) => paint(button, { text: offered.get(id)?.text, asked: String(round.question === id) }),
    );
  }

  function drawRounds() {
    const all = past(board);
    const now = shown()?.id;
    const named = new Map(all.map((one, place) => [one.id, nameOf(one, place, all)]));
    keyed(
      rounds,
      named.keys(),
      () => stamp("drawer-round"),
      (button, id) => paint(button, { name: named.get(id), looked: String(id === now) }),
    );
  }

  /** Rounds on one scale have numbers, those on several the names of what they are about. @param {Round} round @param {number} place @param {Round[]} all */
  function nameOf(round, place, all) {
    const several = all.some((one) => one.scale !== round.scale || one.child !== round.child);
    const about = roundTitle(board, round);
    return several ? t("{n} {name}", { n: place + 1, name: about }) : t("Round {n}", { n: place + 1 });
  }

  return {
    /** @param {Round | undefined} round the round everyone is about */
    draw(round) {
      if (round && round.id !== newest) {
        newest = round.id;
        looked = round.sheet ? round.id : "";
      }
      const one = shown();
      const scale = board.scale.get(one?.scale ?? "");
      if (!one || !scale) return;
      const numbers = numbersHere(board, one);
      drawLine(find(el, "[data-drawer-line]"), {
        scale,
        round: one,
        numbers,
        upright: true,
        high: LINE_HIGH,
      });
      offerNumbers(one, numbers);
      drawQuestions(one);
      drawRounds();
      paint(el, {
        question: roundTitle(board, one),
        gave: gaveWords(numbers),
        sent: sentWords(numbers),
        large: String(isLarge(one)),
        shown: one.state === "shown",
        asking: one.state === "shown",
        rounds: past(board).length > 1,
      });
    },
  };
}

/** @param {Event} event */
function keyOf(event) {
  const found = event.target instanceof Element ? event.target.closest("[data-key]") : null;
  return /** @type {HTMLElement | null} */ (found)?.dataset.key ?? "";
}

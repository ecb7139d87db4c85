/** A round on the wall: the empty line with the count, the numbers once they are shown, and a question with what is written under it. */

import { find, keyed, paint, stamp } from "../paint.js";
import { drawLine } from "./numberline.js";
import { gaveWords, offWords, sentWords } from "./numbers.js";
import { askedAbout } from "./questions.js";
import { numbersHere, roundTitle, titlePlace } from "./rounds.js";
import { beside } from "./second.js";
import { paintCard } from "./wallwords.js";

/** @typedef {import("../store.js").Board} Board @typedef {import("../store.js").Round} Round */

/** So many cards stand in the strip under the question, the newest first. */
const STRIP_MOST = 3;
/** A title longer than this is drawn a little smaller, in two lines. */
const TITLE_LONG = 48;
/** Characters that share the strip: more of them would be cut. */
const STRIP_CHARACTERS = 130;

export class RoundScene {
  #root;
  #ask;
  /** The question that is asked, and the cards there were before it. */
  #asked = { key: "", known: /** @type {Set<string>} */ (new Set()) };

  /** @param {HTMLElement} root the scene */
  constructor(root) {
    this.#root = root;
    this.#ask = find(root, "[data-ask]");
  }

  /** @param {Board} board @param {Round} round */
  draw(board, round) {
    const scale = board.scale.get(round.scale);
    if (!scale) return;
    const numbers = numbersHere(board, round);
    const open = round.state === "open";
    paint(this.#root, {
      title: roundTitle(board, round),
      titlePlace: titlePlace(board, round),
      gave: open ? "" : gaveWords(numbers),
      off: open ? "" : [offWords(numbers), sentWords(numbers)].filter(Boolean).join(" · "),
    });
    find(this.#root, "[data-text=title]").dataset.long =
      roundTitle(board, round).length > TITLE_LONG ? "yes" : "no";
    this.#question(board, round);
    beside(find(this.#root, "header"), board);
    drawLine(find(this.#root, "[data-line]"), { scale, round, numbers });
  }

  /** @param {Board} board @param {Round} round */
  #question(board, round) {
    const questions = askedAbout(board.meeting?.template.questions ?? [], round.value);
    const question = questions.find((one) => one.id === round.question);
    const key = question ? `${round.id} ${round.question} ${round.value}` : "";
    if (key !== this.#asked.key) this.#asked = { key, known: new Set(board.card.keys()) };
    this.#ask.hidden = !question;
    if (!question) return;
    const questionPlace = `question/${question.id}/text/${round.value ?? ""}`;
    paint(this.#ask, { question: question.text, questionPlace });
    beside(this.#ask, board);
    const cards = board
      .cards(/** @type {import("../store.js").Column} */ (question.column))
      .filter((card) => !this.#asked.known.has(card.id));
    const shown = newest(cards);
    keyed(
      find(this.#ask, "[data-strip]"),
      shown.map((card) => card.id),
      () => stamp("wallcard"),
      (el, id) => {
        const card = board.card.get(id);
        if (card) paintCard(el, card, board);
      },
    );
  }
}

/** The newest cards, as many as find room side by side. @param {import("../store.js").Card[]} cards */
function newest(cards) {
  let room = STRIP_CHARACTERS;
  return [...cards]
    .reverse()
    .slice(0, STRIP_MOST)
    .filter((card, place) => {
      room -= card.text.length;
      return place === 0 || room >= 0;
    });
}

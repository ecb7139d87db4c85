/** The next steps on the wall, and under them what was decided: a page at a time, turned by itself or from the desk. */

import { all, find, keyed, paint, setText, stamp } from "../paint.js";
import { t } from "../words.js";
import { writer } from "./cardfields.js";
import { decisionsOf, dissentsOf } from "./decisions.js";
import { beside } from "./second.js";
import { inOrder, ownerName, stepFields, takers } from "./stepwords.js";
import { Pages } from "./wallpages.js";
import { Turner } from "./wallturn.js";

/** @typedef {import("../store.js").Board} Board */

const SHOWS = ["step", "owner", "decision", "dissent", "person", "meeting", "translation"];

export class StepsScene {
  #root;
  #list;
  #pages;
  #turner;
  #drawn = false;

  /** @param {HTMLElement} root the scene */
  constructor(root) {
    this.#root = root;
    this.#list = find(root, "[data-wall-steps]");
    this.#pages = new Pages(find(root, ".pages"), this.#list, find(root, "[data-more]"));
    this.#turner = new Turner(() => [this.#pages]);
  }

  /** @param {Board} board @param {import("./wallscene.js").Scene} scene @param {import("../store.js").Touched} change */
  draw(board, scene, { touched, all: everything }) {
    setText(find(this.#root, "[data-phase]"), scene.phase.title);
    if (everything || SHOWS.some((kind) => touched.has(kind))) this.#lay(board);
    this.#pages.settle();
    this.#turner.rest(scene.name !== "steps" || Boolean(board.meeting?.wall?.hold));
  }

  /** The facilitator turns. @param {number} by */
  turn(by) {
    this.#turner.turn(by);
  }

  /** @param {Board} board */
  #lay(board) {
    const steps = inOrder(board).map((one) => one.id);
    const decisions = decisionsOf(board).map((one) => one.id);
    const fresh = keyed(
      this.#list,
      [...steps, ...decisions],
      (id) => stamp(board.step.has(id) ? "wallstep" : "walldecision"),
      (el, id) => (board.step.has(id) ? this.#step(el, id, board) : this.#decision(el, id, board)),
    );
    find(this.#root, "[data-empty]").hidden = steps.length + decisions.length > 0;
    this.#pages.settle();
    const last = all(this.#list, ":scope > [data-key]").findLast((el) =>
      fresh.includes(el.dataset.key ?? ""),
    );
    if (this.#drawn && last && !this.#turner.byHand) {
      this.#pages.show(last);
      this.#turner.added();
    }
    this.#drawn = true;
  }

  /** @param {HTMLElement} el @param {string} id @param {Board} board */
  #step(el, id, board) {
    const step = board.step.get(id);
    if (!step) return;
    const who = takers(board, id).map((one) => {
      const name = ownerName(board, one);
      return one.words ? t("{name}, but: {words}", { name, words: one.words }) : name;
    });
    paint(el, { ...stepFields(step, board), who: who.join(" · ") || t("still open") });
    beside(el, board);
  }

  /** @param {HTMLElement} el @param {string} id @param {Board} board */
  #decision(el, id, board) {
    const decision = board.decision.get(id);
    if (!decision) return;
    const { what, reasons = "", whom = "", next = "" } = decision;
    paint(el, { what, reasons, whom, next });
    const others = dissentsOf(board, id);
    keyed(
      find(el, "[data-dissents]"),
      others.map((one) => one.id),
      () => stamp("walldissent"),
      (row, which) => {
        const one = others.find((said) => said.id === which);
        if (one) paint(row, { text: one.text, who: writer(/** @type {any} */ (one), board) });
      },
    );
  }
}

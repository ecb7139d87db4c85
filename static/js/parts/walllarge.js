/** One card that fills the wall, as large as its words allow. What does not fit on one page is turned by hand, never by itself. */

import { all, find, keyed, setAttr, stamp } from "../paint.js";
import { Pages } from "./wallpages.js";
import { paintCard } from "./wallwords.js";

/** @typedef {import("../store.js").Board} Board @typedef {import("../store.js").Card} Card */

/** From the largest letters to those of an ordinary card. */
const FITS = ["1", "2", "3", "4"];

export class Large {
  #root;
  #list;
  #pages;
  #shown = "";

  /** @param {HTMLElement} root the scene */
  constructor(root) {
    this.#root = root;
    this.#list = find(root, "[data-large]");
    const box = find(root, ".pages");
    this.#pages = new Pages(box, this.#list, find(root, "[data-more]"));
    new ResizeObserver(() => this.#fit()).observe(root);
  }

  /** @param {Board} board @param {Card} card */
  draw(board, card) {
    keyed(
      this.#list,
      [card.id],
      () => stamp("wallcard"),
      (el) => paintCard(el, card, board),
    );
    for (const el of all(this.#root, "[data-of]")) el.hidden = el.dataset.of !== card.column;
    this.#fit();
    if (card.id !== this.#shown) this.#pages.restart();
    this.#shown = card.id;
  }

  /** Let go of the words: what was set aside must not stay behind in the page. */
  clear() {
    if (!this.#shown) return;
    this.#shown = "";
    this.#list.replaceChildren();
  }

  /** @param {number} by */
  turn(by) {
    this.#pages.turn(by);
  }

  #fit() {
    setAttr(this.#root, "data-whole", null);
    for (const fit of FITS) {
      setAttr(this.#root, "data-fit", fit);
      if (this.#pages.count === 1) break;
    }
    setAttr(this.#root, "data-whole", this.#pages.count === 1);
    this.#pages.settle();
  }
}

/** What is still open, on the wall: what we don't know yet beside thoughts for next time, in pages where they are many. */

import { all, find, keyed, paint, setText, stamp } from "../paint.js";
import { writer } from "./cardfields.js";
import { thoughts, unknowns } from "./leftopen.js";
import { whoFinds } from "./unknownwords.js";
import { Pages } from "./wallpages.js";
import { Turner } from "./wallturn.js";

/** @typedef {import("../store.js").Board} Board @typedef {import("./wallscene.js").Scene} Scene */

export class Later {
  #root;
  /** @type {Map<string, {el: HTMLElement, list: HTMLElement, pages: Pages}>} */
  #lanes = new Map();
  #turner = new Turner(() => [...this.#lanes.values()].map(({ pages }) => pages));

  /** @param {HTMLElement} root the scene */
  constructor(root) {
    this.#root = root;
    for (const el of all(root, "[data-later-lane]")) {
      const list = find(el, "[data-later-list]");
      const pages = new Pages(find(el, ".pages"), list, find(el, "[data-more]"));
      this.#lanes.set(el.dataset.laterLane ?? "", { el, list, pages });
    }
  }

  /** @param {Board} board @param {Scene} scene */
  draw(board, scene) {
    this.#turner.rest(scene.name !== "later" || Boolean(board.meeting?.wall?.hold));
    // What was taken off the board must not stay behind in the page.
    setText(find(this.#root, "[data-phase]"), scene.phase.title);
    this.#list(
      "unknowns",
      unknowns(board).map((card) => ({ ...card, about: whoFinds(card.unknown ?? {}) })),
    );
    this.#list(
      "thoughts",
      thoughts(board).map((one) => ({ ...one, about: writer(/** @type {any} */ (one), board) })),
    );
  }

  /** The facilitator turns. @param {number} by */
  turn(by) {
    this.#turner.turn(by);
  }

  /** @param {string} name @param {{id: string, text: string, column: string, about: string}[]} these */
  #list(name, these) {
    const { el, list, pages } = /** @type {{el: HTMLElement, list: HTMLElement, pages: Pages}} */ (
      this.#lanes.get(name)
    );
    const known = new Map(these.map((one) => [one.id, one]));
    el.hidden = these.length === 0;
    keyed(
      list,
      known.keys(),
      () => stamp("walllater-one"),
      (item, id) => {
        const { text, about, column } = /** @type {typeof these[number]} */ (known.get(id));
        paint(item, { text, about, column });
      },
    );
    pages.settle();
  }
}

/** The three columns on the wall: side by side, until the one the meeting is at needs more room than that; what was just added is in sight. */

import { all, find, keyed, setAttr, setText, stamp } from "../paint.js";
import { Pages } from "./wallpages.js";
import { Turner } from "./wallturn.js";
import { paintCard } from "./wallwords.js";

/** @typedef {import("../store.js").Board} Board @typedef {import("../store.js").Column} Column @typedef {import("./wallscene.js").Scene} Scene */

export class Columns {
  #root;
  #lanes;
  /** @type {Map<Column, {el: HTMLElement, list: HTMLElement, empty: HTMLElement, pages: Pages}>} */
  #columns = new Map();
  #turner = new Turner(() => this.#turning());
  #phase = "";
  #drawn = false;

  /** @param {HTMLElement} root the scene */
  constructor(root) {
    this.#root = root;
    this.#lanes = find(root, "[data-lanes]");
    for (const el of all(root, ".lane")) {
      const list = find(el, "[data-cards]");
      const pages = new Pages(find(el, ".pages"), list, find(el, "[data-more]"));
      const column = /** @type {Column} */ (el.dataset.column);
      this.#columns.set(column, { el, list, empty: find(el, "[data-empty]"), pages });
    }
  }

  /** @param {Board} board @param {Scene} scene @param {import("../store.js").Touched} change */
  draw(board, scene, { touched, all: everything }) {
    const { wall } = /** @type {import("../store.js").Meeting} */ (board.meeting);
    setText(find(this.#root, "[data-phase]"), scene.phase.title);
    find(this.#root, "[data-join]").hidden = !wall?.code;
    const every = everything || touched.has("person") || touched.has("translation");
    if (every || touched.has("card")) this.#cards(board, every ? null : (touched.get("card") ?? new Set()));
    if (scene.phase.id !== this.#phase) this.#goTo(scene);
    this.#widen(scene);
    // Held, it does not turn by itself; behind another scene it would turn unseen.
    this.#turner.rest(scene.name !== "columns" || Boolean(wall?.hold));
  }

  /** The facilitator turns. @param {number} by */
  turn(by) {
    this.#turner.turn(by);
  }

  /** @param {Board} board @param {Set<string> | null} touched the cards that changed, or null for all */
  #cards(board, touched) {
    const update = (/** @type {HTMLElement} */ el, /** @type {string} */ id) => {
      const card = board.card.get(id);
      if (card && (!touched || touched.has(id))) paintCard(el, card, board);
    };
    for (const [column, { list, empty, pages }] of this.#columns) {
      const cards = board.cards(column);
      const make = () => stamp("wallcard");
      const fresh = keyed(
        list,
        cards.map((card) => card.id),
        make,
        update,
      );
      empty.hidden = cards.length > 0;
      pages.settle();
      if (fresh.length && this.#drawn) this.#added(list, fresh, pages);
    }
    this.#drawn = true;
  }

  /** @param {HTMLElement} list @param {string[]} fresh @param {Pages} pages */
  #added(list, fresh, pages) {
    const added = all(list, ":scope > [data-key]").filter((el) => fresh.includes(el.dataset.key ?? ""));
    for (const el of added) el.classList.add("wallcard--new");
    const last = added.at(-1);
    if (last && !(this.#turner.byHand && this.#turning().includes(pages))) pages.show(last);
    this.#turner.added();
  }

  /** @param {Scene} scene */
  #goTo({ phase }) {
    this.#phase = phase.id;
    setAttr(this.#lanes, "data-kind", phase.kind);
    setAttr(this.#lanes, "data-at", phase.column || null);
    setAttr(this.#lanes, "data-wide", null);
    for (const [column, { el }] of this.#columns)
      setAttr(el, "data-large", column === phase.column ? "yes" : null);
    this.#turner.restart();
  }

  /** Give the column the meeting is at more room once its cards ask for it, and no less until the meeting moves on: nothing swings back and forth. */
  /** @param {Scene} scene */
  #widen({ phase }) {
    const now = this.#columns.get(/** @type {Column} */ (phase.column));
    if (!now || this.#lanes.dataset.wide || now.pages.count < 2) return;
    setAttr(this.#lanes, "data-wide", phase.column);
    for (const { pages } of this.#columns.values()) pages.settle();
  }

  /** All columns turn; by hand only the wide one, where there is one. */
  #turning() {
    const wide = this.#columns.get(/** @type {Column} */ (this.#lanes.dataset.wide));
    return wide && this.#turner?.byHand
      ? [wide.pages]
      : [...this.#columns.values()].map(({ pages }) => pages);
  }
}

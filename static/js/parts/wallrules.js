/** The ground rules on the wall, large, and whether they were agreed; turned by hand where there are many. */

import { all, find, keyed, paint, setText } from "../paint.js";
import { Pages } from "./wallpages.js";

export class Rules {
  #root;
  #list;
  #pages;

  /** @param {HTMLElement} root the scene */
  constructor(root) {
    this.#root = root;
    this.#list = find(root, "[data-rules-list]");
    this.#pages = new Pages(find(root, ".pages"), this.#list, find(root, "[data-more]"));
  }

  /** @param {import("../store.js").Board} board */
  draw({ meeting }) {
    const rules = meeting?.template.ground_rules ?? [];
    const ids = rules.map((/** @type {string} */ _one, /** @type {number} */ at) => String(at));
    keyed(this.#list, ids, () => document.createElement("li"));
    for (const [at, el] of all(this.#list, ":scope > li").entries()) {
      el.dir = "auto";
      setText(el, rules[at]);
    }
    paint(this.#root, { agreed: Boolean(meeting?.rules_agreed) });
    this.#pages.settle();
  }

  /** The facilitator turns. @param {number} by */
  turn(by) {
    this.#pages.turn(by);
  }
}

/** One worry and its goal on the wall, side by side, with the views that differ under the worry at the same size. */

import { all, find, keyed, paint, setAttr, stamp } from "../paint.js";
import { beside } from "./second.js";
import { drawSetLine } from "./setline.js";
import { drawReads, setLookedAt, titleOf, viewsOf } from "./setwords.js";
import { Pages } from "./wallpages.js";

export class Sets {
  #root;
  /** @type {Pages[]} */
  #pages = [];
  #shown = "";

  /** @param {HTMLElement} root the scene */
  constructor(root) {
    this.#root = root;
    for (const flow of all(root, "[data-wallset-flow]")) {
      const side = /** @type {HTMLElement} */ (flow.closest("section"));
      this.#pages.push(new Pages(find(side, ".pages"), flow, find(side, "[data-more]")));
    }
  }

  /** @param {import("../store.js").Board} board @param {import("./wallscene.js").Scene} scene */
  draw(board, scene) {
    const set = setLookedAt(board);
    const box = find(this.#root, "[data-wallset]");
    box.hidden = !set;
    // What was taken off the board must not stay behind in the page.
    const views = new Map(set ? viewsOf(board, set.id).map((one) => [one.id, one]) : []);
    for (const side of /** @type {const} */ (["worry", "goal"]))
      drawReads(find(this.#root, `[data-reads="${side}"]`), set?.reads[side] ?? []);
    paint(this.#root, {
      setTitle: set ? titleOf(set) : scene.phase.title,
      setFamily: set?.texts?.family ?? "",
      setDiffers: views.size > 0,
      namePlace: set?.texts?.name ? `set/${set.id}/name` : "",
      worryPlace: `set/${set?.id}/worry`,
      goalPlace: `set/${set?.id}/goal`,
      familyPlace: `set/${set?.id}/family`,
    });
    keyed(
      find(this.#root, "[data-wallset-differs]"),
      views.keys(),
      () => stamp("wallset-differ"),
      (item, id) => {
        const { text, name, answer } = /** @type {import("./setwords.js").View} */ (views.get(id));
        paint(item, { text, by: name, place: answer ? `answer/${id}/words` : `differ/${id}/text` });
      },
    );
    beside(this.#root, board);
    for (const name of ["data-setline", "data-setagree"])
      setAttr(find(this.#root, `[${name}]`), name, set?.id ?? "");
    drawSetLine(find(this.#root, "[data-setline]"), board, set);
    if (this.#shown !== set?.id) for (const pages of this.#pages) pages.restart();
    else for (const pages of this.#pages) pages.settle();
    this.#shown = set?.id ?? "";
  }

  /** The facilitator turns. @param {number} by */
  turn(by) {
    for (const pages of this.#pages) pages.turn(by);
  }
}

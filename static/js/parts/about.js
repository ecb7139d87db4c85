/** "We are talking about this": the card or question the room looks at, on top of every board. Showing it is the desk's. */

import { find, paint } from "../paint.js";
import { writer } from "./cardfields.js";

/** @param {import("../main.js").Ctx} ctx */
export function about({ board, root }) {
  const strip = find(root, "[data-about]");
  board.addEventListener("change", draw);
  draw();

  function draw() {
    const what = board.meeting?.about;
    const said = what?.kind === "card" ? card(what.id) : what ? round(what.id) : null;
    strip.hidden = said === null;
    // Hidden words are no words: this page may have lost the right to hold them.
    paint(strip, said ?? { words: "", who: "" });
  }

  /** @param {string} id */
  function card(id) {
    const card = board.card.get(id);
    return card ? { words: card.text, who: writer(card, board) } : null;
  }

  /** @param {string} id */
  function round(id) {
    const scale = board.scale.get(board.round.get(id)?.scale ?? "");
    return scale ? { words: scale.title, who: scale.about ?? "" } : null;
  }
}

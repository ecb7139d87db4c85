/** What the wall says with a card: its words, whose they are, and how a child's words came here. */

import { paint } from "../paint.js";
import { isChilds } from "../store.js";
import { origin, writer } from "./cardfields.js";
import { beside } from "./second.js";
import { unknownWords } from "./unknownwords.js";

/**
 * Paint a card of the wall, its second texts with it: pages are counted right after.
 * @param {HTMLElement} el @param {import("../store.js").Card} card @param {import("../store.js").Board} board
 */
export function paintCard(el, card, board) {
  paint(el, cardFields(card, board));
  beside(el, board);
}

/** The hooks of `parts/wallcard.html`. @param {import("../store.js").Card} card @param {import("../store.js").Board} board */
function cardFields(card, board) {
  return {
    text: card.text,
    column: card.column,
    unknown: unknownWords(card.unknown).replaceAll(" · ", "\u00a0· "),
    open: card.unknown ? "yes" : null,
    voiced: isChilds(card) ? "yes" : null,
    who: card.voice ? "" : writer(card, board),
    unconfirmed: Boolean(card.typed && !card.confirmed),
    // No line begins with the dot between two words.
    from: origin(card).replaceAll(" · ", "\u00a0· "),
  };
}

/** A text in words that can be pressed, and what stands between them. It draws nothing. */

/** As long as the server takes a word. */
const WORD_MOST = 40;

/**
 * The pieces of a text in their order; put together again they are the text.
 * @param {string} text @returns {{piece: string, word: boolean}[]}
 */
export function piecesOf(text) {
  return text
    .split(/((?:[\p{L}\p{N}\p{M}'’-]|\u200c|\u200d)+)/u)
    .filter(Boolean)
    .map((piece) => ({ piece, word: /[\p{L}\p{N}]/u.test(piece) && [...piece].length <= WORD_MOST }));
}

/**
 * What people wrote there, one line a part: never the words of the template around it, which nobody here can change.
 * @param {import("../store.js").Board} board @param {{kind: string, id: string}} on @returns {string[]}
 */
export function linesOf(board, { kind, id }) {
  if (kind === "card") return [board.card.get(id)?.text ?? ""].filter(Boolean);
  if (kind === "step") {
    const { what, when, know, otherwise } = board.step.get(id) ?? {};
    return /** @type {string[]} */ ([what, when, know, otherwise].filter(Boolean));
  }
  const texts = board.set.get(id)?.texts ?? {};
  return /** @type {string[]} */ (
    ORDER.concat(
      Object.keys(texts)
        .filter((one) => one.startsWith("like:"))
        .sort(),
      GOAL,
    )
      .map((part) => texts[part])
      .filter(Boolean)
  );
}

/** The parts of a worry as they are read, and of its goal. Names of people are left out. */
const ORDER = ["name", "honour", "happened", "could"];
const GOAL = ["doing", "notice", "long", "family"];

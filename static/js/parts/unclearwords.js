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

/** How wide words are drawn and where their lines end, without drawing them. It knows no page but the font it is asked for. */

/** @typedef {(text: string) => number} Measure how wide words are, in px where 1rem is 16 */

/** @type {CanvasRenderingContext2D | null} */
let pen = null;

/**
 * A measure of words in the font of an element.
 * @param {Element} el @returns {Measure}
 */
export function measured(el) {
  const style = getComputedStyle(el);
  pen ??= document.createElement("canvas").getContext("2d");
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  /** @type {Map<string, number>} */
  const known = new Map();
  return (text) => {
    if (!pen) return text.length * Number.parseFloat(style.fontSize);
    let wide = known.get(text);
    if (wide === undefined) {
      pen.font = font;
      wide = Math.ceil(pen.measureText(text).width / rem) + 1;
      known.set(text, wide);
    }
    return wide;
  };
}

/** The lines words take in a box so wide; a word that is wider has a line to itself. @param {string} text @param {number} wide @param {Measure} measure */
export function linesIn(text, wide, measure) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/\s+/u)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && measure(`${last} ${word}`) <= wide) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The least width at which words take two lines or one. @param {string} text @param {Measure} measure */
export function twoLinesWide(text, measure) {
  const words = text.trim().split(/\s+/u);
  const halves = words.map((_, place) => [words.slice(0, place), words.slice(place)]);
  return Math.min(...halves.map((half) => Math.max(...half.map((part) => measure(part.join(" "))))));
}

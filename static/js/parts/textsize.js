/** How wide words are drawn, without drawing them. It knows no page but the font it is asked for. */

/** @type {CanvasRenderingContext2D | null} */
let pen = null;

/**
 * A measure of words in the font of an element, in px where 1rem is 16.
 * @param {Element} el @returns {(text: string) => number}
 */
export function measured(el) {
  const style = getComputedStyle(el);
  pen ??= document.createElement("canvas").getContext("2d");
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  return (text) => {
    if (!pen) return text.length * Number.parseFloat(style.fontSize);
    pen.font = font;
    return Math.ceil(pen.measureText(text).width / rem) + 1;
  };
}

/** The numbers last given on a worry's own scale, as a low strip under it: 0 at the worry's side, 10 at the goal's. Nobody is named in it. */

import { setText } from "../paint.js";
import { t } from "../words.js";
import { make } from "./lineframe.js";
import { isEnough, rangeWords } from "./numbers.js";
import { isShown, numbersHere, since } from "./rounds.js";

/** @typedef {import("../store.js").Board} Board @typedef {import("../store.js").Round} Round */

/** So many marks find room over one number: two rows. */
const MOST = 6;

/** @param {HTMLElement} host @param {Board} board @param {import("./setwords.js").Set_ | undefined} set */
export function drawSetLine(host, board, set) {
  const round = set && lastOf(board, set.scale);
  const numbers = round && numbersHere(board, round);
  host.hidden = !numbers || !isEnough(numbers);
  if (!numbers || host.hidden) return host.replaceChildren();
  const marks = numbers.marks.map(({ value, shape }) => `${value} ${shape}`);
  const known = JSON.stringify([round.id, marks, rangeWords(numbers)]);
  if (host.dataset.known === known && host.childElementCount) return;
  host.dataset.known = known;
  const strip = make("div", "setline__strip");
  strip.setAttribute("aria-hidden", "true");
  strip.append(...Array.from({ length: 11 }, (_, n) => column(n, numbers)));
  const said = make("p", "setline__said");
  setText(said, t("Numbers: {range}", { range: rangeWords(numbers) }));
  host.replaceChildren(said, strip);
}

/** The last round about everyone that was shown. @param {Board} board @param {string} scale */
function lastOf(board, scale) {
  const shown = [...board.round.values()].filter((one) => one.scale === scale && !one.child && isShown(one));
  return shown.sort((one, other) => since(other) - since(one)).at(0);
}

/** @param {number} n @param {import("./numbers.js").Numbers} numbers */
function column(n, numbers) {
  const el = make("div", "setline__column");
  const here = numbers.marks.filter((mark) => mark.value === n);
  const shown = here.length > MOST ? here.slice(0, MOST - 1) : here;
  const box = make("div", "setline__marks");
  for (const { shape } of shown) {
    const mark = make("span", "setline__mark");
    mark.dataset.shape = shape;
    box.append(mark);
  }
  if (shown.length < here.length)
    box.append(make("span", "setline__more", t("+{n}", { n: here.length - shown.length })));
  el.append(box, make("span", "setline__n", String(n)));
  return el;
}

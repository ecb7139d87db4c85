/**
 * What a number line is made of on the page, lying and upright alike: its ends, its picture, what is said of it. Where things stand and
 * what is written comes from numberline.js.
 */

import { setText } from "../paint.js";
import { t } from "../words.js";

/** @typedef {import("./numberline.js").Place} Place */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {ReturnType<typeof build>} Parts */

/** @param {HTMLElement} host @param {boolean} stands */
export function build(host, stands) {
  host.classList.add("numberline");
  host.dataset.line = stands ? "upright" : "lying";
  const [ten, zero] = [end("10"), end("0")];
  const reversed = make("p", "numberline__reversed", t("On this scale a higher number means more worried."));
  const picture = make("div", "numberline__picture");
  const [rule, range, ticks, marks] = ["rule", "range", "ticks", "marks"].map((name) =>
    make("div", `numberline__${name}`),
  );
  const threads = document.createElementNS(SVG, "svg");
  threads.classList.add("numberline__threads");
  ticks.append(...Array.from({ length: 11 }, (_, n) => make("span", "numberline__tick", String(n))));
  for (const el of [rule, range, threads, ticks, marks]) el.setAttribute("aria-hidden", "true");
  const said = make("p", "numberline__said");
  const off = make("p", "numberline__off");
  const earlier = make("p", "numberline__earlier");
  // Never seen: its letters are those of the names.
  const measure = make("span", "numberline__place");
  measure.hidden = true;
  picture.append(rule, range, threads, ticks, marks, measure);
  const list = make("ul", "numberline__list unseen");
  list.setAttribute("aria-label", t("All numbers"));
  const reasons = make("section", "numberline__reasons");
  const reasonList = make("ul", "numberline__reason-list");
  reasons.append(make("h3", "numberline__head", t("What people said with their number")), reasonList);
  if (!stands) picture.append(said, off);
  host.replaceChildren(
    ten.el,
    reversed,
    picture,
    zero.el,
    ...(stands ? [said, off, earlier] : []),
    list,
    reasons,
  );
  return {
    ten: ten.words,
    zero: zero.words,
    tenSecond: ten.second,
    zeroSecond: zero.second,
    reversed,
    picture,
    rule,
    range,
    threads,
    ticks,
    marks,
    measure,
    said,
    off,
    earlier,
    list,
    reasons,
    reasonList,
  };
}

/** What an end of the line means. @param {string} n */
function end(n) {
  const el = make("p", `numberline__end numberline__end--${n === "0" ? "zero" : "ten"}`);
  const words = make("span", "numberline__meaning");
  words.dir = "auto";
  // Words of another language stand below it, once there are any: second.js.
  const second = make("span", "numberline__second");
  const box = make("span", "numberline__both");
  box.append(words, second);
  el.append(make("span", "numberline__numeral", n), " ", box);
  return { el, words, second };
}

/** @param {string} tag @param {string} name @param {string} [text] */
export function make(tag, name, text = "") {
  const el = document.createElement(tag);
  el.className = name;
  el.textContent = text;
  return el;
}

/** @param {HTMLElement} el @param {Record<string, number>} values */
export function put(el, values) {
  for (const [name, value] of Object.entries(values))
    el.style.setProperty(`--${name}`, String(Math.round(value * 10) / 10));
}

export function makePlace() {
  const el = make("div", "numberline__place");
  el.append(make("span", "numberline__shape"), make("span", "numberline__words"));
  return el;
}

/** @param {HTMLElement} el @param {Place} one */
export function place(el, one) {
  const [shape, words] = /** @type {HTMLElement[]} */ ([...el.children]);
  el.dataset.kind = one.kind;
  el.dataset.flip = one.flip ? "yes" : "no";
  el.dataset.stands = one.stands ?? "";
  el.dataset.lines = String(one.lines ?? 1);
  shape.dataset.shape = one.shape ?? "";
  shape.dataset.hollow = one.hollow ? "yes" : "no";
  shape.hidden = one.kind === "more";
  words.dir = "auto";
  words.hidden = !one.words;
  setText(shape, one.letters ?? "");
  setText(words, one.words);
  put(el, { x: one.x, y: one.y, size: one.size ?? 0, wide: one.wide ?? 0 });
}

/** A thin line from a mark to its number. @param {Place} one @param {{x: number, y: number}} to */
export function thread(one, to) {
  const near = one.x + (to.x < one.x ? -1 : 1) * ((one.size ?? 0) / 2);
  return line({ x1: near, y1: one.y, x2: to.x, y2: to.y });
}

/** A dotted thread from a number of last time. @param {import("./earlier.js").Dotted} ends */
export function dots(ends) {
  const dotted = line({ ...ends });
  dotted.classList.add("numberline__dots");
  return dotted;
}

/** @param {Record<string, number>} ends */
function line(ends) {
  const line = document.createElementNS(SVG, "line");
  for (const [name, value] of Object.entries(ends)) line.setAttribute(name, String(value));
  return line;
}

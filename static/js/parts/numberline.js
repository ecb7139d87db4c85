/**
 * The number line as it is drawn, on the wall lying and on phone and desk upright, with the same said as a list.
 * What stands on it comes from numbers.js, where it stands from lying.js and upright.js; nothing is counted here.
 */

import { keyed, setText } from "../paint.js";
import { build, dots, make, makePlace, place, put, thread } from "./lineframe.js";
import { lying } from "./lying.js";
import {
  answeredWords,
  earlierWords,
  isEnough,
  listWords,
  offWords,
  rangeWords,
  sentWords,
  unnamedWords,
} from "./numbers.js";
import { measured } from "./textsize.js";
import { upright } from "./upright.js";

/**
 * @typedef {import("../store.js").Scale} Scale @typedef {import("../store.js").Round} Round
 * @typedef {import("./numbers.js").Numbers} Numbers @typedef {import("./lineframe.js").Parts} Parts
 * @typedef {{wide: number, high: number}} Room in px where 1rem is 16
 * @typedef {{scale: Scale, round: Round, numbers: Numbers, upright?: boolean, room?: Room, high?: number,
 *   within?: HTMLElement}} Drawing `room` is what the line itself may take;
 *   left out, it takes the width of `host`, and lying also the height that is left in it; `high`: an upright line is drawn as low as that if it can be,
 *   or as low as leaves all of it and the beginning of what follows in sight `within` what scrolls it
 * @typedef {{kind: "mark" | "more" | "past", id: string, x: number, y: number, size?: number, shape?: string, letters?: string, words: string,
 *   flip?: boolean, wide?: number, lines?: number, hollow?: boolean, stands?: "start" | "middle" | "end", to?: {x: number, y: number}}} Place
 *   where something is drawn; `flip`: its words stand before it; `hollow`: not filled even without letters; `stands`: where its words do in its
 *   width; `to`: the place on the line it belongs to, where it stands beside it
 * @typedef {{wide: number, high: number, line: {x: number, y: number, long: number}, ticks: {n: number, x: number, y: number}[],
 *   places: Place[], range?: {x: number, y: number, long: number}, said?: {x: number, y: number}, unnamed?: boolean,
 *   dotted?: import("./earlier.js").Dotted[]}} Plan `unnamed`: there was
 *   no room for the words beside the marks
 * @typedef {{drawing: Drawing, drawn: string, empty: string, left: number, parts: Parts}} Kept `empty`: the round whose line was drawn without
 *   marks; `left`: how high it may be
 */

const REM = 16;
/** What is to be in sight below an upright line: a heading and the first answer to give. */
const FOLLOWS = 136;
const A_HAIR = 2;
/** Words longer than this are drawn a little smaller and wider at the ends of a lying line. */
const LONG = 75;
/** Half of the longest sentence under a lying line, in px where 1rem is 16; half of the larger one where there are too few numbers. */
const SAID_HALF = 210;
const FEW_HALF = 480;

/** @type {WeakMap<HTMLElement, Kept>} */
const hosts = new WeakMap();

/**
 * Draw a round's line into `host`, or redraw what changed of it. Marks that come to an empty line fade in together.
 * @param {HTMLElement} host @param {Drawing} drawing
 */
export function drawLine(host, drawing) {
  let kept = hosts.get(host);
  if (!kept) {
    kept = { drawing, drawn: "", empty: "", left: 0, parts: build(host, Boolean(drawing.upright)) };
    hosts.set(host, kept);
    new ResizeObserver(() => redraw(host)).observe(host);
  }
  kept.drawing = drawing;
  redraw(host);
}

/** @param {HTMLElement} host */
function redraw(host) {
  const kept = hosts.get(host);
  if (!kept) return;
  const { drawing, parts } = kept;
  write(parts, drawing);
  const room = drawing.room ?? roomOf(parts.picture);
  // Nothing is drawn where nothing can be seen yet; the observer calls again.
  if (!room.wide) return;
  const left = drawing.within ? leftIn(drawing.within, parts) : (drawing.high ?? Number.POSITIVE_INFINITY);
  // What was drawn is measured too: parts of a px must not draw it again and again.
  if (Math.abs(left - kept.left) > A_HAIR) kept.left = left;
  const plan = planOf(parts, drawing, room, kept.left);
  const drawn = JSON.stringify([drawing.round.id, plan]);
  if (drawn === kept.drawn) return;
  const arrives = plan.places.length > 0 && kept.empty === drawing.round.id;
  parts.marks.classList.toggle("numberline__marks--arrive", arrives);
  kept.empty = plan.places.length ? "" : drawing.round.id;
  kept.drawn = drawn;
  draw(parts, plan);
  const earlier = plan.places.some((one) => one.kind === "past") ? earlierWords(drawing.numbers) : "";
  if (drawing.upright) setText(parts.earlier, earlier);
  else setText(parts.off, plan.unnamed ? unnamedWords(drawing.round) : earlier);
}

/** @param {Parts} parts @param {Drawing} drawing @param {Room} room @param {number} left how high it may be upright @returns {Plan} */
function planOf(parts, { round, numbers, upright: stands }, room, left) {
  const shown = isEnough(numbers) ? numbers : { ...numbers, marks: [], earlier: [] };
  const sides = round.show !== "spread";
  const measure = measured(parts.measure);
  if (!stands) return lying(shown, sides, room, measure);
  return upright(shown, sides, room.wide, left, measure);
}

/** How high the picture may be, in px where 1rem is 16. @param {HTMLElement} within @param {Parts} parts */
function leftIn(within, { picture, said, off, earlier }) {
  const last = [earlier, off].find((el) => el.textContent) ?? said;
  const end = last.getBoundingClientRect().bottom;
  const rest =
    end - within.getBoundingClientRect().top + within.scrollTop - picture.getBoundingClientRect().height;
  // What grows with what lies in it may grow as far as this.
  const most = Number.parseFloat(getComputedStyle(within).maxBlockSize) || within.clientHeight;
  return (most - rest) / remIn() - FOLLOWS;
}

/** By how much larger than 16 px the letters are. */
function remIn() {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / REM;
}

/** @param {HTMLElement} picture @returns {Room} */
function roomOf(picture) {
  const rem = remIn();
  return { wide: picture.clientWidth / rem, high: picture.clientHeight / rem };
}

/** The words beside and under the line, and the same as a list for who listens. @param {Parts} parts @param {Drawing} drawing */
function write(parts, { scale, round, numbers, upright: stands }) {
  const open = round.state === "open";
  for (const [el, meaning] of /** @type {const} */ ([
    [parts.ten, scale.ten],
    [parts.zero, scale.zero],
  ])) {
    setText(el, meaning);
    el.dataset.long = meaning.length > LONG ? "yes" : "no";
  }
  parts.tenSecond.dataset.second = `scale/${scale.id}/ten`;
  parts.zeroSecond.dataset.second = `scale/${scale.id}/zero`;
  parts.reversed.hidden = scale.direction !== "down";
  setText(parts.said, open ? answeredWords(round) : rangeWords(numbers));
  parts.said.dataset.said = open ? "count" : isEnough(numbers) ? "range" : "few";
  // On the wall the count is at the top, and this beside it.
  if (stands)
    setText(parts.off, open ? "" : [offWords(numbers), sentWords(numbers)].filter(Boolean).join(" · "));
  const list = open ? [] : listWords(numbers);
  const reasons = stands ? list.filter((one) => one.reason) : [];
  parts.reasons.hidden = !reasons.length;
  lines(parts.list, list, (one) => one.said);
  lines(
    parts.reasonList,
    reasons,
    (one) => one.said,
    (one) => one.reason,
  );
}

/**
 * @typedef {ReturnType<typeof listWords>[0]} Line
 * @param {HTMLElement} list @param {Line[]} all @param {(one: Line) => string} said @param {(one: Line) => string} [more]
 */
function lines(list, all, said, more) {
  const known = new Map(all.map((one) => [one.id, one]));
  const update = (/** @type {HTMLElement} */ el, /** @type {string} */ id) => {
    const one = /** @type {Line} */ (known.get(id));
    setText(/** @type {Element} */ (el.firstElementChild), said(one));
    if (more) setText(/** @type {Element} */ (el.lastElementChild), more(one));
  };
  const made = () => {
    const el = make("li", "numberline__one");
    el.append(make("span", "numberline__said-by"));
    if (more) el.append(make("span", "numberline__reason"));
    for (const part of el.children) part.setAttribute("dir", "auto");
    return el;
  };
  keyed(list, known.keys(), made, update);
}

/** @param {Parts} parts @param {Plan} plan */
function draw(parts, plan) {
  const { picture, rule, range, threads, ticks, marks } = parts;
  put(picture, { high: plan.high });
  put(rule, { x: plan.line.x, y: plan.line.y, long: plan.line.long });
  range.hidden = !plan.range;
  put(range, { ...plan.range });
  put(parts.said, { ...plan.said });
  const { x } = plan.said ?? { x: plan.wide / 2 };
  const room = parts.said.dataset.said === "few" ? FEW_HALF : SAID_HALF;
  parts.said.dataset.edge = x < room ? "start" : x > plan.wide - room ? "end" : "";
  put(parts.off, { y: plan.said?.y ?? 0 });
  parts.off.dataset.side = x < plan.wide / 2 ? "end" : "start";
  for (const tick of plan.ticks)
    put(/** @type {HTMLElement} */ (ticks.children[tick.n]), { x: tick.x, y: tick.y });
  const places = new Map(plan.places.map((place) => [place.id, place]));
  keyed(marks, places.keys(), makePlace, (el, id) => place(el, /** @type {Place} */ (places.get(id))));
  threads.setAttribute("viewBox", `0 0 ${plan.wide} ${plan.high}`);
  threads.replaceChildren(
    ...plan.places.flatMap((one) => (one.to ? [thread(one, one.to)] : [])),
    ...(plan.dotted ?? []).map(dots),
  );
}

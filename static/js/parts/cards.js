/**
 * The cards of the three columns: painted where they changed, in place, without moving what somebody reads. What can be done with a card
 * is in change.js, cardmenu.js and drag.js.
 */

import { all, announce, children, find, keyed, paint, setAttr, stamp, steady } from "../paint.js";
import { t, tn } from "../words.js";
import { cardFields } from "./cardfields.js";
import { columnsWith } from "./overlay.js";
import { pill } from "./pill.js";
import { columnOf, inSight, scrollerOf, section } from "./showing.js";

/** @typedef {import("../store.js").Touched} Touched @typedef {import("./overlay.js").Shown} Shown @typedef {import("../store.js").Column} Column */

const TELL_TOGETHER_MS = 3_000;
const CHANGES = new Set(["card.add", "card.edit", "card.move", "card.remove"]);

/** @type {import("../main.js").Ctx} */
let ctx;
/** @type {Map<string, Shown>} what stands on the page, by id */
let painted = new Map();
/** Fires `painted` (detail: ids that are new on this page) after each drawing. */
export const cards = new EventTarget();

/** @param {import("../main.js").Ctx} given */
export function start(given) {
  ctx = given;
  const { board, asker, line } = ctx;
  for (const list of all(document, "[data-scroll]")) pill(list, cards);
  board.addEventListener("change", (event) => draw(/** @type {CustomEvent<Touched>} */ (event).detail));
  asker.addEventListener("pending", () => draw());
  asker.addEventListener("done", (event) => told(/** @type {CustomEvent} */ (event).detail.frame));
  line.addEventListener("state", () => draw());
}

/** The cards of a column as they stand on the page. @param {Column} column @returns {string[]} */
export function idsIn(column) {
  return children(find(section(column), "[data-cards]")).map((el) => el.dataset.key ?? "");
}

/** A card as it stands on the page. @param {string} id */
export function shownCard(id) {
  return painted.get(id);
}

/** The element of a card. @param {string} id @returns {HTMLElement | null} */
export function cardEl(id) {
  return document.querySelector(`[data-cards] > [data-key="${id}"]`);
}

/** The name of who runs the meeting. @param {import("../store.js").Board} board */
export function runs(board) {
  const helen = [...board.person.values()].find((one) => one.role === "facilitator" && one.name);
  return helen?.name ?? t("the person running the meeting");
}

/** @param {Touched} [change] what the server changed; without, what is asked changed */
function draw(change) {
  const { board, asker, line } = ctx;
  // Before the first word from the server, what it painted stands.
  if (!board.meeting) return painted.size ? forgetCards() : undefined;
  const asks = [...asker.waiting.values()].map((one) => one.frame).filter((ask) => CHANGES.has(ask.ask));
  const around = { offline: line.state === "offline", runs: runs(board) };
  const anew = changedForAll() || change?.all;
  const touched = new Set([...(change?.touched.get("card") ?? []), ...talkedAbout()]);
  const before = painted;
  painted = new Map();
  /** @type {string[]} */
  const fresh = [];
  for (const [column, here] of Object.entries(columnsWith(board, asks))) {
    for (const card of here) painted.set(card.id, card);
    const list = find(section(column), "[data-cards]");
    const ids = here.map((card) => card.id);
    const fill = (/** @type {HTMLElement} */ el, /** @type {string} */ id) => {
      const card = /** @type {Shown} */ (painted.get(id));
      const focus = el.hasAttribute("data-light") ? makeWhole(el) : null;
      if (anew || before.get(id) !== card || touched.has(id)) paint(el, cardFields(card, board, around));
      focus?.();
    };
    const put = () => keyed(list, ids, () => stamp("card"), fill);
    fresh.push(...(unmoved(list, ids) ? put() : still(list, put)));
    find(section(column), "[data-empty]").hidden = here.length > 0;
    fold(section(column), here);
  }
  arrived(
    fresh.filter((id) => !before.has(id)),
    Boolean(change && !change.all),
  );
}

/**
 * The page brings of each card only what it shows; the rest comes around its words, which stay where they are.
 * @param {HTMLElement} el @returns {() => void} gives the focus back, once the card is painted
 */
function makeWhole(el) {
  const held = el.contains(document.activeElement) ? document.activeElement?.className : "";
  const words = find(el, "[data-words]");
  for (const part of [...el.children]) if (part !== words) part.remove();
  const whole = stamp("card");
  const parts = [...whole.children];
  const at = parts.findIndex((part) => part.matches("[data-words]"));
  words.before(...parts.slice(0, at));
  words.after(...parts.slice(at + 1));
  setAttr(el, "data-attr", whole.dataset.attr);
  el.removeAttribute("data-light");
  return () => {
    const button = held ? el.getElementsByClassName(held)[0] : null;
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
  };
}

let said = "";
let talked = "";

/** The card that is talked about and the one before, where that changed. */
function talkedAbout() {
  const about = ctx.board.meeting?.about;
  const now = about?.kind === "card" ? about.id : "";
  const both = now === talked ? [] : [now, talked];
  talked = now;
  return both;
}

/** Whether something changed that stands on every card: a name, whether names are shown, whether it can still be changed. */
function changedForAll() {
  const { meeting, person } = ctx.board;
  const names = [...person.values()].map((one) => [one.id, one.name, one.agency, one.role]);
  const now = JSON.stringify([meeting?.authors, meeting?.state, names]);
  if (now === said) return false;
  said = now;
  return true;
}

/** Whether nothing above the end of a list changes: then nothing can move. @param {HTMLElement} list @param {string[]} ids */
function unmoved(list, ids) {
  const now = children(list);
  return now.length <= ids.length && now.every((el, at) => el.dataset.key === ids[at]);
}

/** @template T @param {HTMLElement} list @param {() => T} put */
function still(list, put) {
  const scroll = /** @type {HTMLElement} */ (list.closest("[data-scroll]"));
  return steady(scrollerOf(scroll), `[data-column="${columnOf(list)}"] [data-cards] > [data-key]`, put);
}

/** The hint folds once you have written here. @param {HTMLElement} column @param {Shown[]} here */
function fold(column, here) {
  const hint = /** @type {HTMLElement | null} */ (column.querySelector("[data-hint]"));
  if (hint && !hint.hidden) hint.hidden = here.some((card) => ctx.board.owns(card) || card.saving);
}

/** @param {string[]} fresh @param {boolean} live */
function arrived(fresh, live) {
  for (const id of fresh) {
    const card = painted.get(id);
    if (card?.saving && card.version === 0 && inSight(card.column))
      cardEl(id)?.scrollIntoView({ block: "nearest" });
  }
  const others = fresh.filter((id) => {
    const card = painted.get(id);
    return card && !card.saving && !ctx.board.owns(card);
  });
  if (live) for (const id of others) count(/** @type {Shown} */ (painted.get(id)).column);
  cards.dispatchEvent(new CustomEvent("painted", { detail: live ? others : [] }));
}

/** @type {Map<Column, number>} */
const news = new Map();

/** Others' new cards are told together. @param {Column} column */
function count(column) {
  if (!news.size) setTimeout(tellNews, TELL_TOGETHER_MS);
  news.set(column, (news.get(column) ?? 0) + 1);
}

function tellNews() {
  for (const [column, n] of news)
    announce(tn("{n} new card in {column}.", "{n} new cards in {column}.", n, { column: title(column) }));
  news.clear();
}

/** What the meeting calls a column. @param {Column} column @returns {string} */
export function title(column) {
  const called = section(column).dataset.title;
  if (called) return called;
  const columns = ctx.board.meeting?.template.columns ?? [];
  return columns.find((/** @type {{id: string}} */ one) => one.id === column)?.title ?? "";
}

/** @param {import("../ask.js").Ask} ask */
function told(ask) {
  if (ask.ask === "card.add" || ask.ask === "card.edit") announce(t("Saved"));
}

/** This page may not show the board any more. */
export function forgetCards() {
  painted = new Map();
  for (const list of all(document, "[data-cards]")) list.replaceChildren();
}

/** One card on its way under a hand: its picture follows, a line shows where it would lie, lists scroll at their edges. */

import { all } from "../paint.js";
import { isOpen, moveCard } from "./moving.js";
import { columnOf, scrollerOf, show, shown } from "./showing.js";

/** @typedef {import("../store.js").Column} Column */

const EDGE_PX = 56;
const SCROLL_PX = 12;
/** Held over a tab for this long, its column opens. */
const OPEN_AFTER_MS = 500;

/**
 * @param {import("../main.js").Ctx} ctx @param {HTMLElement} card @param {number} startX @param {number} startY
 * @returns {{to: (x: number, y: number) => void, land: () => void, end: () => void}}
 */
export function flight(ctx, card, startX, startY) {
  const id = card.dataset.key ?? "";
  const box = card.getBoundingClientRect();
  const picture = /** @type {HTMLElement} */ (card.cloneNode(true));
  /** @type {{column: Column, before: string | null} | null} */
  let place = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let opening;
  let tabUnder = "";
  let [x, y] = [startX, startY];
  let frame = 0;

  for (const el of [picture, ...all(picture, "[data-key], [id]")]) {
    el.removeAttribute("data-key");
    el.removeAttribute("id");
  }
  picture.classList.add("card--flying", `card--${columnOf(card)}`);
  picture.setAttribute("aria-hidden", "true");
  picture.inert = true;
  picture.style.inlineSize = `${box.width}px`;
  ctx.body.append(picture);
  card.toggleAttribute("data-dragged", true);
  document.body.toggleAttribute("data-dragging", true);
  to(startX, startY);
  frame = requestAnimationFrame(scroll);

  /** @param {number} nowX @param {number} nowY */
  function to(nowX, nowY) {
    [x, y] = [nowX, nowY];
    picture.style.left = `${box.left + x - startX}px`;
    picture.style.top = `${box.top + y - startY}px`;
    aim();
  }

  function aim() {
    const under = document.elementFromPoint(x, y);
    const tab = /** @type {HTMLElement | null} */ (under?.closest("[data-tab]") ?? null);
    overTab(tab?.dataset.tab ?? "");
    const column = /** @type {Column} */ (tab?.dataset.tab ?? columnOf(under));
    const from = columnOf(card);
    unmark();
    place = null;
    if (!column || (column !== from && !isOpen(ctx, column, id))) return;
    if (tab) {
      if (column !== from) place = { column, before: null };
      return void tab.toggleAttribute("data-drop", true);
    }
    const section = /** @type {HTMLElement} */ (under?.closest("section[data-column]"));
    const others = all(section, "[data-cards] > [data-key]").filter((el) => el !== card);
    const below = others.find((el) => middle(el) > y);
    place = { column, before: below?.dataset.key ?? null };
    const line = below ?? section.querySelector("[data-cards]");
    line?.toggleAttribute("data-drop", true);
    if (!others.length) section.toggleAttribute("data-drop", true);
  }

  /** @param {string} tab */
  function overTab(tab) {
    if (tab === tabUnder) return;
    tabUnder = tab;
    clearTimeout(opening);
    if (tab && tab !== shown()) opening = setTimeout(() => show(/** @type {Column} */ (tab)), OPEN_AFTER_MS);
  }

  function scroll() {
    const list = /** @type {HTMLElement | null} */ (
      document.elementFromPoint(x, y)?.closest("section[data-column]")?.querySelector("[data-scroll]") ?? null
    );
    if (list) {
      const scroller = scrollerOf(list);
      const { top, bottom } =
        scroller === list ? list.getBoundingClientRect() : { top: 0, bottom: innerHeight };
      const by = y < top + EDGE_PX ? -SCROLL_PX : y > bottom - EDGE_PX ? SCROLL_PX : 0;
      if (by) {
        scroller.scrollTop += by;
        aim();
      }
    }
    frame = requestAnimationFrame(scroll);
  }

  function end() {
    cancelAnimationFrame(frame);
    clearTimeout(opening);
    picture.remove();
    unmark();
    card.removeAttribute("data-dragged");
    document.body.removeAttribute("data-dragging");
  }

  return {
    to,
    end,
    land() {
      if (place) void moveCard(ctx, id, place.column, place.before);
    },
  };
}

function unmark() {
  for (const el of all(document, "[data-drop]")) el.removeAttribute("data-drop");
}

/** @param {Element} el */
function middle(el) {
  const { top, height } = el.getBoundingClientRect();
  return top + height / 2;
}

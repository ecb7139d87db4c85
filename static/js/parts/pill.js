/** "3 new below": cards that came where nobody looks never move the list; a press goes to the first of them. */

import { all, find } from "../paint.js";
import { tn } from "../words.js";
import { columnOf, inSight, scrollerOf, whenShown } from "./showing.js";

/** A card counts as seen once this much of it was in sight, or of the list where the card is the longer one. */
const SEEN = 0.5;
/** What browsers round lengths by. */
const A_HAIR = 1;
const BELOW = true;
const ABOVE = false;

/** @param {HTMLElement} list the `data-scroll` of a column @param {EventTarget} cards fires `painted` with the ids of others' new cards */
export function pill(list, cards) {
  const column = columnOf(list);
  const button = find(/** @type {HTMLElement} */ (list.parentElement), "[data-pill]");
  /** @type {Set<HTMLElement>} */
  const unseen = new Set();
  const watch = new IntersectionObserver(look, { threshold: [0, SEEN, 1] });
  let asked = 0;

  cards.addEventListener("painted", (event) => {
    const fresh = new Set(/** @type {CustomEvent<string[]>} */ (event).detail);
    if (!fresh.size) return;
    for (const el of all(list, "[data-cards] > [data-key]"))
      if (fresh.has(el.dataset.key ?? "")) {
        unseen.add(el);
        watch.observe(el);
      }
    look();
  });
  whenShown(look);
  // The list, or the page where that flows. A long card comes and goes by without an edge of it in sight.
  document.addEventListener("scroll", onScroll, { capture: true, passive: true });
  button.addEventListener("click", () => {
    const first = side(BELOW)[0] ?? side(ABOVE)[0];
    // A long card is read from its beginning.
    const long = first && first.offsetHeight > scrollerOf(list).clientHeight * SEEN;
    first?.scrollIntoView({ block: long ? "start" : "center" });
    list.focus({ preventScroll: true });
    // Where little of the list is seen, its beginning is all that can be.
    if (first && long) seen(first);
  });

  function onScroll() {
    if (!unseen.size || asked) return;
    asked = requestAnimationFrame(() => {
      asked = 0;
      look();
    });
  }

  function look() {
    if (!unseen.size) return draw();
    const where = frame();
    for (const el of unseen) if (!el.isConnected || isSeen(el, where)) forget(el);
    draw();
  }

  /** @param {HTMLElement} el */
  function seen(el) {
    forget(el);
    draw();
  }

  /** @param {HTMLElement} el */
  function forget(el) {
    unseen.delete(el);
    watch.unobserve(el);
  }

  /** @param {HTMLElement} el @param {{from: number, to: number}} where */
  function isSeen(el, { from, to }) {
    const { top, bottom, height } = el.getBoundingClientRect();
    if (!height || bottom <= from || top >= to) return false;
    const most = to - from;
    const endsHere = height > most && bottom <= to + A_HAIR;
    return endsHere || Math.min(bottom, to) - Math.max(top, from) >= Math.min(height, most) * SEEN - A_HAIR;
  }

  function draw() {
    // In a column that is not shown nothing is below or above: its tab has the dot.
    const here = unseen.size && inSight(column) ? [side(BELOW), side(ABOVE)] : [[], []];
    const [under, over] = here.map((them) => them.length);
    button.hidden = under + over === 0;
    button.parentElement?.toggleAttribute("data-pill-up", !button.hidden);
    if (under) button.textContent = tn("{n} new below", "{n} new below", under);
    else if (over) button.textContent = tn("{n} new above", "{n} new above", over);
  }

  /** @param {boolean} below */
  function side(below) {
    const { to } = frame();
    return [...unseen].filter((el) => el.getBoundingClientRect().bottom > to === below);
  }

  /** From where to where the cards of this column are in sight. */
  function frame() {
    if (scrollerOf(list) !== list) return { from: 0, to: innerHeight };
    const { top, bottom } = list.getBoundingClientRect();
    return { from: top, to: bottom };
  }
}

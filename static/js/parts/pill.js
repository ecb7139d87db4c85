/** "3 new below": cards that came where nobody looks never move the list; a press goes to the first of them. */

import { all, find } from "../paint.js";
import { tn } from "../words.js";
import { columnOf, inSight, scrollerOf, whenShown } from "./showing.js";

/** A card counts as seen once this much of it is in sight. */
const SEEN = 0.5;

/** @param {HTMLElement} list the `data-scroll` of a column @param {EventTarget} cards fires `painted` with the ids of others' new cards */
export function pill(list, cards) {
  const column = columnOf(list);
  const button = find(/** @type {HTMLElement} */ (list.parentElement), "[data-pill]");
  /** @type {Set<HTMLElement>} */
  const unseen = new Set();
  const watch = new IntersectionObserver(look, { threshold: [SEEN] });

  cards.addEventListener("painted", (event) => {
    const fresh = new Set(/** @type {CustomEvent<string[]>} */ (event).detail);
    if (!fresh.size) return;
    for (const el of all(list, "[data-cards] > [data-key]"))
      if (fresh.has(el.dataset.key ?? "")) watch.observe(el);
  });
  whenShown(draw);
  button.addEventListener("click", () => {
    const first = below()[0] ?? above()[0];
    first?.scrollIntoView({ block: "center" });
    list.focus({ preventScroll: true });
  });

  /** @param {IntersectionObserverEntry[]} entries */
  function look(entries) {
    for (const { target, intersectionRatio, isIntersecting } of entries) {
      const el = /** @type {HTMLElement} */ (target);
      // A long card may never be half in sight.
      const tall = isIntersecting && el.offsetHeight > scrollerOf(list).clientHeight * SEEN;
      if (intersectionRatio >= SEEN || tall) {
        unseen.delete(el);
        watch.unobserve(el);
      } else unseen.add(el);
    }
    draw();
  }

  function draw() {
    for (const el of unseen) if (!el.isConnected) unseen.delete(el);
    // In a column that is not shown nothing is below or above: its tab has the dot.
    const here = inSight(column) ? [below(), above()] : [[], []];
    const [under, over] = here.map((them) => them.length);
    button.hidden = under + over === 0;
    button.parentElement?.toggleAttribute("data-pill-up", !button.hidden);
    if (under) button.textContent = tn("{n} new below", "{n} new below", under);
    else if (over) button.textContent = tn("{n} new above", "{n} new above", over);
  }

  function below() {
    return [...unseen].filter((el) => el.getBoundingClientRect().bottom > end());
  }

  function above() {
    return [...unseen].filter((el) => el.getBoundingClientRect().bottom <= end());
  }

  function end() {
    return scrollerOf(list) === list ? list.getBoundingClientRect().bottom : innerHeight;
  }
}

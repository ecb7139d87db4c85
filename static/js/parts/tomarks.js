/** On the smallest screens the line of numbers begins below what is seen: turn to its first mark, once it is drawn. */

import { all } from "../paint.js";

/** Marks that begin lower than this part of the sheet are as good as out of sight. */
const LOW = 0.6;

/** @param {HTMLElement} el what scrolls */
export function toTheMarks(el) {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const marks = all(el, '[data-number-line] [data-kind="mark"]');
      const tops = marks.map((mark) => mark.getBoundingClientRect().top);
      const first = marks[tops.indexOf(Math.min(...tops))];
      const { top, height } = el.getBoundingClientRect();
      if (first && Math.min(...tops) > top + height * LOW) first.scrollIntoView({ block: "center" });
    }),
  );
}

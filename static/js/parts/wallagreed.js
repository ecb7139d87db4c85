/** Who agrees with a set, on the wall: while it is asked only how many have answered, then in words what all said. */

import { all, find, paint, stamp } from "../paint.js";
import { drawSum, rows } from "./agreedsum.js";
import { answeredWords } from "./numbers.js";
import { pollOf, summed, wasReworded } from "./polls.js";

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, root }) {
  board.addEventListener("change", draw);
  new MutationObserver(() => {
    if (regions().some((el) => el.dataset.drawn !== el.dataset.setagree)) draw();
  }).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-setagree"] });

  function regions() {
    return all(root, "[data-setagree]");
  }

  function draw() {
    if (!board.meeting) return;
    for (const el of regions()) {
      const set = el.dataset.setagree ?? "";
      if (el.dataset.drawn !== set || !el.firstElementChild) {
        el.dataset.drawn = set;
        el.replaceChildren(stamp("agreed"));
      }
      const poll = pollOf(board, set);
      el.hidden = !poll;
      if (!poll) continue;
      const open = poll.state === "open";
      paint(el, { state: open ? answeredWords(poll) : "", reworded: wasReworded(board, poll) });
      drawSum(find(el, "[data-sum]"), open ? [] : rows(summed(board, poll)));
    }
  }
}

/**
 * Who agrees with a set, wherever `[data-setagree="its id"]` stands on this page: nobody asked yet, how many have answered, or what all
 * said. Asking, showing and stopping at the desk is agreedesk.js.
 */

import { all, find, keyed, paint, stamp } from "../paint.js";
import { t, tn } from "../words.js";
import { agreeDesk } from "./agreedesk.js";
import { drawSum, rows } from "./agreedsum.js";
import { answeredWords } from "./numbers.js";
import { asks, open, pollOf, saidOf, summed, wasReworded } from "./polls.js";

/** @typedef {import("../store.js").Poll} Poll */

const KINDS = ["poll", "answer", "set", "person", "meeting"];

/** @param {import("../main.js").Ctx} ctx @param {{may: (poll: Poll) => boolean, isIn: (poll: Poll) => boolean}} does */
export function agreed(ctx, { may, isIn }) {
  const { board, root } = ctx;
  const desk = ctx.body.dataset.lens === "facilitator" ? agreeDesk(ctx, drawAll) : undefined;

  board.addEventListener("change", (event) => {
    const { all: anew, touched } = /** @type {CustomEvent<import("../store.js").Touched>} */ (event).detail;
    if (anew || KINDS.some((kind) => touched.has(kind))) drawAll();
  });
  // Sets come and go by other hands than these.
  new MutationObserver(() => {
    if (regions().some((el) => el.dataset.drawn !== el.dataset.setagree)) drawAll();
  }).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-setagree"] });
  drawAll();

  function regions() {
    return all(root, "[data-setagree]");
  }

  function drawAll() {
    if (!board.meeting) return;
    desk?.missing(open(board));
    for (const el of regions()) draw(el, el.dataset.setagree ?? "");
  }

  /** @param {HTMLElement} el @param {string} set */
  function draw(el, set) {
    const known = board.set.get(set);
    if (el.dataset.drawn !== set || !el.firstElementChild) {
      el.dataset.drawn = set;
      el.replaceChildren(stamp("agreed"));
      wire(el, set);
    }
    el.hidden = !known || known.state === "draft";
    if (el.hidden) return;
    const poll = pollOf(board, set);
    const isOpen = poll?.state === "open" && board.meeting?.state !== "closed";
    const mine = poll && isOpen && asks(board, poll);
    paint(el, {
      state: stateWords(poll),
      reworded: Boolean(poll && wasReworded(board, poll)),
      own: mine ? (isIn(poll) ? t("Look at my answer") : t("Answer")) : "",
      others: Boolean(poll && isOpen && !mine && may(poll)) || Boolean(desk && poll && isOpen && may(poll)),
    });
    drawSum(find(el, "[data-sum]"), poll?.state === "shown" ? rows(summed(board, poll)) : []);
    drawWords(find(el, "[data-agreed-words]"), set);
    desk?.draw(el, set, poll);
  }

  /** @param {HTMLElement} el @param {string} set */
  function wire(el, set) {
    const tell = (/** @type {string} */ name) => () =>
      document.dispatchEvent(new CustomEvent(name, { detail: pollOf(board, set)?.id }));
    find(el, "[data-agree-own]").addEventListener("click", tell("signboard:agree"));
    el.querySelector("[data-agree-for-open]")?.addEventListener("click", tell("signboard:agree-for"));
    desk?.wire(el, set);
  }

  /** What those who agree said, where they wanted it shown; other views stand with the worry. @param {HTMLElement} el @param {string} set */
  function drawWords(el, set) {
    const said = new Map(
      saidOf(board, set)
        .filter((one) => one.value === "agree")
        .map((one) => [one.id, one]),
    );
    el.hidden = said.size === 0;
    keyed(
      el,
      said.keys(),
      () => stamp("agreed-words"),
      (line, id) => paint(line, { words: said.get(id)?.words, name: said.get(id)?.name }),
    );
  }
}

/** @param {Poll | undefined} poll */
function stateWords(poll) {
  if (!poll) return t("Nobody has been asked yet whether they agree.");
  if (poll.state === "open") return answeredWords(poll);
  return tn("{n} of {of} answered", "{n} of {of} answered", poll.answered, { of: poll.asked });
}

/**
 * A box that shows its cards a page at a time, in as many lanes as its style says. The style lays pages side by side;
 * here one is chosen. When to turn is decided elsewhere.
 */

import { setAttr, setText } from "../paint.js";
import { t } from "../words.js";

const FADE_MS = 400;
/** What browsers round lengths by, as a part of a page. */
const A_HAIR = 0.02;
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Pages {
  #box;
  #flow;
  #more;
  #at = 0;
  /** What to show once it can be seen where it is. @type {HTMLElement | null} */
  #wanted = null;

  /** @param {HTMLElement} box @param {HTMLElement} flow what lies in it @param {HTMLElement} more the line that says which page it is, of how many */
  constructor(box, flow, more) {
    this.#box = box;
    this.#flow = flow;
    this.#more = more;
    new ResizeObserver(() => this.settle()).observe(box);
  }

  /** How many pages there are; one while nothing can be seen. */
  get count() {
    const pages = this.#step ? (this.#flow.scrollWidth + this.#gap) / this.#step : 1;
    return Math.max(1, Math.ceil(pages - A_HAIR));
  }

  /** Go on by some pages, round and round. @param {number} by */
  turn(by) {
    const { count } = this;
    this.#go((((this.#at + by) % count) + count) % count);
  }

  /** Back to the first page, at once. */
  restart() {
    this.#wanted = null;
    this.#at = 0;
    this.settle();
  }

  /** Turn to where a card is. @param {HTMLElement} card */
  show(card) {
    this.#wanted = card;
    this.settle();
  }

  /** Fit to what lies in the box now. */
  settle() {
    const { count } = this;
    const wanted = this.#wanted;
    this.#draw(Math.min(this.#at, count - 1));
    if (wanted && this.#step) {
      this.#wanted = null;
      if (wanted.isConnected) this.#go(this.#pageOf(wanted));
    }
    // The line keeps its place, so that a page more or less moves nothing.
    this.#more.hidden = count < 2;
  }

  /** @param {number} page */
  #go(page) {
    if (page === this.#at) return;
    this.#draw(page);
    if (!still.matches) this.#flow.animate({ opacity: [0, 1] }, FADE_MS);
  }

  /** @param {number} page */
  #draw(page) {
    this.#at = page;
    this.#flow.style.setProperty("--page", String(page));
    setAttr(this.#box, "data-at", page);
    this.#say();
  }

  #say() {
    setText(this.#more, t("Page {n} of {of}", { n: this.#at + 1, of: this.count }));
  }

  get #gap() {
    return Number.parseFloat(getComputedStyle(this.#flow).columnGap) || 0;
  }

  get #step() {
    const wide = this.#box.getBoundingClientRect().width;
    return wide ? wide + this.#gap : 0;
  }

  /** @param {HTMLElement} card */
  #pageOf(card) {
    const [flow, there] = [this.#flow.getBoundingClientRect(), card.getBoundingClientRect()];
    const toLeft = getComputedStyle(this.#flow).direction === "rtl";
    const along = toLeft ? flow.right - there.right : there.left - flow.left;
    return Math.max(0, Math.min(this.count - 1, Math.floor(along / this.#step + A_HAIR)));
  }
}

/**
 * When the wall's pages turn: by themselves only while nobody adds anything, and not away from what the facilitator turned to.
 * Which pages there are it is told; what is on them it does not know.
 */

/** Time to read a page from six metres. */
const PAGE_MS = 15_000;
/** Who has just written looks for it on the wall. */
const AFTER_ADDING_MS = 20_000;
/** A page turned by hand is being talked about. */
const BY_HAND_MS = 120_000;

export class Turner {
  #pages;
  #resting = true;
  #byHand = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #next;

  /** @param {() => import("./wallpages.js").Pages[]} pages those that turn */
  constructor(pages) {
    this.#pages = pages;
  }

  /** Whether the page that is shown was chosen by the facilitator and has to stay. */
  get byHand() {
    return this.#byHand;
  }

  /** Turn by itself, or rest: where something else is shown, or the wall is held. @param {boolean} resting */
  rest(resting) {
    if (resting === this.#resting) return;
    this.#resting = resting;
    this.#wait(PAGE_MS);
  }

  /** Something was just added. */
  added() {
    if (!this.#byHand) this.#wait(AFTER_ADDING_MS);
  }

  /** The facilitator turns. @param {number} by */
  turn(by) {
    this.#byHand = true;
    for (const pages of this.#pages()) pages.turn(by);
    this.#wait(BY_HAND_MS);
  }

  /** Begin anew, on another phase. */
  restart() {
    this.#byHand = false;
    for (const pages of this.#pages()) pages.restart();
    this.#wait(PAGE_MS);
  }

  /** @param {number} ms */
  #wait(ms) {
    clearTimeout(this.#next);
    // What was turned to by hand is let go after its time, even where pages do not turn by themselves.
    if (this.#resting && !this.#byHand) return;
    this.#next = setTimeout(() => this.#onward(), ms);
  }

  #onward() {
    this.#byHand = false;
    if (!this.#resting) for (const pages of this.#pages()) pages.turn(1);
    this.#wait(PAGE_MS);
  }
}

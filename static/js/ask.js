/**
 * Asking: every ask has a number, is kept in this tab until it is answered, and is asked again after a break of the line.
 * It knows no ask by name but `card.add` and `card.confirm`, whose effect on what is yours the server tells other devices only.
 */

import { device, newDevice, newId, nextRef } from "./device.js";
import { padded } from "./pad.js";
import { keepWords, kept } from "./vault.js";
import { t } from "./words.js";

export { device, newId };

/** @typedef {import("./store.js").Board} Board @typedef {import("./socket.js").Line} Line @typedef {import("./store.js").Frame} Frame */
/** @typedef {{ask: string, ref: number, [field: string]: any}} Ask */
/** @typedef {{frame: Ask, sent: boolean, copied: boolean}} Kept */

const OUTBOX = "asks";
/** The server lets 64 wait; what goes beyond this many waits here. */
const IN_FLIGHT_MOST = 32;
/** Beyond this much, words are left where they are written instead of being promised a place. */
const WAITING_MOST = 200;
const WAITING_MOST_CHARS = 256 * 1024;
const BUSY_AGAIN_MS = 2_000;
const CHANGE_COMES_WITHIN_MS = 1_000;

/** Why an ask was not done: `code` for programs, `why` a sentence in English to be shown through `t`. */
export class Refusal extends Error {
  /** @param {string} code @param {string} why */
  constructor(code, why) {
    super(why);
    this.code = code;
    this.why = why;
  }
}

/**
 * Fires `pending` when what waits for an answer changes; `done` and `no` (detail `{frame, seq?, refusal?}`) once an ask is answered, those of an earlier load of this page too;
 * `missing` when the server came back with another log and asks may be lost.
 */
export class Asker extends EventTarget {
  /** What is not answered yet, by number, in order. @type {Map<number, Kept>} */
  waiting = new Map();
  #line;
  #board;
  /** @type {Map<number, {resolve: (done: {seq: number}) => void, reject: (refusal: Refusal) => void}>} */
  #promises = new Map();
  #epoch = "";
  #held = false;
  #chars = 0;

  /** @param {Line} line @param {Board} board */
  constructor(line, board) {
    super();
    this.#line = line;
    this.#board = board;
    this.#restore();
    line.addEventListener("state", () => this.#lineChanged());
    line.addEventListener("done", (event) => this.#done(/** @type {CustomEvent} */ (event).detail));
    line.addEventListener("no", (event) => this.#no(/** @type {CustomEvent} */ (event).detail));
    window.addEventListener("signboard:exit", () => this.waiting.clear());
  }

  /** How many asks wait for their answer. */
  get pending() {
    return this.waiting.size;
  }

  /** Whether asks wait for `sendAgain` or `forget`, because the server came back with another log. */
  get held() {
    return this.#held;
  }

  /**
   * Ask for something. Resolves once it is durable; rejects with a Refusal, at once where too much waits already.
   * `bytes`: how long it is sent, whatever is in it.
   * @param {string} tag @param {Record<string, any>} [fields] @param {{bytes?: number}} [how] @returns {Promise<{seq: number}>}
   */
  ask(tag, fields = {}, { bytes = 0 } = {}) {
    // Fields that quick exit takes off the page are left, and must not be saved by that.
    if (this.#line.gone?.bye === "exit") return new Promise(() => {});
    const ref = nextRef();
    const bare = { ask: tag, ref, ...fields };
    const frame = bytes ? padded(bare, bytes) : bare;
    if (this.waiting.size >= WAITING_MOST || this.#chars > WAITING_MOST_CHARS) return this.#turnAway(frame);
    this.waiting.set(ref, { frame, sent: false, copied: false });
    const answer = new Promise((resolve, reject) => this.#promises.set(ref, { resolve, reject }));
    this.#changed();
    this.#flow();
    return /** @type {Promise<{seq: number}>} */ (answer);
  }

  /** The waiting asks of a kind, oldest first. @param {string} tag */
  asked(tag) {
    return [...this.waiting.values()].map((one) => one.frame).filter((frame) => frame.ask === tag);
  }

  /** Send what may be missing again. */
  sendAgain() {
    this.#release();
    this.#flow();
    this.dispatchEvent(new CustomEvent("missing"));
  }

  /** Let go of what may be missing; each is told as refused, so that words go back to where they were written. */
  forget() {
    this.#release();
    for (const ref of [...this.waiting.keys()]) this.#answer(ref, { refusal: new Refusal("missing", "") });
    this.dispatchEvent(new CustomEvent("missing"));
  }

  /** @param {Ask} frame @returns {Promise<never>} */
  #turnAway(frame) {
    const why = t("Much of what you wrote is not saved yet. Please wait until it is, then try this again.");
    const refusal = new Refusal("too-much-waiting", why);
    queueMicrotask(() => this.dispatchEvent(new CustomEvent("no", { detail: { frame, refusal } })));
    return Promise.reject(refusal);
  }

  #release() {
    this.#held = false;
    this.#epoch = this.#board.epoch;
    this.#store();
  }

  #lineChanged() {
    if (this.#line.state === "waiting") return this.#flow();
    if (this.#line.state !== "open") {
      for (const one of this.waiting.values()) one.sent = false;
      return;
    }
    const epoch = this.#board.epoch;
    if (this.#epoch && epoch !== this.#epoch && this.waiting.size) {
      // Kept under the old name until somebody has said what becomes of it: a reload must not send it by itself.
      this.#held = true;
      this.dispatchEvent(new CustomEvent("missing"));
    } else this.#epoch = epoch;
    this.#store();
    this.#settleCopies();
    this.#flow();
  }

  #flow() {
    const atTheDoor = this.#line.state === "waiting";
    if (this.#held || (this.#line.state !== "open" && !atTheDoor)) return;
    let flying = [...this.waiting.values()].filter((one) => one.sent).length;
    for (const one of this.waiting.values()) {
      if (one.sent || one.copied) continue;
      // At the door nothing can be asked but to be called by another name.
      if (atTheDoor && one.frame.ask !== "person.name") continue;
      if (flying >= IN_FLIGHT_MOST) return;
      one.sent = this.#line.send(one.frame);
      if (!one.sent) return;
      flying += 1;
    }
  }

  /** @param {Frame} frame */
  async #done(frame) {
    const kept = this.waiting.get(frame.ref);
    if (!kept) return;
    await this.#caughtUp(frame.seq);
    this.#own(kept.frame);
    this.#answer(frame.ref, { seq: frame.seq });
  }

  /** Without a WebSocket the answer may overtake the change it speaks of. @param {number} seq */
  #caughtUp(seq) {
    if (this.#board.seq >= seq) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(over, CHANGE_COMES_WITHIN_MS);
      const board = this.#board;
      board.addEventListener("change", look);
      function look() {
        if (board.seq >= seq) over();
      }
      function over() {
        clearTimeout(timer);
        board.removeEventListener("change", look);
        resolve(undefined);
      }
    });
  }

  /** @param {Ask} frame */
  #own(frame) {
    const mine = new Set(this.#board.you.mine);
    // What somebody else wrote on this phone is theirs alone.
    if (frame.ask === "card.add" && !this.#board.card.get(frame.id)?.confirmed) mine.add(frame.id);
    if (frame.ask === "card.confirm")
      for (const id of frame.cards) if (this.#board.card.get(id)?.by !== this.#board.you.id) mine.delete(id);
    if (mine.size !== this.#board.you.mine.size) this.#board.mine(mine);
  }

  /** @param {Frame} frame */
  #no(frame) {
    const kept = this.waiting.get(frame.ref);
    if (!kept) return;
    if (frame.code === "ref-used") {
      kept.copied = true;
      return this.#settleCopies();
    }
    if (frame.code === "busy") {
      setTimeout(
        () => {
          kept.sent = false;
          this.#flow();
        },
        BUSY_AGAIN_MS * (1 + Math.random()),
      );
      return;
    }
    // Asked under two names, this card came through under the first.
    if (
      frame.code === "id-taken" &&
      this.#board.card.has(kept.frame.id) &&
      this.#board.you.mine.has(kept.frame.id)
    ) {
      return this.#answer(frame.ref, { seq: this.#board.seq });
    }
    this.#answer(frame.ref, { refusal: new Refusal(frame.code, frame.why) });
  }

  /** This tab is a copy of another: once all else is answered, ask the rest under a new name. */
  #settleCopies() {
    const copies = [...this.waiting.values()].filter((one) => one.copied);
    if (!copies.length || copies.length < this.waiting.size) return;
    newDevice();
    for (const one of copies) one.copied = one.sent = false;
    this.#line.again();
  }

  /** @param {number} ref @param {{seq?: number, refusal?: Refusal}} answer */
  #answer(ref, answer) {
    const kept = this.waiting.get(ref);
    if (!kept) return;
    this.waiting.delete(ref);
    const promise = this.#promises.get(ref);
    this.#promises.delete(ref);
    const detail = { frame: kept.frame, ...answer };
    this.dispatchEvent(new CustomEvent(answer.refusal ? "no" : "done", { detail }));
    if (answer.refusal) promise?.reject(answer.refusal);
    else promise?.resolve({ seq: answer.seq ?? 0 });
    this.#changed();
    this.#settleCopies();
    this.#flow();
  }

  #changed() {
    this.#store();
    this.dispatchEvent(new CustomEvent("pending", { detail: this.pending }));
  }

  #store() {
    const asks = [...this.waiting.values()].map((one) => one.frame);
    const text = asks.length ? JSON.stringify({ epoch: this.#epoch, asks }) : "";
    this.#chars = text.length;
    keepWords(OUTBOX, text);
  }

  #restore() {
    try {
      const { epoch, asks } = JSON.parse(kept(OUTBOX) || "{}");
      this.#epoch = epoch ?? "";
      for (const frame of asks ?? []) this.waiting.set(frame.ref, { frame, sent: false, copied: false });
    } catch {
      keepWords(OUTBOX, "");
    }
  }
}

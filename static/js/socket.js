/**
 * The line to the meeting: opens, notices silence, comes back where it was, and takes another road where WebSockets are cut.
 * It hands frames to the board and to whoever asked; it knows nothing of what they say.
 */

import { device, keep, recall } from "./device.js";
import { take } from "./page.js";
import { byeCode, openSocket, openStream } from "./road.js";

/** @typedef {import("./store.js").Board} Board @typedef {import("./store.js").Frame} Frame */
/** @typedef {"connecting" | "open" | "waiting" | "offline" | "gone"} LineState */

const SILENCE_MS = 25_000;
const FIRST_WAIT_MS = 1_000;
const WAIT_GROWS_FROM_MS = 500;
const WAIT_MOST_MS = 15_000;
const HEALTHY_MS = 30_000;
/** A resumed line may have nothing to hear: after this much it counts as open. */
const QUIET_RESUME_MS = 1_000;
const CUT_WITHIN_MS = 5_000;
const CUTS_BEFORE_STREAM = 2;
const TRY_SOCKET_AGAIN_MS = 60_000;
const STREAM = "sb.stream";
/** Closes after which coming back makes no sense: signed out, kept out, no such room, flooding. */
const FINAL = new Set([4401, 4403, 4404, 4429]);

/** Fires `state`, `saving`, `done`, `no`, `near`, `bye`, `you`, `waiting`; details are the frames. */
export class Line extends EventTarget {
  /** @type {LineState} */
  state = "connecting";
  /** Whether the server can save, as far as it said. */
  saving = true;
  /** Why the line is gone for good, once it is. @type {{code: number, bye: string, why: string} | null} */
  gone = null;
  #url;
  #board;
  #device;
  #as;
  /** Until the line has said the rest. @type {import("./page.js").Brought | null} */
  #page;
  /** @type {import("./road.js").Road | null} */
  #road = null;
  #attempt = 0;
  #cuts = 0;
  #socketWorked = false;
  #streaming = recall(STREAM) === "1";
  #openedAt = 0;
  #heardAt = 0;
  #heard = false;
  /** @type {Frame | null} */
  #bye = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watch;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resumed;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #socketAgain;

  /**
   * @param {string} url the `data-live` address
   * @param {Board} board
   * @param {{device?: () => string, as?: string, page?: import("./page.js").Brought | null}} [options]
   */
  constructor(url, board, options = {}) {
    super();
    this.#url = url;
    this.#board = board;
    this.#device = options.device ?? device;
    this.#as = options.as ?? "";
    this.#page = options.page ?? null;
    const wake = () => this.#wake();
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
    window.addEventListener("online", wake);
    window.addEventListener("pageshow", (event) => event.persisted && wake());
    window.addEventListener("offline", () => this.#lose());
    window.addEventListener("signboard:exit", () => this.close());
  }

  /** Begin. */
  open() {
    if (!this.gone && !this.#road) this.#dial();
  }

  /** Hang up for good: nothing opens this line again. */
  close() {
    this.#end({ code: 0, bye: "exit", why: "" });
  }

  /** Hang up and dial at once, for instance under another device name. */
  again() {
    if (this.gone) return;
    this.#drop();
    this.#setState("connecting");
    this.#dial();
  }

  /** Send a frame now. False when there is no line: whoever asked asks again. @param {Frame | Record<string, any>} frame */
  send(frame) {
    if ((this.state !== "open" && this.state !== "waiting") || !this.#road) return false;
    return this.#road.send(JSON.stringify(frame));
  }

  /** Whether the server can save now. @param {boolean} saving */
  #saves(saving) {
    if (this.saving === saving) return;
    this.saving = saving;
    this.dispatchEvent(new CustomEvent("saving"));
  }

  #dial() {
    clearTimeout(this.#retry);
    const query = new URLSearchParams({ device: this.#device() });
    const holds = this.#page ?? this.#board;
    if (holds.epoch) {
      query.set("after", String(holds.seq));
      query.set("epoch", holds.epoch);
    }
    if (this.#page) query.set("from", "page");
    if (this.#as) query.set("as", this.#as);
    const address = new URL(`${this.#url}?${query}`, location.href);
    this.#bye = null;
    this.#heard = false;
    this.#openedAt = 0;
    this.#heardAt = Date.now();
    const open = this.#streaming ? openStream : openSocket;
    const road = open(address, {
      opened: () => this.#road === road && this.#opened(),
      heard: (text) => this.#road === road && this.#hear(text),
      closed: (code) => this.#road === road && this.#closed(code),
    });
    this.#road = road;
    this.#listen();
  }

  #opened() {
    this.#openedAt = Date.now();
    if (!this.#board.epoch) return;
    this.#resumed = setTimeout(() => this.#setState("open"), QUIET_RESUME_MS);
  }

  /** @param {string} text */
  #hear(text) {
    this.#heardAt = Date.now();
    this.#listen();
    /** @type {Frame} */
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      return;
    }
    this.#heardFirst();
    switch (frame.is) {
      case "welcome":
      case "change":
        clearTimeout(this.#resumed);
        take(this.#board, frame, this.#page);
        this.#page = null;
        return this.#setState("open");
      case "waiting":
        clearTimeout(this.#resumed);
        this.#tell("waiting", frame);
        return this.#setState("waiting");
      case "tick":
        this.#board.seq = Math.max(this.#board.seq, frame.seq);
        if (this.state !== "waiting" && this.#board.epoch) this.#setState("open");
        return this.#tell("tick", frame);
      case "you":
        return this.#board.mine(frame.mine);
      case "near":
        if (frame.here) this.#board.nearby(frame.here);
        if (frame.writing) this.#board.writes(frame.writing);
        if ("saving" in frame) this.#saves(frame.saving);
        return;
      case "bye":
        this.#bye = frame;
        return this.#tell("bye", frame);
      case "done":
      case "no":
        return this.#tell(frame.is, frame);
    }
  }

  #heardFirst() {
    if (this.#heard) return;
    this.#heard = true;
    if (!this.#streaming) return;
    if (!this.#socketWorked) keep(STREAM, "1");
    // WebSockets worked here before: most likely the server was away, so they get one more chance.
    else this.#socketAgain = setTimeout(() => this.#trySocket(), TRY_SOCKET_AGAIN_MS);
  }

  #trySocket() {
    this.#socketWorked = false;
    this.#streaming = false;
    this.again();
  }

  /** @param {number} code */
  #closed(code) {
    const bye = this.#bye;
    const meant = FINAL.has(code) ? code : byeCode(bye?.code);
    if (FINAL.has(meant)) return this.#end({ code: meant, bye: bye?.code ?? "", why: bye?.why ?? "" });
    this.#judge(code);
    this.#drop();
    this.#comeBack();
  }

  /** Whether this close says that WebSockets do not get through here. @param {number} code */
  #judge(code) {
    const lived = this.#openedAt ? Date.now() - this.#openedAt : 0;
    if (lived > HEALTHY_MS) this.#attempt = 0;
    if (this.#streaming) {
      if (!this.#heard && recall(STREAM) !== "1") this.#streaming = false;
      return;
    }
    if (lived > CUT_WITHIN_MS && this.#heard) {
      this.#socketWorked = true;
      this.#cuts = 0;
    } else if (code === 1006 && !this.#bye && navigator.onLine !== false) {
      this.#cuts += 1;
      if (this.#cuts >= CUTS_BEFORE_STREAM) {
        this.#cuts = 0;
        this.#streaming = true;
      }
    }
  }

  #comeBack() {
    this.#setState(
      this.state === "connecting" && this.#attempt < CUTS_BEFORE_STREAM ? "connecting" : "offline",
    );
    const most =
      this.#attempt === 0 ? FIRST_WAIT_MS : Math.min(WAIT_MOST_MS, WAIT_GROWS_FROM_MS * 2 ** this.#attempt);
    // A server that stops on purpose says when to come back, to each another time.
    const wait = this.#bye?.after === undefined ? Math.random() * most : Number(this.#bye.after) || 0;
    this.#attempt += 1;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#dial(), Math.min(wait, WAIT_MOST_MS));
  }

  #lose() {
    if (this.gone || !this.#road) return;
    this.#drop();
    this.#comeBack();
  }

  /** Someone looks again, or the network is back: do not wait for a timer that a hidden tab may have slowed. */
  #wake() {
    if (this.gone) return;
    if (!this.#road) {
      this.#attempt = 0;
      this.#dial();
    } else if (Date.now() - this.#heardAt > SILENCE_MS) {
      this.again();
    }
  }

  #listen() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lose(), SILENCE_MS);
  }

  #drop() {
    const road = this.#road;
    this.#road = null;
    this.#board.writes({});
    this.#saves(true);
    clearTimeout(this.#watch);
    clearTimeout(this.#resumed);
    clearTimeout(this.#socketAgain);
    road?.close();
  }

  /** @param {{code: number, bye: string, why: string}} gone */
  #end(gone) {
    if (this.gone) return;
    this.gone = gone;
    this.#page = null;
    this.#drop();
    clearTimeout(this.#retry);
    this.#setState("gone");
  }

  /** @param {LineState} state */
  #setState(state) {
    clearTimeout(this.#resumed);
    if (this.state === state) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }

  /** @param {string} name @param {Frame} frame */
  #tell(name, frame) {
    this.dispatchEvent(new CustomEvent(name, { detail: frame }));
  }
}

/** A page around the scripts under test: window, document, storage, and a network whose every socket the test holds in its hand. */

import { mock } from "node:test";

class Storage {
  #kept = new Map();
  getItem(name) {
    return this.#kept.get(name) ?? null;
  }
  setItem(name, value) {
    this.#kept.set(name, String(value));
  }
  removeItem(name) {
    this.#kept.delete(name);
  }
  clear() {
    this.#kept.clear();
  }
  get length() {
    return this.#kept.size;
  }
  key(at) {
    return [...this.#kept.keys()][at] ?? null;
  }
}

/** Every socket opened, oldest first. */
export const sockets = [];
/** Every fetch, oldest first: `{address, options, answer(response), fail()}`. */
export const fetches = [];

class Socket {
  static OPEN = 1;
  readyState = 0;
  sent = [];
  constructor(address) {
    this.address = new URL(address);
    sockets.push(this);
  }
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
  }
  /** The server accepts. */
  accept() {
    this.readyState = 1;
    this.onopen?.({});
  }
  /** The server says something. */
  say(frame) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  /** The line breaks, or the server closes. */
  break(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

export function newPage() {
  sockets.length = 0;
  fetches.length = 0;
  globalThis.window = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  globalThis.location = new URL("http://127.0.0.1:8000/m/room1234");
  globalThis.sessionStorage ??= new Storage();
  Object.defineProperty(globalThis, "sessionStorage", { value: new Storage(), configurable: true });
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
  globalThis.WebSocket = Socket;
  globalThis.fetch = (address, options = {}) =>
    new Promise((resolve, reject) => {
      fetches.push({
        address: new URL(address),
        options,
        answer: resolve,
        fail: () => reject(new TypeError("network")),
      });
      options.signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
    });
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
}

/** Let time pass. */
export const pass = (ms) => mock.timers.tick(ms);

/** Let promises that are ready run. */
export const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

export const welcome = (more = {}) => ({
  is: "welcome",
  v: 1,
  seq: 41,
  epoch: "epoch1",
  you: { id: "me000001", role: "family", mine: [] },
  put: {},
  ...more,
});

/** A stream the server writes into: `{response, say(frame), end()}`. */
export function stream(status = 200) {
  let pen;
  const body = new ReadableStream({ start: (controller) => (pen = controller) });
  const words = new TextEncoder();
  return {
    response: { ok: status < 400, status, body },
    write: (text) => pen.enqueue(words.encode(text)),
    say: (frame) => pen.enqueue(words.encode(`id: 1\ndata: ${JSON.stringify(frame)}\n\n`)),
    end: () => pen.close(),
  };
}

/** Two roads to the same messages: a WebSocket, or a stream one way and posts the other. Text in, text out; no meaning. */

/**
 * @typedef {{opened: () => void, heard: (text: string) => void, closed: (code: number) => void}} Ears
 * @typedef {{send: (text: string) => boolean, close: () => void}} Road
 */

const CUT = 1006;
const HTTP_CLOSES = new Map([
  [401, 4401],
  [403, 4403],
  [404, 4404],
  [429, 4429],
]);
const BYE_CLOSES = new Map([
  ["signed-out", 4401],
  ["refused", 4403],
  ["removed", 4403],
  ["no-room", 4404],
  ["flooding", 4429],
]);

/** The close code that goes with the code of a `bye`, where a road cannot say it itself. @param {string | undefined} code */
export function byeCode(code) {
  return BYE_CLOSES.get(code ?? "") ?? 0;
}

/** @param {URL} address @param {Ears} ears @returns {Road} */
export function openSocket(address, ears) {
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  /** @type {WebSocket} */
  let socket;
  try {
    socket = new WebSocket(address);
  } catch {
    setTimeout(() => ears.closed(CUT));
    return { send: () => false, close: () => {} };
  }
  socket.onopen = () => ears.opened();
  socket.onmessage = (event) => ears.heard(event.data);
  socket.onclose = (event) => ears.closed(event.code);
  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    close: () => socket.close(),
  };
}

/** @param {URL} address @param {Ears} ears @returns {Road} */
export function openStream(address, ears) {
  const stop = new AbortController();
  const posts = new URL(address);
  for (const name of ["after", "epoch", "from"]) posts.searchParams.delete(name);
  let last = Promise.resolve();
  read(address, ears, stop.signal).then((code) => stop.signal.aborted || ears.closed(code));
  return {
    send(text) {
      // One after the other: the order of what a person did is part of what they did.
      last = last.then(() => post(posts, text, ears, stop.signal));
      return true;
    },
    close: () => stop.abort(),
  };
}

/** @param {URL} address @param {Ears} ears @param {AbortSignal} signal */
async function read(address, ears, signal) {
  try {
    const answer = await fetch(address, {
      headers: { Accept: "text/event-stream" },
      cache: "no-store",
      signal,
    });
    if (!answer.ok || !answer.body) return HTTP_CLOSES.get(answer.status) ?? CUT;
    ears.opened();
    const reader = answer.body.getReader();
    const words = new TextDecoder();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return CUT;
      rest = told(rest + words.decode(value, { stream: true }), ears);
    }
  } catch {
    return CUT;
  }
}

/** Hand over each whole message; returns what is not whole yet. @param {string} text @param {Ears} ears */
function told(text, ears) {
  const messages = text.replaceAll("\r\n", "\n").split("\n\n");
  const rest = messages.pop() ?? "";
  for (const message of messages) {
    const lines = message.split("\n").filter((line) => line.startsWith("data:"));
    if (lines.length) ears.heard(lines.map((line) => line.slice(5).replace(/^ /, "")).join("\n"));
  }
  return rest;
}

/** @param {URL} address @param {string} text @param {Ears} ears @param {AbortSignal} signal */
async function post(address, text, ears, signal) {
  try {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(address, { method: "POST", headers, body: text, signal });
    const body = await answer.text();
    if (signal.aborted) return;
    if (body.includes('"is"')) return ears.heard(body);
    ears.closed(HTTP_CLOSES.get(answer.status) ?? CUT);
  } catch {
    // No answer is not a no: the line comes back and asks again.
    if (!signal.aborted) ears.closed(CUT);
  }
}

/** At the door: keeps the line open, goes in when somebody opens, says so when nobody does. It knows nothing of the meeting. */

import { Asker, Refusal } from "./ask.js";
import { clockTime } from "./parts/clock.js";
import { Line } from "./socket.js";
import { Board } from "./store.js";
import { t } from "./words.js";

const RING_AFTER_MS = 3 * 60_000;
/** Closes for which the page has words of its own. */
const SAID = /** @type {Record<number, string>} */ ({ 4403: "refused", 4404: "ended" });

const body = document.body;
const board = new Board();
const line = new Line(body.dataset.live ?? "", board);
const asker = new Asker(line, board);

since();
nobodyComes();
rename();

board.addEventListener("change", goIn);
line.addEventListener("state", lineChanged);
line.open();

/** Let in: the server paints this address as the board now. */
function goIn() {
  if (board.you.role) location.reload();
}

function lineChanged() {
  say("offline", line.state === "offline");
  if (line.state !== "gone" || !line.gone || line.gone.bye === "exit") return;
  const { code, bye } = line.gone;
  if (bye === "removed") shut("removed");
  else if (code in SAID) shut(SAID[code]);
  else location.replace("/");
}

/** @param {string} state */
function shut(state) {
  body.dataset.state = state;
  for (const el of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-door-state]"))) {
    el.hidden = el.dataset.doorState !== state;
    if (!el.hidden) el.querySelector("h1")?.focus();
  }
}

/** The time as it stands on this person's own clock. */
function since() {
  const at = Number(body.dataset.since);
  const words = find("[data-waited]")?.dataset.waited ?? "";
  if (at) put("[data-waited]", words.replace("{time}", clockTime(at)));
}

function nobodyComes() {
  const waited = Math.max(0, Date.now() - Number(body.dataset.since));
  setTimeout(() => say("ring", true), Math.max(0, RING_AFTER_MS - waited));
}

function rename() {
  const form = find("[data-rename]");
  const field = find("#name");
  const wrong = find("#name-wrong");
  if (!(form instanceof HTMLFormElement && field instanceof HTMLInputElement && wrong)) return;
  find("[data-name-here]")?.removeAttribute("hidden");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    put("[data-renamed]", "");
    let why = field.value.trim() ? "" : (form.dataset.empty ?? "");
    try {
      if (!why) await asker.ask("person.name", { name: field.value });
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      why = t(refusal.why);
    }
    wrong.textContent = why;
    wrong.hidden = !why;
    if (!why) put("[data-renamed]", form.dataset.done ?? "");
  });
}

/** @param {string} what @param {boolean} shown */
function say(what, shown) {
  put(`[data-${what}]`, shown ? (find(`[data-${what}-words]`)?.textContent ?? "") : "");
}

/** @param {string} selector @param {string} words */
function put(selector, words) {
  const el = find(selector);
  if (el) el.textContent = words;
}

/** @param {string} selector @returns {HTMLElement | null} */
function find(selector) {
  return document.querySelector(selector);
}

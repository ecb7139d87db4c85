/** How a live page begins: opens the line and starts the parts the page is made of. What they do is theirs. */

import { Asker, Refusal } from "./ask.js";
import { anew, surely } from "./bring.js";
import { keep, recall } from "./device.js";
import { brought } from "./page.js";
import { notice, setAttr } from "./paint.js";
import { Line } from "./socket.js";
import { Board } from "./store.js";
import { holds, lasts, unlock } from "./vault.js";
import { t } from "./words.js";

/**
 * What every part is started with. `root` is the page's own area, `body` carries the page's `data-*`; `start` starts more parts.
 * @typedef {{board: Board, line: Line, asker: Asker, ask: Asker["ask"], root: HTMLElement, body: HTMLElement,
 *   start: (parts: Part[]) => Promise<void>}} Ctx
 * @typedef {{start: (ctx: Ctx) => unknown}} Part
 */

const RELOADED = "sb.reloaded";
const RELOAD_AT_MOST_EVERY_MS = 2_000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;

const body = document.body;
const page = body.dataset.page ?? "";
const board = new Board();
const line = new Line(body.dataset.live ?? "", board, { as: page === "wall" ? "wall" : "", page: brought() });
const root = document.querySelector("main") ?? body;

// A refusal nobody else deals with is told in its own calm words.
window.addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof Refusal)) return;
  event.preventDefault();
  if (event.reason.why) notice(t(event.reason.why));
});

/** The server paints this page differently now: another role, or the door. */
function paintAnew() {
  if (line.state !== "waiting" && holds() && !lasts())
    return void notice(
      t("What you are here as has changed. Save or copy what you were writing, then reload this page."),
    );
  const wait = Number(recall(RELOADED) ?? 0) + RELOAD_AT_MOST_EVERY_MS - Date.now();
  clearTimeout(soon);
  // Changed twice in a moment: a role that was taken back counts as much as the first.
  if (wait > 0) {
    soon = setTimeout(() => (isAnother() || line.state === "waiting") && paintAnew(), wait);
    return;
  }
  keep(RELOADED, String(Date.now()));
  location.reload();
}

function isAnother() {
  return page === "board" && board.you.role !== "" && board.you.role !== body.dataset.role;
}

board.addEventListener("change", () => isAnother() && paintAnew());
line.addEventListener("waiting", paintAnew);
line.addEventListener("state", () => setAttr(root, "data-state", line.state));
// Back from the browser's memory a page may show what is long past, or what quick exit took away.
window.addEventListener("pageshow", (event) => event.persisted && line.state === "gone" && location.reload());

/**
 * Begin with these parts and with what `more` brings, then open the line.
 * @param {Part[]} parts @param {((again: number) => Promise<{parts: Part[]}>)[]} [more] @returns {Promise<Ctx>}
 */
export async function begin(parts, more = []) {
  // Quick exit came before this: nothing begins any more.
  if (document.documentElement.classList.contains("leaving")) return new Promise(() => {});
  const brought = Promise.allSettled(more.map(surely));
  // Before anything asks for what an earlier load of this page kept, its asks first of all.
  await unlock(body.dataset.seal, body.dataset.room);
  const ctx = made(new Asker(line, board));
  await ctx.start(parts);
  for (const one of await brought) {
    if (one.status === "fulfilled") await ctx.start(one.value.parts);
    else anew();
  }
  line.open();
  return ctx;
}

/** @param {Asker} asker @returns {Ctx} */
function made(asker) {
  /** @type {Ctx} */
  const ctx = { board, line, asker, ask: (tag, fields) => asker.ask(tag, fields), root, body, start };
  return ctx;

  /** @param {Part[]} parts */
  async function start(parts) {
    for (const part of parts) {
      // One part that fails must not take the meeting with it.
      try {
        await part.start(ctx);
      } catch (error) {
        console.error(error);
      }
    }
  }
}

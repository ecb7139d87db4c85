/**
 * Brings what a meeting comes to later, once there is something of it: so a phone on a slow line sees its board first. Until then
 * nothing on the page needs it.
 */

import { anew, surely } from "./bring.js";
import { shownView, whenViewShown } from "./parts/showing.js";

/** Parts of a board that are nothing without it. */
const KINDS = /** @type {const} */ (["round", "set", "step", "decision", "poll"]);
const VIEWS = new Set(["sets", "steps"]);
const AGAIN_MS = 15_000;

/** @typedef {import("./board.js").More} More */

/** @param {import("./main.js").Ctx} ctx @param {(again: number) => Promise<More>} bring */
export function soon(ctx, bring) {
  const { board, line, start } = ctx;
  let under = false;
  let there = false;
  board.addEventListener("change", look);
  line.addEventListener("state", look);
  whenViewShown(look);
  look();

  function look() {
    if (there || under || !board.meeting) return;
    if (!VIEWS.has(shownView()) && !KINDS.some((kind) => board[kind].size)) return;
    under = true;
    void surely(bring).then(take, fail);
  }

  /** @param {More} more */
  async function take({ parts }) {
    there = true;
    await start(parts);
    // They heard nothing of what came before.
    board.again();
  }

  /** Where the line is down, so is the rest: it is tried again and again. Where it is not, the file itself is gone. */
  function fail() {
    under = false;
    if (line.state === "open") anew();
    setTimeout(look, AGAIN_MS);
  }
}

/**
 * The facilitator's desk. It starts the desk's pieces and redraws them when the board changes; each piece knows its own corner only.
 */

import { clock } from "./clock.js";
import { presses } from "./press.js";

/** @typedef {import("../store.js").Touched} Touched */
/** @typedef {(touched: Touched) => void} Draw */
/**
 * What every piece of the desk is started with. `shared()` says whether others can see this screen; `redraw` draws every piece.
 * @typedef {import("../main.js").Ctx & {press: import("./press.js").Press, now: () => number, shared: () => boolean, redraw: () => void}} Desk
 */

const PIECES = [
  "stand",
  "panel",
  "agenda",
  "wallbar",
  "gates",
  "commenting",
  "cardactions",
  "before",
  "invite",
  "closing",
  "door",
  "told",
  "prompted",
  "aside",
  "thoughts",
  "tray",
  "rules",
  "roster",
  "drawer",
  "lasttime",
];
const EVERYTHING = { all: true, touched: new Map() };
const NOTHING = { all: false, touched: new Map() };

/** @param {import("../main.js").Ctx} ctx */
export async function start(ctx) {
  /** @type {Draw[]} */
  const draws = [];
  /** @param {Touched} touched */
  const draw = (touched) => {
    if (ctx.board.meeting) for (const piece of draws) piece(touched);
  };
  /** @type {Desk} */
  const desk = {
    ...ctx,
    press: presses(ctx.asker),
    now: clock(() => draw(NOTHING)),
    shared: () => ctx.body.dataset.shared === "yes",
    redraw: () => draw(EVERYTHING),
  };
  const pieces = await Promise.allSettled(PIECES.map((name) => import(`./${name}.js`)));
  for (const piece of pieces) {
    // One piece that fails must not take the desk with it.
    try {
      if (piece.status === "rejected") throw piece.reason;
      draws.push(piece.value.start(desk));
    } catch (error) {
      console.error(error);
    }
  }
  ctx.board.addEventListener("change", (event) => {
    draw(/** @type {CustomEvent} */ (event).detail);
    // This page may not show the meeting any more: least of all what was for the facilitator alone.
    if (!ctx.board.meeting) ctx.root.querySelector("[data-panel]")?.remove();
  });
  desk.redraw();
}

/** Whether a change touched one of these kinds of part. @param {Touched} touched @param {string[]} kinds */
export function touches({ all, touched }, ...kinds) {
  return all || kinds.some((kind) => touched.has(kind));
}

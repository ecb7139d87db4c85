/**
 * The facilitator's desk. It starts the desk's pieces and redraws them when the board changes; each piece knows its own corner only.
 */

import * as agenda from "./agenda.js";
import * as aside from "./aside.js";
import * as before from "./before.js";
import * as cardactions from "./cardactions.js";
import { clock } from "./clock.js";
import * as closing from "./closing.js";
import * as commenting from "./commenting.js";
import * as door from "./door.js";
import * as drawer from "./drawer.js";
import * as gates from "./gates.js";
import * as invite from "./invite.js";
import * as lasttime from "./lasttime.js";
import * as panel from "./panel.js";
import { presses } from "./press.js";
import * as prompted from "./prompted.js";
import * as roster from "./roster.js";
import * as rules from "./rules.js";
import * as stand from "./stand.js";
import * as thoughts from "./thoughts.js";
import * as told from "./told.js";
import * as tray from "./tray.js";
import * as wallbar from "./wallbar.js";

/** @typedef {import("../store.js").Touched} Touched */
/** @typedef {(touched: Touched) => void} Draw */
/**
 * What every piece of the desk is started with. `shared()` says whether others can see this screen; `redraw` draws every piece.
 * @typedef {import("../main.js").Ctx & {press: import("./press.js").Press, now: () => number, shared: () => boolean, redraw: () => void}} Desk
 */

const PIECES = [
  stand,
  panel,
  agenda,
  wallbar,
  gates,
  commenting,
  cardactions,
  before,
  invite,
  closing,
  door,
  told,
  prompted,
  aside,
  thoughts,
  tray,
  rules,
  roster,
  drawer,
  lasttime,
];
const EVERYTHING = { all: true, touched: new Map() };
const NOTHING = { all: false, touched: new Map() };

/** @param {import("../main.js").Ctx} ctx */
export function start(ctx) {
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
  for (const piece of PIECES) {
    // One piece that fails must not take the desk with it.
    try {
      draws.push(piece.start(desk));
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

/** A board from its first minute. What only some roles need, and what a meeting comes to later, is brought by files of its own. */

import { begin } from "./main.js";
import * as aloud from "./parts/aloud.js";
import * as cards from "./parts/cards.js";
import * as change from "./parts/change.js";
import * as comments from "./parts/comments.js";
import * as drag from "./parts/drag.js";
import * as input from "./parts/input.js";
import * as keeping from "./parts/keeping.js";
import * as stillOpen from "./parts/later.js";
import * as link from "./parts/link.js";
import * as pass from "./parts/pass.js";
import * as people from "./parts/people.js";
import * as phases from "./parts/phases.js";
import * as quiet from "./parts/quiet.js";
import * as second from "./parts/second.js";
import * as typed from "./parts/typed.js";
import * as unclear from "./parts/unclear.js";
import * as unknown from "./parts/unknown.js";
import * as views from "./parts/views.js";
import { soon } from "./soon.js";

/** @typedef {{parts: import("./main.js").Part[]}} More */

const PARTS = [
  cards,
  second,
  aloud,
  input,
  change,
  comments,
  keeping,
  typed,
  unknown,
  unclear,
  drag,
  phases,
  views,
  stillOpen,
  people,
  quiet,
  link,
  pass,
];
/** @type {Record<string, () => Promise<More>>} */
const ROLES = {
  agency: () => import("./agency.js"),
  child: () => import("./child.js"),
  interpreter: () => import("./interpreter.js"),
};
const { lens = "", role = "" } = document.body.dataset;

/** What this page brings before it opens its line. @type {(() => Promise<More>)[]} */
const now = [];
if (role in ROLES) now.push(ROLES[role]);
if (lens === "facilitator" || lens === "scribe") now.push(later, () => import("./scribe.js"));
if (lens === "facilitator") now.push(() => import("./desk.js"));

void begin(PARTS, now).then((ctx) => now.includes(later) || soon(ctx, later));

/** @param {number} [again] how often it was in vain: a browser may remember an address that failed */
function later(again) {
  return import(again ? `./later.js?${again}` : "./later.js");
}

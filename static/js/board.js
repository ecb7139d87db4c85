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
/** @typedef {(again: number) => Promise<More>} Bring `again`: how often it was in vain */
/** @type {Record<string, Bring>} */
const ROLES = {
  agency: (again) => import(again ? `./agency.js?${again}` : "./agency.js"),
  child: (again) => import(again ? `./child.js?${again}` : "./child.js"),
  interpreter: (again) => import(again ? `./interpreter.js?${again}` : "./interpreter.js"),
};
const { lens = "", role = "" } = document.body.dataset;

/** What this page brings before it opens its line. @type {Bring[]} */
const now = [];
if (role in ROLES) now.push(ROLES[role]);
if (lens === "facilitator" || lens === "scribe") now.push(later, scribe);
if (lens === "facilitator") now.push(desk);

void begin(PARTS, now).then((ctx) => now.includes(later) || soon(ctx, later));

/** @param {number} again */
function later(again) {
  return import(again ? `./later.js?${again}` : "./later.js");
}

/** @param {number} again */
function scribe(again) {
  return import(again ? `./scribe.js?${again}` : "./scribe.js");
}

/** @param {number} again */
function desk(again) {
  return import(again ? `./desk.js?${again}` : "./desk.js");
}

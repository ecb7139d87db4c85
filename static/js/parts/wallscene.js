/**
 * Which scene the wall shows: it follows what the facilitator did last. It looks at the board and draws nothing.
 *
 * @typedef {import("../store.js").Board} Board @typedef {import("../store.js").Round} Round @typedef {import("../store.js").Card} Card
 * @typedef {"blank" | "ended" | "break" | "round" | "large" | "arrive" | "columns" | "sets" | "steps" | "later" | "rules"} Name
 * @typedef {{name: Name, round?: Round, card?: Card, phase: Phase}} Scene
 * @typedef {{id: string, title: string, kind: string, column: string}} Phase
 */

import { agendaOf } from "./phaseorder.js";
import { current } from "./rounds.js";
import { viewOf } from "./showing.js";

/** @type {Phase} */
const NO_PHASE = { id: "", title: "", kind: "open", column: "" };

export class Follow {
  /** Of a card shown large and a round, the one that came last. @type {"" | "card" | "round"} */
  #last = "";
  /** Shown rounds that the meeting has moved on from. @type {Set<string>} */
  #past = new Set();
  #seen = { phase: "", about: "", round: "" };

  /** What to show now, once there is a meeting. Call it once for each change of the board. @param {Board} board @returns {Scene} */
  scene(board) {
    const meeting = /** @type {import("../store.js").Meeting} */ (board.meeting);
    this.#notice(board);
    const phase = phaseOf(board);
    if (meeting.wall?.blank) return { name: "blank", phase };
    if (meeting.state === "closed") return { name: "ended", phase };
    if (meeting.pause) return { name: "break", phase };
    const card = cardShown(board);
    const round = roundShown(board, this.#past);
    if (card && this.#cardFirst(round)) return { name: "large", card, phase };
    if (round) return { name: "round", round, phase };
    if (setShown(board)) return { name: "sets", phase };
    if (rulesShown(board, phase)) return { name: "rules", phase };
    if (isArriving(board, phase)) return { name: "arrive", phase };
    // At the close everyone looks at what was agreed.
    const agreed = phase.kind === "close" && board.step.size + board.decision.size > 0;
    const view = viewOf(board, phase.id);
    if (isNothing(board, view)) return { name: "columns", phase };
    return { name: agreed && view === "columns" ? "steps" : view, phase };
  }

  /** Which was last wins. Where nobody saw it, people who are being asked come first, then the card. @param {Round | undefined} round */
  #cardFirst(round) {
    if (!round) return true;
    return round.state === "open" ? this.#last === "card" : this.#last !== "round";
  }

  /** @param {Board} board */
  #notice(board) {
    const meeting = /** @type {import("../store.js").Meeting} */ (board.meeting);
    const round = current(board);
    const now = {
      phase: meeting.phase,
      about: meeting.about ? `${meeting.about.kind} ${meeting.about.id}` : "",
      round: round ? [round.id, round.state, round.question, round.value].join(" ") : "",
    };
    const seen = this.#seen;
    this.#seen = now;
    const shown = round?.state === "shown" ? round.id : "";
    if (!seen.phase) {
      // Nobody saw the way here: numbers stand until the agenda is past them.
      if (shown && isPastRating(meeting)) this.#past.add(shown);
      return;
    }
    if (now.phase !== seen.phase && shown) this.#past.add(shown);
    if (now.about !== seen.about && meeting.about?.kind === "card") this.#last = "card";
    if (now.about !== seen.about && meeting.about?.kind === "round") this.#last = "round";
    if (now.round && now.round !== seen.round) {
      this.#last = "round";
      this.#past.delete(round?.id ?? "");
    }
  }
}

/**
 * Whether this wall has nothing of a view to show: while a child is in the room it has no worries in words, and maybe no steps. It then
 * has no scale either, so that what it does not show is not called missing.
 * @param {Board} board @param {string} view
 */
function isNothing(board, view) {
  if (view === "sets") return board.set.size === 0;
  return view === "steps" && board.scale.size === 0 && board.step.size + board.decision.size === 0;
}

/** The phase the wall stands on: the one it is held on, or the meeting's. @param {Board} board @returns {Phase} */
function phaseOf(board) {
  const { template, phase, wall } = /** @type {import("../store.js").Meeting} */ (board.meeting);
  return template.phases.find((/** @type {Phase} */ one) => one.id === (wall?.hold || phase)) ?? NO_PHASE;
}

/** @param {import("../store.js").Meeting} meeting */
function isPastRating(meeting) {
  const phases = agendaOf(meeting);
  const at = phases.findIndex((one) => one.id === meeting.phase);
  const rating = phases.map((one) => one.kind).lastIndexOf("rate");
  return rating >= 0 && at > rating;
}

/** Whether a worry and its goal is shown large. @param {Board} board */
function setShown(board) {
  const about = board.meeting?.about;
  return about?.kind === "set" && board.set.has(about.id);
}

/** Whether the ground rules are shown: by a press, or as the meeting begins and people are in. @param {Board} board @param {Phase} phase */
function rulesShown({ meeting, card }, phase) {
  if (!meeting?.template.ground_rules.length) return false;
  if (meeting.about?.kind === "meeting") return true;
  const begins = phase.id === meeting.template.phases[0].id && phase.kind === "open";
  return begins && card.size === 0 && !meeting.wall?.code;
}

/** The card shown large, where this screen may show it. @param {Board} board */
function cardShown({ meeting, card }) {
  return meeting?.about?.kind === "card" ? card.get(meeting.about.id) : undefined;
}

/** @param {Board} board @param {Set<string>} past */
function roundShown(board, past) {
  const about = board.meeting?.about;
  const chosen = about?.kind === "round" ? board.round.get(about.id) : undefined;
  const round = current(board);
  if (round?.state === "open") return round;
  if (chosen && chosen.state !== "cancelled") return chosen;
  return round && !past.has(round.id) ? round : undefined;
}

/** People are still coming: nothing is written yet, and the code may be seen. @param {Board} board @param {Phase} phase */
function isArriving({ meeting, card }, phase) {
  return Boolean(meeting?.wall?.code) && card.size === 0 && phase.id === agendaOf(meeting)[0]?.id;
}

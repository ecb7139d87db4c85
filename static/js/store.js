/**
 * The board as this browser may see it: Maps of parts, replaced by a welcome and patched by changes. It draws nothing and asks for nothing.
 *
 * @typedef {"well" | "worried" | "needs"} Column
 * @typedef {{whose: string, agreed: "yes" | "parts" | "no", how?: string, when?: string, brought_by?: string}} Voice
 * @typedef {{id: string, column: Column, text: string, version: number, order: string, by?: string, typed_by?: string, typed?: boolean,
 *   confirmed?: string, voice?: Voice | null, aside?: boolean, off_wall?: boolean, kept?: boolean, tray?: boolean, comments?: string,
 *   unknown?: {who?: string, by_when?: string} | null, category?: string, child?: boolean}} Card
 * @typedef {{id: string, name: string, role: string, agency?: string, state: string, helping?: string, how?: string, hand?: boolean,
 *   back?: boolean, expected?: boolean, ready?: string, came?: number, away?: number, since?: number, sees?: string, age?: string, chooses?: string, goodbye?: boolean,
 *   on_phone_of?: string, lead?: boolean, alarm?: number, by_link?: string}} Person
 * @typedef {{kind: "card" | "round" | "set" | "meeting", id: string}} About
 * @typedef {{blank?: boolean, hold?: string, code?: boolean, page?: number}} Wall
 * @typedef {{id: string, title: string, phase: string, phase_since: number, state: string, authors: string, template: any,
 *   closed?: Column[], agenda?: string[], skipped?: string[], family_first?: Column[], rules_agreed?: number, prompts_off?: string[],
 *   pause?: boolean, about?: About | null, wall?: Wall, code?: string, admit?: string, erase_days?: number,
 *   opened?: number, ended?: number, cut?: number, wall_child?: string}} Meeting
 * @typedef {{id: string, title: string, about?: string, ten: string, zero: string, direction: "up" | "down", set?: string}} Scale
 * @typedef {{id: string, scale: string, state: string, show: string, asked: number, answered: number, too?: boolean,
 *   groups?: Record<string, number>, missing?: string[], question?: string, value?: number | null, opened?: number,
 *   sheet?: string, child?: string, per?: string, revealed?: number}} Round
 * @typedef {{id: string, round: string, person?: string, role?: string, value: number | string, reason?: string, share?: boolean, pad?: string,
 *   agency?: string, source?: string, said?: string, kept?: boolean}} Rating
 * @typedef {{id: string, scale: string, person: string, role: string, value: number, when: string, ten: string, zero: string, child?: string,
 *   name?: string}} Past
 * @typedef {{id: string, set: string, state: string, asked: number, answered: number, versions?: Record<string, number>, named?: boolean,
 *   too?: boolean, missing?: string[], counts?: Record<string, number>, not_asked?: number, unasked?: string[], away?: string[],
 *   opened?: number}} Poll
 * @typedef {{id: string, poll: string, value: string, person?: string, role?: string, words?: string, share?: boolean, pad?: string}} Answer
 * @typedef {{id: string, person: string, about: string, at: number, text?: string}} Quiet
 * @typedef {{id: string, where?: string[]}} Commenting
 * @typedef {{id: string, on: import("./parts/commented.js").On, text: string, order: number, by?: string, typed_by?: string, typed?: boolean, own?: boolean}} Comment
 * @typedef {{id: string, column: Column, text: string, order: number, by?: string, typed_by?: string, typed?: boolean, shown?: boolean, own?: boolean}} Thought
 * @typedef {{id: string, set: string, part: string, text: string, version: number, until?: number}} Earlier
 * @typedef {{id: string, set: string, text: string, version: number, at: number, by?: string, typed_by?: string, typed?: boolean, mine?: boolean, aside?: boolean}} Differ
 * @typedef {{id: string, what: string, version: number, order: string, when?: string, know?: string, otherwise?: string, bottom?: boolean,
 *   card?: string, set?: string, state?: string, note?: string, by?: string, typed_by?: string, typed?: boolean, comments?: string,
 *   agreed?: number}} Step
 * @typedef {{id: string, step: string, person?: string, name?: string, answer?: string, words?: string, typed?: boolean, shown?: boolean, version?: number}} Owner
 * @typedef {{id: string, what: string, version: number, at: number, reasons?: string, whom?: string, next?: string}} Decision
 * @typedef {{id: string, decision: string, text: string, at: number, by?: string, typed_by?: string, typed?: boolean}} Dissent
 * @typedef {{id: string, of: {kind: string, id: string, field?: string}, text: string, lang: string, dir: string, of_lang?: string, of_dir?: string,
 *   version: number, stale?: boolean, by?: string, yours?: boolean}} Translation
 * @typedef {{id: string, card?: string, on?: {kind: string, id: string}, part?: string, word?: string}} Unclear
 * @typedef {{is: string, [field: string]: any}} Frame
 * @typedef {{all: boolean, touched: Map<string, Set<string>>}} Touched
 */

/** The kinds of part this page knows. Others pass by: a newer server may send them. */
const KINDS = /** @type {const} */ ([
  "person",
  "card",
  "scale",
  "round",
  "rating",
  "past",
  "quiet",
  "commenting",
  "comment",
  "thought",
  "set",
  "earlier",
  "differ",
  "step",
  "owner",
  "decision",
  "dissent",
  "poll",
  "answer",
  "afterwards",
  "translation",
  "unclear",
]);

/** Fires `change` (detail: Touched) once a frame. */
export class Board extends EventTarget {
  /** @type {{id: string, role: string, mine: Set<string>}} */
  you = { id: "", role: "", mine: new Set() };
  /** @type {Meeting | null} */
  meeting = null;
  /** @type {Map<string, Person>} */
  person = new Map();
  /** @type {Map<string, Card>} */
  card = new Map();
  /** @type {Map<string, Scale>} */
  scale = new Map();
  /** @type {Map<string, Round>} */
  round = new Map();
  /** @type {Map<string, Rating>} */
  rating = new Map();
  /** @type {Map<string, Past>} */
  past = new Map();
  /** @type {Map<string, Quiet>} */
  quiet = new Map();
  /** @type {Map<string, Translation>} */
  translation = new Map();
  /** @type {Map<string, Unclear>} */
  unclear = new Map();
  /** @type {Map<string, Commenting>} */
  commenting = new Map();
  /** @type {Map<string, Comment>} */
  comment = new Map();
  /** @type {Map<string, Thought>} */
  thought = new Map();
  /** @type {Map<string, import("./parts/setwords.js").Set_>} */
  set = new Map();
  /** @type {Map<string, Earlier>} */
  earlier = new Map();
  /** @type {Map<string, Differ>} */
  differ = new Map();
  /** @type {Map<string, Step>} */
  step = new Map();
  /** @type {Map<string, Owner>} */
  owner = new Map();
  /** @type {Map<string, Decision>} */
  decision = new Map();
  /** @type {Map<string, Dissent>} */
  dissent = new Map();
  /** @type {Map<string, Poll>} */
  poll = new Map();
  /** @type {Map<string, Answer>} */
  answer = new Map();
  /** What comes after the meeting. @type {Map<string, {id: string, next?: string, ring?: string}>} */
  afterwards = new Map();
  /** Who has a device connected; told to facilitator and scribe only. @type {Set<string>} */
  near = new Set();
  /** Who else writes now, by set and part; told only to who writes that set. @type {Record<string, Record<string, string[]>>} */
  writing = {};
  seq = 0;
  epoch = "";

  /** Replace everything. @param {Frame} frame */
  welcome(frame) {
    this.seq = frame.seq;
    this.epoch = frame.epoch;
    this.you = { id: frame.you.id, role: frame.you.role, mine: new Set(frame.you.mine ?? []) };
    this.meeting = null;
    this.writing = {};
    for (const kind of KINDS) this[kind].clear();
    const touched = this.#take(frame.put ?? {}, {});
    this.#tell(true, touched);
  }

  /** Put and drop what changed. @param {Frame} frame */
  change(frame) {
    this.seq = Math.max(this.seq, frame.seq);
    this.#tell(false, this.#take(frame.put ?? {}, frame.drop ?? {}));
  }

  /** Tell everything once more, for who came late. */
  again() {
    if (!this.meeting) return;
    const touched = new Map(KINDS.map((kind) => [/** @type {string} */ (kind), new Set(this[kind].keys())]));
    this.#tell(true, touched.set("meeting", new Set([this.meeting.id])));
  }

  /** What is yours to change, when the server says so. @param {Iterable<string>} ids */
  mine(ids) {
    const mine = new Set(ids);
    const touched = new Set(
      [...this.you.mine, ...mine].filter((id) => this.you.mine.has(id) !== mine.has(id)),
    );
    this.you.mine = mine;
    const steps = new Set([...touched].filter((id) => this.step.has(id)));
    const cards = new Set([...touched].filter((id) => !steps.has(id)));
    const told = new Map([
      ["card", cards],
      ["step", steps],
    ]);
    this.#tell(false, new Map([...told].filter(([, ids]) => ids.size)));
  }

  /** Who is connected now. @param {Iterable<string>} ids */
  nearby(ids) {
    this.near = new Set(ids);
    this.#tell(false, new Map([["near", new Set(this.near)]]));
  }

  /** Who else writes now. @param {Record<string, Record<string, string[]>>} writing */
  writes(writing) {
    const sets = new Set([...Object.keys(this.writing), ...Object.keys(writing)]);
    this.writing = writing;
    if (sets.size) this.#tell(false, new Map([["writing", sets]]));
  }

  /** Forget everything, because this page may not show it any more. */
  clear() {
    this.you = { id: "", role: "", mine: new Set() };
    this.meeting = null;
    this.near = new Set();
    this.writing = {};
    for (const kind of KINDS) this[kind].clear();
    this.#tell(true, new Map());
  }

  /** Whether the words of a card are yours to change. @param {Card} card */
  owns(card) {
    const me = this.you.id;
    return this.you.mine.has(card.id) || card.by === me || (card.typed_by === me && !card.confirmed);
  }

  /** The cards of a column in the order of the board: a child's words first, then everyone alike. @param {Column} column */
  cards(column) {
    const here = [...this.card.values()].filter((card) => card.column === column);
    return here.sort(
      (one, other) => Number(!isChilds(one)) - Number(!isChilds(other)) || byOrder(one, other),
    );
  }

  /** @param {Record<string, Record<string, any>>} put @param {Record<string, string[]>} drop */
  #take(put, drop) {
    /** @type {Map<string, Set<string>>} */
    const touched = new Map();
    for (const kind of KINDS) {
      const shelf = /** @type {Map<string, any>} */ (this[kind]);
      const ids = new Set([...Object.keys(put[kind] ?? {}), ...(drop[kind] ?? [])]);
      for (const [id, part] of Object.entries(put[kind] ?? {})) shelf.set(id, part);
      for (const id of drop[kind] ?? []) shelf.delete(id);
      if (ids.size) touched.set(kind, ids);
    }
    for (const [id, part] of Object.entries(put.meeting ?? {})) {
      this.meeting = part;
      touched.set("meeting", new Set([id]));
    }
    return touched;
  }

  /** @param {boolean} all @param {Map<string, Set<string>>} touched */
  #tell(all, touched) {
    this.dispatchEvent(new CustomEvent("change", { detail: { all, touched } }));
  }
}

/** Whether everyone may know that a card holds a child's own words. @param {Card} card */
export function isChilds({ voice, child }) {
  return Boolean(voice || child);
}

/** How parts of a list sort. @param {{order: string, id: string}} one @param {{order: string, id: string}} other */
export function byOrder(one, other) {
  return compare(one.order, other.order) || compare(one.id, other.id);
}

/** @param {string} one @param {string} other */
function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}

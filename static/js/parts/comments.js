/**
 * What is said under cards, worries in words and next steps: a fold where something was said, or can be. Never under a child's own
 * words. What is written stays in the tab until the server has it. Opening and closing is the desk's, in commenting.js; under what, and
 * whether it is open there, in commented.js.
 */

import { newId } from "../device.js";
import { draft, keepDraft, tie } from "../draft.js";
import { all, announce, find, keyed, paint, setText, stamp, steady, undo } from "../paint.js";
import { t } from "../words.js";
import { writer } from "./cardfields.js";
import { inSightOf, isOpen, onOf, thingAt } from "./commented.js";
import { grow, tooLong, watchLength } from "./field.js";
import { columnOf, scrollerOf } from "./showing.js";
import { sure } from "./sure.js";

/** @typedef {import("../store.js").Comment} Comment @typedef {Comment & {going?: boolean}} Shown */

const FEW = 8;
const SAYS = new Set(["facilitator", "scribe", "family", "child", "supporter", "agency"]);
/** For whom somebody types who speaks for others. @type {Record<string, (role: string) => boolean>} */
const SPEAKS_FOR = { supporter: (role) => role === "family", scribe: (role) => role !== "scribe" };

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, asker, ask, line, root, body }) {
  /** Where comments can stand. */
  const places = all(root, "[data-columns], [data-sets], [data-step-list]");
  /** What has its fold open. @type {Set<string>} */
  const open = new Set();

  // Cards, worries and steps are painted by somebody else, at a time of their own.
  const painted = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) equip(node);
  });
  board.addEventListener("change", (event) => changed(/** @type {CustomEvent} */ (event).detail));
  asker.addEventListener("pending", pending);
  asker.addEventListener("no", (event) => refused(/** @type {CustomEvent} */ (event).detail));
  line.addEventListener("state", () => dressAll());
  for (const place of places) {
    painted.observe(place, { childList: true, subtree: true });
    place.addEventListener("click", pressed);
    place.addEventListener("submit", sent);
    equip(place);
  }

  /** @param {import("../store.js").Touched} change */
  function changed({ all: everything, touched }) {
    if (!everything) tell(touched.get("comment") ?? new Set());
    if (everything || ["meeting", "person", "comment", "commenting"].some((kind) => touched.has(kind)))
      return dressAll();
    for (const kind of ["card", "set", "step"]) {
      const ids = touched.get(kind);
      if (ids) for (const hook of hooks(ids)) if (ids.has(keyOf(hook))) dress(hook);
    }
  }

  /** Where something can be said; of a few things where that may be. @param {Set<string>} [ids] */
  function hooks(ids) {
    const which =
      ids && ids.size <= FEW ? [...ids].map((id) => `[data-key="${CSS.escape(id)}"] [data-talk]`) : [];
    return places.flatMap((place) => all(place, which.join() || "[data-talk]"));
  }

  /** What is asked of comments changed. */
  function pending() {
    const now = [...asker.asked("comment.add"), ...asker.asked("comment.remove")].length;
    if (now || asked) dressAll();
    asked = now;
  }
  let asked = 0;

  /** Others' new words are told to who listens to the page. @param {Set<string>} ids */
  function tell(ids) {
    for (const id of ids) {
      const one = board.comment.get(id);
      if (one && !one.own && !known.has(id) && inSightOf(one.on, board)) announce(t("A new comment."));
      known.add(id);
    }
  }
  const known = new Set();

  function dressAll() {
    const said = saidNow();
    for (const hook of hooks()) if (!hook.closest("[data-cards]")) dress(hook, said);
    for (const list of all(root, "[data-columns] [data-cards]")) {
      const scroll = /** @type {HTMLElement} */ (list.closest("[data-scroll]"));
      steady(scrollerOf(scroll), `[data-column="${columnOf(list)}"] [data-cards] > [data-key]`, () => {
        for (const hook of all(list, "[data-talk]")) dress(hook, said);
      });
    }
  }

  /** @param {Node} node */
  function equip(node) {
    if (!(node instanceof HTMLElement)) return;
    for (const hook of node.matches("[data-talk]") ? [node] : all(node, "[data-talk]")) dress(hook);
  }

  /** @param {HTMLElement} hook @param {Map<string, Shown[]>} [now] what was said, and where */
  function dress(hook, now = saidNow()) {
    const id = keyOf(hook);
    const thing = thingAt(hook, board);
    const name = `comment.${id}`;
    const said = thing ? (now.get(id) ?? []) : [];
    const may = thing
      ? isOpen(thing, board) === true && board.meeting?.state === "open" && SAYS.has(board.you.role)
      : false;
    const field = /** @type {HTMLTextAreaElement | null} */ (hook.querySelector("[data-talk-words]"));
    const words = field?.value || draft(name);
    hook.hidden = !said.length && !may && !words;
    if (words) open.add(id);
    // Said by the card itself: asked with `:has`, every change would have every card of the board looked at anew.
    hook.parentElement?.toggleAttribute("data-talking", !hook.hidden && open.has(id));
    if (hook.hidden) return hook.contains(document.activeElement) ? undefined : hook.replaceChildren();
    if (!field) make(hook, name);
    paint(hook, {
      talkFold: said.length ? t("Comments ({n})", { n: said.length }) : t("Write a comment"),
      talkOpen: String(open.has(id)),
      talkInside: `talk-${id}`,
      talkField: `talk-words-${id}`,
      talkNotes: `talk-notes-${id}`,
      talkClosed: !may,
      talkForm: may || words !== "",
      talkMay: may,
      talkSeen:
        board.meeting?.authors === "shown"
          ? t("Everyone here will see this, with your name.")
          : t("Everyone here will see this, without names."),
    });
    find(hook, "[data-talk-inside]").hidden = !open.has(id);
    offer(hook);
    keyed(
      find(hook, "[data-talk-list]"),
      said.map((one) => one.id),
      () => stamp("talk-said"),
      (el, which) => paint(el, fields(/** @type {Shown} */ (said.find((one) => one.id === which)))),
    );
  }

  /** @param {HTMLElement} hook @param {string} name of its draft */
  function make(hook, name) {
    hook.replaceChildren(stamp("talk"));
    const field = /** @type {HTMLTextAreaElement} */ (find(hook, "[data-talk-words]"));
    tie(field, name);
    grow(field);
    watchLength(field, find(hook, "[data-talk-left]"));
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || board.you.role === "child") return;
      event.preventDefault();
      field.form?.requestSubmit();
    });
  }

  /** What was said, by what it stands under, and what is on its way there or back. @returns {Map<string, Shown[]>} */
  function saidNow() {
    const back = new Set(asker.asked("comment.remove").map((frame) => frame.comment));
    const here = [...board.comment.values()].filter((one) => !back.has(one.id));
    here.sort((one, other) => one.order - other.order);
    const going = asker.asked("comment.add").filter((frame) => !board.comment.has(frame.id));
    /** @type {Map<string, Shown[]>} */
    const said = new Map();
    for (const one of [
      ...here,
      .../** @type {any[]} */ (going.map((ask) => ({ ...ask, own: true, going: true }))),
    ])
      said.set(one.on.id, [...(said.get(one.on.id) ?? []), one]);
    return said;
  }

  /** @param {Shown} one */
  function fields(one) {
    const back = one.own ? t("Take back") : board.you.role === "facilitator" ? t("Remove") : "";
    const who = writer(/** @type {any} */ (one), board);
    return {
      talkText: one.text,
      talkWho: who || (one.own ? t("You") : ""),
      talkState: !one.going ? "" : line.state === "offline" ? t("Kept here, not sent yet") : t("Saving…"),
      talkBack: one.going || board.meeting?.state !== "open" ? "" : back,
      talkBackLong: `${back}: ${one.text.slice(0, 60)}`,
    };
  }

  /** @param {MouseEvent} event */
  function pressed(event) {
    const target = event.target instanceof Element ? event.target : null;
    const hook = /** @type {HTMLElement | null} */ (target?.closest("[data-talk]") ?? null);
    if (!hook || !target) return;
    if (target.closest("[data-talk-fold]")) {
      const id = keyOf(hook);
      if (!open.delete(id)) open.add(id);
      dress(hook);
    }
    const said = /** @type {HTMLElement | null} */ (
      target.closest("[data-talk-back]")?.closest("[data-key]") ?? null
    );
    const one = board.comment.get(said?.dataset.key ?? "");
    if (one?.own) takeBack(one);
    else if (one) void remove(one);
  }

  /** @param {Comment} one */
  function takeBack({ id, on, text, by }) {
    ask("comment.remove", { comment: id }).then(
      () => {
        const whose = by && by !== board.you.id ? { for: by } : {};
        undo(t("Taken back."), () => say({ on, text, ...whose }));
      },
      () => dressAll(),
    );
  }

  /** @param {Comment} one */
  async function remove({ id }) {
    const yes = await sure({
      title: t("Remove this comment?"),
      text: t("Its words leave the board and the record. This cannot be taken back."),
      yes: t("Remove for good"),
      no: t("Keep it"),
    });
    if (yes) await ask("comment.remove", { comment: id });
  }

  /** @param {SubmitEvent} event */
  function sent(event) {
    const form = event.target instanceof HTMLElement ? event.target.closest("[data-talk-form]") : null;
    if (!(form instanceof HTMLElement)) return;
    event.preventDefault();
    const hook = /** @type {HTMLElement} */ (form.closest("[data-talk]"));
    const thing = thingAt(hook, board);
    const field = /** @type {HTMLTextAreaElement} */ (find(form, "[data-talk-words]"));
    const whom = /** @type {HTMLSelectElement | null} */ (form.querySelector("[data-talk-for]"));
    const wrong = field.value.trim() ? tooLong(field.value) : t("There is nothing written yet.");
    const missing = whom && !whom.value ? t("Please choose for whom you are writing.") : "";
    if (wrong || missing) {
      tellAt(hook, wrong || missing);
      return (wrong ? field : /** @type {HTMLElement} */ (whom)).focus();
    }
    if (!thing || !isOpen(thing, board))
      return tellAt(hook, t("Comments are closed here for now. Your words are kept here."));
    const text = field.value;
    field.value = "";
    keepDraft(`comment.${keyOf(hook)}`, "");
    field.dispatchEvent(new Event("input"));
    field.focus();
    say({ on: onOf(hook), text, ...(whom ? { for: whom.value } : {}) });
  }

  /** @param {Record<string, any>} what */
  function say(what) {
    // What is refused comes back by the asker's `no`, as it does after a reload.
    ask("comment.add", { id: newId(), ...what }).then(
      () => announce(t("Saved")),
      () => {},
    );
  }

  /** Words that were refused go back to where they were written. @param {{frame: any, refusal: {why: string}}} answer */
  function refused({ frame, refusal }) {
    if (frame.ask !== "comment.add") return;
    const name = `comment.${frame.on.id}`;
    const kept = draft(name);
    const words = kept ? `${kept}\n${frame.text}` : frame.text;
    keepDraft(name, words);
    const hook = hooks().find((one) => keyOf(one) === frame.on.id);
    if (!hook) return;
    dress(hook);
    const field = /** @type {HTMLTextAreaElement} */ (find(hook, "[data-talk-words]"));
    field.value = words;
    if (refusal.why) tellAt(hook, t(refusal.why));
  }

  /** @param {HTMLElement} hook @param {string} words */
  function tellAt(hook, words) {
    const left = find(hook, "[data-talk-left]");
    left.toggleAttribute("data-wrong", true);
    setText(left, words);
  }

  /** @param {HTMLElement} hook */
  function offer(hook) {
    const list = /** @type {HTMLSelectElement | null} */ (hook.querySelector("[data-talk-for]"));
    const speaks = SPEAKS_FOR[body.dataset.role ?? ""];
    if (!list || !speaks) return;
    const people = [...board.person.values()].filter(
      ({ role, state }) => speaks(role) && state !== "waiting",
    );
    const now = [...list.options].slice(1).map((one) => `${one.value} ${one.text}`);
    if (now.join() === people.map((one) => `${one.id} ${one.name}`).join()) return;
    const chosen = list.value;
    list.replaceChildren(list.options[0], ...people.map((one) => new Option(one.name, one.id)));
    if (people.some((one) => one.id === chosen)) list.value = chosen;
  }
}

/** What a fold stands under. @param {Element} el */
function keyOf(el) {
  return onOf(el).id;
}

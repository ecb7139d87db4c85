/**
 * Writing: one composer a column. What is typed stays in the tab until the server has it, and comes back where it was refused.
 * What stands on the board is cards.js; a child's words are voice.js, thoughts for later kept.js.
 */

import { newId } from "../device.js";
import { draft, keepDraft, tie } from "../draft.js";
import { all, announce, find, notice, setText } from "../paint.js";
import { t } from "../words.js";
import { runs } from "./cards.js";
import { grow, tooLong, watchLength } from "./field.js";
import { kept } from "./kept.js";
import { waits } from "./overlay.js";
import { show } from "./showing.js";
import { unknown } from "./unknown.js";
import { voice } from "./voice.js";
import { watchWriting } from "./writing.js";

/** @typedef {import("../main.js").Ctx} Ctx @typedef {import("../store.js").Column} Column */
/** @typedef {{put: (text: string, fields?: Record<string, any>) => void, focus: () => void, words: () => string, drop: () => void}} Composer */

/** @type {Map<string, Composer>} */
const composers = new Map();
/** What leaves a composer, and comes back where it was refused. */
const SENT = new Set(["card.add", "thought.keep"]);
/** What a column's form says of itself once its words are on their way or kept. */
export const TAKEN = "taken";

/** @param {Ctx} ctx */
export function start(ctx) {
  for (const form of all(document, "form[data-composer]"))
    composers.set(form.dataset.composer ?? "", composer(ctx, /** @type {HTMLFormElement} */ (form)));
  watchWriting();
  // Also for what an earlier load of this page asked: its words come back too.
  ctx.asker.addEventListener("no", (event) => {
    const { frame, refusal } = /** @type {CustomEvent} */ (event).detail;
    if (!SENT.has(frame.ask) || (frame.for && ctx.board.you.role !== "supporter")) return;
    const { ask: _ask, ref: _ref, id: _id, keep: _keep, column, text, ...fields } = frame;
    composers.get(column)?.put(text, { ...fields, why: refusal.why ? t(refusal.why) : "" });
  });
}

/** Go to a column and write there. @param {Column} column */
export function writeIn(column) {
  show(column);
  composers.get(column)?.focus();
}

/** Keep words that have lost their place, where their column is written in. False where nobody writes. @param {Column} column @param {string} text */
export function keepWords(column, text) {
  composers.get(column)?.put(text);
  return composers.has(column);
}

/** What stands in the composers and was never sent. @returns {{column: Column, text: string}[]} */
export function unsent() {
  return [...composers]
    .map(([column, one]) => ({ column: /** @type {Column} */ (column), text: one.words() }))
    .filter((one) => one.text.trim());
}

/** Let go of what stands in a composer. @param {string} column */
export function dropWords(column) {
  composers.get(column)?.drop();
}

/** @param {Ctx} ctx @param {HTMLFormElement} form @returns {Composer} */
function composer(ctx, form) {
  const { board, ask } = ctx;
  const column = /** @type {Column} */ (form.dataset.composer);
  const field = /** @type {HTMLTextAreaElement} */ (find(form, "textarea[data-words]"));
  const left = find(form, "[data-left]");
  const whom = /** @type {HTMLSelectElement | null} */ (form.querySelector("[data-for]"));
  const add = find(form, "[data-add]");
  const keep = find(form, "[data-keep]");
  const asks = /** @type {HTMLElement | null} */ (form.querySelector("[data-unknown-open]"));
  const aside = /** @type {HTMLElement | null} */ (form.querySelector("[data-keep-now]"));
  const opener = /** @type {HTMLElement | null} */ (form.querySelector("[data-voice-open]"));
  /** Who closes adding needs no telling that it is closed: her switch stands above. */
  const closes = document.body.dataset.lens === "facilitator";
  const child = board.you.role === "child" || document.body.dataset.role === "child";
  const shut = () => board.meeting?.closed?.includes(column) === true;
  const box = voice(form, { name: () => board.person.get(board.you.id)?.name ?? "" });
  const open = unknown(form);
  const later = kept(form, {
    show: (one) => send(one.text, one.fields ?? {}),
    may: () => !shut() && board.meeting?.state !== "closed",
  });
  let keeping = false;

  tie(field, `words.${column}`);
  grow(field);
  watchLength(field, left);
  field.addEventListener("keydown", (event) => {
    // A child chooses with a button who sees it. While a keyboard composes a word, Enter belongs to that word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || child) return;
    event.preventDefault();
    take();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take();
  });
  keep.addEventListener("click", () => (child ? keepApart() : keepIt()));
  aside?.addEventListener("click", () => addIt({ keep: true }));
  find(form, "[data-keep-open]").addEventListener("click", () => {
    keeping = true;
    draw();
    field.focus();
  });
  whom?.addEventListener("change", () => {
    keepDraft(`for.${column}`, whom.value);
    whom.removeAttribute("aria-invalid");
  });
  board.addEventListener("change", draw);
  field.addEventListener("blur", draw);
  field.addEventListener("input", () => aside?.toggleAttribute("hidden", shut() || !field.value.trim()));
  draw();

  function take() {
    if (shut() && child) keepApart();
    else if (shut()) keepIt();
    else addIt();
  }

  /** @param {{keep?: boolean}} [how] `keep`: on one's own screen for now */
  function addIt(how = {}) {
    const said = box.told();
    if (said && "missing" in said) return void wrong(said.missing, said.at);
    if (whom && !whom.value) {
      whom.setAttribute("aria-invalid", "true");
      return void wrong(t("Please choose for whom you are writing."), whom);
    }
    const text = words();
    if (!text) return;
    send(text, { ...how, ...(said ? { voice: said } : open.told()), ...(whom ? { for: whom.value } : {}) });
    empty();
    box.done();
    open.done();
    return true;
  }

  /** A child's own, on no other screen until they show it. */
  function keepApart() {
    if (addIt({ keep: true })) announce(t("Kept. Only you see this."));
  }

  function keepIt() {
    const text = words();
    if (!text) return;
    const said = box.told();
    if (forNextTime() && !said) return keepForNextTime(text);
    later.keep({ id: newId(), text, ...(said && !("missing" in said) ? { fields: { voice: said } } : {}) });
    announce(t("Kept here. Only you can see it."));
    empty();
  }

  /** Whether what is written now goes to the list for next time, which everyone sees at the close. */
  function forNextTime() {
    return shut() && board.meeting?.state === "open" && !["advocate", "child"].includes(board.you.role);
  }

  /** @param {string} text */
  function keepForNextTime(text) {
    if (whom && !whom.value) return void wrong(t("Please choose for whom you are writing."), whom);
    ask("thought.keep", { id: newId(), column, text, ...(whom ? { for: whom.value } : {}) }).then(
      () => notice(t("Kept for next time. You find it under “Still open”.")),
      () => {},
    );
    empty();
  }

  /** What is written, or nothing after saying why it cannot be taken. */
  function words() {
    if (!field.value.trim()) return wrong(t("There is nothing written yet."), field);
    const over = tooLong(field.value);
    if (over) return wrong(over, field);
    return field.value;
  }

  /** @param {string} text @param {HTMLElement} at */
  function wrong(text, at) {
    say(text);
    at.focus();
    return "";
  }

  /** @param {string} text */
  function say(text) {
    left.toggleAttribute("data-wrong", Boolean(text));
    setText(left, text);
  }

  function empty() {
    // At the desk the field stays as long as it has the focus.
    field.focus();
    field.value = "";
    keepDraft(`words.${column}`, "");
    field.dispatchEvent(new Event("input"));
    say("");
    form.dispatchEvent(new Event(TAKEN));
  }

  /** @param {string} text @param {Record<string, any>} fields */
  function send(text, fields) {
    // What is refused comes back by the asker's `no`, as it does after a reload.
    ask("card.add", { id: newId(), column, text, ...fields }).catch(() => {});
  }

  function draw() {
    if (!board.meeting) return;
    const over = board.meeting.state === "closed";
    const closed = shut() || over;
    // Nobody's half-written words are taken from under them.
    const writing = document.activeElement === field || field.value !== "";
    form.hidden = closed && (over || (closes && !writing)) && !field.value && later.empty;
    find(form, "[data-closed]").hidden = !closed;
    setText(find(form, "[data-closed]"), over ? notSent() : notNow());
    find(form, "[data-keep-open]").hidden = !closed || over || keeping || writing || closes;
    find(form, "[data-write]").hidden = over ? !field.value : closed && !keeping && !writing;
    add.hidden = closed;
    keep.hidden = over || (!closed && !child);
    if (opener) opener.hidden = closed;
    if (asks) asks.hidden = closed;
    if (aside) aside.hidden = closed || !field.value.trim();
    setText(find(form, "[data-seen]"), seen(closed));
    if (!closed) keeping = false;
    if (whom) offer(whom);
    later.draw();
  }

  const notNow = () =>
    closes ? t("Adding is closed.") : t("{name} has closed adding for now.", { name: runs(board) });
  const notSent = () => t("This was not sent before the meeting ended. Only you can see it.");

  /** @param {boolean} closed */
  function seen(closed) {
    if (closed && forNextTime())
      return board.meeting?.authors === "shown"
        ? t("Only you and {name} see this until the end. Then everyone here does, with your name.", {
            name: runs(board),
          })
        : t("Only you and {name} see this until the end. Then everyone here does, without names.", {
            name: runs(board),
          });
    if (child && !closed)
      return board.meeting?.authors === "shown"
        ? t("Keep it for you, or show it with your name.")
        : t("Keep it for you, or show it without names.");
    if (closed && child) return t("Only you see this.");
    if (closed) return t("Kept here until you close this page. Only you can see it.");
    if (waits(board, board.you.id, column))
      return t("The family go first here. What you add waits until {name} puts it up.", {
        name: runs(board),
      });
    if (board.meeting?.authors === "shown") return t("Everyone here will see this, with your name.");
    return t("Everyone here will see this, without names.");
  }

  /** @param {HTMLSelectElement} list */
  function offer(list) {
    const family = [...board.person.values()].filter((one) => one.role === "family");
    const chosen = list.value || draft(`for.${column}`);
    const now = [...list.options].slice(1).map((one) => `${one.value} ${one.text}`);
    if (now.join() === family.map((one) => `${one.id} ${one.name}`).join()) return;
    list.replaceChildren(list.options[0], ...family.map((one) => new Option(one.name, one.id)));
    if (family.some((one) => one.id === chosen)) list.value = chosen;
  }

  return {
    put(text, { why = "", ...fields } = {}) {
      if (!field.value && !fields.voice) {
        field.value = text;
        field.dispatchEvent(new Event("input"));
        keepDraft(`words.${column}`, text);
        if (fields.unknown) open.restore(fields.unknown);
      } else later.keep({ id: newId(), text, ...(Object.keys(fields).length ? { fields } : {}) });
      if (why) say(why);
      draw();
    },
    focus: () => field.focus(),
    words: () => field.value,
    drop() {
      field.value = "";
      keepDraft(`words.${column}`, "");
      field.dispatchEvent(new Event("input"));
    },
  };
}

/**
 * Writing a set, part by part: words are kept as they are typed, saved when the field is left, and never written over silently.
 * Which set it is, and how it reads, is in sets.js.
 */

import { Refusal } from "../ask.js";
import { draft, keepDraft } from "../draft.js";
import { all, find, keyed, notice, paint, setAttr, stamp } from "../paint.js";
import { t } from "../words.js";
import { grow } from "./field.js";
import { pollOf } from "./polls.js";
import { drawWhose, typesGoal, whose } from "./setgoal.js";
import { presence, writingHere } from "./setpresence.js";
import { label, mayWrite } from "./setwords.js";

/** @typedef {import("./setwords.js").Set_} Set_ */

const MOST = /** @type {Record<string, number>} */ ({ name: 80, long: 280 });

/** @param {import("../main.js").Ctx} ctx @param {HTMLElement} el the set's own element @param {() => Set_ | undefined} now the set as it is */
export function writing(ctx, el, now) {
  const { board, ask } = ctx;
  /** The version each field under way began from. @type {Map<string, number>} */
  const began = new Map();
  /** What could not be saved while people were asked about these words. @type {Set<string>} */
  const held = new Set();
  const present = presence(ctx, now);
  let at = 0;
  el.addEventListener("input", (event) => typed(/** @type {HTMLElement} */ (event.target)));
  el.addEventListener("focusout", (event) => left(/** @type {HTMLElement} */ (event.target)));
  el.addEventListener("submit", (event) => named(/** @type {SubmitEvent} */ (event)));
  el.addEventListener("click", (event) => pressed(/** @type {HTMLElement} */ (event.target)));
  for (const step of all(el, "[data-part-step]"))
    step.addEventListener("click", () => {
      at += Number(step.dataset.partStep);
      turn(true);
    });
  return draw;

  /** The parts of this set that are this person's to write. @param {Set_} set */
  function parts(set) {
    const family = board.meeting?.state === "open" && ["family", "child"].includes(board.you.role);
    const open = set.state !== "closed";
    const own = open && family ? ["family"] : [];
    const typed = typesGoal(board) ? ["family"] : own;
    if (!mayWrite(board, set)) return { worry: [], goal: own };
    const likes = (set.children ?? []).map((_, place) => `like:${place}`);
    return {
      worry: ["name", "children", "honour", "who", "happened", "could", ...likes],
      goal: ["doing", "notice", "long", ...typed],
    };
  }

  function draw() {
    const set = now();
    if (!set) return;
    for (const [side, names] of Object.entries(parts(set))) {
      const list = find(el, `[data-parts="${side}"]`);
      keyed(list, names, make, (part, name) => update(part, name, /** @type {Set_} */ (now())));
    }
    turn(false);
    if (pollOf(board, set.id)?.state === "open") return;
    for (const name of held) {
      held.delete(name);
      const part = all(el, "[data-part]").find((one) => one.dataset.part === name);
      if (part && began.has(name)) void save(part, name);
    }
  }

  /** @param {string} name */
  function make(name) {
    const part = stamp(isNames(name) ? "set-names" : "set-part");
    part.dataset.part = name;
    if (isNames(name)) return part;
    paint(part, { whose: name === "family" && typesGoal(board) });
    find(part, "[data-goal-for]").addEventListener("change", () => began.has(name) && void save(part, name));
    const field = /** @type {HTMLTextAreaElement} */ (find(part, "textarea"));
    field.maxLength = MOST[name] ?? 1000;
    const kept = draft(draftName(name));
    if (kept) {
      field.value = kept;
      began.set(name, Number(draft(`${draftName(name)}.was`) || 0));
    }
    grow(field);
    return part;
  }

  /** @param {HTMLElement} part @param {string} name @param {Set_} set */
  function update(part, name, set) {
    const here = `here-${set.id}-${name}`;
    paint(part, { label: label(name, set), here, writingHere: writingHere(board, set, name) });
    if (isNames(name)) return chips(part, name, set);
    if (name === "family" && typesGoal(board)) drawWhose(part, board);
    const field = /** @type {HTMLTextAreaElement} */ (find(part, "textarea"));
    const text = set.texts?.[name] ?? "";
    if (!began.has(name) && field.value !== text) field.value = text;
    if (!("clashing" in part.dataset)) paint(part, { clash: false });
  }

  /** @param {HTMLElement} part @param {string} name @param {Set_} set */
  function chips(part, name, set) {
    const chosen = namesOf(set, name);
    const people = [...board.person.values()].filter((one) =>
      name === "children" ? one.role === "child" : !["observer", "interpreter"].includes(one.role),
    );
    const all_ = new Map([...chosen, ...people.map((one) => one.name)].map((one) => [one, one]));
    keyed(
      find(part, "[data-chips]"),
      all_.keys(),
      () => chip(),
      (button, one) => {
        button.textContent = one;
        setAttr(button, "aria-pressed", String(chosen.includes(one)));
      },
    );
  }

  /** @param {Set_} set @param {string} name */
  function namesOf(set, name) {
    if (name === "children") return set.children ?? [];
    return (set.texts?.who ?? "").split("\n").filter(Boolean);
  }

  /** @param {HTMLElement} target */
  function typed(target) {
    const name = nameAt(target);
    if (!(target instanceof HTMLTextAreaElement) || !name) return;
    if (!began.has(name)) {
      began.set(name, now()?.versions?.[name] ?? 0);
      keepDraft(`${draftName(name)}.was`, String(began.get(name)));
    }
    keepDraft(draftName(name), target.value);
    paint(partOf(target), { said: "" });
    present.typing(name);
  }

  /** @param {HTMLElement} target */
  function left(target) {
    const name = nameAt(target);
    present.over();
    if (target instanceof HTMLTextAreaElement && name && began.has(name)) void save(partOf(target), name);
  }

  /** @param {HTMLElement} part @param {string} name */
  async function save(part, name) {
    const set = now();
    const field = /** @type {HTMLTextAreaElement} */ (find(part, "textarea"));
    const text = field.value;
    if (!set || "clashing" in part.dataset) return;
    const typing = name === "family" && typesGoal(board);
    if (typing && !whose(part).value) return paint(part, { said: t("Choose whose goal it is.") });
    paint(part, { said: t("Saving…") });
    const for_ = typing ? { for: whose(part).value } : {};
    try {
      await ask("set.write", { set: set.id, part: name, text, was: began.get(name) ?? 0, ...for_ });
      if (field.value === text) release(name);
      else began.set(name, now()?.versions?.[name] ?? 0);
      paint(part, { said: t("Saved") });
      draw();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.code === "being-asked") held.add(name);
      if (refusal.code === "set-stale") clash(part, name, text);
      else paint(part, { said: t(refusal.why) });
    }
  }

  /** Both texts, one under the other. @param {HTMLElement} part @param {string} name @param {string} mine */
  function clash(part, name, mine) {
    const set = now();
    const who = board.person.get(set?.hands?.[name] ?? "")?.name;
    const keepTheirs = who ? t("Keep {name}’s", { name: who }) : t("Keep the other one");
    part.dataset.clashing = "";
    paint(part, { clash: true, said: "", mine, theirs: set?.texts?.[name] ?? "", keepTheirs });
  }

  /** @param {HTMLElement} part @param {string} name @param {string} which */
  function choose(part, name, which) {
    const field = /** @type {HTMLTextAreaElement} */ (find(part, "textarea"));
    const theirs = now()?.texts?.[name] ?? "";
    delete part.dataset.clashing;
    paint(part, { clash: false });
    if (which === "theirs") {
      release(name);
      field.value = theirs;
      return;
    }
    if (which === "both") field.value = `${theirs}\n${field.value}`;
    began.set(name, now()?.versions?.[name] ?? 0);
    keepDraft(draftName(name), field.value);
    void save(part, name);
  }

  /** @param {string} name */
  function release(name) {
    began.delete(name);
    keepDraft(draftName(name), "");
    keepDraft(`${draftName(name)}.was`, "");
  }

  /** @param {HTMLElement} target */
  function pressed(target) {
    const name = nameAt(target);
    const keep = /** @type {HTMLElement | null} */ (target.closest("[data-keep]"))?.dataset.keep;
    if (!name) return;
    if (keep) choose(partOf(target), name, keep);
    const one = /** @type {HTMLElement | null} */ (target.closest("[data-chips] button"))?.textContent;
    const set = now();
    if (!one || !set) return;
    const chosen = namesOf(set, name);
    void name_(name, chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  }

  /** @param {SubmitEvent} event */
  function named(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const name = nameAt(form);
    const set = now();
    if (!form.matches("[data-names-form]") || !name || !set) return;
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (find(form, "input"));
    if (!field.value.trim()) return;
    void name_(name, [...namesOf(set, name), field.value.trim()]).then((done) => {
      if (done) field.value = "";
    });
  }

  /** @param {string} name @param {string[]} names */
  async function name_(name, names) {
    const set = now();
    if (!set) return false;
    try {
      const was = set.versions?.[name] ?? 0;
      await ask(name === "children" ? "set.children" : "set.who", { set: set.id, names, was });
      return true;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      notice(t(refusal.why));
      return false;
    }
  }

  /** On a phone one part a screen. @param {boolean} moved */
  function turn(moved) {
    const list = all(el, "[data-part]");
    at = Math.max(0, Math.min(at, list.length - 1));
    for (const [place, part] of list.entries()) part.toggleAttribute("data-at", place === at);
    paint(el, { partOf: list.length ? t("{n} of {of}", { n: at + 1, of: list.length }) : "" });
    if (moved) /** @type {HTMLElement | null} */ (list[at]?.querySelector("textarea, button"))?.focus();
  }

  /** @param {HTMLElement} inside */
  function partOf(inside) {
    return /** @type {HTMLElement} */ (inside.closest("[data-part]"));
  }

  /** @param {HTMLElement} inside */
  function nameAt(inside) {
    return /** @type {HTMLElement | null} */ (inside.closest("[data-part]"))?.dataset.part;
  }

  /** @param {string} name */
  function draftName(name) {
    return `set.${el.dataset.key}.${name}`;
  }
}

/** @param {string} name */
function isNames(name) {
  return name === "who" || name === "children";
}

/** A name to press. */
export function chip() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chip";
  button.dir = "auto";
  return button;
}

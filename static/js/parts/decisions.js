/** What was decided, and who sees it differently: written down by facilitator and scribe, read by everyone. */

import { newId } from "../device.js";
import { draft, keepDraft, tie } from "../draft.js";
import { find, keyed, paint, setText, stamp } from "../paint.js";
import { t } from "../words.js";
import { writer } from "./cardfields.js";
import { grow, length } from "./field.js";
import { presses } from "./press.js";
import { changeIn, hasDraft, wordsForm } from "./stepform.js";
import { offerPeople } from "./stepwords.js";
import { sure } from "./sure.js";

/** @typedef {import("../store.js").Decision} Decision @typedef {import("../store.js").Dissent} Dissent */

const MOST = { what: 1_000, reasons: 1_000, whom: 280, next: 40 };
const DIFFER_MOST = 280;
const WRITES = new Set(["facilitator", "scribe", "family", "child", "supporter", "advocate", "agency"]);

/** The decisions, oldest first. @param {import("../store.js").Board} board */
export function decisionsOf(board) {
  return [...board.decision.values()].sort(byTime);
}

/** How others see a decision, oldest first. @param {import("../store.js").Board} board @param {string} decision */
export function dissentsOf(board, decision) {
  return [...board.dissent.values()].filter((one) => one.decision === decision).sort(byTime);
}

/** @param {import("../main.js").Ctx} ctx */
export function start(ctx) {
  const { board, ask, root } = ctx;
  const part = find(root, "[data-decisions]");
  const list = find(part, "[data-decision-list]");
  const add = /** @type {HTMLDetailsElement | null} */ (part.querySelector("[data-decision-add]"));
  const press = presses(ctx.asker);
  if (add) adding(add);
  list.addEventListener("click", pressed);
  board.addEventListener("change", (event) => {
    const { all, touched } = /** @type {CustomEvent<import("../store.js").Touched>} */ (event).detail;
    if (all || ["decision", "dissent", "person", "meeting"].some((kind) => touched.has(kind))) draw();
  });

  function draw() {
    if (!board.meeting) return void list.replaceChildren();
    const decisions = decisionsOf(board);
    part.hidden = !board.meeting.template.decisions && !decisions.length;
    find(part, "[data-decisions-empty]").hidden = decisions.length > 0;
    if (add) add.hidden = board.meeting.state !== "open";
    keyed(
      list,
      decisions.map((one) => one.id),
      () => stamp("decision"),
      (el, id) => dress(el, /** @type {Decision} */ (board.decision.get(id))),
    );
  }

  /** @param {HTMLElement} el @param {Decision} decision */
  function dress(el, decision) {
    const { role } = board.you;
    const open = board.meeting?.state === "open";
    const keeps = open && (role === "facilitator" || role === "scribe");
    paint(el, {
      what: decision.what,
      reasons: decision.reasons ?? "",
      whom: decision.whom ?? "",
      next: decision.next ?? "",
      mayDiffer: open && WRITES.has(role),
      mayChange: keeps,
      runs: open && role === "facilitator",
      deeds: open && WRITES.has(role),
    });
    const others = dissentsOf(board, decision.id);
    keyed(
      find(el, "[data-dissents]"),
      others.map((one) => one.id),
      () => stamp("dissent"),
      (row, id) => {
        const one = others.find((said) => said.id === id);
        if (one)
          paint(row, {
            text: one.text,
            who: writer(/** @type {any} */ (one), board),
            back: mayTakeBack(one),
          });
      },
    );
    if (keeps && !el.querySelector("form") && hasDraft(`decision.${decision.id}`, MOST)) change(el, decision);
  }

  /** @param {Dissent} one */
  function mayTakeBack({ by, typed_by }) {
    const { id, role } = board.you;
    return board.meeting?.state === "open" && (role === "facilitator" || by === id || typed_by === id);
  }

  /** @param {MouseEvent} event */
  function pressed(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const el = /** @type {HTMLElement | null} */ (button?.closest("[data-part=decision]") ?? null);
    const decision = board.decision.get(el?.dataset.key ?? "");
    if (!button || !el || !decision) return;
    const dissent = /** @type {HTMLElement | null} */ (button.closest("[data-dissents] > [data-key]"));
    if ("dissentBack" in button.dataset)
      return void press(
        { ask: "decision.take-back", dissent: dissent?.dataset.key },
        { said: t("Taken back.") },
      );
    if (button.dataset.decisionDo === "differ") return differ(el, decision);
    if (button.dataset.decisionDo === "change") return change(el, decision);
    if (button.dataset.decisionDo === "remove") void remove(decision);
  }

  /** @param {HTMLDetailsElement} fold */
  function adding(fold) {
    const form = stamp("decision-form");
    paint(form, { adding: true, changing: false, now: "" });
    find(fold, "[data-decision-new]").append(form);
    fold.open = hasDraft("decision", MOST);
    wordsForm(form, {
      draftName: "decision",
      most: MOST,
      send: (words) => ask("decision.add", { id: newId(), ...words }),
      done() {
        fold.open = false;
        find(fold, "summary").focus({ preventScroll: true });
      },
    });
  }

  /** @param {HTMLElement} el @param {Decision} decision */
  function change(el, decision) {
    if (el.querySelector("form")) return;
    const form = stamp("decision-form");
    paint(form, { adding: false, changing: true, now: "" });
    const { what, reasons = "", whom = "", next = "" } = decision;
    changeIn(el, form, {
      draftName: `decision.${decision.id}`,
      most: MOST,
      words: { what, reasons, whom, next },
      was: decision.version,
      send: (words, was) => ask("decision.edit", { decision: decision.id, ...words, was }),
      now() {
        const by = board.decision.get(decision.id);
        if (!by) return null;
        const text = [by.what, by.reasons, by.whom, by.next].filter(Boolean).join("\n");
        return { version: by.version, text };
      },
      back: () => find(el, '[data-decision-do="change"]').focus({ preventScroll: true }),
    });
  }

  /** @param {HTMLElement} el @param {Decision} decision */
  function differ(el, decision) {
    if (el.querySelector("form")) return;
    const form = stamp("differ-form");
    const name = `differ.${decision.id}`;
    const words = /** @type {HTMLTextAreaElement} */ (find(form, "[data-differ-words]"));
    const wrong = find(form, "[data-step-wrong]");
    const whom = /** @type {HTMLSelectElement | null} */ (form.querySelector("[data-step-for]"));
    const shown = board.meeting?.authors === "shown";
    paint(form, {
      hint: shown
        ? t("Everyone here will see this, with your name.")
        : t("Everyone here will see this, without names."),
    });
    words.value = draft(name);
    tie(words, name);
    grow(words);
    offerPeople(whom, board);
    el.append(form);
    words.focus();
    find(form, "[data-differ-leave]").addEventListener("click", leave);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const said =
        whom && !whom.value ? t("Please choose for whom you are writing.") : wrongWith(words.value);
      wrong.hidden = !said;
      setText(wrong, said);
      if (said) return;
      const whose = whom ? { for: whom.value } : {};
      const wish = {
        ask: "decision.differ",
        id: newId(),
        decision: decision.id,
        text: words.value,
        ...whose,
      };
      if (!(await press(wish, { said: t("Saved") }))) return;
      keepDraft(name, "");
      leave();
    });

    function leave() {
      form.remove();
      find(el, '[data-decision-do="differ"]').focus({ preventScroll: true });
    }
  }

  /** @param {Decision} decision */
  async function remove({ id }) {
    const yes = await sure({
      title: t("Remove this decision for good?"),
      text: t("Its words, and how others see it, leave the board and the record. This cannot be taken back."),
      yes: t("Remove for good"),
      no: t("Keep it"),
    });
    if (yes) await press({ ask: "decision.remove", decision: id }, { said: t("Removed for good.") });
  }
}

/** @param {string} text */
function wrongWith(text) {
  if (!text.trim()) return t("There is nothing written yet.");
  return length(text) > DIFFER_MOST ? t("That is too long. Please make it shorter.") : "";
}

/** @param {{at: number, id: string}} one @param {{at: number, id: string}} other */
function byTime(one, other) {
  return one.at - other.at || (one.id < other.id ? -1 : 1);
}

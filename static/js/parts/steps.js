/**
 * The list of next steps: what happens, who takes it on, by when; adding, changing and marking them. Who is asked, and what they answer, is
 * stepasking.js and stepasked.js.
 */

import { newId } from "../device.js";
import { all, announce, find, keyed, paint, stamp, steady } from "../paint.js";
import { t } from "../words.js";
import { presses } from "./press.js";
import { asked } from "./stepasked.js";
import { asking } from "./stepasking.js";
import { stepDeeds } from "./stepdeeds.js";
import { changeIn, hasDraft, wordsForm } from "./stepform.js";
import { inOrder, offerPeople, offerSets, ownerName, stepFields, takers } from "./stepwords.js";

/** @typedef {import("../store.js").Step} Step */

/** The most a field holds. */
const MOST = { what: 1_000, when: 40, know: 280, otherwise: 280 };
const SAYS = ["step", "owner", "person", "meeting", "set", "commenting"];

/** @param {import("../main.js").Ctx} ctx */
export function start(ctx) {
  const { board, ask, root } = ctx;
  const view = find(root, '[data-view="steps"]');
  const list = find(view, "[data-step-list]");
  const add = /** @type {HTMLDetailsElement | null} */ (view.querySelector("[data-step-add]"));
  const askWhom = asking(ctx);
  asked(ctx);
  const deeds = stepDeeds(ctx, presses(ctx.asker), { change, askWhom });
  const known = new Set(board.step.keys());

  if (add) adding(add);
  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-step-do]") : null;
    const el = /** @type {HTMLElement | null} */ (button?.closest("[data-part=step]") ?? null);
    const step = board.step.get(el?.dataset.key ?? "");
    if (button && el && step) deeds(el, step, /** @type {HTMLElement} */ (button).dataset.stepDo ?? "");
  });
  board.addEventListener("change", (event) => {
    const change = /** @type {CustomEvent<import("../store.js").Touched>} */ (event).detail;
    if (change.all || SAYS.some((kind) => change.touched.has(kind))) draw(change.all);
  });

  /** @param {boolean} anew */
  function draw(anew) {
    if (!board.meeting) return void list.replaceChildren();
    const steps = inOrder(board);
    const fresh = steady(view, "[data-step-list] > [data-key]", () =>
      keyed(
        list,
        steps.map((one) => one.id),
        () => stamp("step"),
        (el, id) => dress(el, /** @type {Step} */ (board.step.get(id))),
      ),
    );
    find(view, "[data-steps-empty]").hidden = steps.length > 0;
    if (add) {
      add.hidden = board.meeting.state !== "open";
      offerPeople(add.querySelector("[data-step-for]"), board);
      offerSets(add, board);
    }
    const others = fresh.filter((id) => !anew && !known.has(id) && !board.you.mine.has(id));
    if (others.length && !view.hidden) announce(t("A new next step."));
    for (const id of fresh) known.add(id);
  }

  /** @param {HTMLElement} el @param {Step} step */
  function dress(el, step) {
    paint(el, stepFields(step, board));
    keyed(
      find(el, "[data-takers]"),
      takers(board, step.id).map((one) => one.id),
      () => stamp("taker"),
      (row, id) => {
        const owner = board.owner.get(id);
        if (owner) paint(row, { name: ownerName(board, owner), words: owner.words ? but(owner.words) : "" });
      },
    );
    const may = stepFields(step, board).mayChange;
    if (may && !el.querySelector("[data-step-form]") && hasDraft(`step.${step.id}`, MOST)) change(el, step);
  }

  /** @param {HTMLDetailsElement} fold */
  function adding(fold) {
    const form = stamp("step-form");
    paint(form, {
      adding: true,
      changing: false,
      now: "",
      hint: t("Only the first is needed. Everyone here will see it."),
    });
    find(fold, "[data-step-new]").append(form);
    fold.open = hasDraft("step", MOST) || matchMedia("(min-width: 64em)").matches;
    const worry = /** @type {HTMLSelectElement} */ (find(form, "[data-step-set]"));
    const { letGo } = wordsForm(form, {
      draftName: "step",
      most: MOST,
      send: (words, whom) =>
        ask("step.add", {
          id: newId(),
          ...filled(words),
          ...(whom ? { for: whom } : {}),
          ...(worry.value ? { set: worry.value } : {}),
        }),
      done() {
        worry.value = "";
        announce(t("Added."));
        find(form, "[data-step-field]").focus({ preventScroll: true });
      },
    });
    // What an earlier load of this page sent is on the list by now: the same words must not wait to be sent again.
    ctx.asker.addEventListener("done", (event) => {
      const { frame } = /** @type {CustomEvent} */ (event).detail;
      const what = /** @type {HTMLTextAreaElement} */ (find(form, '[data-step-field="what"]'));
      if (frame.ask === "step.add" && frame.what === what.value) letGo();
    });
  }

  /** @param {HTMLElement} el @param {Step} step */
  function change(el, step) {
    if (el.querySelector("form")) return;
    const form = stamp("step-form");
    paint(form, {
      adding: false,
      changing: true,
      now: "",
      hint: t("If you change what happens or by when, whoever said yes is asked again."),
    });
    const { what, when = "", know = "", otherwise = "" } = step;
    changeIn(el, form, {
      draftName: `step.${step.id}`,
      most: MOST,
      words: { what, when, know, otherwise },
      was: step.version,
      send: (words, was) => ask("step.edit", { step: step.id, ...filled(words), was }),
      now() {
        const by = board.step.get(step.id);
        if (!by) return null;
        const text = [by.what, by.when, by.know, by.otherwise].filter(Boolean).join("\n");
        return { version: by.version, text };
      },
      back() {
        for (const button of all(el, '[data-step-do="change"]')) button.focus({ preventScroll: true });
      },
    });
  }
}

/** @param {string} words */
function but(words) {
  return t("but: {words}", { words });
}

/** Without what was left empty. @param {Record<string, string>} words */
function filled(words) {
  return Object.fromEntries(Object.entries(words).filter(([name, text]) => name === "what" || text.trim()));
}

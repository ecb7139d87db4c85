/** The presses that do something to one next step, each with what takes it back. How a step looks is not decided here. */

import { find, setAttr, setText, stamp } from "../paint.js";
import { t } from "../words.js";
import { turned } from "./commented.js";
import { length } from "./field.js";
import { inOrder } from "./stepwords.js";
import { sure } from "./sure.js";

/** @typedef {import("../store.js").Step} Step */

const NOTE_MOST = 280;

/**
 * @param {import("../main.js").Ctx} ctx @param {import("./press.js").Press} press
 * @param {{change: (el: HTMLElement, step: Step) => void, askWhom: (step: string) => void}} more
 * @returns {(el: HTMLElement, step: Step, what: string) => void}
 */
export function stepDeeds({ board }, press, { change, askWhom }) {
  return (el, step, what) => {
    if (what === "more") return void fold(el);
    if (what !== "up" && what !== "down") fold(el, false);
    switch (what) {
      case "change":
        return change(el, step);
      case "ask":
        return askWhom(step.id);
      case "set":
        return void document.dispatchEvent(new CustomEvent("signboard:set", { detail: step.set }));
      case "went":
        return mark(el, step);
      case "up":
      case "down":
        return void move(el, step, what);
      case "bottom":
        return void bottom(step);
      case "comments":
        return void comments(step);
      case "remove":
        return void remove(step);
      case "erase":
        return void erase(step);
    }
  };

  /** @param {HTMLElement} el @param {boolean} [open] */
  function fold(el, open) {
    const menu = find(el, "[data-step-menu]");
    const more = find(el, '[data-step-do="more"]');
    const inside = menu.contains(document.activeElement);
    menu.hidden = !(open ?? menu.hidden);
    setAttr(more, "aria-expanded", String(!menu.hidden));
    if (menu.hidden && inside) more.focus({ preventScroll: true });
    if (!menu.hidden) menu.scrollIntoView({ block: "nearest" });
  }

  /** @param {HTMLElement} el @param {Step} step @param {string} way */
  async function move(el, step, way) {
    const others = inOrder(board).map((one) => one.id);
    const at = others.indexOf(step.id);
    if ((way === "up" && at === 0) || (way === "down" && at === others.length - 1)) return;
    const before = way === "up" ? others[at - 1] : (others[at + 2] ?? null);
    const home = { ask: "step.move", step: step.id, before: others[at + 1] ?? null };
    await press(
      { ask: "step.move", step: step.id, before },
      { said: way === "up" ? t("Moved up.") : t("Moved down."), back: [home] },
    );
    el.scrollIntoView({ block: "nearest" });
  }

  /** @param {Step} step */
  function bottom({ id, bottom: on = false }) {
    return press(
      { ask: "step.bottom", step: id, on: !on },
      {
        said: on ? t("It is not a bottom line any more.") : t("It is a bottom line now."),
        back: [{ ask: "step.bottom", step: id, on }],
      },
    );
  }

  /** @param {Step} step */
  function comments({ id }) {
    const { wish, said, back } = turned({ kind: "step", id }, board);
    return press(wish, { said, back });
  }

  /** @param {Step} step */
  function remove({ id }) {
    return press(
      { ask: "step.remove", step: id },
      { said: t("Taken off the list."), back: [{ ask: "step.restore", step: id }] },
    );
  }

  /** @param {Step} step */
  async function erase({ id }) {
    const yes = await sure({
      title: t("Remove this step for good?"),
      text: t("Its words and all answers to it leave the board and the record. This cannot be taken back."),
      yes: t("Remove for good"),
      no: t("Keep it"),
    });
    if (yes) await press({ ask: "step.erase", step: id }, { said: t("Removed for good.") });
  }

  /** @param {HTMLElement} el @param {Step} step */
  function mark(el, step) {
    if (el.querySelector("form")) return;
    const form = stamp("step-went");
    const words = /** @type {HTMLTextAreaElement} */ (find(form, "[data-went-words]"));
    const wrong = find(form, "[data-step-wrong]");
    const choices = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input[type=radio]")]);
    for (const one of choices) {
      one.name = `went-${step.id}`;
      one.checked = one.value === (step.state ?? "open");
    }
    words.value = step.note ?? "";
    el.append(form);
    setAttr(el, "data-changing", "");
    choices.find((one) => one.checked)?.focus();
    find(form, "[data-went-leave]").addEventListener("click", leave);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const state = choices.find((one) => one.checked)?.value ?? "open";
      const long = length(words.value) > NOTE_MOST;
      wrong.hidden = !long;
      setText(wrong, long ? t("That is too long. Please make it shorter.") : "");
      if (long) return words.focus();
      const was = { state: step.state ?? "open", text: step.note ?? "" };
      const done = await press(
        { ask: "step.state", step: step.id, state, text: words.value },
        { said: t("Saved"), back: [{ ask: "step.state", step: step.id, ...was }] },
      );
      if (done) leave();
    });

    function leave() {
      form.remove();
      setAttr(el, "data-changing", null);
      find(el, '[data-step-do="went"]').focus({ preventScroll: true });
    }
  }
}

/**
 * Asking people to take a step on. At the desk it stands in the private panel, with what they answered; on the scribe's page without the
 * answers. Nobody is shown with a step before they said yes and the facilitator showed it.
 */

import { Refusal } from "../ask.js";
import { newId } from "../device.js";
import { announce, find, keyed, notice, paint, setAttr, stamp } from "../paint.js";
import { t } from "../words.js";
import { presses } from "./press.js";
import { fill, inOrder, ownerName, short, TAKES_ON } from "./stepwords.js";

/** @typedef {import("../store.js").Owner} Owner */

const ON_THE_LIST = new Set(["here", "left", "expected", "apologies"]);
const NAME_MOST = 40;
const BYTES = 1_024;
const OTHER = "other";

/** @param {import("../main.js").Ctx} ctx @returns {(step: string) => void} choose a step to ask about */
export function asking(ctx) {
  const { board, asker, root } = ctx;
  const part = /** @type {HTMLElement | null} */ (root.querySelector("[data-asking]"));
  if (!part) return () => {};
  const press = presses(asker);
  const form = /** @type {HTMLFormElement} */ (find(part, "[data-asking-form]"));
  const which = /** @type {HTMLSelectElement} */ (find(form, "[data-asking-step]"));
  const whom = /** @type {HTMLSelectElement} */ (find(form, "[data-asking-whom]"));
  const other = find(form, "[data-asking-other]");
  const name = /** @type {HTMLInputElement} */ (find(form, "[data-asking-name]"));
  const list = find(part, "[data-asking-list]");
  /** The answers the facilitator knows of. @type {Set<string>} */
  const heard = new Set();

  whom.addEventListener("change", () => {
    other.hidden = whom.value !== OTHER;
    if (!other.hidden) name.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
  list.addEventListener("click", pressed);
  board.addEventListener("change", (event) => {
    const { all, touched } = /** @type {CustomEvent<import("../store.js").Touched>} */ (event).detail;
    if (all || ["step", "owner", "person", "meeting"].some((kind) => touched.has(kind))) draw(all);
  });
  return (step) => {
    if (!part.isConnected)
      return void notice(
        t("Private things are not shown here. Ask on your own phone, or hide this screen first."),
      );
    root.querySelector("[data-unfold]:not([hidden])")?.dispatchEvent(new MouseEvent("click"));
    which.value = step;
    part.scrollIntoView({ block: "nearest" });
    whom.focus();
  };

  /** @param {boolean} anew */
  function draw(anew) {
    const steps = inOrder(board);
    part?.toggleAttribute("hidden", steps.length === 0 || board.meeting?.state !== "open");
    fill(
      which,
      steps.map((one) => ({ id: one.id, name: short(one.what) })),
      0,
    );
    const people = [...board.person.values()].filter(
      ({ role, state }) => TAKES_ON.has(role) && ON_THE_LIST.has(state),
    );
    people.sort((one, two) => one.name.localeCompare(two.name));
    fill(whom, people, 1, 1);
    const place = new Map(steps.map((one, at) => [one.id, at]));
    const owners = [...board.owner.values()].filter((one) => place.has(one.step));
    owners.sort((one, two) => (place.get(one.step) ?? 0) - (place.get(two.step) ?? 0));
    keyed(
      list,
      owners.map((one) => one.id),
      () => stamp("asking"),
      (el, id) => dress(el, /** @type {Owner} */ (board.owner.get(id))),
    );
    tell(owners, anew);
  }

  /** That somebody answered is said, but not who and what: the room may hear it. @param {Owner[]} owners @param {boolean} anew */
  function tell(owners, anew) {
    const answers = owners.filter((one) => one.answer && one.answer !== "asked");
    const fresh = answers.some((one) => !heard.has(`${one.id} ${one.version}`));
    if (fresh && !anew && board.you.role === "facilitator")
      announce(t("There is something new in your panel."));
    for (const one of answers) heard.add(`${one.id} ${one.version}`);
  }

  /** @param {HTMLElement} el @param {Owner} owner */
  function dress(el, owner) {
    const person = board.person.get(owner.person ?? "");
    const facilitator = board.you.role === "facilitator";
    const said = ownerName(board, owner);
    // Whoever has a device answers there, and alone.
    const away = person?.state !== "here" || ["room", "phone"].includes(person.how ?? "");
    paint(el, {
      name: said,
      answer: answerWords(owner, facilitator),
      words: owner.words ?? "",
      about: short(board.step.get(owner.step)?.what ?? ""),
      mayShow: facilitator && !owner.shown && (owner.answer === "yes" || owner.answer === "but"),
      mayType: away && owner.person !== board.you.id && !owner.shown,
      runs: facilitator,
      showLong: t("Show everyone that {name} takes it on", { name: said }),
      typeLong: t("Type the answer of {name}", { name: said }),
      unaskLong: t("Ask {name} no longer", { name: said }),
    });
  }

  /** @param {MouseEvent} event */
  function pressed(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const el = /** @type {HTMLElement | null} */ (button?.closest("[data-key]") ?? null);
    const owner = board.owner.get(el?.dataset.key ?? "");
    if (!button || !el || !owner) return;
    if ("ownerShow" in button.dataset)
      void press(
        { ask: "step.show-owner", owner: owner.id, was: owner.version ?? 0 },
        { said: t("Everyone sees who takes it on.") },
      );
    if ("ownerUnask" in button.dataset)
      void press({ ask: "step.unask", owner: owner.id }, { said: t("Not asked any more.") });
    if ("ownerType" in button.dataset) unfold(el, find(el, "[data-owner-typed]").hasAttribute("hidden"));
    if (button.dataset.ownerAnswer) void type(el, owner, button.dataset.ownerAnswer);
  }

  /** @param {HTMLElement} el @param {boolean} open */
  function unfold(el, open) {
    find(el, "[data-owner-typed]").hidden = !open;
    const button = find(el, "[data-owner-type]");
    setAttr(button, "aria-expanded", String(open));
    if (open) find(el, "[data-owner-words]").focus();
    else button.focus({ preventScroll: true });
  }

  /** @param {HTMLElement} el @param {Owner} owner @param {string} answer */
  async function type(el, owner, answer) {
    const field = /** @type {HTMLInputElement} */ (find(el, "[data-owner-words]"));
    const fields = {
      owner: owner.id,
      answer,
      words: answer === "but" ? field.value : "",
      was: board.step.get(owner.step)?.version ?? 0,
      ...(owner.person ? { for: owner.person } : {}),
    };
    try {
      await asker.ask("step.answer", fields, { bytes: BYTES });
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      field.focus();
      return void notice(t(refusal.why));
    }
    field.value = "";
    if (el.isConnected) unfold(el, false);
    notice(t("Saved"));
  }

  async function send() {
    const named = whom.value === OTHER;
    if (!whom.value || !which.value) return whom.focus();
    if (named && !name.value.trim()) return name.focus();
    const who = named ? { name: name.value.slice(0, NAME_MOST) } : { person: whom.value };
    if (!(await press({ ask: "step.ask", id: newId(), step: which.value, ...who }, { said: t("Asked.") })))
      return;
    whom.value = "";
    name.value = "";
    other.hidden = true;
  }
}

/** @param {Owner} owner @param {boolean} facilitator */
function answerWords({ answer, shown }, facilitator) {
  if (shown) return t("Shown to everyone");
  if (!facilitator) return t("Asked");
  if (answer === "yes") return t("Yes");
  if (answer === "but") return t("Yes, but…");
  return answer === "cannot" ? t("Cannot promise this") : t("Has not answered yet");
}

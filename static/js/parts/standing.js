/** What the facilitator can change about one person: what they are here as, how they take part, what a child sees, whether they are in. */

import { paint } from "../paint.js";
import { t } from "../words.js";
import { admit } from "./door.js";
import { sure } from "./sure.js";

/** @typedef {import("../store.js").Person} Person */

const OUT = new Set(["refused", "removed"]);
/** Whose phone may be passed on, and who may write on one. */
const LENDS = new Set(["family", "child", "supporter", "advocate", "agency"]);
const BORROWS = new Set(["family", "child", "supporter", "agency"]);
/** For which age a child's screen speaks where nobody has said. */
const AGE = "8-11";
const LISTED = new Set(["expected", "apologies"]);

/** @param {import("./desk.js").Desk} desk */
export function standing(desk) {
  return { press, show };

  /** Show what can be done about this person. @param {HTMLElement} el @param {Person} person */
  function show(el, person) {
    const runs = person.role === "facilitator";
    paint(el, {
      hand: Boolean(person.hand),
      linked: !runs && !OUT.has(person.state),
      out: OUT.has(person.state),
      marks: withoutDevice(person),
      borrows: mayBorrow(person),
      roles: !runs && !OUT.has(person.state),
      works: person.role === "agency" && !OUT.has(person.state),
      leads: String(Boolean(person.lead)),
      child: person.role === "child" && !OUT.has(person.state),
      here: person.state === "here",
      going: person.state === "here" && Boolean(person.goodbye),
      staying: person.state === "here" && !person.goodbye,
      goodbye: t("Say goodbye to {name}", { name: person.name }),
      inside: person.id !== desk.board.you.id && (person.state === "here" || person.state === "left"),
    });
    choose(el, "[data-role-to]", person.role);
    choose(el, "[data-mark]", markOf(person));
    offerPhones(el, person);
    choose(el, "[data-sees]", seenBy(person));
    if (person.role !== "child") return;
    choose(el, "select[data-age]", person.age || AGE);
    choose(el, "select[data-chooses]", person.chooses || usual(el));
  }

  /** @param {Element} target @param {Person} person */
  function press(target, person) {
    if (target.matches("[data-role-to]")) changeRole(person, /** @type {HTMLSelectElement} */ (target).value);
    else if (target.matches("[data-mark]")) mark(person, /** @type {HTMLSelectElement} */ (target).value);
    else if (target.matches("[data-sees]"))
      changeSees(person, /** @type {HTMLSelectElement} */ (target).value);
    else if (target.matches("select[data-age], select[data-chooses]"))
      changeScreen(person, /** @type {HTMLSelectElement} */ (target));
    else if (target.closest("[data-lead]")) lead(person);
    else if (target.closest("[data-goodbye]")) sayGoodbye(person);
    else if (target.closest("[data-stay]")) letStay(person);
    else if (target.closest("[data-end-now]")) endNow(person);
    else if (target.matches("[data-phone-of]"))
      share(person, /** @type {HTMLSelectElement} */ (target).value);
    else if (target.closest("[data-hand-down]")) handDown(person);
    else if (target.closest("[data-alarm-seen]"))
      void desk.press({ ask: "person.alarm-seen", person: person.id }, { said: t("Noted.") });
    else if (target.closest("[data-admit-one]")) admit(desk, [person]);
    else if (target.closest("[data-take-out]")) takeOut(person);
  }

  /** @param {Person} person @param {string} role */
  function changeRole({ id, role: was }, role) {
    if (role === was) return;
    const said = t("Here as: {role}.", { role: desk.board.meeting?.template.roles[role] ?? role });
    return desk.press(
      { ask: "person.role", person: id, role },
      { said, back: [{ ask: "person.role", person: id, role: was }] },
    );
  }

  /** @param {Person} person @param {string} how */
  function mark(person, how) {
    const was = markOf(person);
    if (how === was) return;
    const back = [{ ask: "person.mark", person: person.id, how: was }];
    return desk.press(
      { ask: "person.mark", person: person.id, how },
      { said: t("The list is changed."), back },
    );
  }

  /** Who leads the work with the family: one at a time. @param {Person} person */
  function lead({ id, name, lead: was = false }) {
    const before = [...desk.board.person.values()].find((one) => one.lead && one.id !== id);
    const back = before
      ? { ask: "person.lead", person: before.id }
      : { ask: "person.lead", person: id, on: was };
    const said = was
      ? t("{name} is not the lead worker any more.", { name })
      : t("{name} is the lead worker.", { name });
    return desk.press({ ask: "person.lead", person: id, on: !was }, { said, back: [back] });
  }

  /** What a child sees of the board changes at once. @param {Person} person @param {string} sees */
  function changeSees(person, sees) {
    const was = seenBy(person);
    if (sees === was) return;
    const back = [{ ask: "person.child", person: person.id, sees: was }];
    const said = t("What {name} sees is changed.", { name: person.name });
    return desk.press({ ask: "person.child", person: person.id, sees }, { said, back });
  }

  /** For which age a child's screen speaks, or how they choose a number. @param {Person} person @param {HTMLSelectElement} list */
  function changeScreen(person, list) {
    const what = list.matches("[data-age]") ? "age" : "chooses";
    const was = person[what] || list.dataset.was || "";
    if (list.value === was) return;
    const back = [{ ask: "person.child", person: person.id, [what]: was }];
    const said = t("{name}’s screen is changed.", { name: person.name });
    return desk.press({ ask: "person.child", person: person.id, [what]: list.value }, { said, back });
  }

  /** A child with a screen of their own goes by it, in their own time. @param {Person} person */
  async function sayGoodbye(person) {
    const { id, name } = person;
    if (person.how) return endNow(person);
    const yes = await sure({
      title: t("Say goodbye to {name}?", { name }),
      text: t(
        "Thank them first. Their screen asks them alone what happens with anything they kept, and then closes. What they wrote stays. They can ask to come in again.",
      ),
      yes: t("Yes, say goodbye"),
      no: t("Not yet"),
    });
    const back = [{ ask: "child.goodbye", person: id, on: false }];
    const said = t("{name}’s screen says goodbye.", { name });
    if (yes) await desk.press({ ask: "child.goodbye", person: id }, { said, back });
  }

  /** @param {Person} person */
  function letStay({ id, name }) {
    const back = [{ ask: "child.goodbye", person: id }];
    const said = t("{name} stays.", { name });
    return desk.press({ ask: "child.goodbye", person: id, on: false }, { said, back });
  }

  /** @param {Person} person */
  async function endNow({ id, name, how }) {
    const yes = await sure({
      title: t("Has {name} done their part?", { name }),
      text: how
        ? t("Thank them first. What they wrote stays.")
        : t("Their screen closes at once. What they kept for themselves stays unseen."),
      yes: how ? t("Yes, say goodbye") : t("Close their screen"),
      no: t("Not yet"),
    });
    if (yes) await desk.press({ ask: "child.end", person: id }, { said: t("{name} has left.", { name }) });
  }

  /** Those here with a phone that can be passed on. @param {HTMLElement} el @param {Person} person */
  function offerPhones(el, person) {
    const list = el.querySelector("[data-phone-of]");
    if (!(list instanceof HTMLSelectElement) || list === document.activeElement) return;
    const owners = [...desk.board.person.values()].filter(
      (one) => LENDS.has(one.role) && one.state === "here" && !one.how,
    );
    list.replaceChildren(list.options[0], ...owners.map((one) => new Option(one.name, one.id)));
    list.value = person.on_phone_of ?? "";
  }

  /** @param {Person} person @param {string} owner */
  function share({ id, on_phone_of: was = "" }, owner) {
    if (owner === was) return;
    const said = owner ? t("They write on that phone now.") : t("They write on nobody’s phone now.");
    const back = [{ ask: "person.share", person: id, with: was || null }];
    return desk.press({ ask: "person.share", person: id, with: owner || null }, { said, back });
  }

  /** @param {Person} person */
  function handDown({ id }) {
    const back = [{ ask: "person.hand", up: true, person: id }];
    return desk.press({ ask: "person.hand", up: false, person: id }, { said: t("Hand put down."), back });
  }

  /** @param {Person} person */
  async function takeOut({ id, name }) {
    const yes = await sure({
      title: t("Take {name} out of the meeting?", { name }),
      text: t("They leave at once, on every device. What they wrote stays. You can let them in again."),
      yes: t("Take out"),
      no: t("Leave as it is"),
    });
    const back = [{ ask: "person.admit", person: id }];
    if (yes)
      await desk.press({ ask: "person.remove", person: id }, { said: t("Taken out of the meeting."), back });
  }
}

/** Only people without a device are marked by hand: a device speaks for itself. @param {Person} person */
function withoutDevice({ state, how }) {
  return LISTED.has(state) || ((state === "here" || state === "left") && (how === "room" || how === "phone"));
}

/** Where nobody has said: what a child sees at first. @param {Person} person */
function seenBy({ sees }) {
  return sees || "good";
}

/** How a child of the chosen age chooses a number where nobody has said. @param {HTMLElement} el */
function usual(el) {
  const ages = /** @type {HTMLSelectElement | null} */ (el.querySelector("select[data-age]"));
  return ages?.selectedOptions[0]?.dataset.chooses ?? "";
}

/** Whoever is in the room without a device. @param {Person} person */
function mayBorrow({ state, how, role }) {
  return state === "here" && how === "room" && BORROWS.has(role);
}

/** @param {Person} person */
function markOf({ state, how }) {
  if (LISTED.has(state)) return state;
  if (state === "left") return "gone";
  return how ?? "";
}

/** A list that is open under somebody's finger stays as it is. @param {HTMLElement} el @param {string} selector @param {string} value */
function choose(el, selector, value) {
  const list = el.querySelector(selector);
  if (!(list instanceof HTMLSelectElement)) return;
  list.dataset.was = value;
  if (list !== document.activeElement) list.value = value;
}

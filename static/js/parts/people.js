/** What a person can do besides writing: raise a hand, see who is here, change their name, leave for good. */

import { wipe } from "../exit.js";
import { all, announce, find, keyed, notice, paint, setAttr, stamp } from "../paint.js";
import { t } from "../words.js";
import { named } from "./sheets.js";

/** @typedef {import("../store.js").Person} Person */

const LEAVE_WITHIN_MS = 5_000;

/** @param {import("../main.js").Ctx} ctx */
export function start(ctx) {
  const { board, asker, ask, root, body } = ctx;
  const hand = /** @type {HTMLElement | null} */ (root.querySelector("[data-hand]"));
  const sheet = named("who", { opened: () => who() });
  const form = /** @type {HTMLFormElement} */ (find(sheet.el, "[data-named]"));
  const name = /** @type {HTMLInputElement} */ (find(form, "[data-name]"));

  hand?.addEventListener("click", () => {
    const up = !isUp();
    ask("person.hand", { up }).catch((refusal) => notice(t(refusal.why)));
    announce(up ? t("Your hand is up.") : t("Your hand is down."));
    draw();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = name.value;
    if (!text.trim()) return name.focus();
    try {
      await ask("person.name", { name: text });
      notice(t("Your name is changed."));
    } catch (refusal) {
      notice(t(/** @type {import("../ask.js").Refusal} */ (refusal).why));
    }
  });
  find(sheet.el, "[data-leave]").addEventListener("click", () => void leave(body.dataset));
  board.addEventListener("change", draw);
  asker.addEventListener("pending", draw);
  draw();

  /** As asked last, until the server has said. */
  function isUp() {
    return asker.asked("person.hand").slice(-1)[0]?.up ?? board.person.get(board.you.id)?.hand === true;
  }

  function draw() {
    const up = isUp();
    if (hand) {
      setAttr(hand, "aria-pressed", String(up));
      paint(hand, { hand: up ? t("Put my hand down") : t("Raise my hand") });
    }
    // Before the first word from the server its own painting stands; after the last nobody is named any more.
    if (!board.meeting) return who();
    const over = board.meeting.state === "closed";
    for (const button of all(root, "[data-foot] [data-alive]")) button.hidden = over;
    setAttr(body, "data-ended", over ? "yes" : null);
    const ended = find(root, "[data-ended]");
    ended.hidden = !over;
    const after = [...board.afterwards.values()][0];
    paint(ended, { next: after?.next ?? "", ring: after?.ring ?? "" });
    if (sheet.isOpen) who();
  }

  function who() {
    if (document.activeElement !== name) name.value = board.person.get(board.you.id)?.name ?? "";
    const here = [...board.person.values()].filter((one) => one.state === "here");
    here.sort((one, other) => one.name.localeCompare(other.name));
    keyed(
      find(sheet.el, "[data-who]"),
      here.map((one) => one.id),
      () => stamp("who"),
      (el, id) => {
        const one = /** @type {Person} */ (board.person.get(id));
        paint(el, { name: called(one), role: roleOf(one), hand: one.hand });
      },
    );
  }

  /** @param {Person} one */
  function called(one) {
    return one.id === board.you.id ? t("{name} (you)", { name: one.name }) : one.name;
  }

  /** @param {Person} one */
  function roleOf(one) {
    const role = board.meeting?.template.roles?.[one.role] ?? one.role;
    const how = { room: t("in the room"), phone: t("by phone") };
    return [
      role,
      one.lead ? t("lead worker") : "",
      one.agency,
      how[/** @type {keyof typeof how} */ (one.how ?? "")],
    ]
      .filter(Boolean)
      .join(" · ");
  }
}

/** Say goodbye: the server signs out all my devices, and this one forgets everything. @param {DOMStringMap} page */
async function leave({ room, exit = "/leave" }) {
  try {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), LEAVE_WITHIN_MS);
    const answer = await fetch(`/m/${room}/leave`, { method: "POST", signal: stop.signal });
    if (!answer.ok) throw new Error(String(answer.status));
  } catch {
    notice(t("There is no connection to sign you out. Try again, or use Quick exit."));
    return;
  }
  window.dispatchEvent(new CustomEvent("signboard:exit"));
  wipe();
  location.replace(exit);
}

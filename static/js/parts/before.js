/** The desk before people come: what there is to do, ticked where it is done, until the door is opened. */

import { keep, recall } from "../device.js";
import { find, setAttr } from "../paint.js";
import { t } from "../words.js";
import { isUnderWay } from "./agenda.js";
import { admit, expected } from "./door.js";
import { firstOf } from "./phaseorder.js";

const HIDDEN = "sb.before.hidden";
const DONE = "sb.before.";
const LISTED = new Set(["here", "left", "expected", "apologies"]);

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board, body } = desk;
  const before = find(desk.root, "[data-before]");
  const again = find(desk.root, "[data-before-again]");
  find(before, "[data-open-door]").addEventListener("click", openDoor);
  find(before, "[data-before-hide]").addEventListener("click", () => hide(true));
  find(before, "[data-before-child]").addEventListener("click", writeChildsWords);
  find(before, "[data-before-wall]").addEventListener("click", () => done("wall"));
  again.addEventListener("click", () => hide(false));
  body.addEventListener("signboard:made", (event) => {
    const made = /** @type {CustomEvent} */ (event).detail;
    done(made === "me" ? "phone" : made === "facilitator" ? "second" : made);
  });
  return draw;

  function draw() {
    const waits = Boolean(board.meeting && !isUnderWay(board.meeting) && board.meeting.state === "open");
    const hidden = recall(HIDDEN) === "yes";
    setAttr(body, "data-before", waits && !hidden ? "yes" : null);
    before.hidden = !waits || hidden;
    again.hidden = !waits || !hidden;
    if (!waits) return;
    const people = [...board.person.values()];
    tick(
      "who",
      people.some((one) => one.role !== "facilitator" && LISTED.has(one.state)),
    );
    tick(
      "child",
      [...board.card.values()].some((card) => card.voice),
    );
    tick("second", people.filter((one) => one.role === "facilitator").length > 1);
    for (const id of ["wall", "phone"]) tick(id, false);
  }

  /** @param {string} id @param {boolean} seen */
  function tick(id, seen) {
    const isDone = seen || recall(DONE + id) === "yes";
    const step = find(before, `[data-before-step="${id}"]`);
    step.toggleAttribute("data-done", isDone);
    step.querySelector("[data-tick]")?.toggleAttribute("hidden", !isDone);
    find(step, "[data-tick-words]").hidden = !isDone;
  }

  /** @param {string} id */
  function done(id) {
    keep(DONE + id, "yes");
    draw();
  }

  /** @param {boolean} hidden */
  function hide(hidden) {
    keep(HIDDEN, hidden ? "yes" : "");
    draw();
    (hidden ? again : find(before, "[data-open-door]")).focus({ preventScroll: true });
  }

  function writeChildsWords() {
    hide(true);
    const composer = find(desk.root, "[data-composer]");
    find(composer, "[data-words]").focus();
    const open = find(composer, "[data-voice-open]");
    if (open.getAttribute("aria-expanded") === "false") open.click();
  }

  async function openDoor() {
    const meeting = board.meeting;
    if (!meeting) return;
    const first = firstOf(meeting).id;
    if (!(await desk.press({ ask: "phase.go", phase: first }, { said: t("The meeting has begun.") }))) return;
    find(desk.root, "[data-next]").focus({ preventScroll: true });
    // Whoever cannot be seen at the door is not let in unseen.
    if (!desk.shared() && expected(board).length) await admit(desk, expected(board));
  }
}

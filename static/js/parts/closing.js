/** The meeting's settings and its end: the door, hiding names for good, ending and going on. What cannot be taken back is asked once. */

import { find, paint, sheet } from "../paint.js";
import { t } from "../words.js";
import { showAgain, takeDown } from "./about.js";
import { sure } from "./sure.js";

const DAY_MS = 86_400_000;

/** Whether this opens another sheet. @param {EventTarget | null} target */
const opens = (target) => target instanceof Element && target.closest("[data-open]") !== null;

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board, press, root } = desk;
  const el = find(root, '[data-sheet="meeting"]');
  const settings = sheet(el);
  const doors = /** @type {HTMLInputElement[]} */ ([...el.querySelectorAll("[data-admit]")]);
  find(root, "[data-meeting-open]").addEventListener("click", () => settings.open());
  // Before the other sheet opens: it would come up beneath this one.
  el.addEventListener("click", (event) => opens(event.target) && settings.close(), true);
  for (const door of doors) door.addEventListener("change", () => setDoor(door.value));
  find(el, "[data-hide-names]").addEventListener("click", hideNames);
  find(el, "[data-end]").addEventListener("click", end);
  find(root, "[data-end-here]").addEventListener("click", end);
  find(el, "[data-reopen]").addEventListener("click", reopen);
  return draw;

  function draw() {
    const meeting = board.meeting;
    const hidden = meeting?.authors === "hidden";
    const ended = meeting?.state === "closed";
    paint(el, { shown: !hidden, hidden, open: !ended, ended });
    paint(find(root, "[data-ended]"), { erased: ended ? erasedOn() : "" });
    for (const door of doors) {
      door.checked = door.value === meeting?.admit;
      door.disabled = ended;
    }
  }

  /** On which day everything is erased, where the meeting ends or ended. @param {number} [ends] ms */
  function erasedOn(ends) {
    const { opened = 0, ended = 0, erase_days: days = 0 } = board.meeting ?? {};
    const practice = "practice" in desk.body.dataset;
    const at = practice ? opened + DAY_MS : (ended || (ends ?? 0)) + days * DAY_MS;
    if (!practice && !ended && !ends) return "";
    const day = new Date(at).toLocaleDateString(document.documentElement.lang || "en", {
      dateStyle: "long",
    });
    return t("Everything in it is erased on {day}.", { day });
  }

  /** @param {string} admit */
  async function setDoor(admit) {
    const was = board.meeting?.admit;
    const said =
      admit === "all"
        ? t("Everyone with the code comes straight in.")
        : t("Everyone waits until you let them in.");
    await press({ ask: "meeting.door", admit }, { said, back: [{ ask: "meeting.door", admit: was }] });
    draw();
  }

  async function hideNames() {
    const yes = await sure({
      title: t("Hide names for good?"),
      text: t(
        "Nobody will see who wrote which card, you neither, also not in the record. This cannot be taken back.",
      ),
      yes: t("Hide names"),
      no: t("Leave them"),
    });
    if (yes) await press({ ask: "meeting.hide-authors" }, { said: t("Names are hidden.") });
  }

  async function end() {
    const yes = await sure({
      title: t("End the meeting?"),
      text: [
        t(
          "Everyone’s page then says thank you, when you meet again and whom to ring. Nothing can be added, and quiet words are thrown away.",
        ),
        erasedOn(Date.now()),
      ].join(" "),
      yes: t("End the meeting"),
      no: t("Not yet"),
    });
    const meeting = board.meeting;
    if (!yes || !meeting) return;
    await press([{ ask: "meeting.close" }, ...takeDown(meeting)], {
      said: t("The meeting has ended."),
      back: [{ ask: "meeting.reopen" }, ...showAgain(meeting)],
    });
  }

  function reopen() {
    return press(
      { ask: "meeting.reopen" },
      { said: t("The meeting goes on."), back: [{ ask: "meeting.close" }] },
    );
  }
}

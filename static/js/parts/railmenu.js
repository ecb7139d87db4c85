/** "⋯" on a line of the agenda: leave a phase out or take it in again, move it up or down. It closes nothing to anybody. */

import { find, paint, setAttr, stamp } from "../paint.js";
import { t } from "../words.js";
import { agendaOf, stepBy } from "./phaseorder.js";

/** @param {import("./desk.js").Desk} desk @param {HTMLElement} list the lines of the agenda */
export function railMenu({ board, press }, list) {
  list.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const line = /** @type {HTMLElement | null} */ (target?.closest("[data-step]") ?? null);
    if (!line) return;
    if (target?.closest("[data-step-more]")) return toggle(line);
    const deed = target?.closest("[data-step-do]")?.getAttribute("data-step-do");
    if (deed) act(line.dataset.step ?? "", deed);
  });
  list.addEventListener("keydown", (event) => {
    const line = event.target instanceof Element ? event.target.closest("[data-step]") : null;
    if (event.key !== "Escape" || event.defaultPrevented || !line?.querySelector("[data-step-menu]")) return;
    event.preventDefault();
    shut(/** @type {HTMLElement} */ (line), true);
  });
  return draw;

  /** What can be done depends on where the phase stands. */
  function draw() {
    for (const menu of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-step-menu]")))
      dress(menu);
  }

  /** @param {HTMLElement} menu */
  function dress(menu) {
    const meeting = board.meeting;
    const id = menu.dataset.stepMenu ?? "";
    const phase = agendaOf(meeting).find((one) => one.id === id);
    if (!meeting || !phase) return;
    paint(menu, {
      skip: phase.skipped ? t("Take it in again") : t("Leave it out"),
      up: stepBy(meeting, id, -1) !== null,
      down: stepBy(meeting, id, 1) !== null,
    });
  }

  /** @param {HTMLElement} line */
  function toggle(line) {
    if (line.querySelector("[data-step-menu]")) return shut(line, true);
    for (const other of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-step]")))
      shut(other, false);
    const menu = stamp("desk-step");
    menu.dataset.stepMenu = line.dataset.step;
    line.append(menu);
    setAttr(find(line, "[data-step-more]"), "aria-expanded", "true");
    dress(menu);
    menu.scrollIntoView({ block: "nearest" });
    find(menu, "button:not([hidden])").focus({ preventScroll: true });
  }

  /** @param {HTMLElement} line @param {boolean} focus */
  function shut(line, focus) {
    const menu = line.querySelector("[data-step-menu]");
    if (!menu) return;
    const button = find(line, "[data-step-more]");
    setAttr(button, "aria-expanded", "false");
    if (focus) button.focus({ preventScroll: true });
    menu.remove();
  }

  /** @param {string} id @param {string} deed */
  function act(id, deed) {
    const meeting = board.meeting;
    const phase = agendaOf(meeting).find((one) => one.id === id);
    if (!meeting || !phase) return;
    const line = find(list, `[data-step="${id}"]`);
    if (deed === "skip") {
      shut(line, true);
      const said = phase.skipped
        ? t("{phase} is taken in again.", { phase: phase.title })
        : t("{phase} is left out.", { phase: phase.title });
      const back = [{ ask: "agenda.skip", phase: id, on: phase.skipped }];
      return press({ ask: "agenda.skip", phase: id, on: !phase.skipped }, { said, back });
    }
    const move = stepBy(meeting, id, deed === "up" ? -1 : 1);
    const ids = agendaOf(meeting).map((one) => one.id);
    const home = { ask: "agenda.move", phase: id, before: ids[ids.indexOf(id) + 1] ?? null };
    const said = deed === "up" ? t("Moved up.") : t("Moved down.");
    return move && press({ ask: "agenda.move", ...move }, { said, back: [home] });
  }
}

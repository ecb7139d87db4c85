/** The agenda at the desk: where the meeting is, what its guide minutes say, and the presses that move everyone on. */

import { announce, find, keyed, paint, setAttr } from "../paint.js";
import { t } from "../words.js";
import { showAgain, takeDown } from "./about.js";
import { agendaOf, nextOf } from "./phaseorder.js";
import { railMenu } from "./railmenu.js";
import { touches } from "./touches.js";

const MINUTE_MS = 60_000;

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board, press } = desk;
  const rail = find(desk.root, "[data-rail]");
  rail.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const to = event.target.closest("[data-go-to]")?.getAttribute("data-go-to");
    if (to) go(to);
    else if (event.target.closest("[data-next]")) go(next()?.id);
    else if (event.target.closest("[data-break]")) pause(true);
    else if (event.target.closest("[data-break-end]")) pause(false);
  });
  const list = find(rail, "[data-steps]");
  const drawMenu = railMenu(desk, list);
  const watch = new ResizeObserver(inSight);
  // Its own height changes with the window, that of a line with the size of the letters.
  for (const one of [list, find(list, "[data-go-to]")]) watch.observe(one);
  return draw;

  /** @param {import("./desk.js").Touched} touched */
  function draw(touched) {
    const meeting = board.meeting;
    if (!meeting) return;
    const here = agendaOf(meeting);
    const focused = document.activeElement;
    keyed(
      list,
      here.map((one) => one.id),
      (id) => find(list, `[data-step="${id}"]`),
    );
    for (const phase of here) {
      const current = phase.id === meeting.phase;
      const line = find(rail, `[data-step="${phase.id}"]`);
      const time =
        current && isUnderWay(meeting) ? left(phase.minutes, meeting.phase_since) : plain(phase.minutes);
      paint(line, { time, current, skipped: phase.skipped ? "yes" : null, out: phase.skipped });
      setAttr(find(line, "[data-go-to]"), "aria-current", current ? "step" : null);
    }
    const after = next();
    const open = meeting.state === "open";
    const goes = open && !meeting.pause && isUnderWay(meeting);
    paint(rail, {
      next: goes && after ? t("Next: {phase}", { phase: after.title }) : "",
      end: goes && !after,
      pause: Boolean(open && meeting.pause),
      break: open && !meeting.pause,
    });
    keepFocus(focused);
    drawMenu();
    if (touches(touched, "meeting")) follow(meeting.phase);
  }

  /** What was just pressed may be gone: the focus goes to what stands in its place. @param {Element | null} focused */
  function keepFocus(focused) {
    const foot = find(rail, "[data-moves]");
    if (!foot.contains(focused) || !focused?.closest("[hidden]")) return;
    const stands = [...foot.querySelectorAll("button")].find((one) => !one.closest("[hidden]"));
    stands?.focus({ preventScroll: true });
  }

  /** @param {string | undefined} to */
  async function go(to) {
    const meeting = board.meeting;
    if (!meeting || !to || (to === meeting.phase && isUnderWay(meeting))) return;
    const said = t("Moved to {phase}.", { phase: phaseOf(to)?.title ?? "" });
    const wishes = [{ ask: "phase.go", phase: to }, ...takeDown(meeting)];
    await press(wishes, { said, back: [{ ask: "phase.go", phase: meeting.phase }, ...showAgain(meeting)] });
  }

  /** @param {boolean} on */
  function pause(on) {
    const [ask, back] = on ? ["break.start", "break.end"] : ["break.end", "break.start"];
    const said = on ? t("The board stands still for a break.") : t("The board goes on.");
    return press({ ask }, { said, back: [{ ask: back }] });
  }

  function next() {
    return nextOf(board.meeting);
  }

  /** @param {string} id */
  function phaseOf(id) {
    return board.meeting?.template.phases.find((/** @type {any} */ one) => one.id === id);
  }

  /** A line that is out of sight cannot say where the meeting is; the page itself stays where it is. */
  function inSight() {
    const line = list.querySelector(`[data-step="${CSS.escape(board.meeting?.phase ?? "")}"]`);
    if (!line) return;
    const [here, all] = [line.getBoundingClientRect(), list.getBoundingClientRect()];
    const above = here.top - all.top;
    const below = here.bottom - all.bottom;
    if (above < 0) list.scrollTop += above;
    else if (below > 0) list.scrollTop += Math.min(above, below);
  }

  /** @param {string} phase */
  function follow(phase) {
    if (rail.dataset.followed && rail.dataset.followed !== phase) {
      inSight();
      announce(t("Now: {phase}", { phase: phaseOf(phase)?.title ?? "" }));
    }
    rail.dataset.followed = phase;
  }

  /** @param {number} minutes @param {number} since */
  function left(minutes, since) {
    if (!minutes) return "";
    const gone = Math.max(0, desk.now() - since) / MINUTE_MS;
    const over = Math.floor(gone - minutes);
    if (over > 0) return t("{n} min, {over} over", { n: minutes, over });
    return t("{n} min, {left} left", { n: minutes, left: Math.ceil(Math.max(0, minutes - gone)) });
  }
}

/** Whether the door has been opened: from then on the first part is under way. @param {import("../store.js").Meeting} meeting */
export function isUnderWay(meeting) {
  return meeting.phase_since !== (meeting.opened ?? 0);
}

/** @param {number} minutes */
function plain(minutes) {
  return minutes ? t("{n} min", { n: minutes }) : "";
}

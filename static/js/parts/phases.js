/**
 * Where the meeting is and which view and column this screen shows: it follows by default, and never while its person writes or looks
 * back. What is talked about stands on top. Stepping through the agenda is the desk's.
 */

import { keep, recall } from "../device.js";
import { all, find, keyed, paint, setAttr } from "../paint.js";
import { t } from "../words.js";
import { about } from "./about.js";
import { cards, runs, shownCard } from "./cards.js";
import { agendaOf } from "./phaseorder.js";
import { named } from "./sheets.js";
import {
  inSight,
  section,
  show,
  shown,
  shownView,
  showView,
  sideBySide,
  viewOf,
  whenShown,
  whenViewShown,
} from "./showing.js";
import { isWriting } from "./writing.js";

/** @typedef {import("../store.js").Column} Column */

/** Kept through a reload: the column somebody turned to, and whether that was to look back. */
const TURNED_TO = "sb.column";
const VIEW = "sb.view";
const LOOKING = "sb.looking";

let lookingBack = () => {};

/** Remember that somebody looks at something else than the meeting does, if so. */
export function lookBack() {
  lookingBack();
}

/** @param {import("../main.js").Ctx} ctx */
export function start(ctx) {
  const { board, root } = ctx;
  const moved = find(root, "[data-moved]");
  const agenda = document.querySelector('[data-open="agenda"]') ? named("agenda") : null;
  const together = document.querySelector('[data-open="rules"]') ? named("rules") : null;
  const now = /** @type {HTMLElement | null} */ (document.querySelector(".now"));
  let phase = "";

  turnBack();
  lookingBack = remember;
  for (const tab of all(root, "[data-tab]"))
    tab.addEventListener("click", () => {
      show(/** @type {Column} */ (tab.dataset.tab));
      remember();
    });
  find(moved, "[data-go]").addEventListener("click", () => {
    const to = current();
    if (to) show(to);
    else showView(view());
    remember();
    const there = to ? find(section(to), "[data-scroll]") : find(root, `[data-view="${view()}"]`);
    there.focus({ preventScroll: true });
  });
  agenda?.el.querySelector("[data-rules-open]")?.addEventListener("click", () => {
    agenda.close();
    together?.open();
  });
  whenShown(seen);
  whenViewShown(bar);
  cards.addEventListener("painted", (event) => dots(/** @type {CustomEvent<string[]>} */ (event).detail));
  board.addEventListener("change", draw);
  about(ctx);
  draw();

  /** The column the meeting is at, if it is at one. @returns {Column | ""} */
  function current() {
    return phaseNow()?.column || "";
  }

  /** The view the meeting is at. */
  function view() {
    return viewOf(board);
  }

  /** Whether this screen shows where the meeting is. */
  function isThere() {
    const at = current();
    return view() === shownView() && (!at || inSight(at));
  }

  function phaseNow() {
    const phases = board.meeting?.template.phases ?? [];
    return phases.find((/** @type {{id: string}} */ one) => one.id === board.meeting?.phase);
  }

  /** After a reload: where one was, unless the meeting is elsewhere and nothing held one there. */
  function turnBack() {
    const was = /** @type {Column} */ (recall(TURNED_TO) ?? "");
    if (recall(LOOKING) && recall(VIEW) && recall(VIEW) !== "columns")
      return showView(/** @type {import("./showing.js").View} */ (recall(VIEW)));
    if (!was || !document.querySelector(`[data-tab="${was}"]`)) return;
    const atNone = shownView() === "columns" && !root.querySelector("[data-tab][data-current]");
    if (atNone || recall(LOOKING) || held(was)) show(was);
  }

  /** Remember who looks at something else than the meeting. */
  function remember() {
    keep(TURNED_TO, shown());
    keep(VIEW, shownView());
    keep(LOOKING, isThere() ? "" : "1");
    bar();
  }

  function draw() {
    if (!board.meeting) return;
    const title = phaseNow()?.title ?? "";
    if (now) paint(now, { now: t("Now: {phase}", { phase: title }), phase: title });
    if (board.meeting.phase !== phase) {
      phase = board.meeting.phase;
      mark();
      follow();
    } else drawAgenda();
    drawRules();
    bar();
  }

  /** The ground rules, within reach while the meeting opens. */
  function drawRules() {
    const rules = /** @type {HTMLElement | null} */ (root.querySelector("[data-rules-bar]"));
    const { about, phase, state, template, rules_agreed: agreed } = /** @type {any} */ (board.meeting);
    if (rules) rules.hidden = Boolean(about) || phase !== template.phases[0].id || state === "closed";
    if (together) paint(together.el, { agreed: Boolean(agreed) });
  }

  function mark() {
    const at = current();
    setAttr(document.body, "data-kind", phaseNow()?.kind ?? null);
    drawAgenda();
    for (const tab of all(root, "[data-tab]")) {
      setAttr(tab, "data-current", tab.dataset.tab === at ? "yes" : null);
      find(tab, "[data-now]").hidden = tab.dataset.tab !== at;
    }
    for (const column of all(root, "section[data-column]"))
      setAttr(column, "data-current", column.dataset.column === at ? "yes" : null);
  }

  /** The agenda as this meeting goes through it; what is left out stays readable. */
  function drawAgenda() {
    if (!agenda) return;
    const here = agendaOf(board.meeting);
    const list = find(agenda.el, "[data-agenda]");
    keyed(
      list,
      here.map((one) => one.id),
      (id) => find(list, `[data-phase="${id}"]`),
    );
    for (const one of here) {
      const line = find(list, `[data-phase="${one.id}"]`);
      setAttr(line, "aria-current", one.id === board.meeting?.phase ? "step" : null);
      paint(line, { skipped: one.skipped ? "yes" : null, out: one.skipped });
    }
  }

  function follow() {
    if (isThere() || busy()) return;
    const to = current();
    // Who was about to write is about to write there.
    const aboutTo = section(shown()).contains(document.activeElement) && !sideBySide();
    if (!to) return showView(view());
    show(to);
    if (aboutTo) find(section(to), "textarea[data-words]").focus({ preventScroll: true });
  }

  /** Looking back, or with words under way where one is. */
  function busy() {
    if (recall(LOOKING)) return true;
    if (isWriting() || document.body.hasAttribute("data-dragging")) return true;
    return shownView() === "columns" && held(shown());
  }

  /** Whether words wait in a column. @param {Column} column */
  function held(column) {
    const field = section(column).querySelector("textarea[data-words]");
    const words = /** @type {HTMLTextAreaElement | null} */ (field)?.value;
    return Boolean(words) || section(column).querySelector("[data-changing]") !== null;
  }

  function bar() {
    moved.hidden = isThere() || board.meeting?.state === "closed";
    if (!moved.hidden)
      paint(moved, {
        words: t("{name} has moved on to {phase}.", { name: runs(board), phase: phaseNow()?.title ?? "" }),
      });
  }

  /** @param {string[]} fresh */
  function dots(fresh) {
    for (const id of fresh) {
      const column = shownCard(id)?.column;
      const tab = column && !inSight(column) ? root.querySelector(`[data-tab="${column}"]`) : null;
      if (tab) find(tab, "[data-new]").hidden = false;
    }
  }

  /** @param {Column} column */
  function seen(column) {
    const tab = root.querySelector(`[data-tab="${column}"]`);
    if (tab) find(tab, "[data-new]").hidden = true;
  }
}

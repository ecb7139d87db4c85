/**
 * The drawer of a blind round at the desk: it comes up in the phase for numbers and can be pulled out in any other. What is in it is
 * asking.js (before), counting.js (while it is open) and shownround.js (after).
 */

import { all, find, paint, setAttr } from "../paint.js";
import { t } from "../words.js";
import { asking } from "./asking.js";
import { counting } from "./counting.js";
import { answeredWords } from "./numbers.js";
import { current, past, sheetOf } from "./rounds.js";
import { sheetNav } from "./sheetnav.js";
import { shownRound } from "./shownround.js";
import { touches } from "./touches.js";

/** @typedef {import("../store.js").Round} Round @typedef {"ask" | "open" | "shown"} Part */

const WIDE = "(min-width: 64rem)";

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board } = desk;
  const el = find(desk.root, "[data-drawer]");
  const inside = find(el, "[data-drawer-body]");
  const columns = find(desk.root, "[data-columns]");
  const toggle = find(el, "[data-drawer-toggle]");
  const parts = /** @type {HTMLElement[]} */ (all(el, "[data-drawer-part]"));
  /** The facilitator wants to ask again, while numbers of an earlier round are still shown. */
  let again = false;
  let phase = "";
  let state = "";
  /** The round of a sheet that was turned to. */
  let turned = "";
  const part = (/** @type {Part} */ name) => find(el, `[data-drawer-part="${name}"]`);
  const before = asking(desk, part("ask"), () => turn(false));
  const during = counting(desk, part("open"));
  const after = shownRound(desk, part("shown"), () => turn(true));

  const nav = sheetNav(
    board,
    find(el, "[data-drawer-sheet]"),
    (round) => round.answered >= round.asked,
    (id) => {
      turned = id;
      again = false;
      desk.redraw();
    },
  );

  const wide = matchMedia(WIDE);
  wide.addEventListener("change", stand);
  stand();
  toggle.addEventListener("click", () => pull(inside.hidden === true));
  el.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || inside.hidden || event.defaultPrevented) return;
    event.preventDefault();
    pull(false);
    toggle.focus();
  });
  return draw;

  /** @param {import("../store.js").Touched} touched */
  function draw(touched) {
    if (!touches(touched, "round", "rating", "scale", "person", "meeting")) return;
    const now = current(board);
    follow(now);
    const round = lookedAt(now);
    paint(el, { now: nowWords(round) });
    const name = partOf(round);
    show(name);
    if (round && !again && sheetOf(board, round).length > 1) nav.draw(round);
    else find(el, "[data-drawer-sheet]").hidden = true;
    during.missing(round);
    if (name === "ask") before.draw(past(board).length > 0);
    else if (name === "open" && round) during.draw(round);
    else after.draw(round);
  }

  /** The round of the sheet that was turned to, else the one under way. @param {Round | undefined} now */
  function lookedAt(now) {
    const chosen = board.round.get(turned);
    return now && chosen && sheetOf(board, now).includes(chosen) ? chosen : now;
  }

  /** Under the columns; on a phone above them, with whatever else cannot wait. */
  function stand() {
    const middle = /** @type {HTMLElement} */ (columns.parentElement);
    if (wide.matches) find(middle, "[data-scribe]").before(el);
    else middle.prepend(el);
  }

  /** @param {Part} name */
  function show(name) {
    const lost = parts.some((one) => one.dataset.drawerPart !== name && one.contains(document.activeElement));
    for (const one of parts) one.hidden = one.dataset.drawerPart !== name;
    // What was pressed is gone; reading goes on where it stood.
    if (lost) inside.focus({ preventScroll: true });
  }

  /** @param {Round | undefined} round @returns {Part} */
  function partOf(round) {
    if (round?.state === "open") return "open";
    return past(board).length && !again ? "shown" : "ask";
  }

  /** Come up with the phase for numbers and go with it; stay while a round is open. @param {Round | undefined} round */
  function follow(round) {
    const { template, phase: now } = /** @type {import("../store.js").Meeting} */ (board.meeting);
    const known = round ? `${round.id} ${round.state}` : "";
    if (known !== state) {
      again = false;
      turned = "";
      if (round && (state || round.state === "open")) pull(true);
    }
    state = known;
    if (now === phase) return;
    phase = now;
    const rates = template.phases.some(
      (/** @type {{id: string, kind: string}} */ one) => one.id === now && one.kind === "rate",
    );
    if (rates && !writing()) pull(true);
    else if (round?.state !== "open") pull(false);
  }

  /** Words under way in a column are not covered by what came by itself. */
  function writing() {
    const field = document.activeElement;
    return field instanceof HTMLTextAreaElement && columns.contains(field) && field.value !== "";
  }

  /** @param {boolean} out */
  function pull(out) {
    inside.hidden = !out;
    setAttr(toggle, "aria-expanded", String(out));
  }

  /** @param {boolean} anew */
  function turn(anew) {
    again = anew;
    desk.redraw();
    inside.scrollTop = 0;
    inside.focus({ preventScroll: true });
  }

  /** @param {Round | undefined} round */
  function nowWords(round) {
    if (round?.state === "open") return answeredWords(round);
    return round ? t("shown") : "";
  }
}

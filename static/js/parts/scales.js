/**
 * Your number at this page: the sheet where it is chosen, sent and covered, and the line once all are shown; a slim bar while
 * the sheet is away. The desk's own part in it is drawer.js.
 */

import { all, announce, find, notice, paint, sheet } from "../paint.js";
import { t } from "../words.js";
import { runs } from "./cards.js";
import { cover } from "./cover.js";
import { followUps } from "./followups.js";
import { start as numberFor } from "./numberfor.js";
import { numberForm } from "./numberform.js";
import { drawLine } from "./numberline.js";
import { answeredWords, numbersOf } from "./numbers.js";
import { isElsewhere, panes } from "./panes.js";
import { RATING_BYTES } from "./ratingbytes.js";
import { roundBar } from "./roundbar.js";
import { asksMe, howShown, isShown, openRounds, ownRating, roundTitle, talkedAbout } from "./rounds.js";
import { sheetNav } from "./sheetnav.js";
import { isWriting } from "./writing.js";

export { roundWords } from "./rounds.js";

/** @typedef {import("../store.js").Round} Round @typedef {"ask" | "sent" | "shown"} Pane */

/** Marks that begin lower than this part of the sheet are as good as out of sight. */
const LOW = 0.6;

/** @param {import("../main.js").Ctx} ctx */
export function start(ctx) {
  const { board, asker, line, body } = ctx;
  const el = find(document, '[data-sheet="number"]');
  const desk = body.dataset.lens === "facilitator";
  const narrowed = ["child-own", "child-good"].includes(body.dataset.lens ?? "");
  const over = sheet(el, { opened, closed: leave });
  const turns = panes(el);
  const covered = cover(find(el, "[data-cover]"));
  const form = numberForm(find(el, '[data-pane="ask"]'), send);
  const questions = followUps(find(el, "[data-questions]"), () => over.close());
  const forSomebody = numberFor(ctx);
  const bar = roundBar(board, {
    isIn,
    may: forSomebody.may,
    go: () => (mine() ? over.open() : forSomebody.open()),
  });
  const nav = sheetNav(board, find(el, "[data-sheet-nav]"), isIn, (id) => {
    turned = id;
    changing = false;
    draw();
  });
  /** The round of a sheet that somebody turned to. */
  let turned = "";
  /** What this page already brought up by itself. @type {Set<string>} */
  const offered = new Set();
  /** The open round this page knows of, and whether it was answered here. */
  let open = { id: "", answered: false };
  /** Whether somebody who has answered wants to change it. */
  let changing = false;
  /** The round whose line was shown here last. */
  let looking = "";
  let underWay = 0;
  let begun = false;
  /** What was told last of a round, and whether the meeting is over. @type {HTMLElement | undefined} */
  let told;
  let ended = false;
  let place = "";

  find(el, "[data-change-number]").addEventListener("click", () => {
    changing = true;
    draw();
    find(el, "h2").focus();
  });
  // The desk's drawer asks for this sheet.
  document.addEventListener("signboard:number", (event) => {
    turned = /** @type {CustomEvent<string>} */ (event).detail;
    over.open();
  });
  board.addEventListener("change", (event) => {
    const { all: anew, touched } = /** @type {CustomEvent<import("../store.js").Touched>} */ (event).detail;
    if (anew || ["round", "rating", "scale", "person", "meeting"].some((kind) => touched.has(kind))) draw();
  });
  asker.addEventListener("pending", () => {
    const now = asker.asked("rating.set").length;
    if (now !== underWay) draw();
    underWay = now;
  });
  line.addEventListener("state", draw);
  new MutationObserver(draw).observe(body, { attributes: true, attributeFilter: ["data-sheet-open"] });

  /** The round, if this person has a part in it. */
  function mine() {
    const round = next() ?? looked();
    // The desk shows the numbers in its drawer; a child who is to see less of the board is shown none but its own.
    return round && (isShown(round) ? !desk && !narrowed : asksMe(board, round)) ? round : undefined;
  }

  /** Of several rounds on one sheet the one that was turned to, else the first that waits for an answer. */
  function next() {
    const open = openRounds(board).filter((one) => asksMe(board, one));
    const chosen = board.round.get(turned);
    if (chosen && chosen.state === "open") return chosen;
    return open.find((one) => !isIn(one)) ?? talkedAbout(board);
  }

  /** Numbers taken off the wall stay in front of who still looks at them. */
  function looked() {
    const round = over.isOpen ? board.round.get(looking) : undefined;
    return round && isShown(round) ? round : undefined;
  }

  /** @param {Round} round @returns {Pane} */
  function paneOf(round) {
    if (isShown(round)) return "shown";
    return isIn(round) && !changing ? "sent" : "ask";
  }

  /** @param {Round} round */
  function isIn(round) {
    return Boolean(ownRating(board, round)) || isUnderWay(round);
  }

  /** @param {Round} round */
  function isUnderWay(round) {
    return asker.asked("rating.set").some((ask) => ask.round === round.id && !ask.for);
  }

  function draw() {
    if (!board.meeting) return;
    stopped();
    lasts();
    goesOn();
    const round = next();
    // What was said of an earlier round must not lie over the answers to this one.
    if (round?.state === "open" && round.id !== open.id) told?.remove();
    bar.draw(round);
    forSomebody.draw();
    const own = mine();
    begun ||= !own;
    // What cannot be answered any more gives way to the board, which says so.
    if (!own || (board.meeting.state === "closed" && own.state === "open")) return over.close();
    const pane = paneOf(own);
    fill(own, pane);
    turnTo(pane);
    offer(own, pane);
  }

  function opened() {
    draw();
    if (turns.shown() === "shown") toTheMarks(el);
  }

  function leave() {
    covered.close();
    changing = false;
  }

  /** What became of the round that was open here. */
  function stopped() {
    const round = board.round.get(open.id);
    if (!open.id || !round || round.state === "open") return;
    const name = runs(board);
    if (round.state === "cancelled") {
      over.close();
      tell(
        open.answered
          ? t("{name} stopped this one. Your number has been thrown away. Nobody saw it.", { name })
          : t("{name} stopped this one. Nobody saw any number.", { name }),
      );
    } else if (!over.el.hidden && turns.shown() === "ask") {
      tell(t("The numbers are shown now. Yours was not sent."));
    }
    form.forget(open.id);
    changing = false;
    open = { id: "", answered: false };
  }

  /** The end of the meeting takes away the sheet, and says what became of the number. */
  function lasts() {
    const closed = board.meeting?.state === "closed";
    if (closed === ended) return;
    ended = closed;
    if (!closed) told?.remove();
    else if (over.isOpen && board.round.get(open.id)?.state === "open") {
      const words = lastWords();
      over.close();
      tell(words);
    }
  }

  /** Numbers give way to what the meeting turns to; the bar leads back to them. */
  function goesOn() {
    const now = `${board.meeting?.phase} ${board.meeting?.state}`;
    if (place && now !== place && over.isOpen && turns.shown() === "shown") over.close();
    place = now;
  }

  function lastWords() {
    const asking = turns.shown() === "ask";
    const words = [t("{name} has ended the meeting before the numbers were shown.", { name: runs(board) })];
    if (!asking) words.push(t("Nobody else has seen yours."));
    else if (open.answered) words.push(t("Your change was not sent."));
    else words.push(t("Yours was not sent."));
    if (asking && form.isBegun())
      words.push(t("What you had begun stays here, in case the meeting goes on."));
    return words.join(" ");
  }

  /** @param {string} words */
  function tell(words) {
    told?.remove();
    told = notice(words);
  }

  /** @param {Round} round @param {Pane} pane */
  function fill(round, pane) {
    const scale = board.scale.get(round.scale);
    if (!scale) return;
    if (round.state === "open") open = { id: round.id, answered: isIn(round) };
    paint(el, { title: titleOf(round, pane) });
    nav.draw(round);
    if (pane === "ask") {
      form.draw(round, scale, ownRating(board, round), howShown(board, round));
    } else if (pane === "sent") {
      covered.holds(ownRating(board, round));
      paint(el, { count: t("{count}. You can look up.", { count: answeredWords(round) }) });
    } else {
      looking = round.id;
      const roles = board.meeting?.template.roles ?? {};
      const numbers = numbersOf(round, board.rating.values(), board.person, roles);
      drawLine(find(el, "[data-number-line]"), { scale, round, numbers, upright: true, within: el });
      questions.draw(board, round, numbers);
    }
  }

  /** @param {Round} round @param {Pane} pane */
  function titleOf(round, pane) {
    if (pane === "shown") return roundTitle(board, round);
    if (pane === "ask") return t("Your number");
    if (!isUnderWay(round)) return t("Your number is in.");
    return line.state === "open"
      ? t("Sending…")
      : t("No connection. Your number is kept here and will be sent.");
  }

  /** @param {Pane} pane */
  function turnTo(pane) {
    turns.turnTo(pane, () => {
      if (pane !== "sent") covered.close();
      if (pane === "shown") toTheMarks(el);
      if (over.isOpen && pane === "sent") announce(t("Your number is in."));
    });
  }

  /** Bring the sheet up once for each thing there is to do, unless that would come over somebody's writing. @param {Round} round @param {Pane} pane */
  function offer(round, pane) {
    const key = `${round.id} ${pane === "shown" ? "shown" : "ask"}`;
    // What was there before this page was is found behind the bar.
    const first = !begun && pane !== "ask";
    begun = true;
    // What is done in another sheet is done first.
    if (desk || offered.has(key) || isElsewhere(el)) return;
    offered.add(key);
    if (over.isOpen || first) return;
    if (isWriting()) announce(bar.words(round));
    else over.open();
  }

  /** @param {import("./numberform.js").Answer} answer */
  async function send(answer) {
    const { round, ...given } = answer;
    changing = false;
    turned = "";
    await asker.ask("rating.set", { round, ...given }, { bytes: RATING_BYTES });
    form.forget(round);
  }
}

/** On the smallest screens the line begins below what is seen: turn to its first mark, once it is drawn. @param {HTMLElement} el what scrolls */
function toTheMarks(el) {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const marks = all(el, '[data-number-line] [data-kind="mark"]');
      const tops = marks.map((mark) => mark.getBoundingClientRect().top);
      const first = marks[tops.indexOf(Math.min(...tops))];
      const { top, height } = el.getBoundingClientRect();
      if (first && Math.min(...tops) > top + height * LOW) first.scrollIntoView({ block: "center" });
    }),
  );
}

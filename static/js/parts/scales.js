/**
 * Your number at this page: the sheet where it is chosen, sent and covered, and the line once all are shown; a slim bar while
 * the sheet is away. The desk's own part in it is drawer.js.
 */

import { announce, find, paint, sheet } from "../paint.js";
import { t } from "../words.js";
import { childScale } from "./childscale.js";
import { cover } from "./cover.js";
import { followUps } from "./followups.js";
import { forHolder, holderOf } from "./hand.js";
import { keptNumbers } from "./keptnumber.js";
import { endings } from "./numberend.js";
import { start as numberFor } from "./numberfor.js";
import { numberForm } from "./numberform.js";
import { drawLine } from "./numberline.js";
import { answeredWords } from "./numbers.js";
import { isElsewhere, panes } from "./panes.js";
import { RATING_BYTES } from "./ratingbytes.js";
import { roundBar } from "./roundbar.js";
import {
  askedIn,
  asksMe,
  howShown,
  isShown,
  keptNumber,
  keptRounds,
  numbersHere,
  openRounds,
  ownRating,
  roundTitle,
  sheetOf,
  talkedAbout,
} from "./rounds.js";
import { sheetNav } from "./sheetnav.js";
import { toTheMarks } from "./tomarks.js";
import { isWriting } from "./writing.js";

/** @typedef {import("../store.js").Round} Round @typedef {"ask" | "sent" | "shown"} Pane */

/** @param {import("../main.js").Ctx} ctx */
export function start(ctx) {
  const { board, asker, line, body } = ctx;
  const el = find(document, '[data-sheet="number"]');
  const desk = body.dataset.lens === "facilitator";
  /** Whether this is a child who is to see only some of the board; it may change at any time. */
  const narrowed = () => board.you.role === "child" && board.person.get(board.you.id)?.sees !== "all";
  const over = sheet(el, { opened, closed: leave });
  const turns = panes(el);
  const places = childScale(board, find(el, "[data-numbers]"));
  const covered = cover(find(el, "[data-cover]"), (rating) => places.says(rating, board.round.get(at)));
  const form = numberForm(find(el, '[data-pane="ask"]'), send);
  const questions = followUps(find(el, "[data-questions]"), () => over.close());
  const forSomebody = numberFor(ctx);
  const keeps = keptNumbers(ctx, el, { at: () => board.round.get(at), send, look });
  const bar = roundBar(board, {
    isIn,
    isKept: (round) => keeps.isKept(round) && (narrowed() || !isShown(round)),
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
  /** What somebody who was handed this phone has sent: nobody holds it, so only this page knows. @type {Set<string>} */
  const handed = new Set();
  /** What this page already brought up by itself. @type {Set<string>} */
  const offered = new Set();
  /** The round in front, and whether a child who sees everyone's numbers looks at the one they kept. */
  let at = "";
  let apart = false;
  /** Whether somebody who has answered wants to change it. */
  let changing = false;
  /** The round whose line was shown here last. */
  let looking = "";
  let underWay = 0;
  let begun = false;
  let place = "";

  const ends = endings(board, { form, over, pane: turns.shown, at: () => at });

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
  document.addEventListener("signboard:hand", () => {
    changing = false;
    turned = "";
    form.clear();
    draw();
  });
  board.addEventListener("change", (event) => {
    const { all: anew, touched } = /** @type {CustomEvent<import("../store.js").Touched>} */ (event).detail;
    if (anew || ["round", "rating", "scale", "person", "meeting", "past"].some((kind) => touched.has(kind)))
      draw();
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
    if (!round || keptNumber(board, round)) return round;
    return (isShown(round) ? !desk && !narrowed() : asksMe(board, round)) ? round : undefined;
  }

  /** @param {boolean} one */
  function look(one) {
    apart = one;
    draw();
  }

  /** Of several rounds on one sheet the one that was turned to, else the first that waits for an answer. */
  function next() {
    const open = openRounds(board).filter((one) => asksMe(board, one));
    const chosen = board.round.get(turned);
    if (chosen && chosen.state === "open") return chosen;
    const now = open.find((one) => !isIn(one)) ?? talkedAbout(board);
    // A child who is to see less of the board is shown no numbers but the one they kept.
    return narrowed() && !(now && (now.state === "open" || keptNumber(board, now)))
      ? keptRounds(board)[0]
      : now;
  }

  /** Numbers taken off the wall stay in front of who still looks at them. */
  function looked() {
    const round = over.isOpen ? board.round.get(looking) : undefined;
    return round && isShown(round) ? round : undefined;
  }

  /** @param {Round} round @returns {Pane} */
  function paneOf(round) {
    if (isShown(round) && !((narrowed() || apart) && keptNumber(board, round))) return "shown";
    return isIn(round) && !changing ? "sent" : "ask";
  }

  /** @param {Round} round */
  function isIn(round) {
    if (holderOf()) return handed.has(`${round.id} ${holderOf()}`);
    return Boolean(ownRating(board, round)) || isUnderWay(round);
  }

  /** @param {Round} round */
  function isUnderWay(round) {
    return asker.asked("rating.set").some((ask) => ask.round === round.id && (ask.for ?? "") === holderOf());
  }

  function draw() {
    if (!board.meeting) return;
    if (ends.look()) changing = false;
    ends.lasts();
    goesOn();
    bar.draw(next());
    forSomebody.draw();
    for (const one of openRounds(board).filter((other) => asksMe(board, other))) ends.keep(one, isIn(one));
    const before = at;
    const round = mine();
    at = round?.id ?? "";
    begun ||= !round;
    // What cannot be answered any more gives way to the board, which says so.
    if (!round || (board.meeting.state === "closed" && round.state === "open")) return over.close();
    const pane = paneOf(round);
    fill(round, pane);
    turnTo(pane, before !== "" && at !== before);
    offer(round, pane);
  }

  function opened() {
    draw();
    if (turns.shown() === "shown") toTheMarks(el);
  }

  function leave() {
    covered.close();
    changing = apart = false;
  }

  /** Numbers give way to what the meeting turns to; the bar leads back to them. */
  function goesOn() {
    const now = `${board.meeting?.phase} ${board.meeting?.state}`;
    if (place && now !== place && over.isOpen && turns.shown() === "shown") over.close();
    place = now;
  }

  /** @param {Round} round @param {Pane} pane */
  function fill(round, pane) {
    const scale = board.scale.get(round.scale);
    if (!scale) return;
    const holder = board.person.get(holderOf())?.name ?? "";
    const away = holderOf() ? t("Back to your turn") : t("Back to the board");
    const kept = pane === "sent" && keeps.isKept(round);
    const late = isShown(round) && kept;
    const other = isShown(round) && !narrowed() && Boolean(keptNumber(board, round));
    const ways = {
      other,
      why: places.asks().why,
      kept,
      over: late,
      still: kept && !late && !isUnderWay(round),
    };
    paint(el, { title: titleOf(round, pane), holder, away, mine: !holderOf(), ...ways });
    nav.draw(round);
    if (pane === "ask") {
      places.draw(scale);
      form.draw(round, askedIn(board, round, scale), own(round), howShown(board, round));
    } else if (pane === "sent") {
      covered.holds(own(round));
      paint(el, {
        count: late
          ? t("The numbers are shown. Yours is not among them.")
          : kept
            ? ""
            : t("{count}. You can look up.", { count: answeredWords(round) }),
        about: sheetOf(board, round).length > 1 ? roundTitle(board, round) : "",
      });
    } else {
      looking = round.id;
      const numbers = numbersHere(board, round);
      drawLine(find(el, "[data-number-line]"), { scale, round, numbers, upright: true, within: el });
      questions.draw(board, round, numbers);
    }
  }

  /** What the server holds of whoever holds this page: of what was given on it by somebody else, nothing. @param {Round} round */
  function own(round) {
    return holderOf() ? undefined : ownRating(board, round);
  }

  /** @param {Round} round @param {Pane} pane */
  function titleOf(round, pane) {
    if (pane === "shown") return roundTitle(board, round);
    if (pane === "ask") return places.asks().title;
    return keeps.title(round, isUnderWay(round));
  }

  /** @param {Pane} pane @param {boolean} another whether it is about another round now */
  function turnTo(pane, another) {
    const same = turns.shown() === pane;
    turns.turnTo(
      pane,
      (lost) => {
        if (pane !== "sent" || another) covered.close();
        if (pane === "shown") toTheMarks(el);
        if (over.isOpen && pane === "sent") announce(keeps.said(/** @type {Round} */ (board.round.get(at))));
        else if (over.isOpen && same && lost) announce(t("The next one is here."));
      },
      another,
    );
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
    if (keeps.isNothing(answer)) over.close();
    const whose = forHolder();
    const kept = `${round} ${whose.for}`;
    if (whose.for) handed.add(kept);
    try {
      await asker.ask("rating.set", { round, ...given, ...whose }, { bytes: RATING_BYTES });
      form.forget(round, whose.for);
    } catch (refusal) {
      handed.delete(kept);
      draw();
      throw refusal;
    }
  }
}

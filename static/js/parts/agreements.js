/**
 * Your answer to a worry and its goal at this page: the sheet where it is given, sent and covered, and a slim bar while the sheet is
 * away. What all answers say stands with the set, see agreed.js.
 */

import { announce, find, notice, paint, sheet } from "../paint.js";
import { t } from "../words.js";
import { agreed } from "./agreed.js";
import { answerFor } from "./agreefor.js";
import { agreeForm } from "./agreeform.js";
import { runs } from "./cards.js";
import { cover } from "./cover.js";
import { forHolder, holderOf } from "./hand.js";
import { answeredWords } from "./numbers.js";
import { isElsewhere, panes } from "./panes.js";
import { asks, choiceWords, current, howShown, open, ownAnswer } from "./polls.js";
import { RATING_BYTES } from "./ratingbytes.js";
import { drawReads } from "./setwords.js";
import { isWriting } from "./writing.js";

/** @typedef {import("../store.js").Poll} Poll @typedef {"ask" | "sent"} Pane */

const KINDS = ["poll", "answer", "set", "person", "meeting"];

/** @param {import("../main.js").Ctx} ctx */
export function start(ctx) {
  const { board, asker, line, body } = ctx;
  const el = find(document, '[data-sheet="agree"]');
  const desk = body.dataset.lens === "facilitator";
  const over = sheet(el, { opened: draw, closed: leave });
  const turns = panes(el);
  const covered = cover(find(el, "[data-cover]"));
  const form = agreeForm(find(el, '[data-pane="ask"]'), send);
  const forSomebody = answerFor(ctx);
  /** @type {HTMLElement | null} */
  const bar = document.querySelector("[data-pollbar]");
  /** What this page already brought up by itself. @type {Set<string>} */
  const offered = new Set();
  /** What somebody who was handed this phone has sent: nobody holds it, so only this page knows. @type {Set<string>} */
  const handed = new Set();
  /** The poll somebody went to by its set; "" is the one that is their turn. */
  let picked = "";
  /** The poll this page shows, and whether it was answered here. */
  let at = { id: "", answered: false };
  /** Whether somebody who has answered wants to change it. */
  let changing = false;
  let underWay = 0;
  /** @type {HTMLElement | undefined} */
  let told;

  find(el, "[data-change-answer]").addEventListener("click", () => {
    changing = true;
    draw();
    find(el, "h2").focus();
  });
  if (bar) find(bar, "[data-pollbar-go]").addEventListener("click", () => go(""));
  document.addEventListener("signboard:agree", (event) => go(/** @type {CustomEvent} */ (event).detail));
  document.addEventListener("signboard:hand", () => {
    changing = false;
    picked = "";
    form.clear();
    draw();
  });
  document.addEventListener("signboard:agree-for", (event) => {
    forSomebody.draw(board.poll.get(/** @type {CustomEvent} */ (event).detail));
    forSomebody.open();
  });
  board.addEventListener("change", (event) => {
    const { all: anew, touched } = /** @type {CustomEvent<import("../store.js").Touched>} */ (event).detail;
    if (anew || KINDS.some((kind) => touched.has(kind))) draw();
  });
  asker.addEventListener("pending", () => {
    const now = asker.asked("agreement.set").length;
    if (now !== underWay) draw();
    underWay = now;
  });
  line.addEventListener("state", draw);
  new MutationObserver(draw).observe(body, { attributes: true, attributeFilter: ["data-sheet-open"] });
  agreed(ctx, { may: forSomebody.may, isIn });

  /** @param {string} id of a poll, or "" for the one that is this person's turn */
  function go(id) {
    picked = id;
    const poll = now();
    if (poll && asks(board, poll)) over.open();
    else if (poll) {
      forSomebody.draw(poll);
      forSomebody.open();
    }
  }

  function now() {
    const chosen = board.poll.get(picked);
    return chosen && open(board).includes(chosen) ? chosen : current(board, isIn);
  }

  /** @param {Poll} poll */
  function isIn(poll) {
    if (holderOf()) return handed.has(`${poll.id} ${holderOf()}`);
    return Boolean(ownAnswer(board, poll)) || isUnderWay(poll);
  }

  /** @param {Poll} poll */
  function isUnderWay(poll) {
    return asker.asked("agreement.set").some((ask) => ask.poll === poll.id && (ask.for ?? "") === holderOf());
  }

  function draw() {
    if (!board.meeting) return;
    stopped();
    const poll = now();
    drawBar(poll);
    forSomebody.draw(poll);
    if (!poll || !asks(board, poll)) return over.close();
    const pane = isIn(poll) && !changing ? "sent" : "ask";
    if (poll.id !== at.id) told?.remove();
    at = { id: poll.id, answered: isIn(poll) };
    fill(poll, pane);
    turnTo(pane);
    offer(poll, pane);
  }

  /** @param {Poll | undefined} poll */
  function drawBar(poll) {
    if (!bar) return;
    bar.hidden = !poll;
    if (poll) paint(bar, said(poll));
  }

  /** @param {Poll} poll @returns {{words: string, go: string}} */
  function said(poll) {
    const count = answeredWords(poll);
    if (!asks(board, poll)) {
      const may = forSomebody.may(poll);
      return {
        words: t("Others are saying whether they agree. You can read the board."),
        go: may ? t("An answer for somebody") : "",
      };
    }
    if (isIn(poll)) return { words: t("Your answer is in. {count}.", { count }), go: t("Look") };
    return { words: t("{name} asks everyone whether they agree.", { name: runs(board) }), go: t("Answer") };
  }

  /** What became of the poll that was open here. */
  function stopped() {
    const poll = board.poll.get(at.id);
    const over_ = board.meeting?.state === "closed";
    if (!at.id || (poll?.state === "open" && !over_)) return;
    const name = runs(board);
    const unsent = over.isOpen && turns.shown() === "ask" && form.isBegun();
    if (poll?.state === "cancelled") {
      tell(
        at.answered
          ? t("{name} stopped this one. Your answer has been thrown away. Nobody saw it.", { name })
          : t("{name} stopped this one. Nobody saw any answer.", { name }),
      );
    } else if (poll?.state === "open") {
      if (over.isOpen) tell(t("{name} has ended the meeting before the answers were shown.", { name }));
    } else if (unsent) tell(t("The answers are shown now. Yours was not sent."));
    else if (!desk) tell(t("The answers are shown, under “Worries and goals”."));
    over.close();
    if (poll?.state !== "open") for (const one of ["", ...board.person.keys()]) form.forget(at.id, one);
    changing = false;
    picked = "";
    at = { id: "", answered: false };
  }

  /** @param {string} words */
  function tell(words) {
    told?.remove();
    told = notice(words);
  }

  /** @param {Poll} poll @param {Pane} pane */
  function fill(poll, pane) {
    const set = board.set.get(poll.set);
    const wording = board.meeting?.template.wording;
    paint(el, {
      title: titleOf(poll, pane),
      holder: board.person.get(holderOf())?.name ?? "",
      away: holderOf() ? t("Back to your turn") : t("Back to the board"),
      mine: !holderOf(),
      worry: Boolean(set?.reads.worry.length),
      goal: Boolean(set?.reads.goal.length),
      worryPlace: `set/${poll.set}/worry`,
      goalPlace: `set/${poll.set}/goal`,
      "worry-name": wording?.worry,
      "goal-name": wording?.goal,
      count: t("{count}. You can look up.", { count: answeredWords(poll) }),
    });
    for (const side of /** @type {const} */ (["worry", "goal"]))
      drawReads(find(el, `[data-reads="${side}"]`), set?.reads[side] ?? []);
    // What the server holds is of whose phone it is.
    const own = holderOf() ? undefined : ownAnswer(board, poll);
    if (pane === "ask") form.draw(poll, own, howShown(board, poll));
    else
      covered.holds(
        own && { id: own.id, round: poll.id, value: choiceWords(own.value), reason: own.words ?? "" },
      );
  }

  /** @param {Poll} poll @param {Pane} pane */
  function titleOf(poll, pane) {
    if (pane === "ask") return t("Do you agree?");
    if (!isUnderWay(poll)) return t("Your answer is in.");
    return line.state === "open"
      ? t("Sending…")
      : t("No connection. Your answer is kept here and will be sent.");
  }

  /** @param {Pane} pane */
  function turnTo(pane) {
    turns.turnTo(pane, () => {
      if (pane !== "sent") covered.close();
      if (over.isOpen && pane === "sent") announce(t("Your answer is in."));
    });
  }

  /** Bring the sheet up once for each poll, unless that would come over somebody's writing or another sheet. @param {Poll} poll @param {Pane} pane */
  function offer(poll, pane) {
    if (desk || pane !== "ask" || offered.has(poll.id) || over.isOpen || isElsewhere(el)) return;
    offered.add(poll.id);
    if (isWriting()) announce(said(poll).words);
    else over.open();
  }

  function leave() {
    covered.close();
    changing = false;
    picked = "";
  }

  /** @param {import("./agreeform.js").Given} given */
  async function send(given) {
    const { poll, ...answer } = given;
    changing = false;
    // Having answered this one, it stays in sight; the next one that is asked is behind the bar.
    picked = poll;
    const whose = forHolder();
    const kept = `${poll} ${whose.for}`;
    if (whose.for) handed.add(kept);
    try {
      await asker.ask("agreement.set", { poll, ...answer, ...whose }, { bytes: RATING_BYTES });
      form.forget(poll, whose.for);
    } catch (refusal) {
      handed.delete(kept);
      draw();
      throw refusal;
    }
  }
}

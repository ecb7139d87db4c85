/**
 * What the page says about its line: one honest sentence under the top bar while something is not saved, and a whole sheet where
 * the line is gone for good. It never covers what is written, and what is read stays where it is.
 */

import { all, announce, find, paint, sheet, unsay } from "../paint.js";
import { lasts } from "../vault.js";
import { t, tn } from "../words.js";
import { forgetCards } from "./cards.js";
import { forgetViews } from "./views.js";

/** Shorter breaks than this are nobody's business. */
const UNNOTICED_MS = 3_000;
const [SIGNED_OUT, KEPT_OUT, NO_ROOM, FLOODING] = [4401, 4403, 4404, 4429];

/** @param {import("../main.js").Ctx} ctx */
export function start({ line, asker, board, root }) {
  const told = find(root, "[data-link]");
  const gone = sheet(find(document, '[data-sheet="gone"]'), { firm: true });
  const kind = /** @type {HTMLElement | null} */ (document.querySelector('[data-sheet="thanks"]'));
  const thanks = kind && sheet(kind, { firm: true });
  const missing = sheet(find(document, '[data-sheet="missing"]'), { firm: true });
  let since = Date.now();
  let wasOffline = false;
  let spoken = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;

  line.addEventListener("state", () => {
    if (line.state === "open") announceBack();
    if (line.state === "gone") ended();
    draw();
  });
  line.addEventListener("saving", draw);
  asker.addEventListener("pending", () => {
    if (asker.pending <= 1) since = Date.now();
    draw();
  });
  asker.addEventListener("missing", lost);
  new ResizeObserver(makeRoom).observe(told);
  find(gone.el, "[data-reload]").addEventListener("click", () => location.reload());
  find(missing.el, "[data-again]").addEventListener("click", () => asker.sendAgain());
  find(missing.el, "[data-forget]").addEventListener("click", () => asker.forget());

  function announceBack() {
    if (wasOffline) announce(t("The connection is back."));
    wasOffline = false;
    since = Date.now();
  }

  function draw() {
    if (line.state === "offline") wasOffline = true;
    const [words, ...more] = state();
    // Once for each trouble, not for each thing that waits meanwhile.
    if (words && words !== spoken) announce(words);
    spoken = words ?? "";
    const text = [words, ...more].join(" ");
    if (told.textContent === text) return;
    inPlace(() => {
      told.hidden = !text;
      told.textContent = text;
      makeRoom();
    });
  }

  /** Sheets begin below it. */
  function makeRoom() {
    document.documentElement.style.setProperty("--told", `${told.offsetHeight}px`);
  }

  /** What to say, its first sentence apart. @returns {string[]} */
  function state() {
    clearTimeout(later);
    if (line.state === "gone") return [];
    const waits = asker.pending;
    if (line.state === "offline") {
      const kept = t("No connection. Keep writing, it is kept here.");
      const unsent = tn("{n} thing is not sent yet.", "{n} things are not sent yet.", waits);
      return waits ? [kept, unsent, ...stay()] : [kept, ...stay()];
    }
    if (line.state === "open" && !line.saving)
      return [t("The server cannot save just now. Keep writing: it is kept here until it can."), ...stay()];
    if (line.state === "open" && !waits) return [];
    const rest = since + UNNOTICED_MS - Date.now();
    if (rest > 0) {
      later = setTimeout(draw, rest);
      return [];
    }
    if (line.state !== "open") return [t("Connecting…")];
    return [t("Saving takes longer than usual. It is kept here."), ...stay()];
  }

  /** Where words are kept in memory alone. */
  function stay() {
    return lasts() ? [] : [t("Do not reload this page yet.")];
  }

  /** The line is gone for good: what may not be seen any more is taken away, and a sentence says why. */
  function ended() {
    const code = line.gone?.code ?? 0;
    const parting = goodbyes()[code];
    if (!parting) return;
    missing.close();
    if (code !== FLOODING) {
      board.clear();
      forgetCards();
      forgetMeeting();
      forgetViews();
      unsay();
    }
    // A child whose part is done is thanked, and told what happens next.
    if (code === SIGNED_OUT && thanks) return thanks.open();
    paint(gone.el, { again: false, words: "", ...parting(line.gone?.bye ?? "") });
    gone.open();
  }

  function lost() {
    if (!asker.held) return missing.close();
    const title = tn(
      "Something you sent may be missing.",
      "{n} things you sent may be missing.",
      asker.pending,
    );
    paint(missing.el, { title });
    missing.open();
  }
}

/** What comes or goes above a list or a sheet moves nothing in it under a finger. @param {() => void} change */
function inPlace(change) {
  const lists = all(document, "[data-scroll], [data-sheet]").filter((el) => el.offsetHeight > 0);
  const before = lists.map((el) => el.getBoundingClientRect().top);
  change();
  for (const [place, el] of lists.entries()) el.scrollTop += el.getBoundingClientRect().top - before[place];
}

/** Who is out does not go on reading where the meeting was, nor its title. */
function forgetMeeting() {
  document.querySelector(".now")?.remove();
  const title = document.querySelector("h1");
  if (title) title.textContent = t("Meeting");
}

/** @returns {Record<number, (bye: string) => import("../paint.js").Fields>} */
function goodbyes() {
  const ring = t("Please ring the person who invited you.");
  return {
    [SIGNED_OUT]: () => ({
      title: t("You have left the meeting on this device."),
      words: t("To come back, use your link and wait to be let in."),
    }),
    [KEPT_OUT]: (bye) => ({
      title: bye === "refused" ? t("We could not let you in.") : t("You are no longer in this meeting."),
      words: ring,
    }),
    [NO_ROOM]: () => ({ title: t("This meeting is not here any more."), words: ring }),
    [FLOODING]: () => ({
      title: t("This page sent too much at once."),
      words: t("What you wrote is kept here."),
      again: true,
    }),
  };
}

/** While a round is open, in the drawer: how many have answered, showing everyone's number or nobody's. Who is missing stands in the private panel. */

import { find, keyed, paint, setText, stamp } from "../paint.js";
import { t } from "../words.js";
import { answeredWords, missingWords } from "./numbers.js";
import { ownRating, roundTitle, writesFor } from "./rounds.js";
import { sure } from "./sure.js";

/** @typedef {import("../store.js").Round} Round */

/** @param {import("./desk.js").Desk} desk @param {HTMLElement} el */
export function counting({ board, press, body }, el) {
  const asked = find(el, "[data-sure-words]");
  const reveal = find(el, "[data-reveal]");
  const panel = find(document, "[data-missing-part]");
  const fold = stamp("drawer-missing");
  let id = "";
  let waits = true;
  panel.append(fold);

  reveal.addEventListener("click", () => {
    const round = board.round.get(id);
    if (round && round.asked <= round.answered) show();
    else if (round) check(round);
  });

  /** Ask once more before people are left out. @param {Round} round */
  function check(round) {
    waits = false;
    draw(round);
    asked.focus();
  }

  find(el, "[data-wait]").addEventListener("click", () => {
    waits = true;
    const round = board.round.get(id);
    if (round) draw(round);
    reveal.focus();
  });
  find(el, "[data-reveal-anyway]").addEventListener("click", show);
  find(el, "[data-cancel-round]").addEventListener("click", cancel);
  for (const [name, event] of [
    ["[data-own-number]", "signboard:number"],
    ["[data-number-for-open]", "signboard:number-for"],
  ])
    find(el, name).addEventListener("click", () =>
      document.dispatchEvent(new CustomEvent(event, { detail: id })),
    );

  async function show() {
    waits = true;
    const done = await press({ ask: "round.reveal", round: id });
    const round = board.round.get(id);
    if (!done && round) {
      draw(round);
      reveal.focus();
    }
  }

  async function cancel() {
    const round = id;
    const yes = await sure({
      title: t("Stop without showing?"),
      text: t("All numbers and reasons are thrown away. Nobody sees them, you neither."),
      yes: t("Throw them away"),
      no: t("Go on asking"),
    });
    if (yes) await press({ ask: "round.cancel", round }, { said: t("Thrown away. Nobody saw a number.") });
  }

  /** @param {Round} round */
  function draw(round) {
    if (round.id !== id) waits = true;
    id = round.id;
    const missing = round.asked - round.answered;
    // The button that leaves nobody out is the filled one. Neither moves: a finger may be on its way.
    find(el, "[data-wait]").classList.toggle("button--main", missing > 0);
    find(el, "[data-reveal-anyway]").classList.toggle("button--main", missing < 1);
    paint(el, {
      question: roundTitle(board, round),
      count: answeredWords(round),
      shows: [showsWords(round), perWords(round)].filter(Boolean).join(" "),
      sure: waits ? "" : missingWords(missing),
      anyway: missing > 0 ? t("Show without them") : t("Show everyone"),
      too: Boolean(round.too),
      own: ownRating(board, round) ? t("My number is in") : t("Choose my number"),
      others: writesFor(board, round).length > 0,
    });
  }

  return {
    draw,

    /** Who has not answered, for the facilitator's eyes alone. @param {Round | undefined} round */
    missing(round) {
      const ids = round?.state === "open" && body.dataset.shared !== "yes" ? (round.missing ?? []) : [];
      const here = ids.filter((one) => board.person.has(one));
      panel.hidden = here.length === 0;
      keyed(
        find(fold, "[data-missing-list]"),
        here,
        () => {
          const line = document.createElement("li");
          line.dir = "auto";
          return line;
        },
        (line, one) => setText(line, board.person.get(one)?.name ?? ""),
      );
    },
  };
}

/** @param {Round} round */
function perWords(round) {
  return round.per === "agency" ? t("Each service gives one number.") : "";
}

/** What everyone was told. @param {Round} round */
function showsWords(round) {
  if (round.show === "named") return t("The numbers will be shown with names.");
  if (round.show === "role") return t("The numbers will be shown by role, without names.");
  return t("Only marks will be shown, without names or roles.");
}

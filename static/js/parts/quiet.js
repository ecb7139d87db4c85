/** What only the person running the meeting hears: quiet words, whether I am ready, and being back from a break. */

import { keep, newId, recall } from "../device.js";
import { draft, keepDraft, tie } from "../draft.js";
import { all, find, notice, paint } from "../paint.js";
import { t } from "../words.js";
import { runs } from "./cards.js";
import { tooLong, watchLength } from "./field.js";
import { named } from "./sheets.js";

/** @typedef {import("../main.js").Ctx} Ctx */

const QUIET_MOST = 280;
const ANSWERED = "sb.ready";

/** @param {Ctx} ctx */
export function start(ctx) {
  if (!document.querySelector('[data-sheet="quiet"]')) return;
  quiet(ctx);
  const ready = readiness(ctx);
  pause(ctx, ready);
}

/** @param {Ctx} ctx */
function quiet({ ask, board }) {
  const sheet = named("quiet");
  const form = /** @type {HTMLFormElement} */ (find(sheet.el, "[data-quiet-words]"));
  const field = /** @type {HTMLTextAreaElement} */ (find(form, "[data-words]"));
  const left = find(form, "[data-left]");
  tie(field, "quiet");
  watchLength(field, left, QUIET_MOST);

  for (const button of all(sheet.el, "[data-quiet]"))
    button.addEventListener("click", () => void tell(button.dataset.quiet ?? ""));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = field.value.trim() ? tooLong(field.value, QUIET_MOST) : t("There is nothing written yet.");
    left.toggleAttribute("data-wrong", Boolean(wrong));
    left.textContent = wrong;
    if (wrong) field.focus();
    else void tell("words", field.value);
  });

  /** @param {string} about @param {string} [text] */
  async function tell(about, text = "") {
    sheet.close();
    try {
      await ask("quiet.say", { id: newId(), about, ...(text ? { text } : {}) });
      notice(t("{name} has your quiet words. Nobody else does.", { name: runs(board) }));
      if (text && draft("quiet") === text) {
        field.value = "";
        keepDraft("quiet", "");
      }
    } catch (refusal) {
      notice(t(/** @type {import("../ask.js").Refusal} */ (refusal).why));
    }
  }
}

/** Asked once, when somebody has come in. @param {Ctx} ctx @returns {(state: string) => void} */
function readiness({ ask, board, root }) {
  const sheet = named("ready", { firm: true });
  const bar = find(root, "[data-minute]");

  /** @param {string} state */
  function say(state) {
    keep(ANSWERED, state);
    sheet.close();
    ask("person.ready", { state }).catch((refusal) => notice(t(refusal.why)));
    draw();
  }
  for (const button of all(sheet.el, "[data-ready]"))
    button.addEventListener("click", () => say(button.dataset.ready ?? ""));
  find(bar, "[data-ready-now]").addEventListener("click", () => say("ready"));
  board.addEventListener("change", draw);
  draw();
  return say;

  function draw() {
    const { meeting } = board;
    if (!meeting) return;
    const told = board.person.get(board.you.id)?.ready || recall(ANSWERED) || "";
    const open = meeting.state === "open";
    if (told) keep(ANSWERED, told);
    if (told || !open) sheet.close();
    else if (!meeting.pause) sheet.open();
    bar.hidden = !open || !["minute", "ring"].includes(told);
    const name = runs(board);
    const words =
      told === "ring"
        ? t("{name} sees that you want to be rung first.", { name })
        : t("{name} sees that you need a minute.", { name });
    if (!bar.hidden) paint(bar, { words });
  }
}

/** While there is a break, it is all there is. @param {Ctx} ctx @param {(state: string) => void} say */
function pause({ board }, say) {
  const sheet = named("break", { firm: true });
  const back = find(sheet.el, "[data-back]");
  back.addEventListener("click", () => say("ready"));
  board.addEventListener("change", draw);
  draw();

  function draw() {
    if (!board.meeting) return;
    if (!board.meeting.pause) return sheet.close();
    sheet.open();
    const told = board.person.get(board.you.id)?.ready === "ready";
    back.hidden = told;
    const thanks = t("Thank you. {name} sees that you are ready.", { name: runs(board) });
    paint(sheet.el, { thanks: told ? thanks : "" });
  }
}

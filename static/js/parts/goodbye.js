/**
 * A child's part comes to its end: their screen thanks them and asks what becomes of what they kept and of what they had begun to write.
 * Nothing of it is lost or shown without their press. The thank-you afterwards is shown by link.js.
 */

import { newId } from "../device.js";
import { all, announce, find, keyed, notice, paint, sheet, stamp } from "../paint.js";
import { t } from "../words.js";
import { dropWords, unsent } from "./input.js";
import { keptRounds, roundTitle } from "./rounds.js";

const SIGNED_OUT = 4401;

/** @typedef {{id: string, words: string, note: string, show?: () => Promise<unknown>, throwAway: () => Promise<unknown>}} One */

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, ask, line }) {
  const over = sheet(find(document, '[data-sheet="goodbye"]'), { firm: true });
  const wrong = find(over.el, "[data-wrong]");
  const list = find(over.el, "[data-goodbye-list]");
  list.addEventListener("click", (event) => void decide(event.target));
  find(over.el, "[data-goodbye-go]").addEventListener("click", () => void go());
  board.addEventListener("change", draw);
  line.addEventListener("state", () => {
    if (line.state !== "gone") return;
    over.close();
    if (line.gone?.code === SIGNED_OUT) forget();
  });
  draw();

  function draw() {
    const me = board.person.get(board.you.id);
    if (!board.meeting || !me?.goodbye || board.meeting.state === "closed") return over.close();
    paint(over.el, { title: t("Thank you, {name}", { name: me.name }) });
    fill();
    over.open();
  }

  function fill() {
    const each = left();
    find(over.el, "[data-goodbye-kept]").hidden = each.length === 0;
    if (!each.length) say("");
    keyed(
      list,
      each.map((one) => one.id),
      () => stamp("goodbye-one"),
      (el, id) => {
        const one = /** @type {One} */ (each.find((other) => other.id === id));
        paint(el, { words: one.words, note: one.note, may: Boolean(one.show) });
      },
    );
  }

  /** What nobody else has seen yet: cards, numbers, and words that were never sent. @returns {One[]} */
  function left() {
    const cards = [...board.card.values()].filter((one) => one.kept);
    return [
      ...cards.map((one) => ({
        id: one.id,
        words: one.text,
        note: "",
        show: () => ask("card.show", { card: one.id }),
        throwAway: () => ask("card.remove", { card: one.id }),
      })),
      ...keptRounds(board).map((one) => numberOf(one)),
      ...unsent().map(({ column, text }) => ({
        id: `unsent-${column}`,
        words: text,
        note: t("You have not sent this yet."),
        show: () => sendNow(column, text),
        throwAway: async () => dropWords(column),
      })),
    ];
  }

  /** @param {import("../store.js").Round} round @returns {One} */
  function numberOf(round) {
    const own = [...board.rating.values()].find((one) => one.round === round.id && one.kept);
    const given = {
      round: round.id,
      value: own?.value,
      reason: own?.reason ?? "",
      share: Boolean(own?.share),
    };
    const open = round.state === "open";
    return {
      id: `number-${round.id}`,
      words: t("The one you chose: {question}", { question: roundTitle(board, round) }),
      note: open ? "" : t("The numbers are shown. Yours is not among them."),
      ...(open ? { show: () => ask("rating.set", given) } : {}),
      throwAway: () => ask("rating.set", { round: round.id, value: "rather-not", keep: true }),
    };
  }

  /** Kept first, then shown: so it is taken where adding is closed by now, too. @param {string} column @param {string} text */
  async function sendNow(column, text) {
    const id = newId();
    await ask("card.add", { id, column, text, keep: true });
    dropWords(column);
    await ask("card.show", { card: id });
  }

  /** @param {EventTarget | null} target */
  async function decide(target) {
    const button = target instanceof Element ? target.closest("button") : null;
    const id = /** @type {HTMLElement | null} */ (button?.closest("[data-key]") ?? null)?.dataset.key;
    const one = left().find((other) => other.id === id);
    if (!button || !one) return;
    const shows = "goodbyeShow" in button.dataset;
    try {
      await (shows ? one.show?.() : one.throwAway());
      announce(shows ? t("Everyone can see it now.") : t("Thrown away. Nobody saw it."));
    } catch (refusal) {
      notice(t(/** @type {import("../ask.js").Refusal} */ (refusal).why));
    }
    draw();
  }

  async function go() {
    if (left().length) {
      say(t("First choose what happens with what you kept."));
      find(list, "[data-text=words]").focus();
      return;
    }
    try {
      await ask("child.end", { person: board.you.id });
    } catch (refusal) {
      notice(t(/** @type {import("../ask.js").Refusal} */ (refusal).why));
    }
  }

  /** @param {string} words */
  function say(words) {
    wrong.textContent = words;
    wrong.hidden = !words;
  }
}

/** Nothing a child wrote is left on a device that may go to somebody else. */
function forget() {
  for (const form of document.forms) form.reset();
  for (const field of all(document, "textarea")) /** @type {HTMLTextAreaElement} */ (field).value = "";
  try {
    sessionStorage.clear();
  } catch {
    // A browser that refuses storage has kept nothing.
  }
}

/**
 * The line under the columns to write for somebody else, by keyboard alone: first letters, Tab, the words, Enter. The person and the column
 * stay for the next card, the words stay in this tab until the server has them.
 */

import { newId, Refusal } from "../ask.js";
import { keep, recall } from "../device.js";
import { tie } from "../draft.js";
import { announce, find, keyed, notice, paint } from "../paint.js";
import { t } from "../words.js";
import { start as expect } from "./expect.js";
import { grow, tooLong, watchLength } from "./field.js";
import { start as voiced } from "./voiced.js";

/** @typedef {import("../store.js").Person} Person */

const WORDS = "scribe";
const FOR = "sb.scribe.for";
const COLUMN = "sb.scribe.column";
/** Whose words can be typed: people inside, those who have left, and those who sent words from elsewhere. */
const INSIDE = new Set(["here", "left"]);
const ELSEWHERE = new Set(["expected", "apologies"]);

/** @param {import("../main.js").Ctx} ctx */
export function start(ctx) {
  const form = ctx.root.querySelector("[data-scribe]");
  if (!(form instanceof HTMLFormElement)) return;
  const { board, asker, body } = ctx;
  const who = /** @type {HTMLSelectElement} */ (find(form, "[data-scribe-for]"));
  const column = /** @type {HTMLSelectElement} */ (find(form, "[data-scribe-column]"));
  const words = /** @type {HTMLTextAreaElement} */ (find(form, "[data-scribe-words]"));
  /** Somebody just put on the list, to be chosen once they are. */
  let wanted = "";

  tie(words, WORDS);
  column.value = recall(COLUMN) || phaseColumn() || column.value;
  expect(ctx, (id, opener) => {
    // Put on the list from elsewhere, they are not whom the next card is for.
    if (form.contains(opener)) wanted = id;
    draw();
  });
  voiced(ctx);
  grow(words);
  watchLength(words, find(form, "[data-left]"));
  who.addEventListener("change", () => {
    keep(FOR, who.value);
    invite();
  });
  column.addEventListener("change", () => keep(COLUMN, column.value === phaseColumn() ? "" : column.value));
  words.addEventListener("keydown", (event) => {
    // Enter that finishes a word of an input method is not meant for the board.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    add();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    add();
  });
  // Also for what an earlier load of this page asked: the words come back to where they were written.
  asker.addEventListener("no", (event) => {
    const { frame, refusal } = /** @type {CustomEvent} */ (event).detail;
    if (frame.ask !== "card.add" || !frame.for) return;
    bringBack(frame);
    if (refusal.why) notice(t(refusal.why));
  });
  board.addEventListener("change", (event) => {
    const { all, touched } = /** @type {CustomEvent<import("../store.js").Touched>} */ (event).detail;
    if (all || touched.has("person") || touched.has("meeting")) draw();
  });
  new MutationObserver(draw).observe(body, { attributes: true, attributeFilter: ["data-shared"] });

  function draw() {
    const meeting = board.meeting;
    if (!meeting) return who.replaceChildren();
    form?.toggleAttribute("hidden", meeting.state !== "open");
    const me = board.you.id;
    const people = [...board.person.values()]
      .filter(mayBeTypedFor)
      .sort((one, two) => one.name.localeCompare(two.name));
    keyed(
      who,
      people.map((one) => one.id),
      option,
      (el, id) => paint(el, { name: board.person.get(id)?.name ?? "" }),
    );
    if (wanted && board.person.has(wanted)) {
      choose(wanted);
      wanted = "";
    } else if (who.value !== (recall(FOR) ?? "") && recall(FOR) && who !== document.activeElement) {
      choose(recall(FOR) ?? "");
    }
    if (!who.value) who.value = board.you.role === "facilitator" ? me : "";
    invite();
    follow();
  }

  /** The column of the part that is under way, until another one is chosen by hand; never under words that are being written. */
  function follow() {
    const now = phaseColumn();
    if (now && !recall(COLUMN) && !words.value && document.activeElement !== column) column.value = now;
  }

  /** @returns {string} */
  function phaseColumn() {
    const { template, phase } = board.meeting ?? {};
    return template?.phases.find((/** @type {{id: string}} */ one) => one.id === phase)?.column ?? "";
  }

  function invite() {
    words.placeholder = who.value === board.you.id ? t("Write here") : t("In their own words");
  }

  /** @param {Person} person */
  function mayBeTypedFor({ id, role, state }) {
    if (id === board.you.id || role === "scribe") return false;
    if (role === "facilitator" && board.you.role === "facilitator") return false;
    // Who is missing is not for a screen that others can see.
    return INSIDE.has(state) || (ELSEWHERE.has(state) && body.dataset.shared !== "yes");
  }

  /** @param {string} id */
  function choose(id) {
    if (![...who.options].some((one) => one.value === id)) return;
    who.value = id;
    keep(FOR, id);
    invite();
  }

  async function add() {
    const text = words.value;
    if (!text.trim()) return words.focus();
    if (!who.value) {
      notice(t("Please choose for whom you are writing."));
      return who.focus();
    }
    const over = tooLong(words.value);
    if (over) return notice(over);
    const name = board.person.get(who.value)?.name ?? "";
    const whose = who.value === board.you.id ? {} : { for: who.value };
    const into = column.value;
    words.value = "";
    words.dispatchEvent(new Event("input"));
    words.focus();
    follow();
    try {
      await asker.ask("card.add", { id: newId(), column: into, text, ...whose });
      announce(t("Added for {name}.", { name }));
    } catch (refusal) {
      // What is said then, and where the words go, is the same after a reload: see above.
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  }

  /** @param {{for: string, column: string, text: string}} frame */
  function bringBack(frame) {
    if (!words.value) {
      choose(frame.for);
      column.value = frame.column;
    }
    words.value = [frame.text, words.value].filter(Boolean).join("\n");
    words.dispatchEvent(new Event("input"));
  }
}

/** @param {string} id */
function option(id) {
  const made = document.createElement("option");
  made.value = id;
  made.dataset.text = "name";
  return made;
}

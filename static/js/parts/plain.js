/**
 * Plain words for somebody who works with the family, while they write: a quiet line under the field. It changes no word and keeps nothing
 * from being sent. What counts as a term is in plainwords.js.
 */

import { keep, recall } from "../device.js";
import { announce, find, paint, stamp } from "../paint.js";
import { t } from "../words.js";
import { finder } from "./plainwords.js";

/** Long enough that nothing shows in the middle of a word. */
const PAUSE_MS = 600;
const SHOWN_MOST = 2;
const FIELDS = "textarea[data-words], textarea[data-plain-field]";
const OFF = "sb.plain.off";

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, body, root }) {
  /** @type {Promise<ReturnType<typeof finder>> | undefined} */
  let list;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  /** @type {Set<string>} */
  const told = new Set();
  const hint = stamp("plain");
  /** The field it is about. @type {HTMLTextAreaElement | undefined} */
  let about;

  const wants = () => (board.you.role || body.dataset.role) === "agency" && !recall(OFF);

  // What empties a field says so without bubbling: it is heard on the way down.
  root.addEventListener("input", heard, true);

  /** @param {Event} event */
  function heard({ target }) {
    if (!(target instanceof HTMLTextAreaElement) || !target.matches(FIELDS) || !wants()) return;
    list ??= fetched(body.dataset.room ?? "");
    clearTimeout(pause);
    // Emptied at once, so that no hint stays behind for words that were sent.
    if (!target.value.trim()) return hint.remove();
    pause = setTimeout(async () => show(target, await list), PAUSE_MS);
  }

  find(hint, "[data-plain-off]").addEventListener("click", () => {
    keep(OFF, "yes");
    hint.remove();
    about?.focus();
  });

  /** @param {HTMLTextAreaElement} field @param {ReturnType<typeof finder>} [look] */
  function show(field, look) {
    const found = field.isConnected && wants() ? (look?.(field.value) ?? []).slice(-SHOWN_MOST) : [];
    if (!found.length) return hint.remove();
    const lines = found.map((one) => t("“{term}” in plain words: {plain}", one));
    paint(hint, { words: lines.join("\n") });
    about = field;
    // Beside a label, not in it: a hint is no part of the question.
    const place = field.closest("[data-plain-after], label") ?? field;
    if (place.nextElementSibling !== hint) place.after(hint);
    const fresh = lines.filter((line) => !told.has(line));
    for (const line of fresh) told.add(line);
    if (fresh.length) announce(fresh.join(" "));
  }
}

/** @param {string} room */
async function fetched(room) {
  try {
    const answer = await fetch(`/m/${room}/plain.json`);
    return finder(answer.ok ? (await answer.json()).plain : []);
  } catch {
    // Without the list there are no hints; nobody is told about that.
    return finder([]);
  }
}

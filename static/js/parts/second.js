/**
 * Second texts beside words on the board: both always stand, each with its language. Where one belongs says a hook `data-second="kind/id/field"`
 * right after the words themselves; without an id it is that of the part it stands in, and a number after it fills the holes of a question.
 * Entering them is translations.js.
 */

import { all, keyed, paint, setAttr, stamp } from "../paint.js";
import { t } from "../words.js";
import { filled } from "./questions.js";

/** @typedef {import("../store.js").Board} Board @typedef {import("../store.js").Translation} Translation */

const HOOKS = "[data-second]";

/** Keep every hook of the page in step. @param {import("../main.js").Ctx} ctx */
export function start({ board, root }) {
  board.addEventListener("change", (event) => {
    const { all: anew, touched } = /** @type {CustomEvent<import("../store.js").Touched>} */ (event).detail;
    if (anew || touched.has("translation") || touched.has("person")) beside(root, board);
  });
  // Whatever paints words leaves the hook to be filled here.
  new MutationObserver((changes) => {
    const fresh = changes.flatMap((one) => (one.type === "attributes" ? [one.target] : [...one.addedNodes]));
    if (board.meeting) fill(fresh.flatMap(hooksIn), board);
  }).observe(root, { childList: true, subtree: true, attributeFilter: ["data-second"] });
}

/** Fill the hooks in `root`, and `root` itself if it is one. @param {HTMLElement} root @param {Board} board */
export function beside(root, board) {
  fill(hooksIn(root), board);
}

/** @param {Node} node */
function hooksIn(node) {
  if (!(node instanceof HTMLElement)) return [];
  return node.matches(HOOKS) ? [node] : all(node, HOOKS);
}

/** @param {HTMLElement[]} hooks @param {Board} board */
function fill(hooks, board) {
  if (!hooks.length) return;
  /** @type {Map<string, Translation[]>} */
  const places = new Map();
  for (const one of board.translation.values()) {
    const place = placeOf(one.of);
    places.set(place, [...(places.get(place) ?? []), one]);
  }
  for (const hook of hooks) {
    const key = /** @type {HTMLElement | null} */ (hook.closest("[data-key]"))?.dataset.key ?? "";
    const [kind, id, field, number] = (hook.dataset.second ?? "").split("/");
    const texts = places.get(placeOf({ kind, id: id || key, field })) ?? [];
    put(
      hook,
      number ? texts.map((one) => ({ ...one, text: filled(one.text, Number(number)) })) : texts,
      board,
    );
  }
}

/** @param {Translation["of"]} of */
export function placeOf({ kind, id, field = "text" }) {
  return `${kind}/${id}/${field}`;
}

/** @param {HTMLElement} hook @param {Translation[]} texts @param {Board} board */
function put(hook, texts, board) {
  if (!texts.length && !hook.firstElementChild) return;
  const sorted = [...texts].sort((one, other) =>
    one.lang < other.lang ? -1 : Number(one.lang > other.lang),
  );
  const byId = new Map(sorted.map((one) => [one.id, one]));
  keyed(
    hook,
    byId.keys(),
    () => stamp("second"),
    (el, id) => {
      const one = /** @type {Translation} */ (byId.get(id));
      // Names of their own: what paints a card or a scale reaches these too.
      paint(el, {
        second: one.text,
        "second-lang": one.lang,
        "second-dir": one.dir,
        "second-by": signed(one, board),
        "second-stale": one.stale,
      });
    },
  );
  const told = sorted.find((one) => one.of_lang);
  const first = hook.previousElementSibling;
  if (!first) return;
  setAttr(first, "lang", told?.of_lang);
  setAttr(first, "dir", told?.of_dir || "auto");
}

/** @param {Translation} one @param {Board} board */
function signed(one, board) {
  const name = board.person.get(one.by ?? "")?.name;
  return name ? t("translated by {name}", { name }) : t("translated");
}

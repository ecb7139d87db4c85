/** What the interpreter does: what has no second text yet, with a box for it, and what has one. How both texts stand on the board is second.js. */

import { newId } from "../device.js";
import { draft, keepDraft, tie } from "../draft.js";
import { announce, find, keyed, paint, setText, stamp, steady } from "../paint.js";
import { t, tn } from "../words.js";
import { grow } from "./field.js";
import { languageOf, originals } from "./originals.js";
import { placeOf } from "./second.js";
import { named } from "./sheets.js";

/** @typedef {import("../store.js").Translation} Translation @typedef {import("./originals.js").Original} Original */

const ONE = "languages.one";
const OTHER = "languages.other";
const TEXT_MOST = 2000;

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, ask, body, root }) {
  if (body.dataset.role !== "interpreter") return;
  const over = named("translating", { opened: () => draw() });
  const opener = find(root, '[data-open="translating"]');
  const [one, other] = [
    pick("[data-lang-one]", ONE, ""),
    pick("[data-lang-other]", OTHER, document.documentElement.lang),
  ];
  const wrong = find(over.el, "[data-wrong]");
  /** What is turned round, what is being changed. @type {Set<string>} */
  const turned = new Set();
  /** @type {Set<string>} */
  const editing = new Set();
  /** @type {Map<string, Original>} */
  let all = new Map();
  /** @type {Map<string, Translation[]>} */
  let texts = new Map();

  board.addEventListener("change", draw);
  over.el.addEventListener("submit", (event) => {
    event.preventDefault();
    const place = placed(event.target);
    if (place)
      void send(
        place,
        /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (event.target).closest("[data-key]")),
      );
  });
  over.el.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    const place = placed(button);
    if (!button || !place) return;
    const own = mine(place);
    if ("turn" in button.dataset) toggle(turned, place);
    else if ("edit" in button.dataset) editing.add(place);
    else if ("leave" in button.dataset) {
      editing.delete(place);
      keepDraft(`second.${place}`, "");
    } else if ("take" in button.dataset && own)
      return void ask("translation.remove", { translation: own.id });
    else return;
    draw();
    const item = over.el.querySelector(`[data-key="${CSS.escape(place)}"]`);
    /** @type {HTMLElement | null | undefined} */ (
      item?.querySelector("form:not([hidden]) textarea, [data-edit]")
    )?.focus();
  });

  /** @param {string} selector @param {string} name @param {string} usual */
  function pick(selector, name, usual) {
    const list = /** @type {HTMLSelectElement} */ (find(over.el, selector));
    list.value = draft(name) || usual;
    list.addEventListener("change", () => {
      keepDraft(name, list.value);
      wrong.hidden = true;
      draw();
    });
    return list;
  }

  /** @param {EventTarget | null} target */
  function placed(target) {
    const item = target instanceof Element ? target.closest("[data-key]") : null;
    return item instanceof HTMLElement ? (item.dataset.key ?? "") : "";
  }

  /** @param {string} place */
  function mine(place) {
    return (texts.get(place) ?? []).find((text) => text.yours);
  }

  /** From which language into which. @param {string} place */
  function way(place) {
    const own = mine(place);
    if (own?.of_lang && !turned.has(place)) return { from: own.of_lang, to: own.lang };
    const from = languageOf(all.get(place)?.text ?? "", [one.value, other.value]);
    const turn = turned.has(place) !== (from === one.value);
    return turn ? { from: one.value, to: other.value } : { from: other.value, to: one.value };
  }

  /** Hers, or somebody's in one of her languages. @param {string} place */
  function shown(place) {
    const known = texts.get(place) ?? [];
    return mine(place) ?? known.find((text) => [one.value, other.value].includes(text.lang));
  }

  function draw() {
    if (!board.meeting) return;
    all = new Map(originals(board).map((each) => [each.place, each]));
    texts = new Map();
    for (const text of board.translation.values()) {
      const place = placeOf(text.of);
      texts.set(place, [...(texts.get(place) ?? []), text]);
    }
    const todo = [...all.keys()].filter((place) => {
      const text = shown(place);
      return !text || (text.yours && text.stale);
    });
    setText(
      opener,
      todo.length
        ? tn("{n} not translated yet", "{n} not translated yet", todo.length)
        : t("Everything is translated"),
    );
    if (!over.isOpen) return;
    const done = [...all.keys()].filter((place) => !todo.includes(place));
    steady(over.el, "[data-key]", () => {
      keyed(find(over.el, "[data-todo]"), todo, make, fill);
      keyed(find(over.el, "[data-done]"), done, make, fill);
    });
    find(over.el, "[data-all-done]").hidden = todo.length > 0;
    find(over.el, "[data-done-box]").hidden = done.length === 0;
  }

  /** @param {string} place */
  function make(place) {
    const el = stamp("to-translate");
    const field = /** @type {HTMLTextAreaElement} */ (find(el, "textarea"));
    tie(field, `second.${place}`);
    grow(field);
    return el;
  }

  /** @param {HTMLElement} el @param {string} place */
  function fill(el, place) {
    const { text, where, holes } = /** @type {Original} */ (all.get(place));
    const known = shown(place);
    const old = known?.yours === true && known.stale === true;
    const { from, to } = way(place);
    const field = /** @type {HTMLTextAreaElement} */ (find(el, "textarea"));
    if (known?.yours && (old || editing.has(place)) && !field.value && document.activeElement !== field)
      field.value = known.text;
    paint(el, {
      where,
      text,
      holes: holes && (!known || old || editing.has(place)),
      stale: known?.stale,
      done: Boolean(known) && !old && !editing.has(place),
      second: known?.text,
      lang: known?.lang,
      dir: known?.dir,
      by:
        known && !known.yours
          ? t("translated by {name}", { name: board.person.get(known.by ?? "")?.name ?? t("somebody else") })
          : "",
      yours: known?.yours && board.meeting?.state === "open",
      editing: editing.has(place),
      turns: Boolean(one.value) && !known,
      into: to ? t("In {language}", { language: nameOf(to) }) : t("In the other language"),
      to: to || null,
      from,
      send: known?.yours ? t("Save") : t("Add translation"),
    });
  }

  /** @param {string} lang */
  function nameOf(lang) {
    return [...one.options].find((option) => option.value === lang)?.text ?? lang;
  }

  /** @param {string} place @param {HTMLElement} el */
  async function send(place, el) {
    const field = /** @type {HTMLTextAreaElement} */ (find(el, "textarea"));
    const left = find(el, "[data-left]");
    const { from, to } = way(place);
    setText(left, "");
    if (!one.value) {
      paintWrong(t("Please choose your two languages first."));
      return one.focus();
    }
    if (one.value === other.value) return paintWrong(t("Please choose two different languages."));
    if (!field.value.trim()) return setText(left, t("There is nothing written yet."));
    const over = field.value.length - TEXT_MOST;
    if (over > 0)
      return setText(left, tn("That is {n} character too long.", "That is {n} characters too long.", over));
    const own = mine(place);
    const original = /** @type {Original} */ (all.get(place));
    const words = field.value;
    try {
      await ask("translation.set", {
        id: own?.id ?? newId(),
        of: original.of,
        text: words,
        lang: to,
        of_lang: from,
        was: own?.version ?? 0,
      });
    } catch (refusal) {
      return setText(left, t(/** @type {import("../ask.js").Refusal} */ (refusal).why));
    }
    // What was typed meanwhile stays.
    if (field.value === words) field.value = "";
    keepDraft(`second.${place}`, field.value);
    editing.delete(place);
    turned.delete(place);
    announce(t("Saved"));
    draw();
  }

  /** @param {string} words */
  function paintWrong(words) {
    setText(wrong, words);
    wrong.hidden = !words;
  }
}

/** @param {Set<string>} set @param {string} value */
function toggle(set, value) {
  if (!set.delete(value)) set.add(value);
}

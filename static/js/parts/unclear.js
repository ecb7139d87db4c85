/** A word that somebody does not understand, on a card, in a worry or in a next step: said without a name, told to nobody but its writer. */

import { newId } from "../device.js";
import { all, announce, find, keyed, notice, paint, setAttr, stamp } from "../paint.js";
import { t } from "../words.js";
import { cards } from "./cards.js";
import { titleOf } from "./setwords.js";
import { named } from "./sheets.js";
import { linesOf, piecesOf } from "./unclearwords.js";

/** @typedef {{kind: "card" | "set" | "step", id: string}} On */

/** What holds words that can be asked about, by what it is. @type {Record<On["kind"], string>} */
const HOLDERS = { card: "[data-part=card]", set: "article.set", step: "[data-part=step]" };

/** What opens them to be changed. @type {Record<On["kind"], string>} */
const CHANGES = { card: "[data-change]", step: '[data-step-do="change"]', set: "[data-set-write]" };

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, ask, root }) {
  const sheet = named("unclear");
  const words = find(sheet.el, "[data-unclear-words]");
  /** @type {On | undefined} */
  let about;

  // Before the menu folds up, and takes with it what was meant.
  root.addEventListener("click", pressed, { capture: true });
  words.addEventListener("click", ({ target }) => {
    const word = target instanceof Element ? target.closest("button") : null;
    if (word) void say(word.textContent ?? "");
  });
  find(sheet.el, "[data-unclear-whole]").addEventListener("click", () => void say(""));
  board.addEventListener("change", (event) => {
    const change = /** @type {CustomEvent<import("../store.js").Touched>} */ (event).detail;
    // Once everything else has drawn what it belongs to.
    if (change.all || ["unclear", "set", "step"].some((kind) => change.touched.has(kind)))
      queueMicrotask(draw);
    if (!change.all) queueMicrotask(() => tell(change.touched.get("unclear") ?? new Set()));
  });
  cards.addEventListener("painted", draw);
  const turned = new MutationObserver(draw);
  for (const place of all(root, "[data-set-body], [data-step-list]"))
    turned.observe(place, { childList: true });

  /** What an element stands in. @param {Element} inside @returns {(On & {el: HTMLElement}) | undefined} */
  function holderOf(inside) {
    for (const kind of /** @type {On["kind"][]} */ (Object.keys(HOLDERS))) {
      const el = /** @type {HTMLElement | null} */ (inside.closest(HOLDERS[kind]));
      if (el?.dataset.key) return { kind, id: el.dataset.key, el };
    }
    return undefined;
  }

  /** @param {MouseEvent} event */
  function pressed({ target }) {
    const button = target instanceof Element ? target.closest("button") : null;
    const on = button && holderOf(button);
    if (!button || !on) return;
    const key = /** @type {HTMLElement | null} */ (button.closest(".unclear__note"))?.dataset.key ?? "";
    if ("unclear" in button.dataset) open(on);
    else if ("unclearRight" in button.dataset) void ask("word.cleared", { unclear: key });
    else if ("unclearChange" in button.dataset) change(on, board.unclear.get(key)?.part ?? "");
  }

  /** Where the words can be changed. @param {On & {el: HTMLElement}} on @param {string} part of a worry: the one that holds them */
  function change({ kind, el }, part) {
    if (kind !== "set" || !("writing" in el.dataset)) changer(kind, el)?.click();
    if (kind !== "set") return;
    /** @type {HTMLElement | null} */ (
      el.querySelector(`[data-part="${CSS.escape(part)}"] textarea`)
    )?.focus();
  }

  /** @param {On} on */
  function open(on) {
    const lines = linesOf(board, on);
    if (!lines.length) return;
    about = { kind: on.kind, id: on.id };
    setAttr(find(sheet.el, "[data-unclear-aloud]"), "data-aloud", `${on.kind}/${on.id}`);
    words.replaceChildren(
      ...lines.map((line) => {
        const p = document.createElement("p");
        p.dir = "auto";
        p.append(...piecesOf(line).map(({ piece, word }) => (word ? wordButton(piece) : piece)));
        return p;
      }),
    );
    sheet.open();
  }

  /** @param {string} word */
  async function say(word) {
    sheet.close();
    if (!about) return;
    const where = about.kind === "card" ? { card: about.id } : { on: about };
    try {
      await ask("word.unclear", { id: newId(), ...where, word });
      announce(t("Whoever wrote it is told, without your name."));
    } catch (refusal) {
      notice(t(/** @type {import("../ask.js").Refusal} */ (refusal).why));
    }
  }

  /** Whoever looks elsewhere is told where. @param {Set<string>} touched */
  function tell(touched) {
    for (const id of touched) {
      const on = board.unclear.get(id)?.on;
      const place = on && all(root, "[data-unclear-notes] > *").find((el) => el.dataset.key === id);
      if (!on || place?.getClientRects().length) continue;
      const set = /** @type {import("./setwords.js").Set_ | undefined} */ (board.set.get(on.id));
      if (set) notice(t("Someone does not understand words of yours in “{title}”.", { title: titleOf(set) }));
      else notice(t("Someone does not understand words of yours in a next step."));
    }
  }

  function draw() {
    if (!board.unclear.size && !root.querySelector("[data-unclear-notes] > *")) return;
    for (const place of all(root, "[data-unclear-notes]")) {
      const on = holderOf(place);
      const notes = [...board.unclear.values()].filter((one) => (one.card ?? one.on?.id) === on?.id);
      if (!notes.length && !place.firstElementChild) continue;
      keyed(
        place,
        notes.map((one) => one.id),
        () => stamp("unclear-note"),
        (el, id) => {
          const word = board.unclear.get(id)?.word;
          const said = word
            ? t("Someone does not understand “{word}”. Say it another way?", { word })
            : t("Someone does not understand this. Say it another way?");
          // A card folds its own away in a menu; where words can be changed no more, there is no way to.
          const changes = on?.kind === "card" || changer(on?.kind ?? "card", on?.el ?? el)?.hidden === false;
          paint(el, { said, changes });
        },
      );
    }
  }
}

/** What opens the words to be changed. @param {On["kind"]} kind @param {HTMLElement} el @returns {HTMLElement | null} */
function changer(kind, el) {
  return el.querySelector(CHANGES[kind]);
}

/** @param {string} word */
function wordButton(word) {
  const button = stamp("unclear-word");
  button.textContent = word;
  return button;
}

/** A word of a card that somebody does not understand: said without a name, told to nobody but who may change the card's words. */

import { newId } from "../device.js";
import { all, announce, find, keyed, paint, stamp } from "../paint.js";
import { t } from "../words.js";
import { cards } from "./cards.js";
import { named } from "./sheets.js";
import { piecesOf } from "./unclearwords.js";

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, ask, root }) {
  const sheet = named("unclear");
  const words = find(sheet.el, "[data-unclear-words]");
  const columns = find(root, "[data-columns]");
  let about = "";

  // Before the card's menu folds up, and takes with it which card was meant.
  root.addEventListener("click", pressed, { capture: true });
  words.addEventListener("click", ({ target }) => {
    const word = target instanceof Element ? target.closest("button") : null;
    if (word) void say(word.textContent ?? "");
  });
  find(sheet.el, "[data-unclear-whole]").addEventListener("click", () => void say(""));
  board.addEventListener("change", (event) => {
    const change = /** @type {CustomEvent<import("../store.js").Touched>} */ (event).detail;
    if (change.all || change.touched.has("unclear")) draw();
  });
  cards.addEventListener("painted", draw);

  /** @param {MouseEvent} event */
  function pressed({ target }) {
    const button = target instanceof Element ? target.closest("button") : null;
    const el = /** @type {HTMLElement | null} */ (button?.closest("[data-part=card]") ?? null);
    if (!button || !el) return;
    const key = /** @type {HTMLElement | null} */ (button.closest(".unclear__note"))?.dataset.key ?? "";
    if ("unclear" in button.dataset) open(el.dataset.key ?? "");
    else if ("unclearRight" in button.dataset) void ask("word.cleared", { unclear: key });
    else if ("unclearChange" in button.dataset)
      /** @type {HTMLElement | null} */ (el.querySelector("[data-change]"))?.click();
  }

  /** @param {string} card */
  function open(card) {
    const text = board.card.get(card)?.text;
    if (!text) return;
    about = card;
    words.replaceChildren(
      ...piecesOf(text).map(({ piece, word }) => {
        if (!word) return document.createTextNode(piece);
        const button = stamp("unclear-word");
        button.textContent = piece;
        return button;
      }),
    );
    sheet.open();
  }

  /** @param {string} word */
  async function say(word) {
    sheet.close();
    await ask("word.unclear", { id: newId(), card: about, word });
    announce(t("Whoever wrote it is told, without your name."));
  }

  function draw() {
    for (const place of all(columns, "[data-unclear-notes]")) {
      const card = /** @type {HTMLElement | null} */ (place.closest("[data-part=card]"))?.dataset.key;
      const notes = [...board.unclear.values()].filter((one) => one.card === card);
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
          paint(el, { said });
        },
      );
    }
  }
}

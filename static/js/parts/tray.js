/**
 * Cards nobody has seen yet, at the desk: how many wait at the head of their column, and whose they are in the panel, where no projector
 * shows them. The facilitator's own kept cards stand there too.
 */

import { all, find, keyed, paint, stamp } from "../paint.js";
import { byOrder } from "../store.js";
import { t, tn } from "../words.js";
import { deeds } from "./deeds.js";
import { showPart } from "./part.js";
import { touches } from "./touches.js";

/** @typedef {import("../store.js").Card} Card */

/** So many can be held in one ask. */
const HELD_MOST = 100;

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board, press, root } = desk;
  const tray = find(root, "[data-tray-part]");
  const own = find(root, "[data-kept-part]");
  const { erase, back } = deeds(desk);
  for (const head of all(root, "[data-tray]"))
    find(head, "[data-put-all]").addEventListener("click", () => {
      const here = waiting().filter((one) => one.column === head.dataset.tray);
      putUp({ column: head.dataset.tray }, here);
    });
  tray.addEventListener("click", (event) => {
    const card = pressed(event);
    if (card && on(event, "[data-put-one]")) putUp({ cards: [card.id] }, [card]);
    else if (card && on(event, "[data-erase]")) erase(card);
  });
  own.addEventListener("click", (event) => {
    const card = pressed(event);
    if (card && on(event, "[data-put-one]")) show(card);
    else if (card && on(event, "[data-erase]")) back(card);
  });
  return draw;

  /** @param {import("./desk.js").Touched} touched */
  function draw(touched) {
    if (!touches(touched, "card", "person", "meeting")) return;
    const cards = waiting();
    for (const head of all(root, "[data-tray]")) {
      const n = cards.filter((one) => one.column === head.dataset.tray).length;
      showPart(head, n > 0);
      paint(head, {
        waiting: tn("{n} waiting", "{n} waiting", n),
        label: t("Put up what waits in {column}", { column: title(head.dataset.tray ?? "") }),
      });
    }
    list(tray, "[data-tray-list]", cards);
    list(
      own,
      "[data-own-kept]",
      [...board.card.values()].filter((one) => one.kept),
    );
  }

  function waiting() {
    return [...board.card.values()].filter((one) => one.tray).sort(byOrder);
  }

  /** @param {HTMLElement} part @param {string} where @param {Card[]} cards */
  function list(part, where, cards) {
    showPart(part, cards.length > 0);
    keyed(
      find(part, where),
      cards.map((one) => one.id),
      () => stamp(part === own ? "desk-kept" : "desk-tray"),
      (el, id) => {
        const { text, column, by = "" } = /** @type {Card} */ (board.card.get(id));
        const name = part === own ? "" : board.person.get(by)?.name;
        paint(el, {
          text,
          about: name ? t("{name} · {column}", { name, column: title(column) }) : title(column),
        });
      },
    );
  }

  /** @param {Record<string, any>} which @param {Card[]} cards */
  function putUp(which, cards) {
    const ids = cards.map((one) => one.id);
    const held = [];
    for (let at = 0; at < ids.length; at += HELD_MOST)
      held.push({ ask: "card.hold", cards: ids.slice(at, at + HELD_MOST) });
    const said = tn("{n} card is put up.", "{n} cards are put up.", ids.length);
    return press({ ask: "card.put-up", ...which }, { said, back: held });
  }

  /** @param {Card} card */
  function show(card) {
    return press({ ask: "card.show", card: card.id }, { said: t("Put up for everyone.") });
  }

  /** @param {string} column */
  function title(column) {
    return board.meeting?.template.columns.find((/** @type {any} */ one) => one.id === column)?.title ?? "";
  }

  /** @param {Event} event */
  function pressed(event) {
    const line = event.target instanceof Element ? event.target.closest("li") : null;
    return board.card.get(line?.dataset.key ?? "");
  }
}

/** @param {Event} event @param {string} selector */
function on(event, selector) {
  return event.target instanceof Element && event.target.closest(selector) !== null;
}

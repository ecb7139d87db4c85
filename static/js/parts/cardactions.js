/** What the facilitator can do with any card. Whose words may be changed, and how a card looks, is not decided here. */

import { find, paint, setAttr, stamp } from "../paint.js";
import { t } from "../words.js";
import { turnWord } from "./commented.js";
import { deeds } from "./deeds.js";
import { unknownLine } from "./unknown.js";

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board } = desk;
  const columns = find(desk.root, "[data-columns]");
  const { large, aside, wall, comments, reworded, erase, step, back, move, up, down } = deeds(desk);
  // Cards are painted by somebody else, at a time of their own.
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) equip(node);
  }).observe(columns, { childList: true, subtree: true });
  equip(columns);
  columns.addEventListener("click", pressed);
  document.addEventListener("keydown", (event) => {
    const card = columns.querySelector("[data-menu-of]")?.closest("[data-part=card]");
    if (event.key !== "Escape" || event.defaultPrevented || !card) return;
    event.preventDefault();
    shut(card, true);
  });
  return draw;

  /** @param {import("./desk.js").Touched} change */
  function draw({ all, touched }) {
    const ids = new Set(touched.get("card"));
    if (touched.has("meeting")) for (const id of large.changed()) ids.add(id);
    if (!all && !ids.size) return;
    // One walk through the board, however many cards there are.
    for (const el of columns.querySelectorAll("[data-part=card]"))
      if (el instanceof HTMLElement && (all || ids.has(el.dataset.key ?? ""))) dress(el);
  }

  /** @param {Node} node */
  function equip(node) {
    if (!(node instanceof HTMLElement)) return;
    const hooks = node.matches("[data-desk-card]") ? [node] : node.querySelectorAll("[data-desk-card]");
    for (const hook of hooks) {
      if (!hook.firstElementChild) hook.append(stamp("desk-card"));
      const card = hook.closest("[data-part=card]");
      if (card instanceof HTMLElement) dress(card);
    }
  }

  /** @param {HTMLElement} el */
  function dress(el) {
    const card = board.card.get(el.dataset.key ?? "");
    const hook = el.querySelector("[data-desk-card]");
    if (!(hook instanceof HTMLElement)) return;
    // Nothing can be done with a card that is still on its way.
    hook.hidden = !card;
    if (!card) return;
    paint(hook, {
      off: Boolean(card.off_wall),
      about: String(large.is(card.id)),
      own: board.owns(card),
      earlier: card.version > 1,
      comments: turnWord({ kind: "card", id: card.id }, board),
      unknown: unknownLine(card),
      wall: card.off_wall ? t("Show on the wall again") : t("Not on the wall"),
    });
  }

  /** @param {MouseEvent} event */
  function pressed(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-deed]") : null;
    const el = button?.closest("[data-part=card]");
    const card = el instanceof HTMLElement && board.card.get(el.dataset.key ?? "");
    const changed = event.target instanceof Element && event.target.closest("[data-change]");
    if (changed) shut(/** @type {Element} */ (changed.closest("[data-part=card]")), false);
    if (!(button instanceof HTMLElement) || !el || !card) return;
    if (button.dataset.deed === "more")
      return el.querySelector("[data-menu-of]") ? shut(el, true) : unfold(el, button);
    const stays = button.dataset.deed === "up" || button.dataset.deed === "down";
    if (!stays) shut(el, true);
    switch (button.dataset.deed) {
      case "large":
        return large.show(card);
      case "aside":
        return aside(card);
      case "wall":
        return wall(card);
      case "comments":
        return comments(card);
      case "reworded":
        return reworded(card);
      case "erase":
        return erase(card);
      case "step":
        return step(card);
      case "back":
        return back(card);
      case "up":
        return up(card);
      case "down":
        return down(card);
      case "move":
        return move(card, /** @type {import("../store.js").Column} */ (button.dataset.to));
    }
  }

  /** @param {Element} el @param {HTMLElement} button */
  function unfold(el, button) {
    for (const other of columns.querySelectorAll("[data-menu-of]")) {
      const card = other.closest("[data-part=card]");
      if (card) shut(card, false);
    }
    const menu = stamp("desk-menu");
    menu.dataset.menuOf = /** @type {HTMLElement} */ (el).dataset.key;
    find(el, "[data-desk-card]").append(menu);
    // Said by the card itself: asked with `:has`, every change would have every card of the board looked at anew.
    el.setAttribute("data-unfolded", "");
    setAttr(button, "aria-expanded", "true");
    const column = board.card.get(menu.dataset.menuOf ?? "")?.column;
    for (const line of /** @type {NodeListOf<HTMLElement>} */ (menu.querySelectorAll("[data-to]"))) {
      line.hidden = line.dataset.to === column;
    }
    dress(/** @type {HTMLElement} */ (el));
    menu.scrollIntoView({ block: "nearest" });
    /** @type {HTMLElement | null} */ (menu.querySelector("button:not([hidden])"))?.focus({
      preventScroll: true,
    });
  }

  /** @param {Element} el @param {boolean} focus */
  function shut(el, focus) {
    const menu = el.querySelector("[data-menu-of]");
    if (!menu) return;
    const button = find(el, '[data-deed="more"]');
    setAttr(button, "aria-expanded", "false");
    if (focus && menu.contains(document.activeElement)) button.focus({ preventScroll: true });
    menu.remove();
    el.removeAttribute("data-unfolded");
  }
}

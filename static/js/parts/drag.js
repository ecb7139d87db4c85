/**
 * Moving a card by hand: a mouse or pen takes it anywhere, a finger by its handle or after a long press. What a hand can do the
 * card's menu does too. What is asked and taken back is moving.js.
 */

import { all } from "../paint.js";
import { cardEl } from "./cards.js";
import { flight } from "./flight.js";
import { mayMove } from "./moving.js";

const PULL_PX = 6;
const LONG_PRESS_MS = 450;
const STILL_PX = 10;
const NOT_BY = "button, a, input, textarea, select, form, [data-both], [data-menu]";

/** @param {import("../main.js").Ctx} ctx */
export function start(ctx) {
  /** @type {{id: string, pointer: number, x: number, y: number, finger: boolean} | null} */
  let held = null;
  /** @type {ReturnType<typeof flight> | null} */
  let flying = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let press;

  ctx.root.addEventListener("pointerdown", (event) => {
    const at = /** @type {Element} */ (event.target);
    const card = /** @type {HTMLElement | null} */ (at.closest("[data-cards] > [data-key]"));
    if (held || !event.isPrimary || event.button !== 0 || !card || at.closest(NOT_BY)) return;
    const id = card.dataset.key ?? "";
    if (!mayMove(ctx, id)) return;
    const finger = event.pointerType === "touch";
    held = { id, pointer: event.pointerId, x: event.clientX, y: event.clientY, finger };
    if (finger && at.closest("[data-grip]")) take();
    else if (finger) press = setTimeout(take, LONG_PRESS_MS);
  });
  window.addEventListener("pointermove", (event) => {
    if (!held || event.pointerId !== held.pointer) return;
    if (flying) return flying.to(event.clientX, event.clientY);
    const far = Math.hypot(event.clientX - held.x, event.clientY - held.y);
    // A finger that moves before the long press is over scrolls.
    if (held.finger && far > STILL_PX) letGo();
    else if (!held.finger && far > PULL_PX) take();
  });
  window.addEventListener("pointerup", (event) => {
    if (!held || event.pointerId !== held.pointer) return;
    if (flying) {
      flying.land();
      swallowClick();
    }
    letGo();
  });
  window.addEventListener("pointercancel", (event) => held?.pointer === event.pointerId && letGo());
  window.addEventListener("blur", letGo);
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !flying) return;
      event.preventDefault();
      event.stopPropagation();
      letGo();
    },
    true,
  );
  // A browser may not scroll, nor open its own menu, under a finger that holds a card.
  document.addEventListener("touchmove", (event) => flying && event.cancelable && event.preventDefault(), {
    passive: false,
  });
  document.addEventListener("contextmenu", (event) => held?.finger && event.preventDefault());

  function take() {
    const card = held && cardEl(held.id);
    if (!held || !card) return letGo();
    getSelection()?.removeAllRanges();
    flying = flight(ctx, card, held.x, held.y);
  }

  function letGo() {
    clearTimeout(press);
    flying?.end();
    flying = held = null;
  }

  /** What ends a drag is no click on what lies under it. */
  function swallowClick() {
    const swallow = (/** @type {Event} */ event) => {
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", swallow, { capture: true }));
  }

  // What a browser drags by itself, such as marked words, would take the pointer away.
  for (const list of all(document, "[data-cards]"))
    list.addEventListener("dragstart", (event) => event.preventDefault());
}

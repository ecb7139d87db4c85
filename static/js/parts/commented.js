/** What can be commented on, a card, a worry in words or a next step, and whether something can be said under it now. It draws nothing. */

import { t } from "../words.js";
import { inSight, shownView } from "./showing.js";

/** @typedef {import("../store.js").Board} Board @typedef {{kind: "card" | "set" | "step", id: string}} On */
/** @typedef {{on: On, place: string, comments: string, child: boolean, up: boolean}} Thing */

/** What an element is part of. @param {Element} el @returns {On} */
export function onOf(el) {
  const part = /** @type {HTMLElement | null} */ (
    el.closest("[data-part=card], [data-part=step], .set[data-key]")
  );
  const kind = part?.dataset.part === "card" ? "card" : part?.dataset.part === "step" ? "step" : "set";
  return { kind, id: part?.dataset.key ?? "" };
}

/** @param {Element} el @param {Board} board */
export function thingAt(el, board) {
  return thing(onOf(el), board);
}

/** What stands there, or null where it is gone. @param {On} on @param {Board} board @returns {Thing | null} */
export function thing(on, board) {
  if (on.kind === "card") {
    const card = board.card.get(on.id);
    if (!card) return null;
    const child = Boolean(card.voice) || board.person.get(card.by ?? "")?.role === "child";
    return { on, place: card.column, comments: card.comments ?? "", child, up: true };
  }
  const one = on.kind === "set" ? board.set.get(on.id) : board.step.get(on.id);
  if (!one) return null;
  const up = on.kind === "step" || one.state === "board";
  return { on, place: `${on.kind}s`, comments: one.comments ?? "", child: false, up };
}

/** Whether something can be said under it: false, true, or null where nothing ever is. @param {Thing} thing @param {Board} board */
export function isOpen({ place, comments, child, up }, board) {
  if (child || comments === "never") return null;
  if (!up) return false;
  if (comments) return comments === "open";
  return [...board.commenting.values()].some((one) => one.where?.includes(place));
}

/** Whether the person sees now what a comment stands under. @param {On} on @param {Board} board */
export function inSightOf(on, board) {
  const card = on.kind === "card" ? board.card.get(on.id) : null;
  return card ? inSight(card.column) : shownView() === `${on.kind}s`;
}

/** What opens or closes comments under one thing, with what is said of it and what takes it back. @param {On} on @param {Board} board */
export function turned(on, board) {
  const there = thing(on, board);
  const shut = there !== null && isOpen(there, board) === true;
  const [ask, other] = shut ? ["comment.close", "comment.open"] : ["comment.open", "comment.close"];
  return {
    wish: { ask, on },
    said: shut ? t("Comments are closed here.") : t("Comments are open here."),
    back: [{ ask: other, on }],
  };
}

/** What the press that does so is called; "" where there is none. @param {On} on @param {Board} board */
export function turnWord(on, board) {
  const there = thing(on, board);
  const open = there && (there.up || there.on.kind === "card") ? isOpen(there, board) : null;
  return open === null ? "" : open ? t("Close comments") : t("Open comments");
}

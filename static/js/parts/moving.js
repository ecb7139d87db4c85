/** Moving a card, by hand or by menu: asks, and says what happened with ten seconds to take it back. Nothing can only be dragged. */

import { notice, undo } from "../paint.js";
import { t } from "../words.js";
import { idsIn, shownCard, title } from "./cards.js";
import { waits } from "./overlay.js";
import { kindOf } from "./press.js";

/** @typedef {import("../main.js").Ctx} Ctx @typedef {import("../store.js").Column} Column */

/** Whether the person who looks may move this card now. @param {Ctx} ctx @param {string} id */
export function mayMove({ board, body }, id) {
  const card = board.card.get(id);
  if (!card || !board.meeting || board.meeting.state === "closed") return false;
  if (body.dataset.role === "facilitator") return true;
  return board.owns(card) && !board.meeting.pause;
}

/** Whether a card may be moved into a column from another. @param {Ctx} ctx @param {Column} column @param {string} id of the card */
export function isOpen({ board, body }, column, id) {
  const card = board.card.get(id);
  if (body.dataset.role === "facilitator" || card?.kept) return true;
  if (board.meeting?.closed?.includes(column)) return false;
  return Boolean(card?.tray) || !waits(board, board.you.id, column);
}

/** @param {Ctx} ctx @param {string} id @param {Column} column @param {string | null} before a card of that column, null for its end */
export async function moveCard(ctx, id, column, before) {
  const card = shownCard(id);
  if (!card || before === id) return;
  const from = card.column;
  const after = next(id, from);
  if (from === column && after === before) return;
  const said = from === column ? t("Moved.") : t("Moved to {column}.", { column: title(column) });
  if (!(await asked(ctx, { card: id, column, before }))) return;
  const wayBack = () => {
    const place = after && shownCard(after)?.column === from ? after : null;
    void asked(ctx, { card: id, column: from, before: place });
  };
  undo(said, wayBack, { kind: kindOf({ ask: "card.move", card: id }) });
}

/** Take a card back, with ten seconds to think again. @param {Ctx} ctx @param {string} id */
export async function takeBack(ctx, id) {
  try {
    await ctx.ask("card.remove", { card: id });
  } catch (refusal) {
    return tell(refusal);
  }
  undo(t("Taken back."), () => void ctx.ask("card.restore", { card: id }).catch(tell));
}

/** The card that stands after another. @param {string} id @param {Column} column */
export function next(id, column) {
  const ids = idsIn(column);
  return ids[ids.indexOf(id) + 1] ?? null;
}

/** @param {Ctx} ctx @param {{card: string, column: Column, before: string | null}} move */
async function asked(ctx, move) {
  try {
    await ctx.ask("card.move", move);
    return true;
  } catch (refusal) {
    tell(refusal);
    return false;
  }
}

/** @param {any} refusal */
function tell(refusal) {
  if (refusal?.why) notice(t(refusal.why));
}

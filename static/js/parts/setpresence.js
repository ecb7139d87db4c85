/** Who else writes in a part of a set, told to those who write it alone; and telling them that you do. Neither is kept anywhere. */

import { t } from "../words.js";
import { mayWrite } from "./setwords.js";

/** Half of what the server waits before it holds that nobody writes any more. */
const AGAIN_MS = 2_500;

/**
 * Tell those who write this set with you where you are writing.
 * @param {import("../main.js").Ctx} ctx @param {() => import("./setwords.js").Set_ | undefined} now
 */
export function presence({ board, line }, now) {
  let said = "";
  let saidAt = 0;

  /** @param {string} part */
  function typing(part) {
    const set = now();
    if (!set || !mayWrite(board, set)) return;
    if (part === said && Date.now() - saidAt < AGAIN_MS) return;
    if (!line.send({ now: "writes", set: set.id, part })) return;
    said = part;
    saidAt = Date.now();
  }

  function over() {
    const set = now();
    if (said && set) line.send({ now: "writes", set: set.id, part: "" });
    said = "";
  }

  return { typing, over };
}

/**
 * Who is writing in this part, in words; "" where nobody is, or where it is not yours to know.
 * @param {import("../store.js").Board} board @param {import("./setwords.js").Set_} set @param {string} part
 */
export function writingHere(board, set, part) {
  const people = board.writing[set.id]?.[part];
  if (!people || !mayWrite(board, set)) return "";
  const names = people.map((id) => board.person.get(id)?.name ?? "").filter(Boolean);
  if (names.length === 1) return t("{name} is writing here.", { name: names[0] });
  if (names.length > 1) return t("Writing here: {names}", { names: names.join(", ") });
  return t("Someone is writing here.");
}

/** Who holds this phone: whose it is, or somebody in the room it was passed to. It knows nothing of what they write. */

import { keep, recall } from "../device.js";

const HELD = "sb.draft.hand";

let holder = recall(HELD) ?? "";

/** Who holds it, where that is not whose it is; else "". */
export function holderOf() {
  return holder;
}

/** Say who holds it from now on: "" is whose it is. @param {string} id */
export function passTo(id) {
  if (id === holder) return;
  holder = id;
  keep(HELD, id);
  document.dispatchEvent(new CustomEvent("signboard:hand"));
}

/** What is asked by whoever holds it, said as theirs. @returns {{for?: string}} */
export function forHolder() {
  return holder ? { for: holder } : {};
}

/** The name under which their words are kept, apart from the owner's. @param {string} name */
export function ofHolder(name) {
  return holder ? `${name}.${holder}` : name;
}

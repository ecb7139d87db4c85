/** What all said to a set, in words: "Agree: Dana, Kofi", and who was not asked, as that. The same on board and wall. */

import { keyed, paint, stamp } from "../paint.js";
import { t } from "../words.js";

/** @typedef {import("./polls.js").Sum} Sum */

/** @param {HTMLElement} list @param {ReturnType<typeof rows>} these */
export function drawSum(list, these) {
  const known = new Map(these.map((row) => [row.key, row]));
  list.hidden = known.size === 0;
  keyed(
    list,
    known.keys(),
    () => stamp("agreed-row"),
    (el, key) => {
      const row = known.get(key);
      paint(el, { name: row?.name, who: row?.who });
      el.dataset.row = key;
    },
  );
}

/** The rows of what all said: "Agree: Dana, Kofi"; whoever was not asked is named as that. @param {Sum} sum */
export function rows(sum) {
  const said = sum.stances.map((one) => ({ key: String(one.value), name: one.words, who: one.who }));
  if (sum.silent) said.push({ key: "silent", name: t("No answer"), who: String(sum.silent) });
  if (sum.leftOut)
    said.push({ key: "unasked", name: t("Not asked"), who: sum.left.join(", ") || String(sum.leftOut) });
  return said;
}

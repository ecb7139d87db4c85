/** Something we don't know yet, in words: the same as templates/parts/unknownwords.html says. It draws nothing. */

import { t } from "../words.js";

/** @typedef {{who?: string, by_when?: string}} Unknown */

/** @param {Unknown | null | undefined} unknown @returns {string} */
export function unknownWords(unknown) {
  if (!unknown) return "";
  return [t("We don’t know yet"), whoFinds(unknown)].filter(Boolean).join(" · ");
}

/** Who finds out, and by when, as far as that was said. @param {Unknown} unknown @returns {string} */
export function whoFinds({ who = "", by_when: when = "" }) {
  if (who && when) return t("{who} finds out by {when}", { who, when });
  if (who) return t("{who} finds out", { who });
  return when ? t("To be found out by {when}", { when }) : "";
}

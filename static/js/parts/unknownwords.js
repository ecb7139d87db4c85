/** Something we don't know yet, in words: the same as templates/parts/unknownwords.html says. It draws nothing. */

import { t } from "../words.js";

/** @param {{who?: string, by_when?: string} | null | undefined} unknown @returns {string} */
export function unknownWords(unknown) {
  if (!unknown) return "";
  const { who = "", by_when: when = "" } = unknown;
  if (who && when) return t("We don’t know yet · {who} finds out by {when}", { who, when });
  if (who) return t("We don’t know yet · {who} finds out", { who });
  if (when) return t("We don’t know yet · to be found out by {when}", { when });
  return t("We don’t know yet");
}

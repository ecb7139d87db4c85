/** What is done to a different view of a worry: set aside, put back, taken back, removed for good. */

import { t } from "../words.js";
import { sure } from "./sure.js";

/** @typedef {{id: string, mine?: boolean}} Differ */

/** @param {import("./press.js").Press} press */
export function differDeeds(press) {
  return { aside, putBack, away };

  /** @param {Differ} one */
  function aside({ id }) {
    return press(
      { ask: "differ.aside", differ: id },
      { said: t("Set aside."), back: [{ ask: "differ.return", differ: id }] },
    );
  }

  /** @param {Differ} one */
  function putBack({ id }) {
    return press(
      { ask: "differ.return", differ: id },
      { said: t("Put back."), back: [{ ask: "differ.aside", differ: id }] },
    );
  }

  /** Its words are gone: taken back by whose they are, or removed by whoever runs the meeting. @param {Differ} one */
  async function away({ id, mine }) {
    const yes = await sure({
      title: mine ? t("Take your view back?") : t("Remove this view for good?"),
      text: t("Its words leave the board and the record. This cannot be taken back."),
      yes: mine ? t("Take back") : t("Remove for good"),
      no: t("Keep it"),
    });
    if (yes) await press({ ask: mine ? "differ.take-back" : "differ.erase", differ: id });
  }
}

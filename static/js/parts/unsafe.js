/** "I am not safe": a child says before the press who will see it, presses, and is told what happens next. Nobody but who runs the meeting hears. */

import { newId } from "../device.js";
import { find, paint } from "../paint.js";
import { t } from "../words.js";
import { runs } from "./cards.js";
import { named } from "./sheets.js";

/** @param {import("../main.js").Ctx} ctx */
export function start({ ask, board, line }) {
  const sheet = named("unsafe", { opened: () => turn(false) });
  const before = find(sheet.el, "[data-unsafe-before]");
  const after = find(sheet.el, "[data-unsafe-after]");
  find(before, "[data-unsafe]").addEventListener("click", () => void tell());

  async function tell() {
    const name = runs(board);
    turn(true);
    say(
      line.state === "open"
        ? t("Telling {name}…", { name })
        : t("There is no connection. {name} is told as soon as there is one.", { name }),
    );
    try {
      await ask("quiet.say", { id: newId(), about: "danger" });
      say(t("{name} has been told. Nobody else has.", { name }));
    } catch (refusal) {
      say(t(/** @type {import("../ask.js").Refusal} */ (refusal).why));
    }
  }

  /** @param {boolean} said */
  function turn(said) {
    before.hidden = said;
    after.hidden = !said;
    if (said) after.focus({ preventScroll: true });
  }

  /** @param {string} told */
  function say(told) {
    paint(after, { told });
  }
}

/** The ground rules at the desk, while the meeting opens: shown large to everyone, and agreed by one press. */

import { find, paint, setAttr } from "../paint.js";
import { t } from "../words.js";
import { clockTime } from "./clock.js";
import { touches } from "./touches.js";

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board, press, root } = desk;
  const box = /** @type {HTMLElement | null} */ (root.querySelector("[data-rules]"));
  if (!box) return () => {};
  const large = find(box, "[data-rules-large]");
  large.addEventListener("click", show);
  find(box, "[data-rules-agree]").addEventListener("click", agree);
  return draw;

  /** @param {import("./desk.js").Touched} touched */
  function draw(touched) {
    const meeting = board.meeting;
    if (!meeting || !touches(touched, "meeting")) return;
    const at = meeting.rules_agreed ?? 0;
    const open = meeting.state === "open";
    const focused = box?.contains(document.activeElement);
    setAttr(large, "aria-pressed", String(isLarge()));
    paint(/** @type {HTMLElement} */ (box), {
      open,
      agree: open && !at,
      agreed: at ? t("Agreed at {time}", { time: clockTime(at) }) : "",
    });
    // The button that was pressed has gone: the focus stays with the rules.
    if (focused && document.activeElement === document.body) large.focus({ preventScroll: true });
  }

  function isLarge() {
    return board.meeting?.about?.kind === "meeting";
  }

  function show() {
    const was = board.meeting?.about ?? null;
    const about = isLarge() ? null : { kind: "meeting", id: board.meeting?.id };
    const said = about ? t("Shown large to everyone.") : t("No longer shown large.");
    return press({ ask: "about.show", about }, { said, back: [{ ask: "about.show", about: was }] });
  }

  function agree() {
    return press(
      { ask: "rules.agree" },
      { said: t("Agreed, for everyone to see."), back: [{ ask: "rules.agree", on: false }] },
    );
  }
}

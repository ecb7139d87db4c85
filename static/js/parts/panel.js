/**
 * The panel for the facilitator alone: folds away under one key, and is not on the page at all while others can see this screen.
 * What stands in it is drawn by pieces of their own.
 */

import { keep, recall } from "../device.js";
import { tie } from "../draft.js";
import { announce, find, paint, setText } from "../paint.js";
import { t } from "../words.js";
import { clockTime } from "./clock.js";

const FOLDED = "sb.folded";

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board, body } = desk;
  const panel = find(desk.root, "[data-panel]");
  const whole = find(panel, "[data-whole]");
  const strip = find(panel, "[data-unfold]");
  const privately = find(desk.root, "[data-private-words]");
  const place = document.createComment("");
  let heard = 0;
  tie(/** @type {HTMLTextAreaElement} */ (find(panel, "[data-notes]")), "notes");
  find(panel, "[data-fold]").addEventListener("click", () => fold(true));
  strip.addEventListener("click", () => fold(false));
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyH" || desk.shared()) return;
    event.preventDefault();
    fold(!isFolded());
  });
  show();
  return draw;

  function draw() {
    const shared = desk.shared();
    if (shared && panel.isConnected) panel.replaceWith(place);
    else if (!shared && place.isConnected) place.replaceWith(panel);
    privately.hidden = !shared;
    if (shared) return;
    const waits = newest();
    paint(strip, {
      dot:
        waits > 0 ||
        answered() ||
        [...board.person.values()].some((one) => one.alarm || (one.hand && one.state === "here")),
      urgent: isUrgent() ? "yes" : null,
      show: isUrgent() ? t("Somebody needs you now") : t("Show my panel"),
      label: isUrgent()
        ? t("Show my panel: somebody needs you now")
        : waits
          ? t("Show my panel: somebody waits for you")
          : t("Show my panel"),
    });
    // Spoken aloud, a name at the door would be heard by the whole room.
    if (waits > heard) announce(t("There is something new in your panel."));
    heard = waits;
    told(board.meeting?.cut);
  }

  /** When the last of those who wait for the facilitator began to; 0 when nobody does. */
  function newest() {
    const door = [...board.person.values()]
      .filter((one) => one.state === "waiting")
      .map((one) => one.since ?? 1);
    return Math.max(0, ...door, ...[...board.quiet.values()].map((one) => one.at));
  }

  /** Whether somebody may be in danger. */
  function isUrgent() {
    return [...board.quiet.values()].some((one) => one.about === "danger");
  }

  /** Whether somebody would take a step on, and it is not shown yet. */
  function answered() {
    const yes = (/** @type {import("../store.js").Owner} */ { answer, shown }) =>
      !shown && (answer === "yes" || answer === "but");
    return [...board.owner.values()].some(yes);
  }

  function isFolded() {
    return recall(FOLDED) === "yes";
  }

  /** @param {boolean} folded */
  function fold(folded) {
    const inside = panel.contains(document.activeElement);
    keep(FOLDED, folded ? "yes" : "");
    show();
    if (inside) (folded ? strip : find(panel, "[data-fold]")).focus({ preventScroll: true });
  }

  function show() {
    body.toggleAttribute("data-folded", isFolded());
    whole.hidden = isFolded();
    strip.hidden = !isFolded();
  }

  /** The log went back to an earlier copy. @param {number | undefined} cut when, ms */
  function told(cut) {
    const words = find(panel, "[data-cut]");
    words.hidden = !cut;
    if (!cut) return;
    const time = clockTime(cut);
    setText(
      words,
      t("At {time} the server came back with an earlier copy. What was added just before may be missing.", {
        time,
      }),
    );
  }
}

/**
 * Where the desk's pieces stand: side by side on a wide screen; on a phone what is urgent above the board, all else behind one button.
 */

import { find, paint, setAttr } from "../paint.js";
import { t } from "../words.js";

const WIDE = "(min-width: 64rem)";

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const under = find(desk.root, "[data-under]");
  const rail = find(under, "[data-rail]");
  const panel = find(under, "[data-panel]");
  const bar = find(document, "[data-wallbar]");
  const wall = find(bar, "[data-wall-controls]");
  const run = find(rail, "[data-run]");
  const tabs = find(under, "[data-tabs]");
  const drawer = find(under, "[data-drawer]");
  const below = document.createComment("");
  drawer.before(below);
  const wide = matchMedia(WIDE);
  run.addEventListener("click", () => show(desk.body.dataset.running !== "yes"));
  wide.addEventListener("change", stand);
  stand();
  return () => {};

  function stand() {
    // Reading order follows the eye: on a phone the panel comes first, with whoever waits at the door.
    if (wide.matches) under.append(panel);
    else under.prepend(panel);
    if (wide.matches) bar.append(wall);
    else rail.prepend(wall);
    // The numbers of a round are shown from where the thumb is, before the board.
    if (wide.matches) below.after(drawer);
    else tabs.before(drawer);
    show(false);
  }

  /** @param {boolean} running */
  function show(running) {
    setAttr(desk.body, "data-running", running && "yes");
    setAttr(run, "aria-expanded", String(running));
    paint(run, { run: running ? t("Back to the board") : t("Run the meeting") });
  }
}

/** The projected screen: shows one scene at a time and hands it the board. It asks for nothing and takes no key and no press. */

import { all, find, paint, setText, stamp } from "../paint.js";
import { t } from "../words.js";
import { hidePointer, stayAwake } from "./wallawake.js";
import { Columns } from "./wallcolumns.js";
import { Large } from "./walllarge.js";
import { Later } from "./walllater.js";
import { RoundScene } from "./wallround.js";
import { Rules } from "./wallrules.js";
import { Follow } from "./wallscene.js";
import { Sets } from "./wallsets.js";
import { StepsScene } from "./wallsteps.js";

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, line, root }) {
  const scenes = all(root, "[data-scene]");
  const scene = (/** @type {string} */ name) => find(root, `[data-scene="${name}"]`);
  const columns = new Columns(scene("columns"));
  const large = new Large(scene("large"));
  const round = new RoundScene(scene("round"));
  const later = new Later(scene("later"));
  const rules = new Rules(scene("rules"));
  const sets = new Sets(scene("sets"));
  const steps = new StepsScene(scene("steps"));
  const follow = new Follow();
  let turned = { page: 0, on: "" };

  /** @param {import("../store.js").Touched} change */
  function draw(change) {
    if (!board.meeting || line.gone) return;
    const now = follow.scene(board);
    // Measured while they can be seen, so shown before they are drawn.
    for (const el of scenes) el.hidden = el.dataset.scene !== now.name;
    paint(find(root, "h1"), { title: now.name === "blank" ? t("Meeting") : board.meeting.title });
    columns.draw(board, now, change);
    later.draw(board, now);
    rules.draw(board);
    sets.draw(board, now);
    steps.draw(board, now, change);
    if (now.card) large.draw(board, now.card);
    else large.clear();
    if (now.round) round.draw(board, now.round);
    turn(now.name);
  }

  /** The facilitator turns by so many pages; on another phase or card pages begin anew. @param {string} name of the scene */
  function turn(name) {
    const { phase, about, wall } = /** @type {import("../store.js").Meeting} */ (board.meeting);
    const was = turned;
    turned = { page: wall?.page ?? 0, on: `${phase} ${about?.id}` };
    const by = turned.page - (was.on === turned.on ? was.page : 0);
    if (by && name === "columns") columns.turn(by);
    if (by && name === "large") large.turn(by);
    if (by && name === "later") later.turn(by);
    if (by && name === "rules") rules.turn(by);
    if (by && name === "sets") sets.turn(by);
    if (by && name === "steps") steps.turn(by);
  }

  function lineChanged() {
    if (line.gone) {
      board.clear();
      root.replaceChildren(stamp("gone"));
      return;
    }
    const lost = line.state === "offline" && !board.meeting?.wall?.blank;
    setText(
      find(root, "[data-offline]"),
      lost ? t("No connection just now. This picture may be a little old.") : "",
    );
  }

  board.addEventListener("change", (event) => draw(/** @type {CustomEvent} */ (event).detail));
  line.addEventListener("state", lineChanged);
  stayAwake();
  hidePointer(document.documentElement);
}

/** The desk's top bar: what the wall shows, holds and hides, and whether others can see this screen too. */

import { keep, recall } from "../device.js";
import { find, paint, setAttr } from "../paint.js";
import { t } from "../words.js";
import { Follow } from "./wallscene.js";

const SHARED = "sb.shared";

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board, press, body } = desk;
  const bar = find(document, "[data-wall-controls]");
  const follow = new Follow();
  const shared = /** @type {HTMLSelectElement} */ (find(bar, "[data-others]"));
  shared.value = recall(SHARED) ?? "";
  setAttr(body, "data-shared", shared.value || null);
  shared.addEventListener("change", () => {
    keep(SHARED, shared.value);
    setAttr(body, "data-shared", shared.value || null);
    desk.redraw();
  });
  const child = /** @type {HTMLSelectElement} */ (find(bar, "[data-wall-child]"));
  child.addEventListener("change", narrow);
  find(bar, "[data-hold]").addEventListener("click", hold);
  find(bar, "[data-blank]").addEventListener("click", blank);
  find(bar, "[data-code]").addEventListener("click", code);
  for (const button of bar.querySelectorAll("[data-turn]")) {
    button.addEventListener("click", () => turn(Number(button.getAttribute("data-turn"))));
  }
  return draw;

  function draw() {
    const wall = now();
    paint(bar, { on: shownOn(), child: withChild() });
    if (child !== document.activeElement) child.value = chosen();
    setAttr(find(bar, "[data-hold]"), "aria-pressed", String(Boolean(wall.hold)));
    setAttr(find(bar, "[data-blank]"), "aria-pressed", String(Boolean(wall.blank)));
    setAttr(find(bar, "[data-code]"), "aria-pressed", String(wall.code));
    setAttr(find(bar, '[data-turn="-1"]'), "aria-disabled", wall.page ? null : "true");
  }

  function now() {
    const { blank = false, hold = "", code = true, page = 0 } = board.meeting?.wall ?? {};
    return { blank, hold, code, page };
  }

  /** What the wall itself makes of the board, in a few words. */
  function shownOn() {
    const { name, phase } = follow.scene(board);
    if (name === "blank") return t("nothing");
    if (name === "large") return t("one card");
    if (name === "rules") return t("the ground rules");
    if (name === "round") return t("the numbers");
    return phase.title;
  }

  /** @param {string} phase */
  function title(phase) {
    return board.meeting?.template.phases.find((/** @type {any} */ one) => one.id === phase)?.title ?? "";
  }

  /** Whether there is a child on the list, or the wall is narrowed for one. */
  function withChild() {
    return Boolean(chosen()) || [...board.person.values()].some((one) => one.role === "child");
  }

  function chosen() {
    const now = board.meeting?.wall_child ?? "";
    return now === "all" ? "" : now;
  }

  function narrow() {
    const [was, now] = [chosen(), child.value];
    if (now === was) return;
    const said = now
      ? t("The wall shows less while a child is in the room.")
      : t("The wall shows everything.");
    return press({ ask: "wall.set", child: now }, { said, back: [{ ask: "wall.set", child: was }] });
  }

  function hold() {
    const was = now().hold;
    const on = was ? "" : (board.meeting?.phase ?? "");
    const said = on
      ? t("The wall stays on {phase}.", { phase: title(on) })
      : t("The wall follows the meeting.");
    return press({ ask: "wall.set", hold: on }, { said, back: [{ ask: "wall.set", hold: was }] });
  }

  function blank() {
    const was = now().blank;
    const said = was ? t("The wall shows the meeting again.") : t("The wall is blank.");
    return press({ ask: "wall.set", blank: !was }, { said, back: [{ ask: "wall.set", blank: was }] });
  }

  function code() {
    const was = now().code;
    const said = was ? t("The code has left the wall.") : t("The code is on the wall.");
    return press({ ask: "wall.set", code: !was }, { said, back: [{ ask: "wall.set", code: was }] });
  }

  /** @param {number} by */
  function turn(by) {
    const was = now().page;
    const page = Math.max(0, was + by);
    if (page === was) return;
    const said = t("The wall was turned.");
    return press({ ask: "wall.set", page }, { said, back: [{ ask: "wall.set", page: was }] });
  }
}

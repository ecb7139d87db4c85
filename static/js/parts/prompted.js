/** One prompt at a time in the facilitator's panel, until she has thanked for it or wants no more of its kind. When one is due, prompts.js says. */

import { keep, recall } from "../device.js";
import { find, paint } from "../paint.js";
import { t } from "../words.js";
import { showPart } from "./part.js";
import { promptsFor } from "./prompts.js";

/** What was heard in this tab, one reason a line. */
const HEARD = "sb.heard";
/** After one prompt it is quiet for a while. */
const QUIET_MS = 120_000;

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board, press } = desk;
  const part = find(desk.root, "[data-prompt]");
  /** @type {import("./prompts.js").Prompt | undefined} */
  let shown;
  /** What she wants no more of: taken back, it stands there again at once. */
  let left = "";
  let quietUntil = 0;
  find(part, "[data-thanks]").addEventListener("click", thanks);
  find(part, "[data-never]").addEventListener("click", never);
  return draw;

  function draw() {
    const due = promptsFor(board, desk.now()).filter((one) => !heard().includes(one.about));
    // One that is being read stays while its reason does.
    const stays = due.find((one) => one.about === shown?.about) ?? due.find((one) => one.about === left);
    shown = stays ?? (desk.now() < quietUntil ? undefined : due[0]);
    if (shown) paint(part, { words: shown.words });
    showPart(part, Boolean(shown));
  }

  function heard() {
    return (recall(HEARD) ?? "").split("\n");
  }

  function thanks() {
    if (shown) keep(HEARD, [...heard(), shown.about].join("\n"));
    over();
  }

  function over() {
    quietUntil = desk.now() + QUIET_MS;
    shown = undefined;
    draw();
  }

  async function never() {
    if (!shown) return;
    const wish = { ask: "prompt.off", prompt: shown.kind };
    left = shown.about;
    const said = t("You will not be told this again in this meeting.");
    if (await press(wish, { said, back: [{ ...wish, on: false }] })) over();
  }
}

/** What is still open, listed together: what we don't know yet, and thoughts for next time. Where it is listed is views.js. */

import { newId } from "../device.js";
import { find, keyed, paint, stamp, undo } from "../paint.js";
import { t } from "../words.js";
import { writer } from "./cardfields.js";
import { runs, title } from "./cards.js";
import { thoughts, unknowns } from "./leftopen.js";
import { whoFinds } from "./unknownwords.js";

/** @typedef {import("../store.js").Thought} Thought */

/** @param {import("../main.js").Ctx} ctx */
export function start({ board, ask, root }) {
  const view = find(root, "[data-later]");
  const [open, kept] = [find(view, "[data-later-unknowns]"), find(view, "[data-later-thoughts]")];
  board.addEventListener("change", draw);
  kept.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest("[data-later-back]") : null;
    const thought = board.thought.get(
      /** @type {HTMLElement | null} */ (target?.closest("[data-key]") ?? null)?.dataset.key ?? "",
    );
    if (thought) void takeBack(thought);
  });
  draw();

  function draw() {
    if (!board.meeting) return;
    const unknown = unknowns(board);
    const later = thoughts(board);
    paint(view, {
      hasUnknown: unknown.length > 0,
      hasThoughts: later.length > 0,
      nothing: !unknown.length && !later.length,
    });
    list(open, unknown, (card) => ({
      text: card.text,
      about: whoFinds(card.unknown ?? {}),
      column: card.column,
    }));
    list(kept, later, (one) => ({
      text: one.text,
      about: [writer(/** @type {any} */ (one), board), title(one.column)].filter(Boolean).join(" · "),
      note: one.shown ? "" : t("Only you and {name} see this until the end.", { name: runs(board) }),
      back: board.meeting?.state === "open" && one.own ? t("Take back") : "",
      column: one.column,
    }));
  }

  /** @template {{id: string}} T @param {HTMLElement} el @param {T[]} these @param {(one: T) => import("../paint.js").Fields} fields */
  function list(el, these, fields) {
    const known = new Map(these.map((one) => [one.id, one]));
    keyed(
      el,
      known.keys(),
      () => stamp("later-one"),
      (item, id) =>
        paint(item, { about: "", note: "", back: "", ...fields(/** @type {T} */ (known.get(id))) }),
    );
  }

  /** @param {Thought} thought */
  async function takeBack({ id, column, text, by }) {
    await ask("thought.remove", { thought: id });
    const whose = by && by !== board.you.id ? { for: by } : {};
    undo(t("Taken back."), () => void ask("thought.keep", { id: newId(), column, text, ...whose }));
  }
}

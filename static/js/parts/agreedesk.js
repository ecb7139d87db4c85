/** At the desk, with each set: asking everyone, showing all answers or nobody's. Who has not answered stands in the private panel. */

import { newId } from "../ask.js";
import { find, keyed, paint, setText, stamp } from "../paint.js";
import { t } from "../words.js";
import { missingWords } from "./numbers.js";
import { presses } from "./press.js";
import { titleOf } from "./setwords.js";
import { sure } from "./sure.js";

/** @typedef {import("../store.js").Poll} Poll */

/** @param {import("../main.js").Ctx} ctx @param {() => void} redraw */
export function agreeDesk({ board, asker, body }, redraw) {
  const press = presses(asker);
  const panel = find(document, "[data-unanswered-part]");
  /** The polls whose answers are about to be shown without everybody's. @type {Set<string>} */
  const checking = new Set();

  new MutationObserver(redraw).observe(body, { attributes: true, attributeFilter: ["data-shared"] });

  /** @param {string} set */
  function openOf(set) {
    return [...board.poll.values()].find((one) => one.set === set && one.state === "open");
  }

  /** @param {HTMLElement} el @param {Poll} poll */
  async function show(el, poll) {
    checking.delete(poll.id);
    const done = await press({ ask: "agreement.show", poll: poll.id });
    redraw();
    if (!done) find(el, "[data-agree-show]").focus();
  }

  /** Ask once more before people are left out. @param {HTMLElement} el @param {Poll} poll */
  function check(el, poll) {
    checking.add(poll.id);
    redraw();
    find(el, "[data-agree-sure]").focus();
  }

  /** @param {Poll} poll */
  async function cancel(poll) {
    const yes = await sure({
      title: t("Stop without showing?"),
      text: t("All answers and words are thrown away. Nobody sees them, you neither."),
      yes: t("Throw them away"),
      no: t("Go on asking"),
    });
    if (yes)
      await press(
        { ask: "agreement.cancel", poll: poll.id },
        { said: t("Thrown away. Nobody saw an answer.") },
      );
  }

  return {
    /** @param {HTMLElement} el @param {string} set */
    wire(el, set) {
      const too = /** @type {HTMLInputElement} */ (find(el, "[data-agree-too]"));
      const on = (/** @type {string} */ hook, /** @type {(poll: Poll) => void} */ does) =>
        find(el, hook).addEventListener("click", () => {
          const poll = openOf(set);
          if (poll) does(poll);
        });
      find(el, "[data-agree-ask]").addEventListener("click", async () => {
        if (await press({ ask: "agreement.ask", id: newId(), set, too: too.checked })) too.checked = false;
      });
      on("[data-agree-show]", (poll) => {
        if (poll.asked > poll.answered) check(el, poll);
        else show(el, poll);
      });
      on("[data-agree-wait]", (poll) => {
        checking.delete(poll.id);
        redraw();
        find(el, "[data-agree-show]").focus();
      });
      on("[data-agree-anyway]", (poll) => show(el, poll));
      on("[data-agree-cancel]", cancel);
    },

    /** @param {HTMLElement} el @param {string} set @param {Poll | undefined} poll */
    draw(el, set, poll) {
      const open = poll?.state === "open" ? poll : undefined;
      const missing = open ? open.asked - open.answered : 0;
      const asking = Boolean(open && checking.has(open.id));
      const may = board.set.get(set)?.state === "board" && board.meeting?.state !== "closed";
      find(el, "[data-agree-wait]").classList.toggle("button--main", missing > 0);
      find(el, "[data-agree-anyway]").classList.toggle("button--main", missing < 1);
      paint(el, {
        ask: may && !open,
        "ask-words": poll ? t("Ask everyone again") : t("Ask everyone"),
        how:
          board.meeting?.authors === "hidden"
            ? t("Answers will be shown without names. It needs three.")
            : t("Answers will be shown with names."),
        open: Boolean(open) && !asking,
        sure: asking && missingWords(missing),
        anyway: missing > 0 ? t("Show without them") : t("Show everyone"),
      });
    },

    /** Who has not answered, for the facilitator's eyes alone. @param {Poll[]} polls those that are open */
    missing(polls) {
      const shared = body.dataset.shared === "yes";
      const lists = new Map(
        (shared ? [] : polls).map((poll) => [
          poll.id,
          (poll.missing ?? []).filter((one) => board.person.has(one)),
        ]),
      );
      const ids = [...lists.keys()].filter((id) => lists.get(id)?.length);
      panel.hidden = ids.length === 0;
      keyed(
        panel,
        ids,
        () => stamp("agree-missing"),
        (fold, id) => {
          const set = board.set.get(board.poll.get(id)?.set ?? "");
          paint(fold, {
            name: set
              ? t("Who has not answered: {title}", { title: titleOf(set) })
              : t("Who has not answered"),
          });
          keyed(
            find(fold, "[data-missing-list]"),
            lists.get(id) ?? [],
            () => {
              const line = document.createElement("li");
              line.dir = "auto";
              return line;
            },
            (line, one) => setText(line, board.person.get(one)?.name ?? ""),
          );
        },
      );
    },
  };
}

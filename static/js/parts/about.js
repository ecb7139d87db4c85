/** "We are talking about this": the card or question the room looks at, on top of every board; at the desk, to be taken down again. */

import { find, paint } from "../paint.js";
import { t } from "../words.js";
import { writer } from "./cardfields.js";
import { presses } from "./press.js";

/** @typedef {import("../store.js").Meeting} Meeting */

/** So many pixels below are the rounding of a size, not words. */
const NEXT_TO_NOTHING = 4;

/** @param {import("../main.js").Ctx} ctx */
export function about({ board, root, asker }) {
  const strip = find(root, "[data-about]");
  const words = find(strip, '[data-text="words"]');
  board.addEventListener("change", draw);
  words.addEventListener("scroll", fade, { passive: true });
  new ResizeObserver(fade).observe(words);
  strip.querySelector("[data-take-down]")?.addEventListener("click", down);
  draw();

  function draw() {
    const what = board.meeting?.about;
    const said =
      what?.kind === "card"
        ? card(what.id)
        : what?.kind === "meeting"
          ? rules()
          : what
            ? round(what.id)
            : null;
    strip.hidden = said === null;
    // Hidden words are no words: this page may have lost the right to hold them.
    paint(strip, said ?? { words: "", who: "" });
    if (said) fade();
  }

  function down() {
    const meeting = /** @type {Meeting} */ (board.meeting);
    presses(asker)(takeDown(meeting), { said: t("No longer shown large."), back: showAgain(meeting) });
  }

  /** Whoever looks sees that there is more to read. */
  function fade() {
    const below = words.scrollHeight - words.clientHeight - words.scrollTop;
    words.toggleAttribute("data-more", below > NEXT_TO_NOTHING);
  }

  /** @param {string} id */
  function card(id) {
    const card = board.card.get(id);
    return card ? { words: card.text, who: writer(card, board) } : null;
  }

  /** The ground rules, a line each. */
  function rules() {
    const meeting = board.meeting;
    const words = (meeting?.template.ground_rules ?? []).join("\n");
    return words ? { words, who: meeting?.rules_agreed ? t("We agreed these.") : "" } : null;
  }

  /** @param {string} id */
  function round(id) {
    const scale = board.scale.get(board.round.get(id)?.scale ?? "");
    return scale ? { words: scale.title, who: scale.about ?? "" } : null;
  }
}

/** What takes down what is shown large: nothing is talked about for longer than its part of the meeting. @param {Meeting} meeting */
export function takeDown({ about }) {
  return about ? [{ ask: "about.show", about: null }] : [];
}

/** What shows it again. @param {Meeting} meeting */
export function showAgain({ about }) {
  return about ? [{ ask: "about.show", about }] : [];
}

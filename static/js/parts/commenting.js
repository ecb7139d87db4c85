/**
 * Where comments are open: a switch at the head of each column; in the settings those for worries and next steps, and one for the whole
 * meeting. That of one card or step is in its menu, that of one worry beside it.
 */

import { all, find, paint, setAttr } from "../paint.js";
import { t } from "../words.js";
import { touches } from "./touches.js";

/** @param {import("./desk.js").Desk} desk */
export function start({ root, board, press }) {
  const settings = find(document, "[data-comments-all]");
  const heads = [...all(root, "[data-comments-in]"), ...all(settings, "[data-comments-in]")];
  for (const head of heads) head.addEventListener("click", () => set(head.dataset.commentsIn ?? ""));
  for (const more of all(root, "[data-column-more]")) more.addEventListener("click", () => unfold(more));
  find(settings, "[data-comments-open]").addEventListener("click", () => everywhere("comment.open"));
  find(settings, "[data-comments-close]").addEventListener("click", () => everywhere("comment.close"));
  return draw;

  /** @param {import("./desk.js").Touched} touched */
  function draw(touched) {
    if (!touches(touched, "commenting", "meeting")) return;
    const where = open();
    const on = board.meeting?.state === "open";
    for (const head of heads) {
      const place = head.dataset.commentsIn ?? "";
      head.hidden = !on;
      paint(head, { words: switchWords(place, where.includes(place)) });
    }
    const most = heads.length;
    paint(settings, {
      talk: where.length
        ? said(where)
        : t("Nobody can comment, but where you opened it for one card, worry or step."),
      mayOpen: on && where.length < most,
      mayClose: on,
    });
  }

  /** @param {HTMLElement} more */
  function unfold(more) {
    const menu = find(/** @type {HTMLElement} */ (more.parentElement), "[data-column-menu]");
    menu.hidden = !menu.hidden;
    setAttr(more, "aria-expanded", String(!menu.hidden));
  }

  /** @param {string} place @param {boolean} is */
  function switchWords(place, is) {
    if (place === "sets")
      return is ? t("Close comments under worries and goals") : t("Open comments under worries and goals");
    if (place === "steps")
      return is ? t("Close comments under next steps") : t("Open comments under next steps");
    return is ? t("Close comments") : t("Open comments");
  }

  /** Where comments are open. */
  function open() {
    return [...board.commenting.values()].flatMap((one) => one.where ?? []);
  }

  /** @param {string[]} where */
  function said(where) {
    if (where.length === heads.length)
      return t("Comments are open everywhere, but never under a child’s own words.");
    return t("Comments are open in: {columns}.", { columns: where.map(title).join(", ") });
  }

  /** @param {string} column */
  function title(column) {
    if (column === "sets") return t("Worries and goals");
    if (column === "steps") return t("Next steps");
    return board.meeting?.template.columns.find((/** @type {any} */ one) => one.id === column)?.title ?? "";
  }

  /** @param {string} column */
  function set(column) {
    const shut = open().includes(column);
    const [ask, back] = shut ? ["comment.close", "comment.open"] : ["comment.open", "comment.close"];
    const words = shut
      ? t("Comments are closed in {column}.", { column: title(column) })
      : t("Comments are open in {column}.", { column: title(column) });
    return press({ ask, where: column }, { said: words, back: [{ ask: back, where: column }] });
  }

  /** @param {string} ask */
  function everywhere(ask) {
    const was = open();
    const opens = ask === "comment.open";
    const others = heads
      .map((head) => head.dataset.commentsIn ?? "")
      .filter((place) => was.includes(place) === opens)
      .map((where) => ({ ask, where }));
    const wish = opens ? { ask, all: true } : { ask };
    const inverse = opens ? { ask: "comment.close" } : { ask: "comment.open", all: true };
    const words = opens ? t("Comments are open everywhere.") : t("Comments are closed everywhere.");
    return press(wish, { said: words, back: [inverse, ...others] });
  }
}

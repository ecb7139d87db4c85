/** Where comments are open: a switch at the head of each column, and one for the whole meeting in the settings. That of one card is in its menu. */

import { all, find, paint, setAttr } from "../paint.js";
import { t } from "../words.js";
import { touches } from "./desk.js";

/** @typedef {import("../store.js").Column} Column */

/** @param {import("./desk.js").Desk} desk */
export function start({ root, board, press }) {
  const heads = all(root, "[data-comments-in]");
  const settings = find(document, "[data-comments-all]");
  for (const head of heads)
    head.addEventListener("click", () => set(/** @type {Column} */ (head.dataset.commentsIn)));
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
      const is = where.includes(head.dataset.commentsIn ?? "");
      head.hidden = !on;
      paint(head, { words: is ? t("Close comments") : t("Open comments") });
    }
    const most = heads.length;
    paint(settings, {
      talk: where.length ? said(where) : t("Nobody can comment, but under cards where you opened it."),
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

  /** The columns where comments are open. */
  function open() {
    return [...board.commenting.values()].flatMap((one) => one.where ?? []);
  }

  /** @param {string[]} where */
  function said(where) {
    if (where.length === heads.length)
      return t("Comments are open under all cards, but never under a child’s own words.");
    return t("Comments are open in: {columns}.", { columns: where.map(title).join(", ") });
  }

  /** @param {string} column */
  function title(column) {
    return board.meeting?.template.columns.find((/** @type {any} */ one) => one.id === column)?.title ?? "";
  }

  /** @param {Column} column */
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
    const back = [
      { ask: ask === "comment.open" ? "comment.close" : "comment.open" },
      ...heads
        .map((head) => head.dataset.commentsIn ?? "")
        .filter((column) => was.includes(column) === (ask === "comment.open"))
        .map((where) => ({ ask, where })),
    ];
    const words =
      ask === "comment.open" ? t("Comments are open under all cards.") : t("Comments are closed everywhere.");
    return press({ ask }, { said: words, back });
  }
}

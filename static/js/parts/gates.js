/** The switch on the head of each column: whether everyone can add there. Closing never touches what people are writing. */

import { all, find, keyed, paint, stamp } from "../paint.js";
import { t } from "../words.js";
import { touches } from "./desk.js";

/** @typedef {import("../store.js").Column} Column */

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { board, press } = desk;
  find(desk.root, "[data-gates-all]").addEventListener("click", () =>
    closed().length ? openAll() : closeAll(),
  );
  for (const head of /** @type {NodeListOf<HTMLElement>} */ (desk.root.querySelectorAll("[data-gate]"))) {
    const column = /** @type {Column} */ (head.dataset.gate);
    keyed(head, [column], () => stamp("desk-gate"));
    head.addEventListener("click", (event) => {
      const to = event.target instanceof Element ? event.target.closest("[data-gate-to]") : null;
      if (to) set(column, to.getAttribute("data-gate-to") === "closed");
    });
  }
  level(desk.root);
  return draw;

  /** @param {import("./desk.js").Touched} touched */
  function draw(touched) {
    if (!touches(touched, "meeting")) return;
    for (const head of /** @type {NodeListOf<HTMLElement>} */ (desk.root.querySelectorAll("[data-gate]"))) {
      const shut = closed().includes(/** @type {Column} */ (head.dataset.gate));
      const label = t("Who can add to {column}", { column: title(head.dataset.gate ?? "") });
      paint(head, { label, open: String(!shut), closed: String(shut) });
    }
    const gates = closed().length ? t("Open adding for all") : t("Close adding for all");
    paint(find(desk.root, "[data-rail]"), { gates: board.meeting?.state === "open" ? gates : "" });
  }

  function closed() {
    return board.meeting?.closed ?? [];
  }

  /** @param {string} column */
  function title(column) {
    return board.meeting?.template.columns.find((/** @type {any} */ one) => one.id === column)?.title ?? "";
  }

  /** @param {Column} column @param {boolean} shut */
  function set(column, shut) {
    if (closed().includes(column) === shut) return;
    const [ask, back] = shut ? ["column.close", "column.open"] : ["column.open", "column.close"];
    const said = shut
      ? t("Adding to {column} is closed.", { column: title(column) })
      : t("Everyone can add to {column}.", { column: title(column) });
    return press({ ask, column }, { said, back: [{ ask: back, column }] });
  }

  function closeAll() {
    return press({ ask: "column.close" }, { said: t("Adding is closed."), back: [{ ask: "column.open" }] });
  }

  function openAll() {
    const back = closed().map((column) => ({ ask: "column.close", column }));
    return press({ ask: "column.open" }, { said: t("Everyone can add everywhere."), back });
  }
}

/** The switches stand in one row, however many lines a question takes. @param {HTMLElement} root */
function level(root) {
  const columns = find(root, "[data-columns]");
  const questions = all(columns, "[data-question]");
  const watch = new ResizeObserver(() => {
    const high = Math.max(...questions.map((one) => one.getBoundingClientRect().height));
    columns.style.setProperty("--question", `${high}px`);
  });
  for (const one of questions) watch.observe(one);
}

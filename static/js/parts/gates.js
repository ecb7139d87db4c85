/** The switch on the head of each column: who can add there now. Closing never touches what people are writing. */

import { all, find, keyed, paint, stamp } from "../paint.js";
import { t } from "../words.js";
import { touches } from "./touches.js";

/** @typedef {import("../store.js").Column} Column @typedef {"open" | "first" | "closed"} Gate */

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
      if (to) set(column, /** @type {Gate} */ (to.getAttribute("data-gate-to")));
    });
  }
  level(desk.root);
  return draw;

  /** @param {import("./desk.js").Touched} touched */
  function draw(touched) {
    if (!touches(touched, "meeting")) return;
    for (const head of /** @type {NodeListOf<HTMLElement>} */ (desk.root.querySelectorAll("[data-gate]"))) {
      const gate = gateOf(/** @type {Column} */ (head.dataset.gate));
      const label = t("Who can add to {column}", { column: title(head.dataset.gate ?? "") });
      const pressed = (/** @type {Gate} */ one) => String(one === gate);
      paint(head, { label, open: pressed("open"), first: pressed("first"), closed: pressed("closed") });
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

  /** @param {Column} column @returns {Gate} */
  function gateOf(column) {
    if (closed().includes(column)) return "closed";
    return board.meeting?.family_first?.includes(column) ? "first" : "open";
  }

  /** @param {Column} column @param {Gate} gate */
  function set(column, gate) {
    const was = gateOf(column);
    if (was === gate) return;
    const said = {
      open: t("Everyone can add to {column}.", { column: title(column) }),
      first: t("The family go first in {column}. Cards of agencies wait.", { column: title(column) }),
      closed: t("Adding to {column} is closed.", { column: title(column) }),
    };
    return press(wish(column, gate), { said: said[gate], back: [wish(column, was)] });
  }

  /** What sets a gate. @param {Column} column @param {Gate} gate */
  function wish(column, gate) {
    if (gate === "closed") return { ask: "column.close", column };
    // Who was first before adding was closed stays first when it is opened again.
    if (gate === "open" && !board.meeting?.family_first?.includes(column))
      return { ask: "column.open", column };
    return { ask: "column.first", column, on: gate === "first" };
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
  // With what is said in another language.
  const questions = all(columns, "[data-question]").map((one) => one.parentElement ?? one);
  const watch = new ResizeObserver(() => {
    const high = Math.max(...questions.map((one) => one.getBoundingClientRect().height));
    columns.style.setProperty("--question", `${high}px`);
  });
  for (const one of questions) watch.observe(one);
}

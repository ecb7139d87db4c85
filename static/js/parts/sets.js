/**
 * The worries and goals in words: one at a time, chosen by its tab. Writing one is setwrite.js; what stands beside it, setbeside.js.
 */

import { newId } from "../device.js";
import { find, keyed, paint, setAttr, stamp } from "../paint.js";
import { t } from "../words.js";
import { turned, turnWord } from "./commented.js";
import { lookBack } from "./phases.js";
import { pollOf } from "./polls.js";
import { presses } from "./press.js";
import { current } from "./rounds.js";
import { beside, cardChoice } from "./setbeside.js";
import { discard, erase } from "./setdeeds.js";
import { drawReads, mayWrite, setLookedAt, setsOf, stateOf, titleOf } from "./setwords.js";
import { writing } from "./setwrite.js";
import { shownView, showView, whenViewShown } from "./showing.js";

/** @typedef {import("./setwords.js").Set_} Set_ */

/** Roles that begin worries and put them up. */
const STARTS = ["facilitator", "scribe", "family", "agency"];
const KINDS = [
  "card",
  "set",
  "earlier",
  "differ",
  "poll",
  "answer",
  "person",
  "meeting",
  "scale",
  "round",
  "unclear",
  "writing",
];

/** @param {import("../main.js").Ctx} ctx */
export function start(ctx) {
  const { board, root, asker } = ctx;
  const view = find(root, "[data-sets]");
  const body = find(view, "[data-set-body]");
  const tabs = find(view, "[data-sets-tabs]");
  const press = presses(asker);
  /** What draws each set that was looked at. @type {Map<string, (() => void)[]>} */
  const drawn = new Map();
  let chosen = "";
  let stale = false;
  /** The cards that can be chosen from here. */
  let known = new Set();
  tabs.addEventListener("click", (event) => {
    const id = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-key]"))
      ?.dataset.key;
    if (id) show(id);
  });
  document.addEventListener("signboard:set", (event) => {
    const { detail: id } = /** @type {CustomEvent<string>} */ (event);
    showView("sets");
    lookBack();
    show(id);
    /** @type {HTMLElement | null} */ (tabs.querySelector(`[data-key="${CSS.escape(id)}"]`))?.focus();
  });
  for (const button of view.querySelectorAll("[data-set-start]"))
    button.addEventListener("click", () => void begin(button.getAttribute("data-set-start") === "card"));
  board.addEventListener("change", (event) => {
    const { all, touched } = /** @type {CustomEvent} */ (event).detail;
    const kinds = KINDS.filter((kind) => all || touched.has(kind));
    // A new card changes nothing here that somebody who looks at the columns could see. Words that were changed or are gone leave at once.
    const fresh = [...(touched.get("card") ?? [])].every((id) => !known.has(id));
    if (kinds.join() === "card" && fresh && shownView() !== "sets") stale = true;
    else if (kinds.length) draw();
  });
  whenViewShown((shown) => shown === "sets" && stale && draw());
  new MutationObserver(draw).observe(ctx.body, { attributeFilter: ["data-shared"] });
  draw();

  /** A draft of one's own is for no screen that others can see. */
  function inSight() {
    const shared = ctx.body.dataset.shared === "yes";
    return setsOf(board).filter((one) => !shared || one.state !== "draft" || one.everyone);
  }

  /** @param {string} id */
  function show(id) {
    chosen = id;
    draw();
  }

  function draw() {
    stale = false;
    known = new Set(board.card.keys());
    if (!board.meeting) return;
    const sets = inSight();
    if (!sets.some((one) => one.id === chosen)) chosen = setLookedAt(board)?.id ?? sets[0]?.id ?? "";
    tabs.hidden = sets.length < 1;
    keyed(
      tabs,
      sets.map((one) => one.id),
      () => tab(),
      (el, id) => {
        const set = /** @type {Set_} */ (board.set.get(id));
        const asked = [...board.unclear.values()].some((one) => one.on?.id === id);
        const state = stateOf(board, set);
        paint(el, { name: titleOf(set), state: asked ? t("{state}. Someone asks you.", { state }) : state });
        setAttr(el, "aria-current", id === chosen ? "true" : null);
      },
    );
    paint(view, { none: !sets.length, mayStart: board.meeting.state === "open" });
    const from = /** @type {HTMLSelectElement | null} */ (view.querySelector("[data-set-from]"));
    if (from) cardChoice(from, board);
    keyed(body, chosen ? [chosen] : [], make, (el) => drawSet(el));
    for (const id of drawn.keys()) if (id !== chosen) drawn.delete(id);
  }

  function tab() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sets__tab";
    for (const name of ["name", "state"]) {
      const span = document.createElement("span");
      span.dataset.text = name;
      span.className = `sets__${name}`;
      if (name === "name") span.dir = "auto";
      button.append(span);
    }
    return button;
  }

  /** @param {string} id */
  function make(id) {
    const el = stamp("set");
    el.dataset.key = id;
    const now = () => /** @type {Set_ | undefined} */ (board.set.get(id));
    drawn.set(id, [writing(ctx, el, now), beside(ctx, press, el, now)]);
    el.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement | null} */ (
        /** @type {Element} */ (event.target).closest("button")
      );
      const set = now();
      if (button && set) void act(button.dataset, set, el);
    });
    // Who begins has words to write, and nothing yet to read.
    if (now()?.state === "draft") el.dataset.writing = el.dataset.draft = "yes";
    return el;
  }

  /** @param {HTMLElement} el */
  function drawSet(el) {
    const set = /** @type {Set_} */ (board.set.get(el.dataset.key ?? ""));
    const open = board.meeting?.state === "open";
    const scale = board.scale.get(set.scale);
    const up = open && set.state === "board";
    const large = board.meeting?.about?.kind === "set" && board.meeting.about.id === set.id;
    const family = ["family", "child"].includes(board.you.role);
    drawReads(find(el, '[data-reads="worry"]'), set.reads.worry);
    drawReads(find(el, '[data-reads="goal"]'), set.reads.goal);
    // Once up it is there to be read; but nothing goes away under someone who is just typing.
    if (
      el.dataset.draft &&
      set.state !== "draft" &&
      !(document.activeElement instanceof HTMLTextAreaElement)
    ) {
      delete el.dataset.draft;
      delete el.dataset.writing;
    }
    const writes = mayWrite(board, set);
    const held = Boolean(set.drafter || (set.writes && board.you.role === "facilitator"));
    paint(el, {
      title: titleOf(set),
      state: stateOf(board, set),
      family: set.texts?.family ?? "",
      typed: set.typed,
      tenPlace: `scale/${set.scale}/ten`,
      zeroPlace: `scale/${set.scale}/zero`,
      ten: scale?.ten ?? "",
      zero: scale?.zero ?? "",
      note: noteOf(set),
      mayThrow: open && set.state === "draft" && held,
      mayPut: open && set.state === "draft" && held && STARTS.includes(board.you.role),
      mayWrite: writes,
      writing: "writing" in el.dataset ? "true" : "false",
      writeWord: "writing" in el.dataset ? t("Only read") : t("Write"),
      mayType: writes || (family && open && set.state !== "closed"),
      isOut: set.state !== "draft",
      isUp: up,
      mayErase: set.state !== "draft",
      isClosed: open && set.state === "closed" && !set.replaced_by,
      largeWord: large ? t("No longer show large") : t("Show large"),
      commentWord: up ? turnWord({ kind: "set", id: set.id }, board) : "",
      mayRate: up && current(board)?.state !== "open",
    });
    setAttr(find(el, "[data-setagree]"), "data-setagree", set.state === "draft" ? "" : set.id);
    for (const redraw of drawn.get(set.id) ?? []) redraw();
  }

  /** @param {Set_} set */
  function noteOf(set) {
    if (set.state === "draft" && set.everyone)
      return t("A draft that everyone writes together. It is not on the wall.");
    if (set.state === "draft") return t("Only those who write it see this draft.");
    if (pollOf(board, set.id)?.state === "open")
      return t("People are being asked about these words. They stay as they are until that is over.");
    const next = /** @type {Set_ | undefined} */ (board.set.get(set.replaced_by ?? ""));
    if (next) return t("This worry has changed: it goes on in {title}.", { title: titleOf(next) });
    const before = /** @type {Set_ | undefined} */ (board.set.get(set.instead_of ?? ""));
    return before ? t("This was {title} before.", { title: titleOf(before) }) : "";
  }

  /** @param {DOMStringMap} pressed @param {Set_} set @param {HTMLElement} el */
  async function act(pressed, set, el) {
    const { id } = set;
    if ("setWrite" in pressed) {
      if ("writing" in el.dataset) delete el.dataset.writing;
      else el.dataset.writing = "yes";
      draw();
    } else if ("setUp" in pressed) {
      await press({ ask: "set.put-up", set: id }, { said: t("It is on the board. Everyone can read it.") });
    } else if ("setDiscard" in pressed) {
      await discard(press, id);
    } else if ("setErase" in pressed) {
      await erase(press, board, id);
    } else if ("setLarge" in pressed) {
      const was = board.meeting?.about ?? null;
      const about = was?.kind === "set" && was.id === id ? null : { kind: "set", id };
      const said = about ? t("Shown large to everyone.") : t("No longer shown large.");
      await press({ ask: "about.show", about }, { said, back: [{ ask: "about.show", about: was }] });
    } else if ("setComments" in pressed) {
      const { wish, said, back } = turned({ kind: "set", id }, board);
      await press(wish, { said, back });
    } else if ("setClose" in pressed) {
      await press(
        { ask: "set.close", set: id },
        { said: t("This worry is closed."), back: [{ ask: "set.reopen", set: id }] },
      );
    } else if ("setReopen" in pressed) {
      await press(
        { ask: "set.reopen", set: id },
        { said: t("It is open again."), back: [{ ask: "set.close", set: id }] },
      );
    } else if ("setReplace" in pressed) {
      const fresh = newId();
      if (await press({ ask: "set.replace", set: id, id: fresh, scale: newId() })) show(fresh);
    } else if ("setRate" in pressed) {
      rate(set.scale);
    }
  }

  /** @param {boolean} fromCard */
  async function begin(fromCard) {
    const from = /** @type {HTMLSelectElement} */ (find(view, "[data-set-from]"));
    if (fromCard && !from.value) return from.focus();
    const id = newId();
    const card = fromCard ? { card: from.value } : {};
    if (await press({ ask: "set.start", id, scale: newId(), ...card })) show(id);
  }

  /** Hand over to the drawer, with this scale chosen. @param {string} scale */
  function rate(scale) {
    const toggle = find(document, "[data-drawer-toggle]");
    if (toggle.getAttribute("aria-expanded") !== "true") toggle.click();
    const which = /** @type {HTMLSelectElement} */ (find(document, '[data-drawer-part="ask"] [data-scale]'));
    which.value = scale;
    which.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

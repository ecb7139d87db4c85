/** How a worry is seen differently, under it: each view with what its writer, or whoever runs the meeting, may do with it. */

import { Refusal } from "../ask.js";
import { draft, keepDraft } from "../draft.js";
import { all, announce, find, keyed, paint, stamp } from "../paint.js";
import { t } from "../words.js";
import { runs } from "./cards.js";
import { differDeeds } from "./differdeeds.js";
import { grow, tooLong } from "./field.js";
import { viewsOf } from "./setwords.js";

/** @typedef {import("./setwords.js").Set_} Set_ @typedef {import("./setwords.js").View} View */

/** @param {import("../main.js").Ctx} ctx @param {import("./press.js").Press} press @param {HTMLElement} el @param {() => Set_ | undefined} now */
export function differs({ board, ask }, press, el, now) {
  const list = find(el, "[data-differs]");
  const deeds = differDeeds(press);
  list.addEventListener("click", pressed);
  list.addEventListener("submit", (event) => {
    event.preventDefault();
    void save(itemOf(event));
  });
  list.addEventListener("input", (event) => {
    const field = /** @type {HTMLTextAreaElement} */ (event.target);
    keepDraft(draftName(itemOf(event)), field.value);
    say(itemOf(event), "");
  });
  return draw;

  function draw() {
    const set = now();
    if (!set) return;
    const views = new Map(seen(set).map((one) => [one.id, one]));
    const open = board.meeting?.state === "open";
    const desk = board.you.role === "facilitator";
    keyed(
      list,
      views.keys(),
      (id) => make(id),
      (item, id) => {
        const one = /** @type {View} */ (views.get(id));
        const own = open && one.mine;
        // Beside a closed worry a view stays as it was said; it can still be taken back.
        const changes = own && set.state !== "closed";
        const away = Boolean(board.differ.get(id)?.aside);
        paint(item, {
          text: one.text,
          place: one.answer ? `answer/${id}/words` : `differ/${id}/text`,
          about: one.typed && one.name ? t("{name}, typed for them", { name: one.name }) : one.name,
          mark: away ? t("Set aside: only you and {name} can see it.", { name: runs(board) }) : "",
          changes,
          asides: desk && open && !one.answer,
          act: own ? t("Take back") : desk && !one.answer ? t("Remove for good") : "",
        });
        // What was being changed survives a reload; what may be changed no longer closes.
        if (changes && draft(draftName(item))) turn(item, true);
        if (!changes) turn(item, false);
      },
    );
  }

  /** The views beside it, and after them one's own that was set aside. The desk has those in its panel. @param {Set_} set @returns {View[]} */
  function seen(set) {
    const away = [...board.differ.values()].filter((one) => one.set === set.id && one.aside && one.mine);
    return [
      ...viewsOf(board, set.id),
      ...(board.you.role === "facilitator" ? [] : away).map(({ id, text, typed }) => ({
        ...{ id, text, name: "", typed: Boolean(typed), mine: true, answer: false },
      })),
    ];
  }

  /** @param {string} id */
  function make(id) {
    const item = stamp("set-view");
    item.dataset.key = id;
    grow(/** @type {HTMLTextAreaElement} */ (find(item, "textarea")));
    return item;
  }

  /** @param {Event} event */
  function pressed(event) {
    const button = /** @type {HTMLElement | null} */ (
      /** @type {Element} */ (event.target).closest("button")
    );
    const one = board.differ.get(itemOf(event)?.dataset.key ?? "");
    if (!button || !one) return;
    const item = itemOf(event);
    if ("viewChange" in button.dataset) begin(item, one);
    else if ("viewLeave" in button.dataset) leave(item);
    else if ("viewAside" in button.dataset) void deeds.aside(one);
    else if ("act" in button.dataset) void deeds.away(one);
  }

  /** @param {HTMLElement} item @param {import("../store.js").Differ} one */
  function begin(item, one) {
    keepDraft(draftName(item), one.text);
    keepDraft(`${draftName(item)}.was`, String(one.version));
    turn(item, true);
    find(item, "textarea").focus();
  }

  /** @param {HTMLElement} item */
  function leave(item) {
    letGo(item);
    turn(item, false);
    find(item, "[data-view-change]").focus();
  }

  /** Show or hide the field with the words that are being changed. @param {HTMLElement} item @param {boolean} on */
  function turn(item, on) {
    const form = find(item, "form");
    if (form.hidden === !on) return;
    form.hidden = !on;
    for (const button of all(item, "[data-view-deeds]")) button.hidden = on;
    const field = /** @type {HTMLTextAreaElement} */ (find(item, "textarea"));
    field.value = on ? draft(draftName(item)) : "";
    field.dispatchEvent(new Event("input"));
    say(item, "");
  }

  /** @param {HTMLElement} item */
  async function save(item) {
    const field = /** @type {HTMLTextAreaElement} */ (find(item, "textarea"));
    const text = field.value;
    const wrong = text.trim() ? tooLong(text) : t("There is nothing written yet.");
    if (wrong) {
      say(item, wrong);
      return field.focus();
    }
    const id = item.dataset.key ?? "";
    try {
      await ask("differ.edit", { differ: id, text, was: Number(draft(`${draftName(item)}.was`)) });
      leave(item);
      announce(t("Saved"));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.code !== "set-stale") return say(item, t(refusal.why));
      // Both texts stand there now, and saving again means this one.
      keepDraft(`${draftName(item)}.was`, String(board.differ.get(id)?.version ?? 0));
      say(item, t("These words were changed meanwhile: they stand above. Save again to put yours there."));
    }
  }

  /** @param {HTMLElement} item */
  function letGo(item) {
    keepDraft(draftName(item), "");
    keepDraft(`${draftName(item)}.was`, "");
  }

  /** @param {HTMLElement} item @param {string} words */
  function say(item, words) {
    paint(item, { wrong: words });
  }

  /** @param {HTMLElement} item */
  function draftName(item) {
    return `view.${item.dataset.key}`;
  }

  /** @param {Event} event */
  function itemOf(event) {
    return /** @type {HTMLElement} */ (/** @type {Element} */ (event.target).closest("[data-key]"));
  }
}

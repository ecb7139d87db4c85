/** A child's words brought by somebody else: whether the child agreed is asked before there is a box to write in, and "no" has none. */

import { draft, keepDraft } from "../draft.js";
import { all, find, setText } from "../paint.js";
import { t } from "../words.js";

/** @typedef {import("../store.js").Voice} Voice */
/**
 * `told()` is the voice as filled in, null where the writer speaks for themself, or a sentence on what is missing and where.
 * @typedef {{told: () => Voice | null | {missing: string, at: HTMLElement}, done: () => void, readonly open: boolean}} VoiceBox
 */

const FIELDS = ["whose", "how", "when", "brought"];

/** @param {HTMLElement} form the composer @param {{name: () => string}} me @returns {VoiceBox} */
export function voice(form, me) {
  const box = /** @type {HTMLElement | null} */ (form.querySelector("[data-voice]"));
  if (!box) return { told: () => null, done: () => {}, open: false };
  const always = box.dataset.always === "yes";
  const opener = /** @type {HTMLElement | null} */ (form.querySelector("[data-voice-open]"));
  const fields = find(box, "[data-voice-fields]");
  const agreed = /** @type {HTMLInputElement[]} */ (all(box, '[type="radio"]'));
  const name = `voice.${form.dataset.composer}`;
  const field = (/** @type {string} */ what) =>
    /** @type {HTMLInputElement | HTMLSelectElement} */ (find(box, `[data-voice-${what}]`));
  const answer = () => agreed.find((one) => one.checked)?.value ?? "";
  let open = always;

  function draw() {
    fields.hidden = !open;
    opener?.setAttribute("aria-expanded", String(open));
    const yes = answer() === "yes" || answer() === "parts";
    find(box ?? form, "[data-voice-more]").hidden = !yes;
    find(form, "[data-words-box]").hidden = open && !yes;
    const no = find(box ?? form, "[data-voice-no-text]").textContent ?? "";
    setText(find(box ?? form, "[data-voice-no]"), open && answer() === "no" ? no : "");
    if (open && !field("brought").value) field("brought").value = me.name();
  }

  function remember() {
    const kept = Object.fromEntries(FIELDS.map((what) => [what, field(what).value]));
    keepDraft(name, open ? JSON.stringify({ ...kept, agreed: answer() }) : "");
  }

  function restore() {
    try {
      const kept = JSON.parse(draft(name) || "null");
      if (!kept) return;
      open = true;
      for (const what of FIELDS) if (kept[what]) field(what).value = kept[what];
      for (const one of agreed) one.checked = one.value === kept.agreed;
    } catch {
      keepDraft(name, "");
    }
  }

  opener?.addEventListener("click", () => {
    open = !open;
    for (const one of agreed) one.checked = false;
    draw();
    remember();
    if (open) agreed[0]?.focus();
  });
  box.addEventListener("input", () => {
    draw();
    remember();
  });
  restore();
  draw();

  return {
    get open() {
      return open;
    },
    told() {
      if (!open) return null;
      const said = answer();
      if (said !== "yes" && said !== "parts")
        return { missing: t("Please say whether the child is happy to share these words."), at: agreed[0] };
      const whose = field("whose").value;
      if (!whose.trim()) return { missing: t("Please say whose words they are."), at: field("whose") };
      const [when, brought] = [field("when").value, field("brought").value];
      const how = field("how").value;
      return {
        whose,
        agreed: said,
        how,
        ...(when.trim() ? { when } : {}),
        ...(brought.trim() ? { brought_by: brought } : {}),
      };
    },
    done() {
      // Agreement is asked for each card anew.
      for (const one of agreed) one.checked = false;
      open = always;
      draw();
      remember();
    },
  };
}

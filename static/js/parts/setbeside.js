/** What stands beside a set: saying how you see it differently, the cards it comes from, earlier wordings, and who writes it with you. */

import { newId } from "../device.js";
import { tie } from "../draft.js";
import { find, keyed, paint, setAttr, stamp } from "../paint.js";
import { t, tn } from "../words.js";
import { refill } from "./choice.js";
import { differs } from "./differs.js";
import { grow } from "./field.js";
import { removeEarlier } from "./setdeeds.js";
import { label, mayWrite, WRITING_ROLES } from "./setwords.js";
import { chip } from "./setwrite.js";

/** @typedef {import("./setwords.js").Set_} Set_ */

/** For whom each role may type a different view, as the server has it. @type {Record<string, (role: string) => boolean>} */
const TYPES_FOR = {
  facilitator: (role) => !["facilitator", "scribe"].includes(role),
  scribe: (role) => role !== "scribe",
  supporter: (role) => role === "family",
  advocate: (role) => role === "child",
};

/** @param {import("../main.js").Ctx} ctx @param {import("./press.js").Press} press @param {HTMLElement} el @param {() => Set_ | undefined} now */
export function beside(ctx, press, el, now) {
  const { board } = ctx;
  const form = /** @type {HTMLFormElement | null} */ (el.querySelector("[data-differ-form]"));
  if (form) {
    const field = /** @type {HTMLTextAreaElement} */ (find(form, "[data-differ-text]"));
    tie(field, `differ.${el.dataset.key}`);
    grow(field);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void add(form, field);
    });
  }
  find(el, "[data-link]").addEventListener("click", () => {
    const which = /** @type {HTMLSelectElement} */ (find(el, "[data-link-card]"));
    const set = now();
    if (set && which.value) void press({ ask: "set.link", set: set.id, card: which.value });
  });
  const drawViews = differs(ctx, press, el, now);
  find(el, "[data-evidence]").addEventListener("click", (event) => {
    const card = keyAt(event);
    const set = now();
    if (card && set) void press({ ask: "set.unlink", set: set.id, card });
  });
  find(el, "[data-earlier]").addEventListener("click", (event) => {
    const earlier = keyAt(event);
    if (earlier) void removeEarlier(press, earlier);
  });
  find(el, "[data-writers]").addEventListener("click", (event) => {
    const key = keyAt(event);
    const set = now();
    if (!key || !set) return;
    if (key === "everyone") {
      const everyone = !set.everyone;
      void press({ ask: "set.writers", set: set.id, people: others(set), everyone });
      return;
    }
    const people = others(set).includes(key)
      ? others(set).filter((one) => one !== key)
      : [...others(set), key];
    void press({ ask: "set.writers", set: set.id, people, everyone: Boolean(set.everyone) });
  });
  return draw;

  function draw() {
    const set = now();
    if (!set) return;
    drawViews();
    const writes = mayWrite(board, set);
    const cards = (set.cards ?? []).filter((id) => board.card.has(id));
    keyed(
      find(el, "[data-evidence]"),
      cards,
      () => stamp("set-quote"),
      (item, id) =>
        paint(item, {
          text: board.card.get(id)?.text ?? "",
          place: `card/${id}/text`,
          about: "",
          act: writes ? t("Take this card off") : "",
        }),
    );
    const runs = board.you.role === "facilitator";
    const earlier = [...board.earlier.values()].filter((one) => one.set === set.id).reverse();
    keyed(
      find(el, "[data-earlier]"),
      earlier.map((one) => one.id),
      () => stamp("set-quote"),
      (item, id) => {
        const one = /** @type {any} */ (board.earlier.get(id));
        paint(item, {
          text: one.text.replaceAll("\n", ", "),
          about: label(one.part, set),
          act: runs ? t("Take away") : "",
        });
      },
    );
    paint(el, {
      hasCards: cards.length > 0,
      hasEarlier: earlier.length > 0,
      earlierWord: tn("Earlier wordings ({n})", "Earlier wordings ({n})", earlier.length),
    });
    cardChoice(/** @type {HTMLSelectElement} */ (find(el, "[data-link-card]")), board, cards);
    choice();
    writers(set);
  }

  /** For whom a view is typed: scribe, supporter and advocate have none of their own here. */
  function choice() {
    const which = /** @type {HTMLSelectElement | null} */ (el.querySelector("[data-differ-for]"));
    if (!which) return;
    const fits = TYPES_FOR[board.you.role] ?? (() => false);
    const people = [...board.person.values()].filter((one) => fits(one.role) && one.id !== board.you.id);
    const first = board.you.role === "facilitator" ? t("My own") : t("Choose a name");
    refill(which, [{ value: "", text: first }, ...people.map((one) => ({ value: one.id, text: one.name }))]);
  }

  /** @param {Set_} set */
  function writers(set) {
    const mayName =
      set.state !== "closed" && Boolean(set.drafter || (set.writes && board.you.role === "facilitator"));
    paint(el, { mayName: mayName && board.meeting?.state === "open" });
    if (!mayName) return;
    const people = [...board.person.values()].filter(
      (one) =>
        one.id !== board.you.id &&
        one.state === "here" &&
        (one.how ?? "device") === "device" &&
        WRITING_ROLES.includes(one.role),
    );
    keyed(find(el, "[data-writers]"), ["everyone", ...people.map((one) => one.id)], chip, (button, id) => {
      button.textContent = id === "everyone" ? t("Everyone") : (board.person.get(id)?.name ?? "");
      setAttr(
        button,
        "aria-pressed",
        String(id === "everyone" ? Boolean(set.everyone) : others(set).includes(id)),
      );
    });
  }

  /** Those who write it besides whoever began it. @param {Set_} set */
  function others(set) {
    return set.drafter
      ? (set.writers ?? []).filter((id) => id !== board.you.id)
      : (set.writers ?? []).slice(1);
  }

  /** @param {HTMLFormElement} form @param {HTMLTextAreaElement} field */
  async function add(form, field) {
    const set = now();
    const for_ = /** @type {HTMLSelectElement | null} */ (form.querySelector("[data-differ-for]"))?.value;
    if (!set || !field.value.trim()) return;
    const wish = {
      ask: "set.differ",
      id: newId(),
      set: set.id,
      text: field.value,
      ...(for_ ? { for: for_ } : {}),
    };
    if (!(await press(wish))) return;
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** How much of a card stands in a list, in characters. */
const BEGINNING = 80;

/** Cards everyone sees, to choose from. @param {HTMLSelectElement} which @param {import("../store.js").Board} board @param {string[]} [but] */
export function cardChoice(which, board, but = []) {
  const cards = [...board.card.values()].filter(
    (one) => !(one.aside || one.kept || one.tray || but.includes(one.id)),
  );
  refill(which, [
    { value: "", text: t("Choose a card") },
    ...cards.map((one) => ({ value: one.id, text: one.text.slice(0, BEGINNING) })),
  ]);
}

/** @param {Event} event */
function keyAt(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (!target.closest("button")) return "";
  return /** @type {HTMLElement | null} */ (target.closest("[data-key]"))?.dataset.key ?? "";
}

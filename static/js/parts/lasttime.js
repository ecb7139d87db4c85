/** Numbers of last time, typed in at the desk. It draws them nowhere but in its own list. */

import { newId } from "../ask.js";
import { find, keyed, paint, setText, stamp } from "../paint.js";
import { t } from "../words.js";
import { childrenOf, roundTitle } from "./rounds.js";
import { named } from "./sheets.js";
import { touches } from "./touches.js";

/** @typedef {import("../store.js").Past} Past */

/** @param {import("./desk.js").Desk} desk */
export function start({ board, press }) {
  const over = named("lasttime", { opened: () => draw() });
  const form = /** @type {HTMLFormElement} */ (find(over.el, "[data-lasttime]"));
  const [about, whose, value] = ["[data-past-scale]", "[data-past-person]", "[data-past-value]"].map(
    (name) => /** @type {HTMLSelectElement} */ (find(form, name)),
  );
  const [when, other] = ["[data-past-when]", "[data-past-other]"].map(
    (name) => /** @type {HTMLInputElement} */ (find(form, name)),
  );
  const wrong = find(form, "[data-wrong]");
  const list = find(over.el, "[data-past-list]");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!whose.value) return say(t("Choose whose number it is."), whose);
    if (!value.value) return say(t("Choose a number first."), value);
    say("");
    const [scale, child = ""] = about.value.split("/");
    const differs = other.checked ? { ten: "…", zero: "…" } : {};
    const wish = {
      ask: "scale.past",
      id: newId(),
      scale,
      person: whose.value,
      value: Number(value.value),
      when: when.value.trim(),
      ...(child ? { child } : {}),
      ...differs,
    };
    if (await press(wish)) whose.value = value.value = "";
  });
  list.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest("[data-past-away]") : null;
    const one = board.past.get(target?.closest("li")?.dataset.key ?? "");
    if (one)
      press({
        ask: "scale.past",
        id: one.id,
        scale: one.scale,
        person: one.person,
        value: null,
        child: one.child ?? "",
      });
  });
  return (/** @type {import("../store.js").Touched} */ touched) => {
    if (over.isOpen && touches(touched, "past", "person", "scale", "set")) draw();
  };

  /** @param {string} words @param {HTMLElement} [field] */
  function say(words, field) {
    setText(wrong, words);
    wrong.hidden = !words;
    field?.focus();
  }

  function draw() {
    const scales = [...board.scale.values()].filter((one) => board.set.get(one.set ?? "")?.state !== "draft");
    const [first] = scales;
    const children = first ? childrenOf(board) : [];
    const rows = [
      ...scales.map((one) => ({ key: one.id, title: one.title })),
      ...children.map((child) => ({
        key: `${first.id}/${child}`,
        title: roundTitle(board, { scale: first.id, child }),
      })),
    ];
    fill(
      about,
      rows.map((row) => new Option(row.title, row.key)),
      [],
    );
    const people = [...board.person.values()].filter((one) => one.state !== "waiting");
    people.sort((one, two) => one.name.localeCompare(two.name));
    fill(
      whose,
      people.map((one) => new Option(one.name, one.id)),
      [whose.options[0]],
    );
    const known = new Map([...board.past.values()].map((one) => [one.id, one]));
    keyed(
      list,
      known.keys(),
      () => stamp("lasttime-one"),
      (el, id) => paint(el, { said: saidOf(/** @type {Past} */ (known.get(id))) }),
    );
  }

  /** @param {HTMLSelectElement} field @param {HTMLOptionElement[]} options @param {HTMLOptionElement[]} before */
  function fill(field, options, before) {
    const kept = field.value;
    field.replaceChildren(...before, ...options);
    if ([...field.options].some((one) => one.value === kept)) field.value = kept;
  }

  /** @param {Past} one */
  function saidOf(one) {
    const name = board.person.get(one.person)?.name ?? "";
    const said = t("{name}: {n}", { name, n: one.value });
    return [roundTitle(board, one), said, one.when].filter(Boolean).join(" · ");
  }
}

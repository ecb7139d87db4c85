/** Putting people on the list who have no device here, or are not here yet. For facilitator and scribe; who is on it is shown elsewhere. */

import { newId } from "../ask.js";
import { find, notice, setText, sheet } from "../paint.js";
import { t } from "../words.js";

/** @param {import("../main.js").Ctx} ctx @param {(person: string, opener: Element | null) => void} added told once somebody is on the list, and what opened it */
export function start({ ask, root }, added) {
  const el = find(document, '[data-sheet="expect"]');
  const form = /** @type {HTMLFormElement} */ (find(el, "[data-expect]"));
  const said = find(form, "[data-expect-said]");
  const name = /** @type {HTMLInputElement} */ (find(form, "[data-expect-name]"));
  const role = /** @type {HTMLSelectElement} */ (find(form, "[data-expect-role]"));
  const agency = /** @type {HTMLSelectElement} */ (find(form, "[data-expect-agency]"));
  const how = /** @type {HTMLSelectElement} */ (find(form, "[data-expect-how]"));
  const list = sheet(el, { closed: () => setText(said, "") });
  /** @type {Element | null} */
  let opener = null;
  root.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-expect-open]") : null;
    if (!button) return;
    opener = button;
    list.open();
  });
  role.addEventListener("change", works);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await add();
  });

  function works() {
    find(form, "[data-expect-agency-field]").hidden = role.value !== "agency";
  }

  async function add() {
    const typed = name.value;
    if (!typed.trim()) return name.focus();
    const id = newId();
    const service = role.value === "agency" ? agency.value : "";
    name.value = "";
    try {
      await ask("person.expect", { id, name: typed, role: role.value, agency: service, how: how.value });
    } catch (refusal) {
      name.value ||= typed;
      return notice(t(/** @type {import("../ask.js").Refusal} */ (refusal).why));
    }
    added(id, opener);
    // Once the sheet is closed, no name may be left in it: others may see this screen.
    if (!list.isOpen) return;
    setText(said, t("{name} is on the list.", { name: typed }));
    name.focus();
  }
}

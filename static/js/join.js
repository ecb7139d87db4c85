/**
 * Coming in, one question at a time within one page and one history entry. Without this script the same form works as a
 * whole. Answers are kept in this tab until the door is reached.
 */

import { recall as read, keep as write } from "./device.js";

const KEPT = "sb.join";
const TOLD = "sb.told";
const HELPING = "helping";

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-join]"));
const wrongBox = find("[data-wrong]");
const name = /** @type {HTMLInputElement} */ (find("#name"));
const agency = /** @type {HTMLSelectElement} */ (find("#agency"));
const helping = /** @type {HTMLInputElement} */ (find("#helping"));
const steps = new Map(all("[data-step]").map((step) => [step.dataset.step ?? "", step]));
let now = "before";
let sending = false;

arrange();
restore();
show(wrongBox.hidden ? now : "told", false);

for (const button of all("[data-next]")) button.addEventListener("click", goOn);
for (const button of all("[data-back]")) button.addEventListener("click", () => show(beside(-1)));
form.addEventListener("input", remember);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (now === "told") void send();
  else goOn();
});

/** The rows that only make sense one question at a time, in place of those of the plain form. */
function arrange() {
  for (const el of all("[data-plain]")) el.remove();
  for (const id of ["helping-row", "as-rows"]) {
    const rows = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
    rows.before(rows.content);
  }
  for (const el of all("[data-scripted], [data-next], [data-back]")) el.hidden = false;
  const told = /** @type {HTMLDetailsElement} */ (find("[data-told]"));
  told.open = read(TOLD) !== "yes";
}

function goOn() {
  if (complete()) show(beside(1));
}

/** The step before or after this one, of those that concern this person. @param {number} by */
function beside(by) {
  const role = chosen("role");
  const more = role === "agency" ? ["service"] : role === HELPING ? [HELPING] : [];
  const order = ["before", "name", "here", ...more, "told"];
  return order[Math.min(order.length - 1, Math.max(0, order.indexOf(now) + by))];
}

/** @param {string} step @param {boolean} [moved] */
function show(step, moved = true) {
  now = steps.has(step) ? step : "before";
  for (const [id, el] of steps) el.hidden = id !== now;
  find("[data-agency-told]").hidden = chosen("role") !== "agency";
  if (now === "told") write(TOLD, "yes");
  if (!moved) return;
  wrongBox.hidden = true;
  remember();
  window.scrollTo(0, 0);
  /** @type {HTMLElement | null | undefined} */ (steps.get(now)?.querySelector(".step__title"))?.focus({
    preventScroll: true,
  });
}

/** Whether this step is answered; if not, it says what is missing. */
function complete() {
  const { noName = "", noRole = "" } = form.dataset;
  if (now === "name") return told("name", name.value.trim() ? "" : noName, name);
  if (now === "here") return told("role", chosen("role") ? "" : noRole);
  if (now === HELPING) return told("as", chosen("as") ? "" : noRole);
  return true;
}

/** @param {string} field @param {string} words @param {HTMLElement} [input] */
function told(field, words, input) {
  const box = find(`#${field}-wrong`);
  box.textContent = words;
  box.hidden = !words;
  if (words) input?.setAttribute("aria-invalid", "true");
  else input?.removeAttribute("aria-invalid");
  if (words) input?.focus();
  return !words;
}

async function send() {
  if (sending) return;
  sending = true;
  const role = chosen("role");
  const asked = {
    name: name.value,
    role: role === HELPING ? chosen("as") : role,
    agency: role === "agency" ? agency.value : "",
    helping: role === HELPING ? helping.value : "",
  };
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(asked),
    });
    if (answer.redirected && answer.ok) {
      write(KEPT, "");
      return location.replace(answer.url);
    }
    complain((await answer.json()).why);
  } catch {
    complain(form.dataset.noConnection ?? "");
  } finally {
    sending = false;
  }
}

/** @param {string} words */
function complain(words) {
  wrongBox.textContent = words;
  wrongBox.hidden = false;
  wrongBox.scrollIntoView({ block: "nearest" });
}

function remember() {
  const answers = { step: now, role: chosen("role"), as: chosen("as"), name: name.value };
  write(
    KEPT,
    JSON.stringify({ ...answers, page: location.pathname, agency: agency.value, helping: helping.value }),
  );
}

function restore() {
  /** @type {Record<string, string>} */
  let kept = {};
  try {
    kept = JSON.parse(read(KEPT) ?? "{}");
  } catch {
    // Not ours, or broken: the questions are asked again.
  }
  if (kept.page !== location.pathname) return;
  name.value ||= kept.name ?? "";
  agency.value ||= kept.agency ?? "";
  helping.value ||= kept.helping ?? "";
  for (const field of /** @type {HTMLInputElement[]} */ (all("input[type=radio]"))) {
    if (field.value === kept[field.name]) field.checked = true;
  }
  now = kept.step ?? now;
}

/** The value chosen in a row of radio buttons, or "". @param {string} field */
function chosen(field) {
  return String(new FormData(form).get(field) ?? "");
}

/** @param {string} selector @returns {HTMLElement} */
function find(selector) {
  return /** @type {HTMLElement} */ (form.querySelector(selector));
}

/** @param {string} selector @returns {HTMLElement[]} */
function all(selector) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(selector))];
}

/**
 * Quick exit: covers the page, hangs up, wipes this tab and goes to a plain site. It needs nothing else of ours and works
 * when everything else failed to load. It promises nothing about the browser's history or what others have seen.
 */

const PRESSES = 3;
const PRESS_WITHIN_MS = 5_000;
const TOUCH = "(pointer: coarse)";
const WRITES =
  "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit])";

const root = document.documentElement;
const { exit: away = "/leave", room = "", page = "" } = document.body.dataset;
const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-exit-link]")]);
const button = links[links.length - 1];
let left = false;

/** Leave now. Nothing may come before the cover, and nothing may keep the last line from being reached. */
export function leave() {
  left = true;
  cover();
  for (const step of [hangUp, wipe, signOut]) {
    try {
      step();
    } catch {
      // Whatever it was, going away matters more.
    }
  }
  location.replace(away);
}

/** Forget what this tab and this device keep of the meeting, and all that is on the page. */
export function wipe() {
  for (const name of /** @type {const} */ (["sessionStorage", "localStorage"])) {
    try {
      window[name].clear();
    } catch {
      // A browser that refuses storage has kept nothing.
    }
  }
  for (const form of document.forms) form.reset();
  for (const field of document.querySelectorAll("input, textarea")) field.removeAttribute("value");
  delete document.body.dataset.seal;
  document.body.replaceChildren();
  // biome-ignore lint/suspicious/noDocumentCookie: the language chosen here; the newer way is missing on an old phone
  document.cookie = "sb-lang=; Path=/; Max-Age=0";
}

function cover() {
  root.classList.add("leaving");
  // What a browser writes while a page loads.
  document.title = new URL(away, location.href).hostname;
  // Should the style sheet be missing, the page is still gone in this frame.
  document.body.hidden = true;
}

function hangUp() {
  window.dispatchEvent(new CustomEvent("signboard:exit"));
}

function signOut() {
  navigator.sendBeacon(room ? `/m/${room}/exit` : "/leave");
}

/* The button, and its twin for those who listen to the page. */

for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
}

/* Shift, three times, by itself. */

let presses = 0;
let alone = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let late;
const said = document.createElement("div");

if (button) {
  said.className = "unseen";
  said.setAttribute("role", "status");
  document.body.append(said);
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("keyup", released, true);
  // Shift held while something is clicked marks text; it is not a call for help.
  document.addEventListener("pointerdown", () => {
    alone = false;
  });
  window.addEventListener("blur", cancel);
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey && !typing(event)) {
    if (!event.repeat) alone = true;
    return;
  }
  alone = false;
  cancel();
}

/** @param {KeyboardEvent} event */
function released(event) {
  if (event.key !== "Shift" || !alone) return;
  alone = false;
  clearTimeout(late);
  presses += 1;
  show(presses === 1 ? button?.dataset.pressed : button?.dataset.pressedTwice);
  if (presses >= PRESSES) return leave();
  late = setTimeout(() => cancel(button?.dataset.tooLate), PRESS_WITHIN_MS);
}

/** An on-screen keyboard sends Shift whenever a capital is wanted. @param {KeyboardEvent} event */
function typing(event) {
  return (
    matchMedia(TOUCH).matches && event.target instanceof Element && event.target.closest(WRITES) !== null
  );
}

/** @param {unknown} [words] */
function cancel(words) {
  clearTimeout(late);
  if (!presses) return;
  presses = 0;
  show(typeof words === "string" ? words : "");
}

/** @param {string | undefined} words */
function show(words) {
  said.textContent = words ?? "";
  if (presses) button?.setAttribute("data-count", String(presses));
  else button?.removeAttribute("data-count");
}

/* A page that the browser keeps in memory must not come back as it was. */

window.addEventListener("pagehide", (event) => {
  if (event.persisted && page === "board" && button) cover();
});

window.addEventListener("pageshow", (event) => {
  if (!event.persisted || !button) return;
  if (left || page === "board") location.replace("/");
  else if (room) location.reload();
});

/* Some phones push the page up under their keyboard: the bar comes along, so that the button stays in sight. */

const view = window.visualViewport;

function follow() {
  if (view && view.scale <= 1.01) root.style.setProperty("--pushed", `${Math.max(0, view.offsetTop)}px`);
}

view?.addEventListener("resize", follow);
view?.addEventListener("scroll", follow);

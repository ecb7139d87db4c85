/** Sheets over the page. They never cover Quick exit, and what lies under them can neither be pressed nor reached by keyboard. */

/** @typedef {{open: () => void, close: () => void, readonly isOpen: boolean, el: HTMLElement}} Sheet */

const ASLEEP = "[inert], [data-asleep]";

/** Phones from before 2022 do not know `inert`: there the same is done by hand, see `rest`. */
const knowsInert = () => "inert" in HTMLElement.prototype;

/**
 * A sheet over the board. The top bar with Quick exit stays free and alive: everything else is `inert` meanwhile.
 * `[data-close]` in it closes it; so does Escape, unless it is `firm`.
 * @param {HTMLElement} el @param {{firm?: boolean, opened?: () => void, closed?: () => void}} [options] @returns {Sheet}
 */
export function sheet(el, options = {}) {
  /** @type {Element | null} */
  let back = null;
  const made = {
    el,
    get isOpen() {
      return !el.hidden;
    },
    open() {
      if (!el.hidden) return;
      back = document.activeElement;
      el.hidden = false;
      hush();
      options.opened?.();
      enter(el);
      el.scrollTop = 0;
    },
    close() {
      if (el.hidden) return;
      el.hidden = true;
      hush();
      options.closed?.();
      focusAgain(back);
    },
  };
  if (!knowsInert()) document.addEventListener("focusin", stay);
  el.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-close]")) made.close();
  });
  if (!options.firm) {
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && made.isOpen && !event.defaultPrevented && topSheet() === el) {
        event.preventDefault();
        made.close();
      }
    });
  }
  return made;
}

/** Give the focus back to what had it, where it still can be reached. @param {Element | null} el */
export function focusAgain(el) {
  if (el instanceof HTMLElement && el.isConnected && !el.closest(ASLEEP)) el.focus({ preventScroll: true });
}

/** @param {HTMLElement} el a sheet */
function enter(el) {
  const first = el.querySelector("[data-first]") ?? el.querySelector("h2") ?? el;
  if (!(first instanceof HTMLElement)) return;
  if (first.tabIndex < 0) first.tabIndex = -1;
  first.focus({ preventScroll: true });
}

function openSheets() {
  return /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-sheet]:not([hidden])")]);
}

function topSheet() {
  return openSheets().slice(-1)[0];
}

/** While a sheet is up, all that is marked `data-under` sleeps, and so do the sheets below it. */
function hush() {
  const open = openSheets();
  for (const el of document.querySelectorAll("[data-under]")) rest(el, open.length > 0);
  for (const el of open) rest(el, el !== topSheet());
  document.body.toggleAttribute("data-sheet-open", open.length > 0);
}

/** @param {Element} el @param {boolean} asleep */
function rest(el, asleep) {
  if (knowsInert()) {
    el.toggleAttribute("inert", asleep);
    return;
  }
  el.toggleAttribute("data-asleep", asleep);
  if (asleep) el.setAttribute("aria-hidden", "true");
  else el.removeAttribute("aria-hidden");
}

/** @param {FocusEvent} event */
function stay({ target }) {
  const over = topSheet();
  if (over && target instanceof Element && target.closest(ASLEEP)) enter(over);
}

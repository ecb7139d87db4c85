/** Painting: fills cloned templates, keeps lists in step without moving focus or scroll. It decides nothing about what is shown. */

export { sheet } from "./sheet.js";
export { announce, notice, undo, unsay } from "./tell.js";

/** @typedef {Record<string, string | number | boolean | null | undefined>} Fields */

/** A fresh copy of a `<template id>`'s first element. @param {string} id @returns {HTMLElement} */
export function stamp(id) {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) throw new Error(`no template ${id}`);
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  return /** @type {HTMLElement} */ (copy.firstElementChild);
}

/** The one element a selector finds; missing is a fault of the page. @param {ParentNode} root @param {string} selector @returns {HTMLElement} */
export function find(root, selector) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`no ${selector}`);
  return found;
}

/** The children of a list that stand for something. A selector would go through all that is in them, too. @param {HTMLElement} container */
export function children(container) {
  const here = /** @type {HTMLElement[]} */ ([...container.children]);
  return here.filter((child) => child.dataset.key !== undefined);
}

/** All elements a selector finds. @param {ParentNode} root @param {string} selector @returns {HTMLElement[]} */
export function all(root, selector) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
}

/**
 * Fill the hooks of `root` and what is in it: `data-text="name"`, `data-attr="aria-label:name title:other"`,
 * `data-hide="name"` (hidden while true), `data-show="name"` (hidden while empty or false). Fields not given stay as they are.
 * @param {HTMLElement} root @param {Fields} fields
 */
export function paint(root, fields) {
  for (const el of [root, ...all(root, "[data-text], [data-attr], [data-hide], [data-show]")]) {
    const { text, attr, hide, show } = el.dataset;
    if (text && text in fields) setText(el, String(fields[text] ?? ""));
    for (const pair of attr?.split(" ") ?? []) {
      const [name, field] = pair.split(":");
      if (field in fields) setAttr(el, name, fields[field]);
    }
    if (hide && hide in fields) el.hidden = Boolean(fields[hide]);
    if (show && show in fields) el.hidden = !fields[show];
  }
}

/** Writing the same text again would lose a selection. @param {Element} el @param {string} text */
export function setText(el, text) {
  if (el.textContent !== text) el.textContent = text;
}

/** @param {Element} el @param {string} name @param {string | number | boolean | null | undefined} value */
export function setAttr(el, name, value) {
  if (value === null || value === undefined || value === false) el.removeAttribute(name);
  else if (el.getAttribute(name) !== String(value === true ? "" : value))
    el.setAttribute(name, String(value === true ? "" : value));
}

/**
 * Keep the children of `container` in step with `ids` (each child has `data-key`); what was painted by the server is taken over.
 * Focus and selection stay where they are.
 * @param {HTMLElement} container @param {Iterable<string>} ids
 * @param {(id: string) => HTMLElement} make @param {(el: HTMLElement, id: string) => void} [update]
 * @returns {string[]} the ids that are new here
 */
export function keyed(container, ids, make, update = () => {}) {
  const wanted = [...ids];
  const keep = new Set(wanted);
  /** @type {Map<string, HTMLElement>} */
  const known = new Map();
  for (const child of children(container)) {
    const key = child.dataset.key ?? "";
    if (keep.has(key) && !known.has(key)) known.set(key, child);
    else takeOut(child);
  }
  const fresh = [];
  let next = firstKeyed(container.firstElementChild);
  for (const id of wanted) {
    let el = known.get(id);
    if (!el) {
      el = make(id);
      el.dataset.key = id;
      container.insertBefore(el, next);
      fresh.push(id);
    } else if (el === next) {
      next = firstKeyed(el.nextElementSibling);
    } else {
      moveBefore(container, el, next);
    }
    update(el, id);
  }
  return fresh;
}

/** @param {Element | null} el */
function firstKeyed(el) {
  let next = el;
  while (next && !(/** @type {HTMLElement} */ (next).dataset.key)) next = next.nextElementSibling;
  return next;
}

/** Remove a child; a focus inside goes to its neighbour, never to the top of the page. @param {HTMLElement} child */
function takeOut(child) {
  if (child.contains(document.activeElement)) {
    const near = /** @type {HTMLElement | null} */ (
      child.nextElementSibling ?? child.previousElementSibling ?? child.parentElement
    );
    if (near && !near.hasAttribute("tabindex")) near.tabIndex = -1;
    near?.focus({ preventScroll: true });
  }
  child.remove();
}

/** @param {HTMLElement} container @param {HTMLElement} el @param {Element | null} before */
function moveBefore(container, el, before) {
  const mover = /** @type {{moveBefore?: (el: Element, before: Element | null) => void}} */ (container);
  if (mover.moveBefore) return mover.moveBefore(el, before);
  const focused = el.contains(document.activeElement)
    ? /** @type {HTMLElement} */ (document.activeElement)
    : null;
  container.insertBefore(el, before);
  focused?.focus({ preventScroll: true });
}

/**
 * Do something to what scrolls without moving what is looked at.
 * @template T @param {HTMLElement} scroller @param {string} anchors selector of what stays @param {() => T} change @returns {T}
 */
export function steady(scroller, anchors, change) {
  const top = scroller.getBoundingClientRect().top;
  const anchor =
    scroller.scrollTop > 0
      ? all(scroller, anchors).find((el) => el.getBoundingClientRect().bottom > top)
      : undefined;
  const before = anchor?.getBoundingClientRect().top ?? 0;
  const result = change();
  if (anchor?.isConnected && scroller.contains(anchor)) {
    const moved = anchor.getBoundingClientRect().top - before;
    if (moved) scroller.scrollTop += moved;
  }
  return result;
}

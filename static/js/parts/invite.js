/** Links made at the desk: for another device of the facilitator's own, for a second facilitator, for a wall. Each is shown once, here. */

import { find, notice, paint, setAttr } from "../paint.js";
import { t } from "../words.js";
import { sure } from "./sure.js";

const SVG = "http://www.w3.org/2000/svg";

/** @param {import("./desk.js").Desk} desk */
export function start(desk) {
  const { body } = desk;
  desk.root.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const maker = target?.closest("[data-maker]");
    if (!(maker instanceof HTMLElement)) return;
    if (target?.closest("[data-make]")) make(maker);
    else if (target?.closest("[data-copy-link]")) copy(maker);
  });
  return draw;

  /** A link opens by itself whoever reads it: it is not left on a screen that others can see. */
  function draw() {
    if (!desk.shared()) return;
    for (const maker of /** @type {NodeListOf<HTMLElement>} */ (desk.root.querySelectorAll("[data-maker]"))) {
      if (maker.dataset.maker !== "wall") clear(maker);
    }
  }

  /** @param {HTMLElement} maker */
  async function make(maker) {
    const kind = maker.dataset.maker ?? "";
    if (desk.shared() && kind !== "wall") {
      notice(t("Others can see this screen, so the link is not shown here."));
      return;
    }
    const name = /** @type {HTMLInputElement | null} */ (maker.querySelector("[data-maker-name]"));
    // Whose row it stands in, where it is for one person.
    const person = maker.closest("li")?.dataset.key ?? "";
    if (person && !(await mayReplace(person))) return;
    const made = await ask(body.dataset.room ?? "", { for: kind, name: name?.value ?? "", person });
    if (!made) return;
    paint(maker, { link: made.link });
    drawSquare(maker, made.qr);
    find(maker, "[data-made]").hidden = false;
    body.dispatchEvent(new CustomEvent("signboard:made", { detail: kind }));
    find(maker, "[data-copy-link]").focus();
  }

  /** A new link signs out the device somebody has. @param {string} id */
  async function mayReplace(id) {
    const person = desk.board.person.get(id);
    if (person?.state !== "here" || person.how) return true;
    return sure({
      title: t("Make a new link for {name}?", { name: person.name }),
      text: t(
        "They are in already. The device they have now is signed out, and waits at the door with the new link.",
      ),
      yes: t("Make a new link"),
      no: t("Leave it"),
    });
  }

  /** @param {HTMLElement} maker */
  async function copy(maker) {
    const link = find(maker, '[data-text="link"]');
    try {
      await navigator.clipboard.writeText(link.textContent ?? "");
      notice(t("Copied."));
    } catch {
      // A plain http address of the house network has no clipboard but the old one.
      getSelection()?.selectAllChildren(link);
      if (document.execCommand("copy")) notice(t("Copied."));
    }
  }
}

/** @param {string} room @param {{for: string, name: string, person: string}} wish @returns {Promise<{link: string, qr: {size: number, path: string}} | null>} */
async function ask(room, wish) {
  try {
    const answer = await fetch(`/m/${room}/links`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(wish),
    });
    const made = await answer.json();
    if (answer.ok) return made;
    notice(made.why ?? t("The link could not be made. Please try again."));
  } catch {
    notice(t("The link could not be made. Please try again."));
  }
  return null;
}

/** @param {HTMLElement} maker @param {{size: number, path: string}} qr */
function drawSquare(maker, { size, path }) {
  const square = /** @type {SVGElement} */ (maker.querySelector("[data-square]"));
  const local = maker.querySelector("[data-local]");
  // No phone can follow a link to this machine alone.
  const near = Boolean(local?.textContent);
  local?.toggleAttribute("hidden", !near);
  square.toggleAttribute("hidden", near);
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  setAttr(square, "viewBox", `0 0 ${size} ${size}`);
  square.replaceChildren(line);
}

/** @param {HTMLElement} maker */
function clear(maker) {
  find(maker, "[data-made]").hidden = true;
  paint(maker, { link: "" });
  maker.querySelector("[data-square]")?.replaceChildren();
}

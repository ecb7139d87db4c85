/**
 * How large and how strong the page is drawn on this device: the "Aa" panel. Kept on the device under one name, which
 * quick exit wipes. A plain script that stands in the head, so that nobody sees the page change its size while it loads.
 */

{
  const NAME = "sb.look";
  const SETTINGS = ["size", "contrast", "theme"];
  const root = document.documentElement;

  /** @returns {Record<string, string>} */
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(NAME) ?? "{}");
      return kept && typeof kept === "object" ? kept : {};
    } catch {
      return {};
    }
  };

  /** @param {Record<string, string>} look */
  const keep = (look) => {
    try {
      localStorage.setItem(NAME, JSON.stringify(look));
    } catch {
      // A browser that keeps nothing still draws this page as asked.
    }
  };

  let look = read();

  const draw = () => {
    for (const name of SETTINGS) {
      if (look[name]) root.setAttribute(`data-${name}`, look[name]);
      else root.removeAttribute(`data-${name}`);
    }
  };

  /** The panel, once it is there. */
  const bind = () => {
    const box = document.querySelector("[data-look]");
    const button = box?.querySelector("[data-look-open]");
    const panel = box?.querySelector("[data-look-panel]");
    if (!(box instanceof HTMLElement && button instanceof HTMLElement && panel instanceof HTMLElement))
      return;

    /** @param {boolean} open */
    const show = (open) => {
      panel.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
    };
    const asked = matchMedia("(prefers-contrast: more)").matches ? "more" : "usual";
    for (const field of panel.querySelectorAll("input")) {
      const name = field.name.replace("look-", "");
      field.checked = field.value === (look[name] ?? (name === "contrast" ? asked : ""));
      field.addEventListener("change", () => {
        look = { ...look, [name]: field.value };
        keep(look);
        draw();
      });
    }
    button.addEventListener("click", () => show(panel.hidden === true));
    document.addEventListener("click", (event) => {
      if (event.target instanceof Node && !box.contains(event.target)) show(false);
    });
    box.addEventListener("focusout", (event) => {
      if (event.relatedTarget instanceof Node && !box.contains(event.relatedTarget)) show(false);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      event.preventDefault();
      show(false);
      button.focus();
    });
    box.hidden = false;
  };

  draw();
  // Chosen in another tab of this device: the same here.
  window.addEventListener("storage", (event) => {
    if (event.key !== NAME) return;
    look = read();
    draw();
  });
  document.addEventListener("DOMContentLoaded", bind);
}

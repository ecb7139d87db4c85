/**
 * Another language for this device: kept in one cookie that holds nothing but its name, for the server paints the pages.
 * Quick exit takes it away.
 */

const box = /** @type {HTMLDetailsElement | null} */ (document.querySelector("[data-languages]"));

/** Have this page, and those after it, in another language. @param {string} code as the server knows it */
export function choose(code) {
  const safe = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the newer way is missing on an old phone and on a plain-http network
  document.cookie = `sb-lang=${code}; Path=/; SameSite=Strict${safe}`;
  location.reload();
}

if (box) {
  for (const button of box.querySelectorAll("[data-language]"))
    button.addEventListener("click", () => choose(button.getAttribute("data-language") ?? ""));
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !box.contains(event.target)) box.open = false;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    event.preventDefault();
    box.open = false;
    box.querySelector("summary")?.focus();
  });
  box.hidden = false;
}

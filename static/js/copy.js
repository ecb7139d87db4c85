/** Buttons that copy a text of the page, also where the browser offers no clipboard, and links that leave no way back here. */

const SAID_MS = 4_000;

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  const text = document.querySelector(`[data-copy-text="${button.dataset.copy}"]`);
  if (!text) continue;
  const usual = button.textContent ?? "";
  button.setAttribute("aria-live", "polite");
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!(await copy(text))) return;
    button.textContent = button.dataset.copied ?? "";
    setTimeout(() => {
      button.textContent = usual;
    }, SAID_MS);
  });
}

// What was private on this page is then not one step back from the meeting.
for (const link of document.querySelectorAll("a[data-instead]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(/** @type {HTMLAnchorElement} */ (link).href);
  });
}

/** Whether it was copied; if not, the text is marked so that a person can. @param {Element} text */
async function copy(text) {
  const words = text.textContent?.trim() ?? "";
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // A plain http address of the house network has no clipboard but the old one.
    getSelection()?.selectAllChildren(text);
    return document.execCommand("copy");
  }
}

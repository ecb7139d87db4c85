/** The page of the record says that a file is being written. Everything on it works without this. */

const taking = document.querySelector("[data-taking]");
const TOLD_MS = 8_000;

// A file that comes is no new page: what was said has to go by itself.
taking?.closest("form")?.addEventListener("submit", () => {
  if (!(taking instanceof HTMLElement)) return;
  taking.hidden = false;
  setTimeout(() => {
    taking.hidden = true;
  }, TOLD_MS);
});

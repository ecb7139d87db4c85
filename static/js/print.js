/** A button that prints the page. Without scripts it is not there, and the browser's own does the same. */

const button = document.querySelector("[data-print]");

if (button instanceof HTMLButtonElement) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

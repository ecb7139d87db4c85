/** Keeps the wall's screen from sleeping where the browser allows it, and takes the pointer out of the picture. Nothing depends on either. */

const POINTER_GOES_AFTER_MS = 3_000;

/** Ask that the screen stays on, and again each time it is looked at: a browser lets go of it when the page is hidden. */
export function stayAwake() {
  const ask = async () => {
    if (document.visibilityState !== "visible") return;
    try {
      await navigator.wakeLock?.request("screen");
    } catch {
      // Not allowed here, or low on battery: then the machine's own settings decide.
    }
  };
  document.addEventListener("visibilitychange", ask);
  void ask();
}

/** Hide the pointer when it has not moved for a while. @param {HTMLElement} root */
export function hidePointer(root) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const moved = () => {
    clearTimeout(timer);
    root.toggleAttribute("data-no-pointer", false);
    timer = setTimeout(() => root.toggleAttribute("data-no-pointer", true), POINTER_GOES_AFTER_MS);
  };
  window.addEventListener("pointermove", moved, { passive: true });
  moved();
}

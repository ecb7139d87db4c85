/** Opened by a link: takes the key from behind the #, out of the address at once, and trades it for this browser's cookie. */

const page = document.body.dataset.page ?? "in";
const words = /** @type {HTMLElement} */ (document.querySelector("[data-words]"));
const again = /** @type {HTMLElement} */ (document.querySelector("[data-again]"));
const key = location.hash.slice(1);

history.replaceState(null, "", location.pathname);
again.addEventListener("click", enter);
// The same tab is given another link: the address changes, the page does not.
window.addEventListener("hashchange", () => location.reload());

if (key) enter();
else if (!("refused" in words.dataset)) refuse(words.dataset.incomplete ?? "");
else show("ends", true);

async function enter() {
  again.hidden = true;
  show("offline", false);
  try {
    const answer = await fetch(`/${page}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ key }),
    });
    const said = await answer.json();
    if (answer.ok) location.replace(where(said));
    else refuse(said.why);
  } catch {
    show("offline", true);
    again.hidden = false;
  }
}

/** @param {{to?: string, room?: string, role?: string}} said */
function where(said) {
  return said.to ?? (said.role === "wall" ? `/m/${said.room}/wall` : `/m/${said.room}`);
}

/** @param {string} why */
function refuse(why) {
  words.textContent = why;
  show("ends", true);
}

/** @param {string} name @param {boolean} shown */
function show(name, shown) {
  document.querySelector(`[data-${name}]`)?.toggleAttribute("hidden", !shown);
}

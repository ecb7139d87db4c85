/** "Check this device": scripts, reaching the server, a live connection, keeping words, staying awake. It keeps nothing. */

const WITHIN_MS = 8_000;
/** No room has so short a name: the server accepts, says so, and hangs up. That it answers is all we want to know. */
const NOWHERE = "/m/check/live?device=checkdevice";
const NO_ROOM = 4404;

const boxes = document.querySelector("[data-checks]");
const fold = boxes?.closest("details");
let ran = false;

for (const words of document.querySelectorAll('[data-copy-text="it"]')) {
  const { hostname, port, protocol } = location;
  const number = port || (protocol === "https:" ? "443" : "80");
  words.textContent = (words.textContent ?? "").replace("…", hostname).replace("443", number);
}

if (!fold) void run();
else {
  fold.hidden = false;
  fold.addEventListener("toggle", () => fold.open && void run());
}

async function run() {
  if (ran) return;
  ran = true;
  show("script", true);
  for (const name of ["reach", "live", "keep", "awake"]) box(name)?.removeAttribute("hidden");
  show("keep", keeps());
  show("awake", "wakeLock" in navigator);
  const found = await Promise.all([reaches(), opens()]);
  show("reach", found[0]);
  show("live", found[1]);
  sum(found.every(Boolean));
}

/** @param {string} name */
function box(name) {
  return boxes?.querySelector(`[data-check="${name}"]`);
}

/** @param {string} name @param {boolean} good */
function show(name, good) {
  const line = box(name);
  line?.setAttribute("data-found", good ? "good" : "bad");
  line?.querySelector("[data-wait]")?.remove();
  line?.querySelector("[data-good]")?.toggleAttribute("hidden", !good);
  line?.querySelector("[data-bad]")?.toggleAttribute("hidden", good);
}

/** @param {boolean} good */
function sum(good) {
  const said = document.querySelector("[data-checks-sum]");
  if (said instanceof HTMLElement) said.textContent = (good ? said.dataset.good : said.dataset.bad) ?? "";
}

async function reaches() {
  try {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), WITHIN_MS);
    return (await fetch("/healthz", { cache: "no-store", signal: stop.signal })).ok;
  } catch {
    return false;
  }
}

/** @returns {Promise<boolean>} */
function opens() {
  return new Promise((resolve) => {
    const late = setTimeout(() => end(false), WITHIN_MS);
    const address = new URL(NOWHERE, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    socket.addEventListener("close", (event) => end(event.code === NO_ROOM));
    /** @param {boolean} good */
    function end(good) {
      clearTimeout(late);
      resolve(good);
      socket.close();
    }
  });
}

function keeps() {
  try {
    sessionStorage.setItem("sb.check", "1");
    sessionStorage.removeItem("sb.check");
    return true;
  } catch {
    return false;
  }
}

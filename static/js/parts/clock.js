/** The server's time at this desk: a laptop whose clock is wrong would otherwise show wrong minutes. */

const AGAIN_MS = 10_000;

/** A clock in ms; `tick` is called every ten seconds and once the difference is known. @param {() => void} tick */
export function clock(tick) {
  let ahead = 0;
  void difference().then((ms) => {
    ahead = ms;
    tick();
  });
  setInterval(tick, AGAIN_MS);
  return () => Date.now() - ahead;
}

/** How far this device's clock is ahead, in ms; under two seconds counts as nothing. */
async function difference() {
  try {
    const asked = Date.now();
    const answer = await fetch("/healthz", { cache: "no-store" });
    const server = Date.parse(answer.headers.get("Date") ?? "");
    const ms = (asked + Date.now()) / 2 - server;
    return Math.abs(ms) > 2_000 ? ms : 0;
  } catch {
    return 0;
  }
}

/** Hours and minutes as they stand on a wall clock here. @param {number} at ms */
export function clockTime(at) {
  return new Date(at).toLocaleTimeString(document.documentElement.lang || "en", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { newPage } from "./page.js";

const KEY = "AAECAwQFBgcICQoLDA0ODw";
const OTHER = "EBESExQVFhcYGRobHB0eHw";
let loads = 0;

/** What a page finds once it is loaded, with this key. */
async function load(key = KEY, room = "") {
  globalThis.window = new EventTarget();
  const vault = await import(`../../static/js/vault.js?load=${++loads}`);
  await vault.unlock(key, room);
  return vault;
}

/** Until what was kept is sealed. */
async function sealed() {
  const until = performance.now() + 500;
  while (performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
}
const inStorage = () =>
  Array.from({ length: sessionStorage.length }, (_, at) =>
    sessionStorage.getItem(sessionStorage.key(at)),
  ).join();

beforeEach(newPage);

test("words outlive a reload, and the tab's storage never holds them readable", async () => {
  const vault = await load();
  assert.ok(vault.lasts());
  vault.keepWords("quiet", "I am afraid of him. هراس");
  await sealed();
  assert.equal(sessionStorage.length, 1);
  assert.doesNotMatch(inStorage(), /afraid/);
  assert.equal((await load()).kept("quiet"), "I am afraid of him. هراس");
});

test("what was kept last stands, however long the sealing of each takes", async () => {
  const vault = await load();
  for (let n = 0; n < 50; n++) vault.keepWords("well", `word ${"x".repeat(997 * (50 - n))} ${n}`);
  await sealed();
  await sealed();
  assert.match((await load()).kept("well"), / 49$/);
  vault.keepWords("well", "one more");
  vault.keepWords("well", "");
  await sealed();
  assert.equal(sessionStorage.length, 0);
});

test("under another session's key nothing opens, and what does not open is let go", async () => {
  const vault = await load();
  vault.keepWords("well", "theirs");
  await sealed();
  sessionStorage.setItem("sb.draft..worried", sessionStorage.getItem("sb.draft..well"));
  const moved = await load();
  assert.deepEqual([moved.kept("well"), moved.kept("worried")], ["theirs", ""]);
  assert.equal((await load(OTHER)).kept("well"), "");
  assert.equal(sessionStorage.length, 0);
});

test("each meeting in a tab keeps its own, and a page without a key lets go of nothing", async () => {
  const vault = await load(KEY, "room1");
  vault.keepWords("well", "one");
  await sealed();
  (await load("", "room1")).kept("well");
  const other = await load(OTHER, "room2");
  other.keepWords("well", "two");
  await sealed();
  assert.equal((await load(KEY, "room1")).kept("well"), "one");
  assert.equal((await load(OTHER, "room2")).kept("well"), "two");
});

test("where there is no room left, words no longer last and the browser asks", async () => {
  const vault = await load();
  sessionStorage.setItem = () => {
    throw new DOMException("", "QuotaExceededError");
  };
  vault.keepWords("well", "words");
  await sealed();
  assert.ok(!vault.lasts());
  assert.equal(vault.kept("well"), "words");
});

test("quick exit leaves nothing, not even what is just being sealed", async () => {
  const vault = await load();
  vault.keepWords("well", "words");
  window.dispatchEvent(new Event("signboard:exit"));
  await sealed();
  assert.equal(sessionStorage.length, 0);
  assert.equal(vault.kept("well"), "");
  // A field that is taken off the page may still want to keep what it held.
  vault.keepWords("well", "words");
  const event = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(event);
  assert.ok(!event.defaultPrevented && !vault.holds());
});

test("without a way to seal, words are in memory alone and the browser asks before a reload", async () => {
  const vault = await load("");
  assert.ok(!vault.lasts());
  const leaves = () => {
    const event = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  assert.ok(!leaves());
  vault.keepWords("well", "words");
  await sealed();
  assert.equal(vault.kept("well"), "words");
  assert.equal(sessionStorage.length, 0);
  assert.ok(leaves());
  window.dispatchEvent(new Event("signboard:exit"));
  assert.ok(!leaves());
});

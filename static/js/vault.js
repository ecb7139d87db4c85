/**
 * Words kept in this tab until they are saved, sealed with a key that comes with the page and that no server gives out once this
 * device's session is over. Where the browser cannot seal, they are kept in memory alone and a reload would lose them.
 */

const PREFIX = "sb.draft.";
const NONCE_BYTES = 12;

/** @type {Map<string, string>} */
const words = new Map();
/** How often each was kept: an older text sealed late must not stand above a newer one. @type {Map<string, number>} */
const times = new Map();
/** @type {CryptoKey | null} */
let key = null;
/** Each meeting has its own in one tab. */
let prefix = PREFIX;
/** Whether the browser had no room left. */
let full = false;
/** Whether quick exit has happened: nothing is kept after it, and nothing may hold it up. */
let over = false;

/**
 * Open what an earlier load of this page kept.
 * @param {string | undefined} secret 16 bytes in base64url, from the page; without, nothing is opened and nothing let go
 * @param {string} [room]
 */
export async function unlock(secret, room = "") {
  prefix = `${PREFIX}${room}.`;
  key = await readKey(secret);
  const names = Array.from({ length: stored()?.length ?? 0 }, (_, at) => stored()?.key(at) ?? "");
  for (const name of key ? names.filter((one) => one.startsWith(prefix)) : []) {
    const text = await open(name, stored()?.getItem(name) ?? "");
    // Sealed for another session: nobody can read it any more.
    if (text === null) stored()?.removeItem(name);
    else words.set(name, text);
  }
  window.addEventListener("signboard:exit", forget);
  window.addEventListener("beforeunload", (event) => {
    if (!over && !lasts() && words.size) event.preventDefault();
  });
}

/** Whether words are still here after a reload. */
export function lasts() {
  return key !== null && !full;
}

/** What is kept under a name, or "". @param {string} name */
export function kept(name) {
  return words.get(prefix + name) ?? "";
}

/** Keep words under a name; "" lets them go. @param {string} name @param {string} text */
export function keepWords(name, text) {
  const place = prefix + name;
  if (over || text === (words.get(place) ?? "")) return;
  const time = (times.get(place) ?? 0) + 1;
  times.set(place, time);
  if (text) words.set(place, text);
  else words.delete(place);
  if (!text) return stored()?.removeItem(place);
  void seal(place, text).then((sealed) => {
    if (!sealed || times.get(place) !== time || !key) return;
    try {
      stored()?.setItem(place, sealed);
      full = false;
    } catch {
      // A browser that has no room left keeps them in memory, and the line says so.
      full = true;
    }
  });
}

/** Whether words are kept here. */
export function holds() {
  return words.size > 0;
}

function forget() {
  over = true;
  words.clear();
  times.clear();
  key = null;
}

/** @returns {Storage | null} */
function stored() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

/** @param {string | undefined} secret @returns {Promise<CryptoKey | null>} */
async function readKey(secret) {
  if (!secret || !globalThis.crypto?.subtle || !stored()) return null;
  return crypto.subtle.importKey("raw", bytes(secret), "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** @param {string} name @param {string} text @returns {Promise<string>} */
async function seal(name, text) {
  if (!key) return "";
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const how = { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(name) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, key, new TextEncoder().encode(text)));
  return base64(new Uint8Array([...nonce, ...sealed]));
}

/** @param {string} name @param {string} sealed @returns {Promise<string | null>} */
async function open(name, sealed) {
  if (!key) return null;
  try {
    const all = bytes(sealed);
    const how = {
      name: "AES-GCM",
      iv: all.subarray(0, NONCE_BYTES),
      additionalData: new TextEncoder().encode(name),
    };
    return new TextDecoder().decode(await crypto.subtle.decrypt(how, key, all.subarray(NONCE_BYTES)));
  } catch {
    return null;
  }
}

/** @param {string} text in base64 or base64url @returns {Uint8Array<ArrayBuffer>} */
function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
}

/** @param {Uint8Array} all */
function base64(all) {
  let text = "";
  for (const one of all) text += String.fromCharCode(one);
  return btoa(text);
}

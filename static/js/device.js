/** Which device this tab is, and new names for things. Random, kept in this tab alone, worth nothing to anybody else. */

const DEVICE = "sb.device";
const REF = "sb.ref";
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const ID_LENGTH = 16;

/** A new random name for a thing: 16 of `[a-z0-9]`. */
export function newId() {
  let id = "";
  while (id.length < ID_LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(ID_LENGTH))) {
      // 252 is the last multiple of 36 in a byte: above it some letters would come more often.
      if (byte < 252 && id.length < ID_LENGTH) id += LETTERS[byte % LETTERS.length];
    }
  }
  return id;
}

/** The name of this tab. A duplicated tab copies it, until the server notices. */
export function device() {
  return recall(DEVICE) ?? newDevice();
}

/** Draw a new name for this tab. */
export function newDevice() {
  const name = newId();
  keep(DEVICE, name);
  return name;
}

/** The next number for something this tab asks. */
export function nextRef() {
  const ref = Number(recall(REF) ?? 0) + 1;
  keep(REF, String(ref));
  return ref;
}

/** @type {Map<string, string>} */
const memory = new Map();

/** What this tab keeps under a name starting `sb.`, or null. @param {string} name */
export function recall(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    // A browser that keeps nothing still has a board; it only forgets on reload.
    return memory.get(name) ?? null;
  }
}

/** Keep something in this tab; an empty text lets it go. Quick exit wipes all of it. @param {string} name @param {string} value */
export function keep(name, value) {
  try {
    if (value) sessionStorage.setItem(name, value);
    else sessionStorage.removeItem(name);
  } catch {
    if (value) memory.set(name, value);
    else memory.delete(name);
  }
}

/** Names that read like another: the same letters to the eye, though not the same signs. It draws nothing. */

/** Signs of other alphabets, and figures, that look like a Latin letter. @type {Record<string, string>} */
const LOOKS = {
  ...pairs("авсеһіјкмнопрѕтухԁԛԝгӏѵ", "abcehijkmhonpstyxdqwrlv"),
  ...pairs("αβεηικμνορτυχγω", "abenikmnoptyxyw"),
  ...pairs("01|!3", "ollle"),
  ...pairs("łøđħıŀ", "lodhil"),
};

/** What is left of a name when all that looks alike is alike. @param {string} name */
export function skeleton(name) {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}|\p{Cf}/gu, "")
    .toLowerCase();
  const letters = [...plain].map((sign) => LOOKS[sign] ?? sign).join("");
  // Capital I and small l, and m written as r and n.
  return letters
    .replaceAll("rn", "m")
    .replaceAll("vv", "w")
    .replaceAll("i", "l")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * Somebody else whose name reads like this one.
 * @template {{id: string, name: string}} P @param {{id: string, name: string}} person @param {Iterable<P>} others @returns {P | undefined}
 */
export function readsLike(person, others) {
  const bare = skeleton(person.name);
  return [...others].find((one) => one.id !== person.id && bare && skeleton(one.name) === bare);
}

/**
 * Everyone whose name reads like somebody else's here, with who that is.
 * @template {{id: string, name: string}} P @param {Iterable<P>} people @returns {Map<string, P>} by id
 */
export function mistakable(people) {
  /** @type {Map<string, P[]>} */
  const byLook = new Map();
  for (const one of people) {
    const bare = skeleton(one.name);
    byLook.set(bare, [...(byLook.get(bare) ?? []), one]);
  }
  /** @type {Map<string, P>} */
  const found = new Map();
  for (const [bare, same] of byLook)
    if (bare && same.length > 1) for (const one of same) found.set(one.id, same[one === same[0] ? 1 : 0]);
  return found;
}

/** @param {string} signs @param {string} letters @returns {Record<string, string>} */
function pairs(signs, letters) {
  const all = [...letters];
  return Object.fromEntries([...signs].map((sign, at) => [sign, all[at]]));
}

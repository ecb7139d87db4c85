/** Finds what services say to each other in what somebody writes. It changes no word and shows nothing: plain.js does. */

/** @typedef {{terms: string[], plain: string, unless?: string[]}} Plain @typedef {{term: string, plain: string}} Found */

/** Short names in capitals count only as they are written: LAC is not lac. */
const SHORT_NAME = /^\p{Lu}{2,}$/u;
const GAP = /[\s-]+/;
const SPECIAL = /[.*+?^${}()|[\]\\/]/g;

/**
 * A finder for a list: what it finds comes in the order of the text, each entry once; where two overlap, the longer one counts.
 * @param {Plain[]} list @returns {(text: string) => Found[]}
 */
export function finder(list) {
  const known = list.flatMap((entry) => entry.terms.map((term) => ({ term, entry, at: whole(term) })));
  const apart = new Map(list.map((entry) => [entry, (entry.unless ?? []).map(whole)]));
  return (text) => {
    /** @type {{from: number, to: number, term: string, entry: Plain}[]} */
    const hits = [];
    for (const { term, entry, at } of known) {
      const ordinary = (apart.get(entry) ?? []).flatMap((one) => spans(one, text));
      for (const { from, to } of spans(at, text)) {
        const said = text.slice(from, to);
        if (keepsCase(term, said) && !ordinary.some((one) => one.from <= from && to <= one.to))
          hits.push({ from, to, term: said, entry });
      }
    }
    hits.sort((one, other) => one.from - other.from || other.to - one.to);
    /** @type {Map<Plain, Found>} */
    const found = new Map();
    let end = 0;
    for (const { from, to, term, entry } of hits) {
      if (from < end) continue;
      end = to;
      if (!found.has(entry)) found.set(entry, { term, plain: entry.plain });
    }
    return [...found.values()];
  };
}

/** A term as whole words, one or many of it; a hyphen is as good as a space. Old phones cannot look behind. @param {string} term */
function whole(term) {
  const words = term.split(GAP).map((word) => word.replace(SPECIAL, "\\$&"));
  const last = words.length - 1;
  const many = !SHORT_NAME.test(words[last]) && /[^s]s$/.test(words[last]);
  words[last] = `${many ? words[last].slice(0, -1) : words[last]}s?`;
  return new RegExp(`(^|[^\\p{L}\\p{N}])(${words.join("[\\s-]+")})(?=[^\\p{L}\\p{N}]|$)`, "giu");
}

/** @param {RegExp} at @param {string} text */
function spans(at, text) {
  return [...text.matchAll(at)].map((hit) => {
    const from = hit.index + hit[1].length;
    return { from, to: from + hit[2].length };
  });
}

/** @param {string} term @param {string} said */
function keepsCase(term, said) {
  const words = said.split(GAP);
  return term
    .split(GAP)
    .every((word, at) => !SHORT_NAME.test(word) || words[at] === word || words[at] === `${word}s`);
}

/** The page's sentences in its reader's language. English stands in the scripts; what has no translation stays English. */

/** @typedef {Record<string, string | Record<string, string>>} Words each sentence's translation, or one for each plural category */
/** @typedef {Record<string, string | number>} Values */

/** @type {Words} */
let known = {};
let rules = new Intl.PluralRules("en");

/** Speak another language from now on. @param {Words} words @param {string} lang a tag such as "cy" or "pt-BR" */
export function speak(words, lang) {
  known = words;
  rules = new Intl.PluralRules(lang);
}

/** A sentence; `{name}` in it stands for the value of that name. @param {string} text @param {Values} [values] */
export function t(text, values = {}) {
  const said = known[text];
  return fill(typeof said === "string" ? said : text, values);
}

/**
 * The sentence that goes with a number, which is `{n}` in it.
 * @param {string} one @param {string} many @param {number} n @param {Values} [values]
 */
export function tn(one, many, n, values = {}) {
  const said = known[one];
  const form = typeof said === "object" ? (said[rules.select(n)] ?? said.other) : undefined;
  return fill(form ?? (n === 1 ? one : many), { n, ...values });
}

/** @param {string} text @param {Values} values */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? String(values[name]) : hole));
}

// The page carries its words itself, so that the first one painted is in the right language.
const carried = globalThis.document?.getElementById?.("words")?.textContent;
if (carried) {
  const { lang, words, forms } = JSON.parse(carried);
  speak({ ...words, ...forms }, lang);
}

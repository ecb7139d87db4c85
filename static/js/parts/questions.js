/** The questions after a reveal, as they are asked about a number. Words only; who asks and where is not known here. */

/** @typedef {{id: string, text: string, column: string}} Question */

const LEAST = 0;
const MOST = 10;

/**
 * The questions that can be asked about `n`, in words; without a number, those that name none.
 * @param {Question[]} questions @param {number | null | undefined} n @returns {Question[]}
 */
export function askedAbout(questions, n) {
  return questions
    .filter(({ text }) => fits(text, n))
    .map((one) => ({ ...one, text: filled(one.text, n ?? LEAST) }));
}

/** There is nothing below 0, nothing above 10, and no number where none was chosen. @param {string} text @param {number | null | undefined} n */
function fits(text, n) {
  if (!/\{(n|lower|higher)\}/.test(text)) return true;
  if (n === null || n === undefined) return false;
  return !(text.includes("{lower}") && n === LEAST) && !(text.includes("{higher}") && n === MOST);
}

/** The words of a question, about this number. @param {string} text @param {number} n */
export function filled(text, n) {
  const numbers = { n, lower: n - 1, higher: n + 1 };
  return text.replace(/\{(n|lower|higher)\}/g, (_, name) => String(numbers[/** @type {"n"} */ (name)]));
}

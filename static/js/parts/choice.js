/** The options of a choice, kept in step with who and what there is. */

/** What is chosen, and how it reads. @typedef {{ value: string, text: string }} Choice */

/** Options anew, but only where they changed: a list that is open must not close. @param {HTMLSelectElement} which @param {Choice[]} choices */
export function refill(which, choices) {
  const { options } = which;
  const same =
    options.length === choices.length &&
    choices.every((one, n) => options[n].value === one.value && options[n].textContent === one.text);
  if (same) return;
  const kept = which.value;
  which.replaceChildren(...choices.map((one) => new Option(one.text, one.value)));
  which.value = choices.some((one) => one.value === kept) ? kept : "";
}

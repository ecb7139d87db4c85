/** The options of a choice, kept in step with who and what there is. */

/** What is chosen, and how it reads. @typedef {{ value: string, text: string }} Choice */

/** Options anew from the first that changed: a list that is open must not close, and long ones cost time. @param {HTMLSelectElement} which @param {Choice[]} choices */
export function refill(which, choices) {
  const { options } = which;
  let same = 0;
  while (same < choices.length && says(options[same], choices[same])) same += 1;
  if (same === choices.length && same === options.length) return;
  const kept = which.value;
  for (const option of [...options].slice(same)) option.remove();
  which.append(...choices.slice(same).map((one) => new Option(one.text, one.value)));
  which.value = choices.some((one) => one.value === kept) ? kept : "";
}

/** @param {HTMLOptionElement | undefined} option @param {Choice} choice */
function says(option, choice) {
  return option?.value === choice.value && option.textContent === choice.text;
}

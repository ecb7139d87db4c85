/** The options of a choice, kept in step with who and what there is. */

/** Options anew, but only where they changed: a list that is open must not close. @param {HTMLSelectElement} which @param {HTMLOptionElement[]} options */
export function refill(which, options) {
  const says = (/** @type {Iterable<HTMLOptionElement>} */ list) =>
    [...list].map((one) => `${one.value}\n${one.text}`).join("\n\n");
  if (says(which.options) === says(options)) return;
  const kept = which.value;
  which.replaceChildren(...options);
  which.value = options.some((one) => one.value === kept) ? kept : "";
}

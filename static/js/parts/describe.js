/** A person in a few words: what they are here as, and for whom. Names and whereabouts are said elsewhere. */

import { t } from "../words.js";

/** "school", "helping Dana", or the meeting's word for the role. @param {import("../store.js").Board} board @param {import("../store.js").Person} person */
export function describe(board, person) {
  const role = board.meeting?.template.roles[person.role] ?? person.role;
  const about = [role];
  if (person.lead) about.push(t("lead worker"));
  if (person.agency) about.push(person.agency);
  if (person.helping) about.push(t("helping: {whom}", { whom: person.helping }));
  return about.join(" · ");
}

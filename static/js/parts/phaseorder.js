/** The phases as this meeting goes through them: in its own order, with those left out marked. It draws nothing. */

/** @typedef {import("../store.js").Meeting} Meeting */
/** @typedef {{id: string, title: string, minutes: number, kind: string, column?: string, skipped: boolean}} Phase */

/** Every phase, in the order of this meeting. @param {Meeting | null | undefined} meeting @returns {Phase[]} */
export function agendaOf(meeting) {
  /** @type {Phase[]} */
  const phases = meeting?.template.phases ?? [];
  const order = meeting?.agenda?.length ? meeting.agenda : phases.map((one) => one.id);
  const known = new Map(phases.map((one) => [one.id, one]));
  return order.flatMap((id) => {
    const phase = known.get(id);
    return phase ? [{ ...phase, skipped: meeting?.skipped?.includes(id) ?? false }] : [];
  });
}

/** The phase that comes next: the first after this one that is not left out. @param {Meeting | null | undefined} meeting */
export function nextOf(meeting) {
  const phases = agendaOf(meeting);
  const at = phases.findIndex((one) => one.id === meeting?.phase);
  return phases.slice(at + 1).find((one) => !one.skipped);
}

/** The phase a meeting opens with: the first that is not left out. @param {Meeting} meeting */
export function firstOf(meeting) {
  const phases = agendaOf(meeting);
  return phases.find((one) => !one.skipped) ?? phases[0];
}

/** What would put a phase one place up or down, among all of them; null where there is no such place. @param {Meeting} meeting @param {string} id @param {-1 | 1} by */
export function stepBy(meeting, id, by) {
  const ids = agendaOf(meeting).map((one) => one.id);
  const at = ids.indexOf(id);
  if (at < 0 || at + by < 0 || at + by >= ids.length) return null;
  return { phase: id, before: by < 0 ? ids[at - 1] : (ids[at + 2] ?? null) };
}

import assert from "node:assert/strict";
import { test } from "node:test";

const { agendaOf, firstOf, nextOf, stepBy } = await import("../../static/js/parts/phaseorder.js");

const PHASES = ["welcome", "well", "worried", "close"].map((id) => ({
  id,
  title: id,
  minutes: 5,
  kind: "open",
}));

function meeting({ agenda = [], skipped = [], phase = "welcome" } = {}) {
  return { id: "m", phase, agenda, skipped, template: { phases: PHASES } };
}

const ids = (phases) => phases.map((one) => one.id);

test("a meeting goes through its phases in its own order, else in that of its template", () => {
  assert.deepEqual(ids(agendaOf(meeting())), ["welcome", "well", "worried", "close"]);
  const turned = meeting({ agenda: ["welcome", "worried", "well", "close"], skipped: ["well"] });
  assert.deepEqual(ids(agendaOf(turned)), ["welcome", "worried", "well", "close"]);
  assert.deepEqual(
    agendaOf(turned).map((one) => one.skipped),
    [false, false, true, false],
  );
  assert.deepEqual(ids(agendaOf(meeting({ agenda: ["well", "unheard of"] }))), ["well"]);
  assert.deepEqual(agendaOf(null), []);
});

test("what is left out is passed over, and after the last comes nothing", () => {
  const left = meeting({ skipped: ["welcome", "well"], phase: "welcome" });
  assert.equal(nextOf(left)?.id, "worried");
  assert.equal(firstOf(left).id, "worried");
  assert.equal(nextOf(meeting({ phase: "close" })), undefined);
  assert.equal(nextOf(meeting({ phase: "worried", skipped: ["close"] })), undefined);
  // With everything left out a meeting opens with its first all the same.
  assert.equal(firstOf(meeting({ skipped: ids(PHASES) })).id, "welcome");
  assert.equal(nextOf(undefined), undefined);
});

test("one place up or down among all of them, and no further than the ends", () => {
  const made = meeting();
  assert.deepEqual(stepBy(made, "worried", -1), { phase: "worried", before: "well" });
  assert.deepEqual(stepBy(made, "well", 1), { phase: "well", before: "close" });
  assert.deepEqual(stepBy(made, "worried", 1), { phase: "worried", before: null });
  assert.equal(stepBy(made, "welcome", -1), null);
  assert.equal(stepBy(made, "close", 1), null);
  assert.equal(stepBy(made, "unheard of", 1), null);
});

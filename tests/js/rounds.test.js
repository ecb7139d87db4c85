import assert from "node:assert/strict";
import { test } from "node:test";
import { Board } from "../../static/js/store.js";
import { newPage, welcome } from "./page.js";

newPage();
const { asksMe, current, howShown, inAgencies, ownRating, past, talkedAbout, wouldAsk, writesFor } =
  await import("../../static/js/parts/rounds.js");

const ROLES = { family: "Family or friend", child: "Child", agency: "Works with the family" };
const PEOPLE = {
  helen: { id: "helen", name: "Helen", role: "facilitator", state: "here" },
  dana: { id: "dana", name: "Dana", role: "family", state: "here" },
  gran: { id: "gran", name: "Maureen", role: "family", state: "expected", how: "phone" },
  kofi: { id: "kofi", name: "Kofi", role: "child", state: "here" },
  sade: { id: "sade", name: "Sade", role: "advocate", state: "here" },
  gone: { id: "gone", name: "Lee", role: "family", state: "refused" },
};

function board(you, round = {}, more = {}) {
  const made = new Board();
  const one = {
    id: "r1",
    scale: "s1",
    state: "open",
    show: "named",
    asked: 2,
    answered: 0,
    opened: 5,
    ...round,
  };
  const scale = { id: "s1", title: "How safe are things?", ten: "Safe", zero: "Not safe", direction: "up" };
  const meeting = { id: "m", template: { roles: ROLES } };
  const put = { person: PEOPLE, round: { r1: one }, scale: { s1: scale }, meeting: { m: meeting }, ...more };
  made.welcome(welcome({ you: { id: you, role: PEOPLE[you].role, mine: [] }, put }));
  return made;
}

test("family, children and agencies are asked, and who runs it only where she answers too", () => {
  const asked = (you, round) => asksMe(board(you, round), board(you, round).round.get("r1"));
  assert.deepEqual(
    ["dana", "kofi", "sade", "helen"].map((you) => asked(you)),
    [true, true, false, false],
  );
  assert.equal(asked("helen", { too: true }), true);
});

test("everyone is told before they choose how their number will be shown", () => {
  const told = (round) => howShown(board("dana", round), board("dana", round).round.get("r1"));
  assert.equal(told({ show: "named" }), "When Helen shows the numbers, yours has your name.");
  assert.equal(
    told({ show: "spread", asked: 5 }),
    "When Helen shows the numbers, there are only marks, no names. 5 people are asked.",
  );
  assert.equal(
    told({ show: "role", groups: { family: 3 } }),
    "When Helen shows the numbers, yours says “Family or friend”. 3 people answer as “Family or friend”. If only one of them gives a number, it says “someone”.",
  );
  assert.equal(
    told({ show: "role", groups: { family: 1, agency: 4 } }),
    "When Helen shows the numbers, yours says “someone”. You are the only one answering as “Family or friend”, so people may guess.",
  );
});

test("an open round comes first, then the one shown large again, then the newest shown", () => {
  const rounds = {
    r1: { id: "r1", scale: "s1", state: "shown", show: "named", asked: 1, answered: 1, opened: 3 },
    r2: { id: "r2", scale: "s1", state: "closed", show: "named", asked: 1, answered: 1, opened: 2 },
    r3: { id: "r3", scale: "s1", state: "cancelled", show: "named", asked: 1, answered: 0, opened: 9 },
  };
  const made = board("dana", {}, { round: rounds });
  assert.equal(current(made).id, "r1");
  made.meeting.about = { kind: "round", id: "r2" };
  assert.equal(talkedAbout(made).id, "r2");
  made.meeting.about = { kind: "round", id: "r3" };
  assert.equal(talkedAbout(made).id, "r1");
  made.meeting.about = { kind: "round", id: "r2" };
  assert.deepEqual(
    past(made).map((one) => one.id),
    ["r2", "r1"],
  );
  made.change({
    is: "change",
    seq: 50,
    put: { round: { r4: { ...rounds.r1, id: "r4", state: "open", opened: 1 } } },
  });
  assert.deepEqual([current(made).id, talkedAbout(made).id], ["r4", "r4"]);
  made.change({
    is: "change",
    seq: 51,
    put: { round: { r4: { ...rounds.r1, id: "r4", state: "closed", opened: 7 } } },
  });
  assert.equal(current(made), undefined);
});

test("numbers are entered only for those for whom one may, without a device first", () => {
  const names = (you, round) =>
    writesFor(board(you, round), board(you, round).round.get("r1")).map((one) => one.name);
  assert.deepEqual(names("helen"), ["Maureen", "Dana", "Kofi"]);
  assert.deepEqual(names("sade"), ["Kofi"]);
  assert.deepEqual(names("dana"), []);
});

test("who would be asked is who is here", () => {
  assert.deepEqual(
    wouldAsk(board("helen"), true).map((one) => one.name),
    ["Helen", "Dana", "Kofi"],
  );
});

test("your own answer is known by your name", () => {
  const rating = {
    a: { id: "a", round: "r1", person: "dana", role: "family", value: 2 },
    b: { id: "b", round: "r1", person: "kofi", role: "child", value: 6 },
  };
  const made = board("dana", { state: "shown" }, { rating });
  assert.equal(ownRating(made, made.round.get("r1")).id, "a");
});

test("colleagues are one voice where agencies count as one", () => {
  const of = (id, agency) => ({ id, role: "agency", agency });
  const people = [PEOPLE.dana, of("jo", "School"), of("owen", " school "), of("tom", "")];
  assert.deepEqual(
    inAgencies(people, true).map((one) => one.id),
    ["dana", "jo", "tom"],
  );
  assert.equal(inAgencies(people, false).length, 4);
});

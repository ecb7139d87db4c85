import assert from "node:assert/strict";
import { test } from "node:test";
import { Board } from "../../static/js/store.js";
import { newPage, welcome } from "./page.js";

newPage();
const { current, howShown, open, pollOf, saidOf, summed, wasReworded } = await import(
  "../../static/js/parts/polls.js"
);
const { rows } = await import("../../static/js/parts/agreedsum.js");

const PEOPLE = {
  helen: { id: "helen", name: "Helen", role: "facilitator", state: "here" },
  dana: { id: "dana", name: "Dana", role: "family", state: "here" },
  kofi: { id: "kofi", name: "Kofi", role: "child", state: "here" },
  tom: { id: "tom", name: "Tom", role: "agency", state: "left" },
};
const SETS = {
  s1: { id: "s1", state: "board", versions: { happened: 2, children: 1 } },
  s2: { id: "s2", state: "board", versions: { happened: 1 } },
};

function board(polls, answers = [], { you = "dana", state = "open" } = {}) {
  const made = new Board();
  const poll = Object.fromEntries(polls.map((one) => [one.id, { asked: 4, answered: 0, ...one }]));
  const answer = Object.fromEntries(answers.map((one) => [one.id, one]));
  const meeting = { id: "m", state, template: { roles: {} } };
  const put = { person: PEOPLE, set: SETS, poll, answer, meeting: { m: meeting } };
  made.welcome(welcome({ you: { id: you, role: PEOPLE[you].role, mine: [] }, put }));
  return made;
}

const OPEN = { id: "p1", set: "s1", state: "open", named: true, opened: 5 };
const SHOWN = { ...OPEN, state: "shown", answered: 3, counts: { agree: 1, differently: 2 } };

test("who has answered one is asked the next, and after the last stays with it", () => {
  const one = board([{ ...OPEN, id: "p2", set: "s2", opened: 9 }, OPEN]);
  assert.equal(current(one, () => false)?.id, "p1");
  assert.equal(current(one, (poll) => poll.id === "p1")?.id, "p2");
  assert.equal(current(one, () => true)?.id, "p2");
  assert.equal(open(board([OPEN], [], { state: "closed" })).length, 0);
});

test("of a set what is asked now comes first, then what was shown last, and what was stopped not at all", () => {
  const earlier = { ...SHOWN, id: "p0", opened: 1 };
  const stopped = { ...OPEN, id: "p9", state: "cancelled", opened: 9 };
  assert.equal(pollOf(board([earlier, SHOWN, stopped]), "s1")?.id, "p1");
  assert.equal(pollOf(board([SHOWN, { ...OPEN, id: "p2", opened: 9 }]), "s1")?.id, "p2");
  assert.equal(pollOf(board([stopped]), "s1"), undefined);
});

test("everyone is told before they answer how it will be shown", () => {
  const told = (poll) => howShown(board([poll]), poll);
  assert.equal(told(OPEN), "When Helen shows the answers, yours has your name.");
  assert.equal(
    told({ ...OPEN, named: false, asked: 4 }),
    "When Helen shows the answers, it is only how many, no names. 4 people are asked.",
  );
});

test("with names it says who, and who was not asked is named as that", () => {
  const made = board(
    [{ ...SHOWN, not_asked: 1, unasked: ["tom"] }],
    [
      { id: "a1", poll: "p1", person: "kofi", role: "child", value: "differently", words: "Not weekly" },
      { id: "a2", poll: "p1", person: "dana", role: "family", value: "differently" },
      { id: "a3", poll: "p1", person: "helen", role: "facilitator", value: "agree", words: "Yes" },
    ],
  );
  const said = rows(summed(made, made.poll.get("p1")));
  assert.deepEqual(
    said.map((row) => `${row.name}: ${row.who}`),
    ["Agree: Helen", "See it differently: Dana, Kofi", "No answer: 1", "Not asked: Tom"],
  );
  assert.deepEqual(
    saidOf(made, "s1").map((one) => [one.value, one.words, one.name]),
    [
      ["differently", "Not weekly", "Kofi"],
      ["agree", "Yes", "Helen"],
    ],
  );
});

test("without names it says how many, and words are nobody's; one's own answer is not counted twice", () => {
  const made = board(
    [{ ...SHOWN, named: false, not_asked: 2 }],
    [
      {
        id: "a1",
        poll: "p1",
        person: "dana",
        value: "differently",
        words: "Not weekly",
        share: true,
        pad: "..",
      },
      { id: "w1", poll: "p1", value: "differently", words: "Not weekly" },
    ],
  );
  assert.deepEqual(
    rows(summed(made, made.poll.get("p1"))).map((row) => `${row.name}: ${row.who}`),
    ["Agree: 1", "See it differently: 2", "No answer: 1", "Not asked: 2"],
  );
  assert.deepEqual(saidOf(made, "s1"), [{ id: "w1", value: "differently", words: "Not weekly", name: "" }]);
});

test("words written since it was asked are told, and so are children named otherwise", () => {
  const made = board([OPEN]);
  assert.equal(wasReworded(made, { ...OPEN, versions: { happened: 2, children: 1 } }), false);
  assert.equal(wasReworded(made, { ...OPEN, versions: { happened: 1, children: 1 } }), true);
  assert.equal(wasReworded(made, { ...OPEN, versions: { happened: 2, children: 1, could: 1 } }), true);
  assert.equal(wasReworded(made, { ...OPEN, versions: { happened: 2, children: 2 } }), true);
  assert.equal(wasReworded(made, { ...OPEN, versions: { happened: 2 } }), true);
});

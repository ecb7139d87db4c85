import assert from "node:assert/strict";
import { test } from "node:test";
import { earlierPlaces } from "../../static/js/parts/earlier.js";
import {
  answeredWords,
  earlierWords,
  gaveWords,
  isEnough,
  lettersOf,
  listWords,
  numbersOf,
  offWords,
  rangeWords,
  sentWords,
} from "../../static/js/parts/numbers.js";

const ROLES = { family: "Family or friend", agency: "Works with the family", child: "Child" };
const people = new Map(
  [
    { id: "dana", name: "Dana", role: "family" },
    { id: "gran", name: "Maureen Bell", role: "family" },
    { id: "kofi", name: "Kofi", role: "child" },
    { id: "priya", name: "Priya Nair", role: "agency" },
  ].map((one) => [one.id, one]),
);

function round(more = {}) {
  return { id: "r1", scale: "s1", state: "shown", show: "named", asked: 4, answered: 4, ...more };
}

function named(person, value, more = {}) {
  const { role } = people.get(person);
  return { id: `of-${person}`, round: "r1", person, role, value, ...more };
}

const all = (given, more) => numbersOf(round(more), given, people, ROLES);

test("who gave which number is known with names, family above and agencies below", () => {
  const { marks, gave, of } = all([named("priya", 4), named("dana", 4), named("gran", 2)]);
  assert.deepEqual(
    marks.map(({ value, name, letters, side, shape }) => [value, name, letters, side, shape]),
    [
      [2, "Maureen Bell", "MB", "above", "circle"],
      [4, "Dana", "Da", "above", "circle"],
      [4, "Priya Nair", "PN", "below", "square"],
    ],
  );
  assert.deepEqual([gave, of], [3, 3]);
});

test("while a round is open there is no number, not even your own", () => {
  const own = named("dana", 7, { pad: "..." });
  assert.deepEqual(all([own], { state: "open" }).marks, []);
  assert.deepEqual(all([own], { state: "cancelled" }).marks, []);
});

test("a missing number is never a zero, and no answer is no number", () => {
  const numbers = all([named("dana", 0), named("gran", "not-sure"), named("kofi", 5)], {
    asked: 6,
    answered: 3,
  });
  assert.deepEqual(
    numbers.marks.map((one) => one.value),
    [0, 5],
  );
  assert.deepEqual([numbers.unsure, numbers.missing], [["Maureen Bell"], 3]);
  assert.equal(offWords(numbers), "Not sure: 1 · No number: 3");
  assert.equal(gaveWords(numbers), "2 of 6 gave a number");
});

test("rather not say is drawn nowhere, also where it is your own", () => {
  const numbers = all([named("dana", "rather-not"), named("kofi", 3), named("gran", 3)], {
    asked: 3,
    answered: 2,
  });
  assert.deepEqual([numbers.marks.length, numbers.of], [2, 3]);
  assert.deepEqual(numbers.unsure, []);
  assert.equal(offWords(numbers), "No number: 1");
});

test("by role the role's word stands where the name would, written as the others are, also that of who is alone", () => {
  const given = [
    { id: "a", round: "r1", role: "family", value: 3 },
    { id: "b", round: "r1", role: "family", value: 6 },
    { id: "c", round: "r1", role: "someone", value: 5 },
    named("dana", 3, { pad: "..." }),
  ];
  const { marks } = all(given, { show: "role" });
  assert.deepEqual(
    marks.map((one) => [one.value, one.name, one.letters, one.shape]),
    [
      [3, "Family or friend", "", "circle"],
      [5, "Someone", "", "diamond"],
      [6, "Family or friend", "", "circle"],
    ],
  );
});

test("marks only: no name, no letters, no side, and your own is not drawn twice", () => {
  const given = [
    { id: "a", round: "r1", value: 1 },
    { id: "b", round: "r1", value: 1 },
    { id: "c", round: "r1", value: 9 },
    named("priya", 9, { pad: "..." }),
  ];
  const numbers = all(given, { show: "spread", asked: 3, answered: 3 });
  assert.deepEqual(
    numbers.marks.map(({ name, letters, side, shape }) => [name, letters, side, shape]),
    Array.from({ length: 3 }, () => ["", "", "above", "circle"]),
  );
  assert.deepEqual(
    listWords(numbers).map((one) => one.said),
    ["9", "1", "1"],
  );
});

test("numbers of another round are of another round", () => {
  assert.equal(
    all([{ ...named("dana", 3), round: "r2" }, named("gran", 4), named("kofi", 4)]).marks.length,
    2,
  );
});

test("from the lowest to the highest, or that all are the same, and never a mean", () => {
  assert.equal(rangeWords(all([named("dana", 2), named("gran", 6), named("kofi", 3)])), "from 2 to 6");
  const same = [named("dana", 4), named("gran", 4)];
  assert.equal(rangeWords(all(same, { asked: 2, answered: 2 })), "Everyone chose 4");
  assert.equal(rangeWords(all(same, { asked: 3, answered: 2 })), "Every number given is 4");
});

test("one number or none says nothing on a line", () => {
  for (const given of [[], [named("dana", 4)], [named("dana", 4), named("gran", "not-sure")]]) {
    const numbers = all(given);
    assert.equal(isEnough(numbers), false);
    assert.equal(rangeWords(numbers), "Not enough numbers to show");
    assert.deepEqual(listWords(numbers), []);
  }
});

test("the line can be read as a list, the highest first, with reasons and who was not sure", () => {
  const given = [named("dana", 2, { reason: "Nights" }), named("gran", 6), named("kofi", "not-sure")];
  assert.deepEqual(
    listWords(all(given)).map((one) => [one.said, one.reason]),
    [
      ["Maureen Bell: 6", ""],
      ["Dana: 2", "Nights"],
      ["Kofi: not sure", ""],
    ],
  );
});

test("how many have answered, for one and for many", () => {
  assert.equal(answeredWords(round({ asked: 9, answered: 7 })), "7 of 9 have answered");
  assert.equal(answeredWords(round({ asked: 9, answered: 1 })), "1 of 9 has answered");
});

test("two letters stand for a name in any script", () => {
  assert.equal(lettersOf("Maureen"), "Ma");
  assert.equal(lettersOf("Sam van der Okafor"), "SO");
  assert.equal(lettersOf("محمد عبد الله"), "ما");
  assert.equal(lettersOf("É"), "É");
  assert.equal(lettersOf(" "), "");
});

const before = (person, value, more = {}) => ({
  id: `past-${person}`,
  scale: "s1",
  person,
  role: people.get(person).role,
  value,
  when: "14 March",
  same: true,
  ...more,
});

test("numbers of last time are told with those of now, a zero too, and nobody gets one who had none", () => {
  const numbers = numbersOf(round(), [named("dana", 6), named("kofi", 3)], people, ROLES, [
    before("dana", 0),
    before("gran", 4),
  ]);
  assert.deepEqual(
    listWords(numbers).map((one) => one.said),
    ["Dana: 6, last time 0", "Kofi: 3", "Maureen Bell: no number now, last time 4"],
  );
  assert.equal(earlierWords(numbers), "Dashed: last time, 14 March");
});

test("where the ends meant something else it is said, and no thread is drawn", () => {
  const numbers = numbersOf(round(), [named("dana", 6), named("kofi", 3)], people, ROLES, [
    before("dana", 2, { same: false }),
    before("kofi", 3),
  ]);
  assert.equal(listWords(numbers)[0].said, "Dana: 6, last time 2, when 10 and 0 meant something else");
  const places = numbers.marks.map(({ id }, n) => ({ kind: "mark", id, x: n, y: 0, size: 0, words: "" }));
  const { places: hollow, dotted } = earlierPlaces(numbers, places, ({ value }) => ({ x: value, y: 9 }), 2);
  assert.deepEqual([hollow.length, dotted.length], [2, 1]);
});

test("while a round is open, or nobody is named, nothing of last time is drawn", () => {
  const given = [named("dana", 6), named("kofi", 3)];
  for (const more of [{ state: "open" }, { show: "spread" }, { show: "role" }])
    assert.deepEqual(numbersOf(round(more), given, people, ROLES, [before("dana", 2)]).earlier, []);
});

test("an agency's number stands under its name, and your own that does not count is not drawn", () => {
  const numbers = all([
    named("priya", 4, { agency: "Larkfield School" }),
    named("dana", 6, { said: "14 May", source: "by letter" }),
    { ...named("kofi", 3), pad: "..." },
  ]);
  assert.deepEqual(
    numbers.marks.map((one) => one.name),
    ["Larkfield School", "Dana"],
  );
  assert.equal(sentWords(numbers), "Dana: sent in, 14 May, by letter");
});

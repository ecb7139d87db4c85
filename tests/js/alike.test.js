import assert from "node:assert/strict";
import { test } from "node:test";
import { mistakable, readsLike, skeleton } from "../../static/js/parts/alike.js";

const DANA = { id: "1", name: "Dana Whitlock" };

for (const name of [
  "dana whitlock",
  " Dana  Whitlock ",
  "Dаnа Whitlock",
  "Dana Whltlock",
  "Dána Whitlock",
  "Dana\u200d Whitl0ck",
])
  test(`${name} reads like Dana Whitlock`, () => {
    assert.equal(readsLike({ id: "2", name }, [DANA]), DANA);
  });

for (const name of ["Dan Whitlock", "Diana Whitlock", "Дина", "دانا", ""])
  test(`${name} does not`, () => {
    assert.equal(readsLike({ id: "2", name }, [DANA]), undefined);
  });

test("nobody reads like themselves, and each sign stands for one letter", () => {
  assert.equal(readsLike(DANA, [DANA]), undefined);
  assert.equal(skeleton("МАКС"), "makc");
  assert.equal(skeleton("ΝΙΚΟΣ").length, 5);
  assert.equal(skeleton("Marnie"), skeleton("Mamie"));
});

test("of many, those who may be taken for each other are found", () => {
  const people = ["Dana", "Jo", "D\u0430na", "", "", "Maureen", "dana"].map((name, at) => ({
    id: `${at}`,
    name,
  }));
  const found = mistakable(people);
  assert.deepEqual([...found.keys()].sort(), ["0", "2", "6"]);
  assert.equal(found.get("0"), people[2]);
  assert.equal(found.get("2"), people[0]);
});

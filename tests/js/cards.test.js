import assert from "node:assert/strict";
import { test } from "node:test";
import { cardFields, mayWord, origin, writer } from "../../static/js/parts/cardfields.js";
import { columnsWith } from "../../static/js/parts/overlay.js";
import { Board } from "../../static/js/store.js";
import { welcome } from "./page.js";

const card = (id, more = {}) => ({ id, column: "well", text: id, version: 1, order: id, ...more });
const meeting = (more = {}) => ({ id: "m", state: "open", authors: "shown", about: null, ...more });
const around = { offline: false, runs: "Helen" };

function board({ cards = [], people = [], role = "family", mine = [], ...more } = {}) {
  const made = new Board();
  const by = (all) => Object.fromEntries(all.map((one) => [one.id, one]));
  made.welcome(
    welcome({
      you: { id: "me000001", role, mine },
      put: { card: by(cards), person: by(people), meeting: { m: meeting(more) } },
    }),
  );
  return made;
}

const ids = (columns) =>
  Object.fromEntries(Object.entries(columns).map(([name, cards]) => [name, cards.map((one) => one.id)]));

test("what is written shows at once, last in its column, under the id it will keep", () => {
  const made = board({ cards: [card("a"), card("b")] });
  const columns = columnsWith(made, [{ ask: "card.add", ref: 1, id: "n", column: "well", text: "New" }]);
  assert.deepEqual(ids(columns).well, ["a", "b", "n"]);
  assert.deepEqual([columns.well[2].saving, columns.well[2].by], [true, "me000001"]);
});

test("a card that is there already and not answered yet is not shown twice", () => {
  const made = board({ cards: [card("n")] });
  const columns = columnsWith(made, [{ ask: "card.add", ref: 1, id: "n", column: "well", text: "New" }]);
  assert.deepEqual(ids(columns).well, ["n"]);
  assert.equal(columns.well[0].saving, true);
  assert.equal(made.card.get("n").saving, undefined);
});

test("where names are hidden nothing that is under way has one", () => {
  const made = board({ authors: "hidden" });
  const asked = { ask: "card.add", ref: 1, id: "n", column: "well", text: "New", for: "gran0001" };
  const [shown] = columnsWith(made, [asked]).well;
  assert.deepEqual([shown.by, shown.typed_by, shown.typed], ["", "", true]);
});

test("moves, changes and taking back lie on top in the order they were asked", () => {
  const made = board({ cards: [card("a"), card("b"), card("c")] });
  const columns = columnsWith(made, [
    { ask: "card.move", ref: 1, card: "c", column: "well", before: "a" },
    { ask: "card.move", ref: 2, card: "a", column: "needs", before: null },
    { ask: "card.edit", ref: 3, card: "b", text: "Changed", was: 1 },
    { ask: "card.remove", ref: 4, card: "c" },
  ]);
  assert.deepEqual(ids(columns), { well: ["b"], worried: [], needs: ["a"] });
  assert.equal(columns.well[0].text, "Changed");
  assert.equal(made.card.get("b").text, "b");
});

test("a move before a card that is gone goes to the end, and one of a card that is gone nowhere", () => {
  const made = board({ cards: [card("a"), card("b")] });
  const columns = columnsWith(made, [
    { ask: "card.move", ref: 1, card: "a", column: "well", before: "gone" },
    { ask: "card.move", ref: 2, card: "gone", column: "well", before: "a" },
  ]);
  assert.deepEqual(ids(columns).well, ["b", "a"]);
});

test("a child's words come first, then everyone alike", () => {
  const voice = { whose: "Kofi", agreed: "yes" };
  const made = board({ cards: [card("a"), card("k", { voice })] });
  const asked = { ask: "card.add", ref: 1, id: "n", column: "well", text: "New", voice };
  assert.deepEqual(ids(columnsWith(made, [asked])).well, ["k", "n", "a"]);
});

test("at the desk what is set aside is in no column; its writer keeps it", () => {
  const cards = [card("a", { aside: true })];
  assert.deepEqual(ids(columnsWith(board({ cards, role: "facilitator" }), [])).well, []);
  assert.deepEqual(ids(columnsWith(board({ cards }), [])).well, ["a"]);
});

test("a card says whose it is, who typed it and where a child's words come from", () => {
  const people = [
    { id: "gran0001", name: "Maureen", role: "family", state: "here" },
    { id: "jo000001", name: "Jo", role: "agency", agency: "School", state: "here" },
  ];
  const made = board({ people });
  assert.equal(writer(card("a", { by: "gran0001" }), made), "Maureen");
  assert.equal(writer(card("a", { by: "jo000001" }), made), "Jo, School");
  assert.equal(writer(card("a", { by: "gran0001", typed_by: "jo000001" }), made), "Maureen, typed by Jo");
  const voice = { whose: "Kofi", agreed: "parts", how: "drew", when: "14 May", brought_by: "Sade" };
  assert.equal(
    origin(card("a", { voice })),
    "Kofi’s own words · drawn 14 May · brought by Sade · happy to share this part",
  );
  assert.equal(
    origin(card("a", { voice: { whose: "Elsie", agreed: "yes", how: "observed" } })),
    "Elsie’s own words · shown without words · happy to share",
  );
  assert.equal(writer(card("a", { by: "jo000001", voice }), made), "");
});

test("a card is one's own to change until the meeting ends, and while it is on its way", () => {
  const mine = card("a");
  assert.equal(mayWord(mine, board({ cards: [mine], mine: ["a"] })), true);
  assert.equal(mayWord(mine, board({ cards: [mine] })), false);
  assert.equal(mayWord(mine, board({ cards: [mine], mine: ["a"], state: "closed" })), false);
  assert.equal(mayWord(card("n", { version: 0, saving: true }), board()), true);
});

test("saving is said honestly", () => {
  const made = board();
  const state = (more, offline = false) => cardFields(card("a", more), made, { ...around, offline }).state;
  assert.deepEqual(
    [state({}), state({ saving: true }), state({ saving: true }, true)],
    ["Saved", "Saving…", "Kept here, not sent yet"],
  );
});

test("unconfirmed words are marked until they are confirmed", () => {
  const made = board();
  const marked = (more) => cardFields(card("a", more), made, around).unconfirmed;
  assert.deepEqual(
    [marked({}), marked({ typed: true }), marked({ typed: true, confirmed: "self" })],
    [false, true, false],
  );
});

test("what somebody wrote on another's phone is their own", () => {
  const people = [
    { id: "gran0001", name: "Maureen", role: "family", state: "here" },
    { id: "dana0001", name: "Dana", role: "family", state: "here" },
  ];
  const handed = card("a", { by: "gran0001", typed_by: "dana0001", typed: true, confirmed: "self" });
  assert.equal(writer(handed, board({ people })), "Maureen, on Dana’s phone");
});

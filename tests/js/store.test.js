import assert from "node:assert/strict";
import { test } from "node:test";
import { Board } from "../../static/js/store.js";
import { welcome } from "./page.js";

const card = (id, more = {}) => ({ id, column: "well", text: id, version: 1, order: id, ...more });

function heard(board) {
  const told = [];
  board.addEventListener("change", (event) => told.push(event.detail));
  return told;
}

test("a welcome replaces everything, whenever it comes", () => {
  const board = new Board();
  board.welcome(welcome({ put: { card: { a: card("a") }, meeting: { m: { id: "m", title: "One" } } } }));
  const told = heard(board);
  board.welcome(welcome({ seq: 3, epoch: "two", put: { card: { b: card("b") } } }));
  assert.deepEqual([...board.card.keys()], ["b"]);
  assert.equal(board.meeting, null);
  assert.deepEqual([board.seq, board.epoch, told.length, told[0].all], [3, "two", 1, true]);
});

test("a wall is nobody and has no cards of its own", () => {
  const board = new Board();
  board.welcome(welcome({ you: { id: "wall", role: "wall" }, put: { card: { a: card("a") } } }));
  assert.deepEqual([board.you.id, board.you.mine.size, board.owns(board.card.get("a"))], ["wall", 0, false]);
});

test("a change puts and drops, and tells once what it touched", () => {
  const board = new Board();
  board.welcome(welcome({ put: { card: { a: card("a"), b: card("b") } } }));
  const told = heard(board);
  board.change({
    is: "change",
    seq: 45,
    put: { card: { a: card("a", { text: "new" }) } },
    drop: { card: ["b"] },
  });
  assert.equal(board.card.get("a").text, "new");
  assert.equal(board.card.has("b"), false);
  assert.equal(board.seq, 45);
  assert.deepEqual([told.length, [...told[0].touched.get("card")]], [1, ["a", "b"]]);
});

test("kinds and fields this page does not know pass by", () => {
  const board = new Board();
  board.welcome(
    welcome({ put: { sonnet: { x: { id: "x" } }, card: { a: card("a", { glow: 3 }) } }, extra: true }),
  );
  board.change({ is: "change", seq: 46, put: { sonnet: { y: {} } }, drop: { ballad: ["z"] } });
  assert.equal(board.card.get("a").text, "a");
});

test("cards are in the order of the board, a child's words first", () => {
  const board = new Board();
  const voice = { whose: "Kofi", agreed: "yes" };
  const put = {
    card: {
      c: card("c", { order: "2" }),
      b: card("b", { order: "1" }),
      a: card("a", { order: "1" }),
      k: card("k", { order: "9", voice }),
    },
  };
  board.welcome(welcome({ put }));
  assert.deepEqual(
    board.cards("well").map((one) => one.id),
    ["k", "a", "b", "c"],
  );
});

test("what is yours is known by list, by name and by what you typed until it is confirmed", () => {
  const board = new Board();
  board.welcome(welcome({ you: { id: "me", role: "scribe", mine: ["a"] } }));
  assert.equal(board.owns(card("a")), true);
  assert.equal(board.owns(card("b", { by: "me" })), true);
  assert.equal(board.owns(card("c", { by: "gran", typed_by: "me" })), true);
  assert.equal(board.owns(card("d", { by: "gran", typed_by: "me", confirmed: "self" })), false);
  const told = heard(board);
  board.mine(["z"]);
  assert.equal(board.owns(card("a")), false);
  assert.deepEqual([...told[0].touched.get("card")].sort(), ["a", "z"]);
});

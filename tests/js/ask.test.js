import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Asker, newId } from "../../static/js/ask.js";
import { Line } from "../../static/js/socket.js";
import { Board } from "../../static/js/store.js";
import { keepWords } from "../../static/js/vault.js";
import { newPage, pass, settle, sockets, welcome } from "./page.js";

let board;
let line;
let asker;

function load() {
  board = new Board();
  line = new Line("/m/room1234/live", board);
  asker = new Asker(line, board);
  line.open();
}

beforeEach(() => {
  newPage();
  keepWords("asks", "");
  load();
});

const last = () => sockets.at(-1);
const connect = (more) => {
  last().accept();
  last().say(welcome(more));
};
const lose = () => {
  last().break(1013);
  pass(1_000);
};
const done = (ref, seq = 42) => {
  last().say({ is: "change", seq });
  last().say({ is: "done", ref, seq });
};

test("new names are sixteen random letters and digits", () => {
  const ids = new Set(Array.from({ length: 200 }, newId));
  assert.equal(ids.size, 200);
  for (const id of ids) assert.match(id, /^[a-z0-9]{16}$/);
});

test("an answer reaches who asked", async () => {
  connect();
  const answer = asker.ask("person.hand", { up: true });
  assert.deepEqual(last().sent, [{ ask: "person.hand", ref: 1, up: true }]);
  assert.equal(asker.pending, 1);
  done(1);
  assert.deepEqual(await answer, { seq: 42 });
  assert.equal(asker.pending, 0);
});

test("a refusal says why", async () => {
  connect();
  const answer = asker.ask("card.edit", { card: "a", text: "x", was: 1 });
  last().say({ is: "no", ref: 1, code: "stale", why: "Changed." });
  await assert.rejects(answer, { code: "stale", why: "Changed." });
});

test("what was not answered is asked again, once, under the same number", async () => {
  asker.ask("card.add", { id: "a", column: "well", text: "x" });
  connect();
  assert.equal(last().sent.length, 1);
  lose();
  connect();
  assert.deepEqual(last().sent, [{ ask: "card.add", ref: 1, id: "a", column: "well", text: "x" }]);
  done(1);
  await settle();
  lose();
  connect();
  assert.deepEqual(last().sent, []);
  assert.equal(board.you.mine.has("a"), false);
});

test("a reload forgets neither the words nor their number", async () => {
  asker.ask("card.add", { id: "a", column: "well", text: "x" });
  connect();
  load();
  const answered = [];
  asker.addEventListener("done", (event) => answered.push(event.detail.frame.id));
  connect();
  assert.equal(last().sent[0].ref, 1);
  done(1);
  await settle();
  assert.deepEqual(answered, ["a"]);
  assert.equal(board.you.mine.has("a"), true);
  asker.ask("person.hand", { up: true });
  assert.equal(last().sent[1].ref, 2);
});

test("what may be missing after an older copy came back is not sent by a reload", async () => {
  connect();
  done(0);
  lose();
  asker.ask("card.add", { id: "a" });
  connect({ epoch: "epoch2" });
  assert.ok(asker.held);
  load();
  connect({ epoch: "epoch2" });
  assert.ok(asker.held);
  assert.deepEqual(last().sent, []);
  asker.sendAgain();
  assert.equal(last().sent.length, 1);
});

test("a duplicated tab asks under a new name once all else is answered", async () => {
  connect();
  asker.ask("card.add", { id: "a", column: "well", text: "x" });
  asker.ask("card.add", { id: "b", column: "well", text: "y" });
  last().say({ is: "no", ref: 1, code: "ref-used", why: "" });
  assert.equal(sockets.length, 1);
  done(2);
  await settle();
  assert.equal(sockets.length, 2);
  const names = sockets.map((socket) => socket.address.searchParams.get("device"));
  assert.notEqual(names[0], names[1]);
  last().accept();
  last().say({ is: "change", seq: 43 });
  assert.deepEqual(
    last().sent.map((ask) => ask.id),
    ["a"],
  );
  done(1);
  await settle();
  assert.equal(asker.pending, 0);
});

test("when the server came back with another log nothing is sent silently", async () => {
  connect();
  const answer = asker.ask("card.add", { id: "a", column: "well", text: "x" });
  answer.catch(() => {});
  let told = 0;
  asker.addEventListener("missing", () => (told += 1));
  lose();
  connect({ epoch: "epoch2", seq: 3 });
  assert.deepEqual([told, asker.held, last().sent.length], [1, true, 0]);
  asker.sendAgain();
  assert.deepEqual([asker.held, last().sent[0].ref], [false, 1]);
});

test("letting go of what may be missing gives the words back", async () => {
  connect();
  const back = [];
  asker.addEventListener("no", (event) => back.push(event.detail.frame.text));
  asker.ask("card.add", { id: "a", column: "well", text: "x" }).catch(() => {});
  lose();
  connect({ epoch: "epoch2" });
  asker.forget();
  assert.deepEqual([back, asker.pending, asker.held], [["x"], 0, false]);
});

test("a busy server is asked again by itself", async () => {
  connect();
  asker.ask("person.hand", { up: true });
  last().say({ is: "no", ref: 1, code: "busy", why: "" });
  assert.equal(asker.pending, 1);
  pass(4_000);
  assert.equal(last().sent.length, 2);
});

test("not more than 32 asks fly at once, and none is lost", async () => {
  connect();
  for (let turn = 0; turn < 50; turn++) asker.ask("person.hand", { up: true });
  assert.equal(last().sent.length, 32);
  for (let ref = 1; ref <= 50; ref++) {
    done(ref, 41 + ref);
    await settle();
  }
  assert.deepEqual([last().sent.length, asker.pending], [50, 0]);
});

test("a card that came through under the other name is done", async () => {
  connect({
    you: { id: "me000001", role: "family", mine: ["a"] },
    put: { card: { a: { id: "a", column: "well" } } },
  });
  const answer = asker.ask("card.add", { id: "a", column: "well", text: "x" });
  last().say({ is: "no", ref: 1, code: "id-taken", why: "" });
  await answer;
});

test("at the door nothing is asked but another name", () => {
  last().accept();
  last().say({ is: "waiting" });
  asker.ask("person.hand", { up: true });
  asker.ask("person.name", { name: "Jo" });
  assert.deepEqual(
    last().sent.map((ask) => ask.ask),
    ["person.name"],
  );
});

test("an answer that overtakes its change waits for it", async () => {
  connect();
  let answered = false;
  asker.ask("person.hand", { up: true }).then(() => (answered = true));
  last().say({ is: "done", ref: 1, seq: 42 });
  await settle();
  assert.equal(answered, false);
  last().say({ is: "change", seq: 42 });
  await settle();
  assert.equal(answered, true);
});

test("where too much waits, words are given back instead of being promised a place", async () => {
  const refused = [];
  asker.addEventListener("no", (event) => refused.push(event.detail));
  for (let at = 0; at < 200; at += 1) asker.ask("card.add", { id: newId(), column: "well", text: "hello" });
  const answer = asker.ask("card.add", { id: newId(), column: "well", text: "one more" });
  await assert.rejects(answer, { code: "too-much-waiting" });
  assert.equal(asker.pending, 200);
  await settle();
  assert.deepEqual([refused.length, refused[0].frame.text], [1, "one more"]);
  connect();
  done(1);
  await settle();
  asker.ask("card.add", { id: newId(), column: "well", text: "room again" });
  assert.equal(asker.pending, 200);
});

test("too much is counted in signs as well", async () => {
  const text = "y".repeat(10_000);
  const answers = Array.from({ length: 40 }, () =>
    asker.ask("set.write", { text }).catch((refusal) => refusal.code),
  );
  assert.equal(await answers.at(-1), "too-much-waiting");
  assert.equal(asker.pending, 27);
});

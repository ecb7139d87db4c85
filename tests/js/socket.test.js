import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Line } from "../../static/js/socket.js";
import { Board } from "../../static/js/store.js";
import { fetches, newPage, pass, settle, sockets, stream, welcome } from "./page.js";

let board;
let line;

beforeEach(() => {
  newPage();
  board = new Board();
  line = new Line("/m/room1234/live", board);
  line.open();
});

const last = () => sockets.at(-1);
const query = (socket) => Object.fromEntries(socket.address.searchParams);

function connect() {
  last().accept();
  last().say(welcome());
}

test("it opens with a random device name that stays this tab's", () => {
  assert.equal(last().address.protocol, "ws:");
  assert.match(query(last()).device, /^[a-z0-9]{16}$/);
  connect();
  assert.equal(line.state, "open");
  last().break();
  pass(1_000);
  assert.equal(query(last()).device, query(sockets[0]).device);
});

test("it comes back to where it was, within a second the first time", () => {
  connect();
  last().say({ is: "change", seq: 50 });
  last().break(1012);
  assert.equal(line.state, "offline");
  pass(1_000);
  assert.equal(sockets.length, 2);
  assert.deepEqual([query(last()).after, query(last()).epoch], ["50", "epoch1"]);
  last().accept();
  last().say({ is: "change", seq: 52 });
  assert.equal(line.state, "open");
});

test("a resumed line with nothing to hear counts as open after a second", () => {
  connect();
  last().break(1013);
  pass(1_000);
  last().accept();
  assert.equal(line.state, "offline");
  pass(1_000);
  assert.equal(line.state, "open");
});

test("25 seconds of silence mean hanging up and coming back; a tick is no silence", () => {
  connect();
  pass(20_000);
  last().say({ is: "tick", seq: 44 });
  pass(20_000);
  assert.equal(sockets.length, 1);
  assert.equal(board.seq, 44);
  pass(5_000);
  assert.equal(line.state, "offline");
  pass(1_000);
  assert.equal(sockets.length, 2);
});

test("a server that stops on purpose says when to come back", () => {
  connect();
  last().say({ is: "bye", code: "restart", why: "", after: 2_500 });
  last().break(1012);
  pass(2_400);
  assert.equal(sockets.length, 1);
  pass(100);
  assert.equal(sockets.length, 2);
});

test("that the server cannot save is known until it can again, or the line is another", () => {
  connect();
  const told = [];
  line.addEventListener("saving", () => told.push(line.saving));
  for (const saving of [false, false, true, false]) last().say({ is: "near", saving });
  last().break(1013);
  assert.deepEqual(told, [false, true, false, true]);
});

test("waits grow, but never beyond fifteen seconds", () => {
  connect();
  for (let turn = 0; turn < 12; turn++) {
    const before = sockets.length + fetches.length;
    last().break(1013);
    pass(15_000);
    assert.equal(sockets.length + fetches.length, before + 1);
  }
});

for (const code of [4401, 4403, 4404, 4429]) {
  test(`close ${code} is the end of the line`, () => {
    connect();
    last().say({ is: "bye", code: "x", why: "Because." });
    last().break(code);
    assert.deepEqual([line.state, line.gone], ["gone", { code, bye: "x", why: "Because." }]);
    pass(60_000);
    window.dispatchEvent(new Event("online"));
    assert.equal(sockets.length, 1);
  });
}

test("quick exit hangs up for good", () => {
  connect();
  window.dispatchEvent(new Event("signboard:exit"));
  assert.equal(last().readyState, 3);
  pass(60_000);
  window.dispatchEvent(new Event("online"));
  line.open();
  assert.equal(sockets.length, 1);
});

test("looking at the page again does not wait for the timer", () => {
  connect();
  for (let turn = 0; turn < 6; turn++) {
    last().break(1013);
    if (turn < 5) pass(15_000);
  }
  document.dispatchEvent(new Event("visibilitychange"));
  assert.equal(sockets.length, 7);
});

test("someone in the lobby waits on the same line until they are welcome", () => {
  last().accept();
  last().say({ is: "waiting" });
  assert.equal(line.state, "waiting");
  last().say(welcome());
  assert.equal(line.state, "open");
  assert.equal(sockets.length, 1);
});

async function cutTwice() {
  for (let turn = 0; turn < 2; turn++) {
    last().break();
    pass(1_000);
    await settle();
  }
}

test("where WebSockets never open it takes the stream and posts, and remembers", async () => {
  await cutTwice();
  assert.equal(fetches.length, 1);
  const read = stream();
  fetches[0].answer(read.response);
  await settle();
  read.say(welcome());
  await settle();
  assert.equal(line.state, "open");
  line.send({ ask: "person.hand", ref: 1, up: true });
  await settle();
  assert.equal(fetches[1].options.method, "POST");
  assert.equal(fetches[1].address.searchParams.has("after"), false);
  const done = [];
  line.addEventListener("done", (event) => done.push(event.detail.ref));
  fetches[1].answer({ ok: true, status: 200, text: async () => '{"is":"done","ref":1,"seq":42}' });
  await settle();
  assert.deepEqual(done, [1]);
  const other = new Line("/m/room1234/live", new Board());
  other.open();
  assert.equal(sockets.length, 2);
  assert.equal(fetches.length, 3);
});

test("a message of the stream may come in pieces", async () => {
  await cutTwice();
  const read = stream();
  fetches[0].answer(read.response);
  await settle();
  const text = `: hello\n\nid: 41\r\ndata: ${JSON.stringify(welcome())}\n\n`;
  read.write(text.slice(0, 40));
  await settle();
  read.write(text.slice(40));
  await settle();
  assert.equal(board.seq, 41);
});

test("a server that is away is no reason to give up WebSockets", async () => {
  await cutTwice();
  fetches[0].fail();
  await settle();
  pass(15_000);
  assert.equal(sockets.length, 3);
  connect();
  assert.equal(line.state, "open");
});

test("a bye on the stream ends it like the close of a socket", async () => {
  await cutTwice();
  const read = stream();
  fetches[0].answer(read.response);
  await settle();
  read.say({ is: "bye", code: "removed", why: "You are no longer in this meeting." });
  read.end();
  await settle();
  assert.equal(line.gone.code, 4403);
});

test("frames nobody knows and words that are no frames pass by", () => {
  connect();
  last().say({ is: "confetti" });
  last().onmessage({ data: "{" });
  assert.equal(line.state, "open");
});

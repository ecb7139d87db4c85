"""Frames put straight onto a connection: whole, in order, to nobody else, on every event loop; and to whoever is told,
the same as frames sent the usual way."""

from __future__ import annotations

import asyncio
import re
import select
import socket
import tomllib
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import uvloop
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.asyncio.client import connect
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

from server import keepalive, protocol
from server.keepalive import Patient
from server.line import WAITING_MOST, Line
from server.outlet import EXTENSION, Outlet, framed
from server.serve import config, listen
from server.settings import Settings
from tests.leaks.test_an_answer_tells_nothing import SEQ, Listener, without_chance
from tests.meeting import Meeting, Running
from tests.storage import until

LOOPS: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {
    "asyncio": asyncio.SelectorEventLoop,
    "uvloop": uvloop.new_event_loop,
}
MANY = 400
HEAVY = "x" * 20_000
WITHIN_S = 20.0

App = Callable[[Any, Any, Any], Coroutine[Any, Any, None]]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 300_000])
def test_a_frame_is_what_the_standard_says(size: int) -> None:
    reader = ClientProtocol(parse_uri("ws://localhost/"), max_size=None)
    reader.state = reader.state.OPEN
    reader.reader.feed_data(framed(b"a" * size) + framed("نه".encode()))
    reader.parser = reader.parse()
    reader.receive_data(b"")
    first, second = (event for event in reader.events_received() if isinstance(event, Frame))
    assert (first.opcode, first.fin, bytes(first.data)) == (Opcode.TEXT, True, b"a" * size)
    assert bytes(second.data).decode() == "نه"


@asynccontextmanager
async def serving(app: App) -> AsyncIterator[str]:
    """A server of nothing but this, on the event loop that runs."""
    how, state = config(app, Settings()), ServerState()
    how.load()
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: how.http_protocol_class(how, state, {}), sock=listening)  # type: ignore[call-arg]
        try:
            yield f"ws://127.0.0.1:{port}/"
        finally:
            server.close()


def on(loop: str, work: Coroutine[Any, Any, None]) -> None:
    """Do this on such an event loop."""
    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        runner.run(asyncio.wait_for(work, WITHIN_S))


@pytest.mark.parametrize("loop", LOOPS)
def test_nothing_overtakes_anything_however_slowly_it_is_read(loop: str) -> None:
    """Straight and the usual way in turn, pings and pongs among them, far more than the system takes at once."""
    unsent: list[int] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        outlet: Outlet = scope["extensions"][EXTENSION]
        for number in range(0, MANY, 4):
            unsent.append(outlet.write(f"{number} {HEAVY}".encode()))
            outlet.write(f"{number + 1}".encode())
            await send({"type": "websocket.send", "text": f"{number + 2} {HEAVY}"})
            outlet.write(f"{number + 3} {HEAVY}".encode())
            await asyncio.sleep(0)
        await send({"type": "websocket.close", "code": 1000})

    async def read() -> None:
        async with serving(app) as address, connect(address, max_queue=2) as line:
            pings = [await line.ping() for _time in range(3)]
            for number in range(MANY):
                if number % 50 == 0:
                    await asyncio.sleep(0.05)
                text = await line.recv()
                assert isinstance(text, str)
                assert int(text.split()[0]) == number
                assert text in {str(number), f"{number} {HEAVY}"}
            await asyncio.gather(*pings)

    on(loop, read())
    assert max(unsent) > len(HEAVY), "the system never took less than all"


@pytest.mark.parametrize("loop", LOOPS)
def test_what_waits_here_goes_first_though_the_system_would_take_more(loop: str) -> None:
    async def overtake() -> None:
        here, there = socket.socketpair()
        here.setblocking(False)
        there.setblocking(False)
        transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, sock=here)
        outlet, sent, got = Outlet(transport), b"", b""
        while not transport.get_write_buffer_size():
            text = str(len(sent)).encode() * 3_000
            outlet.write(text)
            sent += framed(text)
        # The reader makes room, and the event loop has had no turn to notice.
        with suppress(BlockingIOError):
            while some := there.recv(1 << 20):
                got += some
        assert outlet.write(b"last") > 0
        sent += framed(b"last")
        while len(got) < len(sent):
            await asyncio.sleep(0)
            with suppress(BlockingIOError):
                got += there.recv(1 << 20)
        assert got == sent
        transport.abort()
        there.close()

    on(loop, overtake())


class Stub:
    """A transport that only says what it is asked to do, on a connection whose other end can be read."""

    def __init__(self, *, encrypted: bool = False, closing: bool = False) -> None:
        self.ends = socket.socketpair()
        self.written: list[bytes] = []
        self._encrypted, self._closing = encrypted, closing

    def get_extra_info(self, name: str) -> Any:
        return {"socket": self.ends[0], "ssl_object": "a key" if self._encrypted else None}[name]

    def get_write_buffer_size(self) -> int:
        return 0

    def is_closing(self) -> bool:
        return self._closing

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def heard(self) -> bytes:
        """What has come out at the other end."""
        self.ends[1].setblocking(False)
        try:
            return self.ends[1].recv(1 << 16)
        except BlockingIOError:
            return b""


def outlet_on(stub: Stub) -> Outlet:
    transport: Any = stub
    return Outlet(transport)


@pytest.mark.parametrize(
    ("stub", "lost", "heard", "written"),
    [
        (Stub(), False, [framed(b"hello")], []),
        (Stub(), True, [b""], []),
        (Stub(closing=True), False, [b""], []),
        (Stub(encrypted=True), False, [b""], [framed(b"hello")]),
    ],
    ids=["open", "lost", "closing", "encrypted"],
)
def test_where_a_frame_goes(stub: Stub, lost: bool, heard: list[bytes], written: list[bytes]) -> None:
    outlet = outlet_on(stub)
    if lost:
        outlet.lose()
    assert outlet.write(b"hello") == 0
    assert ([stub.heard()], stub.written) == (heard, written)
    for end in stub.ends:
        end.close()


def test_a_reader_has_as_much_time_for_the_largest_frame_as_it_needs_and_no_more_afterwards() -> None:
    unsent = [0]

    class Slow(Outlet):
        def write(self, text: bytes) -> int:
            return unsent[0]

    stub = Stub()
    line = Line(cookie="", device="phone001", outlet=Slow(stub))  # type: ignore[arg-type]
    board = b"x" * (3 * WAITING_MOST)
    endings = []
    for text, waits in (
        (board, len(board)),
        (b"a change", len(board) + WAITING_MOST),
        (b"all of it was taken", 0),
        (b"a stall begins", WAITING_MOST),
        (b"and lasts", WAITING_MOST + 100),
    ):
        unsent[0] = waits
        line.tell(text)
        endings.append(line.ending)
    assert endings == [None, None, None, None, protocol.TOO_SLOW]
    for end in stub.ends:
        end.close()


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("goes", ["says so", "is cut off"])
def test_who_is_gone_is_sent_nothing_though_their_number_is_anothers(loop: str, goes: str) -> None:
    ended: list[tuple[list[int], list[socket.socket]]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        outlet: Outlet = scope["extensions"][EXTENSION]
        while (await receive())["type"] != "websocket.disconnect":
            pass
        # A task that comes to its end late: everything else has forgotten the connection.
        await asyncio.sleep(0.1)
        others = [end for _pair in range(20) for end in socket.socketpair()]
        told = [outlet.write(b"to whom?") for _time in range(3)]
        heard = [end for end in others if select.select([end], [], [], 0)[0]]
        for end in others:
            end.close()
        ended.append((told, heard))

    async def come_and_go() -> None:
        async with serving(app) as address:
            line = await connect(address)
            if goes == "says so":
                await line.close()
            else:
                line.transport.abort()
            while not ended:
                await asyncio.sleep(0.01)
            assert ended == [([0, 0, 0], [])]

    on(loop, come_and_go())


@pytest.mark.parametrize("loop", LOOPS)
def test_a_connection_that_breaks_while_it_is_written_to_is_hung_up(loop: str) -> None:
    async def break_it() -> None:
        running = asyncio.get_running_loop()
        here, there = socket.socketpair()
        here.setblocking(False)
        transport, _ = await running.create_connection(asyncio.Protocol, sock=here)
        outlet = Outlet(transport)
        assert outlet.write(b"hello") == 0
        assert there.recv(100) == framed(b"hello")
        there.close()
        for _time in range(3):
            assert outlet.write(b"again") == 0
        assert transport.is_closing()

    on(loop, break_it())


def test_what_it_relies_on_is_there() -> None:
    """uvicorn's own class for WebSockets, of one minor version: a newer one is looked at before it is taken."""
    for name in ("connection_lost", "data_received", "run_asgi", "send_keepalive_ping", "keepalive_timeout"):
        assert name in vars(Patient) and callable(getattr(WebSocketsSansIOProtocol, name))
    for name in ("get_write_buffer_size", "is_closing", "write", "abort", "get_extra_info"):
        assert callable(getattr(asyncio.Transport, name))
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]
    [uvicorn] = [one for one in project["dependencies"] if one.startswith("uvicorn")]
    minors = re.fullmatch(r"uvicorn>=0\.(\d+),<0\.(\d+)", uvicorn)
    assert minors is not None and int(minors[2]) == int(minors[1]) + 1


FIRST, CARD, ROUND = "card000000000000", "card000000000001", "round00000000001"


async def played(server: Running) -> dict[str, list[str]]:
    """A short meeting, and every byte of it for each who looks, but for what is chance and what comes by the clock."""
    meeting: Meeting = await server.meeting()
    people = {
        "dana": await meeting.comes("Dana"),
        "jo": await meeting.comes("Jo", "agency", "Larkfield"),
        "gary": await meeting.comes("Gary", "observer"),
        "wall": await meeting.wall(),
        "helen": meeting.helen,
    }
    ids = {one.name.lower(): one.id for one in meeting.room.board.people.values()}
    async with AsyncExitStack() as open_lines:
        lines = {
            name: Listener(await open_lines.enter_async_context(browser.live(meeting.id)))
            for name, browser in people.items()
        }
        for one in lines.values():
            await one.until('"welcome"')
        # Who came first is chance. From here on all is asked in one order.
        await until(lambda: all(one.came for one in meeting.room.board.people.values() if one.state == "here"))
        await lines["helen"].ask("card.add", id=FIRST, column="needs", text="Somebody to ring at night")
        for one in lines.values():
            await one.until(FIRST)
            one.heard.clear()
        await lines["dana"].ask("card.add", id=CARD, column="well", text="Gran picks us up")
        await lines["jo"].ask("card.add", id=CARD, column="well", text="Taken")
        await lines["dana"].ask("card.edit", card=CARD, text="Gran picks us up on Fridays", was=1)
        scale = next(iter(meeting.room.board.scales))
        await lines["helen"].ask("round.open", id=ROUND, scale=scale, show="named")
        await lines["dana"].ask("rating.set", round=ROUND, value=3, reason="", pad="")
        await lines["helen"].until('"answered":1')
        await lines["helen"].ask("round.reveal", round=ROUND)
        await lines["helen"].ask("card.aside", card=CARD)
        await lines["helen"].ask("person.role", person=ids["gary"], role="family")
        await lines["helen"].ask("person.remove", person=ids["jo"])
        await lines["jo"].until('"removed"')
        for name in ("dana", "gary", "helen"):
            await lines[name].ask("person.hand", up=True)
        for name in ("dana", "gary", "wall", "helen"):
            await lines[name].until(f'"seq":{meeting.room.board.seq}')
        got = {name: one.transcript for name, one in lines.items()}
    names = {one.id: one.name for one in meeting.room.board.people.values()}
    # How often answers were counted meanwhile is the clock's.
    return {who: [SEQ.sub("", without_chance(text, names)) for text in texts] for who, texts in got.items()}


async def test_without_it_everybody_is_told_the_same(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[bytes] = []
    write = Outlet.write

    def counted(outlet: Outlet, text: bytes) -> int:
        written.append(text)
        return write(outlet, text)

    monkeypatch.setattr(Outlet, "write", counted)
    straight = await played(server)
    assert len(written) > sum(map(len, straight.values()))
    written.clear()
    monkeypatch.setattr(keepalive, "EXTENSION", "nobody looks here")
    usual = await played(server)
    assert written == []
    assert usual == straight

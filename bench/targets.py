"""What is measured side by side: our server and those of others, each with the same rooms and as many connections. A
target is started, asked, and ended like any other."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from .asks import their_asks
from .cpu import SERVERS, family, keep_to
from .crowd import SPEECH, Crowd
from .door import door
from .figures import OURS
from .house import HOST, House, answers, free_port, house, own_redis, scratch, started, until
from .load import Load, Seat, Speech, Took, connected
from .tools import PEERS, Tools, nchan_module

CHANGE_BYTES = 400
"""What a card's change weighs on our wire, and so what the others hand on."""
PLAIN = Speech(ready="", hello="", counts="each")
SOCKET_IO = Speech(ready="40", hello="40", counts="each")
SOCKET_IO_FORM = '42["change",%s]'
BACKLOG = 4096
ENOUGH = 1_000_000
ASKS_A_SECOND = 20_000
"""More than anybody manages: the time is what ends a stretch, or how many asks people may make in a row."""


class Asking(Protocol):
    """Where the next asks come from."""

    askers: list[list[int]]

    async def rested(self) -> int:
        """Wait until people may ask again. Gives how many asks they may make in a row then."""
        ...

    def asks(self, most: int) -> Iterator[tuple[int, str]]:
        """The next, at most so many."""
        ...

    def went_on(self, asked: int) -> None:
        """So many of them were sent."""
        ...


@dataclass
class Target:
    """A server that runs, and the people who will come to it."""

    name: str
    pids: list[int]
    seats: list[Seat]
    speech: Speech
    asking: Asking

    @asynccontextmanager
    async def seated(self, tools: Tools) -> AsyncIterator[Load]:
        """All of them connected, until left."""
        assert tools.load is not None
        with scratch() as folder:
            async with connected(tools.load, folder, self.seats, self.speech) as load:
                yield load

    async def run(self, load: Load, in_flight: int, seconds: float) -> Took:
        """Have them ask for a while."""
        most = min(await self.asking.rested(), int(seconds * ASKS_A_SECOND))
        took = await load.run(self.asking.asks(most), in_flight=in_flight, seconds=seconds, pids=self.pids)
        self.asking.went_on(took.asked)
        return took


@asynccontextmanager
async def ours(rooms: int, each: int, *, redis: bool = False) -> AsyncIterator[Target]:
    """Our server, on SQLite or a Redis of its own."""
    async with house(redis=redis) as server:
        crowd = Crowd(server.port)
        async with door(server.port) as way_in:
            await crowd.come(way_in, rooms=rooms, each=each)
        yield on(server, crowd)


def on(server: House, crowd: Crowd, name: str = OURS) -> Target:
    """A crowd on a server that runs."""
    pids = [*server.pids, *([server.redis.pid] if server.redis is not None else [])]
    return Target(name, pids, crowd.seats, SPEECH, crowd)


@asynccontextmanager
async def other(name: str, tools: Tools, rooms: int, each: int) -> AsyncIterator[Target]:
    """Somebody else's server, by its name in the tables."""
    async with AsyncExitStack() as stack:
        folder, port, pids = stack.enter_context(scratch()), free_port(), list[int]()
        command, path, speech, form = _command(name, tools, folder, port)
        if name == "socket.io with Redis":
            redis = await stack.enter_async_context(own_redis(folder))
            pids.append(redis.pid)
            command = [*command, str(redis.path)]
        more = stack.enter_context(_prompt(port)) if name == "nchan" else {}
        process = await stack.enter_async_context(started(*command, cwd=PEERS, **more))
        # nginx listens before the process is there that does the work.
        await until(lambda: answers(port) and len(family(process.pid)) > (name == "nchan"))
        for pid in family(process.pid):
            keep_to(pid, SERVERS)
            pids.append(pid)
        seats = [Seat(port, number // each, path % (number // each)) for number in range(rooms * each)]
        askers = [list(range(room * each + 1, (room + 1) * each)) for room in range(rooms)]
        yield Target(name, pids, seats, speech, Handed(form, askers))


@dataclass
class Handed:
    """What is said to a server that hands it on."""

    form: str
    askers: list[list[int]]
    said: int = 0

    async def rested(self) -> int:
        """Nobody counts how fast they ask."""
        return ENOUGH

    def asks(self, most: int) -> Iterator[tuple[int, str]]:
        """The next changes, at most so many."""
        return their_asks(self.form, CHANGE_BYTES, self.askers, range(self.said, self.said + most))

    def went_on(self, asked: int) -> None:
        """So many of them were sent. The others' numbers are not used again."""
        self.said += asked


def others(tools: Tools, *names: str) -> list[str]:
    """Those of these servers that can be started here."""
    there = {"floor": tools.floor, "nchan": tools.nchan, "socket.io": tools.socketio}
    there["socket.io with Redis"] = tools.socketio if tools.redis is not None else None
    return [name for name in names if there[name] is not None]


def _command(name: str, tools: Tools, folder: Path, port: int) -> tuple[list[str], str, Speech, str]:
    """How it is started, by which address its rooms are reached, and how it speaks."""
    match name:
        case "floor":
            return [str(tools.floor), str(port)], "/ws/%d", PLAIN, "%s"
        case "nchan":
            _write_nchan(folder, port)
            return [str(tools.nchan), "-p", str(folder), "-c", str(folder / "nginx.conf")], "/ws/%d", PLAIN, "%s"
        case _:
            path = "/socket.io/?EIO=4&transport=websocket&room=%d"
            return [str(tools.socketio), "socketio.js", str(port)], path, SOCKET_IO, SOCKET_IO_FORM


@contextmanager
def _prompt(port: int) -> Iterator[dict[str, Any]]:
    """A socket to start nginx on, whose connections send at once. On its own ones nchan's second change in a row would
    wait 40 ms for the receipt of the first."""
    with socket.create_server((HOST, port), backlog=BACKLOG) as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        number = listening.fileno()
        yield {"pass_fds": [number], "env": {**os.environ, "NGINX": f"{number};"}, "stderr": asyncio.subprocess.DEVNULL}


def _write_nchan(folder: Path, port: int) -> None:
    text = (PEERS / "nchan.conf").read_text()
    # As root it would become somebody else, who may not write into the folder.
    owner = "user root;" if os.geteuid() == 0 else ""
    words = {"MODULE": str(nchan_module()), "OWNER": owner, "FOLDER": str(folder), "PORT": str(port)}
    for word, value in words.items():
        text = text.replace(word, value)
    (folder / "nginx.conf").write_text(text)

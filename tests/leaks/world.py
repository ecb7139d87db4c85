"""The same world twice: two servers with storage of their own, in which chance and clock are the test's. What happens
alike in both is alike to the byte, ids, codes and moments too."""

from __future__ import annotations

import asyncio
import functools
import hashlib
import logging
import random
import secrets
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from server import hub
from server.app import DATABASE
from server.diagnostics import Wordless
from server.hub import Hub
from server.log.seal import RoomKey
from server.room import Room
from tests.leaks.script import BEGINS_MS
from tests.meeting import settings_in
from tests.storage import RedisServer
from tests.wireless import Wireless, turns, wireless

SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
TURNS_FOR_STORAGE = 2000


@dataclass
class Clock:
    """Seconds that pass when a test says so."""

    s: float = 0.0

    def steady(self) -> float:
        return self.s

    def ms(self) -> int:
        return BEGINS_MS + int(self.s * 1000)


class Notebook(logging.Handler):
    """All log lines of the process, as they are written to stderr."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(Wordless("%(levelname)s %(name)s: %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        # Asyncio tells how long its own steps took.
        if record.name.startswith("server"):
            self.lines.append(self.format(record))


@dataclass
class World:
    """One server with its storage."""

    server: Wireless
    folder: Path
    clock: Clock
    redis: RedisServer | None = None

    def stored(self, room: str) -> list[tuple[str, int]]:
        """How long everything is that storage holds of a room, in its order."""
        if self.redis is not None:
            return _in_redis(self.redis, room)
        with closing(sqlite3.connect(self.folder / "data" / DATABASE)) as db:
            sizes = db.execute("SELECT seq, length(body) FROM body WHERE room = ? ORDER BY seq", (room,)).fetchall()
            heads = db.execute("SELECT count(*) FROM entry WHERE room = ?", (room,)).fetchone()[0]
        return [("entries", heads), *((f"body {seq}", size) for seq, size in sizes)]

    def on_disk(self) -> Iterator[bytes]:
        """All files of the storage."""
        folders = [self.folder, *([self.redis.folder] if self.redis else [])]
        for folder in folders:
            for file in folder.rglob("*"):
                if file.is_file():
                    yield file.read_bytes()

    async def settle(self, room: Room) -> None:
        """Wait until what the clock has the room write is written, and told."""
        while room.pulse._writing or room._queue:
            await asyncio.gather(*room.pulse._writing.values())
            await turns()
        await turns()

    async def seconds(self, room: Room, count: int) -> None:
        """So many seconds go by."""
        for _ in range(count):
            self.clock.s += 1
            room.pulse.second(self.clock.s)
            await self.settle(room)


def _in_redis(server: RedisServer, room: str) -> list[tuple[str, int]]:
    sizes: list[tuple[str, int]] = []
    with server.client() as client:
        for key in sorted(client.scan_iter(f"*{room}*")):
            match client.type(key):
                case b"stream":
                    for seq, entry in client.xrange(key):
                        sizes += [(f"{seq!r} {name!r}", len(value)) for name, value in sorted(entry.items())]
                case b"hash":
                    sizes += [(f"{key!r} {name!r}", len(value)) for name, value in sorted(client.hgetall(key).items())]
                case kind:
                    sizes.append((f"{key!r} {kind!r}", 1))
    return sizes


@dataclass
class Worlds:
    """Both of them, and what this process writes to stderr."""

    one: World
    other: World
    notebook: Notebook = field(default_factory=Notebook)


@contextmanager
def by_chance_of(seed: str) -> Iterator[None]:
    """Everything that is drawn by chance is drawn from this seed."""
    dice = random.Random(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "choice", dice.choice)
        # A room's key makes the keys that seal words in its people's tabs, which stand in their pages.
        patch.setattr(hub, "new_room_key", lambda: RoomKey(hashlib.sha256(seed.encode()).digest()))
        patch.setattr(secrets, "token_hex", lambda size=32: dice.randbytes(size).hex())
        patch.setattr(secrets, "token_urlsafe", lambda size=32: "".join(dice.choices(SIGNS, k=size * 4 // 3)))
        yield


async def _never(_pulse: object) -> None:
    """No second passes by itself."""
    await asyncio.Event().wait()


@asynccontextmanager
async def worlds(folder: Path, store: str = "sqlite") -> AsyncIterator[Worlds]:
    """Two servers on SQLite, or on a Redis each."""
    clock = Clock()
    async with AsyncExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr("server.pulse.Pulse.beat", _never)
        for module in ("hub", "recordpage"):
            patch.setattr(f"server.{module}.now_ms", clock.ms)
        patch.setattr("server.app.Hub", functools.partial(Hub, steady=clock.steady))
        found = []
        for name in ("one", "other"):
            home = folder / name
            home.mkdir()
            redis, more = None, {}
            if store == "redis":
                (home / "redis").mkdir()
                redis = RedisServer(home / "redis")
                redis.start()
                stack.callback(redis.kill)
                more = {"redis": redis.url}
            server = await stack.enter_async_context(wireless(settings_in(home, **more)))
            # Nobody is made to wait: a meeting goes by in the blink of an eye.
            patch.setattr(server.site.pace, "_ahead_s", float("inf"))
            found.append(World(server, home, clock, redis))
        both = Worlds(found[0], found[1])
        logger = logging.getLogger("server")
        logger.addHandler(both.notebook)
        stack.callback(logger.removeHandler, both.notebook)
        patch.setattr(logger, "level", logging.DEBUG)
        yield both

"""A line to Redis that can be cut in the worst moments."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path


class Wire:
    """Passes bytes between a socket of its own and Redis. `swallow`: the next answer to a write is not passed on, and
    the line is cut instead."""

    def __init__(self, path: Path) -> None:
        self.url = f"unix://{path}"
        self.swallow = False
        self.swallowed = 0
        self._lines: set[asyncio.StreamWriter] = set()

    def cut(self) -> None:
        """Hang up on everyone."""
        for line in list(self._lines):
            line.close()

    async def _both_ways(self, redis: Path, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_redis, to_redis = await asyncio.open_unix_connection(str(redis))
        self._lines |= {writer, to_redis}
        writes = asyncio.Event()
        with suppress(OSError):
            pumps = (self._ask(reader, to_redis, writes), self._answer(from_redis, writer, writes))
            await asyncio.wait([asyncio.ensure_future(pump) for pump in pumps], return_when=asyncio.FIRST_COMPLETED)
        for line in (writer, to_redis):
            line.close()
            self._lines.discard(line)

    async def _ask(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, writes: asyncio.Event) -> None:
        with suppress(OSError):
            while asked := await source.read(65536):
                if b"EVAL" in asked:
                    writes.set()
                sink.write(asked)

    async def _answer(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, writes: asyncio.Event) -> None:
        with suppress(OSError):
            while answered := await source.read(65536):
                # That it does not know a script is no answer to a write: nothing was written yet.
                if self.swallow and writes.is_set() and not answered.startswith(b"-NOSCRIPT"):
                    self.swallow = False
                    self.swallowed += 1
                    return
                writes.clear()
                sink.write(answered)


@asynccontextmanager
async def wire_to(redis: Path, at: Path) -> AsyncIterator[Wire]:
    """A wire to Redis' socket, with a socket of its own."""
    wire = Wire(at)
    server = await asyncio.start_unix_server(lambda reader, writer: wire._both_ways(redis, reader, writer), str(at))
    try:
        yield wire
    finally:
        server.close()
        wire.cut()
        await asyncio.sleep(0)

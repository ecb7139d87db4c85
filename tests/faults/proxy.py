"""A line that misbehaves on purpose: it stands between browsers and a server, or a server and Redis, and cuts, stalls,
splits or swallows what goes through it. It understands nothing of what it carries."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Literal

Mode = Literal["through", "stall", "split", "swallow"]
Target = int | Path
"""A port of this machine, or a socket file."""

HERE = "127.0.0.1"
CHUNK = 64 * 1024
SPLIT_MOST = 4096
"""So many bytes of a piece go one at a time; the rest of a large board follows in one."""


class Pair:
    """One connection: the caller's end and the target's."""

    def __init__(self, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        self.near, self.far = near, far
        self.abandoned = False
        self.spoilt = False

    def cut(self) -> None:
        """Hang up on both, at once."""
        self.near.transport.abort()
        self.far.transport.abort()


class Proxy:
    """Listens on a port of its own while entered. `target` may change: a server that starts again has another port."""

    def __init__(self, target: Target | None = None) -> None:
        self.target = target
        self.port = 0
        self._mode: Mode = "through"
        self._open = asyncio.Event()
        self._open.set()
        self._pairs: set[Pair] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Proxy]:
        """Carry connections until left."""
        server = await asyncio.start_server(self._serve, HERE, 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            self.cut()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def become(self, mode: Mode) -> None:
        """Misbehave so from now on. What was swallowed in the middle can never go on: those lines are cut."""
        self._mode = mode
        self._open.set() if mode != "stall" else self._open.clear()
        for pair in [pair for pair in self._pairs if pair.spoilt]:
            pair.cut()

    def cut(self) -> None:
        """Hang up on everybody."""
        for pair in list(self._pairs):
            pair.cut()

    def half_open(self) -> None:
        """The target's ends are gone, and the callers are not told."""
        for pair in list(self._pairs):
            pair.abandoned = True
            pair.far.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with suppress(OSError):
                await self._open.wait()
                await self._carry(reader, writer)
        except asyncio.CancelledError:
            # asyncio's streams report a handler that ends so as an error, and nobody is left to hear of it.
            pass
        finally:
            writer.transport.abort()
            self._tasks.discard(task)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if isinstance(self.target, Path):
            far_reader, far_writer = await asyncio.open_unix_connection(str(self.target))
        elif self.target is not None:
            far_reader, far_writer = await asyncio.open_connection(HERE, self.target)
        else:
            return
        pair = Pair(writer, far_writer)
        self._pairs.add(pair)
        ways = [
            asyncio.create_task(self._pump(pair, reader, far_writer, back=False)),
            asyncio.create_task(self._pump(pair, far_reader, writer, back=True)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            if pair.abandoned:
                # The caller goes on talking to nobody until it gives up.
                await asyncio.wait(ways[:1])
        finally:
            pair.cut()
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            self._pairs.discard(pair)

    async def _pump(
        self, pair: Pair, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, back: bool
    ) -> None:
        while piece := await reader.read(CHUNK):
            await self._open.wait()
            if pair.abandoned:
                continue
            if self._mode == "swallow" and back:
                pair.spoilt = True
                continue
            if self._mode == "split":
                for at in range(min(len(piece), SPLIT_MOST)):
                    writer.write(piece[at : at + 1])
                    await asyncio.sleep(0)
                piece = piece[SPLIT_MOST:]
            writer.write(piece)
            await writer.drain()

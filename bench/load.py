"""Many connections at once, held by a small program of ours, load.c: what they ask, and how soon everyone has heard."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .cpu import in_kernel_ns, used_ns

ANSWER_WITHIN_S = 180.0


@dataclass(frozen=True)
class Seat:
    """One connection: to which port, in which room, by which address and cookie."""

    port: int
    room: int
    path: str
    cookie: str = ""


@dataclass(frozen=True)
class Speech:
    """How a server's frames are understood: how the one begins that lets somebody in, what to say first, and whether
    a number stands for all before it (`reached`) or for itself (`each`)."""

    ready: str
    hello: str
    counts: str


@dataclass(frozen=True)
class Took:
    """What a stretch of asking came to. `busy` is the share of their core that the people themselves needed: near 1,
    they were what kept the others waiting. Times in seconds, from an ask until the last one heard."""

    asked: int
    deliveries: int
    frames: int
    bytes: int
    lasted: float
    busy: float
    low: float
    median: float
    high: float
    late: float
    cpu_ns: int
    kernel_ns: int

    @property
    def us_each(self) -> float:
        """Microseconds of the servers' processor for each delivery."""
        return self.cpu_ns / self.deliveries / 1000

    @property
    def us_an_ask(self) -> float:
        """And for each ask."""
        return self.cpu_ns / self.asked / 1000


class Load:
    """Connections that are up. `ready_s` is how long that took."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path, ready_s: float) -> None:
        self._process = process
        self._folder = folder
        self.ready_s = ready_s

    async def run(
        self, asks: Iterable[tuple[int, str]], *, in_flight: int, seconds: float, pids: Sequence[int]
    ) -> Took:
        """Have them ask, so many at once, until the time or the asks are over; and what that cost these processes.
        Raises RuntimeError where an ask was refused or lost."""
        file = self._folder / "asks"
        file.write_text("".join(f"{line}\t{frame}\n" for line, frame in asks), "utf-8")
        assert self._process.stdin is not None
        before, kernel = used_ns(pids), in_kernel_ns(pids)
        self._process.stdin.write(f"run {in_flight} {seconds} {file}\n".encode())
        said = await _answer(self._process)
        return Took(**said, cpu_ns=used_ns(pids) - before, kernel_ns=in_kernel_ns(pids) - kernel)


@asynccontextmanager
async def connected(program: Path, folder: Path, seats: Sequence[Seat], speech: Speech) -> AsyncIterator[Load]:
    """Everyone with a connection, until left. Raises RuntimeError."""
    file = folder / "lines"
    file.write_text("".join(f"{one.port}\t{one.room}\t{one.path}\t{one.cookie or '-'}\n" for one in seats))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        program, file, speech.ready, speech.hello, speech.counts, stdin=pipe, stdout=pipe
    )
    try:
        yield Load(process, folder, (await _answer(process))["ready"])
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _answer(process: asyncio.subprocess.Process) -> Any:
    assert process.stdout is not None
    async with asyncio.timeout(ANSWER_WITHIN_S):
        line = await process.stdout.readline()
    if not line:
        raise RuntimeError("the connections were given up, see above")
    return json.loads(line)

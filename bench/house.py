"""A server process in a temporary folder, and a meeting on it. It starts what it needs and ends all of it again."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .cpu import SERVERS, keep_to

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_WITHIN_S = 30.0
LOOK_EVERY_S = 0.05
STAFF_KEY = "a-staff-key-of-some-length"
REDIS_SETTINGS = ("--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--save", "")


@dataclass(frozen=True)
class OwnRedis:
    """A Redis of ours, reached by a socket in a folder."""

    path: Path
    pid: int

    @property
    def url(self) -> str:
        """As the server's setting wants it."""
        return f"unix://{self.path}"


class House:
    """One server process and the links of its meeting."""

    def __init__(self, folder: Path, port: int, redis: OwnRedis | None) -> None:
        self.folder = folder
        self.port = port
        self.redis = redis
        self.url = f"http://{HOST}:{port}"
        named = {
            "SIGNBOARD_DATA": str(folder / "data"),
            "SIGNBOARD_KEY_FILE": str(folder / "key"),
            "SIGNBOARD_STAFF_KEY": STAFF_KEY,
            **({"SIGNBOARD_REDIS": redis.url} if redis is not None else {}),
        }
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("SIGNBOARD_")} | named
        self.room = self.code = self.facilitator = self.wall = ""
        self.process: asyncio.subprocess.Process | None = None

    async def order(self, *words: str) -> dict[str, str]:
        """Give the server an order, as from a shell."""
        out = await self._python(*words, stdout=asyncio.subprocess.PIPE)
        said, _ = await out.communicate()
        if out.returncode:
            raise RuntimeError(f"the order {words[0]} failed")
        answer: dict[str, str] = json.loads(said.splitlines()[-1])
        return answer

    async def serve(self) -> None:
        """Start the server and wait until it answers."""
        process = await self._python(
            "serve", "--host", HOST, "--port", str(self.port), stdout=asyncio.subprocess.DEVNULL
        )
        await until(lambda: answers(self.port))
        if process.returncode is not None:
            raise RuntimeError("the server did not start")
        keep_to(process.pid, SERVERS)
        self.process = process

    @property
    def pids(self) -> list[int]:
        """The server's process, to be asked what it costs."""
        assert self.process is not None
        return [self.process.pid]

    async def end(self) -> None:
        """End the server as it likes to be ended."""
        if self.process is not None:
            await _end(self.process)

    async def cut(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def _python(self, *words: str, stdout: int) -> asyncio.subprocess.Process:
        command = (sys.executable, "-m", "server", *words)
        return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=self.env, stdout=stdout)


@asynccontextmanager
async def house(*, redis: bool) -> AsyncIterator[House]:
    """A server with an open meeting, on SQLite or on a Redis of its own."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(scratch())
        store = await stack.enter_async_context(own_redis(folder)) if redis else None
        made = House(folder, free_port(), store)
        stack.push_async_callback(made.end)
        await made.serve()
        links = await made.order("new", "--title", "Bench", "--template", "safety", "--admit", "all", "--json")
        made.room, made.code = links["room"], links["code"]
        made.facilitator, made.wall = links["facilitator"], links["wall"]
        yield made


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone again afterwards."""
    with tempfile.TemporaryDirectory(prefix="signboard-bench-") as folder:
        yield Path(folder)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server((HOST, 0)) as probe:
        return int(probe.getsockname()[1])


@asynccontextmanager
async def own_redis(folder: Path) -> AsyncIterator[OwnRedis]:
    """A Redis as the server asks for, on the servers' core."""
    path = folder / "redis.sock"
    place = ("--port", "0", "--unixsocket", str(path), "--dir", str(folder))
    async with started("redis-server", *place, *REDIS_SETTINGS) as process:
        await until(path.exists)
        keep_to(process.pid, SERVERS)
        yield OwnRedis(path, process.pid)


@asynccontextmanager
async def started(*command: str, **more: Any) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that is ended again."""
    process = await asyncio.create_subprocess_exec(*command, **{"stdout": asyncio.subprocess.DEVNULL, **more})
    try:
        yield process
    finally:
        await _end(process)


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


async def until(true: Callable[[], bool]) -> None:
    """Wait for what was started. Raises RuntimeError."""
    for _ in range(int(START_WITHIN_S / LOOK_EVERY_S)):
        if true():
            return
        await asyncio.sleep(LOOK_EVERY_S)
    raise RuntimeError("what was started does not answer")


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    await process.wait()

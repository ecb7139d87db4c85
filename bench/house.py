"""A server process in a temporary folder, and a meeting on it. It starts what it needs and ends all of it again."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_WITHIN_S = 30.0
LOOK_EVERY_S = 0.05
REDIS_SETTINGS = ("--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--save", "")


class House:
    """One server process and the links of its meeting."""

    def __init__(self, folder: Path, port: int, redis: str) -> None:
        self.port = port
        self.url = f"http://{HOST}:{port}"
        named = {
            "SIGNBOARD_DATA": str(folder / "data"),
            "SIGNBOARD_KEY_FILE": str(folder / "key"),
            "SIGNBOARD_STAFF_KEY": "a-staff-key-of-some-length",
            **({"SIGNBOARD_REDIS": redis} if redis else {}),
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
        await _until(self._answers)
        if process.returncode is not None:
            raise RuntimeError("the server did not start")
        _keep_to(process.pid, 0)
        self.process = process

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

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((HOST, self.port)) == 0


@asynccontextmanager
async def house(*, redis: bool) -> AsyncIterator[House]:
    """A server with an open meeting, on SQLite or on a Redis of its own."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="signboard-bench-")))
        url = await stack.enter_async_context(_redis(folder)) if redis else ""
        with socket.create_server((HOST, 0)) as probe:
            port = int(probe.getsockname()[1])
        made = House(folder, port, url)
        stack.push_async_callback(made.end)
        await made.serve()
        links = await made.order("new", "--title", "Bench", "--template", "safety", "--admit", "all", "--json")
        made.room, made.code = links["room"], links["code"]
        made.facilitator, made.wall = links["facilitator"], links["wall"]
        yield made


def has_redis() -> bool:
    """Whether there is a Redis to start."""
    return shutil.which("redis-server") is not None


def _keep_to(pid: int, core: int) -> None:
    """Server and people each on a core of their own, where there are two."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        os.sched_setaffinity(pid, {cores[core]})


def take_other_core() -> None:
    """Leave the server its core."""
    _keep_to(0, 1)


@asynccontextmanager
async def _redis(folder: Path) -> AsyncIterator[str]:
    path = folder / "redis.sock"
    place = ("--port", "0", "--unixsocket", str(path), "--dir", str(folder))
    process = await asyncio.create_subprocess_exec(
        "redis-server", *place, *REDIS_SETTINGS, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        await _until(path.exists)
        yield f"unix://{path}"
    finally:
        await _end(process)


async def _until(true: Callable[[], bool]) -> None:
    for _ in range(int(START_WITHIN_S / LOOK_EVERY_S)):
        if true():
            return
        await asyncio.sleep(LOOK_EVERY_S)
    raise RuntimeError("what was started does not answer")


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    await process.wait()

"""Real storage for tests: a SQLite file, or a Redis server of our own that ends with the test run. No mocks."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import redis
from redis.exceptions import RedisError

from server.log.redis import RedisStore, open_redis
from server.log.sqlite import open_sqlite

if TYPE_CHECKING:
    from server.hub import Store

SAFE = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction", "save": ""}
START_S = 10.0
UNTIL_NOBODY_HOLDS_IT = '"$@" <&- & read -r _; kill -9 $!'
"""Runs a command until its own input ends, as it does when the test run dies in whatever way."""
T = TypeVar("T")


class RedisServer:
    """A redis-server on a socket in one folder. `start` and `kill` may be called again and again; its data stays."""

    before: Callable[[], None] | None = None
    """What runs in the new process, before it becomes Redis."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self._settings = {**SAFE, **settings}
        self._process: subprocess.Popen[bytes] | None = None
        self.pid = 0

    def start(self) -> None:
        settings = [word for name, value in self._settings.items() for word in (f"--{name}", value)]
        place = ["--port", "0", "--unixsocket", str(self.socket), "--dir", str(self.folder), "--daemonize", "no"]
        self._process = subprocess.Popen(
            ["sh", "-c", UNTIL_NOBODY_HOLDS_IT, "sh", "redis-server", *place, *settings],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=self.before,
        )
        until = time.monotonic() + START_S
        while True:
            try:
                with self.client() as client:
                    # Refused while it still reads its data, which INFO is not.
                    client.ping()
                    self.pid = client.info("server")["process_id"]
                return
            except RedisError:
                assert self._process.poll() is None and time.monotonic() < until, "redis-server did not start"
                time.sleep(0.01)

    def client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket), single_connection_client=True)

    def kill(self) -> None:
        """As a power cut does."""
        if self._process is not None:
            os.kill(self.pid, signal.SIGKILL)
            self._process.communicate()
            self._process = None

    def freeze(self) -> None:
        """It holds its connections and answers nothing."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def forbid_writes(self) -> None:
        """As a disk that is full: it ends at its next write, and a new one may write again."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (0, 0))


@dataclass
class Storage:
    """Where a test keeps its meetings. Each `open` gives one more store on it, as one more process would have."""

    kind: str
    file: Path
    server: RedisServer

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Store]:
        if self.kind == "sqlite":
            async with open_sqlite(self.file) as store:
                yield store
        else:
            async with self.redis() as store:
                yield store

    def redis(self) -> RedisStore:
        return open_redis(self.server.url)


async def until(is_so: Callable[[], bool], within: float = 5.0) -> None:
    """Wait until something is so, and no longer than it takes."""
    async with asyncio.timeout(within):
        while not is_so():
            await asyncio.sleep(0.005)


async def in_time(work: Awaitable[T], within: float = 5.0) -> T:
    """The outcome of `work`, which must come within so many seconds."""
    async with asyncio.timeout(within):
        return await work

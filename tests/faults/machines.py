"""The real processes of a run: servers and their Redis, each behind a line that can be made to misbehave. Only what was
started here is ever frozen or killed, and all of it ends with this process."""

from __future__ import annotations

import asyncio
import ctypes
import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.meeting import STAFF_KEY
from tests.storage import RedisServer

from .disk import Disk, open_disk
from .proxy import HERE, Proxy

Store = Literal["sqlite", "redis"]

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN_S = 30.0
STOPS_WITHIN_S = 20.0
PR_SET_PDEATHSIG = 1
BUG = "FAULTS_BUG"
"""The environment variable that has a server start with a planted bug."""

_libc = ctypes.CDLL(None)


def _ends_with_us() -> None:
    """In the child: die when whoever started it dies, in whatever way."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@dataclass
class Server:
    """One server process. `front` is where browsers reach it, through every restart; `back` is its own line to
    Redis."""

    name: str
    folder: Path
    front: Proxy
    back: Proxy | None
    bug: str = ""
    starts: int = 0
    _process: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether it ended without being told to."""
        return self._process is None or self._process.poll() is not None

    async def start(self) -> None:
        """Start it, and wait until it listens. It is tried again where its storage is away just then."""
        async with asyncio.timeout(STARTS_WITHIN_S):
            while not await self._try_to_start():
                await asyncio.sleep(0.2)
        self.starts += 1

    async def _try_to_start(self) -> bool:
        self._process = self._begin()
        assert self._process.stdout is not None
        said = await asyncio.to_thread(self._process.stdout.readline)
        found = re.search(r"http://\S+:(\d+)", said)
        if found is None:
            self.kill()
            return False
        self.front.target = int(found[1])
        return True

    def _begin(self) -> subprocess.Popen[str]:
        module = "tests.faults.serve" if self.bug else "server"
        with (self.folder / f"{self.name}.txt").open("a") as said:
            return subprocess.Popen(
                [sys.executable, "-m", module, "serve", "--port", "0"],
                cwd=ROOT,
                env=self._env(),
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                preexec_fn=_ends_with_us,
            )

    def _env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SIGNBOARD_")}
        own = {"SIGNBOARD_DATA": str(self.folder / "data"), "SIGNBOARD_KEY_FILE": str(self.folder / "key")}
        own |= {"SIGNBOARD_STAFF_KEY": STAFF_KEY, BUG: self.bug}
        if self.back is not None:
            own["SIGNBOARD_REDIS"] = f"redis://{HERE}:{self.back.port}"
        return kept | own

    def kill(self) -> None:
        """kill -9."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    async def stop(self) -> None:
        """SIGTERM, as at an update."""
        assert self._process is not None
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(self._process.wait, STOPS_WITHIN_S)
        self.kill()

    def freeze(self) -> None:
        """It holds its connections and answers nothing."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def may_write(self, may: bool) -> None:
        """Without it, every write to a file fails."""
        _now, most = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (most if may else 0, most))


@dataclass
class Machines:
    """Everything that runs: one server on SQLite, or three on one Redis."""

    store: Store
    folder: Path
    disk: Disk
    redis: RedisServer | None
    servers: list[Server] = field(default_factory=list)

    @property
    def lines(self) -> list[Proxy]:
        """The lines to Redis."""
        return [server.back for server in self.servers if server.back is not None]

    async def restart_redis(self) -> None:
        """kill -9, and again from what is on its disk."""
        assert self.redis is not None
        self.redis.kill()
        await asyncio.to_thread(self.redis.start)


@asynccontextmanager
async def machines(store: Store, folder: Path, *, bug: str = "", mount: bool = False) -> AsyncIterator[Machines]:
    """Start them in this folder. `mount`: put it on a small disk of its own, where this user may."""
    async with AsyncExitStack() as stack:
        disk = stack.enter_context(open_disk(folder / "disk", mount=mount and store == "sqlite"))
        redis = None
        if store == "redis":
            redis = RedisServer(folder)
            stack.callback(lambda: redis.kill())
            await asyncio.to_thread(redis.start)
        made = Machines(store, folder, disk, redis)
        for place in range(3 if redis else 1):
            front = await stack.enter_async_context(Proxy().listening())
            back = await stack.enter_async_context(Proxy(redis.socket).listening()) if redis else None
            server = Server(f"server{place}", disk.folder if store == "sqlite" else folder, front, back, bug)
            stack.callback(server.kill)
            made.servers.append(server)
        await made.servers[0].start()
        await asyncio.gather(*(server.start() for server in made.servers[1:]))
        yield made

"""One server process: the lock on its data folder, its socket, what it says when it starts, and how it stops. What it
answers stands in app.py."""

from __future__ import annotations

import asyncio
import fcntl
import ipaddress
import json
import os
import secrets
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette

from .app import create_app, open_key, open_store
from .catalogue import gettext as _
from .diagnostics import keep_words_out, log_loop_error
from .keepalive import Patient
from .links import local_hint
from .protocol import FRAME_MAX
from .settings import Settings, is_local
from .site import Practice
from .staff import staff_key
from .unhurried import Unhurried

LOCK: Final = "signboard.lock"
SERVER_JSON: Final = "server.json"
PRIVATE: Final = 0o600
PING_S: Final = 10.0
"""A peer that vanished is noticed within twice this after its last word."""
DRAIN_S: Final = 5
FAREWELL_S: Final = 0.2
"""Long enough for the last frame of each connection to leave before the server hangs up."""
SEND_BUFFER: Final = 128 * 1024
STALLED_MS: Final = 30_000

Beside = Callable[[Starlette, str], Coroutine[Any, Any, None]]
"""Something that goes on beside the server, from when it listens at an address until it stops."""


class Taken(Exception):
    """Another process holds the data folder."""


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the data folder for this process alone. Raises Taken, OSError."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (data / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Taken from None
        yield


class Server(uvicorn.Server):
    """Tells when it listens, and hangs up on every browser before it stops, so that nothing keeps it waiting."""

    def __init__(self, config: uvicorn.Config, app: Starlette, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._app = app
        self._tell_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open for requests, and say so."""
        await super().startup(sockets=sockets)
        if self.started:
            self._tell_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say goodbye to every connection, then stop."""
        self._app.state.site.hub.stop()
        await asyncio.sleep(FAREWELL_S)
        await super().shutdown(sockets=sockets)


def run(
    settings: Settings,
    *,
    host: str,
    port: int,
    say: Callable[[str], None],
    beside: Beside | None = None,
    practice_meeting: Practice | None = None,
) -> None:
    """Serve until told to stop (SIGINT, SIGTERM); port 0 takes a free one. Raises Taken, OSError, BadKey, BadTemplate
    and what opening the storage raises."""
    keep_words_out()
    # With Redis any number of processes share the log; one SQLite file belongs to one process.
    alone = nullcontext() if settings.redis else locked(settings.data)
    with alone, listen(host, port) as listening, _until_told() as told:
        factory = uvicorn.Config(_nothing, log_config=None).get_loop_factory()
        with asyncio.Runner(loop_factory=factory) as runner:
            runner.run(_serve(settings, listening, host, say, beside, practice_meeting, told))


async def _serve(
    settings: Settings,
    listening: socket.socket,
    host: str,
    say: Callable[[str], None],
    beside: Beside | None,
    practice_meeting: Practice | None,
    told: Callable[[], bool],
) -> None:
    asyncio.get_running_loop().set_exception_handler(log_loop_error)
    address = address_of(host, listening.getsockname()[1])
    token = secrets.token_urlsafe(24)
    lines = greeting(settings, address)
    tasks: list[asyncio.Task[None]] = []
    async with open_store(settings) as store:
        # The application reads it again, but from there no sentence reaches the terminal.
        await open_key(settings, store)
        app = create_app(settings, store, admin_token=token, practice_meeting=practice_meeting)

        def started() -> None:
            if not settings.redis:
                write_private(
                    settings.data / SERVER_JSON, {"address": address, "origin": settings.url or address, "token": token}
                )
            for line in lines:
                say(line)
            if beside is not None:
                tasks.append(asyncio.create_task(beside(app, address)))

        server = Server(config(app, settings), app, started)
        server.should_exit = told()
        try:
            await server.serve(sockets=[listening])
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if not settings.redis:
                (settings.data / SERVER_JSON).unlink(missing_ok=True)


def config(app: Any, settings: Settings) -> uvicorn.Config:
    """How uvicorn serves the board: small frames, no compression that could tell secrets by length, no line about who
    looked at what."""
    return uvicorn.Config(
        app,
        http=Unhurried,
        ws=Patient,
        ws_max_size=FRAME_MAX,
        ws_ping_interval=PING_S,
        ws_ping_timeout=PING_S,
        ws_per_message_deflate=False,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=list(settings.proxies),
        timeout_graceful_shutdown=DRAIN_S,
    )


def listen(host: str, port: int) -> socket.socket:
    """A socket at this address. Raises OSError."""
    family = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
    both = family == socket.AF_INET6 and host == "::" and socket.has_dualstack_ipv6()
    listening = socket.create_server((host, port), family=family, dualstack_ipv6=both)
    # Each connection inherits these. Without the first, an answer may wait 40 ms behind the change before it; without
    # the second, the system hides megabytes that a stalled reader never takes; without the third, it keeps them for a
    # quarter of an hour.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STALLED_MS)
    return listening


def address_of(host: str, port: int) -> str:
    """Where a program on this machine reaches the server."""
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return f"http://{host}:{port}"
    if ip.is_unspecified:
        ip = ipaddress.ip_address("127.0.0.1" if ip.version == 4 else "::1")
    return f"http://[{ip}]:{port}" if ip.version == 6 else f"http://{ip}:{port}"


def greeting(settings: Settings, address: str) -> list[str]:
    """What the terminal says: where the server is, how to start a meeting, and how to let phones in. Raises OSError."""
    public = settings.url or address
    lines = [_("Signboard is at {address}").format(address=public)]
    if settings.url:
        lines.append(_("It listens at {address}").format(address=address))
    key = staff_key(settings)
    if not settings.staff_key:
        lines.append(_("Start meetings with this link: {link}").format(link=f"{public}/staff#{key}"))
    if is_local(public):
        lines.append(local_hint(public))
    return lines


def write_private(path: Path, content: dict[str, str]) -> None:
    """Write a small file that only its owner can read, whole or not at all."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w") as file:
        json.dump(content, file)
    draft.replace(path)


@contextmanager
def _until_told() -> Iterator[Callable[[], bool]]:
    """Catch the signals that end a server, before uvicorn does and after: it raises them again at its end, which would
    cut off what still has to be put away. Yields whether one came."""
    told: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        told.append(number)

    before = {one: signal.signal(one, note) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(told)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


async def _nothing(scope: Any, receive: Any, send: Any) -> None:
    """Stands for an application where uvicorn only has to name its event loop."""

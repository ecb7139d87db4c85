"""A server without a network: browsers that hand it requests and sockets in this very process, and keep every byte they
are answered. For tests that hold the same meeting twice, or ask ten thousand times."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.types import Message, Scope

from server.app import create_app
from server.hub import Hub, Store
from server.settings import Settings
from server.site import Site
from tests.meeting import ADMIN_TOKEN

HOST = "127.0.0.1"
ORIGIN = f"http://{HOST}"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
WITHIN_S = 20.0
TURNS = 12
"""So many turns of the event loop after the last ask, everything that was told has reached its reader."""


@dataclass
class Answer:
    """What a request was answered."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    @property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str:
        """The first header of this name, "" without one."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def bytes_told(self) -> str:
        """All of it, as one text to compare."""
        return f"{self.status}\n" + "".join(f"{key}: {value}\n" for key, value in self.headers) + self.text


@dataclass(eq=False)
class Wireless:
    """The server. Each meeting may come from an address of its own, so that no budget of one is used up by another."""

    app: Starlette
    settings: Settings
    state: Mapping[str, Any]
    address: str = "127.0.0.1"

    @property
    def site(self) -> Site:
        site: Site = self.app.state.site
        return site

    @property
    def hub(self) -> Hub:
        return self.site.hub

    def browser(self, **cookies: str) -> Tab:
        """A new browser."""
        return Tab(self, dict(cookies))

    def scope(self, kind: str, path: str, headers: Iterable[tuple[bytes, bytes]], **more: Any) -> Scope:
        """What a server in front of the application would say of a request."""
        place, _, query = path.partition("?")
        return {
            "type": kind,
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": "http" if kind == "http" else "ws",
            "path": place,
            "raw_path": quote(place).encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": list(headers),
            "client": (self.address, 50000),
            "server": (HOST, 80),
            "state": dict(self.state),
            **more,
        }


@dataclass(eq=False)
class Tab:
    """One browser with its cookies. `heard` is every byte it was ever sent."""

    server: Wireless
    cookies: dict[str, str] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    lines: list[Socket] = field(default_factory=list)

    def headers(self, **more: str) -> list[tuple[bytes, bytes]]:
        """As a browser sends them from a page of ours."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"host": HOST, "origin": ORIGIN, **({"cookie": cookie} if cookie else {}), **more}
        return [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in sent.items()]

    async def get(self, path: str, **headers: str) -> Answer:
        return await self.request("GET", path, b"", **headers)

    async def form(self, path: str, **fields: str) -> Answer:
        return await self.request("POST", path, urlencode(fields).encode(), content_type=FORM)

    async def json(self, path: str, **fields: Any) -> Answer:
        return await self.request("POST", path, json.dumps(fields).encode(), content_type=JSON)

    async def request(self, method: str, path: str, body: bytes, **headers: str) -> Answer:
        """One request and its whole answer."""
        answer = Answer()
        asked: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            return asked.pop() if asked else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = [(key.decode(), value.decode("latin-1")) for key, value in message["headers"]]
            else:
                answer.body += message.get("body", b"")

        scope = self.server.scope("http", path, self.headers(**headers), method=method)
        await asyncio.wait_for(self.server.app(scope, receive, send), WITHIN_S)
        for key, value in answer.headers:
            if key == "set-cookie":
                self.cookies |= {name: one.value for name, one in SimpleCookie(value).items()}
        return answer

    async def post_ask(self, room: str, ref: int, tag: str, **fields: Any) -> Answer:
        """Ask without a socket."""
        said = {"for" if name == "for_" else name: value for name, value in fields.items()}
        return await self.json(f"/m/{room}/live?device=post0001", ask=tag, ref=ref, **said)

    async def stream(self, room: str, **query: str | int) -> str:
        """What a stream of events begins with; then this browser goes away."""
        told = ""
        gone = asyncio.Event()

        async def receive() -> Message:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            nonlocal told
            told += message.get("body", b"").decode()

        path = f"/m/{room}/live?{urlencode({'device': 'stream01', **query})}"
        scope = self.server.scope("http", path, self.headers(accept="text/event-stream"), method="GET")
        reading = asyncio.create_task(self.server.app(scope, receive, send))
        await turns()
        gone.set()
        await asyncio.wait_for(reading, WITHIN_S)
        return told

    def live(self, room: str, device: str = "device01", **query: str | int) -> Socket:
        """A socket of this browser begins."""
        line = Socket(self, f"/m/{room}/live?{urlencode({'device': device, **query})}")
        self.lines.append(line)
        return line


class Socket:
    """A WebSocket of one browser, which reads as fast as it is told."""

    def __init__(self, tab: Tab, path: str) -> None:
        self.frames: list[str] = []
        self.closed: int | None = None
        self._tab = tab
        self._said: asyncio.Queue[Message] = asyncio.Queue()
        self._news = asyncio.Event()
        self._refs = 0
        scope = tab.server.scope("websocket", path, tab.headers(), subprotocols=[])
        self._said.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.create_task(tab.server.app(scope, self._said.get, self._send))

    @property
    def over(self) -> bool:
        """Whether either end has gone."""
        return self._task.done()

    async def _send(self, message: Message) -> None:
        if message["type"] == "websocket.send":
            text = message.get("text") or message["bytes"].decode()
            self.frames.append(text)
            self._tab.heard.append(text)
        elif message["type"] == "websocket.close":
            self.closed = message["code"]
            self._tab.heard.append(f"close {message['code']}")
        self._news.set()

    async def until(self, signs: str) -> str:
        """The first frame that holds these signs, however long ago it came."""
        async with asyncio.timeout(WITHIN_S):
            while True:
                found = next((text for text in self.frames if signs in text), None)
                if found is not None:
                    return found
                assert self.closed is None, f"closed with {self.closed}"
                self._news.clear()
                await self._news.wait()

    def say(self, text: str) -> None:
        """Send a frame and wait for nothing."""
        self._said.put_nowait({"type": "websocket.receive", "text": text})

    async def ask(self, tag: str, **fields: Any) -> dict[str, Any]:
        """Ask, and wait for the answer: a `done` or a `no`."""
        self._refs += 1
        said = {"for" if name == "for_" else name: value for name, value in fields.items()}
        self.say(json.dumps({"ask": tag, "ref": self._refs, **said}))
        sign = f'"ref":{self._refs}'
        async with asyncio.timeout(WITHIN_S):
            while True:
                for text in reversed(self.frames):
                    if f"{sign}," in text and text.startswith(('{"is":"done"', '{"is":"no"')):
                        answer: dict[str, Any] = json.loads(text)
                        return answer
                self._news.clear()
                await self._news.wait()

    async def hang_up(self) -> None:
        """The connection is gone, as when a battery is empty."""
        self._said.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await asyncio.wait_for(self._task, WITHIN_S)


async def turns() -> None:
    """Let everything that was told reach its reader."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


@asynccontextmanager
async def wireless(settings: Settings, store: Store | None = None) -> AsyncIterator[Wireless]:
    """A server that is up, in this event loop."""
    app = create_app(settings, store, admin_token=ADMIN_TOKEN)
    async with app.router.lifespan_context(app) as state:
        assert state is not None
        yield Wireless(app, settings, state)

"""A real server in this process and the browsers of a meeting: what tests hold in their hands. No mocks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from starlette.applications import Starlette
from websockets.asyncio.client import ClientConnection, connect

from server import demo
from server.app import create_app
from server.board.people import AdmitPerson
from server.hub import Hub, Store
from server.links import MeetingLinks
from server.opening import Wish, open_meeting
from server.room import Room
from server.serve import config, listen
from server.settings import Settings
from server.site import Site

STAFF_KEY = "a-staff-key-of-some-length"
ADMIN_TOKEN = "an-admin-token"


def settings_in(folder: Path, **more: Any) -> Settings:
    """Settings of a server that keeps everything in one folder."""
    return Settings(data=folder / "data", key_file=folder / "key", **{"staff_key": STAFF_KEY, **more})


class _InThread(uvicorn.Server):
    """Leaves signals to whoever runs the tests."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass
class Running:
    """A server that listens. `browser()` gives a new one with no cookies."""

    url: str
    app: Starlette
    settings: Settings
    _open: list[Browser] = field(default_factory=list)

    @property
    def site(self) -> Site:
        site: Site = self.app.state.site
        return site

    @property
    def hub(self) -> Hub:
        return self.site.hub

    def browser(self, **headers: str) -> Browser:
        """A new browser. Extra headers go with every request."""
        origin = self.settings.url or self.url
        # There is no https here, and to read which certificates to trust takes longer than most tests.
        client = httpx2.AsyncClient(
            base_url=self.url, headers={"Origin": origin, **headers}, timeout=10.0, verify=False
        )
        browser = Browser(self, client, origin)
        self._open.append(browser)
        return browser

    async def staff(self) -> Browser:
        """A browser that may start meetings."""
        browser = self.browser()
        answer = await browser.post_json("/staff", key=self.settings.staff_key)
        assert answer.status_code == 200
        return browser

    async def meeting(self, **wish: Any) -> Meeting:
        """A new meeting, and its facilitator's browser."""
        asked = Wish(**{"title": "Tuesday afternoon", "name": "Helen", **wish})
        links = await open_meeting(self.hub, self.site.templates, asked, base=self.url)
        helen = self.browser()
        await helen.open_link(links.facilitator)
        return Meeting(self, links, await self.hub.room(links.room), helen)


@dataclass
class Browser:
    """One browser with its cookies, as a person holds it."""

    server: Running
    client: httpx2.AsyncClient
    origin: str

    async def get(self, path: str, **headers: str) -> httpx2.Response:
        return await self.client.get(path, headers=headers)

    async def post(self, path: str, **fields: str) -> httpx2.Response:
        """Send a form."""
        return await self.client.post(path, data=fields)

    async def post_json(self, path: str, **fields: Any) -> httpx2.Response:
        return await self.client.post(path, json=fields)

    async def open_link(self, link: str) -> dict[str, str]:
        """Follow a link with a key behind the #, as its page does."""
        answer = await self.post_json("/in", key=link.partition("#")[2])
        assert answer.status_code == 200, answer.text
        opened: dict[str, str] = answer.json()
        return opened

    @asynccontextmanager
    async def live(self, room: str, *, device: str = "device01", **query: str | int) -> AsyncIterator[ClientConnection]:
        """A socket of this browser."""
        url = httpx2.URL(self.server.url).copy_with(scheme="ws", path=f"/m/{room}/live")
        url = url.copy_merge_params({"device": device, **{name: str(value) for name, value in query.items()}})
        cookies = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        headers = {"Cookie": cookies} if cookies else {}
        # Like a browser, it takes a frame of any size.
        async with connect(
            str(url),
            origin=self.origin,  # type: ignore[arg-type]
            additional_headers=headers,
            proxy=None,
            max_size=None,
        ) as line:
            yield line


@dataclass
class Meeting:
    """A meeting that is under way. `helen` is the facilitator's browser."""

    server: Running
    links: MeetingLinks
    room: Room
    helen: Browser

    @property
    def id(self) -> str:
        return self.links.room

    @property
    def page(self) -> str:
        return f"/m/{self.links.room}"

    @property
    def helen_id(self) -> str:
        return next(one.id for one in self.room.board.people.values() if one.role == "facilitator")

    def person(self, name: str) -> str:
        """The id of the person with this name."""
        return next(one.id for one in self.room.board.people.values() if one.name == name)

    async def knocks(self, name: str, role: str = "family", agency: str = "") -> Browser:
        """Somebody who asks to come in."""
        browser = self.server.browser()
        answer = await browser.post(f"/join/{self.links.code}", name=name, role=role, agency=agency)
        assert answer.status_code == 303, answer.text
        return browser

    async def comes(self, name: str, role: str = "family", agency: str = "") -> Browser:
        """Somebody who asks to come in and is let in."""
        browser = await self.knocks(name, role, agency)
        person = self.person(name)
        if self.room.board.people[person].state == "waiting":
            await self.room.ask(self.helen_id, f"desk{person}", AdmitPerson(ref=1, person=person))
        return browser

    async def wall(self) -> Browser:
        """A browser that shows the wall."""
        browser = self.server.browser()
        await browser.open_link(self.links.wall)
        return browser


@asynccontextmanager
async def running(settings: Settings, store: Store | None = None) -> AsyncIterator[Running]:
    """A server on a free port of this machine, in this event loop."""
    app = create_app(settings, store, admin_token=ADMIN_TOKEN, practice_meeting=demo.begin)
    listening = listen("127.0.0.1", 0)
    server = _InThread(config(app, settings))
    task = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        assert not task.done(), "the server did not start"
        await asyncio.sleep(0.005)
    found = Running(f"http://127.0.0.1:{listening.getsockname()[1]}", app, settings)
    try:
        yield found
    finally:
        for browser in found._open:
            await browser.client.aclose()
        found.hub.stop()
        server.should_exit = True
        await task
        listening.close()


async def frame(line: ClientConnection, is_: str, within: float = 5.0) -> dict[str, Any]:
    """The next frame of this kind; others are passed over."""
    async with asyncio.timeout(within):
        while True:
            said: dict[str, Any] = json.loads(await line.recv())
            if said["is"] == is_:
                return said

"""A real server in a process of its own and the browsers of a meeting. Tests in a browser hold nothing else."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page

from server.commands import give_order
from server.serve import SERVER_JSON
from server.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 720}}
WALL = {"viewport": {"width": 1920, "height": 1080}}
STAFF_KEY = "a-staff-key-of-some-length"
WEATHER = b"<!doctype html><html lang=en><title>Weather</title><h1>Dry and mild</h1></html>"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE: Final = Axe()
STILL = """Promise.allSettled(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime < Infinity)
  .map((one) => one.finished)).then(() => {})"""
START_WITHIN_S = 30.0
SOON_S = 5.0
QUIET = re.compile(r"the server responded with a status of (40[0-9]|422)|net::ERR_|WebSocket connection to")
"""What a browser writes down by itself when an answer is no, or the server is away."""


def chromium() -> str | None:
    """The browser of this machine: without windows where there is one, else the whole."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@dataclass
class Meeting:
    """The links of one meeting."""

    room: str
    code: str
    facilitator: str
    join: str
    wall: str


class Signboard:
    """A server process that can be stopped and started again on the same port, with the same data."""

    def __init__(self, folder: Path, away: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            "SIGNBOARD_DATA": str(folder / "data"),
            "SIGNBOARD_KEY_FILE": str(folder / "key"),
            "SIGNBOARD_STAFF_KEY": STAFF_KEY,
            "SIGNBOARD_EXIT": away,
        }
        self.staff = f"{self.url}/staff#{STAFF_KEY}"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start and wait until it answers."""
        others = {name: value for name, value in os.environ.items() if not name.startswith("SIGNBOARD_")}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "server", "serve", "--port", str(self.port)),
            cwd=ROOT,
            env={**others, **self.env},
            stdout=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(START_WITHIN_S):
            while not self._answers():
                assert self._process.returncode is None, "the server did not start"
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """Stop as an operator would, and wait until it is gone."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.terminate()
        await self._process.wait()

    async def meeting(self, title: str = "Tuesday afternoon", **wish: Any) -> Meeting:
        """Make a meeting; `wish` as `signboard new` takes it (template, admit, authors, name)."""
        settings = Settings.from_env(self.env)
        made = await give_order(settings, "new", {"title": title, "name": "Helen", **wish})
        return Meeting(**made)

    def _answers(self) -> bool:
        # Written once it listens, taken away when it stops.
        return (Path(self.env["SIGNBOARD_DATA"]) / SERVER_JSON).exists()


@dataclass
class Stage:
    """Opens browsers for people and notes what goes wrong in any of them. Each browser is a device of its own."""

    browser: Browser
    signboard: Signboard
    away: str
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    async def device(self, **options: Any) -> Page:
        """A page on a new device; a phone unless said otherwise."""
        context = await self.browser.new_context(**{**PHONE, **options})
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._note(page, message))
        return page

    async def facilitator(self, meeting: Meeting, **options: Any) -> Page:
        """Helen's desk."""
        page = await self.device(**{**DESK, "has_touch": False, "is_mobile": False, **options})
        await self._trade(page, meeting.facilitator)
        await self._open(page, f"{self.signboard.url}/m/{meeting.room}")
        return page

    async def wall(self, meeting: Meeting, **options: Any) -> Page:
        """The screen everyone looks at."""
        page = await self.device(**{**WALL, "has_touch": False, "is_mobile": False, **options})
        await self._trade(page, meeting.wall)
        await self._open(page, f"{self.signboard.url}/m/{meeting.room}/wall")
        return page

    async def phone(self, meeting: Meeting, name: str, role: str = "family", **options: Any) -> Page:
        """Somebody's phone: at the door, or inside and ready where all are let in. What the join pages ask was answered
        by one request; tests of those pages go through them."""
        page = await self.device(**options)
        await self._post(page, meeting.join, form={"name": name, "role": role})
        board = f"{self.signboard.url}/m/{meeting.room}"
        # Refused at the door, and then asked as soon as they are let in.
        ready = {"ask": "person.ready", "ref": 1, "state": "ready"}
        await self._post(page, f"{board}/live?device=beforehand1", data=ready)
        await self._open(page, board)
        return page

    async def _open(self, page: Page, address: str) -> None:
        """Go there and wait until its scripts have run and its line is open."""
        await page.goto(address)
        await page.locator('main[data-state="open"], body[data-page="waiting"]').wait_for(state="attached")

    async def _trade(self, page: Page, link: str) -> None:
        """Have this device sign in by a link, as the page behind it does."""
        address, _, key = link.partition("#")
        await self._post(page, address, data={"key": key})

    async def _post(self, page: Page, address: str, **sent: Any) -> None:
        answer = await page.context.request.post(
            address, headers={"Origin": self.signboard.url}, max_redirects=0, **sent
        )
        assert answer.status < HTTPStatus.BAD_REQUEST, await answer.text()

    def _note(self, page: Page, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not QUIET.search(message.text):
            self.faults.append(f"{page.url}: {message.text}")

    async def close(self) -> None:
        """Close all devices."""
        for context in self.contexts:
            await context.close()


ROWS = {"family": "Family or friend", "child": "Child or young person", "agency": "I work with the family"}
HELPERS = {"interpreter": "I interpret", "advocate": "I am an advocate", "supporter": "I support someone"}


async def come_in(page: Page, name: str, role: str = "family", service: str = "") -> None:
    """Answer the questions of the join page as a person would, up to asking to come in."""
    await page.get_by_role("button", name="I have seen this").click()
    await page.get_by_label("What should people call you?").fill(name)
    await go_on(page)
    await page.get_by_text(ROWS.get(role, "I am helping someone")).click()
    await go_on(page)
    if role in HELPERS:
        await page.get_by_text(HELPERS[role], exact=True).click()
        await go_on(page)
    elif role == "agency":
        if service:
            await page.get_by_label("What kind of service?").select_option(label=service)
        await go_on(page)
    await page.get_by_role("button", name="Ask to come in").click()


async def ready(page: Page) -> None:
    """Answer what everyone is asked who has just been let in."""
    await page.get_by_role("button", name="Ready", exact=True).click(timeout=START_WITHIN_S * 1000)


async def go_on(page: Page) -> None:
    """The button of this step."""
    await page.get_by_role("button", name="Go on").click()


async def axe(page: Page) -> list[str]:
    """What axe finds wrong with the page as it is now: nothing, on every page and in every state."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.axe_script)
    # What still fades in has not its colours yet, and hides what is behind it only in part.
    await page.evaluate(STILL)
    # Only what is wrong comes back: what is right is a hundred times as long.
    found = await page.evaluate(
        "runOnly => axe.run({runOnly, resultTypes: ['violations']}).then((found) => found.violations)", RULES
    )
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


async def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@asynccontextmanager
async def weather() -> AsyncIterator[str]:
    """A plain site to go to: its address."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        # Browsers open connections ahead of time and then ask for nothing.
        with closing(writer), suppress(asyncio.IncompleteReadError, ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(head % len(WEATHER) + WEATHER)
            await writer.drain()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/weather"


@asynccontextmanager
async def serving(folder: Path, away: str) -> AsyncIterator[Signboard]:
    """A server that keeps everything in one folder."""
    server = Signboard(folder, away)
    await server.start()
    yield server
    await server.stop()


@asynccontextmanager
async def staging(browser: Browser, signboard: Signboard, away: str) -> AsyncIterator[Stage]:
    """Devices for people. No page may throw an error or be refused something by its own rules."""
    made = Stage(browser, signboard, away)
    yield made
    await made.close()
    assert made.faults == []


async def signed_out(page: Page, url: str) -> bool:
    """Whether this browser soon holds nothing that opens a meeting there. The word that it left travels behind it."""
    with suppress(TimeoutError):
        async with asyncio.timeout(SOON_S):
            while await page.context.cookies(url):
                await asyncio.sleep(0.02)
    return not await page.context.cookies(url)

"""What tests of blind rounds do again and again: ask, choose, send, show, and listen to every frame of every screen."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Locator, Page, WebSocket, expect

from tests.browser.guests import Guest, Guests, guests
from tests.browser.stage import DESK, WALL, Meeting, Stage, come_in

NEXT_COUNT_MS = 5_000
"""The count goes out on a tick of two seconds."""
EVERYTHING = """() => [
  document.documentElement.outerHTML,
  JSON.stringify({ ...sessionStorage }), JSON.stringify({ ...localStorage }), document.title, location.href,
  ...[...document.querySelectorAll("input, textarea, select")].map((el) => el.value),
].join("\\n")"""
"""All a page shows, holds or keeps."""


@dataclass
class Screen:
    """A page, and every frame it sent and was sent."""

    page: Page
    sent: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """From the first socket on."""
        self.page.on("websocket", self._socket)

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self.sent.append(str(frame)))
        socket.on("framereceived", lambda frame: self.heard.append(str(frame)))

    async def everything(self) -> str:
        """All that ever reached this screen."""
        return "\n".join([await self.page.evaluate(EVERYTHING), *self.heard])

    def ratings(self) -> list[dict[str, Any]]:
        """Every rating this screen was ever sent."""
        frames = [json.loads(frame) for frame in self.heard]
        return [one for frame in frames for one in frame.get("put", {}).get("rating", {}).values()]


@dataclass
class Room:
    """A meeting where everyone comes straight in: Helen's desk, and whoever comes with or without a page."""

    stage: Stage
    meeting: Meeting
    people: Guests
    desk: Screen
    helen: Guest

    async def phone(self, name: str, role: str = "family", **options: Any) -> Screen:
        """Somebody's phone, ready to start."""
        screen = Screen(await self.stage.device(**options))
        screen.listen()
        await screen.page.goto(self.meeting.join)
        await come_in(screen.page, name, role)
        await screen.page.wait_for_url(f"**/m/{self.meeting.room}")
        await screen.page.get_by_role("button", name="Ready", exact=True).click()
        return screen

    async def wall(self) -> Screen:
        """The projected screen."""
        screen = Screen(await self.stage.device(**{**WALL, "has_touch": False, "is_mobile": False}))
        screen.listen()
        await screen.page.goto(self.meeting.wall)
        await screen.page.wait_for_selector('main[data-state="open"]')
        return screen

    async def ask(self, show: str = "With names") -> None:
        """Helen asks everyone, at her desk."""
        await pull_out(self.desk.page)
        if await self.desk.page.get_by_role("button", name="Ask again").is_visible():
            await self.desk.page.get_by_role("button", name="Ask again").click()
        await self.desk.page.get_by_role("radio", name=show).check()
        await self.desk.page.get_by_role("button", name="Ask everyone").click()
        await expect(self.desk.page.get_by_role("button", name="Show everyone")).to_be_visible()

    async def show(self) -> None:
        """Helen shows everyone's number, whoever is missing."""
        await self.desk.page.get_by_role("button", name="Show everyone").click()
        anyway = self.desk.page.locator("[data-reveal-anyway]")
        gave = self.desk.page.locator('[data-drawer-part="shown"]')
        await expect(anyway.or_(gave).filter(visible=True)).to_be_visible()
        if await anyway.is_visible():
            await anyway.click()
        await expect(gave).to_be_visible()

    @property
    def round(self) -> str:
        """The newest round, as Helen's desk was told of it."""
        frames = [json.loads(frame) for frame in self.desk.heard]
        return str([id for frame in frames for id in frame.get("put", {}).get("round", {})][-1])


@asynccontextmanager
async def room_of(stage: Stage, meeting: Meeting) -> AsyncIterator[Room]:
    """The room of a meeting, with its desk open."""
    async with guests(stage.signboard, meeting) as people:
        desk = Screen(await stage.device(**{**DESK, "has_touch": False, "is_mobile": False}))
        desk.listen()
        await desk.page.goto(meeting.facilitator)
        await desk.page.wait_for_url(f"**/m/{meeting.room}")
        await desk.page.get_by_role("button", name="Open the door").click()
        yield Room(stage, meeting, people, desk, await people.helen())


async def pull_out(desk: Page) -> None:
    """The drawer for numbers, out."""
    handle = desk.get_by_role("button", name="Numbers").and_(desk.locator("[data-drawer-toggle]"))
    if await handle.get_attribute("aria-expanded") == "false":
        await handle.click()


def sheet(page: Page) -> Locator:
    """The sheet of somebody's number."""
    return page.locator('[data-sheet="number"]')


def bar(page: Page) -> Locator:
    """The slim bar, while the sheet is away."""
    return page.locator("[data-roundbar]")


async def choose(page: Page, value: int | str, reason: str = "", *, share: bool = False) -> None:
    """Choose a number and write what makes it that."""
    await sheet(page).locator(f'input[name="number"][value="{value}"]').check()
    if reason:
        await page.get_by_label("What makes it that number?").fill(reason)
    if share:
        await page.get_by_role("radio", name="Show it with my number").check()


async def send(page: Page) -> None:
    """Send it, and wait until it is safe."""
    await page.get_by_role("button", name="Send my number").click()
    await expect(page.get_by_role("heading", name="Your number is in.")).to_be_visible()


async def give(page: Page, value: int | str, reason: str = "", *, share: bool = False) -> None:
    """Choose and send."""
    await choose(page, value, reason, share=share)
    await send(page)


async def read_out(page: Page) -> list[str]:
    """The numbers as they are read to somebody who does not see the line."""
    return await page.locator(".numberline__list:visible > li, .numberline__list > li").all_inner_texts()

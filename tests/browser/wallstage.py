"""A wall with people around it: what the tests of the projected screen hold in their hands."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Locator, Page, WebSocket

from tests.browser.guests import Guest, Guests, fresh_id, guests
from tests.browser.stage import WALL, Meeting, Stage

LONG = "This is what we have seen since January, in plain words, and what each of the children said about it. "
"""100 characters and a little."""
SMALL_TEXT = """(least) => [...document.querySelectorAll("main *")]
  .filter((el) => el.checkVisibility() && !el.closest(".unseen"))
  .filter((el) => [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((el) => parseFloat(getComputedStyle(el).fontSize) < least)
  .map((el) => `${el.className} ${getComputedStyle(el).fontSize} ${el.textContent.slice(0, 40)}`)"""
"""What is written in smaller letters than these."""
SPILLED = """() => {
  // A card longer than a page has a box on each of its pages.
  const outside = (el) => {
    const box = (el.closest(".pages, .ask__cards") ?? document.documentElement).getBoundingClientRect();
    return [...el.getClientRects()].some((it) => {
      const onThisPage = it.right > box.left + 2 && it.left < box.right - 2;
      const wider = it.left < box.left - 2 || it.right > box.right + 2;
      return onThisPage && it.width > 0 && (wider || it.top < box.top - 2 || it.bottom > box.bottom + 2);
    });
  };
  return [...document.querySelectorAll("main :is(p, h2, li, bdi, span, img)")]
    .filter((el) => el.checkVisibility() && !el.closest(".unseen") && outside(el))
    .map((el) => `${el.className} ${el.textContent.slice(0, 40)}`);
}"""
"""What stands partly outside the box it belongs to."""
SOON_S = 10.0
"""Well under a second in a meeting; tests share their machine, and speed is measured in `bench`."""
SCROLLS = """() => [...document.querySelectorAll("*")].filter((el) => {
    const tooMuch = el.scrollHeight > el.clientHeight + 1 || el.scrollWidth > el.clientWidth + 1;
    return el.checkVisibility() && tooMuch && /auto|scroll/.test(getComputedStyle(el).overflow);
  }).map((el) => el.className)
  .concat(document.documentElement.scrollHeight > innerHeight ? ["page"] : [])"""
"""What has a bar to scroll with."""


@dataclass
class Wall:
    """The projected screen, Helen's second device, and whoever else comes."""

    page: Page
    helen: Guest
    people: Guests
    _seq: int = 0
    _heard: asyncio.Event = field(default_factory=asyncio.Event)

    def listen(self) -> None:
        """Follow how far the page has heard, from its next line on."""

        def hear(text: str | bytes) -> None:
            self._seq = max(self._seq, json.loads(text).get("seq", 0))
            self._heard.set()

        def follow(line: WebSocket) -> None:
            line.on("framereceived", hear)

        self.page.on("websocket", follow)

    async def has_heard(self, seq: int) -> None:
        """Wait until the page holds what was done up to `seq`."""
        async with asyncio.timeout(SOON_S):
            while self._seq < seq:
                self._heard.clear()
                await self._heard.wait()

    def scene(self, name: str) -> Locator:
        """A scene, shown or not."""
        return self.page.locator(f'[data-scene="{name}"]')

    @property
    def shown(self) -> Locator:
        """The scene that is shown."""
        return self.page.locator("[data-scene]:visible")

    def lane(self, column: str) -> Locator:
        """A column."""
        return self.page.locator(f'.lane[data-column="{column}"]')

    async def phase(self, phase: str) -> None:
        """Helen steps the agenda."""
        await self.helen.ask("phase.go", phase=phase)

    async def ask_for_numbers(self, show: str = "named") -> str:
        """Helen asks everyone for a number: the round's id."""
        id = fresh_id()
        await self.helen.ask("round.open", id=id, scale=next(iter(self.helen.parts["scale"])), show=show)
        return id

    async def show_large(self, kind: str, id: str) -> None:
        """Helen shows a card or a round large."""
        await self.helen.ask("about.show", about={"kind": kind, "id": id})


@asynccontextmanager
async def wall_of(stage: Stage, meeting: Meeting, *, clock: bool = False, **options: Any) -> AsyncIterator[Wall]:
    """A wall that shows the meeting; with a `clock` its time can be wound on."""
    async with guests(stage.signboard, meeting) as people:
        helen = await people.helen()
        page = await stage.device(**{**WALL, "has_touch": False, "is_mobile": False, **options})
        if clock:
            await page.clock.install()
        wall = Wall(page, helen, people)
        wall.listen()
        await page.goto(meeting.wall)
        await page.wait_for_url(f"**/m/{meeting.room}/wall")
        # Only a screen that is connected shows what comes.
        await page.wait_for_selector('main[data-state="open"]')
        yield wall

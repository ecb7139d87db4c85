"""An example played whole over the real wire, while real browsers look at it with the eyes of people in it. A test says
when the meeting goes on, and reads the screens in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Page

from server import demo
from server.board.phases import GoToPhase
from server.demo.script import Does, Step
from server.demo.stage import Stage as Play
from server.links import MeetingLinks
from tests.browser.stage import DESK, Meeting, Stage

FAST = 40.0
WITHIN_S = 60.0
WIDE = {**DESK, "has_touch": False, "is_mobile": False}


@dataclass
class Played:
    """One example under way. `screens` are the browsers that look on, by the name in the script, "wall" among them."""

    play: Play
    screens: dict[str, Page] = field(default_factory=dict)
    _reached: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    _may_go_on: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    _at: str = ""

    async def before(self, step: Step) -> None:
        """Every phase waits until the test has read the screens of the one before."""
        if isinstance(step, Does) and isinstance(step.ask, GoToPhase):
            await self._reached.put(step.ask.phase)
            await self._may_go_on.acquire()

    async def until_before(self, phase: str) -> None:
        """Let the meeting go on until all is done that comes before this phase."""
        async with asyncio.timeout(WITHIN_S):
            while self._at != phase:
                if self._at:
                    self._may_go_on.release()
                self._at = await self._reached.get()

    def go_on(self) -> None:
        """Let the meeting go on to its end."""
        self._may_go_on.release()

    def __getitem__(self, name: str) -> Page:
        return self.screens[name]


@asynccontextmanager
async def played(
    stage: Stage, meeting: Meeting, example: str, *, phones: Iterable[str] = (), wide: Iterable[str] = ()
) -> AsyncIterator[Played]:
    """Play an example on a new meeting. `phones` look on with a phone, `wide` with a computer; the wall always does."""
    server = stage.signboard
    links = MeetingLinks(**vars(meeting))
    script = demo.EXAMPLES[example]()
    made = Played(Play(links, script, address=server.url, origin=server.url, speed=FAST))
    made.play.before = made.before
    task = asyncio.create_task(made.play.play())
    try:
        made.screens["wall"] = await stage.wall(meeting)
        for name, options in [*((one, {}) for one in phones), *((one, WIDE) for one in wide)]:
            made.screens[name] = await _looks_on(stage, meeting, await made.play.cookies(name), options)
        yield made
        assert made.play.refused == []
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _looks_on(stage: Stage, meeting: Meeting, cookies: Mapping[str, str], options: Mapping[str, Any]) -> Page:
    page = await stage.device(**options)
    url = stage.signboard.url
    await page.context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
    await page.goto(f"{url}/m/{meeting.room}")
    await page.locator('main[data-state="open"]').wait_for(state="attached")
    return page

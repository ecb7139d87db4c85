"""Plays a meeting of invented people up to a few moments worth seeing, and takes a picture of each."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from server.board.cards import AddCard
from server.board.people import SayReady
from server.board.phases import GoToPhase, SetWall
from server.board.scales import OpenRound, RevealRound, SetRating
from server.board.voice import Voice
from tests.browser.stage import DESK, PHONE, WALL, chromium
from tests.meeting import Browser as Visitor
from tests.meeting import Meeting, running, settings_in

HERE = Path(__file__).resolve().parent
SETTLED_MS = 1500
DEVICE = "picture1"

PEOPLE = {
    "Dana": ("family", ""),
    "Maureen": ("family", ""),
    "Shirin": ("family", ""),
    "Tom": ("agency", "Social work"),
    "Jo": ("agency", "School"),
    "Anya": ("agency", "Health visiting"),
    "Marcus": ("agency", "Police"),
}
CARDS = (
    ("Helen", "well", "Mum does the funny voices when she reads to us.", "Kofi"),
    (
        "Maureen",
        "well",
        "When it kicked off in February Kofi rang me and I fetched both children within 20 minutes.",
        "",
    ),
    ("Jo", "well", "Kofi is in school nearly every day and has two good friends.", ""),
    ("Dana", "well", "I called the police myself on 11 April. I did not let him back in.", ""),
    ("Helen", "worried", "I put my hands over Elsie's ears so she can't hear the shouting.", "Kofi"),
    ("Dana", "worried", "I drink more at weekends since we split. The evenings are the worst.", ""),
    ("Jo", "worried", "On Mondays Kofi is very tired and cries easily.", ""),
    ("Maureen", "needs", "I can stay over every Friday and Saturday until the summer.", ""),
    ("Anya", "needs", "Dana and I go together to the first alcohol service visit.", ""),
)
NUMBERS: dict[str, Any] = {
    "Dana": 6, "Maureen": 4, "Shirin": "not-sure", "Tom": 3, "Jo": 4, "Anya": 5, "Marcus": 2,
}  # fmt: skip


class Play:
    """A meeting and the next number of whoever asks in it."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self._ref = 0

    async def ask(self, name: str, kind: Any, **fields: Any) -> None:
        """Have somebody ask for something."""
        self._ref += 1
        await self.meeting.room.ask(self.meeting.person(name), DEVICE, kind(ref=self._ref, **fields))


@asynccontextmanager
async def page_of(browser: Browser, visitor: Visitor, url: str, look: dict[str, Any]) -> AsyncIterator[Page]:
    """A page in the browser of somebody who is in the meeting already."""
    context = await browser.new_context(device_scale_factor=1, **look)
    await context.add_cookies(
        [{"name": name, "value": value, "url": visitor.server.url} for name, value in visitor.client.cookies.items()]
    )
    page = await context.new_page()
    await page.goto(visitor.server.url + url)
    await page.wait_for_timeout(SETTLED_MS)
    yield page
    await context.close()


async def take(browser: Browser, visitor: Visitor, url: str, look: dict[str, Any], name: str) -> None:
    """One picture."""
    async with page_of(browser, visitor, url, look) as page:
        await page.screenshot(path=HERE / f"{name}.png")


async def is_there(visitor: Visitor, room: str) -> None:
    """Somebody whose phone is on all the time: at the desk they are connected."""
    async with visitor.live(room) as line:
        async for _frame in line:
            pass


async def play(browser: Browser, meeting: Meeting) -> None:
    """From the first card to the reveal, with everyone connected."""
    people = {name: await meeting.comes(name, role, agency) for name, (role, agency) in PEOPLE.items()}
    lines = [asyncio.create_task(is_there(visitor, meeting.id)) for visitor in people.values()]
    try:
        await scenes(browser, meeting, people)
    finally:
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)


async def scenes(browser: Browser, meeting: Meeting, people: dict[str, Visitor]) -> None:
    """What is played before the pictures, and the pictures."""
    desk = {**DESK, "has_touch": False, "is_mobile": False, "viewport": {"width": 1280, "height": 800}}
    wall = {**WALL, "has_touch": False, "is_mobile": False, "viewport": {"width": 1600, "height": 900}}
    phone = {**PHONE, "viewport": {"width": 390, "height": 780}}
    scene = Play(meeting)
    phases = {phase.column or phase.kind: phase.id for phase in meeting.room.board.meetings[meeting.id].template.phases}
    await scene.ask("Helen", SetWall, code=False)
    await scene.ask("Helen", GoToPhase, phase=phases["worried"])
    for name in people:
        await scene.ask(name, SayReady, state="ready")
    for number, (name, column, text, child) in enumerate(CARDS):
        voice = Voice(whose=child, agreed="yes", how="said", when="14 May", brought_by="Sade") if child else None
        await scene.ask(name, AddCard, id=f"picture{number:02d}", column=column, text=text, voice=voice)
    await meeting.knocks("Lou", "supporter")
    await take(browser, people["Dana"], meeting.page, phone, "phone-board")
    await take(browser, meeting.helen, meeting.page, desk, "desk")
    await take(browser, await meeting.wall(), f"{meeting.page}/wall", wall, "wall-columns")
    await scene.ask("Helen", GoToPhase, phase=phases["rate"])
    await scene.ask("Helen", OpenRound, id="pictureround", scale=next(iter(meeting.room.board.scales)), show="named")
    await take(browser, people["Maureen"], meeting.page, phone, "phone-rating")
    for name, value in NUMBERS.items():
        await scene.ask(name, SetRating, round="pictureround", value=value)
    await scene.ask("Helen", RevealRound, round="pictureround")
    await take(browser, await meeting.wall(), f"{meeting.page}/wall", wall, "wall-reveal")


async def main() -> int:
    """Take them all. Returns 0."""
    with tempfile.TemporaryDirectory() as folder:
        async with running(settings_in(Path(folder))) as server, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium())
            await play(browser, await server.meeting(title="Thursday’s meeting"))
            await browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

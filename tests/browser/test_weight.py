"""What the board weighs on the line for a phone that never was here, all of it until the board is live."""

from __future__ import annotations

import asyncio
import random
import secrets

from playwright.async_api import Page, expect

from tests.browser.board import order
from tests.browser.stage import ROOT, Meeting, Signboard, Stage

CARDS = 200
WRITERS = 8
LETTERS = 80
BYTES_MOST = 120_000
REQUESTS_MOST = 8


def prose(seed: int) -> list[str]:
    """Sentences that are packed as badly as those people write."""
    words = (ROOT / "server" / "DECISIONS.md").read_text("utf-8").split()
    chance = random.Random(seed)
    starts = [chance.randrange(len(words) - 40) for _ in range(CARDS)]
    return [" ".join(words[start : start + 40])[:LETTERS] for start in starts]


async def fill(stage: Stage, signboard: Signboard, meeting: Meeting) -> None:
    """As many cards as there are, each by one of a few."""
    texts = prose(1)
    for number in range(WRITERS):
        page = await stage.device()
        await stage._post(page, meeting.join, form={"name": f"Person {number}", "role": "family"})
        for ref, text in enumerate(texts[number::WRITERS], 1):
            column = ("well", "worried", "needs")[ref % 3]
            card = {"ask": "card.add", "ref": ref, "id": secrets.token_hex(8), "column": column, "text": text}
            await stage._post(page, f"{signboard.url}/m/{meeting.room}/live?device=filling1", data=card)
        await page.close()


class Weighed:
    """Every byte that came: as many as were on the line, heads included."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.bytes = 0
        self.frames = 0

    async def watch(self, page: Page) -> None:
        cdp = await page.context.new_cdp_session(page)
        await cdp.send("Network.enable")
        cdp.on("Network.requestWillBeSent", lambda said: self.asked.append(said["request"]["url"]))
        cdp.on("Network.loadingFinished", lambda said: self._add(said["encodedDataLength"]))
        cdp.on("Network.webSocketFrameReceived", lambda said: self._hear(said["response"]["payloadData"]))

    def _add(self, many: float) -> None:
        self.bytes += int(many)

    def _hear(self, frame: str) -> None:
        self.bytes += len(frame.encode())
        self.frames += 1


async def test_a_phone_that_never_was_here_loads_a_full_board_with_little(
    stage: Stage, signboard: Signboard, open_meeting: Meeting
) -> None:
    await fill(stage, signboard, open_meeting)
    page = await stage.device()
    await stage._post(page, open_meeting.join, form={"name": "Maureen", "role": "family"})
    weighed = Weighed()
    await weighed.watch(page)
    await stage._open(page, f"{signboard.url}/m/{open_meeting.room}")
    await page.wait_for_load_state("networkidle")
    await expect(page.locator("[data-cards] > .card:not([data-light])")).to_have_count(CARDS)
    assert weighed.bytes <= BYTES_MOST, weighed.asked
    assert len(weighed.asked) <= REQUESTS_MOST, weighed.asked
    assert weighed.frames >= 1
    # The page takes its own words into its memory and leaves none of them lying about.
    assert await page.locator("[data-is], #brought, #own").count() == 0


async def test_numbers_and_steps_are_brought_when_there_are_some_even_after_a_failure(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await stage.phone(open_meeting, "Dana")
    desk = await stage.facilitator(open_meeting)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.route("**/js/later.js", lambda route: route.abort())
    step = {"what": "Gran fetches them on Fridays"}
    await order(desk, open_meeting, "step.add", id=secrets.token_hex(8), **step)
    await expect(page.locator("[data-views]")).to_be_visible()
    # It is asked for again by itself, though nothing more happens.
    async with asyncio.timeout(5):
        while len([url for url in asked if "/later.js" in url]) < 2:
            await asyncio.sleep(0.1)
    await page.get_by_role("button", name="Next steps").click()
    await expect(page.locator("[data-part=step]", has_text=step["what"])).to_be_visible()
    assert [url.rpartition("/")[2] for url in asked if "/later.js" in url] == ["later.js", "later.js?1"]

"""Looking back at the board, and what is printed before a meeting: slips with links, blank sheets for numbers."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import count
from typing import Any

import pikepdf
import pytest
from playwright.async_api import Page, expect

from tests.browser.board import order
from tests.browser.desk import card, choose, desk, write
from tests.browser.stage import DESK, PHONE, Meeting, Signboard, Stage, axe, sideways

WIDE: dict[str, Any] = {**DESK, "has_touch": False, "is_mobile": False}
# Not as a phone, whose window would grow with a page that is too wide for it.
WIDTHS: dict[str, dict[str, Any]] = {"390": {**WIDE, "viewport": PHONE["viewport"]}, "1280": WIDE}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}
A4_PX = (794, 1123)
"""A sheet of A4 at 96 px an inch."""
LARGEST = "document.documentElement.dataset.size = 'largest'"
SQUARES = """document.querySelectorAll(".slip__link").forEach((link) => {
  const square = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  square.setAttribute("class", "slip__square");
  link.before(square);
})"""
"""Puts a picture on each slip, as there is where phones can reach the server."""
REFS = count(1)


async def expected(page: Page, meeting: Meeting, *names: str) -> None:
    """Helen puts people on her list."""
    base = page.url.partition("/m/")[0]
    for name in names:
        ref = next(REFS)
        person = {"id": f"guest{ref:03}", "name": name, "role": "family", "how": "expected"}
        answer = await page.request.post(
            f"{base}/m/{meeting.room}/live?device=looking01",
            headers={"Origin": base},
            data={"ask": "person.expect", "ref": ref, **person},
        )
        assert (await answer.json())["is"] == "done"


async def is_well(page: Page) -> None:
    """Nothing is wrong with the page in any look, nor does it scroll sideways in the largest text."""
    for look in LOOKS.values():
        await page.emulate_media(**look)
        assert await axe(page) == [], look
    for direction in ("ltr", "rtl"):
        await page.evaluate(f"document.documentElement.dir = '{direction}'; {LARGEST}")
        assert await sideways(page) <= 0, direction
    await page.emulate_media(color_scheme="light", forced_colors="none")


@pytest.mark.parametrize("width", WIDTHS)
async def test_the_board_as_it_was_has_nothing_wrong_and_fits(
    stage: Stage, signboard: Signboard, open_meeting: Meeting, width: str
) -> None:
    dana = await stage.phone(open_meeting, "Dana")
    await write(dana, "Gran picks us up")
    await write(dana, "A word too many", "worried")
    page = await stage.facilitator(open_meeting, **WIDTHS[width], bypass_csp=True)
    await page.goto(f"{signboard.url}/m/{open_meeting.room}/history")
    await expect(page.get_by_role("heading", name="Look back at the board")).to_be_visible()
    await is_well(page)
    await page.locator(".history__minute").last.click()
    await expect(page.get_by_role("heading", name=re.compile("The board as it was at .* It cannot be"))).to_be_visible()
    await expect(page.get_by_text("Gran picks us up")).to_be_visible()
    await is_well(page)


async def test_words_that_were_changed_are_taken_off_every_minute_from_the_card_itself(
    stage: Stage, signboard: Signboard, open_meeting: Meeting
) -> None:
    helen = await desk(stage, open_meeting)
    dana = await stage.phone(open_meeting, "Dana")
    await write(dana, "We sleep at Canary Road 5")
    await card(helen, "Canary Road").hover()
    await card(helen, "Canary Road").get_by_role("button", name="What else to do with this card").click()
    before = helen.get_by_role("button", name="Take off what it said before")
    await expect(before).to_be_hidden()
    await helen.keyboard.press("Escape")
    key = await card(dana, "Canary Road").get_attribute("data-key")
    await order(dana, open_meeting, "card.edit", card=key, text="We sleep at my sister’s", was=1)
    await choose(helen, "my sister’s", "Take off what it said before")
    await helen.get_by_role("button", name="Take it off").click()
    await expect(helen.get_by_text("It cannot be looked back at any more.")).to_be_visible()
    page = await stage.facilitator(open_meeting, **WIDE)
    await page.goto(f"{signboard.url}/m/{open_meeting.room}/history")
    await expect(page.locator(".history__minute").first).to_be_visible()
    for minute in [await one.get_attribute("href") for one in await page.locator(".history__minute").all()]:
        await page.goto(f"{signboard.url}{minute}")
        await expect(page.get_by_text("The board as it was at")).to_be_visible()
        await expect(page.get_by_text("Canary Road")).to_have_count(0)


async def test_a_facilitator_goes_back_and_on_without_scripts(
    stage: Stage, signboard: Signboard, open_meeting: Meeting
) -> None:
    dana = await stage.phone(open_meeting, "Dana")
    await write(dana, "Gran picks us up")
    helen = await stage.facilitator(open_meeting)
    page = await stage.device(**WIDE, java_script_enabled=False)
    await page.context.add_cookies(await helen.context.cookies())  # type: ignore[arg-type]
    await page.goto(f"{signboard.url}/m/{open_meeting.room}/history")
    await page.locator(".history__minute").last.click()
    await expect(page.get_by_text("Gran picks us up")).to_be_visible()
    await expect(page.locator("main form, main input, main textarea")).to_have_count(0)
    await expect(page.get_by_role("button", name="Print")).to_be_hidden()
    await page.get_by_role("link", name="All minutes").click()
    await expect(page.get_by_role("heading", name="Look back at the board")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
async def test_slips_and_blank_sheets_have_nothing_wrong_and_fit(
    stage: Stage, signboard: Signboard, meeting: Meeting, width: str
) -> None:
    page = await stage.facilitator(meeting, **WIDTHS[width], bypass_csp=True)
    await expected(page, meeting, "Nan", "Tom", "Rao", "Leila", "Bartholomew Featherstonehaugh-Okafor")
    await page.goto(f"{signboard.url}/m/{meeting.room}/slips")
    await expect(page.get_by_label("Nan")).to_be_checked()
    await is_well(page)
    await page.get_by_role("button", name="Make the slips").click()
    await expect(page.get_by_role("heading", name="Slips, to print and cut")).to_be_visible()
    await expect(page.locator(".slip")).to_have_count(5)
    await is_well(page)
    await page.goto(f"{signboard.url}/m/{meeting.room}/sheets")
    await expect(page.get_by_role("heading", name="Blank sheets for numbers")).to_be_visible()
    await is_well(page)


async def test_a_slip_that_is_scanned_leads_to_the_door(stage: Stage, signboard: Signboard, meeting: Meeting) -> None:
    helen = await desk(stage, meeting)
    await expected(helen, meeting, "Nan")
    await helen.goto(f"{signboard.url}/m/{meeting.room}/slips")
    await helen.get_by_role("button", name="Make the slips").click()
    link = await helen.locator(".slip__link").inner_text()
    phone = await stage.device()
    await phone.goto(link)
    await expect(phone.get_by_role("heading", name="You are waiting to be let in.")).to_be_visible()


async def printed(page: Page) -> list[dict[str, float]]:
    """Where each slip lies as it is printed, in px from the top of the first sheet."""
    await page.emulate_media(media="print")
    await page.set_viewport_size({"width": A4_PX[0], "height": A4_PX[1]})
    boxes: list[dict[str, float]] = await page.locator(".slip").evaluate_all(
        """slips => slips.map(slip => { const box = slip.getBoundingClientRect();
             return {left: box.left + scrollX, top: box.top + scrollY, width: box.width, height: box.height,
                     needs: slip.scrollHeight}; })"""
    )
    return boxes


async def test_slips_are_printed_four_to_a_sheet_and_none_is_cut_short(
    stage: Stage, signboard: Signboard, meeting: Meeting
) -> None:
    page = await stage.facilitator(meeting)
    long = "Bartholomewin Featherstonehaugh-Okaforia"
    await expected(page, meeting, "Nan", long, "Rao", "Leila", "Elsie")
    await page.goto(f"{signboard.url}/m/{meeting.room}/slips")
    await page.get_by_role("button", name="Make the slips").click()
    await page.evaluate(SQUARES)
    boxes = await printed(page)
    assert len(boxes) == 5
    for box in boxes:
        assert box["needs"] <= box["height"] + 1
        assert abs(box["width"] - A4_PX[0] / 2) <= 1
        # Two and two, and the next four on a sheet of their own.
        assert box["height"] <= A4_PX[1] / 2
    assert len({(round(box["left"]), round(box["top"])) for box in boxes}) == 5
    await expect(page.locator(".bar")).to_be_hidden()
    await expect(page.locator(".slips__head")).to_be_hidden()
    # Much more stands on the first sheet, with four, than on the second: none slid over, onto those of the next.
    first, second = drawn(await page.pdf(prefer_css_page_size=True))
    assert first > 2 * second


def drawn(pdf: bytes) -> list[int]:
    """How much is drawn on each page."""
    with pikepdf.open(BytesIO(pdf)) as read:
        return [len(page.Contents.read_bytes()) for page in read.pages]

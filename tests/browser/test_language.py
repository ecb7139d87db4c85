"""Choosing a language, in a real browser: the page, its scripts and its direction follow, and quick exit forgets it."""

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from babel.messages.pofile import write_po
from playwright.async_api import Page, expect

from server import catalogue
from tests.browser.stage import Stage, axe, sideways
from tests.meeting import Running, running, settings_in
from tests.test_catalogue import pseudo

NARROW = {"width": 320, "height": 568}
OWN_NAME = "العربية"


@pytest_asyncio.fixture(loop_scope="session")
async def abroad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, away: str) -> AsyncIterator[Running]:
    """A server that knows Arabic and Welsh besides English."""
    monkeypatch.setattr(catalogue, "LOCALES", tmp_path)
    for code in ("ar", "cy"):
        with (tmp_path / f"{code}.po").open("wb") as file:
            write_po(file, pseudo(code))
    catalogue.languages.cache_clear()
    async with running(settings_in(tmp_path, exit=away)) as server:
        yield server
    catalogue.languages.cache_clear()


async def choose_arabic(page: Page) -> None:
    await page.get_by_text("Language: English").click()
    await page.get_by_role("button", name=OWN_NAME).click()
    await expect(page.locator("html")).to_have_attribute("dir", "rtl")


async def test_a_language_is_chosen_by_its_own_name_and_stays_for_the_next_page(stage: Stage, abroad: Running) -> None:
    page = await stage.device(viewport=NARROW)
    await page.goto(abroad.url)
    await choose_arabic(page)
    await expect(page.get_by_role("heading", level=1)).to_have_text("[ar Join a meeting]")
    await page.goto(f"{abroad.url}/check")
    await expect(page.locator("html")).to_have_attribute("lang", "ar")
    await expect(page.get_by_role("heading", level=1)).to_have_text("[ar Check this device]")
    # The same link again, with the part behind the #.
    await page.goto(f"{abroad.url}/in#keykeykey")
    assert await page.evaluate("document.cookie") == "sb-lang=ar"


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_the_list_of_languages_fits_and_hides_nothing(stage: Stage, abroad: Running, width: int) -> None:
    page = await stage.device(viewport={"width": width, "height": 640}, bypass_csp=True)
    await page.goto(abroad.url)
    for _language in range(2):
        await page.locator("summary.language__now").click()
        await expect(page.get_by_role("button", name="Cymraeg")).to_be_in_viewport(ratio=1)
        assert await axe(page) == []
        assert await sideways(page) == 0
        bar = await page.evaluate(
            """["summary.language__now", "[data-look-open]", ".exit"].map((part) => {
                const { left, right, width, height } = document.querySelector(part).getBoundingClientRect();
                return { left, right, width, height };
            }).sort((one, other) => one.left - other.left)"""
        )
        assert all(part["width"] >= 44 and part["height"] >= 44 for part in bar)
        assert all(one["right"] <= other["left"] for one, other in itertools.pairwise(bar))
        assert bar[0]["left"] >= 0 and bar[-1]["right"] <= width
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("button", name="Cymraeg")).to_be_hidden()
        if _language == 0:
            await choose_arabic(page)


async def test_a_language_can_be_chosen_by_keyboard_alone(stage: Stage, abroad: Running) -> None:
    page = await stage.device()
    await page.goto(abroad.url)
    await page.locator("summary.language__now").focus()
    for key in ("Enter", "Tab", "Tab", "Tab", "Enter"):
        await page.keyboard.press(key)
    await expect(page.get_by_role("heading", level=1)).to_have_text("[cy Join a meeting]")


async def test_quick_exit_leaves_no_language_behind(stage: Stage, abroad: Running, away: str) -> None:
    page = await stage.device()
    await page.goto(abroad.url)
    await choose_arabic(page)
    # A phone on a plain-http network heeds no Clear-Site-Data, and the last message may not get through.
    await page.route("**/leave", lambda route: route.abort())
    await page.locator(".exit[data-exit-link]").click()
    await page.wait_for_url(f"{away}**")
    assert [cookie for cookie in await page.context.cookies() if cookie["name"] == "sb-lang"] == []


async def test_one_language_offers_no_choice(stage: Stage) -> None:
    page = await stage.device()
    await page.goto(stage.signboard.url)
    await expect(page.get_by_role("button", name="Text size and colours")).to_be_visible()
    await expect(page.locator("[data-languages]")).to_have_count(0)

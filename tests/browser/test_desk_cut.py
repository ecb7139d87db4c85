"""What the server says of itself at the desk: that it came back with an earlier copy. Told to the facilitator alone."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.async_api import Browser, expect

from tests.browser.desk import card, desk, panel, write
from tests.browser.stage import Signboard, Stage

COMES_BACK_MS = 30_000
"""A page that lost its server tries again after up to 15 s."""


async def test_the_facilitator_alone_is_told_that_the_server_came_back_with_an_earlier_copy(
    browser: Browser, away: str, tmp_path: Path
) -> None:
    server = Signboard(tmp_path / "server", away)
    await server.start()
    stage = Stage(browser, server, away)
    try:
        meeting = await server.meeting(admit="all")
        page = await desk(stage, meeting)
        maureen = await stage.phone(meeting, "Maureen")
        await write(maureen, "Gran picks us up")
        await server.stop()
        shutil.copytree(server.env["SIGNBOARD_DATA"], tmp_path / "copy")
        await server.start()
        await write(maureen, "We eat together on Sundays", safe_within_ms=COMES_BACK_MS)
        await expect(card(page, "We eat together on Sundays")).to_be_visible(timeout=COMES_BACK_MS)

        await server.stop()
        shutil.rmtree(server.env["SIGNBOARD_DATA"])
        shutil.copytree(tmp_path / "copy", server.env["SIGNBOARD_DATA"])
        await server.start()
        told = "the server came back with an earlier copy"
        await expect(panel(page)).to_contain_text(told, timeout=COMES_BACK_MS)
        await expect(panel(page).locator("[data-cut]")).to_be_visible()
        await expect(card(page, "Gran picks us up")).to_be_visible()
        await expect(card(page, "We eat together on Sundays")).to_have_count(0)
        assert told not in await maureen.locator("main").inner_text()
        await page.get_by_label("Others can see this screen:").select_option("yes")
        assert told not in await page.locator("body").inner_text()
    finally:
        await stage.close()
        await server.stop()

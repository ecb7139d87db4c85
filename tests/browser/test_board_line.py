"""What a board says when its line is gone: signed out, erased, or a server that came back with an older copy."""

from __future__ import annotations

import shutil
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from server.commands import give_order
from server.settings import Settings
from tests.browser.board import card, composer, listed, order, words, write
from tests.browser.stage import Meeting, Signboard, Stage, axe, come_in, ready, signed_out


async def goodbye(page: Page, title: str) -> None:
    """The page says this, and holds nothing of the board any more."""
    await expect(page.get_by_role("dialog", name=title)).to_be_visible(timeout=20_000)
    await expect(page.get_by_role("link", name="Quick exit", exact=True)).to_be_in_viewport(ratio=1)
    assert "Gran picks us up" not in await page.content()


async def wrote(page: Page, text: str) -> None:
    await write(page, text)
    await expect(card(page, text)).to_contain_text("Saved", timeout=30_000)


async def test_who_left_on_another_device_is_told_so_here(stage: Stage, open_meeting: Meeting, away: str) -> None:
    page = await stage.phone(open_meeting, "Dana")
    await wrote(page, "Gran picks us up")
    other = await page.context.new_page()
    await other.goto(page.url)
    await other.locator('[data-open="who"]').click()
    await other.get_by_role("button", name="Leave the meeting").click()
    await other.wait_for_url(away)
    await goodbye(page, "You have left the meeting on this device.")
    assert await signed_out(page, page.url)


async def test_an_erased_meeting_is_gone_from_every_screen(
    stage: Stage, signboard: Signboard, open_meeting: Meeting
) -> None:
    page = await stage.phone(open_meeting, "Dana")
    await wrote(page, "Gran picks us up")
    await give_order(Settings.from_env(signboard.env), "erase", {"room": open_meeting.room})
    await goodbye(page, "This meeting is not here any more.")
    again = await page.reload()
    assert again is not None
    assert again.status == HTTPStatus.NOT_FOUND


KEEP_SOCKETS = """window.sockets = [];
window.WebSocket = class extends WebSocket { constructor(where) { super(where); window.sockets.push(this); } };"""
HANG_UP = """([bye, code]) => {
  const socket = window.sockets.at(-1);
  if (bye) socket.onmessage(new MessageEvent("message", { data: JSON.stringify({ is: "bye", code: bye, why: "" }) }));
  socket.onclose(new CloseEvent("close", { code }));
}"""


@pytest.mark.parametrize(
    ("bye", "code", "title"),
    [
        ("refused", 4403, "We could not let you in."),
        ("removed", 4403, "You are no longer in this meeting."),
        ("signed-out", 4401, "You have left the meeting on this device."),
        ("no-room", 4404, "This meeting is not here any more."),
        ("flooding", 4429, "This page sent too much at once."),
    ],
)
async def test_every_end_of_the_line_has_a_face(
    stage: Stage, open_meeting: Meeting, bye: str, code: int, title: str
) -> None:
    page = await stage.device(bypass_csp=True)
    await page.add_init_script(KEEP_SOCKETS)
    await page.goto(open_meeting.join)
    await come_in(page, "Dana")
    await page.wait_for_url(f"**/m/{open_meeting.room}")
    await ready(page)
    await wrote(page, "Gran picks us up")
    await words(page).fill("Half a thought")
    await page.evaluate(HANG_UP, [bye, code])
    sheet = page.get_by_role("dialog", name=title)
    await expect(sheet).to_be_visible()
    assert await axe(page) == []
    again = sheet.get_by_role("button", name="Try again")
    if bye != "flooding":
        await expect(again).to_be_hidden()
        return await goodbye(page, title)
    await again.click()
    await expect(card(page, "Gran picks us up")).to_be_visible()
    await expect(words(page)).to_have_value("Half a thought")


async def test_words_not_sent_when_the_meeting_ends_can_still_be_read(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Dana")
    desk = await stage.facilitator(open_meeting)
    await words(page).fill("Half a thought")
    await order(desk, open_meeting, "meeting.close")
    for _look in ("live", "reloaded"):
        await expect(composer(page)).to_contain_text("This was not sent before the meeting ended.")
        await expect(words(page)).to_have_value("Half a thought")
        await expect(composer(page).get_by_role("button")).to_have_count(0)
        await page.reload()


@pytest.mark.parametrize("choice", ["Send again", "Keep it here, do not send"])
async def test_who_meets_an_older_copy_chooses_what_becomes_of_their_words(
    tmp_path: Path, browser: Browser, away: str, choice: str
) -> None:
    server = Signboard(tmp_path, away)
    stage = Stage(browser, server, away)
    data = Path(server.env["SIGNBOARD_DATA"])
    await server.start()
    meeting = await server.meeting(admit="all")
    page = await stage.phone(meeting, "Dana")
    other = await stage.phone(meeting, "Maureen")
    await wrote(page, "In the copy")
    await server.stop()
    shutil.copytree(data, tmp_path / "copy")
    await server.start()
    await wrote(other, "After the copy")
    await expect(card(page, "After the copy")).to_be_visible(timeout=30_000)
    await page.context.set_offline(True)
    await expect(page.locator("[data-link]")).to_contain_text("No connection.")
    await write(page, "Written while it was away")
    await server.stop()
    shutil.rmtree(data)
    shutil.copytree(tmp_path / "copy", data)
    await server.start()
    # Maureen's phone knows a number that the copy does not have.
    await expect(card(other, "After the copy")).to_have_count(0, timeout=30_000)
    await wrote(other, "In the new beginning")
    await page.context.set_offline(False)
    sheet = page.get_by_role("dialog", name="Something you sent may be missing.")
    await expect(sheet).to_be_visible(timeout=30_000)
    await expect(card(page, "Written while it was away")).to_contain_text("Saving…")
    await sheet.get_by_role("button", name=choice).click()
    await expect(sheet).to_be_hidden()
    if choice == "Send again":
        await expect(card(page, "Written while it was away")).to_contain_text("Saved")
        assert await listed(page) == ["In the copy", "In the new beginning", "Written while it was away"]
    else:
        await expect(words(page)).to_have_value("Written while it was away")
        assert await listed(page) == ["In the copy", "In the new beginning"]
    await stage.close()
    await server.stop()
    assert stage.faults == []


async def test_words_lie_sealed_in_the_tab_and_come_back_with_the_page(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Dana")
    await wrote(page, "Gran picks us up")
    await page.context.set_offline(True)
    await write(page, "He broke the door")
    await composer(page).locator("textarea").fill("and nobody said")
    await expect(card(page, "He broke the door")).to_contain_text("not sent yet")
    kept = await page.evaluate("JSON.stringify({ ...sessionStorage, ...localStorage })")
    assert "sb.draft." in kept
    assert not any(words in kept for words in ("broke", "nobody", "card.add"))
    await page.context.set_offline(False)
    await page.reload()
    await expect(composer(page).locator("textarea")).to_have_value("and nobody said")
    await expect(card(page, "He broke the door")).to_contain_text("Saved", timeout=30_000)
    await expect(card(page, "He broke the door")).to_have_count(1)


async def test_where_nothing_can_be_sealed_nothing_is_stored_and_the_line_says_so(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await stage.phone(open_meeting, "Dana")
    # As on a plain address in the building's own network.
    await page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    await page.reload()
    await page.locator('main[data-state="open"]').wait_for()
    await page.context.set_offline(True)
    await write(page, "He broke the door")
    line = page.locator("[data-link]")
    await expect(line).to_contain_text("1 thing is not sent yet. Do not reload this page yet.", timeout=10_000)
    assert "sb.draft." not in await page.evaluate("JSON.stringify({ ...sessionStorage, ...localStorage })")
    await page.context.set_offline(False)
    await expect(card(page, "He broke the door")).to_contain_text("Saved", timeout=30_000)
    await expect(line).to_be_hidden()

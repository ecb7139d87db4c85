"""A phone passed on in the room: covered between two people, each under their own name, neither reading the other's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.guests import fresh_id
from tests.browser.numbers import Room, Screen, choose, give, read_out, room_of, send, sheet
from tests.browser.stage import Meeting, Stage, axe, sideways

NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}


@pytest_asyncio.fixture(loop_scope="session")
async def room(stage: Stage, open_meeting: Meeting) -> AsyncIterator[Room]:
    """A meeting with its desk."""
    async with room_of(stage, open_meeting) as made:
        yield made


async def shared(room: Room, **options: Any) -> Screen:
    """Dana's phone, on which Maureen, who is in the room without one, writes too."""
    dana = await room.phone("Dana", **options)
    await room.helen.ask("person.expect", id=fresh_id(), name="Maureen", role="family", how="room")
    desk = room.desk.page
    row = desk.locator("[data-roster] li").filter(has_text="Maureen")
    await row.locator("[data-person-more]").click()
    await row.get_by_label("On whose phone").select_option(label="Dana")
    await expect(dana.page.get_by_role("button", name="Pass this phone on")).to_be_visible()
    return dana


async def take(page: Page, name: str) -> None:
    """Give the phone to somebody, who says it is them."""
    await expect(page.get_by_role("button", name=f"I am {name}")).to_be_visible()
    await page.get_by_role("button", name=f"I am {name}").click()


async def test_what_is_written_after_the_phone_was_passed_on_is_the_others_own(room: Room) -> None:
    dana = (await shared(room, **NARROW)).page
    field = dana.locator('form[data-composer="well"] textarea[data-words]')
    await field.fill("Half a thought of mine")
    await field.blur()
    await dana.get_by_role("button", name="Pass this phone on").click()
    await expect(dana.get_by_role("heading", name="Give the phone to Maureen")).to_be_focused()
    assert await sideways(dana) == 0
    assert await axe(dana) == []
    await take(dana, "Maureen")
    await dana.get_by_label("What do you want to say?").fill("I ring every evening")
    await dana.reload()
    await take(dana, "Maureen")
    await expect(dana.get_by_label("What do you want to say?")).to_have_value("I ring every evening")
    assert await axe(dana) == []
    await dana.get_by_role("button", name="Add", exact=True).and_(dana.locator("[data-pass-form] button")).click()
    card = room.desk.page.locator('[data-part="card"]').filter(has_text="I ring every evening")
    await expect(card).to_contain_text("Maureen, on Dana’s phone")
    await expect(card.get_by_text("Not confirmed yet")).to_be_hidden()
    await dana.get_by_role("button", name="Give it back to Dana").click()
    await take(dana, "Dana")
    await expect(field).to_have_value("Half a thought of mine")
    own = dana.locator('[data-part="card"]').filter(has_text="I ring every evening")
    await expect(own).to_be_visible()
    await expect(own.get_by_role("button", name="Change")).to_be_hidden()


async def test_two_numbers_on_one_phone_are_apart_and_neither_is_read_by_the_other(room: Room) -> None:
    dana = await shared(room)
    page = dana.page
    await room.ask()
    await give(page, 6, "He has not been back")
    await sheet(page).get_by_role("button", name="Pass this phone on").click()
    await take(page, "Maureen")
    await page.get_by_role("button", name="Choose my number").click()
    await expect(sheet(page)).to_contain_text("Maureen")
    assert await sheet(page).locator("input[name=number]:checked").count() == 0
    await expect(page.get_by_label("What makes it that number?")).to_have_value("")
    await choose(page, 3, "The rules are new")
    await send(page)
    await expect(sheet(page).get_by_role("button", name="Hold to look")).to_be_hidden()
    await sheet(page).get_by_role("button", name="Give it back").click()
    await take(page, "Dana")
    held = dana.ratings()
    assert {one["value"] for one in held} == {6}
    assert "The rules are new" not in await dana.everything()
    await expect(room.desk.page.locator('[data-drawer-part="open"]')).to_contain_text("2 of 2 have answered")
    await room.show()
    assert sorted(await read_out(room.desk.page)) == ["Dana: 6", "Maureen: 3"]


async def test_two_answers_to_a_worry_on_one_phone_are_apart_too(room: Room) -> None:
    dana = await shared(room, **NARROW)
    page, agree = dana.page, dana.page.locator('[data-sheet="agree"]')
    a_set, poll = fresh_id(), fresh_id()
    await room.helen.ask("set.start", id=a_set, scale=fresh_id())
    await room.helen.ask("set.write", set=a_set, part="happened", text="Kofi was alone", was=0)
    await room.helen.ask("set.put-up", set=a_set)
    await room.helen.ask("agreement.ask", id=poll, set=a_set)
    await agree.get_by_role("radio", name="Partly").check()
    await agree.get_by_label("In my own words").fill("Not every week")
    await agree.get_by_role("button", name="Send my answer").click()
    await agree.get_by_role("button", name="Pass this phone on").click()
    await take(page, "Maureen")
    await page.get_by_role("button", name="Say whether I agree").click()
    await expect(agree).to_contain_text("Maureen")
    assert await agree.locator("input[name=stance]:checked").count() == 0
    await expect(agree.get_by_label("In my own words")).to_have_value("")
    assert await axe(page) == [] and not await sideways(page)
    await agree.get_by_role("radio", name="I see it differently").check()
    await agree.get_by_label("In my own words").fill("It was only one Saturday")
    await agree.get_by_role("button", name="Send my answer").click()
    await expect(agree.get_by_text("Nobody can look at it until all answers are shown")).to_be_visible()
    await expect(agree.get_by_role("heading", name="Your answer is in.")).to_be_visible()
    await expect(agree.get_by_role("button", name="Hold to look")).to_be_hidden()
    await agree.get_by_role("button", name="Give it back").click()
    await take(page, "Dana")
    assert "It was only one Saturday" not in await dana.everything()
    await room.helen.ask("agreement.show", poll=poll)
    summed = room.desk.page.locator("[data-setagree]").first
    await expect(summed).to_contain_text("Dana")
    await expect(summed).to_contain_text("Maureen")


async def test_when_it_ends_at_the_desk_the_phone_goes_back_covered(room: Room) -> None:
    dana = (await shared(room)).page
    await dana.get_by_role("button", name="Pass this phone on").click()
    await take(dana, "Maureen")
    row = room.desk.page.locator("[data-roster] li").filter(has_text="Maureen")
    await row.get_by_label("On whose phone").select_option(label="On nobody’s")
    await expect(dana.get_by_role("heading", name="Give the phone back to Dana")).to_be_visible()
    await take(dana, "Dana")
    await expect(dana.get_by_role("button", name="Pass this phone on")).to_be_hidden()

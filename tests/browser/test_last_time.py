"""Numbers of last time, of one service and of one child: told before, and drawn once all are shown."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from playwright.async_api import expect

from tests.browser.guests import Guest, fresh_id
from tests.browser.numbers import Room, choose, pull_out, read_out, room_of, send, sheet
from tests.browser.stage import Meeting, Stage, axe, sideways

NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
WORRY = "Drinking at weekends"


@pytest_asyncio.fixture(loop_scope="session")
async def room(stage: Stage, open_meeting: Meeting) -> AsyncIterator[Room]:
    """A meeting with its desk."""
    async with room_of(stage, open_meeting) as made:
        yield made


async def worry(helen: Guest, name: str = WORRY) -> str:
    """A worry about two children, on the board: the id of its scale."""
    id, scale = fresh_id(), fresh_id()
    await helen.ask("set.start", id=id, scale=scale, children=["Kofi", "Elsie"])
    await helen.ask("set.write", set=id, part="name", text=name, was=0)
    await helen.ask("set.write", set=id, part="happened", text="Dana was asleep after drinking", was=0)
    await helen.ask("set.put-up", set=id)
    return scale


async def ask_all(room: Room) -> None:
    """Helen asks, with names, at her desk."""
    desk = room.desk.page
    await pull_out(desk)
    await desk.get_by_role("radio", name="With names").check()
    await desk.get_by_role("button", name="Ask everyone").click()
    await expect(desk.get_by_role("button", name="Show everyone")).to_be_visible()


async def test_a_round_for_one_child_is_opted_into_and_says_what_it_adds(room: Room) -> None:
    await worry(room.helen)
    dana = (await room.phone("Dana", **NARROW)).page
    desk = room.desk.page
    await pull_out(desk)
    await desk.locator("[data-alsos]").get_by_text("Elsie").click()
    await expect(desk.locator('[data-drawer-part="ask"]')).to_contain_text("This sheet adds about 4 minutes.")
    assert await axe(desk) == []
    await ask_all(room)
    await choose(dana, 6, "He has not been back")
    await dana.get_by_role("button", name="Send my number").click()
    await expect(sheet(dana).locator("legend").first).to_contain_text("Elsie")
    await expect(dana.get_by_label("What makes it that number?")).to_have_value("")
    assert await sheet(dana).evaluate("(one) => one.scrollTop") == 0
    assert await sideways(dana) == 0
    # What was chosen and not sent is there again on the way back.
    await choose(dana, 4)
    await sheet(dana).get_by_role("button", name="1 of 2").click()
    await sheet(dana).get_by_role("button", name="2 of 2").click()
    await expect(sheet(dana).locator('input[value="4"]')).to_be_checked()


async def test_last_times_numbers_come_with_the_reveal_hollow_and_with_a_thread(room: Room) -> None:
    dana = await room.phone("Dana")
    jo = await room.people.comes("Jo", "agency")
    me = json_person(room, "Dana")
    desk = room.desk.page
    await pull_out(desk)
    await desk.get_by_role("button", name="Numbers from last time").click()
    past = desk.locator("[data-lasttime]")
    await past.locator("[data-past-person]").select_option(me)
    await past.locator("[data-past-value]").select_option("0")
    await past.get_by_label("When was it?").fill("14 March")
    await past.get_by_role("button", name="Put it in").click()
    await expect(desk.locator("[data-past-list]")).to_contain_text("Dana: 0 · 14 March")
    await desk.locator("[data-sheet=lasttime] [data-close]").click()
    await ask_all(room)
    await choose(dana.page, 6)
    await send(dana.page)
    await jo.ask("rating.set", round=room.round, value=3)
    assert "14 March" not in await dana.everything()
    await room.show()
    await expect(sheet(dana.page)).to_contain_text("Dashed: last time, 14 March")
    assert "Dana: 6, last time 0" in await read_out(dana.page)
    assert await sheet(dana.page).locator('[data-kind="past"]').count() == 1
    assert await sheet(dana.page).locator(".numberline__dots").count() == 1


async def test_an_agency_gives_one_number_and_is_told_so(room: Room) -> None:
    jo = (await room.phone("Jo", "agency")).page
    desk = room.desk.page
    owen = await room.people.comes("Owen", "agency", "School")
    carol = await room.people.comes("Carol", "agency", " school ")
    await pull_out(desk)
    await desk.get_by_role("checkbox", name="One number for each service").check()
    await expect(desk.locator('[data-drawer-part="ask"]')).to_contain_text("numbers are asked for.")
    await ask_all(room)
    await expect(desk.locator('[data-drawer-part="open"]')).to_contain_text("Each service gives one number.")
    for guest, value in ((owen, 7), (carol, 4)):
        await guest.ask("rating.set", round=room.round, value=value)
    await choose(jo, 2)
    await send(jo)
    await room.show()
    said = await read_out(desk)
    assert [one.strip() for one in said] == ["school: 4", "Jo: 2"]


def json_person(room: Room, name: str) -> str:
    """The id of somebody, as the desk was told it."""
    found = [
        id
        for frame in room.desk.heard
        for id, one in json.loads(frame).get("put", {}).get("person", {}).items()
        if one["name"] == name
    ]
    return found[-1]

"""The drawer of a blind round at Helen's desk: asking, waiting, showing or throwing away, and what comes after."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.browser.board import box
from tests.browser.numbers import NEXT_COUNT_MS, Room, give, pull_out, read_out, room_of, sheet
from tests.browser.stage import Meeting, Stage, axe, sideways
from tests.browser.test_rating import faults

PHONE_WIDE = {"width": 390, "height": 844}


@pytest_asyncio.fixture(loop_scope="session")
async def room(stage: Stage, open_meeting: Meeting) -> AsyncIterator[Room]:
    """A meeting with its desk."""
    async with room_of(stage, open_meeting) as made:
        yield made


def drawer(page: Page) -> Locator:
    """The drawer for numbers."""
    return page.locator("[data-drawer]")


async def test_how_numbers_are_shown_is_chosen_first_and_never_for_her(room: Room) -> None:
    desk = room.desk.page
    await room.people.comes("Dana")
    await room.people.comes("Jo", "agency")
    await pull_out(desk)
    assert await drawer(desk).locator("input[name=show]:checked").count() == 0
    for effect in (
        "Everyone sees who chose which number. 2 people are asked.",
        "Who is alone in a group is shown as “someone”. Family or friend: 1, Works with the family: 1",
        "It needs three numbers. 2 people are asked.",
        "Once asked, this cannot be made more open.",
    ):
        await expect(drawer(desk)).to_contain_text(effect)
    await desk.get_by_role("button", name="Ask everyone").click()
    await expect(drawer(desk).get_by_role("alert")).to_have_text("Choose first how the numbers will be shown.")
    await expect(desk.get_by_role("radio", name="With names")).to_be_focused()
    await desk.get_by_role("checkbox", name="I answer too").check()
    await expect(drawer(desk)).to_contain_text("3 people are asked.")


async def test_the_drawer_comes_up_for_numbers_and_goes_with_them_but_can_be_pulled_out_at_any_time(room: Room) -> None:
    desk = room.desk.page
    inside = drawer(desk).locator("[data-drawer-body]")
    await expect(inside).to_be_hidden()
    await pull_out(desk)
    await expect(inside).to_be_visible()
    await inside.get_by_role("radio", name="With names").focus()
    await desk.keyboard.press("Escape")
    await expect(inside).to_be_hidden()
    await room.helen.ask("phase.go", phase="rate")
    await expect(inside).to_be_visible()
    # Over the whole of the columns; what asks everyone is in sight in the lowest window too.
    assert (await box(inside))["y"] == (await box(desk.locator("[data-columns]")))["y"]
    await desk.set_viewport_size({"width": 1280, "height": 560})
    await expect(inside.get_by_role("button", name="Ask everyone")).to_be_in_viewport(ratio=1)
    await room.helen.ask("phase.go", phase="needs")
    await expect(inside).to_be_hidden()
    await desk.locator('[data-composer="well"] [data-voice-open]').click()
    await desk.locator('[data-composer="well"]').get_by_label("Yes", exact=True).check()
    await desk.locator("#words-well").fill("Half a")
    await room.helen.ask("phase.go", phase="rate")
    await expect(desk.locator('[data-step="rate"] [aria-current]')).to_be_visible()
    await expect(inside).to_be_hidden()


async def test_once_nobody_is_missing_showing_is_what_she_is_led_to(room: Room) -> None:
    desk, dana = room.desk.page, await room.people.comes("Dana")
    gran = await room.people.comes("Maureen")
    await room.ask()
    await dana.ask("rating.set", round=room.round, value=4)
    await expect(drawer(desk)).to_contain_text("1 of 2 has answered", timeout=NEXT_COUNT_MS)
    await desk.get_by_role("button", name="Show everyone").click()
    main = drawer(desk).locator(".button--main").filter(visible=True)
    await expect(main).to_have_text("Wait")
    await gran.ask("rating.set", round=room.round, value=6)
    await expect(main).to_have_text("Show everyone", timeout=NEXT_COUNT_MS)


async def test_she_is_told_how_many_are_missing_and_waits_or_shows_without_them(room: Room) -> None:
    desk, dana = room.desk.page, await room.people.comes("Dana")
    gran = await room.people.comes("Maureen")
    await room.people.comes("Jo", "agency")
    await room.ask()
    await dana.ask("rating.set", round=room.round, value=4)
    await expect(drawer(desk)).to_contain_text("1 of 3 has answered", timeout=NEXT_COUNT_MS)
    await desk.get_by_role("button", name="Show everyone").click()
    await expect(drawer(desk)).to_contain_text("2 have not answered.")
    await desk.get_by_role("button", name="Wait").click()
    await expect(desk.get_by_role("button", name="Show everyone")).to_be_focused()
    await gran.ask("rating.set", round=room.round, value=6)
    await desk.get_by_role("button", name="Show everyone").click()
    await desk.get_by_role("button", name="Show without them").click()
    await expect(drawer(desk)).to_contain_text("2 of 3 gave a number")
    await expect(drawer(desk).locator("[data-drawer-body]")).to_be_focused()
    assert await read_out(desk) == ["Maureen: 6", "Dana: 4"]


async def test_who_has_not_answered_stands_in_her_private_panel_and_nowhere_on_a_shared_screen(room: Room) -> None:
    desk = room.desk.page
    dana, wall = await room.people.comes("Dana"), await room.wall()
    await room.people.comes("Maureen")
    await room.ask()
    await dana.ask("rating.set", round=room.round, value=4)
    missing = desk.locator("[data-missing-part]")
    await expect(missing.locator("li")).to_have_text(["Maureen"], timeout=NEXT_COUNT_MS)
    await missing.get_by_text("Who has not answered").click()
    await expect(missing.locator("li")).to_be_visible()
    await expect(drawer(desk)).not_to_contain_text("Maureen")
    assert "missing" not in "".join(frame for frame in wall.heard if '"round"' in frame)
    await desk.get_by_label("Others can see this screen:").select_option(label="Yes")
    await expect(missing.locator("li")).to_have_count(0)
    await expect(desk.locator("main").get_by_text("Maureen").filter(visible=True)).to_have_count(0)


async def test_throwing_all_numbers_away_is_asked_once_more(room: Room) -> None:
    desk = room.desk.page
    await room.people.comes("Dana")
    await room.ask()
    await desk.get_by_role("button", name="Cancel, nobody will see").click()
    await desk.get_by_role("button", name="Go on asking").click()
    await expect(drawer(desk)).to_contain_text("0 of 1 have answered")
    await desk.get_by_role("button", name="Cancel, nobody will see").click()
    await desk.get_by_role("button", name="Throw them away").click()
    await expect(desk.get_by_role("button", name="Ask everyone")).to_be_visible()
    assert await drawer(desk).locator("input[name=show]:checked").count() == 0


async def test_too_few_numbers_for_showing_them_without_names_is_said_calmly(room: Room) -> None:
    desk, dana = room.desk.page, await room.people.comes("Dana")
    await room.people.comes("Maureen")
    await room.ask("Only the marks")
    await dana.ask("rating.set", round=room.round, value=4)
    await desk.get_by_role("button", name="Show everyone").click()
    await desk.get_by_role("button", name="Show without them").click()
    few = "There are too few answers to show them without names. Three are needed."
    await expect(desk.get_by_text(few)).to_be_visible()
    await expect(desk.get_by_role("button", name="Show everyone")).to_be_focused()


async def test_a_second_round_keeps_the_first_which_can_be_looked_at_and_shown_large_again(room: Room) -> None:
    desk, wall = room.desk.page, await room.wall()
    dana, gran = await room.people.comes("Dana"), await room.people.comes("Maureen")
    zara = (await room.phone("Zara", "interpreter")).page
    for values in ((2, 3), (5, 6)):
        await room.ask()
        for person, value in zip((dana, gran), values, strict=True):
            await person.ask("rating.set", round=room.round, value=value)
        await room.show()
    await expect(drawer(desk).locator(".numberline__list > li")).to_have_text(["Maureen: 6", "Dana: 5"])
    await drawer(desk).get_by_role("button", name="Round 1").click()
    await expect(drawer(desk).locator(".numberline__list > li")).to_have_text(["Maureen: 3", "Dana: 2"])
    await drawer(desk).get_by_role("button", name="Show large").click()
    await expect(wall.page.locator(".numberline__list > li")).to_have_text(["Maureen: 3", "Dana: 2"])
    await expect(zara.locator(".numberline__list > li")).to_have_text(["Maureen: 3", "Dana: 2"])
    await desk.locator(".strip").get_by_role("button", name="Undo").click()
    await expect(zara.locator(".numberline__list > li")).to_have_text(["Maureen: 6", "Dana: 5"])
    await drawer(desk).get_by_role("button", name="Round 2").click()
    await drawer(desk).get_by_role("button", name="Take off the wall").click()
    await expect(zara.locator("[data-roundbar]")).to_be_hidden()
    await expect(sheet(zara)).to_be_visible()
    await expect(drawer(desk).get_by_role("button", name="Show large")).to_have_attribute("aria-pressed", "false")


async def test_she_can_answer_too_with_a_covered_number_of_her_own(room: Room) -> None:
    desk, dana = room.desk.page, await room.people.comes("Dana")
    await pull_out(desk)
    await desk.get_by_role("checkbox", name="I answer too").check()
    await room.ask()
    await expect(sheet(desk)).to_be_hidden()
    await desk.get_by_role("button", name="Choose my number").click()
    await give(desk, 5)
    await desk.keyboard.press("Escape")
    await expect(desk.get_by_role("button", name="My number is in")).to_be_focused()
    await dana.ask("rating.set", round=room.round, value=3)
    await room.show()
    assert await read_out(desk) == ["Helen: 5", "Dana: 3"]


async def test_a_question_goes_to_the_wall_with_its_number_and_comes_down_again(room: Room) -> None:
    desk, wall = room.desk.page, await room.wall()
    for name, value in (("Dana", 2), ("Maureen", 6)):
        guest = await room.people.comes(name)
        if name == "Dana":
            await room.ask()
        await guest.ask("rating.set", round=room.round, value=value)
    await room.show()
    await drawer(desk).get_by_label("Ask about the number").select_option(label="6")
    await drawer(desk).get_by_role("button", name="What makes it a 6 and not a 5?").click()
    await expect(wall.page.get_by_text("What makes it a 6 and not a 5?")).to_be_visible()
    asked = drawer(desk).get_by_role("button", name="What makes it a 6 and not a 5?")
    await expect(asked).to_have_attribute("aria-pressed", "true")
    await drawer(desk).get_by_label("Ask about the number").select_option(label="2")
    await expect(wall.page.get_by_text("What makes it a 2 and not a 1?")).to_be_visible()
    await drawer(desk).get_by_role("button", name="What makes it a 2 and not a 1?").click()
    await expect(wall.page.get_by_text("What makes it a 2 and not a 1?")).to_be_hidden()
    await drawer(desk).get_by_role("button", name="Take off the wall").click()
    await expect(wall.page.locator('[data-scene="round"]')).to_be_hidden()
    await expect(drawer(desk).locator(".numberline__list > li")).to_have_count(2)


async def test_a_childs_advocate_can_put_in_the_childs_number_and_no_other(room: Room) -> None:
    await room.people.comes("Dana")
    await room.people.comes("Kofi", "child")
    await room.ask()
    sade = (await room.phone("Sade", "interpreter")).page
    helen_says = await sade.evaluate("document.body.dataset.me")
    await room.helen.ask("person.role", person=helen_says, role="advocate")
    await sade.locator("[data-roundbar]").get_by_role("button", name="A number for somebody").click()
    names = await sade.get_by_label("Whose number is it?").locator("option").all_inner_texts()
    assert names == ["Choose a name", "Kofi"]


async def test_on_her_phone_numbers_stand_above_the_board(room: Room) -> None:
    desk = room.desk.page
    columns = desk.locator("[data-columns]")

    async def above() -> bool:
        one, other = await drawer(desk).bounding_box(), await columns.bounding_box()
        assert one is not None
        assert other is not None
        return one["y"] < other["y"]

    assert not await above()
    await desk.set_viewport_size({"width": 390, "height": 844})
    await pull_out(desk)
    assert await above()
    await desk.set_viewport_size({"width": 1280, "height": 720})
    assert not await above()


@pytest.mark.parametrize("size", [{"width": 1280, "height": 720}, PHONE_WIDE])
async def test_nothing_is_wrong_with_the_drawer_in_any_state_and_theme(room: Room, size: dict[str, int]) -> None:
    desk = room.desk.page
    dana, gran = await room.people.comes("Dana"), await room.people.comes("Maureen")
    await desk.set_viewport_size({"width": size["width"], "height": size["height"]})
    await pull_out(desk)
    assert await faults(desk) == []
    await room.ask()
    await desk.get_by_role("button", name="Show everyone").click()
    assert await axe(desk) == []
    await dana.ask("rating.set", round=room.round, value=4)
    await gran.ask("rating.set", round=room.round, value=0)
    await desk.get_by_role("button", name="Wait").click()
    await room.show()
    assert await faults(desk) == []
    assert await sideways(desk) == 0

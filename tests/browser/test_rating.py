"""Your number on a phone: told before choosing, covered once sent, changeable until the reveal, and then the line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.board import box, card, composer, words
from tests.browser.numbers import NEXT_COUNT_MS, Room, bar, choose, give, read_out, room_of, sheet
from tests.browser.stage import Meeting, Stage, axe, sideways

NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
SMALL: dict[str, Any] = {"viewport": {"width": 320, "height": 568}}
THEMES = [{"theme": "light"}, {"theme": "dark"}, {"theme": "light", "contrast": "more"}]


@pytest_asyncio.fixture(loop_scope="session")
async def room(stage: Stage, open_meeting: Meeting) -> AsyncIterator[Room]:
    """A meeting with its desk."""
    async with room_of(stage, open_meeting) as made:
        yield made


async def test_everybody_is_told_what_10_means_and_how_numbers_are_shown_before_they_choose(room: Room) -> None:
    dana = (await room.phone("Dana")).page
    await room.ask()
    await expect(dana.get_by_role("heading", name="Your number")).to_be_focused()
    await expect(sheet(dana)).to_contain_text("About the children: safe at home")
    await expect(sheet(dana)).to_contain_text("When Helen shows the numbers, yours has your name.")
    numbers = await sheet(dana).locator("input[name=number]").evaluate_all("all => all.map((one) => one.value)")
    assert numbers == ["10", "9", "8", "7", "6", "5", "4", "3", "2", "1", "0", "not-sure", "rather-not"]
    ten = sheet(dana).locator(".number--end").first
    await expect(ten).to_contain_text("safe enough for child protection to end.")
    assert await sheet(dana).locator("input[name=number]:checked").count() == 0
    await expect(sheet(dana).get_by_role("radio", name="I will say it myself")).to_be_checked()


async def test_who_is_alone_in_a_group_is_told_so_before_choosing(room: Room) -> None:
    jo = (await room.phone("Jo", "agency")).page
    await room.people.comes("Dana")
    await room.ask("By role")
    alone = "yours says “someone”. You are the only one answering as “Works with the family”, so people may guess."
    await expect(sheet(jo)).to_contain_text(alone)
    await room.people.comes("Priya", "agency")
    await expect(sheet(jo)).to_contain_text("2 people answer as “Works with the family”.", timeout=NEXT_COUNT_MS)


async def test_sent_too_early_it_says_what_is_missing(room: Room) -> None:
    dana = (await room.phone("Dana")).page
    await room.ask()
    await dana.get_by_role("button", name="Send my number").click()
    await expect(sheet(dana).get_by_role("alert")).to_have_text("Choose a number first.")
    await choose(dana, 6)
    await expect(sheet(dana).get_by_role("alert")).to_be_hidden()
    await dana.get_by_label("What makes it that number?").fill("🧡" * 283)
    await dana.get_by_role("button", name="Send my number").click()
    await expect(sheet(dana).get_by_role("alert")).to_have_text("Your words are 3 signs too long.")
    await expect(sheet(dana).locator('input[value="6"]')).to_be_checked()


async def test_a_sent_number_is_in_sight_only_while_it_is_held(room: Room) -> None:
    dana = (await room.phone("Dana")).page
    await room.ask()
    await give(dana, 6, "They stay with me")
    cover = sheet(dana).locator("[data-cover]")
    hold = dana.get_by_role("button", name="Hold to look")
    await expect(cover).not_to_contain_text("6")
    box = await hold.bounding_box()
    assert box is not None
    await dana.mouse.move(box["x"] + 20, box["y"] + 20)
    await dana.mouse.down()
    await expect(cover).to_contain_text("6")
    await expect(cover).to_contain_text("They stay with me")
    await dana.mouse.up()
    await expect(cover).not_to_contain_text("6")
    await hold.focus()
    await dana.keyboard.down("Space")
    await expect(cover).to_contain_text("6")
    await dana.keyboard.up("Space")
    await expect(cover).not_to_contain_text("6")
    # A screen reader presses without holding.
    await hold.evaluate("(el) => el.click()")
    await expect(cover).to_contain_text("6")
    await expect(cover).not_to_contain_text("6", timeout=6_000)


async def test_a_number_can_be_changed_until_all_are_shown_and_counts_once(room: Room) -> None:
    dana = (await room.phone("Dana")).page
    gran = await room.people.comes("Maureen")
    await room.ask()
    await give(dana, 6, "They stay with me")
    await dana.get_by_role("button", name="Change it").click()
    await expect(dana.get_by_role("heading", name="Your number", exact=True)).to_be_focused()
    await expect(dana.get_by_label("What makes it that number?")).to_have_value("They stay with me")
    assert await sheet(dana).locator("input[name=number]:checked").count() == 0
    await give(dana, 2)
    await expect(sheet(dana)).to_contain_text("1 of 2 has answered. You can look up.", timeout=NEXT_COUNT_MS)
    await gran.ask("rating.set", round=room.round, value=4)
    await room.show()
    await expect(dana.locator(".numberline__list > li")).to_have_text(["Maureen: 4", "Dana: 2"])
    await expect(dana.get_by_role("button", name="Change it")).to_be_hidden()


async def test_words_half_written_for_a_number_survive_a_reload_and_the_number_does_not_stay(room: Room) -> None:
    dana = (await room.phone("Dana")).page
    await room.ask()
    await choose(dana, 6, "They stay with")
    await dana.reload()
    await expect(dana.get_by_label("What makes it that number?")).to_have_value("They stay with")
    assert await sheet(dana).locator("input[name=number]:checked").count() == 0


async def test_asking_for_numbers_never_comes_over_somebodys_writing(room: Room) -> None:
    dana = (await room.phone("Dana")).page
    await words(dana).click()
    await words(dana).press_sequentially("Gran picks")
    await room.ask()
    await expect(bar(dana)).to_contain_text("Helen asks everyone for a number.")
    await expect(sheet(dana)).to_be_hidden()
    await words(dana).press_sequentially(" us up")
    await expect(words(dana)).to_have_value("Gran picks us up")
    await bar(dana).get_by_role("button", name="Choose mine").click()
    await give(dana, 6)
    await dana.get_by_role("button", name="Back to the board").click()
    await expect(words(dana)).to_have_value("Gran picks us up")
    await expect(bar(dana)).to_contain_text("Your number is in.")


async def test_who_comes_late_can_still_answer_and_who_is_not_asked_can_read_on(room: Room) -> None:
    await room.people.comes("Dana")
    await room.ask()
    gran = (await room.phone("Maureen")).page
    await give(gran, 4)
    zara = (await room.phone("Zara", "interpreter")).page
    await expect(bar(zara)).to_have_text("Others are choosing a number. You can read the board.")
    await expect(sheet(zara)).to_be_hidden()


async def test_a_line_that_is_down_keeps_the_number_until_it_is_sent(room: Room) -> None:
    dana = (await room.phone("Dana")).page
    await room.ask()
    await choose(dana, 6)
    six = sheet(dana).locator("label", has=dana.locator('input[value="6"]'))
    before = await six.bounding_box()
    await room.stage.signboard.stop()
    try:
        # Said above the sheet, and once; no number moves under a finger.
        for page in (dana, room.desk.page):
            await expect(page.locator("main").get_by_text("No connection.").filter(visible=True)).to_have_count(1)
            await expect(page.locator("[data-link]")).to_be_in_viewport(ratio=1)
        assert await six.bounding_box() == before
        await dana.get_by_role("button", name="Send my number").click()
        waits = dana.get_by_role("heading", name="No connection. Your number is kept here and will be sent.")
        await expect(waits).to_be_visible(timeout=30_000)
        await expect(sheet(dana).locator("[data-cover]")).not_to_contain_text("6")
    finally:
        await room.stage.signboard.start()
    await expect(dana.get_by_role("heading", name="Your number is in.")).to_be_visible(timeout=30_000)


async def test_all_of_it_works_by_keyboard_alone(room: Room) -> None:
    dana = (await room.phone("Dana", **SMALL)).page
    await room.ask()
    await expect(dana.get_by_role("heading", name="Your number")).to_be_focused()
    await dana.locator('input[name="number"][value="10"]').focus()
    # What is chosen is in sight, never under the foot.
    foot = sheet(dana).locator(".rating__foot")
    for n in reversed(range(10)):
        await dana.keyboard.press("ArrowDown")
        chosen = sheet(dana).locator(f'input[value="{n}"]')
        await expect(chosen).to_be_checked()
        place = await box(chosen)
        assert place["y"] + place["height"] <= (await box(foot))["y"], n
    for _ in range(6):
        await dana.keyboard.press("ArrowUp")
    await expect(sheet(dana).locator('input[value="6"]')).to_be_checked()
    for key in ("Tab", "Tab", "Tab"):
        await dana.keyboard.press(key)
    await expect(dana.get_by_role("button", name="Send my number")).to_be_focused()
    await dana.keyboard.press("Enter")
    await expect(dana.get_by_role("heading", name="Your number is in.")).to_be_focused()
    await dana.keyboard.press("Escape")
    await expect(sheet(dana)).to_be_hidden()


async def test_after_the_reveal_a_question_opens_the_usual_input_and_nothing_ties_the_card_to_a_number(
    room: Room,
) -> None:
    dana = await room.phone("Dana")
    gran = await room.people.comes("Maureen")
    await room.ask()
    await give(dana.page, 4)
    await gran.ask("rating.set", round=room.round, value=6)
    await room.show()
    question = dana.page.get_by_role("button", name="What makes it a 4 and not a 3?")
    for place in (sheet(dana.page).locator(".numberline__end").last, question):
        await expect(place).to_be_in_viewport(ratio=1)
    await question.click()
    await expect(sheet(dana.page)).to_be_hidden()
    await expect(words(dana.page)).to_be_focused()
    await expect(composer(dana.page)).to_contain_text("What makes it a 4 and not a 3?")
    await expect(composer(dana.page)).to_contain_text("Goes to: Working well")
    await words(dana.page).fill("Gran comes at three")
    await words(dana.page).press("Enter")
    await room.desk.page.locator("[data-drawer-toggle]").click()
    await expect(card(room.desk.page, "Gran comes at three", "well")).to_be_visible()
    await expect(composer(dana.page)).not_to_contain_text("What makes it a 4")
    added = next(frame for frame in dana.sent if "card.add" in frame)
    assert room.round not in added
    assert "what-makes" not in added


async def test_reasons_in_any_direction_stand_under_the_line_where_their_giver_said_so(room: Room) -> None:
    dana = (await room.phone("Dana")).page
    amal = await room.people.comes("أمل")
    await room.ask()
    await give(dana, 4, "Nights are hard")
    await amal.ask("rating.set", round=room.round, value=6, reason="يبقون عندي", share=True)
    await room.show()
    said = dana.locator(".numberline__reason")
    await expect(said).to_have_text("يبقون عندي")
    assert await said.evaluate("(el) => getComputedStyle(el).direction") == "rtl"
    assert await sideways(dana) == 0
    # As the meeting goes on the numbers give way to it, and can be looked at again.
    await room.desk.page.locator('[data-go-to="well"]').click()
    await expect(sheet(dana)).to_be_hidden()
    await dana.get_by_role("button", name="Look").click()
    await expect(said).to_be_visible()


async def test_twelve_people_on_one_number_fit_a_small_phone(room: Room) -> None:
    dana = (await room.phone("Dana", **NARROW)).page
    family = [await room.people.comes(f"Cousin {letter}") for letter in "ABCDEFGHIJK"]
    await room.ask()
    for one in family:
        await one.ask("rating.set", round=room.round, value=4)
    await give(dana, 4)
    await dana.evaluate("document.documentElement.dataset.size = 'largest'")
    await room.show()
    await expect(sheet(dana).locator('[data-kind="mark"]').first).to_be_in_viewport(ratio=1)
    await expect(sheet(dana)).to_contain_text("Everyone chose 4")
    assert len(await read_out(dana)) == 12
    await expect(sheet(dana).locator('[data-kind="mark"]')).to_have_count(5)
    await expect(sheet(dana).locator('[data-kind="more"]')).to_contain_text("and 7 more: Cousin F")
    assert await sideways(dana) == 0


async def faults(page: Page) -> list[str]:
    """What axe finds in each theme, and whether the page is wider than its window."""
    found = []
    for theme in THEMES:
        await page.evaluate(
            "(look) => { delete document.documentElement.dataset.contrast;"
            " Object.assign(document.documentElement.dataset, look) }",
            theme,
        )
        found += await axe(page)
    return found + (["wider than the window"] if await sideways(page) else [])


@pytest.mark.parametrize("show", ["With names", "By role", "Only the marks"])
async def test_nothing_is_wrong_for_anybody_in_any_state_and_theme(room: Room, show: str) -> None:
    dana = (await room.phone("Dana", **NARROW)).page
    gran, jo = await room.people.comes("Maureen"), await room.people.comes("Jo", "agency")
    await room.ask(show)
    await expect(sheet(dana)).to_be_visible()
    await dana.get_by_role("button", name="Send my number").click()
    assert await faults(dana) == []
    await give(dana, 10, "They stay with me")
    assert await faults(dana) == []
    await dana.get_by_role("button", name="Back to the board").click()
    assert await faults(dana) == []
    await gran.ask("rating.set", round=room.round, value=10)
    await jo.ask("rating.set", round=room.round, value=0)
    await room.show()
    await expect(sheet(dana)).to_contain_text("from 0 to 10")
    assert await faults(dana) == []

"""The agenda, the columns' switches, the break and the wall: what the facilitator presses and everyone follows."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.desk import SECOND_MS, desk, undo, write
from tests.browser.stage import Meeting, Stage


async def test_everyone_follows_a_step_of_the_agenda_and_it_can_be_taken_back(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await desk(stage, open_meeting)
    phone = await stage.phone(open_meeting, "Maureen")
    await page.get_by_role("button", name="Next: The child’s voice first").click()
    await expect(phone.get_by_role("button", name="Now: The child’s voice first")).to_be_visible(timeout=SECOND_MS)
    await expect(page.locator(".strip")).to_contain_text("Moved to The child’s voice first.")
    await undo(page, "Moved to The child’s voice first.")
    await expect(phone.get_by_role("button", name="Now: Welcome")).to_be_visible(timeout=SECOND_MS)

    await page.locator('[data-go-to="worried"]').click()
    await expect(phone.get_by_role("button", name=re.compile("Now: W(orries|hat)"))).to_be_visible(timeout=SECOND_MS)
    await expect(phone.locator('[data-column="worried"]')).to_be_visible()
    await expect(page.locator('[data-go-to="worried"]')).to_have_attribute("aria-current", "step")


async def test_guide_minutes_say_what_is_left_and_then_what_is_over_in_the_same_colour(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await stage.facilitator(open_meeting)
    await page.clock.install()
    await page.reload()
    await page.get_by_role("button", name="Open the door").click()
    time = page.locator('[data-step="welcome"] [data-text="time"]')
    await expect(time).to_have_text("8 min, 8 left")
    colour = await time.evaluate("el => getComputedStyle(el).color")
    await page.clock.fast_forward("02:15")
    await expect(time).to_have_text("8 min, 6 left")
    await page.clock.fast_forward("09:00")
    await expect(time).to_have_text("8 min, 3 over")
    assert await time.evaluate("el => getComputedStyle(el).color") == colour


async def test_a_column_is_closed_and_opened_for_everyone(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    phone = await stage.phone(open_meeting, "Maureen")
    gate = page.get_by_role("group", name="Who can add to Working well")
    closed = phone.locator('[data-composer="well"]').get_by_text("Helen has closed adding for now.")
    await gate.get_by_role("button", name="Closed").click()
    await expect(closed).to_be_visible(timeout=SECOND_MS)
    await expect(gate.get_by_role("button", name="Closed")).to_have_attribute("aria-pressed", "true")
    await undo(page, "Adding to Working well is closed.")
    await expect(closed).to_be_hidden(timeout=SECOND_MS)

    await page.get_by_role("button", name="Close adding for all").click()
    await expect(closed).to_be_visible(timeout=SECOND_MS)
    for name in ("Working well", "Worries", "Needs to happen"):
        everyone = page.get_by_role("group", name=f"Who can add to {name}").get_by_role("button", name="Everyone")
        await expect(everyone).to_have_attribute("aria-pressed", "false")
    # Who closed it needs no telling.
    await expect(page.locator("[data-composer]").filter(visible=True)).to_have_count(0)
    await page.get_by_role("button", name="Open adding for all").click()
    await expect(closed).to_be_hidden(timeout=SECOND_MS)
    await expect(page.locator("[data-composer]").filter(visible=True)).to_have_count(3)
    await undo(page, "Everyone can add everywhere.")
    await expect(closed).to_be_visible(timeout=SECOND_MS)


async def test_opening_adding_for_all_is_taken_back_to_what_was_closed(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    await page.get_by_role("group", name="Who can add to Worries").get_by_role("button", name="Closed").click()
    await page.get_by_role("button", name="Open adding for all").click()
    worries = page.get_by_role("group", name="Who can add to Worries").get_by_role("button", name="Closed")
    well = page.get_by_role("group", name="Who can add to Working well").get_by_role("button", name="Closed")
    await expect(worries).to_have_attribute("aria-pressed", "false")
    await undo(page, "Everyone can add everywhere.")
    await expect(worries).to_have_attribute("aria-pressed", "true")
    await expect(well).to_have_attribute("aria-pressed", "false")


async def test_a_break_stops_the_board_for_all_and_never_says_who_asked(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    dana = await stage.phone(open_meeting, "Dana")
    maureen = await stage.phone(open_meeting, "Maureen")
    await dana.get_by_role("button", name="Tell Helen quietly").click()
    await dana.get_by_role("button", name="I need a break").click()
    await page.get_by_role("button", name="Break", exact=True).click()
    await expect(maureen.get_by_text("We are having a break.")).to_be_visible(timeout=SECOND_MS)
    assert "Dana" not in await maureen.locator('[data-sheet="break"]').inner_text()

    await maureen.get_by_role("button", name="I am ready").click()
    row = page.locator("[data-people=here] li", has_text="Maureen")
    await expect(row).to_contain_text("back from the break", timeout=SECOND_MS)
    # Two presses of one kind: only the newer can be taken back.
    await expect(page.locator(".strip")).to_contain_text("The board stands still for a break.")
    await page.get_by_role("button", name="Go on after the break").click()
    await expect(maureen.get_by_text("We are having a break.")).to_be_hidden(timeout=SECOND_MS)
    await expect(page.locator(".strip__line")).to_have_count(1)
    await undo(page, "The board goes on.")
    await expect(maureen.get_by_text("We are having a break.")).to_be_visible(timeout=SECOND_MS)
    await page.get_by_role("button", name="Go on after the break").click()
    await expect(maureen.get_by_text("We are having a break.")).to_be_hidden(timeout=SECOND_MS)


async def test_what_can_be_taken_back_lies_over_nothing_that_moves_the_meeting_on(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await desk(stage, open_meeting)
    controls = page.locator("[data-wall-controls]")
    lines = page.locator(".strip__line").filter(visible=True)
    await controls.get_by_role("button", name="Blank").click()
    await controls.get_by_role("button", name="Code").click()
    await page.locator('[data-go-to="rate"]').click()
    await expect(page.get_by_role("button", name="Ask everyone")).to_be_visible()
    await expect(lines).to_have_text([re.compile("The code"), re.compile("Moved to Our numbers")])
    body = await page.locator("[data-drawer-body]").bounding_box()
    strip = await page.locator(".strip").bounding_box()
    assert body
    assert strip
    assert strip["y"] >= body["y"] + body["height"]
    await page.get_by_role("button", name="and 1 more").click()
    await expect(lines).to_have_count(3)
    await undo(page, "The wall is blank.")
    await expect(controls.get_by_role("button", name="Blank")).to_have_attribute("aria-pressed", "false")


async def test_the_wall_is_blanked_held_and_shows_the_code_from_the_desk(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    phone = await stage.phone(open_meeting, "Maureen")
    await write(phone, "Gran picks us up")
    wall = await stage.wall(open_meeting)
    controls = page.locator("[data-wall-controls]")
    await page.locator('[data-go-to="well"]').click()
    await expect(wall.get_by_text("Gran picks us up").first).to_be_visible()

    await controls.get_by_role("button", name="Blank").click()
    await expect(wall.get_by_text("Gran picks us up").first).to_be_hidden(timeout=SECOND_MS)
    await expect(controls).to_contain_text("On the wall: nothing")
    await undo(page, "The wall is blank.")
    await expect(wall.get_by_text("Gran picks us up").first).to_be_visible(timeout=SECOND_MS)

    await controls.get_by_role("button", name="Hold").click()
    await page.locator('[data-go-to="worried"]').click()
    await expect(phone.locator(".now")).to_contain_text("Worries")
    await expect(controls).to_contain_text("On the wall: Working well")
    await controls.get_by_role("button", name="Hold").click()
    await expect(controls).to_contain_text("On the wall: Worries")

    code = open_meeting.code[:4]
    await expect(wall.locator("[data-join]")).to_contain_text(code)
    await controls.get_by_role("button", name="Code").click()
    await expect(wall.locator("[data-join]")).to_be_hidden(timeout=SECOND_MS)
    await undo(page, "The code has left the wall.")
    await expect(wall.locator("[data-join]")).to_be_visible(timeout=SECOND_MS)


async def test_the_wall_is_turned_a_page_and_back(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    back = page.get_by_role("button", name="Turn the wall back a page")
    await expect(back).to_have_attribute("aria-disabled", "true")
    await page.get_by_role("button", name="Turn the page on the wall").click()
    await expect(back).not_to_have_attribute("aria-disabled", "true")
    await undo(page, "The wall was turned.")
    await expect(back).to_have_attribute("aria-disabled", "true")


async def test_a_whole_agenda_is_stepped_through_by_keyboard_alone(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    phone = await stage.phone(open_meeting, "Maureen")
    titles = await page.locator(".rail__name").all_inner_texts()
    await page.locator("[data-next]").focus()
    for title in titles[1:]:
        await page.keyboard.press("Enter")
        # The next press goes on from what her own screen shows.
        await expect(page.locator('[data-rail] [aria-current="step"]')).to_contain_text(title, timeout=SECOND_MS)
        await expect(phone.locator(".now")).to_contain_text(title, timeout=SECOND_MS)
    end = page.locator("[data-end-here]")
    await expect(end).to_be_visible()
    await expect(end).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(phone.get_by_text("This meeting has ended.").first).to_be_visible(timeout=SECOND_MS)


async def test_the_end_is_asked_once_and_the_meeting_can_go_on(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    phone = await stage.phone(open_meeting, "Maureen")
    await page.get_by_role("button", name="Links and settings").click()
    sheet = page.get_by_role("dialog", name="Links and settings")
    await sheet.get_by_role("button", name="End the meeting").click()
    await page.get_by_role("button", name="Not yet").click()
    await expect(phone.locator('[data-composer="well"]')).to_be_visible()
    await sheet.get_by_role("button", name="End the meeting").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="End the meeting").click()
    await expect(phone.locator('[data-composer="well"]')).to_be_hidden(timeout=SECOND_MS)
    await sheet.get_by_role("button", name="Go on with this meeting").click()
    await expect(phone.locator('[data-composer="well"]')).to_be_visible(timeout=SECOND_MS)


async def test_names_are_hidden_for_good_after_one_question(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    maureen = await stage.phone(open_meeting, "Maureen")
    jo = await stage.phone(open_meeting, "Jo", "agency")
    await write(maureen, "Gran picks us up")
    card = jo.locator("[data-columns] [data-part=card]", has_text="Gran picks us up")
    await expect(card).to_contain_text("Maureen")
    await page.get_by_role("button", name="Links and settings").click()
    await page.get_by_role("button", name="Hide names for good").click()
    await page.get_by_role("button", name="Hide names", exact=True).click()
    await expect(card).not_to_contain_text("Maureen", timeout=SECOND_MS)
    await expect(page.get_by_role("button", name="Hide names for good")).to_be_hidden()


async def test_the_facilitator_can_leave_and_everything_goes_on(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    phone = await stage.phone(open_meeting, "Maureen")
    await page.get_by_role("button", name="Links and settings").click()
    await page.get_by_role("button", name="My name, or leave the meeting").click()
    await expect(page.get_by_role("heading", name="Who is here")).to_be_focused()
    await page.get_by_role("button", name="Leave the meeting").click()
    await expect(page.locator("[data-columns]")).to_have_count(0)
    await write(phone, "Gran picks us up")

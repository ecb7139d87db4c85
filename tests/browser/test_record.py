"""The record in a browser: its pages read well for everyone and work by keyboard, people are led to their own before
the close, and what is left afterwards is thanks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.board import me, order, words
from tests.browser.guests import Guest, fresh_id, guests
from tests.browser.numbers import EVERYTHING, give, room_of, sheet
from tests.browser.stage import DESK, Meeting, Signboard, Stage, axe, sideways
from tests.leaks.kinds import record_of_then

SOON_MS = 15_000
NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
DESKTOP: dict[str, Any] = {**DESK, "has_touch": False, "is_mobile": False}
TABS_MOST = 60
THANKS = "Thank you. This meeting has ended."
NEXT, RING = "11 June, 4 o’clock", "Sade, 020 7946 0000"


async def held(meeting: Meeting, helen: Guest, dana: Page, jo: Guest) -> None:
    """Something of everything that stands on the pages of the record."""
    id, step, decision, asked, card = (fresh_id() for _name in range(5))
    await order(dana, meeting, "card.add", id=card, column="well", text="I rang the police myself")
    await order(dana, meeting, "correction.ask", id=fresh_id(), on={"kind": "card", "id": card}, text="It was Gran")
    await jo.ask("correction.ask", id=fresh_id(), on={"kind": "card", "id": card}, text="It was I")
    await jo.card("Kofi is tired on Mondays", "worried")
    await helen.ask("set.start", id=id, scale=fresh_id(), children=["Kofi"])
    await helen.ask("set.write", set=id, part="happened", text="Nobody was awake", was=0)
    await helen.ask("set.put-up", set=id)
    await order(dana, meeting, "set.differ", id=fresh_id(), set=id, text="It was one night")
    await order(dana, meeting, "step.add", id=step, what="Kofi has a quiet start", when="from next week", set=id)
    await helen.ask("decision.add", id=decision, what="The plan starts on Friday")
    await order(dana, meeting, "decision.differ", id=fresh_id(), decision=decision, text="Saturday is better")
    await helen.ask("round.open", id=asked, scale=next(iter(helen.parts["scale"])), show="named")
    await order(dana, meeting, "rating.set", round=asked, value=6, reason="he has not been back", share=True)
    await jo.ask("rating.set", round=asked, value=3)
    await helen.ask("round.reveal", round=asked)
    await helen.ask("copy.only", on={"kind": "step", "id": step}, people=[await me(dana)])
    await helen.ask("after.set", next=NEXT, ring=RING)


async def same_person(stage: Stage, page: Page, **options: Any) -> Page:
    """Another device that is signed in as whoever holds this one."""
    other = await stage.device(**options)
    await other.context.add_cookies(await page.context.cookies())  # type: ignore[arg-type]
    return other


async def faults(page: Page, where: str) -> list[str]:
    """What is wrong with a page, to axe and in its width, with all that unfolds unfolded."""
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    wide = await sideways(page)
    return [f"{where}: {fault}" for fault in [*await axe(page), *([f"{wide} px too wide"] if wide else [])]]


@pytest.mark.parametrize("look", ["light", "dark"])
async def test_axe_finds_nothing_on_any_page_of_the_record(
    stage: Stage, signboard: Signboard, open_meeting: Meeting, look: Any
) -> None:
    record = f"{signboard.url}/m/{open_meeting.room}/record"
    phone = await stage.phone(open_meeting, "Dana", color_scheme=look)
    desk = await stage.facilitator(open_meeting, color_scheme=look)
    async with guests(signboard, open_meeting) as people:
        helen, jo = await people.helen(), await people.comes("Jo", "agency", "School")
        await held(open_meeting, helen, phone, jo)
        narrow = await same_person(stage, phone, color_scheme=look, **NARROW)
        small = await same_person(stage, desk, color_scheme=look, **NARROW)
        found: list[str] = []
        for page, where in ((phone, "own, 390"), (narrow, "own, 320"), (desk, "whole"), (small, "whole, 320")):
            await page.goto(record)
            called = "What is recorded of you" if "own" in where else "The record"
            await expect(page.get_by_role("heading", level=1, name=called, exact=True)).to_be_visible()
            for text in ("I rang the police myself", "It was Gran", "It was I", "Saturday is better"):
                await expect(page.get_by_text(text).first, where).to_be_attached()
            found += await faults(page, where)
        # What was refused, with its sentence.
        await phone.get_by_role("button", name="Note it").first.click()
        await expect(phone.get_by_role("alert")).to_have_text("There is nothing written yet.")
        found += await faults(phone, "own, refused")
        await helen.ask("meeting.close")
        for page, where in ((phone, "thanks, 390"), (narrow, "thanks, 320")):
            await page.goto(record)
            await expect(page.get_by_role("heading", name=THANKS)).to_be_visible()
            await expect(page.get_by_text(NEXT)).to_be_visible()
            await expect(page.get_by_text("police")).to_have_count(0)
            found += await faults(page, where)
    assert found == []


# ---- by keyboard -----------------------------------------------------------------------------------------------------


async def tab_to(page: Page, what: Locator) -> None:
    """Press Tab until this has the focus."""
    for _press in range(TABS_MOST):
        if await what.evaluate("(one) => one === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    pytest.fail("the keyboard does not get there")


async def test_the_facilitators_forms_work_by_keyboard_alone(
    stage: Stage, signboard: Signboard, open_meeting: Meeting
) -> None:
    desk = await stage.facilitator(open_meeting)
    async with guests(signboard, open_meeting) as people:
        dana = await people.comes("Dana")
        await dana.card("I rang the police myself")
        await desk.goto(f"{signboard.url}/m/{open_meeting.room}/record")
        await tab_to(desk, desk.get_by_label("When we meet again"))
        await desk.keyboard.type(NEXT)
        await tab_to(desk, desk.get_by_label("Whom to ring until then"))
        await desk.keyboard.type(RING)
        await desk.keyboard.press("Enter")
        await desk.wait_for_url("**/record#after")
        await expect(desk.get_by_label("When we meet again")).to_have_value(NEXT)
        await tab_to(desk, desk.get_by_role("checkbox", name="Dana"))
        await desk.keyboard.press("Space")
        await tab_to(desk, desk.get_by_role("button", name="Leave it out of all others"))
        await desk.keyboard.press("Enter")
        await desk.wait_for_url("**/record#hold")
        await expect(desk.get_by_text("Only in the copies of Dana.")).to_be_visible()
        await desk.goto(f"{signboard.url}/m/{open_meeting.room}/record")
        await tab_to(desk, desk.get_by_role("button", name="Sign it off"))
        await desk.keyboard.press("Enter")
        await desk.wait_for_url("**/record#mark")
        await expect(desk.get_by_text("Signed off.", exact=True)).to_be_visible()


async def test_the_record_is_taken_away_by_keyboard(
    stage: Stage, signboard: Signboard, open_meeting: Meeting, tmp_path: Path
) -> None:
    desk = await stage.facilitator(open_meeting)
    await desk.goto(f"{signboard.url}/m/{open_meeting.room}/record")
    form = desk.get_by_label("In which form")
    await tab_to(desk, form)
    await form.select_option("json")
    await tab_to(desk, desk.locator("#take button[type=submit]"))
    async with desk.expect_download() as coming:
        await desk.keyboard.press("Enter")
    file = await coming.value
    assert file.suggested_filename == "record.json"
    await file.save_as(tmp_path / "record.json")
    assert '"copy": "whole"' in (tmp_path / "record.json").read_text()
    await expect(desk.get_by_text("It is being written.")).to_be_visible()


async def test_ones_own_page_works_by_keyboard_alone(stage: Stage, signboard: Signboard, open_meeting: Meeting) -> None:
    phone = await stage.phone(open_meeting, "Dana")
    await order(phone, open_meeting, "card.add", id=fresh_id(), column="well", text="I rang the police myself")
    await phone.goto(f"{signboard.url}/m/{open_meeting.room}/record")
    said = phone.locator("li", has_text="I rang the police myself")
    await tab_to(phone, said.locator("summary"))
    await phone.keyboard.press("Enter")
    await tab_to(phone, said.get_by_label("What should it say?"))
    await phone.keyboard.type("It was Gran")
    await tab_to(phone, said.get_by_role("button", name="Note it"))
    await phone.keyboard.press("Enter")
    await phone.wait_for_url("**/record#correct")
    await expect(phone.get_by_text("It was Gran")).to_have_count(2)
    wish = phone.get_by_role("button", name="Not on my phone")
    await tab_to(phone, wish)
    await phone.keyboard.press("Enter")
    await phone.wait_for_url("**/record#wish")
    await expect(wish).to_have_attribute("aria-pressed", "true")
    await tab_to(phone, phone.get_by_role("button", name="Take it back"))
    await phone.keyboard.press("Enter")
    await phone.wait_for_url("**/record#uncorrect")
    await expect(phone.get_by_text("It was Gran")).to_have_count(0)


# ---- before the close, and after -------------------------------------------------------------------------------------


async def test_before_the_close_people_are_led_to_what_is_recorded_of_them(
    stage: Stage, signboard: Signboard, open_meeting: Meeting
) -> None:
    phone = await stage.phone(open_meeting, "Dana")
    link = phone.get_by_text("Before we close: read what is recorded of you")
    async with guests(signboard, open_meeting) as people:
        helen = await people.helen()
        await expect(link).to_be_hidden()
        await helen.ask("phase.go", phase="close")
        await expect(link).to_be_visible()
        await phone.locator(".moved", has=link).get_by_role("link", name="Read it").click()
        await expect(phone.get_by_role("heading", name="What is recorded of you")).to_be_visible()
        await phone.get_by_role("link", name="Back to the board").click()
        await helen.ask("phase.go", phase="well")
        await expect(link).to_be_hidden()


async def test_thanks_come_while_somebody_types_and_what_was_not_sent_is_still_there_to_copy(
    stage: Stage, signboard: Signboard, open_meeting: Meeting
) -> None:
    phone = await stage.phone(open_meeting, "Dana")
    async with guests(signboard, open_meeting) as people:
        helen, jo = await people.helen(), await people.comes("Jo", "agency")
        await jo.card("Kofi is tired on Mondays")
        await expect(phone.get_by_text("Kofi is tired on Mondays")).to_be_visible()
        await helen.ask("after.set", next=NEXT, ring=RING)
        await words(phone).press_sequentially("I am afraid that he")
        await helen.ask("meeting.close")
        thanks = phone.get_by_role("heading", name=THANKS)
        await expect(thanks).to_be_visible()
        for text in (NEXT, RING):
            await expect(phone.get_by_text(text)).to_be_visible()
        # What was said is nowhere in this browser any more; what was not is where it was.
        assert "tired on Mondays" not in await phone.evaluate(EVERYTHING)
        await expect(words(phone)).to_be_visible()
        await expect(words(phone)).to_have_value("I am afraid that he")
        await expect(phone.get_by_text("This was not sent before the meeting ended.").first).to_be_visible()
        await words(phone).select_text()
        assert await phone.evaluate("document.getSelection().toString() || document.activeElement.value") != ""
        await phone.reload()
        await expect(thanks).to_be_visible()
        await expect(words(phone)).to_have_value("I am afraid that he")
        # And on it goes.
        await helen.ask("meeting.reopen")
        await expect(thanks).to_be_hidden()
        await expect(phone.get_by_text("Kofi is tired on Mondays")).to_be_visible()
        await words(phone).press("Enter")
        await expect(phone.get_by_text("I am afraid that he").first).to_be_visible()


# ---- the next meeting ------------------------------------------------------------------------------------------------


async def test_numbers_of_then_come_hollow_with_this_times_on_phone_and_wall(
    stage: Stage, signboard: Signboard
) -> None:
    meeting = await signboard.meeting(admit="all", record=record_of_then(2))
    async with room_of(stage, meeting) as room:
        maureen, wall = await room.phone("Maureen"), await room.wall()
        jo = await room.people.comes("Jo", "agency")
        desk = await same_person(stage, room.desk.page, **DESKTOP)
        await desk.goto(f"{signboard.url}/m/{meeting.room}/record")
        match = desk.locator("#match li", has_text="Maureen")
        await expect(match.get_by_text("has the same name")).to_be_attached()
        await match.get_by_role("button", name="That is who they are").click()
        await expect(match.get_by_role("button", name="Change it")).to_be_visible()
        await room.ask()
        await give(maureen.page, 6)
        await jo.ask("rating.set", round=room.round, value=3)
        for screen in (maureen, wall):
            assert '"past":{' not in await screen.everything()
        await room.show()
        await expect(sheet(maureen.page).locator('[data-kind="past"]')).to_have_count(1, timeout=SOON_MS)
        await expect(sheet(maureen.page)).to_contain_text("Dashed: last time")
        await expect(wall.page.locator('[data-kind="past"]')).to_have_count(1, timeout=SOON_MS)


async def test_an_empty_file_is_not_said_to_be_taken_along(stage: Stage, signboard: Signboard) -> None:
    desk = await stage.device(**DESKTOP)
    await desk.goto(signboard.staff)
    await desk.get_by_text("Begin from the last meeting").click()
    file = desk.locator("[data-record-file]")
    await file.set_input_files({"name": "record.json", "mimeType": "application/json", "buffer": b" \n"})
    await expect(desk.get_by_text("record.json is empty")).to_be_visible()
    await file.set_input_files({"name": "record.json", "mimeType": "application/json", "buffer": b"{}"})
    await expect(desk.get_by_text("record.json is taken along when you start the meeting.")).to_be_visible()

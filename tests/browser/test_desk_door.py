"""The door, as the facilitator keeps it: who comes in, who does not, who is taken out, and how fast."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.desk import ANEW_MS, SECOND_MS, desk, panel, undo
from tests.browser.guests import guests
from tests.browser.stage import Meeting, Signboard, Stage, axe, come_in


async def on_the_list(page: Page, name: str, how: str = "expected") -> None:
    """Put somebody on the list who has no device here, or is not here yet."""
    await panel(page).get_by_role("button", name="Add a person").click()
    sheet = page.get_by_role("dialog", name="Add a person")
    await sheet.get_by_label("Name").fill(name)
    await sheet.get_by_label("How?").select_option(how)
    await sheet.get_by_role("button", name="Add to the list").click()
    await expect(sheet.get_by_text(f"{name} is on the list.")).to_be_visible()
    await sheet.get_by_role("button", name="Close").click()


async def test_whoever_waits_is_let_in_within_a_second(stage: Stage, meeting: Meeting) -> None:
    page = await desk(stage, meeting)
    maureen = await stage.phone(meeting, "Maureen")
    await expect(panel(page).get_by_text("At the door")).to_be_visible(timeout=SECOND_MS)
    assert "Tuesday" not in await maureen.content()
    assert await maureen.locator("[data-columns]").count() == 0

    await panel(page).get_by_role("button", name="Let in: Maureen").click()
    await expect(maureen.get_by_text("Ready to start?")).to_be_visible(timeout=ANEW_MS)
    await expect(panel(page).get_by_text("At the door")).to_be_hidden()
    await expect(panel(page).locator("[data-people=here]")).to_contain_text("Maureen")


async def test_whoever_is_not_let_in_is_told_at_once_and_can_still_be_let_in(stage: Stage, meeting: Meeting) -> None:
    page = await desk(stage, meeting)
    rhys = await stage.phone(meeting, "Rhys")
    await panel(page).get_by_role("button", name="Not now: Rhys").click()
    await expect(rhys.get_by_text("We could not let you in.")).to_be_visible(timeout=SECOND_MS)
    assert "Rhys" not in await page.locator(".strip").inner_text()

    await rhys.reload()
    await expect(rhys.get_by_text("We could not let you in.")).to_be_visible()
    await page.locator(".strip").get_by_role("button", name="Let in after all").click()
    await expect(panel(page).locator("[data-people=here]")).to_contain_text("Rhys", timeout=SECOND_MS)
    await rhys.reload()
    await expect(rhys.get_by_text("Ready to start?")).to_be_visible()


async def test_letting_somebody_in_can_be_taken_back(stage: Stage, meeting: Meeting) -> None:
    page = await desk(stage, meeting)
    rhys = await stage.phone(meeting, "Rhys")
    await panel(page).get_by_role("button", name="Let in: Rhys").click()
    await expect(rhys.get_by_text("Ready to start?")).to_be_visible()
    await undo(page, "Let in.")
    await expect(rhys.locator("[data-sheet=gone]")).to_be_visible(timeout=SECOND_MS)
    await expect(panel(page).locator("[data-people=out]")).to_contain_text("Rhys")


async def test_all_who_are_expected_are_let_in_with_one_press(stage: Stage, meeting: Meeting) -> None:
    page = await desk(stage, meeting)
    for name in ("Dana", "Maureen"):
        await on_the_list(page, name)
    phones = [await stage.phone(meeting, name) for name in ("Dana", "Maureen", "Rhys")]
    await panel(page).get_by_role("button", name="Let in all expected").click()
    for phone in phones[:2]:
        await expect(phone.get_by_text("Ready to start?")).to_be_visible(timeout=ANEW_MS)
    await expect(panel(page).locator("[data-waiting] li")).to_have_count(1)
    await expect(panel(page).locator("[data-waiting]")).to_contain_text("Rhys")
    await expect(panel(page).locator("[data-group=expected]")).to_be_hidden()

    await undo(page, "All expected are let in.")
    for phone in phones[:2]:
        await expect(phone.locator("[data-sheet=gone]")).to_be_visible(timeout=SECOND_MS)


async def test_whoever_is_taken_out_is_gone_within_a_second_after_one_question(stage: Stage, meeting: Meeting) -> None:
    page = await desk(stage, meeting)
    rhys = await stage.phone(meeting, "Rhys")
    await panel(page).get_by_role("button", name="Let in: Rhys").click()
    await expect(rhys.get_by_text("Ready to start?")).to_be_visible()

    await panel(page).get_by_role("button", name="More about Rhys").click()
    await panel(page).get_by_role("button", name="Take out of the meeting").click()
    await page.get_by_role("button", name="Leave as it is").click()
    await expect(rhys.get_by_text("Ready to start?")).to_be_visible()

    await panel(page).get_by_role("button", name="Take out of the meeting").click()
    await page.get_by_role("button", name="Take out", exact=True).click()
    await expect(rhys.locator("[data-sheet=gone]")).to_be_visible(timeout=SECOND_MS)
    await undo(page, "Taken out of the meeting.")
    await expect(panel(page).locator("[data-people=here]")).to_contain_text("Rhys")


async def test_after_quick_exit_somebody_asks_to_come_back_and_nothing_alarms(stage: Stage, meeting: Meeting) -> None:
    page = await desk(stage, meeting)
    dana = await stage.phone(meeting, "Dana")
    await panel(page).get_by_role("button", name="Let in: Dana").click()
    await dana.get_by_role("button", name="Ready", exact=True).click()
    await dana.get_by_role("link", name="Quick exit").last.click()
    await dana.wait_for_url("**/weather")
    assert await page.locator("[role=alert]:visible, [role=alertdialog]:visible").count() == 0

    again = await stage.phone(meeting, "Dana")
    await expect(panel(page).locator("[data-waiting]")).to_contain_text("asks to come back")
    await panel(page).get_by_role("button", name="Let in: Dana").click()
    await expect(again.locator("[data-columns]")).to_be_attached(timeout=ANEW_MS)
    await expect(panel(page).locator("[data-people=here] li", has_text="Dana")).to_have_count(1)


async def test_what_people_say_of_themselves_stands_in_the_panel(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    dana = await stage.device()
    await dana.goto(open_meeting.join)
    await come_in(dana, "Dana")
    row = panel(page).locator("[data-people=here] li", has_text="Dana")
    await expect(row).to_contain_text("connected")
    await dana.get_by_role("button", name="Please ring me first").click()
    await expect(row).to_contain_text("asks to be rung first", timeout=SECOND_MS)
    await dana.get_by_role("button", name="Raise my hand").click()
    await expect(row).to_contain_text("hand up", timeout=SECOND_MS)
    hands = panel(page).locator("[data-hands]")
    await expect(hands).to_have_text("Hands up: Dana")
    await expect(page.locator(".unseen[role=status]", has_text="Hands up: Dana")).to_have_count(1)

    await row.get_by_role("button", name="More about Dana").click()
    await row.get_by_role("button", name="Put hand down").click()
    await expect(row).not_to_contain_text("hand up")
    await expect(hands).to_be_hidden()
    await undo(page, "Hand put down.")
    await expect(row).to_contain_text("hand up")

    await row.locator("[data-role-to]").select_option("agency")
    await expect(row).to_contain_text("Works with the family")
    await undo(page, "Here as: Works with the family.")
    await expect(row).to_contain_text("Family or friend")


async def test_people_without_a_device_are_on_the_same_list(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    for name, how in (("Naveed", "phone"), ("Shirin", "room"), ("Marcus", "apologies"), ("Anya", "expected")):
        await on_the_list(page, name, how)
    here = panel(page).locator("[data-people=here]")
    await expect(here.locator("li", has_text="Naveed")).to_contain_text("by phone")
    await expect(here.locator("li", has_text="Shirin")).to_contain_text("in the room")
    await expect(panel(page).locator("[data-people=apologies]")).to_contain_text("Marcus")

    await panel(page).get_by_role("button", name="More about Anya").click()
    await panel(page).locator("[data-mark]").select_option("room")
    await expect(here).to_contain_text("Anya")
    await undo(page, "The list is changed.")
    await expect(panel(page).locator("[data-people=expected]")).to_contain_text("Anya")


async def test_quiet_words_reach_the_panel_and_leave_when_done(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    dana = await stage.phone(open_meeting, "Dana")
    await dana.get_by_role("button", name="Tell Helen quietly").click()
    await dana.get_by_role("button", name="Please come and speak to me").click()
    told = panel(page).locator("[data-told-list]")
    await expect(told).to_contain_text("Please come and speak to me", timeout=SECOND_MS)
    await expect(told).to_contain_text("Dana")
    await told.get_by_role("button", name="Done: Dana").click()
    await expect(panel(page).get_by_text("Quiet words")).to_be_hidden()


async def test_the_door_can_stand_open_and_be_closed_again(stage: Stage, meeting: Meeting) -> None:
    page = await desk(stage, meeting)
    await page.get_by_role("button", name="Links and settings").click()
    await page.get_by_label("comes straight in").check()
    await expect(page.locator(".strip")).to_contain_text("comes straight in")
    shirin = await stage.phone(meeting, "Shirin")
    await expect(shirin.locator("[data-columns]")).to_be_attached()
    await page.get_by_label("waits until I let them in").check()
    await expect(page.locator(".strip")).to_contain_text("waits until you let them in")
    jo = await stage.phone(meeting, "Jo")
    await expect(jo.get_by_text("You are waiting to be let in.")).to_be_visible()


async def test_a_personal_link_that_somebody_else_opens_is_told_at_the_desk(stage: Stage, meeting: Meeting) -> None:
    page = await desk(stage, meeting)
    await on_the_list(page, "Maureen")
    row = panel(page).locator("[data-people] > li", has_text="Maureen")
    await row.get_by_role("button", name="More about Maureen").click()
    await row.get_by_role("button", name="Make a personal link").click()
    await expect(row.locator(".maker__link")).to_contain_text("/in#")
    link = await row.locator(".maker__link").inner_text()
    assert await axe(page) == []
    phone, other = await stage.device(), await stage.device()
    await phone.goto(link)
    await expect(phone.get_by_text("You are waiting to be let in.")).to_be_visible()
    await panel(page).get_by_role("button", name="Let in: Maureen").click()
    await expect(phone.get_by_text("Ready to start?")).to_be_visible(timeout=ANEW_MS)
    await other.goto(link)
    await expect(other.get_by_text("This link does not open a meeting any more.")).to_be_visible()
    told = "Somebody’s personal link was opened on another device."
    await expect(page.locator(".strip").get_by_text(told)).to_be_visible(timeout=SECOND_MS)
    await expect(row.get_by_text("the personal link of Maureen was opened on another device")).to_be_visible()
    await row.get_by_role("button", name="All right").click()
    await expect(row.get_by_text("the personal link of Maureen")).to_be_hidden(timeout=SECOND_MS)


async def test_a_name_that_reads_like_another_is_pointed_out_at_the_door(stage: Stage, meeting: Meeting) -> None:
    page = await desk(stage, meeting)
    await on_the_list(page, "Dana")
    # The second letter is a Cyrillic one.
    await stage.phone(meeting, "D\u0430na", "observer")
    door = panel(page).locator("[data-waiting]")
    await expect(door.get_by_text("Reads like Dana, who is on the list.")).to_be_visible(timeout=SECOND_MS)
    await stage.phone(meeting, "Diana")
    await expect(door.locator("li")).to_have_count(2)
    await expect(door.locator("li", has_text="Diana").get_by_text("Reads like")).to_be_hidden()


async def test_a_name_made_to_read_like_another_inside_is_pointed_out(
    stage: Stage, signboard: Signboard, open_meeting: Meeting
) -> None:
    page = await desk(stage, open_meeting)
    here = panel(page).locator('[data-people="here"]')
    async with guests(signboard, open_meeting) as people:
        await people.comes("Dana")
        gary = await people.comes("Gary", "observer")
        await expect(here.locator("li", has_text="Gary")).to_be_visible(timeout=SECOND_MS)
        await expect(here.get_by_text("Reads like")).to_have_count(0)
        await gary.ask("person.name", name="D\u0430na")
        await expect(here.get_by_text("Reads like")).to_have_count(2, timeout=SECOND_MS)

"""The scribe's line: a card for a named person by keyboard alone, in that person's name, and confirmed by them."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.desk import SECOND_MS, card, desk, panel, write
from tests.browser.stage import DESK, Meeting, Stage, axe, sideways

LAPTOP = {**DESK, "has_touch": False, "is_mobile": False}


async def priya(stage: Stage, meeting: Meeting, helen: Page) -> Page:
    """Priya at her laptop, made the scribe by Helen."""
    page = await stage.phone(meeting, "Priya", "agency", **LAPTOP)
    row = panel(helen).locator("[data-people=here] li", has_text="Priya")
    await row.get_by_role("button", name="More about Priya").click()
    await row.locator("[data-role-to]").select_option("scribe")
    await expect(page.locator("[data-scribe]")).to_be_visible()
    return page


async def test_a_card_is_written_for_somebody_by_keyboard_alone(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    maureen = await stage.phone(open_meeting, "Maureen")
    page = await priya(stage, open_meeting, helen)
    await expect(page.get_by_placeholder("In their own words")).to_be_visible()
    line = helen.get_by_label("Words", exact=True).and_(helen.locator("[data-scribe-words]"))
    await expect(line).to_have_attribute("placeholder", "Write here")
    await helen.get_by_label("For", exact=True).select_option("Maureen")
    await expect(line).to_have_attribute("placeholder", "In their own words")
    await page.get_by_label("For", exact=True).focus()
    await page.keyboard.type("Mau")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Wor")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Kofi was late")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("nine times")
    await page.keyboard.press("Enter")
    for other in (helen, maureen):
        await expect(card(other, "Kofi was late")).to_have_count(1, timeout=SECOND_MS)
    await expect(helen.locator('[data-cards="worried"]')).to_contain_text("Maureen, typed by Priya")
    await expect(helen.locator('[data-cards="worried"]')).to_contain_text(
        "Kofi was late\nnine times", use_inner_text=True
    )
    await expect(card(helen, "Kofi was late").get_by_text("Not confirmed yet")).to_be_visible()

    await expect(page.locator("[data-scribe-words]")).to_be_focused()
    await page.keyboard.type("And tired")
    await page.keyboard.press("Enter")
    await expect(helen.locator('[data-cards="worried"]')).to_contain_text("And tired")
    assert await page.get_by_label("For", exact=True).evaluate("el => el.selectedOptions[0].text") == "Maureen"


async def test_half_typed_words_person_and_column_survive_a_reload(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    await stage.phone(open_meeting, "Maureen")
    await helen.get_by_label("For", exact=True).select_option(label="Maureen")
    # The column is that of the part under way, until another one is chosen.
    await helen.locator('[data-go-to="worried"]').click()
    await expect(helen.get_by_label("in", exact=True)).to_have_value("worried")
    await helen.get_by_label("in", exact=True).select_option("needs")
    await helen.locator('[data-go-to="well"]').click()
    await expect(helen.locator('[data-column="well"]')).to_have_attribute("data-current", "yes")
    await helen.locator("[data-scribe-words]").fill("Somebody to")
    # What is half written in a column keeps its place there, whoever’s words it is.
    childs = helen.locator('[data-composer="well"]').get_by_role("button", name="A child’s words")
    await childs.click()
    await helen.locator('[data-composer="well"]').get_by_label("Yes", exact=True).check()
    await helen.locator("#words-well").fill("I like the swings")
    await childs.click()
    await helen.reload()
    await expect(helen.locator("#words-well")).to_have_value("I like the swings")
    await expect(helen.locator("#words-well")).to_be_visible()
    await expect(helen.locator("[data-scribe-words]")).to_have_value("Somebody to")
    await expect(helen.get_by_label("in", exact=True)).to_have_value("needs")
    await expect(helen.locator("[data-scribe-for] option:checked")).to_have_text("Maureen")


async def test_refused_words_come_back_to_the_line(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    await stage.phone(open_meeting, "Maureen")
    await helen.get_by_role("group", name="Who can add to Working well").get_by_role("button", name="Closed").click()
    await expect(helen.locator(".strip")).to_contain_text("is closed")
    await helen.get_by_label("For", exact=True).select_option(label="Maureen")
    await helen.locator("[data-scribe-words]").fill("Gran picks us up")
    await helen.keyboard.press("Enter")
    await expect(helen.locator("[data-scribe-words]")).to_have_value("Gran picks us up")
    await expect(helen.locator(".strip")).to_contain_text("Adding is closed here for now.")
    await expect(helen.locator("#words-well")).to_have_value("")


async def test_nobody_is_written_for_by_accident(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    await stage.phone(open_meeting, "Maureen")
    page = await priya(stage, open_meeting, helen)
    await page.locator("[data-scribe-words]").fill("Gran picks us up")
    await page.keyboard.press("Enter")
    await expect(page.locator(".strip")).to_contain_text("Please choose for whom you are writing.")
    await expect(page.get_by_label("For", exact=True)).to_be_focused()
    await expect(page.locator("[data-scribe-words]")).to_have_value("Gran picks us up")
    await expect(card(helen, "Gran picks us up")).to_have_count(0)


async def test_who_is_only_on_the_phone_is_put_on_the_list_and_written_for(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    page = await priya(stage, open_meeting, helen)
    await page.get_by_role("button", name="Somebody who is not on the list").click()
    sheet = page.get_by_role("dialog", name="Add a person")
    await sheet.get_by_label("Name").fill("Naveed")
    await sheet.get_by_label("How?").select_option("phone")
    await sheet.get_by_label("Name").press("Enter")
    await expect(sheet).to_contain_text("Naveed is on the list.")
    await page.keyboard.press("Escape")
    await expect(page.locator("[data-scribe-for] option:checked")).to_have_text("Naveed")
    await page.locator("[data-scribe-words]").fill("I can take Hana on Fridays")
    await page.keyboard.press("Enter")
    await expect(card(helen, "I can take Hana on Fridays")).to_contain_text("Naveed, typed by Priya")

    await expect(card(helen, "I can take Hana on Fridays").get_by_text("Not confirmed yet")).to_be_visible()
    await page.get_by_text("Typed for others, not confirmed yet").click()
    await page.get_by_role("button", name="Confirmed by voice").click()
    await expect(card(helen, "I can take Hana on Fridays").get_by_text("Not confirmed yet")).to_be_hidden(
        timeout=SECOND_MS
    )
    await expect(page.get_by_text("Typed for others, not confirmed yet")).to_be_hidden()


async def test_whoever_has_a_phone_confirms_what_was_typed_for_them(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    maureen = await stage.phone(open_meeting, "Maureen")
    await helen.get_by_label("For", exact=True).select_option(label="Maureen")
    await helen.locator("[data-scribe-words]").fill("Gran picks us up")
    await helen.keyboard.press("Enter")
    await expect(card(helen, "Gran picks us up").get_by_text("Not confirmed yet")).to_be_visible()
    await maureen.get_by_role("button", name="Typed for you").click()
    await maureen.get_by_role("button", name="Yes, that is what I said").click()
    await expect(card(helen, "Gran picks us up").get_by_text("Not confirmed yet")).to_be_hidden(timeout=SECOND_MS)
    await expect(helen.get_by_text("Typed for others, not confirmed yet")).to_be_hidden()


async def test_the_line_is_for_facilitator_and_scribe_alone(stage: Stage, open_meeting: Meeting) -> None:
    phone = await stage.phone(open_meeting, "Maureen")
    await write(phone, "Gran picks us up")
    assert await phone.locator("[data-scribe], [data-voiced], [data-sheet=expect]").count() == 0


async def test_who_is_missing_is_not_in_the_list_while_others_can_see_the_desk(
    stage: Stage, open_meeting: Meeting
) -> None:
    helen = await desk(stage, open_meeting)
    await panel(helen).get_by_role("button", name="Add a person").click()
    await helen.get_by_role("dialog").get_by_label("Name").fill("Anya")
    await helen.get_by_role("button", name="Add to the list").click()
    await helen.keyboard.press("Escape")
    await expect(helen.locator("[data-scribe-for]")).to_contain_text("Anya")
    await expect(helen.locator("[data-scribe-for] option:checked")).to_have_text("Myself")
    await helen.get_by_label("Others can see this screen:").select_option("yes")
    await expect(helen.locator("[data-scribe-for]")).not_to_contain_text("Anya")


async def test_everybody_can_use_the_scribes_page(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    page = await priya(stage, open_meeting, helen)
    await stage.phone(open_meeting, "Maureen")
    await page.get_by_label("For", exact=True).select_option(label="Maureen")
    await page.locator("[data-scribe-words]").fill("Gran picks us up")
    await page.keyboard.press("Enter")
    await page.get_by_text("Typed for others, not confirmed yet").click()
    assert await axe(page) == []
    for width in (1280, 390, 320):
        await page.set_viewport_size({"width": width, "height": 720})
        assert await sideways(page) == 0
        assert await axe(page) == []
    await page.get_by_role("button", name="Somebody who is not on the list").click()
    assert await axe(page) == []

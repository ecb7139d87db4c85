"""What the facilitator does with cards, as the others see it: on their phones and on the wall, within a second."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.board import box
from tests.browser.desk import SECOND_MS, card, choose, desk, do, height, panel, undo, write
from tests.browser.stage import Meeting, Stage, axe

GRAN = "Gran picks us up from school"
SUNDAY = "We eat together on Sundays"


async def scene(stage: Stage, meeting: Meeting, **options: object) -> tuple[Page, Page, Page, Page]:
    """Desk, Maureen's phone with two cards, Jo's phone, and the wall in the part about what works well."""
    page = await desk(stage, meeting, **options)
    maureen = await stage.phone(meeting, "Maureen")
    jo = await stage.phone(meeting, "Jo", "agency")
    wall = await stage.wall(meeting)
    await write(maureen, GRAN)
    await write(maureen, SUNDAY)
    await page.locator('[data-go-to="well"]').click()
    await expect(wall.get_by_text(GRAN).first).to_be_visible()
    await expect(card(jo, GRAN)).to_be_visible()
    return page, maureen, jo, wall


async def test_a_card_set_aside_is_on_no_screen_but_its_writers_and_the_panel(
    stage: Stage, open_meeting: Meeting
) -> None:
    page, maureen, jo, wall = await scene(stage, open_meeting)
    await do(page, GRAN, "Set aside")
    await expect(card(jo, GRAN)).to_have_count(0, timeout=SECOND_MS)
    await expect(wall.get_by_text(GRAN)).to_have_count(0, timeout=SECOND_MS)
    await expect(card(page, GRAN)).to_have_count(0)
    await expect(panel(page).locator("[data-aside-list]")).to_contain_text(GRAN)
    await expect(card(maureen, GRAN)).to_contain_text("Set aside: only you and Helen can see it.")

    await page.reload()
    await expect(panel(page).locator("[data-aside-list]")).to_contain_text(GRAN)
    await expect(card(page, SUNDAY)).to_be_visible()
    await expect(card(page, GRAN)).to_have_count(0)

    await panel(page).get_by_role("button", name="Put back").click()
    await expect(card(jo, GRAN)).to_be_visible(timeout=SECOND_MS)
    await expect(wall.get_by_text(GRAN).first).to_be_visible(timeout=SECOND_MS)
    await undo(page, "Put back.")
    await expect(card(jo, GRAN)).to_have_count(0, timeout=SECOND_MS)


async def test_setting_aside_is_taken_back_with_one_press(stage: Stage, open_meeting: Meeting) -> None:
    page, _, jo, _ = await scene(stage, open_meeting)
    await do(page, GRAN, "Set aside")
    await expect(card(jo, GRAN)).to_have_count(0)
    await undo(page, "Set aside.")
    await expect(card(jo, GRAN)).to_be_visible(timeout=SECOND_MS)
    await expect(panel(page).locator("[data-aside-part]")).to_be_hidden()


async def test_a_card_is_removed_for_good_only_after_one_plain_question(stage: Stage, open_meeting: Meeting) -> None:
    page, _, jo, wall = await scene(stage, open_meeting, bypass_csp=True)
    await choose(page, GRAN, "Remove for good")
    await expect(page.get_by_role("alertdialog")).to_contain_text("This cannot be taken back.")
    assert await axe(page) == []
    await page.get_by_role("button", name="Keep it").click()
    await expect(card(jo, GRAN)).to_be_visible()

    await choose(page, GRAN, "Remove for good")
    await page.get_by_role("alertdialog").get_by_role("button", name="Remove for good").click()
    for other in (page, jo):
        await expect(card(other, GRAN)).to_have_count(0, timeout=SECOND_MS)
    await expect(wall.get_by_text(GRAN)).to_have_count(0, timeout=SECOND_MS)
    assert GRAN not in await page.content()


async def test_show_large_puts_a_card_on_the_wall_and_on_every_phone(stage: Stage, open_meeting: Meeting) -> None:
    page, _, jo, wall = await scene(stage, open_meeting)
    await do(page, GRAN, "Show large")
    await expect(jo.get_by_role("region", name="We are talking about this")).to_contain_text(GRAN, timeout=SECOND_MS)
    await expect(page.locator("[data-wall-controls]")).to_contain_text("On the wall: one card")
    await expect(wall.get_by_text(SUNDAY)).to_be_hidden()
    await undo(page, "Shown large to everyone.")
    await expect(jo.get_by_role("region", name="We are talking about this")).to_be_hidden(timeout=SECOND_MS)
    await expect(wall.get_by_text(SUNDAY).first).to_be_visible()

    await do(page, GRAN, "Show large")
    await expect(jo.get_by_role("region", name="We are talking about this")).to_be_visible(timeout=SECOND_MS)
    await do(page, GRAN, "Show large")
    await expect(jo.get_by_role("region", name="We are talking about this")).to_be_hidden(timeout=SECOND_MS)


async def test_what_is_talked_about_is_taken_down_by_hand_and_as_the_meeting_goes_on(
    stage: Stage, open_meeting: Meeting
) -> None:
    page, _, jo, _ = await scene(stage, open_meeting)
    talked = jo.get_by_role("region", name="We are talking about this")
    await do(page, GRAN, "Show large")
    await expect(talked).to_be_visible(timeout=SECOND_MS)
    await page.get_by_role("button", name="Take down").click()
    await expect(talked).to_be_hidden(timeout=SECOND_MS)
    await undo(page, "No longer shown large.")
    await expect(talked).to_be_visible(timeout=SECOND_MS)
    await page.locator('[data-go-to="worried"]').click()
    await expect(talked).to_be_hidden(timeout=SECOND_MS)
    await undo(page, "Moved to Worries.")
    await expect(talked).to_contain_text(GRAN, timeout=SECOND_MS)


async def test_a_card_can_be_kept_off_the_wall_and_stays_on_phones(stage: Stage, open_meeting: Meeting) -> None:
    page, _, jo, wall = await scene(stage, open_meeting)
    await do(page, GRAN, "Show large")
    await choose(page, GRAN, "Not on the wall")
    await expect(wall.get_by_text(SUNDAY).first).to_be_visible(timeout=SECOND_MS)
    await expect(wall.get_by_text(GRAN)).to_have_count(0, timeout=SECOND_MS)
    await expect(card(page, GRAN).locator(".deeds__off")).to_be_visible()
    await expect(card(jo, GRAN)).to_be_visible()
    await undo(page, "It is not on the wall any more.")
    await expect(wall.get_by_text(GRAN).first).to_be_visible(timeout=SECOND_MS)


async def test_cards_are_moved_up_down_and_across_without_dragging(stage: Stage, open_meeting: Meeting) -> None:
    page, _, jo, _ = await scene(stage, open_meeting)

    async def well() -> list[str]:
        return await jo.locator('[data-cards="well"] [data-words]').all_inner_texts()

    await choose(page, SUNDAY, "Up")
    await expect(jo.locator('[data-cards="well"] > li').first).to_contain_text(SUNDAY, timeout=SECOND_MS)
    await undo(page, "Moved up.")
    await expect(jo.locator('[data-cards="well"] > li').first).to_contain_text(GRAN, timeout=SECOND_MS)
    await page.keyboard.press("Escape")
    await choose(page, GRAN, "Down")
    await expect(jo.locator('[data-cards="well"] > li').first).to_contain_text(SUNDAY, timeout=SECOND_MS)
    await undo(page, "Moved down.")
    await expect(jo.locator('[data-cards="well"] > li').first).to_contain_text(GRAN, timeout=SECOND_MS)
    await page.keyboard.press("Escape")

    await choose(page, GRAN, "Move to Needs to happen")
    await expect(jo.locator('[data-cards="needs"]')).to_contain_text(GRAN, timeout=SECOND_MS)
    await undo(page, "Moved to Needs to happen.")
    await expect(jo.locator('[data-cards="well"] > li')).to_have_count(2, timeout=SECOND_MS)
    assert await well() == [GRAN, SUNDAY]


async def test_what_can_be_done_with_a_card_shows_on_hover_and_focus_and_always_on_touch(
    stage: Stage, open_meeting: Meeting
) -> None:
    page, *_ = await scene(stage, open_meeting)
    row = card(page, GRAN).locator(".deeds__row")
    opacity = "el => getComputedStyle(el).opacity"
    await page.locator("[data-next]").hover()
    assert await row.evaluate(opacity) == "0"
    before = await height(card(page, GRAN))
    # Nothing is kept free for buttons that are not there.
    assert before - await height(card(page, GRAN).locator("[data-words]")) < 2 * 24
    await card(page, GRAN).hover()
    assert await row.evaluate(opacity) == "1"
    assert await height(card(page, GRAN)) == before
    buttons = [await box(button) for button in await row.get_by_role("button").all()]
    assert len({button["y"] for button in buttons}) == 1
    assert min(button["height"] for button in buttons) >= 32
    # Whose words they are can still be read.
    name = await box(card(page, GRAN).locator(".card__who"))
    assert buttons[0]["y"] >= name["y"] + name["height"] - 1
    # A card that is higher than its column has them in sight too.
    await page.set_viewport_size({"width": 1280, "height": 540})
    await card(page, GRAN).locator("[data-words]").evaluate("el => { el.style.blockSize = '900px'; }")
    await card(page, GRAN).hover(position={"x": 40, "y": 40})
    await expect(row.get_by_role("button", name="Set aside")).to_be_in_viewport(ratio=1)
    await card(page, GRAN).locator("[data-words]").evaluate("el => { el.style.blockSize = ''; }")
    await page.locator("[data-next]").hover()
    await row.get_by_role("button", name="Set aside").focus()
    assert await row.evaluate(opacity) == "1"

    tablet = await stage.facilitator(open_meeting, has_touch=True, is_mobile=True)
    await expect(card(tablet, GRAN)).to_be_visible()
    assert await card(tablet, GRAN).locator(".deeds__row").evaluate(opacity) == "1"
    for button in await card(tablet, GRAN).locator(".deeds__row button:visible").all():
        assert await height(button) >= 48


async def test_an_own_card_is_taken_back_at_the_desk(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    await page.locator("[data-scribe-column]").select_option("needs")
    await page.locator("[data-scribe-words]").fill("A rent plan")
    await page.locator("[data-scribe-words]").press("Enter")
    await expect(card(page, "A rent plan").get_by_text("Saved")).to_be_visible()
    await do(page, "A rent plan", "Change")
    await page.keyboard.press("Escape")
    await expect(card(page, "A rent plan").get_by_role("button", name="Change")).to_be_focused()
    await choose(page, "A rent plan", "Take back")
    await expect(card(page, "A rent plan")).to_have_count(0)
    await undo(page, "Taken back.")
    await expect(card(page, "A rent plan")).to_be_visible()

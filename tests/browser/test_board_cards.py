"""What a person does with a card: change its words, move it by hand or by menu, take it back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import CDPSession, Locator, Page, expect

from tests.browser.board import box, card, composer, go_to, listed, new_id, order, words, write
from tests.browser.stage import DESK, Meeting, Stage

LAPTOP: dict[str, Any] = {**DESK, "has_touch": False, "is_mobile": False}


async def wrote(page: Page, *texts: str, column: str = "well") -> None:
    for text in texts:
        await write(page, text, column)
    await expect(card(page, texts[-1])).to_contain_text("Saved")


async def change(page: Page, text: str) -> Locator:
    """Begin to change a card; the field."""
    await card(page, text).get_by_role("button", name="Change").click()
    return page.locator(".change textarea")


async def do(page: Page, text: str, what: str) -> None:
    """Press something in a card's menu, which is opened where it is not."""
    more = card(page, text).get_by_role("button", name="More for this card")
    if await more.get_attribute("aria-expanded") != "true":
        await more.click()
    await card(page, text).get_by_role("button", name=what).click()


# ---- changing --------------------------------------------------------------------------------------------------------


async def test_ones_own_card_is_changed_in_its_place(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    other = await stage.phone(open_meeting, "Dana")
    await wrote(page, "Gran pics us up", "Another")
    more = card(page, "Gran pics us up").get_by_role("button", name="More for this card")
    await more.click()
    field = await change(page, "Gran pics us up")
    await expect(field).to_be_focused()
    await expect(page.locator("[data-menu]")).to_have_count(0)
    await field.fill("Gran picks us up")
    await field.press("Enter")
    await expect(card(other, "Gran picks us up")).to_be_visible()
    assert await listed(other) == ["Gran picks us up", "Another"]
    await expect(card(page, "Gran picks us up").get_by_role("button", name="Change")).to_be_focused()


async def test_a_change_half_made_survives_a_reload(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    await wrote(page, "Gran picks us up")
    field = await change(page, "Gran picks us up")
    await field.fill("Gran picks us up on")
    await page.reload()
    await expect(page.locator(".change textarea")).to_have_value("Gran picks us up on")
    await page.locator(".change textarea").fill("Gran picks us up on Mondays")
    await page.get_by_role("button", name="Save").click()
    await expect(card(page, "Gran picks us up on Mondays")).to_contain_text("Saved")
    await page.reload()
    await expect(page.locator(".change")).to_have_count(0)


async def test_a_change_is_left_as_it_was(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    await wrote(page, "Gran picks us up")
    field = await change(page, "Gran picks us up")
    await field.fill("Something else")
    await page.get_by_role("button", name="Leave it as it was").click()
    await expect(card(page, "Gran picks us up")).to_be_visible()
    await expect(page.locator(".change")).to_have_count(0)


async def test_a_change_to_nothing_or_too_much_says_so_and_keeps_it(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    await wrote(page, "Gran picks us up")
    field = await change(page, "Gran picks us up")
    for text, said in (("  ", "There is nothing written yet."), ("a" * 1001, "1 character too long.")):
        await field.fill(text)
        await field.press("Enter")
        await expect(page.locator(".change [data-left]")).to_contain_text(said)
        await expect(field).to_have_value(text)


@pytest.mark.parametrize(
    ("keep", "left"),
    [("Keep mine", "Mine"), ("Keep theirs", "Theirs"), ("Keep both", "Theirs\n\nMine")],
)
async def test_the_second_of_two_who_change_a_card_keeps_both_texts(
    stage: Stage, open_meeting: Meeting, keep: str, left: str
) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    await wrote(page, "First words")
    other = await page.context.new_page()
    await other.goto(page.url)
    await other.locator('main[data-state="open"]').wait_for()
    field = await change(page, "First words")
    await field.fill("Mine")
    theirs = await change(other, "First words")
    await theirs.fill("Theirs")
    await theirs.press("Enter")
    await expect(card(other, "Theirs")).to_contain_text("Saved")
    await expect(field).to_have_value("Mine")
    await field.press("Enter")
    both = page.get_by_role("group", name="Two texts for one card")
    await expect(both).to_contain_text("Mine")
    await expect(both).to_contain_text("Theirs")
    await page.reload()
    await expect(both).to_contain_text("Mine")
    await both.get_by_role("button", name=keep).click()
    await expect(both).to_have_count(0)
    for where in (page, other):
        await expect(where.locator("[data-cards] .card__words")).to_have_text([left])


async def test_words_being_changed_outlive_their_card(stage: Stage, open_meeting: Meeting) -> None:
    desk = await stage.facilitator(open_meeting)
    page = await stage.phone(open_meeting, "Maureen")
    await wrote(page, "Gran picks us up")
    key = await card(page, "Gran picks us up").get_attribute("data-key")
    field = await change(page, "Gran picks us up")
    await field.fill("Gran picks us up every single day")
    await order(desk, open_meeting, "card.erase", card=key)
    await expect(page.get_by_text("That card is not on the board any more.")).to_be_visible()
    await expect(words(page)).to_have_value("Gran picks us up every single day")


# ---- moving ----------------------------------------------------------------------------------------------------------


async def test_a_menu_moves_up_down_and_to_another_column_and_back(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    other = await stage.phone(open_meeting, "Dana")
    await wrote(page, "One", "Two", "Three")
    await do(page, "Three", "Up")
    await expect(other.locator('[data-cards="well"] .card__words')).to_have_text(["One", "Three", "Two"])
    await do(page, "Three", "Up")
    await expect(other.locator('[data-cards="well"] .card__words')).to_have_text(["Three", "One", "Two"])
    await do(page, "Three", "Down")
    await expect(other.locator('[data-cards="well"] .card__words')).to_have_text(["One", "Three", "Two"])
    await do(page, "Three", "Move to…")
    await page.get_by_role("dialog").get_by_role("button", name="Worries").click()
    await expect(card(other, "Three", "worried")).to_have_count(1)
    await page.get_by_text("Moved to Worries.").wait_for()
    await page.get_by_role("button", name="Undo").last.click()
    await expect(other.locator('[data-cards="well"] .card__words')).to_have_text(["One", "Three", "Two"])


async def test_a_card_is_taken_back_and_put_back(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    other = await stage.phone(open_meeting, "Dana")
    await wrote(page, "One", "Two")
    await do(page, "One", "Take back")
    await expect(card(other, "One")).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(card(other, "One")).to_have_count(1)
    assert await listed(other) == ["One", "Two"]


async def test_all_of_it_works_by_keyboard_alone(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen", **LAPTOP)
    keys = page.keyboard
    await words(page).focus()
    await keys.type("One")
    await keys.press("Enter")
    await keys.type("Two")
    await keys.press("Enter")
    await expect(card(page, "Two")).to_contain_text("Saved")
    more = card(page, "Two").get_by_role("button", name="More for this card")
    await more.focus()
    await keys.press("Enter")
    await keys.press("Tab")
    await expect(page.locator(":focus")).to_have_text("Move to…")
    await keys.press("Tab")
    await keys.press("Enter")
    await expect(page.locator('[data-cards="well"] .card__words')).to_have_text(["Two", "One"])
    await expect(page.locator(":focus")).to_have_text("Up")
    await keys.press("Shift+Tab")
    await keys.press("Enter")
    dialog = page.get_by_role("dialog", name="Move to…")
    await expect(dialog).to_be_visible()
    await keys.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(page.locator(":focus")).to_have_text("Move to…")
    await keys.press("Enter")
    await keys.press("Tab")
    await keys.press("Enter")
    await expect(card(page, "Two", "worried")).to_have_count(1)
    await more.focus()
    await keys.press("Enter")
    await keys.press("Tab")
    await keys.press("Escape")
    await expect(page.locator(".menu")).to_have_count(0)
    await expect(more).to_be_focused()


async def middle(place: Locator) -> tuple[float, float]:
    at = await box(place)
    return at["x"] + at["width"] / 2, at["y"] + at["height"] / 2


async def test_a_mouse_drags_within_and_across_columns(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Anya", "agency", **LAPTOP)
    await wrote(page, "One", "Two", "Three")
    await card(page, "One").scroll_into_view_if_needed()
    mouse = page.mouse
    x, y = await middle(card(page, "Three").locator(".card__words"))
    await mouse.move(x, y)
    await mouse.down()
    top = await box(card(page, "One"))
    await mouse.move(x, top["y"] + 5, steps=8)
    await mouse.up()
    await expect(page.locator('[data-cards="well"] .card__words')).to_have_text(["Three", "One", "Two"])
    x, y = await middle(card(page, "One").locator(".card__words"))
    await mouse.move(x, y)
    await mouse.down()
    await mouse.move(*await middle(page.locator('[data-column="needs"] .column__empty')), steps=8)
    await mouse.up()
    await expect(card(page, "One", "needs")).to_have_count(1)
    await expect(page.locator(".strip")).to_contain_text("Needs to happen")
    # What was done before can still be taken back.
    await expect(page.get_by_role("button", name="Undo")).to_have_count(2)
    await page.get_by_role("button", name="Undo").last.click()
    await expect(page.locator('[data-cards="well"] .card__words')).to_have_text(["Three", "One", "Two"])
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator('[data-cards="well"] .card__words')).to_have_text(["One", "Two", "Three"])


async def test_escape_lets_go_of_a_dragged_card(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Anya", "agency", **LAPTOP)
    await wrote(page, "One", "Two")
    await page.mouse.move(*await middle(card(page, "One").locator(".card__words")))
    await page.mouse.down()
    await page.mouse.move(*await middle(page.locator('[data-column="needs"] .column__empty')), steps=5)
    await expect(page.locator(".card--flying")).to_have_count(1)
    await page.keyboard.press("Escape")
    await page.mouse.up()
    await expect(page.locator(".card--flying")).to_have_count(0)
    assert await listed(page) == ["One", "Two"]


class Finger:
    """One finger on the glass, as Chromium's own protocol moves it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.cdp: CDPSession | None = None

    async def touch(self, kind: str, *at: float) -> None:
        self.cdp = self.cdp or await self.page.context.new_cdp_session(self.page)
        points = [{"x": at[0], "y": at[1]}] if at else []
        await self.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    async def drag(self, start: tuple[float, float], end: tuple[float, float], *, hold_ms: int = 0) -> None:
        await self.touch("touchStart", *start)
        await self.page.wait_for_timeout(hold_ms)
        for step in range(1, 9):
            at = (start[i] + (end[i] - start[i]) * step / 8 for i in (0, 1))
            await self.touch("touchMove", *at)
            await self.page.wait_for_timeout(20)


async def test_a_finger_moves_a_card_by_its_handle_or_after_a_long_press(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    await wrote(page, "One", "Two", "Three")
    await words(page).blur()
    finger = Finger(page)
    top = await box(card(page, "One"))
    above = (100.0, top["y"] + 5)
    await finger.drag(await middle(card(page, "Three").locator("[data-grip]")), above)
    await finger.touch("touchEnd")
    await expect(page.locator('[data-cards="well"] .card__words')).to_have_text(["Three", "One", "Two"])
    await finger.drag(await middle(card(page, "Two").locator(".card__words")), above, hold_ms=600)
    await finger.touch("touchEnd")
    await expect(page.locator('[data-cards="well"] .card__words')).to_have_text(["Two", "Three", "One"])


async def test_a_finger_carries_a_card_to_another_column_over_its_tab(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    await wrote(page, "One", "Two")
    await words(page).blur()
    finger = Finger(page)
    tab = await middle(page.locator('[data-tab="needs"]'))
    await finger.drag(await middle(card(page, "One").locator("[data-grip]")), tab)
    await expect(page.locator('section[data-column="needs"]')).to_be_visible()
    await finger.touch("touchEnd")
    await expect(card(page, "One", "needs")).to_be_visible()


async def test_a_finger_that_only_scrolls_moves_no_card(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    texts = [f"Card {letter}" for letter in "abcdefghij"]
    await wrote(page, *texts)
    await words(page).blur()
    finger = Finger(page)
    list_ = page.locator('[data-column="well"] [data-scroll]')
    before = await list_.evaluate("el => el.scrollTop")
    await finger.drag((150, 300), (150, 500))
    await finger.touch("touchEnd")
    await expect(page.locator(".card--flying")).to_have_count(0)
    assert await listed(page) == texts
    assert await list_.evaluate("el => el.scrollTop") < before


async def test_nobody_else_moves_or_changes_a_card_but_who_runs_the_meeting(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await stage.phone(open_meeting, "Maureen", **LAPTOP)
    desk = await stage.facilitator(open_meeting)
    await order(desk, open_meeting, "card.add", id=new_id(), column="well", text="Helen's card")
    theirs = card(page, "Helen's card")
    await expect(theirs).to_be_visible()
    await page.mouse.move(*await middle(theirs.locator(".card__words")))
    await page.mouse.down()
    await page.mouse.move(*await middle(page.locator('[data-column="needs"] .column__empty')), steps=5)
    await expect(page.locator(".card--flying")).to_have_count(0)
    await page.mouse.up()
    await wrote(page, "Mine")
    await order(desk, open_meeting, "phase.go", phase="well")
    mine = card(desk, "Mine")
    await desk.mouse.move(*await middle(mine.locator(".card__words")))
    await desk.mouse.down()
    await desk.mouse.move(*await middle(desk.locator('section[data-column="worried"] .column__empty')), steps=8)
    await desk.mouse.up()
    await expect(card(page, "Mine", "worried")).to_have_count(1)


async def test_a_card_set_aside_stays_with_its_writer_alone(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    other = await stage.phone(open_meeting, "Dana")
    desk = await stage.facilitator(open_meeting)
    await wrote(page, "A name that should not be here")
    key = await card(page, "A name").get_attribute("data-key")
    await expect(card(other, "A name")).to_be_visible()
    await order(desk, open_meeting, "card.aside", card=key)
    await expect(card(other, "A name")).to_have_count(0)
    await expect(card(page, "A name")).to_contain_text("Set aside: only you and Helen can see it.")
    await order(desk, open_meeting, "card.return", card=key)
    await expect(card(other, "A name")).to_be_visible()
    await expect(card(page, "A name")).not_to_contain_text("Set aside", use_inner_text=True)


async def test_a_closed_column_takes_no_card_from_another(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    desk = await stage.facilitator(open_meeting)
    await wrote(page, "One", "Two")
    await order(desk, open_meeting, "column.close", column="worried")
    await go_to(page, "worried")
    await expect(composer(page, "worried").get_by_text("Helen has closed adding for now.")).to_be_visible()
    await go_to(page, "well")
    await do(page, "One", "Move to…")
    choices = page.get_by_role("dialog", name="Move to…").get_by_role("button")
    await expect(choices).to_have_text(["Needs to happen", "Close"])

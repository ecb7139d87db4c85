"""Who goes first: what agencies write waits until the family have spoken, and what somebody keeps is theirs alone."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.board import card, words
from tests.browser.desk import SECOND_MS, desk, panel, undo
from tests.browser.stage import Meeting, Stage, axe, sideways

MONDAYS = "On Mondays Kofi is very tired."
EVENINGS = "The evenings are the worst."


async def test_an_agencys_card_waits_while_the_family_go_first(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    family, school = [await stage.phone(open_meeting, *who) for who in (("Dana", "family"), ("Jo", "agency"))]
    wall = await stage.wall(open_meeting)
    gate = helen.get_by_role("group", name="Who can add to Worries")
    await gate.get_by_role("button", name="Family first").click()
    await helen.locator('[data-go-to="worried"]').click()
    await expect(school.get_by_text("The family go first here.")).to_be_visible(timeout=SECOND_MS)
    await words(school, "worried").fill(MONDAYS)
    await words(school, "worried").press("Enter")
    await expect(school.get_by_text("Waits until the family have spoken. Helen puts it up.")).to_be_visible()
    await words(family, "worried").fill(EVENINGS)
    await words(family, "worried").press("Enter")
    await expect(card(helen, EVENINGS, "worried")).to_be_visible(timeout=SECOND_MS)
    await expect(wall.get_by_text(EVENINGS)).to_be_visible(timeout=SECOND_MS)
    for page in (family, wall):
        assert MONDAYS not in await page.content()
    await expect(card(helen, MONDAYS, "worried")).to_have_count(0)
    await expect(panel(helen)).to_contain_text(MONDAYS)
    assert await axe(school) == []
    assert await axe(helen) == []

    await helen.get_by_role("button", name="Put up what waits in Worries").click()
    for page in (family, helen):
        await expect(card(page, MONDAYS, "worried")).to_be_visible(timeout=SECOND_MS)
    await undo(helen, "1 card is put up.")
    await expect(card(family, MONDAYS, "worried")).to_have_count(0, timeout=SECOND_MS)


async def test_what_somebody_keeps_is_on_their_own_screen_alone(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    dana = await stage.phone(open_meeting, "Dana", viewport={"width": 320, "height": 640})
    await words(dana).fill(EVENINGS)
    await dana.get_by_role("button", name="Keep it for myself for now").click()
    kept = card(dana, EVENINGS, "well")
    await expect(kept.get_by_text("Kept by you. Nobody else can see it.")).to_be_visible()
    assert EVENINGS not in await helen.content()
    assert await axe(dana) == []
    assert await sideways(dana) <= 0
    await dana.reload()
    await kept.get_by_role("button", name="Put up").click()
    await expect(card(helen, EVENINGS, "well")).to_be_visible(timeout=SECOND_MS)


async def test_a_phase_is_left_out_moved_and_taken_in_again(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    phone = await stage.phone(open_meeting, "Dana")
    line = helen.locator('[data-step="child"]')
    await line.locator("[data-step-more]").click()
    await helen.get_by_role("button", name="Leave it out").click()
    await expect(helen.get_by_role("button", name="Next: Working well")).to_be_visible(timeout=SECOND_MS)
    await phone.get_by_role("button", name="Now: Welcome").click()
    await expect(phone.locator('[data-sheet="agenda"]')).to_contain_text("left out")
    await undo(helen, "The child’s voice first is left out.")
    await helen.locator('[data-step="worried"] [data-step-more]').click()
    await helen.get_by_role("button", name="Move up").click()
    order = helen.locator("[data-steps] > [data-step]")
    await expect(order.nth(2)).to_have_attribute("data-step", "worried", timeout=SECOND_MS)
    assert await axe(helen) == []

"""Ground rules: read on every screen while the meeting opens, and agreed by one press."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.desk import SECOND_MS, desk, undo
from tests.browser.stage import Meeting, Stage, axe, sideways

RULE = "Anyone may have a break. Talk stops until they are back."


async def test_ground_rules_are_shown_to_everyone_and_agreed_by_one_press(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    dana = await stage.phone(open_meeting, "Dana", viewport={"width": 320, "height": 640})
    wall = await stage.wall(open_meeting)
    await dana.get_by_role("button", name="Read it").click()
    sheet = dana.locator('[data-sheet="rules"]')
    await expect(sheet.get_by_text(RULE)).to_be_visible()
    await expect(sheet.get_by_text("We agreed these.")).to_be_hidden()
    assert await axe(dana) == []
    assert await sideways(dana) <= 0

    await helen.get_by_role("button", name="Show the ground rules").click()
    await helen.get_by_role("button", name="We agreed these").click()
    await expect(helen.get_by_text("Agreed at")).to_be_visible(timeout=SECOND_MS)
    scene = wall.locator('[data-scene="rules"]')
    await expect(scene.get_by_text(RULE)).to_be_visible(timeout=SECOND_MS)
    await expect(scene.get_by_text("We agreed these.")).to_be_visible()
    await expect(sheet.get_by_text("We agreed these.")).to_be_visible()
    assert await axe(helen) == []
    assert await axe(wall) == []
    await dana.keyboard.press("Escape")
    await expect(dana.locator("[data-about]")).to_contain_text(RULE)

    await undo(helen, "Agreed, for everyone to see.")
    await expect(scene.get_by_text("We agreed these.")).to_be_hidden(timeout=SECOND_MS)
    await helen.locator("[data-next]").click()
    await expect(dana.locator("[data-about]")).to_be_hidden(timeout=SECOND_MS)
    await expect(dana.get_by_role("button", name="Read it")).to_be_hidden()

"""A word that somebody does not understand: its writer learns of it, nobody else does, and not from whom."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.board import card, new_id, order, write
from tests.browser.desk import SECOND_MS, desk
from tests.browser.stage import Meeting, Stage, axe, sideways

TEXT = "This is about the threshold."
SAID = "Someone does not understand “threshold”. Say it another way?"


async def test_only_the_writer_is_told_which_word_is_not_understood(stage: Stage, open_meeting: Meeting) -> None:
    helen, wall = await desk(stage, open_meeting), await stage.wall(open_meeting)
    jo = await stage.phone(open_meeting, "Jo", "agency", viewport={"width": 320, "height": 640})
    dana = await stage.phone(open_meeting, "Dana", viewport={"width": 320, "height": 640})
    await order(helen, open_meeting, "phase.go", phase="well")
    await write(jo, TEXT)
    await card(dana, TEXT).get_by_role("button", name="I don’t understand this").press("Enter")
    sheet = dana.locator('[data-sheet="unclear"]')
    await expect(sheet.get_by_text("Only the person who wrote it is told, without your name.")).to_be_visible()
    assert await axe(dana) == [] and not await sideways(dana)
    await sheet.get_by_role("button", name="threshold").press("Enter")
    note = card(jo, TEXT).locator(".unclear__note")
    await expect(note).to_contain_text(SAID, timeout=SECOND_MS)
    await expect(card(jo, TEXT).get_by_role("button", name="I don’t understand this")).to_be_hidden()
    assert await axe(jo) == [] and not await sideways(jo)
    for page in (dana, helen, wall):
        await expect(page.get_by_text(SAID)).to_have_count(0)
    await note.get_by_role("button", name="Change").click()
    await expect(jo.locator(".change textarea")).to_have_value(TEXT)
    await jo.get_by_role("button", name="Leave it as it was").click()
    await note.get_by_role("button", name="All right").click()
    await expect(note).to_have_count(0)

    # The same for a worry in words, and for a next step.
    a_set, scale = new_id(), new_id()
    await order(jo, open_meeting, "set.start", id=a_set, scale=scale)
    await order(jo, open_meeting, "set.write", set=a_set, part="happened", text="neglect of the home", was=0)
    await order(jo, open_meeting, "set.put-up", set=a_set)
    await order(jo, open_meeting, "step.add", id=new_id(), what="A statutory visit")
    for view, word, field, text in (
        ("sets", "neglect", '[data-part="happened"] textarea', "neglect of the home"),
        ("steps", "statutory", "form textarea", "A statutory visit"),
    ):
        await dana.locator(f'[data-view-to="{view}"]').click()
        there = jo.locator(f'[data-view="{view}"]')
        asks = dana.locator(f'[data-view="{view}"]').get_by_role("button", name="I don’t understand this")
        await asks.click(timeout=SECOND_MS)
        assert await axe(dana) == [] and not await sideways(dana)
        await sheet.get_by_role("button", name=word).click()
        # Whoever looks elsewhere is told where to look.
        told = "Someone does not understand words of yours in"
        await expect(jo.locator(".strip").get_by_text(told).last).to_be_visible(timeout=SECOND_MS)
        await jo.locator(f'[data-view-to="{view}"]').click()
        if view == "sets":
            await expect(jo.locator("[data-sets-tabs]")).to_contain_text("Someone asks you.")
        note = there.locator(".unclear__note")
        await expect(note).to_contain_text(f"Someone does not understand “{word}”.", timeout=SECOND_MS)
        assert await axe(jo) == [] and not await sideways(jo)
        await note.get_by_role("button", name="Change").click()
        await expect(there.locator(field).first).to_have_value(text)
        await note.get_by_role("button", name="All right").click()
        await expect(note).to_have_count(0)

"""Plain words under what is being written: for who works with the family alone, and nothing is changed."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.board import card, order, words
from tests.browser.desk import desk
from tests.browser.stage import Meeting, Stage, axe, sideways

JARGON = "A LAC review about placement "
HINT = ".offer"


async def test_only_who_works_with_the_family_is_offered_plain_words(stage: Stage, open_meeting: Meeting) -> None:
    jo = await stage.phone(open_meeting, "Jo", "agency", viewport={"width": 320, "height": 640})
    maureen = await stage.phone(open_meeting, "Maureen")
    for page in (jo, maureen):
        await words(page).fill(JARGON)
    await expect(jo.locator(HINT)).to_contain_text("“LAC” in plain words: child in care; use their name")
    await expect(words(jo)).to_have_value(JARGON)
    assert await axe(jo) == [] and not await sideways(jo)
    await words(jo).press("Enter")
    await expect(card(jo, JARGON.strip())).to_be_visible()
    await expect(jo.locator(HINT)).to_have_count(0)
    helen = await desk(stage, open_meeting)
    await order(helen, open_meeting, "phase.go", phase="steps")
    await jo.get_by_text("Add a next step").click()
    await jo.get_by_label("What happens?").fill(JARGON)
    await expect(jo.locator(HINT)).to_contain_text("“LAC” in plain words")
    await expect(jo.get_by_label("What happens?")).to_have_accessible_name("What happens?")
    assert await axe(jo) == [] and not await sideways(jo)
    await jo.get_by_role("button", name="Not in this meeting").click()
    await expect(jo.get_by_label("What happens?")).to_be_focused()
    await jo.get_by_role("button", name="Board", exact=True).click()
    await words(jo).fill(JARGON + "and threshold")
    await expect(jo.locator(HINT)).to_have_count(0)
    assert (
        await maureen.evaluate(
            "performance.getEntriesByType('resource').filter((one) => /plain/.test(one.name)).length"
        )
        == 0
    )

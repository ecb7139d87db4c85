"""The child in the meeting: their words first, what they see as the facilitator says, and a kind end."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.desk import desk, panel, write
from tests.browser.stage import Meeting, Stage, axe, sideways


async def kofi_opened(page: Page) -> None:
    """Helen opens what there is about Kofi."""
    await page.get_by_role("button", name="More about Kofi").click()


async def test_what_a_child_sees_changes_at_once_and_their_part_ends(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    dana = await stage.phone(open_meeting, "Dana")
    kofi = await stage.phone(open_meeting, "Kofi", "child", viewport={"width": 320, "height": 568})
    await write(dana, "He may come back", "worried")
    await write(dana, "Gran rings every evening", "well")
    worry, good = (kofi.locator("[data-cards]").get_by_text(text) for text in ("He may come", "Gran rings"))
    await expect(good).to_have_count(1)
    await expect(worry).to_have_count(0)
    await kofi_opened(helen)
    sees = helen.get_by_label("Sees on their own screen")
    await expect(sees).to_have_value("good")
    for chosen, seen in (("own", (0, 0)), ("all", (1, 1))):
        await sees.select_option(chosen)
        await expect(worry).to_have_count(seen[0])
        await expect(good).to_have_count(seen[1])
    assert await axe(helen) == []
    assert await sideways(kofi) <= 0
    await helen.get_by_role("button", name="End their part kindly").click()
    await helen.get_by_role("button", name="Yes, say goodbye").click()
    await expect(kofi.get_by_text("Gran rings")).to_have_count(0)


async def test_the_wall_shows_less_while_a_child_is_in_the_room(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    wall = await stage.wall(open_meeting)
    dana = await stage.phone(open_meeting, "Dana")
    chooser = helen.get_by_label("With a child in the room it shows:")
    await expect(chooser).to_be_hidden()
    kofi = await stage.phone(open_meeting, "Kofi", "child")
    await write(dana, "Gran rings every evening", "well")
    await kofi.locator("[data-composer=well] textarea").fill("I am good at football")
    await kofi.get_by_role("button", name="Show everyone").first.click()
    for page in (dana, helen, wall):
        first = page.locator("[data-cards=well] > li").first
        await expect(first).to_contain_text("I am good at football")
        await expect(first).to_have_attribute("data-voice", "yes")
    await chooser.select_option("own")
    await expect(wall.get_by_text("Gran rings every evening")).to_have_count(0)
    await expect(wall.get_by_text("I am good at football")).to_have_count(1)
    await wall.reload()
    await expect(wall.get_by_text("Gran rings every evening")).to_have_count(0)
    await chooser.select_option("")
    await expect(wall.get_by_text("Gran rings every evening")).to_have_count(1)


async def test_that_a_child_may_be_in_danger_stands_above_other_quiet_words(
    stage: Stage, open_meeting: Meeting
) -> None:
    helen = await desk(stage, open_meeting)
    dana = await stage.phone(open_meeting, "Dana")
    kofi = await stage.phone(open_meeting, "Kofi", "child")
    for words in ("I need a break", "This may mean a child is in danger now"):
        await dana.get_by_role("button", name="Tell Helen quietly").click()
        await dana.get_by_role("button", name=words).click()
    told = panel(helen).locator("[data-told-list] > li")
    await expect(told).to_have_count(2)
    await expect(told.first).to_contain_text("A child may be in danger now")
    await expect(told.first).to_have_attribute("data-danger", "yes")
    assert await axe(helen) == []
    await kofi.get_by_role("button", name="Tell Helen quietly").click()
    await expect(kofi.get_by_role("button", name="I need a break")).to_be_visible()
    await expect(kofi.get_by_text("in danger")).to_have_count(0)

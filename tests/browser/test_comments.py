"""Comments, what we don't know yet, and thoughts for next time, on real phones, at the desk and on the wall."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.board import card, composer, new_id, order, words, write
from tests.browser.desk import SECOND_MS, choose
from tests.browser.desk import card as desk_card
from tests.browser.desk import desk as open_desk
from tests.browser.stage import Meeting, Stage, axe, sideways


async def test_a_comment_is_written_where_the_desk_opened_it_and_stays_when_it_is_closed(
    stage: Stage, open_meeting: Meeting
) -> None:
    helen = await open_desk(stage, open_meeting)
    dana = await stage.phone(open_meeting, "Dana")
    jo = await stage.phone(open_meeting, "Jo", "agency", viewport={"width": 320, "height": 640})
    await write(dana, "Gran picks us up")
    await expect(card(jo, "Gran picks us up").locator("[data-talk]")).to_be_hidden()
    await choose(helen, "Gran picks us up", "Open comments")
    await card(jo, "Gran picks us up").get_by_role("button", name="Write a comment").click(timeout=SECOND_MS)
    field = card(jo, "Gran picks us up").get_by_label("Write a comment")
    await field.fill("On Thursdays too")
    assert await axe(jo) == [] and await sideways(jo) <= 0
    # Half-typed words are still there after a reload.
    await jo.reload()
    await expect(field).to_have_value("On Thursdays too")
    await field.press("Enter")
    fold = card(dana, "Gran picks us up").get_by_role("button", name="Comments (1)")
    await fold.click(timeout=SECOND_MS)
    await expect(card(dana, "Gran picks us up")).to_contain_text("On Thursdays too")
    await choose(helen, "Gran picks us up", "Close comments")
    await expect(card(dana, "Gran picks us up")).to_contain_text("Comments are closed here. What was written stays.")
    await expect(card(dana, "Gran picks us up").get_by_label("Write a comment")).to_be_hidden()
    await expect(card(dana, "Gran picks us up")).to_contain_text("On Thursdays too")


async def test_a_worry_and_a_step_are_commented_where_the_desk_opened_it(stage: Stage, open_meeting: Meeting) -> None:
    helen = await open_desk(stage, open_meeting)
    jo = await stage.phone(open_meeting, "Jo", "agency", viewport={"width": 320, "height": 640})
    worry = new_id()
    await order(helen, open_meeting, "set.start", id=worry, scale=new_id())
    await order(helen, open_meeting, "set.write", set=worry, part="happened", text="Nobody was awake", was=0)
    await order(helen, open_meeting, "set.put-up", set=worry)
    await order(helen, open_meeting, "step.add", id=new_id(), what="Gran sleeps over")
    await order(helen, open_meeting, "phase.go", phase="statements")
    await helen.get_by_role("button", name="Open comments", exact=True).click(timeout=SECOND_MS)
    written = jo.locator(".set [data-talk]")
    await written.get_by_role("button", name="Write a comment").click(timeout=SECOND_MS)
    await written.get_by_label("Write a comment").fill("On two Saturdays")
    assert await axe(jo) == [] and await sideways(jo) <= 0
    await written.get_by_label("Write a comment").press("Enter")
    await helen.locator(".set [data-talk]").get_by_role("button", name="Comments (1)").click(timeout=SECOND_MS)
    await expect(helen.locator(".set [data-talk]")).to_contain_text("On two Saturdays")
    await order(helen, open_meeting, "phase.go", phase="steps")
    step = helen.locator("[data-part=step]")
    await step.get_by_role("button", name="More for this step").click(timeout=SECOND_MS)
    await step.get_by_role("button", name="Open comments").click()
    under = jo.locator("[data-part=step] [data-talk]")
    await under.get_by_role("button", name="Write a comment").click(timeout=SECOND_MS)
    await under.get_by_label("Write a comment").fill("Fridays are better")
    await under.get_by_label("Write a comment").press("Enter")
    await expect(step).to_contain_text("Comments (1)", timeout=SECOND_MS)
    assert await axe(helen) == [] and await axe(jo) == []


async def test_what_is_left_open_is_listed_for_everyone_at_the_close(stage: Stage, open_meeting: Meeting) -> None:
    helen = await open_desk(stage, open_meeting)
    dana = await stage.phone(open_meeting, "Dana")
    wall = await stage.wall(open_meeting)
    await composer(dana).get_by_role("button", name="We don’t know yet").click()
    await composer(dana).get_by_label("Who will find out?").fill("Tom")
    await composer(dana).get_by_label("By when?").fill("Friday")
    await write(dana, "Is the order in force?")
    await expect(desk_card(helen, "Is the order")).to_contain_text("We don’t know yet · Tom finds out by Friday")
    await order(helen, open_meeting, "column.close")
    await words(dana).fill("Who has the spare key?")
    await words(dana).press("Enter")
    await expect(helen.locator("[data-thoughts-part]")).to_contain_text("Who has the spare key?")
    await expect(helen.locator("[data-later-thoughts]")).not_to_contain_text("spare key")
    await order(helen, open_meeting, "phase.go", phase="close")
    scene = wall.locator('[data-scene="later"]')
    for screen in (scene, dana.locator('[data-view="later"]'), helen.locator('[data-view="later"]')):
        await expect(screen).to_be_visible()
        await expect(screen).to_contain_text("Tom finds out by Friday")
        await expect(screen).to_contain_text("Who has the spare key?")
    assert [await axe(page) for page in (wall, dana, helen)] == [[], [], []]


async def test_categories_are_never_drawn_where_others_can_see(stage: Stage, open_meeting: Meeting) -> None:
    helen = await open_desk(stage, open_meeting)
    dana = await stage.phone(open_meeting, "Dana")
    await write(dana, "Gran picks us up")
    await choose(helen, "Gran picks us up", "Tag")
    sheet = helen.get_by_role("dialog", name="Cards by category")
    await sheet.locator("li", has_text="Gran picks us up").get_by_label("Category").select_option("Strength")
    await expect(sheet.locator('[data-category="strength"]')).to_contain_text("Gran picks us up")
    assert await axe(helen) == []
    await helen.evaluate("document.body.dataset.shared = 'yes'")
    await expect(sheet).to_be_hidden()
    assert await dana.locator("[data-category]").count() == 0

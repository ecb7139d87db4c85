"""Next steps: added on a phone, asked in private, answered to the facilitator alone, and shown once she shows it."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.board import new_id, order
from tests.browser.desk import SECOND_MS, choose, desk, panel, write
from tests.browser.stage import Meeting, Stage, axe, sideways


async def test_nobody_is_shown_with_a_step_before_they_said_yes_and_it_was_shown(
    stage: Stage, open_meeting: Meeting
) -> None:
    helen = await desk(stage, open_meeting)
    maureen = await stage.phone(open_meeting, "Maureen", viewport={"width": 320, "height": 640})
    jo = await stage.phone(open_meeting, "Jo", "agency")
    wall = await stage.wall(open_meeting)
    await write(maureen, "I can stay over on Fridays")
    await choose(helen, "I can stay over on Fridays", "Make a next step")
    await expect(helen.locator(".strip")).to_contain_text("Made a next step of it.")
    await helen.locator('[data-go-to="steps"]').click()
    for screen in (helen, maureen, jo):
        step = screen.locator("[data-step-list] > li")
        await expect(step).to_contain_text("I can stay over on Fridays", timeout=SECOND_MS)
        await expect(step).to_contain_text("still open")
    await expect(wall.locator("[data-wall-steps]")).to_contain_text("still open", timeout=SECOND_MS)

    await helen.get_by_role("button", name="Ask somebody: I can stay over on Fridays").click()
    await expect(panel(helen).get_by_label("Ask whom?")).to_be_focused()
    await panel(helen).get_by_label("Ask whom?").select_option("Maureen")
    await panel(helen).get_by_role("button", name="Ask", exact=True).click()
    mine = maureen.get_by_role("region", name="You are asked")
    await expect(mine).to_contain_text("Could you do this?", timeout=SECOND_MS)
    await mine.get_by_role("button", name="Yes, but…").click()
    await mine.get_by_label("Yes, but…").fill("not in July")
    await mine.get_by_role("button", name="Send").click()
    await expect(mine).to_contain_text("You said yes, but: not in July")
    await expect(mine).to_contain_text("Only you and Helen see your answer.")
    await expect(panel(helen).locator("[data-asking-list]")).to_contain_text("not in July", timeout=SECOND_MS)
    for screen in (jo, wall):
        assert "not in July" not in await screen.content()
    await expect(helen.locator("[data-step-list]")).not_to_contain_text("Maureen takes")
    assert await axe(helen) == []
    assert await axe(maureen) == []
    assert await sideways(maureen) <= 0

    await panel(helen).get_by_role("button", name="Show everyone that Maureen takes it on").click()
    await expect(jo.locator("[data-takers]")).to_contain_text("Maureen but: not in July", timeout=SECOND_MS)
    await expect(wall.locator("[data-wall-steps]")).to_contain_text("Maureen, but: not in July", timeout=SECOND_MS)
    await maureen.get_by_role("button", name="How did it go?").click()
    await maureen.get_by_label("Done", exact=True).check(force=True)
    await maureen.get_by_role("button", name="Save").click()
    await expect(jo.locator("[data-step-list]")).to_contain_text("Done", timeout=SECOND_MS)


async def test_half_typed_steps_survive_a_reload_and_decisions_stand_with_other_views(
    stage: Stage, open_meeting: Meeting
) -> None:
    helen = await desk(stage, open_meeting)
    maureen = await stage.phone(open_meeting, "Maureen")
    await helen.locator('[data-go-to="steps"]').click()
    await maureen.get_by_text("Add a next step").click()
    await maureen.get_by_label("What happens?").fill("Lou and Dana set a code word")
    await maureen.reload()
    await expect(maureen.get_by_label("What happens?")).to_have_value("Lou and Dana set a code word")
    await maureen.get_by_role("button", name="Add this step").click()
    await expect(helen.locator("[data-step-list]")).to_contain_text("Lou and Dana set a code word", timeout=SECOND_MS)
    await expect(maureen.get_by_label("What happens?")).to_have_value("")

    await helen.get_by_text("Write down a decision").click()
    await helen.get_by_label("What was decided?").fill("We meet again in four weeks")
    await helen.get_by_role("button", name="Write it down").click()
    await maureen.get_by_role("button", name="I see it differently").click()
    await maureen.get_by_label("How is it seen differently?").fill("Two weeks would be better")
    await maureen.get_by_role("button", name="Add", exact=True).click()
    await expect(helen.locator("[data-dissents]")).to_contain_text("Two weeks would be better", timeout=SECOND_MS)
    assert await axe(maureen) == []


async def test_a_step_leads_back_to_the_worry_it_is_for(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    maureen = await stage.phone(open_meeting, "Maureen", viewport={"width": 320, "height": 640})
    worry = new_id()
    await order(helen, open_meeting, "set.start", id=worry, scale=new_id())
    await order(helen, open_meeting, "set.write", set=worry, part="name", text="Weekends", was=0)
    await helen.locator('[data-go-to="steps"]').click()
    await maureen.get_by_text("Add a next step").click()
    which = maureen.get_by_label("Which worry and goal is it for?")
    await expect(which).to_be_hidden()
    await order(helen, open_meeting, "set.put-up", set=worry)
    await which.select_option("1 Weekends")
    await maureen.get_by_label("What happens?").fill("Gran rings on Fridays")
    await maureen.get_by_role("button", name="Add this step").click()
    for page in (helen, maureen):
        to = page.locator("[data-step-list]").get_by_role("button", name="1 Weekends")
        await to.click(timeout=SECOND_MS)
        tab = page.locator("[data-sets-tabs]").get_by_role("button", name="1 Weekends")
        await expect(tab).to_be_focused()
    await expect(which).to_have_value("")
    await maureen.locator('[data-view-to="steps"]').click()
    assert await axe(maureen) == []
    assert await sideways(maureen) <= 0

"""Worries and goals in words: begun in private, read by everyone once up, and never written over silently."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.board import me, new_id, order
from tests.browser.desk import SECOND_MS, desk
from tests.browser.stage import Meeting, Stage, axe, sideways

HAPPENED = "when Dana drinks at weekends she falls asleep and Kofi looks after Elsie alone"
PARTS = {
    "name": "Drinking at weekends",
    "happened": HAPPENED,
    "could": "Elsie could have an accident with no grown-up awake",
    "like:0": "he could feel it is his job and his fault",
    "doing": "On every night the children are home a sober adult who knows the plan is awake until they sleep",
    "long": "four months",
}


async def drafted(page: Page, meeting: Meeting) -> str:
    """A draft of whoever's page this is, with most of its parts written."""
    id = new_id()
    await order(page, meeting, "set.start", id=id, scale=new_id(), children=["Kofi", "Elsie"])
    await order(page, meeting, "set.who", set=id, names=["Tom", "Anya", "Maureen"], was=0)
    for part, text in PARTS.items():
        await order(page, meeting, "set.write", set=id, part=part, text=text, was=0)
    return id


async def look(page: Page) -> None:
    await page.locator('[data-view-to="sets"]').click()


async def test_a_worry_is_written_part_by_part_and_put_on_the_board(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    phone = await stage.phone(open_meeting, "Dana", viewport={"width": 320, "height": 640})
    await order(helen, open_meeting, "phase.go", phase="statements")
    view = phone.locator('[data-view="sets"]')
    await expect(view.get_by_text("No worry is written yet.")).to_be_visible(timeout=SECOND_MS)
    await phone.get_by_role("button", name="Start empty").click()
    await expect(view.get_by_text("Only those who write it see this draft.")).to_be_visible()
    part = view.locator("[data-part]:visible")
    await expect(part).to_have_count(1)
    await part.locator("textarea").fill("Weekends")
    await phone.get_by_role("button", name="Next part").click()
    await expect(view.get_by_role("button", name="Weekends")).to_be_visible()
    await expect(view.get_by_text("2 of 10")).to_be_visible()
    for _ in range(3):
        await phone.get_by_role("button", name="Next part").click()
    await part.locator("textarea").fill("half a sentence")
    await phone.reload()
    field = view.locator('[data-part="happened"] textarea')
    await expect(field).to_have_value("half a sentence")
    await expect(helen.get_by_text("No worry is written yet.")).to_be_visible()
    assert await axe(phone) == []
    assert await sideways(phone) <= 0

    await phone.get_by_role("button", name="Put it on the board").click()
    await expect(helen.get_by_role("heading", name="1 Weekends")).to_be_visible(timeout=SECOND_MS)
    assert await axe(helen) == []

    # A draft of the facilitator's own is for no screen that others can see.
    await helen.get_by_role("button", name="Start empty").click()
    await expect(helen.get_by_text("Only those who write it see this draft.")).to_be_visible()
    await helen.locator("[data-others]").select_option("yes")
    await expect(helen.get_by_role("heading", name="1 Weekends")).to_be_visible()
    await expect(helen.locator("[data-sets-tabs] button")).to_have_count(1)


async def test_who_writes_at_once_keeps_both_texts(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    id = await drafted(helen, open_meeting)
    await order(helen, open_meeting, "set.put-up", set=id)
    await look(helen)
    await helen.get_by_role("button", name="Write", exact=True).click()
    field = helen.locator('[data-part="could"] textarea')
    await field.fill("Mine")
    phone = await stage.phone(open_meeting, "Priya", "family")
    await order(helen, open_meeting, "set.writers", set=id, people=[await me(phone)])
    await order(phone, open_meeting, "set.write", set=id, part="could", text="Hers", was=1)
    await expect(helen.locator('.reads[data-reads="worry"]')).to_contain_text("Hers", timeout=SECOND_MS)
    await expect(field).to_have_value("Mine")
    await field.blur()
    await helen.get_by_role("button", name="Keep both").click()
    await expect(helen.locator('.reads[data-reads="worry"]')).to_contain_text("Hers Mine")
    await expect(phone.locator('.reads[data-reads="worry"]')).to_contain_text("Hers Mine", timeout=SECOND_MS)

    # An earlier wording can be taken off every screen; in the end, all of it.
    await look(phone)
    for page in (helen, phone):
        await page.get_by_text("Earlier wordings (2)").click()
    for left in (1, 0):
        await helen.locator("[data-earlier]").get_by_role("button", name="Take away").first.click()
        await helen.get_by_role("button", name="Take it away").click()
        await expect(phone.locator("[data-earlier] li")).to_have_count(left, timeout=SECOND_MS)
    await expect(phone.locator("[data-earlier]").get_by_role("button")).to_have_count(0)
    await helen.get_by_role("button", name="Remove for good").click()
    await expect(helen.get_by_role("alertdialog")).to_contain_text("Cards and next steps stay.")
    assert await axe(helen) == []
    await helen.get_by_role("button", name="Keep it").click()
    await expect(phone.locator(".reads").first).to_be_visible()
    await helen.get_by_role("button", name="Remove for good").click()
    await helen.get_by_role("alertdialog").get_by_role("button", name="Remove for good").click()
    for page in (helen, phone):
        await expect(page.get_by_text("No worry is written yet.")).to_be_visible(timeout=SECOND_MS)
        await expect(page.get_by_text("Hers Mine")).to_have_count(0)


async def test_those_who_write_it_together_see_who_is_writing(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    phone = await stage.phone(open_meeting, "Priya", "family", viewport={"width": 320, "height": 640})
    id = await drafted(helen, open_meeting)
    await order(helen, open_meeting, "set.writers", set=id, people=[await me(phone)])
    await look(helen)
    await look(phone)
    first = phone.locator('[data-part="name"]')
    await expect(first.locator("textarea")).to_be_visible()
    before = await first.bounding_box()
    await helen.locator('[data-part="name"] textarea').press_sequentially("Weekends")
    here = first.get_by_text("Helen is writing here.")
    await expect(here).to_be_visible(timeout=SECOND_MS)
    # Nothing moved when it came.
    assert await first.bounding_box() == before
    await expect(helen.get_by_text("is writing here.")).to_have_count(0)
    assert await axe(phone) == []
    assert await sideways(phone) <= 0
    await helen.locator('[data-part="name"] textarea').blur()
    await expect(here).to_have_count(0, timeout=SECOND_MS)


async def test_a_view_that_differs_stands_under_the_worry_on_the_wall(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    phone = await stage.phone(open_meeting, "Dana")
    wall = await stage.wall(open_meeting)
    id = await drafted(helen, open_meeting)
    await order(helen, open_meeting, "set.put-up", set=id)
    await order(helen, open_meeting, "phase.go", phase="statements")
    await phone.locator("[data-differ-text]").fill("It was two Saturdays, not every week.")
    await phone.get_by_role("button", name="Add a different view").click()
    scene = wall.locator('[data-scene="sets"]')
    said = scene.get_by_text("It was two Saturdays")
    await expect(said).to_be_visible(timeout=SECOND_MS)
    sizes = await scene.locator(".wallset__text").evaluate_all("all => all.map(one => getComputedStyle(one).fontSize)")
    assert len(set(sizes)) == 1
    assert await axe(wall) == []
    assert await axe(phone) == []


async def test_the_familys_own_goal_is_typed_for_whoever_it_is(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    phone = await stage.phone(open_meeting, "Dana")
    await drafted(helen, open_meeting)
    await look(helen)
    part = helen.locator('[data-part="family"]')
    await part.locator("textarea").fill("Saturdays that are just Saturdays.")
    await part.locator("textarea").blur()
    await expect(part.get_by_text("Choose whose goal it is.")).to_be_visible()
    await part.get_by_label("Whose goal is it?").select_option(label="Dana")
    await expect(part.get_by_text("Saved", exact=True)).to_be_visible(timeout=SECOND_MS)
    await helen.get_by_role("button", name="Put it on the board").click()
    await look(phone)
    view = phone.locator('[data-view="sets"]')
    await expect(view.get_by_text("Saturdays that are just Saturdays.")).to_be_visible(timeout=SECOND_MS)
    await expect(view.get_by_text("Typed for them")).to_be_visible()


async def test_a_view_is_changed_by_its_writer_and_set_aside_and_put_back_at_the_desk(
    stage: Stage, open_meeting: Meeting
) -> None:
    helen = await desk(stage, open_meeting)
    dana = await stage.phone(open_meeting, "Dana", viewport={"width": 320, "height": 640})
    sam = await stage.phone(open_meeting, "Sam")
    id = await drafted(helen, open_meeting)
    await order(helen, open_meeting, "set.put-up", set=id)
    for page in (helen, dana, sam):
        await look(page)
    await order(dana, open_meeting, "set.differ", id=new_id(), set=id, text="It was two Saturdays.")
    own = dana.locator("[data-differs] > li")
    await own.get_by_role("button", name="Change").click()
    field = own.get_by_label("Your words")
    await expect(field).to_be_focused()
    await field.fill("It was two Saturdays in May.")
    await dana.reload()
    await expect(field).to_have_value("It was two Saturdays in May.")
    assert await axe(dana) == []
    assert await sideways(dana) <= 0
    await own.get_by_role("button", name="Save").click()
    await expect(own.get_by_role("button", name="Change")).to_be_focused()
    theirs = sam.locator("[data-differs]").get_by_text("in May")
    await expect(theirs).to_be_visible(timeout=SECOND_MS)
    await expect(sam.locator("[data-differs] button:visible")).to_have_count(0)

    await helen.locator("[data-differs]").get_by_role("button", name="Set aside").click()
    await expect(theirs).to_have_count(0)
    await expect(own.get_by_text("Set aside: only you and Helen can see it.")).to_be_visible()
    await expect(helen.locator("[data-differs] > li")).to_have_count(0)
    lying = helen.locator("[data-aside-list] > li")
    await expect(lying.get_by_text("in May")).to_be_visible()
    assert await axe(helen) == []
    await lying.get_by_role("button", name="Put back").click()
    await expect(theirs).to_be_visible(timeout=SECOND_MS)


async def test_what_was_typed_while_people_were_asked_is_saved_once_that_is_over(
    stage: Stage, open_meeting: Meeting
) -> None:
    helen, jo = await desk(stage, open_meeting), await stage.phone(open_meeting, "Jo", "agency")
    id, poll = await drafted(jo, open_meeting), new_id()
    await order(jo, open_meeting, "set.put-up", set=id)
    await look(jo)
    await jo.get_by_role("button", name="Write", exact=True).click()
    part = jo.locator('[data-part="name"]')
    await part.locator("textarea").fill("Drinking on Saturdays")
    await order(helen, open_meeting, "agreement.ask", id=poll, set=id)
    await part.locator("textarea").blur()
    await expect(part.get_by_text("People are being asked about these words")).to_be_visible(timeout=SECOND_MS)
    await order(helen, open_meeting, "agreement.cancel", poll=poll)
    await expect(jo.get_by_role("heading", name="1 Drinking on Saturdays")).to_be_visible(timeout=SECOND_MS)
    await expect(part.get_by_text("Saved")).to_be_visible()


async def test_before_a_worry_goes_for_good_whatever_was_begun_from_it_is_named(
    stage: Stage, open_meeting: Meeting
) -> None:
    helen = await desk(stage, open_meeting)
    first, second = await drafted(helen, open_meeting), new_id()
    await order(helen, open_meeting, "set.put-up", set=first)
    await order(helen, open_meeting, "set.replace", set=first, id=second, scale=new_id())
    await order(helen, open_meeting, "set.write", set=second, part="name", text="Drinking every night", was=1)
    await order(helen, open_meeting, "set.put-up", set=second)
    await look(helen)
    await helen.locator(f'[data-sets-tabs] [data-key="{first}"]').click()
    await helen.get_by_role("button", name="Remove for good").click()
    await expect(helen.get_by_text("because it was begun from it: 2 Drinking every night.")).to_be_visible()
    await helen.get_by_role("button", name="Remove for good").last.click()
    await expect(helen.get_by_text("No worry is written yet.")).to_be_visible(timeout=SECOND_MS)

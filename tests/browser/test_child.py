"""The child in the meeting: their words first, what they see as the facilitator says, and a kind end."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.board import card, new_id, order
from tests.browser.desk import desk, panel, write
from tests.browser.numbers import EVERYTHING, NEXT_COUNT_MS, room_of, sheet
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


async def test_a_child_is_asked_what_becomes_of_what_they_kept_and_is_thanked(
    stage: Stage, open_meeting: Meeting
) -> None:
    helen = await desk(stage, open_meeting)
    dana = await stage.phone(open_meeting, "Dana")
    kofi = await stage.phone(open_meeting, "Kofi", "child", viewport={"width": 320, "height": 568})
    for words in ("I like it when it is quiet", "I cried on Sunday"):
        await kofi.locator("[data-composer=well] textarea").fill(words)
        await kofi.get_by_role("button", name="Keep for now").first.click()
    await kofi.locator("[data-composer=needs] textarea").evaluate(
        "field => { field.value = 'A new b'; field.dispatchEvent(new Event('input')) }"
    )
    await order(helen, open_meeting, "column.close")
    await kofi_opened(helen)
    await helen.get_by_role("button", name="Say goodbye to Kofi").click()
    await helen.get_by_role("button", name="Yes, say goodbye").click()
    await expect(kofi.get_by_role("heading", name="Thank you, Kofi")).to_be_focused()
    kept = kofi.locator("[data-goodbye-list] > li")
    await expect(kept).to_have_count(3)
    await kofi.get_by_role("button", name="Goodbye").click()
    await expect(kofi.get_by_role("alert").filter(visible=True)).to_contain_text("First choose")
    for direction in ("rtl", "ltr"):
        await kofi.evaluate("dir => { document.documentElement.dir = dir }", direction)
        assert await axe(kofi) == []
        assert await sideways(kofi) <= 0
    # Adding is closed, but what is shown now is shown.
    await kept.filter(has_text="quiet").get_by_role("button", name="Show everyone").press("Enter")
    for words in ("Sunday", "A new b"):
        await kept.filter(has_text=words).get_by_role("button", name="Throw away").press("Enter")
    await expect(card(dana, "I like it when it is quiet")).to_be_visible()
    await kofi.get_by_role("button", name="Goodbye").click()
    await expect(kofi.get_by_role("heading", name="Thank you for being here")).to_be_focused()
    assert await axe(kofi) == []
    for gone in ("I cried on Sunday", "A new b"):
        assert gone not in await kofi.evaluate(EVERYTHING)
        assert gone not in await helen.evaluate(EVERYTHING)
    await expect(kofi.locator("[data-cards] > li")).to_have_count(0)


async def test_a_childs_screen_speaks_for_their_age_at_once(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    kofi = await stage.phone(open_meeting, "Kofi", "child", viewport={"width": 320, "height": 568})
    question, tabs = kofi.locator("#question-well"), kofi.locator("[data-tab] .tab__name")
    await expect(question).to_have_text("What is going well?")
    await kofi_opened(helen)
    age = helen.get_by_label("Their screen speaks to age")
    await expect(age).to_have_value("8-11")
    await age.select_option("4-7")
    await expect(question).to_have_text("What makes you feel happy at home?")
    await expect(helen.get_by_label("Chooses a number from")).to_have_value("faces")
    for look in ({"theme": "dark"}, {"contrast": "more"}, {"size": "largest"}):
        await kofi.evaluate("look => Object.assign(document.documentElement.dataset, look)", look)
        assert await axe(kofi) == []
        assert await sideways(kofi) <= 0
    await kofi.reload()
    await expect(tabs).to_have_text(["Good things", "Worries", "Wishes"])
    await age.select_option("12+")
    await expect(question).to_have_text("What’s working well?")
    await expect(tabs).to_have_text(["Well", "Worried", "Needed"])


async def test_a_childs_own_scale_stands_in_two_languages(stage: Stage, open_meeting: Meeting) -> None:
    async with room_of(stage, open_meeting) as room:
        leila = await room.people.comes("Leila", "interpreter")
        kofi = await room.phone("Kofi", "child", viewport={"width": 320, "height": 568})
        of = {"kind": "question", "id": "place7", "field": "8-11"}
        await leila.ask("translation.set", id=new_id(), of=of, text="خوب", lang="prs", of_lang="en")
        await room.ask()
        place = sheet(kofi.page).locator(".place", has=kofi.page.get_by_text("Good", exact=True))
        await expect(place.locator(".second__text")).to_have_text("خوب")
        assert await place.locator(".second__text").get_attribute("lang") == "prs"
        await expect(sheet(kofi.page).locator(".place .second__text")).to_have_count(1)
        assert await axe(kofi.page) == [] and not await sideways(kofi.page)


async def test_a_child_keeps_a_number_on_steps_until_they_show_it(stage: Stage, open_meeting: Meeting) -> None:
    async with room_of(stage, open_meeting) as room:
        dana = await room.people.comes("Dana")
        kofi = await room.phone("Kofi", "child", viewport={"width": 320, "height": 568})
        helen = room.desk.page
        await room.ask()
        await expect(sheet(kofi.page).locator(".place")).to_have_count(11)
        assert await axe(kofi.page) == []
        await kofi_opened(helen)
        await helen.get_by_label("Chooses a number from").select_option("faces")
        await expect(sheet(kofi.page).locator(".place__round")).to_have_count(11)
        await kofi.page.get_by_role("radio", name="In the middle").press("Space")
        await kofi.page.get_by_role("button", name="Keep for me").click()
        await expect(kofi.page.get_by_role("heading", name="Kept for you.")).to_be_focused()
        assert await axe(kofi.page) == []
        await dana.ask("rating.set", round=room.round, value=8)
        await expect(helen.get_by_text("1 of 2 has answered").first).to_be_visible(timeout=NEXT_COUNT_MS)
        await kofi.page.reload()
        await kofi.page.get_by_role("button", name="Look").click()
        await kofi.page.get_by_role("button", name="Hold to look").press("Enter")
        await sheet(kofi.page).get_by_role("button", name="Show everyone").click()
        await expect(kofi.page.get_by_role("heading", name="Your number is in.")).to_be_visible()
        await expect(helen.get_by_text("2 of 2 have answered").first).to_be_visible(timeout=NEXT_COUNT_MS)
        assert not [one for one in room.desk.ratings() if one["value"] == 5]
        await room.show()
        await expect(helen.locator("[data-drawer-part=shown]")).to_contain_text("Kofi: 5")


async def test_the_wall_shows_less_while_a_child_is_in_the_room(stage: Stage, open_meeting: Meeting) -> None:
    helen = await desk(stage, open_meeting)
    wall = await stage.wall(open_meeting)
    dana = await stage.phone(open_meeting, "Dana")
    chooser = helen.get_by_label("With a child here:")
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
    await expect(kofi.get_by_text("in danger")).to_have_count(0)
    await helen.get_by_role("button", name="Hide my panel").click()
    await kofi.get_by_role("button", name="I am not safe").click()
    await expect(kofi.get_by_text("Only Helen will see this.")).to_be_visible()
    await kofi.get_by_role("button", name="Tell Helen: I am not safe").click()
    await expect(kofi.get_by_text("Helen has been told. Nobody else has.")).to_be_visible()
    assert await axe(kofi) == []
    await helen.get_by_role("button", name="Show my panel: somebody needs you now").click()
    await expect(told.filter(has_text="I am not safe")).to_contain_text("Kofi")
    assert await axe(helen) == []
    assert "I am not safe" not in await dana.evaluate(EVERYTHING)

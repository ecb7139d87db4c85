"""The wall follows the meeting: what is written, where the agenda is, what is talked about, what Helen wants."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from server.commands import give_order
from server.settings import Settings
from tests.browser.stage import Meeting, Signboard, Stage
from tests.browser.wallstage import Wall, wall_of

SOON_MS = 3_000
"""Well under a second in a meeting; tests share their machine, and speed is measured in `bench`."""
COME_BACK_MS = 30_000


@pytest_asyncio.fixture(loop_scope="session")
async def wall(stage: Stage, open_meeting: Meeting) -> AsyncIterator[Wall]:
    """A wall in a meeting where everyone comes straight in."""
    async with wall_of(stage, open_meeting) as made:
        yield made


async def write(phone: Page, text: str) -> None:
    """Write a card in the column that is shown, as a person does."""
    field = phone.locator("textarea:visible").first
    await field.fill(text)
    await field.press("Enter")


# ---- what is written -------------------------------------------------------------------------------------------------


async def test_a_card_written_on_a_phone_appears_on_the_wall(stage: Stage, wall: Wall, open_meeting: Meeting) -> None:
    phone = await stage.phone(open_meeting, "Maureen")
    await write(phone, "Gran picks us up")
    card = wall.lane("well").locator(".wallcard")
    await expect(card).to_contain_text("Gran picks us up", timeout=SOON_MS)
    await expect(card).to_contain_text("Maureen")
    await expect(wall.shown).to_have_count(1)


async def test_changed_moved_and_taken_back_the_wall_says_the_same(wall: Wall) -> None:
    dana = await wall.people.comes("Dana")
    card = await dana.card("Gran picks us up", "well")
    await dana.ask("card.edit", card=card, text="Gran picks us up at three", was=1)
    await expect(wall.lane("well")).to_contain_text("at three", timeout=SOON_MS)
    await wall.helen.ask("card.move", card=card, column="needs", before=None)
    await expect(wall.lane("needs")).to_contain_text("at three", timeout=SOON_MS)
    await expect(wall.lane("well").locator(".wallcard")).to_have_count(0)
    await dana.ask("card.remove", card=card)
    await expect(wall.page.locator(".wallcard")).to_have_count(0)


@pytest.mark.parametrize("hide", ["card.aside", "card.wall"])
async def test_a_card_set_aside_or_kept_off_leaves_no_word_on_the_wall(wall: Wall, hide: str) -> None:
    dana = await wall.people.comes("Dana")
    card = await dana.card("Something only for Helen")
    await wall.show_large("card", card)
    await expect(wall.scene("large")).to_contain_text("Something only for Helen")
    await wall.helen.ask(hide, card=card, **({"off": True} if hide == "card.wall" else {}))
    await expect(wall.scene("large")).to_be_hidden(timeout=SOON_MS)
    assert "only for Helen" not in await wall.page.content()


async def test_a_childs_own_words_look_like_nobody_elses(wall: Wall) -> None:
    voice = {"whose": "Kofi", "agreed": "yes", "how": "drew", "when": "14 May", "brought_by": "Sade"}
    dana = await wall.people.comes("Dana")
    await dana.card("He sleeps better")
    await wall.helen.card("Mum does the funny voices.", voice=voice)
    first = wall.lane("well").locator(".wallcard").first
    await expect(first).to_have_attribute("data-voice", "yes")
    said = (await first.inner_text()).replace("\u00a0", " ")
    assert "Kofi’s own words · drawn 14 May · brought by Sade · happy to share" in said
    assert await first.evaluate("(el) => getComputedStyle(el).borderBlockStyle") == "double"


async def test_where_authors_are_hidden_no_name_reaches_the_wall(stage: Stage, signboard: Signboard) -> None:
    meeting = await signboard.meeting(admit="all", authors="hidden")
    async with wall_of(stage, meeting) as wall:
        maureen = await wall.people.comes("Maureen")
        await maureen.card("I can stay on Fridays")
        await expect(wall.lane("well")).to_contain_text("I can stay on Fridays")
        await expect(wall.page.locator(".wallcard__who:visible")).to_have_count(0)
        assert "Maureen" not in await wall.page.content()


async def test_no_column_shows_how_many_cards_it_has(wall: Wall) -> None:
    dana = await wall.people.comes("Dana")
    for place in range(13):
        await dana.card("One more thing that helps us", "worried" if place % 2 else "well")
    await wall.phase("worried")
    await expect(wall.scene("columns")).to_contain_text("One more thing")
    said = (await wall.scene("columns").inner_text()).partition("What")[2]
    # Which page it is says where one reads, not how much there is to weigh.
    assert re.findall(r"\b\d+\b", re.sub(r"Page \d of \d", "", said)) == []


# ---- where the meeting is --------------------------------------------------------------------------------------------


async def test_while_people_arrive_it_says_how_to_come_in(wall: Wall, open_meeting: Meeting) -> None:
    arrive = wall.scene("arrive")
    await expect(arrive).to_contain_text("Tuesday afternoon")
    code = arrive.locator(".arrive__code")
    assert (await code.inner_text()).split() == [open_meeting.code[:4], open_meeting.code[4:]]
    assert float((await code.evaluate("(el) => getComputedStyle(el).fontSize")).removesuffix("px")) > 120
    # This server can be reached from this machine alone: a square would lead nowhere.
    await expect(arrive).to_contain_text("Phones cannot reach this address.")
    await expect(wall.page.locator("img")).to_have_count(0)


async def test_the_code_stays_in_its_corner_until_it_is_switched_off(wall: Wall, open_meeting: Meeting) -> None:
    await wall.phase("well")
    join = wall.page.locator("[data-join]")
    await expect(join).to_contain_text(f"{open_meeting.code[:4]} {open_meeting.code[4:]}")
    await wall.helen.ask("wall.set", code=False)
    await expect(join).to_be_hidden(timeout=SOON_MS)
    await wall.phase("welcome")
    # Once people are in, the meeting begins with how it talks together.
    await expect(wall.scene("rules")).to_contain_text("One person speaks at a time.")
    await expect(wall.scene("arrive")).to_be_hidden()


async def widths(wall: Wall) -> list[int]:
    return [int(await wall.lane(one).evaluate("(el) => el.offsetWidth")) for one in ("well", "worried", "needs")]


async def test_the_column_the_meeting_is_at_has_the_large_question(wall: Wall) -> None:
    for column in ("well", "worried", "needs"):
        await wall.phase(column)
        lane = wall.lane(column)
        await expect(lane).to_have_attribute("data-large", "yes", timeout=SOON_MS)
        await expect(wall.page.locator("[data-large='yes']")).to_have_count(1)
        assert await lane.locator("h2").evaluate("(el) => getComputedStyle(el).fontSize") == "56px"
        await expect(wall.page.locator(".lane h2:visible")).to_have_count(3)
        tops = [await wall.lane(one).locator(".pages").evaluate("(el) => el.offsetTop") for one in ("well", "needs")]
        assert tops[0] == tops[1]


async def test_the_column_the_meeting_is_at_gets_more_room_once_it_needs_it(wall: Wall) -> None:
    await wall.phase("worried")
    await wall.helen.card("Short", "worried")
    await expect(wall.lane("worried")).to_contain_text("Short")
    equal = await widths(wall)
    assert max(equal) - min(equal) <= 1
    long = [await wall.helen.card("The evenings are the worst of all. " * 4, "worried") for _ in range(4)]
    await expect(wall.page.locator("[data-wide='worried']")).to_have_count(1, timeout=SOON_MS)
    well, worried, needs = await widths(wall)
    assert well == needs
    assert worried > 1.9 * well
    for card in long:
        await wall.helen.ask("card.aside", card=card)
    await expect(wall.lane("worried").locator(".wallcard")).to_have_count(1, timeout=SOON_MS)
    assert await widths(wall) == [well, worried, needs], "it swings back under people's eyes"
    await wall.phase("needs")
    await expect(wall.page.locator("[data-wide]")).to_have_count(0, timeout=SOON_MS)


async def test_held_it_stays_on_its_phase_until_it_is_let_go(wall: Wall) -> None:
    await wall.phase("well")
    await wall.helen.ask("wall.set", hold="well")
    await wall.phase("worried")
    await wall.helen.card("Something new", "worried")
    await expect(wall.lane("worried")).to_contain_text("Something new")
    await expect(wall.lane("well")).to_have_attribute("data-large", "yes")
    await wall.helen.ask("wall.set", hold="")
    await expect(wall.lane("worried")).to_have_attribute("data-large", "yes", timeout=SOON_MS)


async def test_blanked_there_is_nothing_but_paper(wall: Wall) -> None:
    await wall.helen.card("Gran picks us up")
    await wall.helen.ask("wall.set", blank=True)
    await expect(wall.shown).to_have_count(0, timeout=SOON_MS)
    assert (await wall.page.locator("main").inner_text()).strip() == "Meeting"
    await wall.page.reload()
    await wall.page.wait_for_selector('main[data-state="open"]')
    await expect(wall.shown).to_have_count(0)
    await wall.helen.ask("wall.set", blank=False)
    await expect(wall.lane("well")).to_contain_text("Gran picks us up", timeout=SOON_MS)


async def test_a_break_says_so_and_who_asked_for_it_is_not_there(wall: Wall) -> None:
    await wall.helen.card("Gran picks us up")
    await wall.helen.ask("break.start")
    await expect(wall.shown).to_have_text(
        re.compile(r"^\s*We are having a break\.\s+Talk stops until everyone is back\.\s*$")
    )
    await wall.helen.ask("break.end")
    await expect(wall.lane("well")).to_be_visible(timeout=SOON_MS)


async def test_the_end_of_the_meeting_takes_the_cards_off_the_wall(wall: Wall) -> None:
    await wall.helen.card("Gran picks us up")
    await wall.helen.ask("meeting.close")
    await expect(wall.shown).to_contain_text("The meeting has ended.", timeout=SOON_MS)
    await expect(wall.scene("columns")).to_be_hidden()
    await wall.helen.ask("meeting.reopen")
    await expect(wall.lane("well")).to_contain_text("Gran picks us up", timeout=SOON_MS)


# ---- what is talked about --------------------------------------------------------------------------------------------


async def test_a_card_shown_large_fills_the_wall(wall: Wall) -> None:
    dana = await wall.people.comes("Dana")
    card = await dana.card("I did not let him back in.", "worried")
    await wall.phase("worried")
    await wall.show_large("card", card)
    large = wall.scene("large")
    await expect(large).to_contain_text("We are talking about this", timeout=SOON_MS)
    await expect(large.locator(".wallcard")).to_have_text(re.compile(r"I did not let him back in\.\s+Dana"))
    assert await large.locator(".wallcard__words").evaluate("(el) => parseFloat(getComputedStyle(el).fontSize)") >= 100
    box = await large.locator(".wallcard").bounding_box()
    assert box is not None
    assert box["height"] > 700
    assert box["width"] > 1600
    await wall.helen.ask("about.show", about=None)
    await expect(wall.scene("columns")).to_be_visible(timeout=SOON_MS)


async def test_what_the_facilitator_did_last_is_what_the_wall_shows(wall: Wall) -> None:
    people = [await wall.people.comes(name) for name in ("Dana", "Maureen", "Shirin")]
    card = await people[0].card("I did not let him back in.", "worried")
    await wall.show_large("card", card)
    round = await wall.ask_for_numbers()
    await expect(wall.scene("round")).to_be_visible(timeout=SOON_MS)
    for person in people:
        await person.ask("rating.set", round=round, value=4)
    await wall.helen.ask("round.reveal", round=round)
    await expect(wall.scene("round")).to_contain_text("3 of 3 gave a number")
    await wall.helen.ask("about.show", about=None)
    await wall.show_large("card", card)
    await expect(wall.scene("large")).to_be_visible(timeout=SOON_MS)
    await wall.show_large("round", round)
    await expect(wall.scene("round")).to_be_visible(timeout=SOON_MS)
    await wall.helen.ask("about.show", about=None)
    await expect(wall.scene("round")).to_be_visible()
    await wall.phase("needs")
    await expect(wall.scene("columns")).to_be_visible(timeout=SOON_MS)


# ---- the line --------------------------------------------------------------------------------------------------------


async def test_without_a_server_it_says_so_and_comes_back_by_itself(
    stage: Stage, signboard: Signboard, open_meeting: Meeting
) -> None:
    async with wall_of(stage, open_meeting) as wall:
        await wall.helen.card("Gran picks us up")
        await expect(wall.lane("well")).to_contain_text("Gran picks us up")
        await signboard.stop()
        try:
            lost = wall.page.locator("[data-offline]")
            await expect(lost).to_have_text("No connection just now. This picture may be a little old.")
            await expect(wall.lane("well")).to_contain_text("Gran picks us up")
        finally:
            await signboard.start()
        await expect(lost).to_be_empty(timeout=COME_BACK_MS)
    async with wall_of(stage, open_meeting) as again:
        await again.helen.card("And she brings soup")
        await expect(wall.lane("well")).to_contain_text("And she brings soup", timeout=SOON_MS)


async def test_once_the_meeting_is_erased_nothing_of_it_is_left(
    wall: Wall, signboard: Signboard, open_meeting: Meeting
) -> None:
    await wall.helen.card("Gran picks us up")
    await expect(wall.lane("well")).to_contain_text("Gran picks us up")
    await give_order(Settings.from_env(signboard.env), "erase", {"room": open_meeting.room})
    await expect(wall.page.locator("main")).to_contain_text("This screen shows no meeting any more.")
    said = await wall.page.locator("main").inner_text()
    assert "Gran" not in said
    assert "Tuesday" not in said
    assert "Gran" not in await wall.page.content()


async def test_it_stands_before_any_script_has_run(stage: Stage, wall: Wall, open_meeting: Meeting) -> None:
    maureen = await wall.people.comes("Maureen")
    await maureen.card("I can stay on Fridays", "needs")
    await wall.phase("needs")
    page = await stage.device(java_script_enabled=False, viewport={"width": 1920, "height": 1080})
    cookies = await wall.page.context.cookies()
    await page.context.add_cookies([{**one} for one in cookies])  # type: ignore[typeddict-item]
    await page.goto(wall.page.url)
    lane = page.locator('.lane[data-column="needs"]')
    await expect(lane.locator(".wallcard")).to_have_text(re.compile(r"I can stay on Fridays\s+Maureen"))
    await expect(lane).to_have_attribute("data-large", "yes")
    await expect(page.locator("[data-join]")).to_contain_text(open_meeting.code[:4])
    await expect(page.locator("[data-scene]:visible")).to_have_count(1)


async def test_the_facilitator_can_show_her_own_wall_and_it_knows_no_more_than_any(
    stage: Stage, open_meeting: Meeting, wall: Wall
) -> None:
    desk = await stage.facilitator(open_meeting)
    await wall.people.comes("Dana")
    dana = await wall.people.comes("Shirin")
    card = await dana.card("Not for this screen")
    await wall.helen.ask("card.wall", card=card, off=True)
    await wall.helen.card("For everyone")
    own = await desk.context.new_page()
    await own.set_viewport_size({"width": 1920, "height": 1080})
    await own.goto(f"{stage.signboard.url}/m/{open_meeting.room}/wall")
    await own.wait_for_selector('main[data-state="open"]')
    await expect(own.locator('.lane[data-column="well"]')).to_contain_text("For everyone")
    assert "Not for this screen" not in await own.content()
    await wall.helen.card("And one more")
    await expect(own.locator('.lane[data-column="well"]')).to_contain_text("And one more", timeout=SOON_MS)


async def test_one_press_at_the_desk_blanks_the_wall_and_one_brings_it_back(
    stage: Stage, open_meeting: Meeting, wall: Wall
) -> None:
    desk = await stage.facilitator(open_meeting)
    await wall.helen.card("Gran picks us up")
    # What came over the wire says that the desk's scripts run.
    await expect(desk.locator("[data-columns]")).to_contain_text("Gran picks us up")
    await desk.get_by_role("button", name="Blank", exact=True).click()
    await expect(wall.shown).to_have_count(0, timeout=SOON_MS)
    await desk.get_by_role("button", name="Blank", exact=True).click()
    await expect(wall.lane("well")).to_contain_text("Gran picks us up", timeout=SOON_MS)


async def test_what_was_typed_for_somebody_is_marked_until_they_confirm_it(wall: Wall) -> None:
    maureen = await wall.people.comes("Maureen")
    card = await wall.helen.card("I can stay on Fridays", "needs", **{"for": maureen.you["id"]})
    shown = wall.lane("needs").locator(".wallcard")
    await expect(shown).to_contain_text("Maureen, typed by Helen")
    await expect(shown.get_by_text("Not confirmed yet")).to_be_visible()
    await maureen.ask("card.confirm", cards=[card])
    await expect(shown.get_by_text("Not confirmed yet")).to_be_hidden(timeout=SOON_MS)

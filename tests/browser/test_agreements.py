"""Whether everyone agrees with a worry: asked like a number, covered once sent, then shown in words everywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.browser.desk import panel
from tests.browser.guests import fresh_id
from tests.browser.numbers import NEXT_COUNT_MS, Room, choose, room_of
from tests.browser.stage import Meeting, Stage, axe, sideways

NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
WORRY = "on two Saturdays Elsie was alone while Dana slept"
PARTS = {
    "happened": WORRY,
    "could": "Elsie could be hurt with no grown-up awake",
    "doing": "one adult is rested and sober every night",
    "long": "for three months",
}


@pytest_asyncio.fixture(loop_scope="session")
async def room(stage: Stage, open_meeting: Meeting) -> AsyncIterator[Room]:
    """A meeting with its desk, where a worry stands on the board."""
    async with room_of(stage, open_meeting) as made:
        await put_up(made)
        yield made


async def put_up(room: Room) -> str:
    """A worry with its goal, on the board: its id."""
    id = fresh_id()
    await room.helen.ask("set.start", id=id, scale=fresh_id(), children=["Kofi", "Elsie"])
    for part, text in PARTS.items():
        await room.helen.ask("set.write", set=id, part=part, text=text, was=0)
    await room.helen.ask("set.put-up", set=id)
    await room.helen.ask("phase.go", phase="statements")
    return id


def sheet(page: Page) -> Locator:
    return page.locator('[data-sheet="agree"]')


def agreed(page: Page) -> Locator:
    """Who agrees, with the worry."""
    return page.locator("[data-setagree]:visible")


async def ask(room: Room) -> None:
    await agreed(room.desk.page).get_by_role("button", name="Ask everyone").click()
    await expect(agreed(room.desk.page).get_by_role("button", name="Show everyone")).to_be_visible()


async def say(page: Page, answer: str, words: str = "", share: str = "") -> None:
    """Choose an answer and send it."""
    await sheet(page).get_by_role("radio", name=answer, exact=True).check()
    if words:
        await sheet(page).get_by_label("In my own words").fill(words)
    if share:
        await sheet(page).get_by_role("radio", name=share).check()
    await sheet(page).get_by_role("button", name="Send my answer").click()
    await expect(page.get_by_role("heading", name="Your answer is in.")).to_be_visible()


async def test_an_answer_is_told_how_it_will_be_shown_sent_covered_and_changed(room: Room) -> None:
    dana = (await room.phone("Dana", **NARROW)).page
    await ask(room)
    await expect(dana.get_by_role("heading", name="Do you agree?")).to_be_focused()
    await expect(sheet(dana)).to_contain_text(WORRY)
    await expect(sheet(dana)).to_contain_text("When Helen shows the answers, yours has your name.")
    assert await sideways(dana) == 0
    assert await axe(dana) == []
    await sheet(dana).get_by_role("button", name="Send my answer").click()
    await expect(sheet(dana).get_by_role("alert")).to_have_text("Choose an answer first.")
    await say(dana, "Partly", "It is not every week")
    await expect(sheet(dana)).not_to_contain_text("It is not every week")
    hold = dana.get_by_role("button", name="Hold to look")
    await hold.focus()
    await dana.keyboard.down("Enter")
    await expect(sheet(dana).locator("[data-cover]")).to_contain_text("Partly")
    await dana.keyboard.up("Enter")
    await expect(sheet(dana).locator("[data-cover]")).not_to_contain_text("Partly")
    await sheet(dana).get_by_role("button", name="Change it").click()
    await expect(sheet(dana).get_by_label("In my own words")).to_have_value("It is not every week")
    await say(dana, "I see it differently")
    await sheet(dana).get_by_role("button", name="Back to the board").click()
    bar = dana.locator("[data-pollbar]")
    await expect(bar).to_contain_text("Your answer is in. 1 of 1 has answered.", timeout=NEXT_COUNT_MS)
    assert await axe(dana) == []


async def test_all_answers_come_together_in_words_with_who_was_not_asked(room: Room) -> None:
    dana, wall = (await room.phone("Dana")).page, (await room.wall()).page
    desk = room.desk.page
    jo = await room.people.comes("Jo", "agency")
    gone = await room.people.comes("Tom", "agency")
    await gone.line.close()
    await room.helen.ask("person.remove", person=gone.you["id"])
    await ask(room)
    await say(dana, "I see it differently", "It is not every week", "Show my words with my name")
    await expect(agreed(wall)).to_contain_text("1 of 2 has answered", timeout=NEXT_COUNT_MS)
    await expect(wall.locator("main")).not_to_contain_text("not every week")
    fold = panel(desk).locator("[data-unanswered-part]")
    await fold.get_by_text("Who has not answered").click()
    await expect(fold.get_by_role("listitem")).to_have_text(["Jo"])
    await agreed(desk).get_by_role("button", name="Show everyone").click()
    await expect(agreed(desk)).to_contain_text("1 has not answered.")
    await agreed(desk).get_by_role("button", name="Wait").click()
    poll = await agreed_poll(room)
    await jo.ask("agreement.set", poll=poll, value="agree", words="", share=False)
    await expect(agreed(desk)).to_contain_text("2 of 2 have answered", timeout=NEXT_COUNT_MS)
    await agreed(desk).get_by_role("button", name="Show everyone").click()
    for page in (desk, wall):
        await expect(agreed(page).locator("[data-sum] > *")).to_have_text(
            ["Agree Jo", "See it differently Dana", "Not asked Tom"]
        )
        await expect(page.locator("main")).to_contain_text("It is not every week")
    await expect(sheet(dana)).to_be_hidden()
    await expect(dana.locator("main")).to_contain_text("It is not every week")
    assert await axe(desk) == []


async def agreed_poll(room: Room) -> str:
    """The poll that is open, as Helen's desk was told of it."""
    import json

    frames = [json.loads(frame) for frame in room.desk.heard]
    return str([id for frame in frames for id in frame.get("put", {}).get("poll", {})][-1])


async def test_where_names_are_hidden_there_are_counts_and_words_of_nobody(room: Room) -> None:
    await room.helen.ask("meeting.hide-authors")
    dana, wall = (await room.phone("Dana")).page, (await room.wall()).page
    others = [await room.people.comes(name, "agency") for name in ("Jo", "Tom")]
    await ask(room)
    await expect(sheet(dana)).to_contain_text("it is only how many, no names. 3 people are asked.")
    await say(dana, "Partly", "It is not every week", "Show my words, without my name")
    await agreed(room.desk.page).get_by_role("button", name="Show everyone").click()
    await agreed(room.desk.page).get_by_role("button", name="Show without them").click()
    few = "There are too few answers to show them without names. Three are needed."
    await expect(room.desk.page.get_by_text(few)).to_be_visible()
    poll = await agreed_poll(room)
    for other in others:
        await other.ask("agreement.set", poll=poll, value="agree", words="", share=False)
    await room.helen.ask("agreement.show", poll=poll)
    await expect(agreed(wall).locator("[data-sum] > *")).to_have_text(["Agree 2", "Partly 1"])
    await expect(wall.locator("main")).to_contain_text("It is not every week")
    await expect(wall.locator("main")).not_to_contain_text("Dana:")


async def test_what_is_stopped_is_thrown_away_and_said_so(room: Room) -> None:
    dana, desk = (await room.phone("Dana")).page, room.desk.page
    await ask(room)
    await say(dana, "I agree")
    await agreed(desk).get_by_role("button", name="Cancel, nobody will see").click()
    await desk.get_by_role("button", name="Throw them away").click()
    gone = "Helen stopped this one. Your answer has been thrown away. Nobody saw it."
    await expect(dana.get_by_text(gone)).to_be_visible()
    await expect(sheet(dana)).to_be_hidden()
    await expect(agreed(desk)).to_contain_text("Nobody has been asked yet whether they agree.")


async def test_a_number_and_an_answer_asked_at_once_are_both_reached_one_after_the_other(room: Room) -> None:
    dana = (await room.phone("Dana")).page
    await ask(room)
    await expect(sheet(dana)).to_be_visible()
    scale = next(iter(room.helen.parts["scale"]))
    await room.helen.ask("round.open", id=fresh_id(), scale=scale, show="named")
    await say(dana, "I agree")
    await sheet(dana).get_by_role("button", name="Back to the board").click()
    number = dana.locator('[data-sheet="number"]')
    await expect(number).to_be_visible()
    await choose(dana, 6)
    await dana.get_by_role("button", name="Send my number").click()
    await expect(dana.get_by_role("heading", name="Your number is in.")).to_be_visible()


async def test_a_scribe_enters_what_somebody_without_a_device_says(room: Room) -> None:
    scribe = (await room.phone("Priya")).page
    priya = await scribe.evaluate("document.body.dataset.me")
    await room.helen.ask("person.role", person=priya, role="scribe")
    await scribe.locator('body[data-role="scribe"] main[data-state="open"]').wait_for()
    await room.helen.ask("person.expect", id=fresh_id(), name="Naveed", role="family", how="phone")
    await ask(room)
    await scribe.locator("[data-pollbar]").get_by_role("button", name="An answer for somebody").click()
    form = scribe.locator("[data-agree-for]")
    await form.get_by_label("Whose answer is it?").select_option("Naveed")
    await form.get_by_label("What do they say?").select_option("Partly")
    await form.get_by_label("In their own words").fill("Not on Fridays")
    await form.get_by_role("checkbox").check()
    await form.get_by_role("button", name="Put it in").click()
    await expect(scribe.get_by_text("The answer of Naveed is in.")).to_be_visible()
    assert await form.get_by_label("In their own words").input_value() == ""
    desk = room.desk.page
    await expect(agreed(desk)).to_contain_text("1 of 1 has answered", timeout=NEXT_COUNT_MS)
    await agreed(desk).get_by_role("button", name="Show everyone").click()
    await expect(agreed(desk).locator("[data-sum] > *")).to_have_text(["Partly Naveed"])


@pytest.fixture(autouse=True)
def _no_faults(stage: Stage) -> Any:
    yield
    assert stage.faults == []

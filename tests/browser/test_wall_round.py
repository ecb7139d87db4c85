"""A round on the wall: the count and nothing else while people choose, all numbers at once, and the questions after."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.guests import Guest
from tests.browser.stage import Meeting, Stage
from tests.browser.wallstage import Wall, wall_of

SOON_MS = 3_000
"""Well under a second in a meeting; tests share their machine, and speed is measured in `bench`."""
NEXT_COUNT_MS = 4_000
WIDE = 1920
FAMILY = ("Dana", "Maureen", "Shirin")
AGENCIES = ("Tom Okafor", "Jo Castell", "Anya Petrov")
NUMBERS = {"Dana": 6, "Maureen": 4, "Shirin": 5, "Tom Okafor": 3, "Jo Castell": 4, "Anya Petrov": 5}


@pytest_asyncio.fixture(loop_scope="session")
async def wall(stage: Stage, open_meeting: Meeting) -> AsyncIterator[Wall]:
    """A wall in a meeting where everyone comes straight in."""
    async with wall_of(stage, open_meeting) as made:
        yield made


async def everybody(wall: Wall) -> dict[str, Guest]:
    """All who give a number, by name."""
    family = {name: await wall.people.comes(name) for name in FAMILY}
    return {**family, **{name: await wall.people.comes(name, "agency") for name in AGENCIES}}


async def give(people: dict[str, Guest], round: str) -> None:
    for name, person in people.items():
        await person.ask("rating.set", round=round, value=NUMBERS[name])


def marks(wall: Wall) -> str:
    """Where the marks of the line are found."""
    return '[data-scene="round"] [data-kind="mark"]'


async def test_until_the_reveal_there_is_a_line_and_a_count_and_nothing_of_anybody(wall: Wall) -> None:
    people = await everybody(wall)
    round = await wall.ask_for_numbers()
    scene = wall.scene("round")
    await expect(scene).to_contain_text("How safe are things?", timeout=SOON_MS)
    await expect(scene).to_contain_text("0 of 6 have answered")
    (scale,) = wall.helen.parts["scale"].values()
    for end in (scale["ten"], scale["zero"]):
        await expect(scene).to_contain_text(end)
    await people["Dana"].ask("rating.set", round=round, value=6)
    await people["Tom Okafor"].ask("rating.set", round=round, value=3)
    await expect(scene).to_contain_text("2 of 6 have answered", timeout=NEXT_COUNT_MS)
    said = scene.get_by_text("2 of 6 have answered")
    assert await said.evaluate("(el) => getComputedStyle(el).fontSize") == "88px"
    await expect(wall.page.locator(marks(wall))).to_have_count(0)
    html = await wall.page.content()
    assert [name for name in (*FAMILY, *AGENCIES) if name in html] == []


@pytest.mark.parametrize(
    ("show", "said"),
    [
        ("named", ["Maureen", "Tom Okafor", "Jo Castell"]),
        ("role", ["Family or friend", "Works with the family"]),
        ("spread", []),
    ],
)
async def test_the_reveal_shows_all_numbers_together_as_was_told_before(wall: Wall, show: str, said: list[str]) -> None:
    people = await everybody(wall)
    round = await wall.ask_for_numbers(show)
    await give(people, round)
    await expect(wall.scene("round")).to_contain_text("6 of 6 have answered", timeout=NEXT_COUNT_MS)
    await wall.page.evaluate(
        """() => {
          globalThis.counts = new Set();
          const look = () => counts.add(document.querySelectorAll('[data-scene="round"] [data-kind="mark"]').length);
          new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true });
        }"""
    )
    await wall.helen.ask("round.reveal", round=round)
    scene = wall.scene("round")
    await expect(scene).to_contain_text("6 of 6 gave a number", timeout=SOON_MS)
    await expect(scene).to_contain_text("from 3 to 6")
    await expect(wall.page.locator(marks(wall))).to_have_count(6)
    assert await wall.page.evaluate("[...counts].filter((n) => n > 0 && n < 6)") == []
    for words in said:
        await expect(scene).to_contain_text(words)
    text = await scene.inner_text()
    assert re.search("average|mean|median", text, re.IGNORECASE) is None
    if show != "named":
        assert [name for name in (*FAMILY, *AGENCIES) if name in await wall.page.content()] == []


@pytest.mark.parametrize(
    ("numbers", "said"),
    [((0, 0), "Everyone chose 0"), ((10, 10), "Everyone chose 10"), ((10,), "Not enough numbers to show")],
)
async def test_what_is_said_under_the_line_is_read_whole_at_its_very_end(
    wall: Wall, numbers: tuple[int, ...], said: str
) -> None:
    people = [await wall.people.comes(name) for name, _ in zip(FAMILY, numbers, strict=False)]
    round = await wall.ask_for_numbers("named")
    for person, number in zip(people, numbers, strict=True):
        await person.ask("rating.set", round=round, value=number)
    await wall.helen.ask("round.reveal", round=round)
    line = wall.scene("round").locator(".numberline__said")
    await expect(line).to_contain_text(said, timeout=SOON_MS)
    at = await line.bounding_box()
    assert at is not None
    assert at["x"] >= 0
    assert at["x"] + at["width"] <= WIDE


async def test_a_cancelled_round_goes_back_to_the_columns_without_a_word(wall: Wall) -> None:
    people = await everybody(wall)
    round = await wall.ask_for_numbers()
    await expect(wall.scene("round")).to_be_visible()
    await give(people, round)
    await wall.helen.ask("round.cancel", round=round)
    await expect(wall.scene("round")).to_be_hidden(timeout=SOON_MS)
    await expect(wall.shown).to_have_count(1)
    assert "number" not in (await wall.shown.inner_text()).lower()


async def test_a_question_chosen_at_the_desk_stands_below_and_its_answers_under_it(wall: Wall) -> None:
    people = await everybody(wall)
    await people["Dana"].card("Written long before")
    round = await wall.ask_for_numbers()
    line = wall.page.locator('[data-scene="round"] .numberline__rule')
    await expect(line).to_be_visible(timeout=SOON_MS)
    empty = await line.bounding_box()
    await give(people, round)
    await wall.helen.ask("round.reveal", round=round)
    await expect(wall.page.locator(marks(wall))).to_have_count(6)
    assert await line.bounding_box() == empty
    await wall.helen.ask("round.question", round=round, question="what-makes", value=4)
    ask = wall.page.locator("[data-ask]")
    await expect(ask).to_contain_text("What makes it a 4 and not a 3?", timeout=SOON_MS)
    assert await line.bounding_box() == empty
    await expect(ask).to_contain_text("Family speak first")
    assert await ask.locator(".ask__question").evaluate("(el) => getComputedStyle(el).fontSize") == "48px"
    await people["Dana"].card("He has not been back for five weeks.")
    await people["Dana"].card("Something else entirely", "needs")
    await people["Jo Castell"].card("Kofi comes every day.")
    cards = ask.locator(".wallcard__words")
    await expect(cards).to_have_text(["Kofi comes every day.", "He has not been back for five weeks."], timeout=SOON_MS)
    assert await line.bounding_box() == empty
    await wall.helen.ask("round.question", round=round, question="small-step", value=None)
    await expect(ask).to_contain_text("What small step could you take?", timeout=SOON_MS)
    await expect(cards).to_have_count(0)
    await wall.helen.ask("round.question", round=round, question="")
    await expect(ask).to_be_hidden(timeout=SOON_MS)


async def test_a_wall_opened_in_the_middle_of_it_shows_the_same(wall: Wall) -> None:
    people = await everybody(wall)
    round = await wall.ask_for_numbers()
    await give(people, round)
    await wall.helen.ask("round.reveal", round=round)
    await wall.helen.ask("round.question", round=round, question="what-makes", value=4)
    await expect(wall.page.locator(marks(wall))).to_have_count(6)
    await wall.page.reload()
    await expect(wall.page.locator(marks(wall))).to_have_count(6)
    await expect(wall.page.locator("[data-ask]")).to_contain_text("What makes it a 4 and not a 3?")
    await expect(wall.scene("round")).to_contain_text("6 of 6 gave a number")
    await wall.phase("close")
    await expect(wall.scene("columns")).to_be_visible()
    await wall.page.reload()
    await wall.page.wait_for_selector('main[data-state="open"]')
    await expect(wall.scene("columns")).to_be_visible()

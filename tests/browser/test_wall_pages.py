"""Pages of the wall: they turn by themselves only while nobody adds anything, never away from what is talked about."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.stage import Meeting, Stage
from tests.browser.wallstage import LONG, Wall, wall_of

READING_MS = 15_000
AFTER_ADDING_MS = 20_000
BY_HAND_MS = 120_000
CLOSE_MS = 5_000
SOON_MS = 3_000
"""Well under a second in a meeting; tests share their machine, and speed is measured in `bench`."""


@pytest_asyncio.fixture(loop_scope="session")
async def wall(stage: Stage, open_meeting: Meeting) -> AsyncIterator[Wall]:
    """A wall whose time can be wound on."""
    async with wall_of(stage, open_meeting, clock=True) as made:
        yield made


async def fill(wall: Wall, column: str = "worried", cards: int = 12) -> None:
    """Let Dana write enough for several pages, and let the wall come to rest on the first."""
    dana = await wall.people.comes("Dana")
    for place in range(cards):
        await dana.card(f"Thing {place}. {LONG}", column)
    await wall.phase(column)
    await expect(pages(wall, column)).to_have_attribute("data-at", "0")


def pages(wall: Wall, column: str = "worried") -> Locator:
    """The box that shows a page of a column."""
    return wall.lane(column).locator(".pages")


async def wait(wall: Wall, ms: int) -> None:
    """Let time pass on a wall that has heard everything so far, with a sign of life so that the line stays up."""
    # Only a real change is sent to the wall.
    await wall.helen.ask("wall.set", code=False)
    await wall.has_heard(await wall.helen.ask("wall.set", code=True))
    await wall.page.clock.run_for(ms)


async def in_sight(wall: Wall, text: str, column: str = "worried") -> bool:
    """Whether a card stands on the page that is shown."""
    box = await pages(wall, column).bounding_box()
    card = await wall.lane(column).locator(".wallcard", has_text=text).bounding_box()
    assert box is not None
    assert card is not None
    return box["x"] - 2 <= card["x"] < box["x"] + box["width"]


async def test_it_turns_by_itself_and_begins_again_after_the_last_page(wall: Wall) -> None:
    await fill(wall)
    which = wall.lane("worried").locator("[data-more]")
    await expect(which).to_have_text(re.compile(r"^Page 1 of [2-9]$"))
    await wait(wall, READING_MS - CLOSE_MS)
    await expect(pages(wall)).to_have_attribute("data-at", "0")
    seen = []
    for _ in range(8):
        await wait(wall, CLOSE_MS)
        seen.append(await pages(wall).get_attribute("data-at"))
        await wait(wall, READING_MS - CLOSE_MS)
    last = max(int(page or 0) for page in seen)
    assert last >= 1
    assert seen == [str((turn + 1) % (last + 1)) for turn in range(8)]
    await expect(which).to_have_text(f"Page {8 % (last + 1) + 1} of {last + 1}")


async def test_every_card_is_on_some_page_and_none_is_cut_at_its_edge(wall: Wall) -> None:
    await fill(wall)
    seen: set[int] = set()
    for _ in range(8):
        for place in range(12):
            if await in_sight(wall, f"Thing {place}."):
                seen.add(place)
                box = await pages(wall).bounding_box()
                card = await wall.lane("worried").locator(".wallcard", has_text=f"Thing {place}.").bounding_box()
                assert box is not None
                assert card is not None
                assert card["y"] + card["height"] <= box["y"] + box["height"] + 1
        await wait(wall, READING_MS)
    assert seen == set(range(12))


async def test_what_was_just_added_is_in_sight_and_stays_a_while(wall: Wall) -> None:
    await fill(wall)
    jo = await wall.people.comes("Jo", "agency")
    await jo.card("Brand new", "worried")
    await expect(pages(wall)).not_to_have_attribute("data-at", "0", timeout=SOON_MS)
    assert await in_sight(wall, "Brand new")
    await wait(wall, AFTER_ADDING_MS - CLOSE_MS)
    assert await in_sight(wall, "Brand new")
    await jo.card("And another", "worried")
    await wait(wall, AFTER_ADDING_MS - CLOSE_MS)
    assert await in_sight(wall, "And another")
    await wait(wall, CLOSE_MS)
    await expect(pages(wall)).to_have_attribute("data-at", "0")


async def test_a_new_card_in_another_column_turns_that_column_alone(wall: Wall) -> None:
    await fill(wall)
    dana = await wall.people.comes("Shirin")
    for place in range(6):
        await dana.card(f"Good {place}. {LONG}", "well")
    assert await in_sight(wall, "Good 5.", "well")
    assert not await in_sight(wall, "Good 0.", "well")
    await expect(pages(wall)).to_have_attribute("data-at", "0")


async def test_a_page_turned_by_hand_stays_whatever_is_added(wall: Wall) -> None:
    await fill(wall, cards=16)
    await wall.helen.ask("wall.set", page=1)
    await expect(pages(wall)).to_have_attribute("data-at", "1", timeout=SOON_MS)
    await wait(wall, READING_MS + CLOSE_MS)
    await wall.helen.card("Much later", "worried")
    await wait(wall, AFTER_ADDING_MS)
    await expect(pages(wall)).to_have_attribute("data-at", "1")
    await wall.helen.ask("wall.set", page=2)
    await expect(pages(wall)).to_have_attribute("data-at", "2", timeout=SOON_MS)
    await wall.helen.ask("wall.set", page=1)
    await wall.helen.ask("wall.set", page=0)
    await expect(pages(wall)).to_have_attribute("data-at", "0", timeout=SOON_MS)


async def test_after_two_minutes_a_page_turned_by_hand_is_let_go(wall: Wall) -> None:
    await fill(wall)
    await wall.helen.ask("wall.set", page=1)
    for _ in range(BY_HAND_MS // READING_MS):
        await expect(pages(wall)).to_have_attribute("data-at", "1")
        await wait(wall, READING_MS)
    await wait(wall, CLOSE_MS)
    await expect(pages(wall)).not_to_have_attribute("data-at", "1")


async def test_held_it_does_not_turn_by_itself(wall: Wall) -> None:
    await fill(wall)
    await wall.helen.ask("wall.set", hold="worried")
    for _ in range(3):
        await wait(wall, READING_MS)
    await expect(pages(wall)).to_have_attribute("data-at", "0")
    await wall.helen.ask("wall.set", hold="")
    await wait(wall, READING_MS + CLOSE_MS)
    await expect(pages(wall)).to_have_attribute("data-at", "1")


async def test_a_card_shown_large_is_turned_by_hand_and_never_by_itself(wall: Wall) -> None:
    dana = await wall.people.comes("Dana")
    card = await dana.card("\n".join(f"line {line}" for line in range(120)))
    await wall.show_large("card", card)
    large = wall.scene("large").locator(".pages")
    await expect(large).to_have_attribute("data-at", "0")
    for _ in range(3):
        await wait(wall, READING_MS)
    await expect(large).to_have_attribute("data-at", "0")
    await wall.helen.ask("wall.set", page=1)
    await expect(large).to_have_attribute("data-at", "1", timeout=SOON_MS)
    # One card, open where it breaks: it has one beginning, and its name once, at its end.
    long = wall.scene("large").locator(".wallcard")
    assert await long.evaluate("(el) => getComputedStyle(el).boxDecorationBreak") == "slice"
    await expect(wall.scene("large").locator("[data-more]")).to_have_text(re.compile("^Page 2 of [2-9]"))
    other = await dana.card("Short")
    await wall.show_large("card", other)
    await expect(large).to_have_attribute("data-at", "0", timeout=SOON_MS)
    await expect(wall.scene("large").locator("[data-more]")).to_be_hidden()

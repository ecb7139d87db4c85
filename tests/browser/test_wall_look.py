"""How the wall looks and what it is not: readable from six metres in every state, nothing cut, scrolled or pressed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.stage import Meeting, Stage, axe
from tests.browser.wallstage import LONG, SCROLLS, SMALL_TEXT, SPILLED, Wall, wall_of

LEAST_PX = 36
STILL: dict[str, Any] = {"reduced_motion": "reduce"}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "high contrast": {"color_scheme": "light", "contrast": "more"},
    "dark high contrast": {"color_scheme": "dark", "contrast": "more"},
}
SIZES = {"1280x720": (1280, 720), "3840x2160": (3840, 2160), "1024x768": (1024, 768)}
VOICE = {"whose": "Kofi", "agreed": "parts", "how": "said", "when": "14 May", "brought_by": "Sade"}
NAMES = ("Dana", "Maureen Whitlock of Harrowmere", "Shirin", "Tom Okafor", "Jo Castell", "Anya Petrov", "Marcus Lyle")
AS_MUCH = 1_000


async def crowd(wall: Wall, cards: int = 60) -> None:
    """Many long cards and a few odd ones, in all three columns."""
    dana = await wall.people.comes("Dana")
    await dana.card("ما هر شب با هم غذا می‌خوریم. " * 5, "worried")
    await dana.card("We eat together 🍲👨‍👩‍👧‍👦 every night", "worried")
    await dana.card("Donaudampfschifffahrtsgesellschaftskapitän" * 10, "worried")
    await wall.helen.card("I put my hands over Elsie's ears.", "worried", voice=VOICE)
    for place in range(cards):
        await wall.helen.card((LONG * (place % 9 + 1))[:AS_MUCH], ("well", "worried", "needs")[place % 3])


async def many_numbers(wall: Wall) -> str:
    """Twelve people who all say the same number, and a round that shows it: the round."""
    people = [await wall.people.comes(f"{NAMES[n % 7]} {n}", "agency" if n % 2 else "family") for n in range(12)]
    round = await wall.ask_for_numbers()
    for person in people:
        await person.ask("rating.set", round=round, value=4)
    await wall.helen.ask("round.reveal", round=round)
    await wall.helen.ask("round.question", round=round, question="been-higher", value=4)
    await people[0].card((LONG * 10)[:AS_MUCH])
    return round


async def states(wall: Wall, look: Callable[[str], Coroutine[Any, Any, None]], cards: int) -> None:
    """Go through everything the wall can show, and look at each."""

    async def see(scene: str, words: str) -> None:
        await expect(wall.scene(scene)).to_contain_text(words)
        await expect(wall.shown).to_have_count(1)
        await look(words)

    await see("arrive", "Tuesday afternoon")
    await crowd(wall, cards)
    await see("columns", "Welcome")
    await wall.phase("worried")
    await see("columns", "Worries")
    await wall.helen.ask("wall.set", page=1)
    await expect(wall.lane("worried").locator(".pages")).to_have_attribute("data-at", "1")
    await see("columns", "Worries")
    long = await wall.helen.card((LONG * 10)[:AS_MUCH], "worried")
    lines = await wall.helen.card("\n".join("abcd" for _ in range(200)), "worried")
    child = await wall.helen.card("Mum does the funny voices.", voice=VOICE)
    for card, words in ((long, "since January"), (lines, "abcd"), (child, "funny voices")):
        await wall.show_large("card", card)
        await see("large", words)
    await wall.helen.ask("about.show", about=None)
    opened = await wall.ask_for_numbers("spread")
    await see("round", "have answered")
    await wall.helen.ask("round.cancel", round=opened)
    shown = await many_numbers(wall)
    await expect(wall.page.locator("[data-strip] li")).to_have_count(1)
    await see("round", "Every number given is 4")
    await wall.helen.ask("round.close", round=shown)
    await wall.helen.ask("break.start")
    await see("break", "We are having a break.")
    await wall.helen.ask("meeting.close")
    await see("ended", "The meeting has ended.")


@pytest_asyncio.fixture(loop_scope="session")
async def still(stage: Stage, open_meeting: Meeting) -> AsyncIterator[Wall]:
    """A wall where nothing fades, so that what is looked at is there whole."""
    async with wall_of(stage, open_meeting, **STILL) as made:
        yield made


async def test_in_every_state_it_can_be_read_and_nothing_is_cut_or_scrolls(still: Wall) -> None:
    async def look(state: str) -> None:
        assert await still.page.evaluate(SMALL_TEXT, LEAST_PX) == [], state
        assert await still.page.evaluate(SPILLED) == [], state
        assert await still.page.evaluate(SCROLLS) == [], state

    await states(still, look, 60)


@pytest.mark.parametrize("name", LOOKS)
async def test_axe_finds_nothing_in_any_state(stage: Stage, open_meeting: Meeting, name: str) -> None:
    async with wall_of(stage, open_meeting, **STILL, **LOOKS[name], bypass_csp=True) as wall:

        async def look(state: str) -> None:
            assert await axe(wall.page) == [], state

        await states(wall, look, 6)


@pytest.mark.parametrize("size", SIZES)
async def test_other_screens_show_the_same_in_proportion(stage: Stage, open_meeting: Meeting, size: str) -> None:
    wide, high = SIZES[size]
    async with wall_of(stage, open_meeting, **STILL, viewport={"width": wide, "height": high}) as wall:
        least = LEAST_PX * min(wide / 1920, high / 1080) - 0.1
        await crowd(wall, 12)
        await wall.phase("worried")
        await expect(wall.lane("worried")).to_have_attribute("data-large", "yes")
        for sight in (SPILLED, SCROLLS):
            assert await wall.page.evaluate(sight) == []
        assert await wall.page.evaluate(SMALL_TEXT, least) == []
        await many_numbers(wall)
        await expect(wall.page.locator("[data-strip] li")).to_have_count(1)
        for sight in (SPILLED, SCROLLS):
            assert await wall.page.evaluate(sight) == []


async def test_written_from_right_to_left_its_pages_turn_the_other_way(still: Wall) -> None:
    await crowd(still, 12)
    await still.phase("worried")
    await still.page.evaluate("document.documentElement.dir = 'rtl'")
    first = await still.lane("worried").locator(".wallcard").first.bounding_box()
    await still.helen.ask("wall.set", page=1)
    await expect(still.lane("worried").locator(".pages")).to_have_attribute("data-at", "1")
    again = await still.lane("worried").locator(".wallcard").first.bounding_box()
    assert first is not None
    assert again is not None
    assert again["x"] > first["x"] + 1000
    assert await still.page.evaluate(SPILLED) == []


async def test_no_press_and_no_key_changes_anything(still: Wall) -> None:
    await crowd(still, 12)
    await still.phase("worried")
    await expect(still.lane("worried")).to_have_attribute("data-large", "yes")
    before = await still.page.screenshot()
    for key in ("Tab", "Tab", "Enter", " ", "Escape", "PageDown", "End", "ArrowRight", "ArrowDown", "a"):
        await still.page.keyboard.press(key)
        assert await still.page.evaluate("document.activeElement === document.body"), key
    for x, y in ((60, 60), (400, 300), (1700, 300), (1700, 900)):
        await still.page.mouse.click(x, y, click_count=2)
    await still.page.mouse.wheel(0, 500)
    await still.page.mouse.move(5, 5)
    assert await still.page.evaluate("document.activeElement === document.body")
    assert await still.page.evaluate("getSelection().toString()") == ""
    assert await still.page.screenshot() == before
    focusable = "main :is(a, button, input, select, textarea, summary, iframe, [tabindex], [contenteditable])"
    assert await still.page.locator(focusable).count() == 0
    assert await still.page.locator("[data-exit-link], .exit").count() == 0


async def test_the_pointer_goes_when_it_rests(stage: Stage, open_meeting: Meeting) -> None:
    async with wall_of(stage, open_meeting, clock=True) as wall:
        cursor = "getComputedStyle(document.documentElement).cursor"
        await wall.page.mouse.move(300, 300)
        assert await wall.page.evaluate(cursor) == "auto"
        await wall.page.clock.run_for(3_500)
        assert await wall.page.evaluate(cursor) == "none"
        assert await wall.page.evaluate("getComputedStyle(document.querySelector('h2')).cursor") == "none"
        await wall.page.mouse.move(310, 300)
        assert await wall.page.evaluate(cursor) == "auto"


async def test_the_screen_is_asked_to_stay_awake_again_whenever_it_is_looked_at(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await stage.device(viewport={"width": 1920, "height": 1080})
    await page.add_init_script(
        """globalThis.asked = [];
           Object.defineProperty(navigator, "wakeLock", { value: {
             request: (what) => { asked.push(what); return Promise.reject(new DOMException("no")); },
           } });"""
    )
    await page.goto(open_meeting.wall)
    await page.wait_for_selector('main[data-state="open"]')
    assert await page.evaluate("asked") == ["screen"]
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert await page.evaluate("asked") == ["screen", "screen"]


async def test_a_browser_that_cannot_keep_the_screen_awake_shows_the_wall_all_the_same(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await stage.device(viewport={"width": 1920, "height": 1080})
    await page.add_init_script("delete Navigator.prototype.wakeLock")
    await page.goto(open_meeting.wall)
    await page.wait_for_selector('main[data-state="open"]')
    assert await page.evaluate("'wakeLock' in navigator") is False
    await expect(page.locator('[data-scene="arrive"]')).to_be_visible()


async def test_whoever_asked_for_stillness_sees_nothing_move(stage: Stage, open_meeting: Meeting) -> None:
    async with wall_of(stage, open_meeting, **STILL) as wall:
        await crowd(wall, 12)
        await wall.phase("worried")
        for page in (1, 2):
            await wall.helen.ask("wall.set", page=page)
            await expect(wall.lane("worried").locator(".pages")).to_have_attribute("data-at", str(page))
            assert await wall.page.evaluate("document.getAnimations().length") == 0

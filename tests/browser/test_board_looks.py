"""How the board looks and reads in every state: nothing for axe to find, nothing cut off, Quick exit always there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.board import box, card, composer, go_to, me, new_id, order, words, write
from tests.browser.stage import DESK, Meeting, Stage, axe, come_in, sideways

LAPTOP: dict[str, Any] = {**DESK, "has_touch": False, "is_mobile": False}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "light high contrast": {"color_scheme": "light", "contrast": "more"},
    "dark high contrast": {"color_scheme": "dark", "contrast": "more"},
    "forced colours": {"forced_colors": "active"},
}
LONG = ("Mum does the funny voices when she reads to us, and then all of us laugh. " * 14)[:1000]
RTL = "ما هر شب با هم غذا می‌خوریم."
UNBROKEN = "Donaudampfschifffahrtsgesellschaft" * 5

CUT_OFF = """[...document.querySelectorAll("main *")]
  .filter((el) => el.checkVisibility() && !el.closest(".unseen") && el.getBoundingClientRect().right > innerWidth + 1)
  .map((el) => el.className)"""

ON_TOP = """(el) => {
  const { left, right, top, bottom } = el.getBoundingClientRect();
  return [top + 4, bottom - 4].every((y) => el.contains(document.elementFromPoint((left + right) / 2, y)));
}"""
"""Whether nothing lies over it or cuts it, at its top and at its end."""

WHOLE = """(el) => {
  const words = document.createRange();
  words.selectNodeContents(el);
  const [one, bar] = [words, el.closest(".bar")].map((it) => it.getBoundingClientRect());
  const beside = el.closest(".bar").querySelector(".look__button").getBoundingClientRect();
  return one.width > 0 && one.top >= bar.top && one.bottom <= bar.bottom && one.right <= beside.left;
}"""
"""Whether words in the top bar are there without a cut, beside what can be pressed."""

State = Callable[[Page, Page, Meeting], Awaitable[None]]


async def cards_of_every_kind(page: Page, desk: Page, meeting: Meeting) -> None:
    """A card of a thousand signs, one from right to left, a child's, one typed for me, one set aside."""
    voice = {"whose": "Kofi", "agreed": "yes", "when": "14 May", "brought_by": "Sade"}
    await order(desk, meeting, "card.add", id=new_id(), column="well", text="I wish my room was yellow.", voice=voice)
    fields = {"id": new_id(), "column": "well", "text": "I can stay over", "for": await me(page)}
    await order(desk, meeting, "card.add", **fields)
    for text in (LONG, RTL, UNBROKEN, "To be set aside"):
        await write(page, text)
    aside = card(page, "To be set aside")
    await expect(aside).to_contain_text("Saved")
    await order(desk, meeting, "card.aside", card=await aside.get_attribute("data-key"))
    await expect(aside).to_contain_text("Set aside")
    about = await card(page, LONG[:40]).get_attribute("data-key")
    await order(desk, meeting, "about.show", about={"kind": "card", "id": about})
    long = page.locator(".about__words[data-more]")
    await expect(long).to_be_visible()
    await long.focus()
    await page.keyboard.press("End")
    await expect(long).to_have_count(0)


async def empty(_page: Page, _desk: Page, _meeting: Meeting) -> None:
    """Nothing is written yet."""


async def full(page: Page, desk: Page, meeting: Meeting) -> None:
    """Everything that can stand on a board."""
    await cards_of_every_kind(page, desk, meeting)


async def writing(page: Page, desk: Page, meeting: Meeting) -> None:
    """One long word is being written, and little room is left."""
    await words(page).fill("a" * 950)


async def menu(page: Page, desk: Page, meeting: Meeting) -> None:
    """A card's menu is open."""
    await write(page, "Gran picks us up")
    await expect(card(page, "Gran picks us up")).to_contain_text("Saved")
    await card(page, "Gran picks us up").get_by_role("button", name="More for this card").click()


async def changing(page: Page, desk: Page, meeting: Meeting) -> None:
    """Words are being changed, and too long."""
    await write(page, "Gran picks us up")
    await expect(card(page, "Gran picks us up")).to_contain_text("Saved")
    await card(page, "Gran picks us up").get_by_role("button", name="Change").click()
    await page.locator(".change textarea").fill("a" * 1003)


async def both(page: Page, desk: Page, meeting: Meeting) -> None:
    """Two have changed one card."""
    await changing(page, desk, meeting)
    other = await page.context.new_page()
    await other.goto(page.url)
    await other.locator('main[data-state="open"]').wait_for()
    await card(other, "Gran picks us up").get_by_role("button", name="Change").click()
    await other.locator(".change textarea").fill("Theirs")
    await other.locator(".change textarea").press("Enter")
    await expect(card(other, "Theirs")).to_contain_text("Saved")
    await other.close()
    await page.locator(".change textarea").fill("Mine")
    await page.locator(".change textarea").press("Enter")
    await expect(page.get_by_role("group", name="Two texts for one card")).to_be_visible()


async def voice(page: Page, desk: Page, meeting: Meeting) -> None:
    """A child's words are brought."""
    await composer(page).get_by_role("button", name="A child’s words").click()
    await composer(page).get_by_label("Yes", exact=True).check()


async def closed(page: Page, desk: Page, meeting: Meeting) -> None:
    """Adding is closed, a thought is kept, the meeting is elsewhere."""
    await words(page).fill("Ask about Saturdays")
    await order(desk, meeting, "column.close")
    await composer(page).get_by_role("button", name="Keep it").click()
    await expect(page.get_by_text("Kept for next time.")).to_be_visible()
    await order(desk, meeting, "phase.go", phase="worried")
    await expect(page.locator('section[data-column="worried"]')).to_be_visible()
    await go_to(page, "well")


async def offline(page: Page, desk: Page, meeting: Meeting) -> None:
    """The connection is gone while a card is being saved."""
    await page.context.set_offline(True)
    await expect(page.locator("[data-link]")).to_contain_text("No connection.")
    await write(page, "Written in the tunnel")
    await expect(card(page, "Written in the tunnel")).to_contain_text("Kept here, not sent yet")


async def pause(page: Page, desk: Page, meeting: Meeting) -> None:
    """A break."""
    await order(desk, meeting, "break.start")
    await expect(page.get_by_role("dialog", name="We are having a break.")).to_be_visible()


async def ended(page: Page, desk: Page, meeting: Meeting) -> None:
    """The meeting is over."""
    await cards_of_every_kind(page, desk, meeting)
    await order(desk, meeting, "meeting.close")
    await expect(page.get_by_text("This meeting has ended.")).to_be_visible()


async def removed(page: Page, desk: Page, meeting: Meeting) -> None:
    """This person was taken out."""
    await order(desk, meeting, "person.remove", person=await me(page))
    await expect(page.get_by_role("dialog", name="You are no longer in this meeting.")).to_be_visible()


def sheet(name: str) -> State:
    """A sheet lies over the board."""

    async def open_it(page: Page, desk: Page, meeting: Meeting) -> None:
        if name == "typed":
            fields = {"id": new_id(), "column": "well", "text": "I can stay over", "for": await me(page)}
            await order(desk, meeting, "card.add", **fields)
        await page.locator(f'[data-open="{name}"]:visible').first.click()
        await expect(page.locator(f'[data-sheet="{name}"]')).to_be_visible()

    return open_it


STATES: dict[str, State] = {
    "empty": empty,
    "full": full,
    "writing": writing,
    "menu": menu,
    "changing": changing,
    "both": both,
    "voice": voice,
    "closed": closed,
    "offline": offline,
    "break": pause,
    "ended": ended,
    "removed": removed,
    "agenda": sheet("agenda"),
    "who": sheet("who"),
    "quiet": sheet("quiet"),
    "typed": sheet("typed"),
}


@pytest.mark.parametrize("state", STATES)
async def test_axe_finds_nothing_and_nothing_is_cut_off(stage: Stage, open_meeting: Meeting, state: str) -> None:
    """In light, dark and high contrast; then in the largest letters on the narrowest phone, and at 200 %."""
    desk = await stage.facilitator(open_meeting)
    page = await stage.phone(open_meeting, "Maureen", bypass_csp=True)
    await STATES[state](page, desk, open_meeting)
    exit_ = page.get_by_role("link", name="Quick exit", exact=True)
    for scheme, contrast in (("light", ""), ("dark", ""), ("light", "more"), ("dark", "more")):
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        await page.evaluate("to => document.documentElement.setAttribute('data-contrast', to || 'usual')", contrast)
        assert await axe(page) == [], (scheme, contrast)
    for size, width, height in (("", 320, 568), ("largest", 320, 568), ("largest", 390, 844), ("", 195, 422)):
        await page.evaluate("to => document.documentElement.setAttribute('data-size', to)", size)
        await page.set_viewport_size({"width": width, "height": height})
        assert await sideways(page) <= 0, (size, width)
        await expect(exit_).to_be_in_viewport(ratio=1)
        inside = (
            "[...document.querySelectorAll('main *')].filter(el => el.checkVisibility() && !el.closest('.unseen') &&"
        )
        cut = await page.evaluate(
            inside + " el.getBoundingClientRect().right > innerWidth + 1).map(el => el.className)"
        )
        assert cut == [], (size, width)
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.context.set_offline(False)


async def test_axe_finds_nothing_while_somebody_is_asked_whether_they_are_ready(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await stage.device(bypass_csp=True)
    await page.goto(open_meeting.join)
    await come_in(page, "Dana")
    await expect(page.get_by_role("dialog", name="Ready to start?")).to_be_visible()
    assert await axe(page) == []


@pytest.mark.parametrize("look", LOOKS)
async def test_axe_finds_nothing_on_a_laptop(stage: Stage, open_meeting: Meeting, look: str) -> None:
    desk = await stage.facilitator(open_meeting)
    page = await stage.phone(open_meeting, "Anya", "agency", **LAPTOP, **LOOKS[look], bypass_csp=True)
    await cards_of_every_kind(page, desk, open_meeting)
    assert await axe(page) == []
    assert await sideways(page) <= 0


async def test_everything_that_is_pressed_is_large_enough_for_a_thumb(stage: Stage, open_meeting: Meeting) -> None:
    desk = await stage.facilitator(open_meeting)
    page = await stage.phone(open_meeting, "Maureen")
    await cards_of_every_kind(page, desk, open_meeting)
    await words(page).blur()
    for button in await page.locator("main button:visible, main textarea:visible").all():
        at = await box(button)
        assert min(at["width"], at["height"]) >= 48, await button.evaluate("el => el.outerHTML.slice(0, 120)")


async def test_with_a_keyboard_open_the_top_bar_stays_and_the_bottom_row_makes_room(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await stage.phone(open_meeting, "Maureen")
    await expect(page.locator(".foot")).to_be_visible()
    await words(page).focus()
    await page.set_viewport_size({"width": 390, "height": 420})
    await expect(page.locator(".foot")).to_be_hidden()
    assert (await box(page.locator(".bar")))["height"] in range(48, 50)
    await expect(page.get_by_role("link", name="Quick exit", exact=True)).to_be_in_viewport(ratio=1)
    await expect(words(page)).to_be_in_viewport(ratio=1)
    await expect(composer(page).get_by_role("button", name="Add")).to_be_in_viewport(ratio=1)
    await words(page).blur()
    await expect(page.locator(".foot")).to_be_visible()


async def test_words_from_right_to_left_stand_that_way(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Farida")
    await write(page, RTL)
    await expect(card(page, RTL)).to_contain_text("Saved")
    assert await card(page, RTL).locator(".card__words").evaluate("el => getComputedStyle(el).direction") == "rtl"
    assert await words(page).evaluate("el => (el.value = 'سلام', getComputedStyle(el).direction)") == "rtl"


async def test_a_page_in_a_language_from_right_to_left_is_mirrored_whole(stage: Stage, open_meeting: Meeting) -> None:
    page = await stage.phone(open_meeting, "Farida")
    await write(page, RTL)
    await expect(card(page, RTL)).to_contain_text("Saved")
    await page.evaluate("document.documentElement.dir = 'rtl'")
    assert await sideways(page) <= 0
    add, field = await box(composer(page).get_by_role("button", name="Add")), await box(words(page))
    assert add["x"] < field["x"]
    tabs = [(await box(tab))["x"] for tab in await page.locator("[data-tab]").all()]
    assert tabs == sorted(tabs, reverse=True)


async def test_a_child_on_the_smallest_phone_always_sees_what_they_write_and_who_will_read_it(
    stage: Stage, open_meeting: Meeting
) -> None:
    desk = await stage.facilitator(open_meeting)
    kofi = await stage.phone(open_meeting, "Kofi", "child", viewport={"width": 320, "height": 568})
    for text in ("Gran picks us up", "The dog is nice", LONG):
        id = new_id()
        await order(desk, open_meeting, "card.add", id=id, column="well", text=text)
    await order(desk, open_meeting, "phase.go", phase="well")
    await order(desk, open_meeting, "about.show", about={"kind": "card", "id": id})
    await expect(kofi.locator(".about")).to_be_visible()
    for size in ("", "large", "largest"):
        await kofi.evaluate("size => { document.documentElement.dataset.size = size }", size)
        for high, text in ((568, ""), (568, LONG), (300, LONG), (300, "The dog")):
            await kofi.set_viewport_size({"width": 320, "height": high})
            if text:
                await words(kofi).fill(text)
            else:
                await words(kofi).fill("")
                await words(kofi).blur()
                await expect(kofi.locator(".foot")).to_be_visible()
            await expect(kofi.get_by_role("button", name="Now: Working well")).to_be_in_viewport(ratio=1)
            assert await kofi.locator(".now__short").evaluate(WHOLE), size
            for place in ("textarea", "[data-seen]", "[data-keep]", "[data-add]"):
                await expect(composer(kofi).locator(place)).to_be_in_viewport(ratio=1)
                assert await composer(kofi).locator(place).evaluate(ON_TOP), (size, high, place)
            await expect(kofi.locator(".about")).to_be_visible(visible=high > 360)

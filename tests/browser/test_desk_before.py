"""The desk before people come, on a phone, and in every look: what stands where, and that everybody can use it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.desk import SECOND_MS, card, desk, height, panel, write
from tests.browser.stage import PHONE, Meeting, Stage, axe, sideways

LEVEL = """() => {
  const gates = [...document.querySelectorAll("[data-gate]")];
  return new Set(gates.map((el) => Math.round(el.getBoundingClientRect().top))).size === 1;
}"""
"""Whether the switches on the three columns stand in one row."""
BACKGROUND = "el => getComputedStyle(el).backgroundColor"


async def test_what_there_is_to_do_is_ticked_and_the_door_opened(stage: Stage, meeting: Meeting) -> None:
    page = await stage.facilitator(meeting)
    before = page.get_by_role("region", name="Before people come")
    await expect(before.locator(".joining__code")).to_have_text(f"{meeting.code[:4]} {meeting.code[4:]}")
    await expect(before).to_contain_text(meeting.join)
    await expect(before).to_contain_text("Phones cannot reach this address.")
    assert await before.locator("img").count() == 0
    assert await before.locator("[data-done]").count() == 0

    await before.get_by_role("button", name="Add a person").click()
    await page.get_by_role("dialog").get_by_label("Name").fill("Dana")
    await page.get_by_role("button", name="Add to the list").click()
    await page.keyboard.press("Escape")
    await expect(before.locator('[data-before-step="who"]')).to_have_attribute("data-done", "")
    assert "Dana" not in await before.inner_text()

    async with page.context.expect_page() as opened:
        await before.get_by_role("link", name="Open the wall in a new window").click()
    wall = await opened.value
    await expect(wall).to_have_url(f"{page.url}/wall")
    await expect(before.locator('[data-before-step="wall"]')).to_have_attribute("data-done", "")

    dana = await stage.phone(meeting, "Dana")
    rhys = await stage.phone(meeting, "Rhys")
    await expect(panel(page).locator("[data-waiting]")).to_contain_text("Rhys")
    await before.get_by_role("button", name="Open the door").click()
    await expect(before).to_be_hidden()
    await expect(dana.get_by_text("Ready to start?")).to_be_visible()
    await expect(rhys.get_by_text("You are waiting to be let in.")).to_be_visible()
    await expect(page.get_by_role("button", name="Next: The child’s voice first")).to_be_visible()

    await page.reload()
    await expect(page.locator("[data-next]")).to_be_visible()
    await expect(before).to_be_hidden()


async def test_an_own_phone_follows_a_link_that_works_once(stage: Stage, meeting: Meeting) -> None:
    page = await stage.facilitator(meeting)
    maker = page.locator('.before [data-maker="me"]')
    await maker.get_by_role("button", name="Make a link for my phone").click()
    await expect(maker.locator(".maker__link")).to_contain_text("/in#")
    link = await maker.locator(".maker__link").inner_text()
    await expect(page.locator('[data-before-step="phone"]')).to_have_attribute("data-done", "")
    phone = await stage.device()
    await phone.goto(link)
    await phone.wait_for_url(f"**/m/{meeting.room}")
    await expect(phone.get_by_role("button", name="Run the meeting")).to_be_visible()
    stranger = await stage.device()
    await stranger.goto(link)
    await expect(stranger.get_by_text("This link does not open a meeting any more.")).to_be_visible()


async def test_the_board_can_be_looked_at_before_the_door_is_opened(stage: Stage, meeting: Meeting) -> None:
    page = await stage.facilitator(meeting)
    await page.get_by_role("button", name="Look at the board").click()
    await expect(page.locator('[data-column="well"]')).to_be_visible()
    await page.get_by_role("button", name="Before people come").click()
    await expect(page.get_by_role("button", name="Open the door")).to_be_focused()
    await page.get_by_role("button", name="Write down a child’s words").click()
    await expect(page.locator('[data-column="well"]')).to_be_visible()
    await expect(page.get_by_text("Is the child happy for everyone here to see these words?").first).to_be_visible()


async def test_rail_columns_and_panel_stand_side_by_side_from_1280(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    phone = await stage.phone(open_meeting, "Maureen")
    for n in range(12):
        await write(phone, f"What works, number {n}")
    boxes = [await page.locator(f'[data-column="{column}"]').bounding_box() for column in ("well", "worried", "needs")]
    widths = {round(box["width"]) for box in boxes if box}
    assert max(widths) - min(widths) <= 1
    rail = await page.locator("[data-rail]").bounding_box()
    private = await panel(page).bounding_box()
    assert rail and private
    assert (rail["width"], private["width"]) == (220, 320)
    assert await page.evaluate("document.documentElement.scrollHeight") == 720
    list_ = page.locator('[data-column="well"] [data-scroll]')
    assert await list_.evaluate("el => el.scrollHeight > el.clientHeight")
    # One line to write with; at each column only a child’s words.
    await expect(page.get_by_placeholder("Write here").filter(visible=True)).to_have_count(1)
    await expect(page.get_by_role("button", name="A child’s words").last).to_be_in_viewport(ratio=1)
    await expect(page.locator("[data-scribe-words]")).to_be_in_viewport(ratio=1)
    buttons = ("[data-next]", "[data-break]", "[data-gates-all]", "[data-meeting-open]")
    for button in buttons:
        await expect(page.locator(button)).to_be_in_viewport(ratio=1)

    # One filled button a screen: Next gives way while numbers are asked for.
    further = page.locator("[data-next]")
    filled = await further.evaluate(BACKGROUND)
    await page.locator('[data-go-to="rate"]').click()
    await expect(page.locator("[data-drawer-toggle]")).to_have_attribute("aria-expanded", "true")
    await expect(further).not_to_have_css("background-color", filled)
    await page.locator("[data-drawer-toggle]").click()
    await expect(further).to_have_css("background-color", filled)
    await page.set_viewport_size({"width": 1280, "height": 560})
    for size in ("", "largest"):
        await page.evaluate("to => document.documentElement.setAttribute('data-size', to)", size)
        await expect(page.locator('[data-go-to="rate"]')).to_be_in_viewport(ratio=1)
        for button in buttons:
            await expect(page.locator(button)).to_be_in_viewport(ratio=1)
    await page.wait_for_function(LEVEL)


async def test_on_the_phone_what_is_urgent_stands_above_the_board(stage: Stage, meeting: Meeting) -> None:
    await desk(stage, meeting)
    phone = await stage.facilitator(meeting, **PHONE)
    maureen = await stage.phone(meeting, "Maureen")
    await phone.get_by_role("button", name="Let in: Maureen").click()
    await expect(maureen.get_by_text("Ready to start?")).to_be_visible()
    await maureen.get_by_role("button", name="Ready", exact=True).click()
    await maureen.get_by_role("button", name="Tell Helen quietly").click()
    await maureen.get_by_role("button", name="I need a break").click()
    jo = await stage.phone(meeting, "Jo")
    await expect(jo.get_by_text("You are waiting to be let in.")).to_be_visible()

    order = ["[data-door]", "[data-told]", "[data-next]", "[data-drawer]", ".tabs", '[data-column="well"]']
    tops = []
    for what in order:
        await expect(phone.locator(what)).to_be_visible(timeout=SECOND_MS)
        tops.append(await phone.locator(what).evaluate("el => el.getBoundingClientRect().top"))
    assert tops == sorted(tops)
    for button in ("Let in: Jo", "Done: Maureen", "Run the meeting"):
        assert await height(phone.get_by_role("button", name=button)) >= 48
    assert await axe(phone) == []
    assert await sideways(phone) == 0

    await phone.get_by_role("button", name="Run the meeting").click()
    await expect(panel(phone).locator("[data-people=here]")).to_contain_text("Maureen")
    await expect(phone.get_by_role("button", name="Blank")).to_be_visible()
    assert await axe(phone) == []
    assert await sideways(phone) == 0
    await phone.get_by_role("button", name="Back to the board").click()
    await phone.locator("[data-next]").click()
    await expect(maureen.locator(".now")).to_contain_text("The child’s voice first", timeout=SECOND_MS)


@pytest.mark.parametrize(
    "look",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"contrast": "more"},
        {"viewport": {"width": 1920, "height": 1080}},
        {"viewport": {"width": 320, "height": 640}},
    ],
    ids=["light", "dark", "high-contrast", "wide", "320"],
)
async def test_everybody_can_use_the_desk_in_every_look(stage: Stage, meeting: Meeting, look: dict[str, Any]) -> None:
    page = await stage.facilitator(meeting, **look)
    await expect(page.locator("body[data-before]")).to_be_attached()
    narrow = "viewport" in look and look["viewport"]["width"] < 1024
    if narrow:
        await page.get_by_role("button", name="Run the meeting").click()
    assert await axe(page) == []
    await page.get_by_role("button", name="Open the door").click()
    if narrow:
        await page.get_by_role("button", name="Back to the board").click()
    # What stands pressed is told from what does not by more than an edge.
    filled = "el => getComputedStyle(el).backgroundColor"
    gate = page.locator('[data-gate="well"]')
    assert await gate.get_by_role("button", name="Everyone").evaluate(filled) != (
        await gate.get_by_role("button", name="Closed").evaluate(filled)
    )
    maureen = await stage.phone(meeting, "Maureen")
    await page.get_by_role("button", name="Let in: Maureen").click()
    await maureen.get_by_role("button", name="Ready", exact=True).click()
    await maureen.get_by_role("button", name="Tell Helen quietly").click()
    await maureen.get_by_role("button", name="I need a break").click()
    await write(maureen, "Gran picks us up")
    await stage.phone(meeting, "W" * 40)
    await expect(page.locator("[data-told]")).to_be_visible()
    await card(page, "Gran picks us up").hover()
    await card(page, "Gran picks us up").get_by_role("button", name="What else to do with this card").click()
    assert await axe(page) == []
    assert await sideways(page) == 0
    await page.keyboard.press("Escape")
    if not narrow:
        await panel(page).get_by_role("button", name="More about Maureen").click()
        await page.get_by_role("button", name="Links and settings").click()
        assert await axe(page) == []
        await page.keyboard.press("Escape")
        await page.keyboard.press("Alt+H")
        assert await axe(page) == []
    await page.locator("[data-break]").click()
    await expect(page.locator("[data-break-end]")).to_be_visible()
    assert await axe(page) == []

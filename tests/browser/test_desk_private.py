"""What nobody but the facilitator may see: in her panel or nowhere. The desk itself may be projected."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.desk import SECOND_MS, card, desk, do, panel, write
from tests.browser.stage import DESK, Meeting, Signboard, Stage

PRIVATE = (
    "Rhys",
    "Anya",
    "speak to me",
    "rung first",
    "not connected",
    "Dana drinks at weekends",
    "At the door",
    "notes of mine",
)
"""Who is at the door, who is missing, what was told quietly, who is how ready, what is set aside, what Helen noted."""


async def scene(stage: Stage, signboard: Signboard) -> Page:
    """A desk on which everything private there is has happened."""
    meeting = await signboard.meeting()
    page = await desk(stage, meeting)
    dana = await stage.phone(meeting, "Dana")
    await panel(page).get_by_role("button", name="Let in: Dana").click()
    await dana.get_by_role("button", name="Please ring me first").click()
    await dana.get_by_role("button", name="Tell Helen quietly").click()
    await dana.get_by_role("button", name="Please come and speak to me").click()
    await write(dana, "Dana drinks at weekends", "worried")
    await do(page, "Dana drinks at weekends", "Set aside")
    await stage.phone(meeting, "Rhys")
    await panel(page).get_by_role("button", name="Add a person").click()
    await page.get_by_role("dialog").get_by_label("Name").fill("Anya")
    await page.get_by_role("button", name="Add to the list").click()
    await page.keyboard.press("Escape")
    await panel(page).get_by_label("My notes").fill("notes of mine")
    for what in ("Rhys", "Anya", "speak to me", "rung first", "Dana drinks at weekends"):
        await expect(panel(page)).to_contain_text(what)
    return page


def found(text: str) -> list[str]:
    """The private words in a text."""
    return [word for word in PRIVATE if word in text]


async def test_private_things_are_in_the_panel_and_nowhere_else_on_the_desk(stage: Stage, signboard: Signboard) -> None:
    page = await scene(stage, signboard)
    elsewhere = await page.evaluate(
        """() => {
            const copy = document.body.cloneNode(true);
            copy.querySelector("[data-panel]").remove();
            // Whom one may write for is a list that is closed until somebody opens it.
            copy.querySelector("[data-scribe-for]").remove();
            return document.title + copy.textContent;
        }"""
    )
    assert found(elsewhere) == []


async def test_while_others_can_see_this_screen_nothing_private_is_on_the_page_at_all(
    stage: Stage, signboard: Signboard
) -> None:
    page = await scene(stage, signboard)
    await page.get_by_label("Others can see this screen:").select_option("yes")
    await expect(page.get_by_text("Private things are not shown here.")).to_be_visible()
    await expect(panel(page)).to_have_count(0)
    everything = "() => document.title + document.documentElement.outerHTML"
    assert found(await page.evaluate(everything)) == []

    await page.keyboard.press("Alt+H")
    await expect(panel(page)).to_have_count(0)

    await page.reload()
    await expect(page.locator("[data-next]")).to_be_visible()
    await expect(page.get_by_text("Private things are not shown here.")).to_be_visible()
    assert found(await page.evaluate(everything)) == []

    await page.get_by_label("Others can see this screen:").select_option("")
    await expect(panel(page)).to_contain_text("Rhys")
    await expect(page.get_by_text("Private things are not shown here.")).to_be_hidden()
    await expect(panel(page).get_by_label("My notes")).to_have_value("notes of mine")


async def test_nothing_private_is_announced_while_others_can_see_this_screen(stage: Stage, meeting: Meeting) -> None:
    page = await desk(stage, meeting)
    await page.get_by_label("Others can see this screen:").select_option("yes")
    await page.evaluate(
        """() => {
            window.said = "";
            new MutationObserver(() => { window.said += document.title + document.body.textContent; })
                .observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
        }"""
    )
    rhys = await stage.phone(meeting, "Rhys")
    await expect(rhys.get_by_text("You are waiting to be let in.")).to_be_visible()
    # Something that is public, after it: by then what is private would have been drawn too.
    await page.locator("[data-next]").click()
    await expect(page.locator(".strip")).to_contain_text("Moved to")
    said = await page.evaluate("window.said")
    assert "Moved to" in said
    assert found(said) == []
    assert "something new in your panel" not in said


async def test_one_key_folds_the_panel_to_a_strip_without_a_name(stage: Stage, signboard: Signboard) -> None:
    page = await scene(stage, signboard)
    await page.keyboard.press("Alt+H")
    await expect(panel(page).get_by_role("button", name="Show my panel: somebody waits for you")).to_be_visible()
    assert await panel(page).evaluate("el => el.getBoundingClientRect().width") == pytest.approx(40, abs=4)
    shown = await page.evaluate("document.body.innerText")
    listed = await page.locator("[data-scribe-for]").inner_text()
    assert found(shown.replace(listed, "")) == []
    await expect(panel(page).locator(".panel__dot")).to_have_count(1)
    await page.reload()
    await expect(panel(page).get_by_role("button", name="Show my panel")).to_be_visible()

    await page.keyboard.press("Alt+H")
    await expect(panel(page)).to_contain_text("Rhys")
    await panel(page).get_by_role("button", name="Hide my panel").focus()
    await page.keyboard.press("Enter")
    await expect(panel(page).get_by_role("button", name="Show my panel")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(panel(page).get_by_role("button", name="Hide my panel")).to_be_focused()


async def test_notes_are_kept_in_this_tab_and_wiped_by_quick_exit(stage: Stage, open_meeting: Meeting) -> None:
    page = await desk(stage, open_meeting)
    await panel(page).get_by_label("My notes").fill("Ask about the school run")
    await page.reload()
    await expect(panel(page).get_by_label("My notes")).to_have_value("Ask about the school run")
    other = await stage.facilitator(open_meeting)
    await expect(panel(other).get_by_label("My notes")).to_have_value("")

    await page.get_by_role("link", name="Quick exit").last.click()
    await page.wait_for_url("**/weather")
    await page.goto(open_meeting.facilitator)
    await page.wait_for_url(f"**/m/{open_meeting.room}")
    await expect(panel(page).get_by_label("My notes")).to_have_value("")


async def test_two_devices_of_one_facilitator_and_a_second_one_stay_in_step(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await desk(stage, open_meeting)
    maureen = await stage.phone(open_meeting, "Maureen")
    await write(maureen, "Gran picks us up")
    await page.get_by_role("button", name="Links and settings").click()
    sheet = page.get_by_role("dialog", name="Links and settings")
    screens = []
    for kind in ("me", "facilitator"):
        maker = sheet.locator(f'[data-maker="{kind}"]')
        if kind == "facilitator":
            await maker.get_by_label("Their first name").fill("Beth")
        await maker.locator("[data-make]").click()
        await expect(maker.locator(".maker__link")).to_contain_text("/in#")
        other = await stage.device(viewport={"width": 1280, "height": 720}, has_touch=False, is_mobile=False)
        await other.goto(await maker.locator(".maker__link").inner_text())
        await other.wait_for_url(f"**/m/{open_meeting.room}")
        await expect(card(other, "Gran picks us up")).to_be_visible()
        screens.append(other)
    await sheet.get_by_role("button", name="Close", exact=True).click()
    await expect(panel(page).locator("[data-people=here] li", has_text="Facilitator")).to_have_count(2)
    await expect(panel(page).locator("[data-people=here]")).to_contain_text("Beth")

    await screens[1].locator("[data-next]").click()
    for screen in (page, screens[0]):
        await expect(screen.locator('[data-go-to="child"]')).to_have_attribute(
            "aria-current", "step", timeout=SECOND_MS
        )
    await do(screens[0], "Gran picks us up", "Set aside")
    for screen in (page, screens[1]):
        await expect(panel(screen).locator("[data-aside-list]")).to_contain_text("Gran picks us up", timeout=SECOND_MS)
        await expect(card(screen, "Gran picks us up")).to_have_count(0)


async def test_a_link_that_opens_by_itself_is_not_shown_while_others_can_see(
    stage: Stage, open_meeting: Meeting
) -> None:
    page = await desk(stage, open_meeting)
    await page.get_by_role("button", name="Links and settings").click()
    maker = page.get_by_role("dialog").locator('[data-maker="facilitator"]')
    await maker.locator("[data-make]").click()
    await expect(maker.locator(".maker__link")).to_contain_text("/in#")
    await page.keyboard.press("Escape")
    await page.get_by_label("Others can see this screen:").select_option("yes")
    assert "/in#" not in await page.content()
    await page.get_by_role("button", name="Links and settings").click()
    await maker.locator("[data-make]").click()
    await expect(page.locator(".strip")).to_contain_text("the link is not shown here")
    assert "/in#" not in await page.content()


async def test_a_facilitator_who_was_taken_out_keeps_nothing_of_the_panel(stage: Stage, signboard: Signboard) -> None:
    page = await scene(stage, signboard)
    await page.get_by_role("button", name="Links and settings").click()
    maker = page.get_by_role("dialog").locator('[data-maker="facilitator"]')
    await maker.locator("[data-make]").click()
    await expect(maker.locator(".maker__link")).to_contain_text("/in#")
    second = await stage.device(**DESK, has_touch=False, is_mobile=False)
    await second.goto(await maker.locator(".maker__link").inner_text())
    await expect(panel(second)).to_contain_text("Dana drinks at weekends")
    await page.keyboard.press("Escape")

    row = panel(page).locator("[data-people=here] li", has_text="Facilitator", has_not_text="you ·")
    await row.locator("[data-person-more]").click()
    await row.get_by_role("button", name="Take out of the meeting").click()
    await page.get_by_role("button", name="Take out", exact=True).click()
    await expect(second.locator("[data-sheet=gone]")).to_be_visible(timeout=SECOND_MS)
    assert found(await second.evaluate("document.documentElement.outerHTML")) == []

"""A whole meeting from the start page to goodbye: the facilitator at her desk, two family phones, the wall."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.board import card, go_to, words
from tests.browser.desk import panel
from tests.browser.stage import DESK, WALL, Signboard, Stage, come_in, ready

COMES_BACK_MS = 30_000
"""A page that lost its server tries again after up to 15 s."""
SOON_MS = 10_000


async def started(stage: Stage, server: Signboard) -> tuple[Page, list[str]]:
    """Helen's browser with a new meeting, and its links as her page shows them: hers, everyone's, the wall's."""
    desk = await stage.device(**DESK, has_touch=False, is_mobile=False)
    await desk.goto(server.staff)
    await desk.get_by_label("What is the meeting called?").fill("Thursday’s meeting")
    await desk.get_by_label("What should people call you?").fill("Helen")
    await desk.get_by_label("No", exact=True).check()
    await desk.get_by_role("button", name="Start the meeting").click()
    await expect(desk.get_by_role("heading", name="Your meeting is ready")).to_be_visible()
    return desk, await desk.locator(".link__address").all_inner_texts()


async def test_a_meeting_from_the_start_page_to_goodbye(own_stage: Stage, own_server: Signboard) -> None:
    desk, (_, join, on_wall, _beforehand) = await started(own_stage, own_server)
    await desk.get_by_role("link", name="Go to the meeting").click()
    await desk.locator('main[data-state="open"]').wait_for()
    wall = await own_stage.device(**WALL, has_touch=False, is_mobile=False)
    await wall.goto(on_wall)
    await expect(wall.locator('[data-scene="arrive"]')).to_contain_text("Thursday’s meeting")
    phone, other = await own_stage.device(), await own_stage.device(viewport={"width": 320, "height": 640})
    await phone.goto(join)
    await other.goto(join)

    # At the door, and in.
    await come_in(phone, "Maureen")
    await expect(phone.get_by_role("heading", name="You are waiting to be let in.")).to_be_visible()
    assert "Thursday" not in await phone.content()
    await expect(panel(desk)).to_contain_text("Maureen", timeout=SOON_MS)
    await come_in(other, "Dana")
    for name, page in (("Maureen", phone), ("Dana", other)):
        await desk.get_by_role("button", name=f"Let in: {name}").click(timeout=SOON_MS)
        await ready(page)
    await expect(panel(desk).locator("[data-people=here]")).to_contain_text("ready", timeout=SOON_MS)
    await desk.get_by_role("button", name="Open the door").click()

    # Everyone writes; a page is loaded anew in the middle of a sentence.
    await desk.locator('[data-go-to="worried"]').click()
    await expect(phone.locator(".now")).to_contain_text("Worries", timeout=SOON_MS)
    await words(phone, "worried").press_sequentially("I am worried he will")
    await phone.reload()
    await expect(words(phone, "worried")).to_have_value("I am worried he will")
    await words(phone, "worried").focus()
    await phone.keyboard.press("End")
    await words(phone, "worried").press_sequentially(" come back.")
    await words(phone, "worried").press("Enter")
    for page in (phone, desk, other):
        await expect(card(page, "I am worried he will come back.", "worried")).to_be_visible(timeout=SOON_MS)
    await expect(wall.locator('.lane[data-column="worried"]')).to_contain_text("come back.", timeout=SOON_MS)

    # The server goes away and comes back; what was written meanwhile waits on the phone.
    await own_server.stop()
    await expect(phone.locator("[data-link]")).to_contain_text("No connection.", timeout=COMES_BACK_MS)
    await words(phone, "worried").fill("And he has a key.")
    await words(phone, "worried").press("Enter")
    await own_server.start()
    for page in (phone, desk, other):
        await expect(card(page, "And he has a key.", "worried")).to_have_count(1, timeout=COMES_BACK_MS)
    await expect(wall.locator('.lane[data-column="worried"]')).to_contain_text("a key.", timeout=COMES_BACK_MS)

    # All rate blind; nothing of the number is anywhere but under the cover of her own phone.
    await desk.locator('[data-go-to="rate"]').click()
    await desk.get_by_role("radio", name="With names").check()
    await desk.get_by_role("button", name="Ask everyone").click()
    for page, number in ((phone, 3), (other, 6)):
        await page.locator(f'input[name="number"][value="{number}"]').check(timeout=SOON_MS)
        await page.get_by_role("button", name="Send my number").click()
        await expect(page.get_by_role("heading", name="Your number is in.")).to_be_visible(timeout=SOON_MS)
    await expect(wall.locator('[data-scene="round"]')).to_contain_text("2 of 2 have answered", timeout=SOON_MS)
    for page in (wall, desk):
        assert await page.locator('[data-kind="mark"]').count() == 0
    await desk.get_by_role("button", name="Show everyone").click()
    await expect(wall.locator('[data-scene="round"]')).to_contain_text("from 3 to 6", timeout=SOON_MS)
    await expect(phone.locator('[data-kind="mark"]')).to_have_count(2, timeout=SOON_MS)

    # What makes it a 3 becomes a card.
    await phone.get_by_role("button", name="What makes it a 3 and not a 2?").click()
    await words(phone).fill("Gran is two streets away.")
    await words(phone).press("Enter")
    await desk.locator("[data-drawer-toggle]").click()
    await expect(card(desk, "Gran is two streets away.", "well")).to_be_visible(timeout=SOON_MS)

    # Goodbye: this phone keeps nothing, and the board stays for the others.
    await go_to(phone, "well")
    await words(phone).blur()
    await phone.get_by_role("button", name="Who is here").click()
    await phone.get_by_role("button", name="Leave the meeting").click()
    await phone.wait_for_url(own_stage.away)
    assert await phone.evaluate("sessionStorage.length + localStorage.length") == 0
    await expect(card(desk, "Gran is two streets away.", "well")).to_be_visible()

"""What the tests of the desk do again and again: open the door, write a card on a phone, find one at the desk."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect

from tests.browser.stage import Meeting, Stage

SECOND_MS = 3_000
"""How long a change may take to show: well under a second in a meeting, but tests share their machine."""
ANEW_MS = 6_000
"""The same for whoever is let in: their page is loaded anew."""


async def desk(stage: Stage, meeting: Meeting, **options: object) -> Page:
    """Helen's desk, with the door open and the first part under way."""
    page = await stage.facilitator(meeting, **options)
    await page.get_by_role("button", name="Open the door").click()
    await expect(page.locator("[data-next]")).to_be_visible()
    return page


async def write(page: Page, text: str, column: str = "well", safe_within_ms: int = 5_000) -> None:
    """Put a card on the board from a phone, and wait until it is safe."""
    await page.locator(f'[data-tab="{column}"]').click()
    await page.locator(f"#words-{column}").fill(text)
    await page.locator(f"#words-{column}").press("Enter")
    await expect(card(page, text).get_by_text("Saved")).to_be_visible(timeout=safe_within_ms)


def card(page: Page, text: str) -> Locator:
    """The card with these words, in the columns."""
    return page.locator("[data-columns] [data-part=card]", has_text=text)


async def do(page: Page, text: str, deed: str) -> None:
    """Press one of the buttons on a card."""
    await card(page, text).hover()
    await card(page, text).get_by_role("button", name=deed, exact=True).click()


async def choose(page: Page, text: str, deed: str) -> None:
    """Choose a line of a card's menu."""
    await card(page, text).hover()
    await card(page, text).get_by_role("button", name="What else to do with this card").click()
    await card(page, text).get_by_role("button", name=deed, exact=True).click()


async def undo(page: Page, said: str) -> None:
    """Take back what was said to be done; others that can be taken back may stand beside it."""
    line = page.locator(".strip__line", has_text=said)
    await line.get_by_role("button", name="Undo").click()


def panel(page: Page) -> Locator:
    """What only Helen may see."""
    return page.locator("[data-panel]")


async def height(what: Locator) -> float:
    """How high something stands on the page, in px."""
    return float(await what.evaluate("el => el.getBoundingClientRect().height"))

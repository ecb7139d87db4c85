"""What tests of the board do again and again: write, look at cards, have the facilitator do something."""

from __future__ import annotations

import itertools
import secrets
from typing import Any

from playwright.async_api import FloatRect, Locator, Page

from tests.browser.stage import Meeting

_refs = itertools.count(1)


async def order(desk: Page, meeting: Meeting, ask: str, **fields: Any) -> None:
    """Ask for something as the person whose page this is, over the road for programs."""
    frame = {"ask": ask, "ref": next(_refs), **fields}
    answer = await desk.evaluate(
        """async ([room, frame]) => {
          const headers = { "Content-Type": "application/json" };
          const options = { method: "POST", headers, body: JSON.stringify(frame) };
          return (await fetch(`/m/${room}/live?device=orders01`, options)).json();
        }""",
        [meeting.room, frame],
    )
    assert answer["is"] == "done", answer


def new_id() -> str:
    """A name for a new thing."""
    return secrets.token_hex(8)


def composer(page: Page, column: str = "well") -> Locator:
    """Where this column is written in."""
    return page.locator(f'form[data-composer="{column}"]')


def words(page: Page, column: str = "well") -> Locator:
    """The field of this column."""
    return composer(page, column).locator("textarea")


async def write(page: Page, text: str, column: str = "well") -> None:
    """Write a card, as a person would."""
    await words(page, column).fill(text)
    await words(page, column).press("Enter")


def card(page: Page, text: str, column: str = "") -> Locator:
    """The card with these words, in this column or any."""
    where = f'[data-cards="{column}"] ' if column else "[data-cards] "
    return page.locator(f"{where}> .card", has=page.locator(".card__words", has_text=text))


async def go_to(page: Page, column: str) -> None:
    """Turn to a column on a phone."""
    await page.locator(f'[data-tab="{column}"]').click()


async def listed(page: Page, column: str = "well") -> list[str]:
    """The words of this column's cards, from top to bottom."""
    return await page.locator(f'[data-cards="{column}"] > .card > .card__words').all_inner_texts()


async def me(page: Page) -> str:
    """The id of the person whose page this is."""
    return str(await page.evaluate("document.body.dataset.me"))


async def box(place: Locator) -> FloatRect:
    """Where it is on the page."""
    found = await place.bounding_box()
    assert found is not None
    return found

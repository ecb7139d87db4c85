"""A phone a quarter as fast as this machine, in a meeting as full as meetings get: how soon a card is on its screen."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from playwright.async_api import APIRequestContext, Browser, Page, async_playwright

from .house import House
from .measure import MS, Row, added, row, words

SLOWER: Final = 4
"""How many times slower than this machine the phone's processor is."""
PEOPLE: Final = 39
CARDS: Final = 200
SETS: Final = 4
CARDS_OF_OURS: Final = 30
COLUMNS: Final = ("well", "worried", "needs")
PARTS: Final = ("happened", "could", "doing", "notice")
PHONE: Final[dict[str, Any]] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

READY: Final = 'main[data-state="open"]'
WATCH: Final = """() => {
  let pressed = 0;
  addEventListener("keydown", (event) => { if (event.key === "Enter") pressed = event.timeStamp; }, true);
  window.painted = (text, own) => new Promise((seen) => {
    const begun = performance.now();
    // Only what is new is looked at: looking through the whole board would be much of what is measured.
    const look = (changes) => {
      const fresh = changes.flatMap((one) => [one.target, ...one.addedNodes]);
      const cards = new Set(fresh.map((one) => (one.closest ? one : one.parentElement)?.closest("[data-part=card]")));
      if (![...cards].some((one) => one?.textContent.includes(text))) return;
      watcher.disconnect();
      requestAnimationFrame(() => {
        const next = new MessageChannel();
        next.port1.onmessage = () => seen(performance.now() - (own ? pressed : begun));
        next.port2.postMessage(0);
      });
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document.querySelector("[data-columns]"), { subtree: true, childList: true, characterData: true });
  });
}"""
"""`painted(text, own)`: ms from the press of Enter (or from the call) until the frame with this card was drawn."""


class Guest:
    """Somebody in the meeting, over plain HTTP: enough to fill a board."""

    def __init__(self, house: House, browser: APIRequestContext) -> None:
        self._house = house
        self._browser = browser
        self._device = secrets.token_hex(8)
        self._ref = 0

    async def enter(self, path: str, **sent: Any) -> None:
        """Come in by a link or a name."""
        await self._sent(path, **sent)

    async def ask(self, tag: str, **fields: object) -> None:
        """Ask for something and read the answer. Raises RuntimeError where it is no."""
        self._ref += 1
        live = f"/m/{self._house.room}/live?device={self._device}"
        said = await self._sent(live, data={"ask": tag, "ref": self._ref, **fields})
        if '"is":"no"' in said:
            raise RuntimeError(said)

    async def _sent(self, path: str, **sent: Any) -> str:
        origin = {"Origin": self._house.url}
        answer = await self._browser.post(f"{self._house.url}{path}", headers=origin, max_redirects=0, **sent)
        said = await answer.text()
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise RuntimeError(said)
        return said


async def on_a_phone(house: House, chromium: Path) -> list[Row]:
    """A phone on a new board, then the same phone on a full one."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=chromium)
        try:
            phone = await browser.new_context(**PHONE)
            guest = Guest(house, phone.request)
            await guest.enter(f"/join/{house.code}", form={"name": "Maureen", "role": "family"})
            await guest.ask("person.ready", state="ready")
            page = await phone.new_page()
            empty = await _own_cards(house, page, "early")
            fellows = await _filled(house, browser)
            full = await _own_cards(house, page, "late")
            others = await _cards_of_others(page, fellows)
            opened = await _opened(house, page)
        finally:
            await browser.close()
    return [
        row("own card, few cards on the board", empty),
        row("own card, the board full", full, "to reach: under 100"),
        row("somebody else's card, the board full", others, "with the way there"),
        Row("  full to empty", full_to_empty(full, empty), note="times"),
        row("the page opened, the board full", opened),
    ]


def full_to_empty(full: Sequence[float], empty: Sequence[float]) -> float:
    """How many times as long a card takes where there are many."""
    return row("", full).median / row("", empty).median


async def _own_cards(house: House, page: Page, when: str) -> list[float]:
    await _open(house, page)
    field = page.locator("#words-well")
    taken = []
    for number in range(CARDS_OF_OURS):
        text = f"{when} {number} {words(number)}"
        await field.fill(text)
        waiting = asyncio.ensure_future(page.evaluate("text => window.painted(text, true)", text))
        await field.press("Enter")
        taken.append(await waiting / MS)
        # Nobody may ask faster than people do for long.
        await asyncio.sleep(0.2)
    return taken


async def _cards_of_others(page: Page, fellows: Sequence[Guest]) -> list[float]:
    taken = []
    for number, fellow in enumerate(fellows[:CARDS_OF_OURS]):
        card = {**added(secrets.token_hex(8), number), "text": f"other {number} {words(number)}"}
        waiting = asyncio.ensure_future(page.evaluate("text => window.painted(text, false)", card["text"]))
        await fellow.ask("card.add", **card)
        taken.append(await waiting / MS)
    return taken


async def _opened(house: House, page: Page) -> list[float]:
    taken = []
    for _ in range(5):
        await _open(house, page)
        taken.append(await page.evaluate("performance.now()") / MS)
    return taken


async def _open(house: House, page: Page) -> None:
    slow = await page.context.new_cdp_session(page)
    await slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await page.goto(f"{house.url}/m/{house.room}")
    await page.locator(READY).wait_for(state="attached")
    await page.evaluate(WATCH)


async def _filled(house: House, browser: Browser) -> list[Guest]:
    """Everyone comes, and all write: cards, worries in words, and a number on each of six scales, shown."""
    helen = Guest(house, (await browser.new_context()).request)
    await helen.enter("/in", data={"key": house.facilitator.partition("#")[2]})
    fellows = []
    for number in range(PEOPLE):
        guest = Guest(house, (await browser.new_context()).request)
        await guest.enter(f"/join/{house.code}", form={"name": f"Person {number}", "role": "family"})
        fellows.append(guest)
    for number in range(CARDS):
        card = {**added(secrets.token_hex(8), number), "column": COLUMNS[number % len(COLUMNS)]}
        await fellows[number % PEOPLE].ask("card.add", **card)
    scales = [await _set(helen) for _ in range(SETS)]
    for scale in [*scales, *scales[:2]]:
        await _round(helen, fellows, scale)
    return fellows


async def _set(helen: Guest) -> str:
    id, scale = secrets.token_hex(8), secrets.token_hex(8)
    await helen.ask("set.start", id=id, scale=scale, children=["Kofi", "Elsie"])
    for number, part in enumerate(PARTS):
        await helen.ask("set.write", set=id, part=part, text=words(number), was=0)
        await asyncio.sleep(0.1)
    await helen.ask("set.put-up", set=id)
    return scale


async def _round(helen: Guest, fellows: Sequence[Guest], scale: str) -> None:
    round = secrets.token_hex(8)
    await helen.ask("round.open", id=round, scale=scale, show="named")
    for number, fellow in enumerate(fellows):
        value = number % 11
        await fellow.ask("rating.set", round=round, value=value, reason=words(number), share=True, pad="")
    await helen.ask("round.reveal", round=round)

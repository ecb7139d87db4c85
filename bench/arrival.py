"""A phone that never was here, on a slow line, and what a board of very many cards is like for those who are."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Browser, BrowserContext, CDPSession, Page, async_playwright

from .house import ROOT, House
from .measure import MS, Row, row
from .phone import COLUMNS, PHONE, READY, SLOWER, WATCH, Guest

SLOW_3G: Final = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""As Chromium's own tools have it: 400 kbit/s, and 400 ms until anything comes back."""
FAST_3G: Final = {"offline": False, "latency": 150, "downloadThroughput": 180_000, "uploadThroughput": 84_000}
DESK: Final[dict[str, Any]] = {"viewport": {"width": 1280, "height": 720}}
WRITERS: Final = 20
MANY: Final = (200, 500, 1900)
"""Cards. A meeting holds 2,000."""
LETTERS: Final = 80
TIMES: Final = 5
CARDS_EACH: Final = 8
SETTLE_S: Final = 1.0
WORK: Final = {
    "all its work": "TaskDuration",
    "scripts": "ScriptDuration",
    "styles": "RecalcStyleDuration",
    "layout": "LayoutDuration",
}
"""Kinds of a page's work, as Chromium counts them."""
SEEN: Final = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
LARGEST: Final = """new Promise((found) => new PerformanceObserver((list) => found(list.getEntries().at(-1).startTime))
  .observe({ type: "largest-contentful-paint", buffered: true }))"""
TYPED: Final = """async (text) => {
  const field = document.querySelector("#words-well");
  const begun = performance.now();
  field.value += text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }));
  await new Promise((drawn) => requestAnimationFrame(() => {
    const next = new MessageChannel();
    next.port1.onmessage = drawn;
    next.port2.postMessage(0);
  }));
  return performance.now() - begun;
}"""


async def arriving(house: House, chromium: Path) -> list[Row]:
    """A first visit to a board of 200 cards, then somebody there while it grows."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=chromium)
        try:
            writers = [await _guest(house, browser, f"Person {number}") for number in range(WRITERS)]
            await _fill(writers, 0, MANY[0])
            rows = [
                *await _visits(house, browser, "slow 3G", SLOW_3G),
                *await _visits(house, browser, "fast 3G", FAST_3G),
            ]
            for fewer, many in zip((MANY[0], *MANY), MANY, strict=False):
                await _fill(writers, fewer, many)
                rows += await _among(house, browser, writers, many)
            return rows
        finally:
            await browser.close()


async def _visits(house: House, browser: Browser, line: str, network: dict[str, Any]) -> list[Row]:
    seen, largest, ready, weights = [], [], [], []
    for number in range(TIMES):
        phone = await browser.new_context(**PHONE)
        await Guest(house, phone.request).enter(
            f"/join/{house.code}", form={"name": f"{line} {number}", "role": "family"}
        )
        page = await phone.new_page()
        cdp = await _slowed(page)
        weight = await _weighing(cdp)
        await cdp.send("Network.emulateNetworkConditions", network)
        await _open(house, page)
        ready.append(await page.evaluate("performance.now()") / MS)
        seen.append(await page.evaluate(SEEN) / MS)
        largest.append(await page.evaluate(LARGEST) / MS)
        await asyncio.sleep(SETTLE_S)
        weights.append(weight)
        await phone.close()
    return [
        row(f"{line}: something is seen", seen),
        row(f"{line}: the cards are seen", largest, "to reach: under 3000" if network is SLOW_3G else ""),
        row(f"{line}: the line is open", ready),
        Row("  KB, everything", max(sum(one) for one in weights) / 1000, note="to reach: at most 120"),
        Row("  requests", max(len(one) for one in weights), note="the socket's frames among them"),
    ]


async def _among(house: House, browser: Browser, writers: Sequence[Guest], many: int) -> list[Row]:
    phone, desk = await browser.new_context(**PHONE), await browser.new_context(**DESK)
    guest = Guest(house, phone.request)
    await guest.enter(f"/join/{house.code}", form={"name": f"Maureen {many}", "role": "family"})
    await guest.ask("person.ready", state="ready")
    helen = Guest(house, desk.request)
    await helen.enter("/in", data={"key": house.facilitator.partition("#")[2]})
    await helen.ask("phase.go", phase="well")
    rows = []
    for name, context in (("phone", phone), ("desk", desk)):
        page = await context.new_page()
        cdp = await _slowed(page)
        await _open(house, page)
        await asyncio.sleep(SETTLE_S)
        if name == "phone":
            rows += [row(f"{many} cards: own card", await _own(page)), row("  a letter typed", await _letters(page))]
        before = await _work(cdp)
        rows.append(row(f"  somebody else's card, {name}", await _others(page, writers), "to reach: under 250"))
        after = await _work(cdp)
        rows += [Row(f"    {work}", (after[work] - before[work]) / CARDS_EACH * MS) for work in WORK]
    await phone.close()
    await desk.close()
    return rows


async def _work(cdp: CDPSession) -> dict[str, float]:
    """What a page has spent on each kind of work since it began, in seconds."""
    told = await cdp.send("Performance.getMetrics")
    spent = {metric["name"]: metric["value"] for metric in told["metrics"]}
    return {work: spent[name] for work, name in WORK.items()}


async def _own(page: Page) -> list[float]:
    field, taken = page.locator("#words-well"), []
    for _ in range(CARDS_EACH):
        text = f"mine {secrets.token_hex(4)}"
        await field.fill(text)
        waiting = asyncio.ensure_future(page.evaluate("text => window.painted(text, true)", text))
        await field.press("Enter")
        taken.append(await waiting / MS)
        await asyncio.sleep(0.2)
    return taken


async def _letters(page: Page) -> list[float]:
    return [await page.evaluate(TYPED, "a") / MS for _ in range(CARDS_EACH)]


async def _others(page: Page, writers: Sequence[Guest]) -> list[float]:
    taken = []
    for writer in writers[:CARDS_EACH]:
        text = f"theirs {secrets.token_hex(4)}"
        waiting = asyncio.ensure_future(page.evaluate("text => window.painted(text, false)", text))
        await writer.ask("card.add", id=secrets.token_hex(8), column="well", text=text)
        taken.append(await waiting / MS)
        await asyncio.sleep(0.2)
    return taken


async def _guest(house: House, browser: Browser, name: str) -> Guest:
    context: BrowserContext = await browser.new_context()
    guest = Guest(house, context.request)
    await guest.enter(f"/join/{house.code}", form={"name": name, "role": "family"})
    return guest


async def _fill(writers: Sequence[Guest], fewer: int, many: int) -> None:
    """From fewer cards to many, in words that are packed as badly as people's."""
    words = (ROOT / "server" / "DECISIONS.md").read_text("utf-8").split()
    chance = random.Random(many)

    async def write(writer: Guest, number: int) -> None:
        for card in range(fewer + number, many, len(writers)):
            start = chance.randrange(len(words) - LETTERS)
            text = " ".join(words[start : start + LETTERS])[:LETTERS]
            await writer.ask("card.add", id=secrets.token_hex(8), column=COLUMNS[card % len(COLUMNS)], text=text)

    await asyncio.gather(*(write(writer, number) for number, writer in enumerate(writers)))


async def _slowed(page: Page) -> CDPSession:
    cdp = await page.context.new_cdp_session(page)
    await cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await cdp.send("Performance.enable")
    return cdp


async def _weighing(cdp: CDPSession) -> list[float]:
    """What came over the line, one number an answer or frame, heads included."""
    weight: list[float] = []
    await cdp.send("Network.enable")
    cdp.on("Network.loadingFinished", lambda said: weight.append(said["encodedDataLength"]))
    cdp.on("Network.webSocketFrameReceived", lambda said: weight.append(len(said["response"]["payloadData"].encode())))
    return weight


async def _open(house: House, page: Page) -> None:
    await page.goto(f"{house.url}/m/{house.room}", timeout=120_000)
    await page.locator(READY).wait_for(state="attached", timeout=120_000)
    await page.evaluate(WATCH)

"""The first picture of a full board: what the server needs to write the page, and what a phone has to fetch for it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from .connections import CARDS, KB, US_MS, full_board
from .contest import MS
from .cpu import used_ns
from .door import Door, door
from .figures import OURS, Figure
from .house import House
from .phone import PHONE, READY
from .targets import Target
from .tools import Tools

LOOKS = 30
WARM = 3


async def first_paint(tools: Tools) -> list[Figure]:
    """A family member on a phone opens a board of two hundred cards."""
    async with full_board(tools) as (server, target):
        seat = target.seats[2]
        page = seat.path.partition("/live")[0]
        async with door(server.port) as way_in:
            took = await _written(way_in, target, page, seat.cookie)
        if tools.chromium is None:
            missing = Figure("A phone's first picture, bytes on the wire", missing=tools.missing()["chromium"])
            return [took, missing]
        return [took, await _fetched(server, tools.chromium, page, seat.cookie)]


async def _written(way_in: Door, target: Target, page: str, cookie: str) -> Figure:
    taken = []
    for number in range(LOOKS + WARM):
        if number == WARM:
            before = used_ns(target.pids)
        at = time.perf_counter()
        answer = await way_in.get(page, cookie)
        assert answer.status == 200
        taken.append((time.perf_counter() - at) * MS)
    cpu = (used_ns(target.pids) - before) / LOOKS / US_MS
    what = f"The page of a board of {CARDS} cards, from the request to its last byte"
    return Figure(
        what, "ms", {OURS: taken[WARM:]}, {OURS: 15.0}, f"{cpu:.1f} ms of the server's processor each", times="looks"
    )


@dataclass
class Wire:
    """Bytes that came to a browser."""

    kinds: dict[str, str] = field(default_factory=dict)
    answers: dict[str, list[float]] = field(default_factory=dict)
    live: float = 0.0

    def began(self, said: dict[str, Any]) -> None:
        """What kind of answer is coming."""
        self.kinds[said["requestId"]] = said["type"]

    def finished(self, said: dict[str, Any]) -> None:
        """It is there, its head and its packed body."""
        kind = self.kinds.get(said["requestId"], "Other")
        self.answers.setdefault(kind, []).append(said["encodedDataLength"] / KB)

    def frame(self, said: dict[str, Any]) -> None:
        """A frame of the line. Chromium tells its words alone; its head is up to ten bytes."""
        self.live += len(said["response"]["payloadData"].encode()) / KB

    @property
    def total(self) -> float:
        """All of it, in KB."""
        return self.live + sum(sum(sizes) for sizes in self.answers.values())

    def __str__(self) -> str:
        kinds = (f"{kind} {len(sizes)} with {sum(sizes):.0f}" for kind, sizes in sorted(self.answers.items()))
        return f"{', '.join(kinds)}; on the line {self.live:.0f}"


async def _fetched(server: House, chromium: Path, page: str, cookie: str) -> Figure:
    name, _, value = cookie.partition("=")
    wire = Wire()
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=chromium)
        try:
            phone = await browser.new_context(**PHONE)
            await phone.add_cookies([{"name": name, "value": value, "url": server.url}])
            opened = await phone.new_page()
            watch = await phone.new_cdp_session(opened)
            watch.on("Network.responseReceived", wire.began)
            watch.on("Network.loadingFinished", wire.finished)
            watch.on("Network.webSocketFrameReceived", wire.frame)
            await watch.send("Network.enable")
            await opened.goto(f"{server.url}{page}", wait_until="networkidle")
            await opened.locator(READY).wait_for(state="attached")
        finally:
            await browser.close()
    what = f"All a phone fetches for a board of {CARDS} cards, by the server alone, no proxy that packs"
    return Figure(what, "KB", {OURS: [wire.total]}, {OURS: 120.0}, str(wire))

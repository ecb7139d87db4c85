"""Five hundred connections to one meeting whose server ends and starts again: how soon all are up to date, and how
often they try in vain. They wait as the page waits: as long as the server said, else up to a second at first and then
up to twice as long each time."""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import statistics
import time
from dataclasses import dataclass, field

from .figures import OURS, Figure
from .house import HOST, House
from .line import Line
from .measure import MS
from .people import cookie_of, entered

CONNECTIONS = 500
EACH_MOST = 8
"""So many one person may have."""
CARDS = 200
FIRST_WAIT_S = 1.0
GROWS_FROM_S = 0.5
WAIT_MOST_S = 15.0
WITHIN_S = 60.0
DIAL_MOST_S = 10.0


@dataclass
class Device:
    """One connection that comes back."""

    house: House
    cookie: str
    device: str = field(default_factory=lambda: secrets.token_hex(8))
    seq: int = 0
    epoch: str = ""
    in_vain: int = 0
    back_at: float = 0.0
    told_s: float | None = None
    line: Line | None = None
    _told: asyncio.Event = field(default_factory=asyncio.Event)

    async def dial(self) -> None:
        """Connect, and read on until it is up to date. Raises OSError, TimeoutError."""
        self._told.clear()
        live = f"/m/{self.house.room}/live?device={self.device}"
        if self.epoch:
            live += f"&after={self.seq}&epoch={self.epoch}"
        async with asyncio.timeout(DIAL_MOST_S):
            self.line = await Line.dial(HOST, self.house.port, live, self.cookie, self._heard)
            await self._told.wait()

    async def comes_back(self) -> None:
        """Notice that the line is gone, wait, and try until it is back."""
        assert self.line is not None
        await self.line.lost.wait()
        most = FIRST_WAIT_S
        wait = random.uniform(0, most) if self.told_s is None else self.told_s
        while True:
            await asyncio.sleep(wait)
            try:
                await self.dial()
            except (OSError, TimeoutError):
                self.in_vain += 1
                most = min(WAIT_MOST_S, GROWS_FROM_S * 2**self.in_vain)
                wait = random.uniform(0, most)
            else:
                self.back_at = time.perf_counter()
                return

    def _heard(self, text: bytes, now: float) -> None:
        if text.startswith((b'{"is":"welcome"', b'{"is":"change"')):
            said = json.loads(text)
            self.seq, self.epoch = said["seq"], said.get("epoch", self.epoch)
            self._told.set()
        elif text.startswith(b'{"is":"bye"'):
            self.told_s = json.loads(text)["after"] / MS


async def comeback(house: House, *, killed: bool) -> list[Figure]:
    """End the server under five hundred connections, by kill -9 or as it likes to be ended, and start it again."""
    people = [await _comes(house, number) for number in range(-(-CONNECTIONS // EACH_MOST))]
    devices = [Device(house, people[number // EACH_MOST]) for number in range(CONNECTIONS)]
    try:
        for device in devices:
            await device.dial()
        await _fill(devices)
        coming = [asyncio.create_task(device.comes_back()) for device in devices]
        await (house.cut() if killed else house.end())
        await house.serve()
        up = time.perf_counter()
        async with asyncio.timeout(WITHIN_S):
            await asyncio.gather(*coming)
    finally:
        for device in devices:
            if device.line is not None:
                device.line.close()
    how = "kill -9" if killed else "a restart"
    took = [device.back_at - up for device in devices]
    tries = [float(device.in_vain) for device in devices]
    return [
        Figure(f"{CONNECTIONS} up to date after {how}, the last of them", "s", {OURS: [max(took)]}, {OURS: 15.0}),
        Figure(
            f"Tried in vain after {how}, at most",
            "times",
            {OURS: [max(tries)]},
            {} if killed else {OURS: 1.0},
            f"{sum(tries) / len(tries):.2f} on average; half were up to date after {statistics.median(took):.1f} s",
        ),
    ]


async def _comes(house: House, number: int) -> str:
    return cookie_of(await entered(house, f"/join/{house.code}", name=f"Person {number}", role="family"))


async def _fill(devices: list[Device]) -> None:
    """Some cards by everyone, so that a welcome weighs something."""
    for number in range(CARDS):
        line = devices[number * EACH_MOST % len(devices)].line
        assert line is not None
        card = {"id": secrets.token_hex(8), "column": "well", "text": f"Gran picks us up on day {number}"}
        line.say(json.dumps({"ask": "card.add", "ref": number + 1, **card}).encode())
        await asyncio.sleep(0.01)
    await asyncio.sleep(1.0)

"""A browser over a real WebSocket: it comes back when it must, asks again what was not answered, and gives up on a line
that has gone silent."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from .asks import next_ask
from .device import Device
from .proxy import HERE, Proxy

Talk = Callable[[ClientConnection], Awaitable[None]]

PAGES_KEPT = 2
PAGE_EVERY_S = 4.0
"""So often a page is put aside, to be come back from at the end."""
LINE_ERRORS = (OSError, WebSocketException, EOFError)
UNANSWERED_MOST = 4
OPENS_WITHIN_S = 3.0
QUIET_S = 1.0
"""After so long without a word it asks for a sign of life. A real page waits 25 s for a tick: these runs would be
slow."""


class Client:
    """`ways` lead to the servers; `pace` is how many asks a second, 0 for who only looks."""

    def __init__(
        self, device: Device, cookie: str, ways: Sequence[Proxy], dice: random.Random, *, pace: float, patience: float
    ) -> None:
        self.device = device
        self.asking = True
        self._cookie = cookie
        self._ways = ways
        self._dice = dice
        self._pace = pace
        self._patience = patience
        self._slow_until = 0.0
        self.pages: deque[Device] = deque(maxlen=PAGES_KEPT)
        self._next_page = 0.0

    def settled(self, since: float) -> bool:
        """Whether it stands somewhere, waits for no answer, and heard from the server after this moment."""
        return self.device.stands and not self.device.outbox and self.device.heard > since

    def dawdle(self, seconds: float) -> None:
        """Read nothing for so long."""
        self._slow_until = time.monotonic() + seconds

    async def run(self) -> None:
        """Be in the meeting until cancelled."""
        while True:
            afresh = self._dice.random() < 0.1
            await self._once(afresh)
            self.device.stands = False
            await asyncio.sleep(self._dice.uniform(0.0, 0.4))

    async def _once(self, afresh: bool) -> None:
        """One connection, in a task of its own: whatever cancels it in the middle ends no more than that."""
        once = asyncio.create_task(self.come(self.device, afresh=afresh, talk=self._talk))
        try:
            await asyncio.wait([once])
        finally:
            once.cancel()
            [outcome] = await asyncio.gather(once, return_exceptions=True)
        if isinstance(outcome, Exception):
            self.device.trouble = repr(outcome)
            if not isinstance(outcome, LINE_ERRORS):
                raise outcome

    async def come(self, device: Device, *, afresh: bool, talk: Talk) -> None:
        """One connection of this browser, as this page."""
        way = self._dice.choice(self._ways)
        query = {"device": device.id, **device.connects(afresh=afresh)}
        async with connect(
            f"ws://{HERE}:{way.port}/m/{device.room}/live?{urlencode(query)}",
            origin=f"http://{HERE}:{way.port}",  # type: ignore[arg-type]
            additional_headers={"Cookie": self._cookie},
            proxy=None,
            compression=None,
            max_size=None,
            open_timeout=OPENS_WITHIN_S,
            close_timeout=0.1,
            ping_interval=None,
        ) as line:
            try:
                await talk(line)
            finally:
                # Leaving politely would wait for a line that may be silent.
                line.transport.abort()

    async def look(self, page: Device, *, afresh: bool, within: float) -> None:
        """Come as this page and leave as soon as it was told where it stands. Told to come back later, come back."""

        async def until_told(line: ClientConnection) -> None:
            while not page.stands:
                page.hear(json.loads(await line.recv()), time.monotonic())

        async with asyncio.timeout(within):
            while not page.stands:
                with suppress(ConnectionClosed):
                    await self.come(page, afresh=afresh, talk=until_told)
                await asyncio.sleep(0)

    async def _talk(self, line: ClientConnection) -> None:
        tasks = [asyncio.create_task(self._hear(line)), asyncio.create_task(self._ask(line))]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            for outcome in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(outcome, Exception):
                    self.device.trouble = repr(outcome)
                    if not isinstance(outcome, LINE_ERRORS):
                        raise outcome

    async def _hear(self, line: ClientConnection) -> None:
        while True:
            if (wait := self._slow_until - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            frame = await line.recv()
            now = self.device.heard = time.monotonic()
            self.device.hear(json.loads(frame), now)
            if self.device.stands and now > self._next_page:
                self._next_page = now + self._dice.uniform(0.5, 1.5) * PAGE_EVERY_S
                self.pages.append(self.device.copy())

    async def _ask(self, line: ClientConnection) -> None:
        """Ask, now and then. Ends where an answer is too long in coming: the line is given up."""
        device = self.device
        async with asyncio.timeout(self._patience):
            while not device.stands:
                await asyncio.sleep(0.02)
        # What was not answered comes first, in the order it was asked.
        for ref in sorted(device.outbox):
            await line.send(device.again(ref, time.monotonic()))
        while True:
            now = time.monotonic()
            if device.outbox and now - min(device.outbox.values()) > self._patience:
                return
            if now - self.device.heard > QUIET_S and now > self._slow_until:
                # Not `wait_for`, which in Python 3.11 drops a cancellation that comes in the moment of the answer.
                async with asyncio.timeout(self._patience):
                    await (await line.ping())
                self.device.heard = time.monotonic()
            may = self.asking and self._pace and len(device.outbox) < UNANSWERED_MOST
            if may:
                await line.send(device.asks(*next_ask(device, self._dice), now))
            await asyncio.sleep(self._dice.expovariate(self._pace) if may else 0.05)

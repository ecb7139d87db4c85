"""The same meetings and the same checker without processes: two servers in this event loop, storage that answers badly,
and people whose lines break. A bug shows here within a second or two."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from server import protocol
from server.hub import Hub, NoRoom, Store
from server.line import Line
from server.log import Entry as Sealed
from server.log import Gone, Unavailable, Unsure
from server.log.ending import end
from server.room import Room
from server.socket import _answers
from tests.rooms import Gathering

from .asks import next_ask
from .device import Device

LATE_S = 0.03
PATIENCE_S = 0.3
PAGES_KEPT = 6
DAWDLES_S = 0.6


class Shaky:
    """A store as one server sees it, whose appends go wrong now and then. `kept` is everything that was ever written,
    with its words."""

    def __init__(self, store: Store, dice: random.Random, kept: dict[tuple[str, str], Sealed]) -> None:
        self._store = store
        self._dice = dice
        self._kept = kept
        self._late: set[asyncio.Task[None]] = set()
        self.calm = False

    async def append(
        self, room: str, entries: Sequence[Sealed], *, after: int, head: str, forget: Sequence[int] = ()
    ) -> None:
        """Write, and answer as it happens: truly, not at all, or before it is written."""

        async def write() -> None:
            await self._store.append(room, entries, after=after, head=head, forget=forget)
            self._kept.update({(room, entry.header.hash()): entry for entry in entries})

        chance = 1.0 if self.calm else self._dice.random()
        if chance < 0.04:
            await write()
            raise Unsure("the answer was lost")
        if chance < 0.06:
            raise Unsure("it never came there")
        if chance < 0.08:
            raise Unavailable("storage is away")
        if chance < 0.12:
            # It is given up, and comes there a moment later all the same.
            task = asyncio.create_task(self._later(write()))
            self._late.add(task)
            task.add_done_callback(self._late.discard)
            raise Unsure("it took too long")
        await write()

    async def _later(self, write: Any) -> None:
        await asyncio.sleep(LATE_S)
        with suppress(Exception):
            await write

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


@dataclass(eq=False)
class Guest:
    """Somebody in the meeting, whose line is real and whose socket is not."""

    device: Device
    cookie: str
    hubs: list[Hub]
    dice: random.Random
    asking: bool = True
    room: Room | None = None
    line: Line | None = None
    pages: list[Device] = field(default_factory=list)

    def settled(self) -> bool:
        """Whether it has every answer, and has heard all it was told."""
        heard = self.line is not None and not self.line._frames and self.line.ending is None
        return self.device.stands and not self.device.outbox and heard

    async def run(self) -> None:
        """Come, talk, lose the line, come again, until cancelled."""
        while True:
            try:
                self.room = await self.dice.choice(self.hubs).room(self.device.room)
            except (Unavailable, NoRoom, Gone):
                await asyncio.sleep(0.02)
                continue
            self.line = line = self.come(self.room, self.device, afresh=self.dice.random() < 0.1)
            hearing = asyncio.create_task(self._hear(line))
            try:
                await self._ask(self.room, line, hearing)
            finally:
                # What is still on its way is lost.
                self.room.part(line)
                hearing.cancel()
                self.device.stands = False
                await asyncio.gather(hearing, return_exceptions=True)

    def come(self, room: Room, page: Device, *, afresh: bool) -> Line:
        """Join as this page."""
        query = page.connects(afresh=afresh)
        line = Line(cookie=self.cookie, device=page.id)
        line.standing = room.who(self.cookie)
        room.join(line, after=int(query["after"]) if query else None, epoch=query.get("epoch", ""))
        return line

    async def _hear(self, line: Line) -> None:
        async for _told, frame in line:
            said = json.loads(frame)
            self.device.hear(said, time.monotonic())
            if self.device.stands and self.dice.random() < (0.5 if said["is"] == "welcome" else 0.02):
                self._put_aside(self.device.copy())
            if self.dice.random() < 0.02:
                await self._dawdle(line)
            await asyncio.sleep(0)

    async def _dawdle(self, line: Line) -> None:
        """Read nothing until so much waits that the line is cut, or for a while."""
        until = time.monotonic() + DAWDLES_S
        while line.ending is None and time.monotonic() < until:
            await asyncio.sleep(0.01)

    def _put_aside(self, page: Device) -> None:
        """Keep a page to come back from: old ones and new ones."""
        if len(self.pages) == PAGES_KEPT:
            del self.pages[self.dice.randrange(PAGES_KEPT)]
        self.pages.append(page)

    async def _ask(self, room: Room, line: Line, hearing: asyncio.Task[None]) -> None:
        device = self.device
        while not device.stands and not hearing.done():
            await asyncio.sleep(0.001)
        for ref in sorted(device.outbox):
            self._say(room, line, device.again(ref, time.monotonic()))
        while not hearing.done():
            now = time.monotonic()
            if device.outbox and now - min(device.outbox.values()) > PATIENCE_S:
                return
            if not self.asking:
                await asyncio.sleep(0.005)
                continue
            if self.dice.random() < 0.02:
                return
            if device.role not in {"observer", "wall"} and len(device.outbox) < 4:
                self._say(room, line, device.asks(*next_ask(device, self.dice), now))
            await asyncio.sleep(self.dice.uniform(0.0, 0.03))

    def _say(self, room: Room, line: Line, frame: str) -> None:
        ask = protocol.decode(frame)
        room.submit(line.standing.person, line.device, ask).add_done_callback(_answers(line, ask.ref))

    def look(self, room: Room, page: Device, *, afresh: bool) -> Device:
        """Come as this page, be told where it stands, and leave."""
        line = self.come(room, page, afresh=afresh)
        while line._frames:
            page.hear(json.loads(line._frames.popleft()[1]), time.monotonic())
        room.part(line)
        return page


async def guests(party: Gathering, hubs: list[Hub], dice: random.Random) -> list[Guest]:
    """Everyone in this meeting, each with a device, and Dana with two."""
    dana, jo, tom, sade = [
        await party.comes(name, role)
        for name, role in (("Dana", "family"), ("Jo", "agency"), ("Tom", "agency"), ("Sade", "observer"))
    ]
    wall = await party.wall()
    came = [
        ("Helen", "facilitator", party.helen.id, party.helen.cookie),
        ("Dana", "family", dana.id, dana.cookie),
        ("Dana", "family", dana.id, dana.cookie),
        ("Jo", "agency", jo.id, jo.cookie),
        ("Tom", "agency", tom.id, tom.cookie),
        ("Sade", "observer", sade.id, sade.cookie),
        ("wall", "wall", "wall", wall),
    ]
    return [
        Guest(Device(party.id, name, role, id, f"device{place}"), cookie, hubs, random.Random(dice.random()))
        for place, (name, role, id, cookie) in enumerate(came)
    ]


async def kill(hub: Hub) -> None:
    """As kill -9: nothing goes on, and nobody is told."""
    hub.stopping = True
    for room in hub.rooms:
        room.gone = protocol.COME_BACK_RESTART
        for member in room.members:
            member.close(protocol.COME_BACK_RESTART, protocol.encode(protocol.bye("restart")))
        await end(*room._tasks)

"""One meeting inside this process, with everything that can go wrong in it, and what the checker says of it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Literal

import server.line
import server.room
from server.board.people import ChangeRole
from server.board.refusal import Refused
from server.board.thoughts import KeepThought
from server.hub import Hub, Store
from server.log import Broken, Gone, Unavailable
from server.log import Entry as Sealed
from server.log.seal import ServerKey
from tests.log.tamper import put_rows, rows
from tests.rooms import Gathering, gather
from tests.storage import Storage, in_time

from . import ledger
from .asks import FLIPS
from .checker import Evening, Look, Violation, check
from .inside import Guest, Shaky, guests, kill

PATIENCE_S = 20.0
"""A busy machine may take so long until everybody has every answer."""
FEW_FRAMES = 5
FEW_ENTRIES = 20
"""So few frames may wait for a reader here, and so few entries are read at once, that both come to their end soon."""


@dataclass
class Stage:
    """Two servers and what they stand on."""

    storage: Storage
    key: ServerKey
    dice: random.Random
    patience: float
    hubs: list[Hub] = field(default_factory=list)
    shaky: list[Shaky] = field(default_factory=list)
    kept: dict[tuple[str, str], Sealed] = field(default_factory=dict)
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    shared: Store | None = None

    async def hub(self) -> Hub:
        """One server more."""
        if self.storage.kind == "redis" or self.shared is None:
            self.shared = await self.stack.enter_async_context(self.storage.open())
        shaky = Shaky(self.shared, self.dice, self.kept)
        self.shaky.append(shaky)
        return await self.stack.enter_async_context(Hub(shaky, self.key))

    def calm(self, calm: bool) -> None:
        for shaky in self.shaky:
            shaky.calm = calm


@contextmanager
def _smaller() -> Iterator[None]:
    frames, entries = server.line.FRAMES_MOST, server.room.READ_AT_ONCE
    server.line.FRAMES_MOST, server.room.READ_AT_ONCE = FEW_FRAMES, FEW_ENTRIES  # type: ignore[misc]
    try:
        yield
    finally:
        server.line.FRAMES_MOST, server.room.READ_AT_ONCE = frames, entries  # type: ignore[misc]


@asynccontextmanager
async def _stage(storage: Storage, dice: random.Random, patience: float) -> AsyncIterator[Stage]:
    stage = Stage(storage, ServerKey.load(storage.file.parent / "key"), dice, patience)
    with _smaller():
        async with stage.stack:
            for _ in range(2):
                stage.hubs.append(await stage.hub())
            stage.calm(True)
            yield stage


async def play(
    storage: Storage,
    seed: int,
    *,
    seconds: float = 0.8,
    patience: float = PATIENCE_S,
    fork: bool = False,
    planted: AbstractContextManager[None] | None = None,
) -> list[Violation]:
    """Hold a meeting for so long, with a bug `planted` once everyone is in. `fork`: in the middle its log is put back,
    and goes on otherwise. Returns what was broken."""
    dice = random.Random(seed)
    async with _stage(storage, dice, patience) as stage:
        party = await gather(stage.hubs[0])
        everyone = await guests(party, stage.hubs, dice)
        with planted or nullcontext():
            return await _held(stage, party, everyone, seconds, fork)


async def _held(stage: Stage, party: Gathering, everyone: list[Guest], seconds: float, fork: bool) -> list[Violation]:
    tasks = [asyncio.create_task(guest.run()) for guest in everyone]
    try:
        if fork:
            await _trouble(stage, seconds / 2)
            await _settle(everyone, stage)
            await _fork(stage, party)
            for guest in everyone:
                guest.asking = True
            # Who knows what was lost must live to miss it.
            await asyncio.sleep(seconds / 2)
        else:
            await _trouble(stage, seconds)
        settled = await _settle(everyone, stage)
        await _change_role(stage.hubs[0], party, FLIPS)
        await _deafen(stage)
        await _say(stage.hubs[0], party, "the last word")
        # One more, that knows nothing but what the log holds now.
        stage.hubs.append(await stage.hub())
        evening = await _evening(stage, party, everyone)
        evening.settled, evening.cuts = settled, int(fork)
    except (Unavailable, Gone, Refused, TimeoutError) as error:
        return [Violation("service", repr(error))]
    finally:
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
    ended = [Violation("client", repr(one)) for one in ends if isinstance(one, Exception)]
    return check(evening) + ended


async def _trouble(stage: Stage, seconds: float) -> None:
    """Servers come and go."""
    stage.calm(False)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        await asyncio.sleep(stage.dice.uniform(0.05, 0.2))
        which = stage.dice.randrange(len(stage.hubs))
        match stage.dice.randrange(4):
            case 0:
                await kill(stage.hubs[which])
                stage.hubs[which] = await stage.hub()
            case 1:
                stage.hubs[which].stop()
                stage.hubs[which] = await stage.hub()
            case _:
                await _deafen(stage)


async def _deafen(stage: Stage) -> None:
    """Cut every line by which one server hears of another."""
    if stage.storage.kind == "redis":
        with stage.storage.server.client() as client:
            client.client_kill_filter(_type="pubsub")


async def _settle(everyone: list[Guest], stage: Stage) -> bool:
    """Ask nothing new, and wait until everybody has every answer. Returns whether that came."""
    for guest in everyone:
        guest.asking = False
    stage.calm(True)
    await _deafen(stage)
    until = time.monotonic() + stage.patience
    while time.monotonic() < until:
        if all(guest.settled() for guest in everyone):
            return True
        await asyncio.sleep(0.02)
    return False


async def _fork(stage: Stage, party: Gathering) -> None:
    """Put an older copy of the log back, and have it go on otherwise by a server that never knew what is lost."""
    storage, old = stage.storage, stage.hubs[0]
    copy = rows(storage, party.id)
    await _say(old, party, "lost")
    put_rows(storage, copy, party.id)
    await _say(await stage.hub(), party, "put in its place")


async def _say(hub: Hub, party: Gathering, text: str) -> None:
    room = await hub.room(party.id)
    ask = KeepThought(ref=1, id=f"kept{text.replace(' ', '')}", column="well", text=text)
    await in_time(room.ask(party.helen.id, f"desk{text[:3].strip()}", ask), PATIENCE_S)


async def _change_role(hub: Hub, party: Gathering, name: str) -> None:
    """Somebody sees otherwise from here on."""
    room = await hub.room(party.id)
    [person] = [one for one in room.board.people.values() if one.name == name]
    role: Literal["agency", "scribe"] = "agency" if person.role == "scribe" else "scribe"
    await in_time(room.ask(party.helen.id, "deskrole", ChangeRole(ref=1, person=person.id, role=role)), PATIENCE_S)


async def _evening(stage: Stage, party: Gathering, everyone: list[Guest]) -> Evening:
    devices = [guest.device for guest in everyone]
    store = stage.shaky[-1]
    try:
        until = time.monotonic() + stage.patience
        while True:
            sealed = await store.read(party.id, after=0)
            rooms = [await hub.room(party.id) for hub in stage.hubs]
            served = [*rooms, *(guest.room for guest in everyone if guest.room is not None)]
            level = all(room.board.seq == len(sealed) for room in served) and all(one.settled() for one in everyone)
            if level or time.monotonic() > until:
                break
            await asyncio.sleep(0.05)
        # Nothing waits from here until all have looked, so nothing changes either.
        looks = _looks(rooms, everyone)
        place = await store.find(party.id)
        entries = ledger.opened(stage.key, place, sealed)
        spoken = [stage.kept.get((party.id, one.header.hash()), one) for one in sealed]
        whole = ledger.opened(stage.key, place, spoken)
    except Broken as broken:
        return ledger.unread(party.id, devices, broken)
    except (Unavailable, Gone) as error:
        return ledger.unread(party.id, devices, Broken(party.id, 0, f"it cannot be served: {error!r}"))
    board = ledger.board_of(entries)
    looks.extend(Look(one.person, "the log", ledger.view_of(board, one.person)) for one in devices)
    return Evening(
        party.id,
        ledger.logged(entries),
        devices,
        ledger.prints(devices),
        looks,
        forbidden=ledger.forbidden(whole),
    )


def _looks(rooms: list[server.room.Room], everyone: list[Guest]) -> list[Look]:
    looks = []
    for guest in everyone:
        device = guest.device
        looks.append(Look(device.person, f"followed, standing at {device.seq}", device.copy().parts))
        for room in rooms:
            fresh = guest.look(room, device.blank(), afresh=True)
            looks.append(Look(device.person, f"fresh, standing at {fresh.seq}", fresh.parts))
            for page in guest.pages:
                back = guest.look(room, page.copy(), afresh=False)
                looks.append(Look(device.person, f"resumed from {page.seq}, standing at {back.seq}", back.parts))
                device.odd.extend(f"resumed: {odd}" for odd in back.odd)
                device.strange.extend(back.strange)
    return looks

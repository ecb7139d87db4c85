"""Some meetings at once, faults all the while, and at the end everything that was seen put beside the log."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from server.app import DATABASE
from server.log import Broken
from server.log import Entry as Sealed
from server.log.register import Place
from server.log.seal import ServerKey

from . import ledger
from .checker import Evening, Look, Violation, check
from .client import Client
from .happen import happen
from .machines import Machines
from .party import ROOMS, Party, party
from .plan import Fault

PACE = 6.0
SETTLES_WITHIN_S = 60.0
LONG_S = 15.0
"""After so long whoever runs this is told for whom it waits."""
QUIET_S = 2.2
"""Longer than it takes until every process has looked for what it may have missed."""
LOOKS_WITHIN_S = 10.0
TRIES_MOST = 12


@dataclass
class Figures:
    """What a run came to."""

    acknowledged: int = 0
    refused: int = 0
    asked_again: int = 0
    connections: int = 0
    entries: int = 0
    meetings: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)

    def add(self, evening: Evening) -> None:
        """Count a meeting, and check it."""
        self.meetings += 1
        self.entries += len(evening.entries)
        for device in evening.devices:
            self.acknowledged += len({answer.ref for answer in device.answers})
            self.refused += sum(bool(asked.no) for asked in device.asked.values())
            self.asked_again += sum(asked.sent > 1 for asked in device.asked.values())
            self.connections += device.line
        self.violations.extend(check(evening))


async def hold(
    machines: Machines,
    faults: Iterator[Fault],
    figures: Figures,
    *,
    seconds: float,
    dice: random.Random,
    pace: float = PACE,
    patience: float = 4.0,
    least: int = 0,
    say: Callable[[str], None] = lambda line: None,
) -> None:
    """Hold some meetings for so long, and until there were `least` faults, and count what came of them."""
    parties = [await party(machines, dice, pace=pace, patience=patience) for _ in range(ROOMS)]
    clients = [client for one in parties for client in one.clients]
    tasks = [asyncio.create_task(client.run()) for client in clients]
    try:
        until = time.monotonic() + seconds
        for fault in faults:
            await asyncio.sleep(fault.pause)
            if time.monotonic() > until and figures.faults.total() >= least:
                break
            say(f"{fault.kind} (server {fault.which}, {fault.lasts:.1f} s)")
            await happen(fault, machines, clients)
            figures.faults[fault.kind] += 1
            figures.violations.extend(await _still_up(machines))
        settled = await _settled(clients, say)
        ended = [client.device.name for client, task in zip(clients, tasks, strict=True) if task.done()]
        figures.violations.extend(Violation("client", f"{name} is gone") for name in ended)
        for evening in await asyncio.gather(*(_evening(machines, one, settled) for one in parties)):
            figures.add(evening)
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                figures.violations.append(Violation("client", repr(outcome)))


async def _still_up(machines: Machines) -> list[Violation]:
    """A server that ended by itself is a violation, and is started again."""
    found = []
    for server in machines.servers:
        if server.ended:
            found.append(Violation("server", f"{server.name} ended by itself"))
            server.kill()
            await server.start()
    return found


async def _settled(clients: list[Client], say: Callable[[str], None]) -> bool:
    """Ask nothing new, and wait until everybody has every answer. Returns whether that came."""
    for client in clients:
        client.asking = False
    since = time.monotonic()
    told = False
    while not all(client.settled(since) for client in clients):
        if time.monotonic() > since + SETTLES_WITHIN_S:
            return False
        if not told and time.monotonic() > since + LONG_S:
            told = True
            say(f"waits for {', '.join(client.device.name for client in clients if not client.settled(since))}")
        await asyncio.sleep(0.05)
    return True


async def _evening(machines: Machines, one: Party, settled: bool) -> Evening:
    devices = [client.device for client in one.clients]
    try:
        for _ in range(TRIES_MOST):
            since = time.monotonic()
            before = len((await _read(machines, one.room))[1])
            await asyncio.sleep(QUIET_S)
            looks, shut_out = await _looks(one.clients)
            place, sealed = await _read(machines, one.room)
            if len(sealed) == before and all(client.settled(since) for client in one.clients):
                break
        assert place is not None
        entries = ledger.opened(ServerKey.load(machines.servers[0].folder / "key"), place, sealed)
    except Broken as broken:
        return ledger.unread(one.room, devices, broken)
    board = ledger.board_of(entries)
    looks.extend(Look(device.person, "the log", ledger.view_of(board, device.person)) for device in devices)
    return Evening(
        one.room,
        ledger.logged(entries),
        devices,
        ledger.prints(devices),
        looks,
        forbidden=ledger.forbidden(entries),
        settled=settled,
        shut_out=shut_out,
    )


async def _looks(clients: list[Client]) -> tuple[list[Look], list[str]]:
    """Every board as it is followed, freshly welcomed, and come back to from a page put aside long ago."""
    looks: list[Look] = []
    shut_out: list[str] = []
    for client in clients:
        device = client.device
        looks.append(Look(device.person, f"followed by {device.name}, standing at {device.seq}", device.copy().parts))
        pages = [("fresh", device.blank()), *((f"resumed from {page.seq}", page.copy()) for page in client.pages)]
        for how, page in pages:
            try:
                await client.look(page, afresh=how == "fresh", within=LOOKS_WITHIN_S)
            except (TimeoutError, OSError) as error:
                shut_out.append(f"{device.name} could not look: {error!r}")
            looks.append(Look(device.person, f"{how} by {device.name}, standing at {page.seq}", page.parts))
            device.odd.extend(f"{how}: {odd}" for odd in page.odd)
            device.strange.extend(page.strange)
    return looks, shut_out


async def _read(machines: Machines, room: str) -> tuple[Place | None, list[Sealed]]:
    if machines.redis is not None:
        return await ledger.read_redis(machines.redis.url, room)
    return ledger.read_sqlite(machines.servers[0].folder / "data" / DATABASE, room)

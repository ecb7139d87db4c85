"""How the cost grows: with people in a room, with cards on its board, with rooms on a server. A table and a picture."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from .chart import Curve, Panel, drawing
from .connections import KB, fill
from .contest import MS, SETTLE_S, STRETCH_S, WARM_S, turned
from .cpu import memory_bytes
from .crowd import Crowd
from .door import door
from .figures import OURS, Figure
from .house import House, house
from .load import Took
from .ratio import short, spread
from .targets import Target, on
from .tools import Tools

PEOPLE = (10, 50, 200, 500, 1000, 2000)
CARDS = (20, 200, 1000, 2000)
"""A board holds no more: the next card is refused."""
ROOMS = (1, 10, 50, 100, 200)
IN_A_ROOM = 20
IN_MANY_ROOMS = 10
PICTURE = Path(__file__).resolve().parent / "growth.svg"


@dataclass(frozen=True)
class Point:
    """What one ask costs at one size. `memory_kb` and `disk_kb` are for each room, where rooms are counted."""

    size: int
    ask_us: float
    delivery_us: float
    last_ms: float
    memory_kb: float | None = None
    disk_kb: float | None = None

    def line(self) -> str:
        """As it is printed."""
        cells = [f"{self.size:>8,}", *(f"{short(one):>12}" for one in (self.ask_us, self.delivery_us, self.last_ms))]
        cells += [f"{short(one):>12}" for one in (self.memory_kb, self.disk_kb) if one is not None]
        return "".join(cells)


async def growth(tools: Tools, rounds: int) -> tuple[list[str], list[Figure]]:
    """The table as lines, and the one figure to reach. Draws the picture."""
    people = await by_people(tools, rounds)
    cards, figure = await by_cards(tools, rounds)
    rooms = await by_rooms(tools, rounds)
    picture(people, cards, rooms)
    head = f"{'µs an ask':>12}{'µs a person':>12}{'ms to last':>12}"
    lines = [
        f"{'people':>8}{head}   in one room",
        *(one.line() for one in people),
        f"{'cards':>8}{head}   before {IN_A_ROOM} people",
        *(one.line() for one in cards),
        f"{'rooms':>8}{head}{'KB memory':>12}{'KB disk':>12}   of {IN_MANY_ROOMS} people, a room",
        *(one.line() for one in rooms),
        f"drawn in {PICTURE.relative_to(PICTURE.parent.parent)}",
    ]
    return lines, [figure]


async def by_people(tools: Tools, rounds: int) -> list[Point]:
    """One room after the other, each with more people."""
    points = []
    for size in PEOPLE:
        async with house(redis=False) as server:
            crowd = await _crowd(server, rooms=1, each=size)
            points.append(_point(size, await _measured(tools, on(server, crowd), rounds)))
    return points


async def by_cards(tools: Tools, rounds: int) -> tuple[list[Point], Figure]:
    """Rooms that differ in their cards alone, asked in turn; nobody adds any while they are measured."""
    took: dict[int, list[Took]] = {size: [] for size in CARDS}
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(house(redis=False))
        sides = []
        for size in CARDS:
            crowd = await _crowd(server, rooms=1, each=IN_A_ROOM, cards_each=1)
            target = on(server, crowd, f"{size:,} cards")
            await fill(tools, target, size - len(crowd.askers[0]))
            sides.append((target, await stack.enter_async_context(target.seated(tools))))
        await asyncio.sleep(SETTLE_S)
        for target, load in sides:
            await target.run(load, 1, WARM_S)
        for number in range(rounds):
            for target, load in turned(sides, number):
                took[CARDS[sides.index((target, load))]].append(await target.run(load, 1, STRETCH_S))
    costs = {size: [one.us_an_ask for one in took[size]] for size in CARDS}
    figure = Figure(
        f"One change on a board of {CARDS[-1]:,} cards and on one of {CARDS[0]}: server's processor",
        "µs",
        {OURS: costs[CARDS[-1]], f"{CARDS[0]} cards": costs[CARDS[0]]},
        {f"{CARDS[0]} cards": 1.2},
    )
    return [_point(size, took[size]) for size in CARDS], figure


async def by_rooms(tools: Tools, rounds: int) -> list[Point]:
    """More and more rooms on one server, asked one after the other. Memory is read before anybody connects."""
    points, stored = [], []
    async with house(redis=False) as server, door(server.port) as way_in:
        crowd, empty, unwritten = Crowd(server.port), memory_bytes(server.pids), _disk(server)
        for size in ROOMS:
            await crowd.come(way_in, rooms=size - len(crowd.meetings), each=IN_MANY_ROOMS)
            stored.append(((memory_bytes(server.pids) - empty) / size / KB, (_disk(server) - unwritten) / size / KB))
        for size, (memory_kb, disk_kb) in zip(ROOMS, stored, strict=True):
            point = _point(size, await _measured(tools, on(server, crowd.part(size)), rounds))
            points.append(replace(point, memory_kb=memory_kb, disk_kb=disk_kb))
    return points


def picture(people: Sequence[Point], cards: Sequence[Point], rooms: Sequence[Point]) -> None:
    """Draw it."""
    panels = [
        Panel("people in one room", "µs of processor for each person told", Curve.of(people, "delivery_us")),
        Panel("cards on the board", "µs of processor for one change", Curve.of(cards, "ask_us")),
        Panel("rooms on one server", "µs of processor for one change", Curve.of(rooms, "ask_us")),
    ]
    PICTURE.write_text(drawing("What a change costs, as it grows", panels), "utf-8")


async def _crowd(server: House, *, rooms: int, each: int, cards_each: int = 4) -> Crowd:
    crowd = Crowd(server.port, cards_each=cards_each)
    async with door(server.port) as way_in:
        await crowd.come(way_in, rooms=rooms, each=each)
    return crowd


async def _measured(tools: Tools, target: Target, rounds: int) -> list[Took]:
    async with target.seated(tools) as load:
        await asyncio.sleep(SETTLE_S)
        await target.run(load, 1, WARM_S)
        return [await target.run(load, 1, STRETCH_S) for _ in range(rounds)]


def _point(size: int, took: Sequence[Took]) -> Point:
    return Point(
        size,
        spread([one.us_an_ask for one in took]).median,
        spread([one.us_each for one in took]).median,
        spread([one.median * MS for one in took]).median,
    )


def _disk(server: House) -> int:
    return sum(path.stat().st_size for path in (server.folder / "data").rglob("*") if path.is_file())

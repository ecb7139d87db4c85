"""Every row of the tables by its name: what it needs, and how it is measured. The one list of what can be run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from .arrival import arriving
from .comeback import comeback
from .connections import memory, set_up
from .contest import many_rooms, one_room, through_redis
from .figures import Figure
from .growth import growth
from .house import house
from .measure import Row, commits, measured
from .paint import first_paint
from .phone import PEOPLE, on_a_phone
from .round import rounds_of_numbers
from .tools import Tools
from .two import two_processes


@dataclass(frozen=True)
class Report:
    """What is printed of a row, and the figures among it."""

    lines: Sequence[str] = ()
    figures: Sequence[Figure] = ()


@dataclass(frozen=True)
class Job:
    """One name for `--only`. `needs` are fields of Tools."""

    what: str
    run: Callable[[Tools, int], Awaitable[Report]]
    needs: tuple[str, ...] = field(default=("load",))

    def missing(self, tools: Tools) -> str:
        """Why it cannot be run here; "" where it can."""
        return "; ".join(why for name, why in tools.missing().items() if name in self.needs)


def figured(measure: Callable[[Tools, int], Awaitable[list[Figure]]]) -> Callable[[Tools, int], Awaitable[Report]]:
    """A job that gives figures alone."""

    async def run(tools: Tools, rounds: int) -> Report:
        return Report(figures=await measure(tools, rounds))

    return run


async def _times(tools: Tools, rounds: int) -> Report:
    floor = commits()
    async with house(redis=False) as server:
        rows = await measured(server)
    after = f"  ask to last of 40 is {rows[0].median / floor.median:.1f} times one commit"
    return Report([*table("Times on SQLite, WAL, synchronous=FULL", [floor, *rows]), after])


async def _times_on_redis(tools: Tools, rounds: int) -> Report:
    async with house(redis=True) as server:
        return Report(table("Times on Redis, appendfsync always", await measured(server)))


async def _phone(tools: Tools, rounds: int) -> Report:
    assert tools.chromium is not None
    async with house(redis=False) as server:
        return Report(table(f"A slow phone among {PEOPLE + 1} people", await on_a_phone(server, tools.chromium)))


async def _arrival(tools: Tools, rounds: int) -> Report:
    assert tools.chromium is not None
    async with house(redis=False) as server:
        rows = await arriving(server, tools.chromium)
    return Report(table("A first visit on a slow line, and very many cards", rows))


async def _comeback(tools: Tools, rounds: int) -> list[Figure]:
    figures = []
    for killed in (True, False):
        async with house(redis=False) as server:
            figures += await comeback(server, killed=killed)
    return figures


async def _growth(tools: Tools, rounds: int) -> Report:
    lines, figures = await growth(tools, rounds)
    return Report(lines, figures)


async def _two(tools: Tools, rounds: int) -> Report:
    figures, carried = await two_processes(tools, rounds)
    return Report(carried, figures)


JOBS = {
    "room-200": Job("one room of 200", figured(lambda tools, rounds: one_room(tools, 200, rounds))),
    "room-1000": Job("one room of 1,000", figured(lambda tools, rounds: one_room(tools, 1000, rounds))),
    "rooms": Job("100 rooms of 20", figured(many_rooms)),
    "redis": Job("rooms of 10 through Redis", figured(through_redis), ("load", "redis")),
    "memory": Job("memory for each person", figured(lambda tools, rounds: memory(tools))),
    "connections": Job("what a connection costs", figured(set_up)),
    "paint": Job("the first picture", figured(lambda tools, rounds: first_paint(tools))),
    "round": Job("a round of numbers", figured(rounds_of_numbers)),
    "comeback": Job("coming back", figured(_comeback), ()),
    "growth": Job("how the cost grows", _growth),
    "two": Job("two processes on one Redis", _two, ("load", "redis")),
    "times": Job("times on SQLite", _times, ()),
    "times-redis": Job("times on Redis", _times_on_redis, ("redis",)),
    "phone": Job("a slow phone", _phone, ("chromium",)),
    "arrival": Job("a slow phone on a slow line", _arrival, ("chromium",)),
}


def table(title: str, rows: Sequence[Row]) -> list[str]:
    """Medians, and what 95 of 100 stay under, in ms."""
    lines = [f"{title:<46}{'median':>10}{'95 of 100':>12}"]
    for one in rows:
        high = "" if one.high is None else f"{one.high:.2f}"
        lines.append(f"  {one.what:<44}{one.median:>10.2f}{high:>12}  {one.note}".rstrip())
    return lines

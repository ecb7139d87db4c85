"""Servers beside each other: all are started and full of people, then each is asked for a while in turn, round after
round. What else the machine does in a round meets them all, so only what was measured in the same round is compared."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from .figures import Figure
from .load import Load, Took
from .targets import Target, other, others, ours
from .tools import Tools

Side = tuple[Target, Load]

SETTLE_S = 1.0
"""Comings are written and told before anything is measured."""
WARM_S = 0.4
STRETCH_S = 1.5
MS = 1000.0
NS_US = 1000
BUSY = 0.9
"""People who need that much of their core are what the servers wait for."""


@dataclass(frozen=True)
class Plan:
    """So many rooms of so many connections, and how many asks are under way at once."""

    rooms: int
    each: int
    in_flight: tuple[int, ...]
    beside: tuple[str, ...]
    redis: bool = False


@dataclass
class Outcome:
    """What each side took, a stretch a round, by how many asks were under way."""

    took: dict[tuple[str, int], list[Took]] = field(default_factory=dict)

    def sides(self, in_flight: int, figure: Callable[[Took], float]) -> dict[str, list[float]]:
        """One figure of every side."""
        return {side: [figure(one) for one in took] for (side, many), took in self.took.items() if many == in_flight}

    def split(self, in_flight: int) -> str:
        """What of a delivery each side leaves to the kernel, and what it does itself, over all rounds."""
        told = []
        for (side, many), took in self.took.items():
            if many == in_flight:
                deliveries = sum(one.deliveries for one in took)
                kernel = sum(one.kernel_ns for one in took) / deliveries / NS_US
                own = sum(one.cpu_ns for one in took) / deliveries / NS_US - kernel
                told.append(f"{side} {kernel:.2f} + {own:.2f}")
        return f"in the kernel + in its own code: {', '.join(told)}"

    @property
    def note(self) -> str:
        """Said where the people were too busy to see how fast the servers are."""
        busy = {side for (side, _), took in self.took.items() if max(one.busy for one in took) > BUSY}
        return f"the people themselves were kept busy by: {', '.join(sorted(busy))}" if busy else ""


async def contest(tools: Tools, plan: Plan, rounds: int) -> Outcome:
    """Measure a plan."""
    outcome = Outcome()
    async with AsyncExitStack() as stack:
        targets = [await stack.enter_async_context(ours(plan.rooms, plan.each, redis=plan.redis))]
        for name in others(tools, *plan.beside):
            targets.append(await stack.enter_async_context(other(name, tools, plan.rooms, plan.each)))
        sides = [(target, await stack.enter_async_context(target.seated(tools))) for target in targets]
        await asyncio.sleep(SETTLE_S)
        for target, load in sides:
            await target.run(load, plan.in_flight[0], WARM_S)
        for number in range(rounds):
            for target, load in turned(sides, number):
                for in_flight in plan.in_flight:
                    took = await target.run(load, in_flight, STRETCH_S)
                    outcome.took.setdefault((target.name, in_flight), []).append(took)
    return outcome


def turned(sides: Sequence[Side], number: int) -> list[Side]:
    """Another one begins each round."""
    first = number % len(sides)
    return [*sides[first:], *sides[:first]]


async def one_room(tools: Tools, people: int, rounds: int) -> list[Figure]:
    """One room of so many, one change at a time and eight."""
    outcome = await contest(tools, Plan(1, people, (1, 8), ("floor", "nchan", "socket.io")), rounds)
    figures = [
        Figure(
            f"One room of {people}, one change at a time: server's processor for each delivery",
            "µs",
            outcome.sides(1, lambda took: took.us_each),
            {"floor": 1.4, "nchan": 1.1, "socket.io": 0.7},
            "; ".join(line for line in (outcome.split(1), outcome.note) if line),
        ),
        Figure(
            f"One room of {people}, eight asks under way: server's processor for each delivery",
            "µs",
            outcome.sides(8, lambda took: took.us_each),
            {"floor": 0.5, "socket.io": 0.25},
        ),
        Figure(
            f"From an ask to the last of {people}, durable; the others store nothing",
            "ms",
            outcome.sides(1, lambda took: took.median * MS),
            {"nchan": 1.5} if people == 200 else {},
        ),
    ]
    return figures


async def many_rooms(tools: Tools, rounds: int) -> list[Figure]:
    """A hundred meetings of twenty."""
    outcome = await contest(tools, Plan(100, 20, (1, 100), ("floor", "nchan", "socket.io")), rounds)
    to_reach = {"floor": 2.0, "socket.io": 0.65}
    return [
        Figure(
            f"100 rooms of 20, {how}: server's processor for each delivery",
            "µs",
            outcome.sides(in_flight, lambda took: took.us_each),
            to_reach,
            outcome.note,
        )
        for in_flight, how in ((1, "a change in one after the other"), (100, "a change in each at once"))
    ]


async def through_redis(tools: Tools, rounds: int) -> list[Figure]:
    """Rooms of ten whose changes go through a Redis: durable in ours, passed on in socket.io's. Ten rooms, for ten
    people may not ask fast enough."""
    if tools.redis is None:
        return [Figure("Rooms of 10 through Redis", missing=tools.missing()["redis"])]
    outcome = await contest(tools, Plan(10, 10, (1, 8), ("socket.io with Redis", "socket.io"), redis=True), rounds)
    return [
        Figure(
            f"Rooms of 10 through Redis, {how}: processor of server and Redis for each change",
            "µs",
            outcome.sides(in_flight, lambda took: took.us_an_ask),
            {"socket.io with Redis": 0.75},
            "ours is written to the disk before anybody is told; socket.io's is only passed on",
        )
        for in_flight, how in ((1, "one at a time"), (8, "eight under way"))
    ]

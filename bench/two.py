"""Two server processes on one Redis, with half of every room on each; and what follows for one machine."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from .contest import MS, SETTLE_S, STRETCH_S, WARM_S
from .cpu import used_ns
from .crowd import SPEECH, Crowd
from .door import door
from .figures import OURS, Figure
from .house import House, free_port, own_redis, scratch
from .ratio import spread
from .targets import Target
from .tools import Tools

ROOMS, EACH = 10, 10
IN_FLIGHT = 8
ASKS_A_MINUTE = 20
"""What a busy meeting of ten asks: everyone writes, changes, moves or answers twice a minute."""


async def two_processes(tools: Tools, rounds: int) -> tuple[list[Figure], list[str]]:
    """What each of the three processes needs for one change, and how many meetings that makes."""
    if tools.redis is None:
        return [Figure("Two processes on one Redis", missing=tools.missing()["redis"])], []
    one = await _measured(tools, 1, rounds)
    two = await _measured(tools, 2, rounds)
    figures = [
        Figure(
            f"Rooms of {EACH} on {many} on one Redis: processor for each change",
            "µs",
            {OURS: took["server"], "Redis": took["redis"]},
            compared=False,
            note=f"from an ask to the last: {spread(took['last_ms'])} ms, {IN_FLIGHT} asks under way",
        )
        for many, took in (("one process", one), ("two processes", two))
    ]
    return figures, carries(_middle(one["server"]), _middle(two["server"]), _middle(two["redis"]))


def carries(alone_us: float, shared_us: float, redis_us: float) -> list[str]:
    """What N cores and one Redis carry, from what one change costs: the servers on one process, those on two together,
    and Redis."""
    a_core, redis = 1e6 / alone_us, 1e6 / redis_us
    meetings = a_core * 60 / ASKS_A_MINUTE
    return [
        f"one core of servers: 1,000,000 / {alone_us:,.0f} µs = {a_core:,.0f} changes a second,",
        f"  which is {a_core:,.0f} x 60 / {ASKS_A_MINUTE} = {meetings:,.0f} busy meetings of {EACH}",
        f"one Redis: 1,000,000 / {redis_us:,.0f} µs = {redis:,.0f} changes a second, as much as"
        f" {redis / a_core:.1f} such cores ask of it",
        f"N cores carry N x {a_core:,.0f} changes a second, up to N = {redis / a_core:.1f}, where a meeting's people"
        f" are on one process;",
        f"  where half of them are on another, both take the change in: {shared_us:,.0f} µs in place of"
        f" {alone_us:,.0f}, N x {1e6 / shared_us:,.0f}",
    ]


async def _measured(tools: Tools, processes: int, rounds: int) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {"server": [], "redis": [], "last_ms": []}
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(scratch())
        redis = await stack.enter_async_context(own_redis(folder))
        servers = [House(folder, free_port(), redis) for _ in range(processes)]
        for server in servers:
            stack.push_async_callback(server.end)
            await server.serve()
        crowd = Crowd(servers[0].port)
        ports = tuple(server.port for server in servers)
        async with door(servers[0].port) as way_in:
            await crowd.come(way_in, rooms=ROOMS, each=EACH, ports=ports)
        pids = [pid for server in servers for pid in server.pids]
        target = Target(OURS, pids, crowd.seats, SPEECH, crowd)
        load = await stack.enter_async_context(target.seated(tools))
        await asyncio.sleep(SETTLE_S)
        await target.run(load, IN_FLIGHT, WARM_S)
        for _ in range(rounds):
            before = used_ns([redis.pid])
            one = await target.run(load, IN_FLIGHT, STRETCH_S)
            took["redis"].append((used_ns([redis.pid]) - before) / one.asked / 1000)
            took["server"].append(one.us_an_ask)
            took["last_ms"].append(one.median * MS)
    return took


def _middle(numbers: list[float]) -> float:
    return spread(numbers).median

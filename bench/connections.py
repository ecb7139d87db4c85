"""What it costs that people are there: a connection that only listens, and the moment it begins."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from .contest import SETTLE_S
from .cpu import memory_bytes, used_ns
from .crowd import Crowd
from .door import door
from .figures import OURS, Figure
from .house import House, house
from .targets import Target, on, other, others, ours
from .tools import Tools

KB = 1024.0
US_MS = 1_000_000.0
BESIDE = ("nchan", "socket.io")
ROOMS, EACH = 50, 20
CONNECTIONS = 240
PEOPLE = 40
CARDS = 200
AT_ONCE = 8
FILL_WITHIN_S = 120.0


async def memory(tools: Tools) -> list[Figure]:
    """A thousand connections in rooms of twenty, that listen."""
    sides = {}
    async with AsyncExitStack() as stack:
        targets = [await stack.enter_async_context(ours(ROOMS, EACH))]
        for name in others(tools, *BESIDE):
            targets.append(await stack.enter_async_context(other(name, tools, ROOMS, EACH)))
        for target in targets:
            before = memory_bytes(target.pids)
            async with target.seated(tools):
                await asyncio.sleep(SETTLE_S)
                sides[target.name] = [(memory_bytes(target.pids) - before) / len(target.seats) / KB]
    what = f"Memory for each of {ROOMS * EACH} people connected, who only listen"
    return [Figure(what, "KB", sides, {OURS: 32.0})]


async def set_up(tools: Tools, rounds: int) -> list[Figure]:
    """Many who come to a board of two hundred cards; the others have no board to welcome them with."""
    sides: dict[str, list[float]] = {}
    async with AsyncExitStack() as stack:
        _, target = await stack.enter_async_context(full_board(tools))
        targets = [target]
        for name in others(tools, *BESIDE):
            targets.append(await stack.enter_async_context(other(name, tools, 1, CONNECTIONS)))
        # The first round is for those who come for the first time, which is written down.
        for number in range(rounds + 1):
            for one in targets:
                cost = await _comes(tools, one)
                if number:
                    sides.setdefault(one.name, []).append(cost)
    what = f"Server's processor for a connection, the welcome to a board of {CARDS} cards included"
    return [Figure(what, "ms", sides, {OURS: 1.2}, "the others send no welcome")]


async def _comes(tools: Tools, target: Target) -> float:
    before = used_ns(target.pids)
    async with target.seated(tools):
        cost = (used_ns(target.pids) - before) / len(target.seats) / US_MS
    await asyncio.sleep(SETTLE_S)
    return cost


@asynccontextmanager
async def full_board(tools: Tools) -> AsyncIterator[tuple[House, Target]]:
    """A server with forty people, their facilitator and a wall, and two hundred cards on the board."""
    async with house(redis=False) as server:
        crowd = Crowd(server.port)
        async with door(server.port) as way_in:
            await crowd.come(way_in, rooms=1, each=CONNECTIONS, people=PEOPLE)
        target = on(server, crowd)
        await fill(tools, target, CARDS)
        yield server, target


async def fill(tools: Tools, target: Target, cards: int) -> None:
    """Cards by everyone in turn, as fast as they may write them."""
    assert isinstance(target.asking, Crowd)
    async with target.seated(tools) as load:
        asks = target.asking.filling(cards)
        await load.run(asks, in_flight=AT_ONCE, seconds=FILL_WITHIN_S, pids=target.pids)
        target.asking.filled()

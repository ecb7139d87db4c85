"""`./run bench`: measures a server on SQLite, then one on Redis, and prints a table. Takes under two minutes."""

from __future__ import annotations

import asyncio
import os
import platform

from .comeback import comeback
from .house import has_redis, house, take_other_core
from .measure import Row, commits, measured
from .phone import PEOPLE as FELLOWS
from .phone import has_browser, on_a_phone


def main() -> None:
    """Measure everything and print it."""
    floor = commits()
    print(f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}\n")
    show("This machine", [floor])
    take_other_core()
    sqlite = asyncio.run(run(redis=False))
    show("SQLite, WAL, synchronous=FULL", sqlite)
    print(f"  ask to last of 40 is {sqlite[0].median / floor.median:.1f} times one commit\n")
    show("A server that ends and starts again", asyncio.run(restarted()))
    if has_browser():
        show(f"A slow phone among {FELLOWS + 1} people", asyncio.run(phone()))
    else:
        print("A phone could not be measured: there is no Chromium on this machine. `./run test` fetches one.")
    if not has_redis():
        print("Redis could not be measured: there is no redis-server on this machine.")
        return
    redis = asyncio.run(run(redis=True))
    show("Redis, appendfsync always", redis)
    print(f"  ask to last of 40 takes {redis[0].median / sqlite[0].median:.2f} times as long as on SQLite")


async def run(*, redis: bool) -> list[Row]:
    """Start a server, measure it and end it."""
    async with house(redis=redis) as server:
        return await measured(server)


async def phone() -> list[Row]:
    """Start a server on SQLite, measure a phone on it and end it."""
    async with house(redis=False) as server:
        return await on_a_phone(server)


async def restarted() -> list[Row]:
    """Start a server on SQLite, end it under five hundred connections and start it again, in both ways."""
    rows = []
    for killed in (True, False):
        async with house(redis=False) as server:
            rows += await comeback(server, killed=killed)
    return rows


def show(title: str, rows: list[Row]) -> None:
    """Print one table."""
    print(f"{title:<46}{'median':>10}{'95 of 100':>12}")
    for one in rows:
        high = "" if one.high is None else f"{one.high:.2f}"
        print(f"  {one.what:<44}{one.median:>10.2f}{high:>12}  {one.note}".rstrip())
    print()


if __name__ == "__main__":
    main()

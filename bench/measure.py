"""The measurements: one ask at a time, eight at once, and whether the server still answers while it commits."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .house import HOST, House
from .people import PEOPLE, People

ROUNDS = 6
"""Each of the forty adds, changes and moves this many cards: within what one person may ask at once."""
AT_ONCE = 8
FLOOD_S = 4.0
LOOK_EVERY_S = 0.01
IDLE_LOOKS = 100
COMMITS = 200
SETTLE_S = 2.5
"""Comings are written and told before anything is measured."""
MS = 1000.0


@dataclass(frozen=True)
class Row:
    """One line of the table: a median and a 95th percentile in ms, or a count a second."""

    what: str
    median: float
    high: float | None = None
    note: str = ""


def row(what: str, seconds: Sequence[float], note: str = "") -> Row:
    """A line made of times in seconds."""
    return Row(what, statistics.median(seconds) * MS, statistics.quantiles(seconds, n=20)[-1] * MS, note)


def commits() -> Row:
    """What this machine's disk takes for one small commit as the log writes it."""
    with tempfile.TemporaryDirectory(prefix="signboard-bench-") as folder:
        store = sqlite3.connect(Path(folder) / "floor.sqlite", isolation_level=None)
        for line in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "CREATE TABLE entry (seq INTEGER, body BLOB)",
        ):
            store.execute(line)
        taken = []
        for seq in range(COMMITS):
            at = time.perf_counter()
            store.execute("INSERT INTO entry VALUES (?, ?)", (seq, b"x" * 400))
            taken.append(time.perf_counter() - at)
        store.close()
    return row("one SQLite commit, nothing else", taken, "the floor of this disk")


async def measured(house: House) -> list[Row]:
    """All that is measured on one server."""
    people = People(house)
    try:
        await people.come()
        await asyncio.sleep(SETTLE_S)
        return [*await one_at_a_time(people), *await several(people), *await responsive(people)]
    finally:
        people.go()


async def one_at_a_time(people: People) -> list[Row]:
    """Forty people in turn: add a card, change it, move it."""
    heard: dict[str, list[float]] = {"card.add": [], "card.edit": [], "card.move": []}
    done: list[float] = []
    for number in range(ROUNDS // 2 * PEOPLE):
        card = secrets.token_hex(8)
        for tag, fields in (
            ("card.add", added(card, number)),
            ("card.edit", {"card": card, "text": words(number + 1), "was": 1}),
            ("card.move", {"card": card, "column": "needs", "before": None}),
        ):
            last, answered = await people.ask(number, card, tag, fields)
            heard[tag].append(last)
            done.append(answered)
        # Nobody may ask faster than ten a second for long; waiting for that is not what is measured.
        await asyncio.sleep(0.03)
    every = [one for each in heard.values() for one in each]
    return [
        row("ask to last of 40", every, "one at a time; to reach: median under 25"),
        *(row(f"  {tag}", each) for tag, each in heard.items()),
        row("ask to done", done, "durable, answered to who asked"),
    ]


async def several(people: People) -> list[Row]:
    """Eight asks under way at any time."""
    numbers = iter(range(ROUNDS * PEOPLE))
    began = time.perf_counter()
    heard = [one for each in await asyncio.gather(*(_adding(people, numbers) for _ in range(AT_ONCE))) for one in each]
    rate = len(heard) / (time.perf_counter() - began)
    return [row("ask to last of 40, 8 in flight", heard), Row("  asks a second", rate, note="each told to 42")]


async def responsive(people: People) -> list[Row]:
    """How soon `/healthz` answers, at rest and while everybody asks as fast as they may."""
    await asyncio.sleep(SETTLE_S)
    rest = await _looks(people, IDLE_LOOKS)
    stop = time.perf_counter() + FLOOD_S
    flood = [asyncio.create_task(_flooding(people, who, stop)) for who in range(PEOPLE)]
    looks = await _looks(people, int(FLOOD_S / LOOK_EVERY_S), until=stop)
    asked = sum(await asyncio.gather(*flood))
    return [
        row("/healthz, at rest", rest),
        row("/healthz, while 40 ask as fast as they may", looks, f"longest {max(looks) * MS:.0f} ms"),
        Row("  asks a second meanwhile", asked / FLOOD_S),
    ]


async def _adding(people: People, numbers: Iterable[int]) -> list[float]:
    heard = []
    for number in numbers:
        card = secrets.token_hex(8)
        last, _ = await people.ask(number, card, "card.add", added(card, number))
        heard.append(last)
    return heard


async def _flooding(people: People, who: int, stop: float) -> int:
    card = secrets.token_hex(8)
    await people.ask(who, card, "card.add", added(card, who))
    asked = 1
    while time.perf_counter() < stop:
        await people.ask(who, card, "card.edit", {"card": card, "text": words(asked), "was": asked})
        asked += 1
    return asked


async def _looks(people: People, most: int, until: float = float("inf")) -> list[float]:
    reader, writer = await asyncio.open_connection(HOST, people.house.port)
    ask = f"GET /healthz HTTP/1.1\r\nHost: {HOST}:{people.house.port}\r\n\r\n".encode()
    taken = []
    for _ in range(most):
        at = time.perf_counter()
        writer.write(ask)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        await reader.readexactly(length)
        taken.append(time.perf_counter() - at)
        if time.perf_counter() > until:
            break
        await asyncio.sleep(LOOK_EVERY_S)
    writer.close()
    return taken


def added(card: str, number: int) -> dict[str, object]:
    """A new card."""
    return {"id": card, "column": "well", "text": words(number)}


def words(number: int) -> str:
    """A card as people write them: some 80 characters."""
    return f"When it gets loud at home the children can knock at number {number}, at any time of day."

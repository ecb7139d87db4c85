"""The long form: `python -m tests.leaks --pairs N --seed S [--store sqlite|redis] [--wire M] [--marked
K]`. Holds N pairs of meetings in this process and M over a real socket, and K meetings in which every word is marked.
Prints figures, and ends with 1 where anybody could tell two of a pair apart, or was told words not for them."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.board.chance import many
from tests.leaks.canaries import watched
from tests.leaks.pairing import pair
from tests.leaks.pairs import differences
from tests.leaks.script import CANARY
from tests.leaks.test_an_answer_tells_nothing import CASES, hold
from tests.leaks.world import worlds
from tests.meeting import running, settings_in

VALUES = {
    "number": [*range(11), "not-sure"],
    "answer": ["agree", "partly", "differently"],
    "step": ["yes", "but"],
}
"""Over the wire: answers that look alike to all others."""


async def in_process(folder: Path, pairs: int, seed: str, store: str) -> list[str]:
    """Hold the pairs one after the other. Returns everything by which two could be told apart."""
    found: list[str] = []
    kinds: Counter[str] = Counter()
    began = time.monotonic()
    async with worlds(folder, store) as both:
        for number in range(pairs):
            one = pair(number, seed)
            kinds[one.kind] += 1
            found += await differences(both, one, number)
        on_disk = [held for world in (both.one, both.other) for held in world.on_disk()]
        found += ["a file of the storage holds the words"] if any(CANARY.encode() in held for held in on_disk) else []
    took = time.monotonic() - began
    print(f"{pairs} pairs on {store} in {took:.0f} s, seed {seed}: {len(found)} differences")
    for kind, count in sorted(kinds.items()):
        print(f"  {count:5} {kind}")
    return found


async def over_the_wire(folder: Path, pairs: int, seed: str) -> list[str]:
    """The same over real sockets, where ids and moments are made alike afterwards."""
    dice = random.Random(seed)
    found: list[str] = []
    began = time.monotonic()
    async with running(settings_in(folder)) as server:
        for number in range(pairs):
            name = list(CASES)[number % len(CASES)]
            asked, _this, _that = CASES[name]
            kind = next((kind for kind in VALUES if kind in name), "answer")
            this, that = dice.sample(VALUES[kind], 2)
            words = f"{CANARY} " * dice.randint(1, 18)
            one, other = await asyncio.gather(
                hold(server, asked, this, words), hold(server, asked, that, words if kind == "step" else "")
            )
            apart = [who for who in one.others if one.others[who] != other.others[who] or CANARY in one.others[who]]
            if apart or one.danas != other.danas or one.stored != other.stored:
                found.append(f"over the wire, {name}, {this} and {that}: {apart or 'lengths'}")
    print(f"{pairs} pairs over the wire in {time.monotonic() - began:.0f} s: {len(found)} differences")
    return found


def by_marks(meetings: int, seed: str) -> list[str]:
    """Meetings by chance in which every word is marked. Returns whatever reached someone it was not for."""
    dice = random.Random(seed)
    found: list[str] = []
    marks = frames = 0
    began = time.monotonic()
    for _ in range(meetings):
        admit, authors = dice.choice(["ask", "all"]), dice.choice(["shown", "hidden"])
        one = watched([*many(dice.randrange(2**32)), *many(dice.randrange(2**32))], admit=admit, authors=authors)
        found += one.plays()
        marks += len(one.marked.said) + len(one.marked.refused)
        frames += one.frames
    took = time.monotonic() - began
    print(f"{meetings} meetings with {marks} marked words in {frames} frames in {took:.0f} s: {len(found)} told amiss")
    return found


def main() -> int:
    """Hold them all. Returns 1 where something was told."""
    reader = argparse.ArgumentParser(prog="python -m tests.leaks", description="Meetings nobody can tell apart.")
    reader.add_argument("--pairs", type=int, default=300)
    reader.add_argument("--seed", default="1")
    reader.add_argument("--store", choices=["sqlite", "redis"], default="sqlite")
    reader.add_argument("--wire", type=int, default=16, help="pairs over a real socket, on SQLite")
    reader.add_argument("--marked", type=int, default=300, help="meetings in which every word is marked")
    wish = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        found = asyncio.run(in_process(Path(folder), wish.pairs, wish.seed, wish.store))
        found += asyncio.run(over_the_wire(Path(other), wish.wire, wish.seed))
    found += by_marks(wish.marked, wish.seed)
    for what in found:
        print(what)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""Bugs planted on purpose, to see that the checker finds each. `python -m tests.faults.bugs` plants them one by one
into a meeting inside this process, and prints what found them; none of it exists in the server."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tests.storage import RedisServer, Storage

from . import misled, planted
from .checker import Violation
from .scene import play

TRIES_MOST = 12
SECONDS = 0.5
LONGER_S = 0.25
"""Each try is so much longer than the one before: on a busy machine little happens in a short one."""
PATIENCE_S = {"sqlite": 1.0, "redis": 2.5}
"""With a bug in place much never comes. Redis is looked at each second."""


@dataclass(frozen=True)
class Bug:
    """A bug, what it does in a few words, and where it shows."""

    plant: Callable[[], Sequence[misled.Change]]
    does: str
    store: Literal["sqlite", "redis"] = "sqlite"
    fork: bool = False


BUGS = {
    "hasty": Bug(planted.hasty, "done is told before it is written"),
    "forgetful": Bug(planted.forgetful, "nothing is looked up before it is written again"),
    "late-memory": Bug(planted.late_memory, "a repeat is answered as at first, and written once more"),
    "off-by-one": Bug(misled.off_by_one, "who comes back misses the first change"),
    "trusting": Bug(planted.trusting, "pub/sub is trusted, and nobody looks at the stream", store="redis"),
    "open-welcome": Bug(misled.open_welcome, "a welcome forgets who looks"),
    "stale-board": Bug(misled.stale_board, "who comes is given the board that somebody was given before"),
    "blind-stand": Bug(misled.blind_stand, "nobody notices that somebody stands otherwise"),
    "old-fan": Bug(misled.old_fan, "who comes back gets what the last one to come back had missed"),
    "loose-drop": Bug(misled.loose_drop, "a drop goes to who never saw it"),
    "kept-verdict": Bug(planted.kept_verdict, "after Stale the old verdict stands"),
    "one-board": Bug(planted.one_board, "a batch is judged on the board before it"),
    "written-no": Bug(planted.written_no, "what is refused is written all the same"),
    "blind-retry": Bug(planted.blind_retry, "an unsure write is written again without reading"),
    "wishful": Bug(planted.wishful, "an unsure write is taken for written"),
    "overruled": Bug(planted.overruled, "who was too late is told it is done"),
    "crossed": Bug(planted.crossed, "the answers of a batch are crossed"),
    "headless": Bug(planted.headless, "the head is not compared", store="redis", fork=True),
    "one-epoch": Bug(planted.one_epoch, "a log that went back keeps its epoch", fork=True),
    "lossy-line": Bug(misled.lossy_line, "a slow reader loses changes and is not cut off"),
    "late-change": Bug(misled.late_change, "done comes before the change"),
    "shared-eyes": Bug(misled.shared_eyes, "nobody gets a change of their own"),
    "sticky-words": Bug(misled.sticky_words, "erased words stay for who comes back"),
    "old-eyes": Bug(misled.old_eyes, "who was given another role comes back with the old eyes"),
    "no-drop": Bug(misled.no_drop, "what somebody may not see any more stays on their screen"),
    "lost-ring": Bug(planted.lost_ring, "a bell that should ring seldom does"),
}


@contextmanager
def in_place(bug: Bug) -> Iterator[None]:
    """Have the bug in this process for a while."""
    changes = bug.plant()
    before = [(where, name, getattr(where, name)) for where, name, _new in changes]
    try:
        for where, name, new in changes:
            setattr(where, name, new)
        yield
    finally:
        for where, name, old in reversed(before):
            setattr(where, name, old)


async def hunt(
    bug: Bug, folder: Path, redis: RedisServer, *, tries: int = TRIES_MOST, seconds: float = SECONDS
) -> list[Violation]:
    """Hold meetings with the bug in place until the checker finds something, or so many."""
    for seed in range(tries):
        storage = Storage(bug.store, folder / str(seed) / "signboard.sqlite", redis)
        storage.file.parent.mkdir(parents=True)
        found = await play(
            storage,
            seed,
            seconds=seconds + seed * LONGER_S,
            patience=PATIENCE_S[bug.store],
            fork=bug.fork,
            planted=in_place(bug),
        )
        # On a busy machine people come to rest late: that alone finds no bug.
        if found := [violation for violation in found if violation.law != "rest"]:
            return found
    return []


def quiet() -> None:
    """Keep what the server says of its own bugs off the terminal."""
    logging.getLogger("server").setLevel(logging.CRITICAL)


async def hunt_all(names: Sequence[str], say: Callable[[str], None]) -> list[str]:
    """Look for each. Returns those that were not found."""
    missed = []
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        redis = RedisServer(Path(folder))
        redis.start()
        try:
            for name in names:
                began = time.monotonic()
                found = await hunt(BUGS[name], Path(folder) / name, redis)
                laws = ", ".join(dict.fromkeys(violation.law for violation in found))
                if not found:
                    missed.append(name)
                seconds = time.monotonic() - began
                say(f"{name:13} {BUGS[name].does:62} {laws or 'NOT FOUND'} ({seconds:.1f} s)")
        finally:
            redis.kill()
    return missed


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.bugs", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="BUG", help=f"of {', '.join(BUGS)}; all, if none is named")
    chosen: Any = parser.parse_args()
    quiet()

    def say(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    names = chosen.names or list(BUGS)
    missed = asyncio.run(hunt_all(names, say))
    say(f"{len(names) - len(missed)} of {len(names)} found")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

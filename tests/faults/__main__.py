"""`python -m tests.faults --minutes N --seed S [--store sqlite|redis]`: real servers, 24 browsers, and everything that
can go wrong between them, for so long. Exits with 1 where a promise was broken."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

from .evening import PACE, Figures, hold
from .machines import Store, machines
from .plan import faults

SHOWN_MOST = 10
EVENING_S = 45.0
"""Meetings begin anew after so long, so that a long run needs no more memory than a short one."""


async def run(
    store: Store,
    *,
    seconds: float,
    seed: int,
    folder: Path,
    bug: str = "",
    mount: bool = False,
    pace: float = PACE,
    pause: tuple[float, float] = (0.5, 3.5),
    least: int = 0,
    say: Callable[[str], None] = lambda line: None,
) -> Figures:
    """One run: the same seed has the same faults in the same order, and no run ends with fewer than `least`."""
    figures, dice = Figures(), random.Random(seed)
    async with machines(store, folder, bug=bug, mount=mount) as made:
        if store == "sqlite":
            say(f"a full disk is {'a mounted one with no byte left' if made.disk.mounted else 'a limit on file size'}")
        plan = faults(seed, store, len(made.servers), pause=pause)
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not figures.violations:
            evening = min(EVENING_S, left)
            await hold(made, plan, figures, seconds=evening, dice=dice, pace=pace, least=least, say=say)
            say(f"so far {summary(figures)}")
    return figures


def summary(figures: Figures) -> str:
    """The figures on one line."""
    return (
        f"{figures.acknowledged} acknowledged, {figures.refused} refused, {figures.asked_again} asked again, "
        f"{figures.connections} connections, {figures.entries} entries in {figures.meetings} meetings, "
        f"{figures.faults.total()} faults, {len(figures.violations)} violations"
    )


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="for all stores together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", choices=get_args(Store), action="append", help="one after the other, if not said")
    parser.add_argument("--pace", type=float, default=PACE, help="how many asks a second each person makes")
    parser.add_argument("--bug", default="", help="plant this bug of tests/faults/bugs.py in every server")
    chosen = parser.parse_args()
    stores: list[Store] = chosen.store or list(get_args(Store))
    broken = 0
    for store in stores:
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            figures = asyncio.run(
                run(
                    store,
                    seconds=chosen.minutes * 60 / len(stores),
                    seed=chosen.seed,
                    folder=Path(folder),
                    bug=chosen.bug,
                    pace=chosen.pace,
                    mount=True,
                    say=_say_since(time.monotonic()),
                )
            )
        broken += len(figures.violations)
        sys.stdout.writelines(f"{line}\n" for line in _report(f"{store}, seed {chosen.seed}", figures))
    return 1 if broken else 0


def _say_since(began: float) -> Callable[[str], None]:
    def say(line: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:7.1f} s  {line}\n")
        sys.stdout.flush()

    return say


def _report(what: str, figures: Figures) -> Iterator[str]:
    yield f"{what}: {summary(figures)}"
    for kind, times in sorted(figures.faults.items()):
        yield f"  {times:5} {kind}"
    for law, times in Counter(violation.law for violation in figures.violations).items():
        yield f"  {times:5} VIOLATIONS of {law}"
    for law, found in figures.violations[:SHOWN_MOST]:
        yield f"  {law}: {found}"


if __name__ == "__main__":
    sys.exit(main())

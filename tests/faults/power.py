"""`python -m tests.faults.power [--images N] [--cuts N] [--seed S]`: the power fails while logs are written, on SQLite
in N images of what a disk may hold then, on Redis N times. Exits with 1 where anything acknowledged is gone, or where
settings that are known to lose something lose nothing: then these images prove nothing."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from .aof import cuts
from .images import images, losses, record

BATCHES = 60
"""Written to each room of a SQLite log: enough that it is folded back into its file many times."""
IMAGES_A_RECORD = 250
CUTS_A_REDIS = 20
"""Each cut reads all that was written by then: a new one now and then is sooner read."""


def sqlite(folder: Path, many: int, seed: int, *, synchronous: str = "") -> list[str]:
    """The power fails so often. Returns what was lost, with one line for each time that something was."""
    found = []
    for place, of_this in enumerate(_shares(many, IMAGES_A_RECORD)):
        written, image = folder / f"written{place}", folder / f"image{place}"
        for new in (written, image):
            new.mkdir(parents=True)
        deeds = record(written / "signboard.sqlite", seed + place, BATCHES, synchronous=synchronous)
        for files, acks, how in images(deeds, of_this, seed + place):
            if lost := losses(image, files, acks):
                found.append(f"{how}: {'; '.join(lost[:3])}")
    return found


def redis(folder: Path, many: int, seed: int, **settings: str) -> list[str]:
    """The same with Redis."""
    found = []
    for place, of_this in enumerate(_shares(many, CUTS_A_REDIS)):
        for lost in asyncio.run(cuts(folder / str(place), of_this, seed + place, **settings)):
            if lost:
                found.append("; ".join(lost[:3]))
    return found


def _shares(many: int, most: int) -> list[int]:
    whole, rest = divmod(many, most)
    return [most] * whole + ([rest] if rest else [])


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.power", description=__doc__)
    parser.add_argument("--images", type=int, default=2000)
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="power-") as name:
        folder = Path(name)
        weak = chosen.images // 10, max(3, chosen.cuts // 10)
        outcomes = [
            ("SQLite, synchronous FULL", chosen.images, sqlite(folder / "full", chosen.images, chosen.seed), False),
            ("SQLite, synchronous NORMAL", weak[0], sqlite(folder / "n", weak[0], 1, synchronous="NORMAL"), True),
            ("Redis, appendfsync always", chosen.cuts, redis(folder / "always", chosen.cuts, chosen.seed), False),
            ("Redis, appendfsync everysec", weak[1], redis(folder / "e", weak[1], 1, appendfsync="everysec"), True),
        ]
    for what, times, lost, should in outcomes:
        sys.stdout.write(f"{what}: {times} times, {len(lost)} lost something{', as it should' if should else ''}\n")
        sys.stdout.writelines(f"  {line}\n" for line in lost[:5] if not should)
    return 0 if all(bool(lost) == should for _what, _times, lost, should in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())

"""What goes wrong and when, from a seed. It does nothing itself."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

BOTH = (
    "server killed",
    "server told to stop",
    "server frozen",
    "browsers cut",
    "browsers half open",
    "browsers stalled",
    "browsers split",
    "answers to browsers swallowed",
    "reader slow",
    "disk full",
)
WITH_REDIS = (
    "redis killed",
    "redis frozen",
    "redis cut",
    "redis half open",
    "redis stalled",
    "redis split",
    "answers of redis swallowed",
    "server parted from redis",
)


class Fault(NamedTuple):
    """After `pause` seconds, `kind` happens to server number `which` and lasts so many seconds."""

    pause: float
    kind: str
    which: int
    lasts: float


def faults(seed: int, store: str, servers: int, *, pause: tuple[float, float] = (0.5, 3.5)) -> Iterator[Fault]:
    """Faults for ever. Every kind comes once before any comes again. With what they last, one comes every 1 to 5
    seconds."""
    dice = random.Random(seed)
    while True:
        kinds = [*BOTH, *(WITH_REDIS if store == "redis" else ())]
        dice.shuffle(kinds)
        for kind in kinds:
            yield Fault(dice.uniform(*pause), kind, dice.randrange(servers), dice.uniform(1.0, 3.0))

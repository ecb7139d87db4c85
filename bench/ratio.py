"""What many measurements come to: medians, quartiles, and the ratio of two sides that were measured in the same rounds.
Knows nothing of servers."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """The middle of some numbers, and between what the middle half of them lies."""

    low: float
    median: float
    high: float

    def __str__(self) -> str:
        if self.low == self.high:
            return short(self.median)
        return f"{short(self.median)} [{short(self.low)}-{short(self.high)}]"


def spread(numbers: Sequence[float]) -> Spread:
    """The quartiles of at least one number."""
    if len(numbers) == 1:
        return Spread(numbers[0], numbers[0], numbers[0])
    low, median, high = statistics.quantiles(numbers, n=4, method="inclusive")
    return Spread(low, median, high)


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """How many times theirs ours is, taken round by round: what else the machine did in a round met both."""
    return spread([one / other for one, other in zip(ours, theirs, strict=True)])


def short(number: float) -> str:
    """A number as a person would say it: three digits that mean something."""
    if number == 0 or abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}" if abs(number) < 1 else f"{number:.2f}" if abs(number) < 10 else f"{number:.1f}"

"""How fast one person may ask: a burst, then a steady pace. Whoever is faster is read more slowly; nothing is refused
for being fast. Only who does not wait for any answer is told to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

BURST: Final = 30
EACH_SECOND: Final = 10.0
UNANSWERED_MOST: Final = 64
PEOPLE_MOST: Final = 10_000


class Pace:
    """One for all people of this process. Times are seconds of a steady clock, given by the caller."""

    def __init__(self, burst: int = BURST, each_second: float = EACH_SECOND) -> None:
        self._each_second = each_second
        self._ahead_s = burst / each_second
        self._free_at: dict[str, float] = {}

    def wait(self, name: str, now: float) -> float:
        """Count one ask of `name`. Returns how many seconds to let pass before the next is read."""
        free_at = max(self._free_at.pop(name, 0.0), now) + 1 / self._each_second
        self._free_at[name] = free_at
        if len(self._free_at) > PEOPLE_MOST:
            # Who asked longest ago is at rest again, most likely; at worst somebody gets a fresh burst.
            del self._free_at[next(iter(self._free_at))]
        return max(0.0, free_at - now - self._ahead_s)


class Unanswered:
    """How many asks of each person wait for their answer, where each comes by a request of its own."""

    def __init__(self, most: int = UNANSWERED_MOST) -> None:
        self._most = most
        self._asks: Counter[str] = Counter()

    @contextmanager
    def one(self, name: str) -> Iterator[bool]:
        """Count one of `name` while it lasts. Yields whether it may be: False means too many wait already."""
        may = self._asks[name] < self._most
        self._asks[name] += may
        try:
            yield may
        finally:
            self._asks[name] -= may
            if not self._asks[name]:
                del self._asks[name]

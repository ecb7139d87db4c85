"""How often something may happen: counted for each address and in all, within a stretch of time. Each process counts
for itself, and forgets when it ends."""

import logging
from collections import deque
from typing import Final

ADDRESSES_MOST: Final = 10_000
EVERYBODY: Final = "*"
LOOK_AGAIN_S: Final = 1.0
"""Looking through all addresses takes a while: a flood of new ones must not have it done for each."""

logger = logging.getLogger(__name__)


class Budget:
    """At most `most` times within `within_s` seconds for one name. Times are seconds of a steady clock, given by the
    caller."""

    def __init__(self, most: int, within_s: float) -> None:
        self.most = most
        self.within_s = within_s
        self._times: dict[str, deque[float]] = {}
        self._looked_at = -LOOK_AGAIN_S

    def left(self, name: str, now: float) -> int:
        """How often it may happen yet."""
        times = self._times.get(name)
        if times is None:
            return self.most
        while times and times[0] <= now - self.within_s:
            times.popleft()
        if not times:
            del self._times[name]
        return self.most - len(times)

    def spend(self, name: str, now: float) -> bool:
        """Count it, if it may happen. Returns whether it may."""
        if self.left(name, now) <= 0:
            return False
        if name not in self._times and len(self._times) >= ADDRESSES_MOST:
            self._forget_idle(now)
        self._times.setdefault(name, deque()).append(now)
        return True

    def _forget_idle(self, now: float) -> None:
        if now - self._looked_at >= LOOK_AGAIN_S:
            self._looked_at = now
            for name in list(self._times):
                self.left(name, now)
        # Still full of busy ones: the one that began to count first starts anew, so that memory stays bounded.
        if len(self._times) >= ADDRESSES_MOST:
            del self._times[next(iter(self._times))]


class Guesses:
    """Wrong codes and keys: so many from one address, and so many from everywhere together."""

    def __init__(self, *, each: Budget, all: Budget) -> None:
        self._each = each
        self._all = all
        self._quiet_until = 0.0

    def may(self, address: str, now: float) -> bool:
        """Whether this address may try again."""
        return self._each.left(address, now) > 0 and self._all.left(EVERYBODY, now) > 0

    def failed(self, address: str, now: float) -> None:
        """Count a wrong one."""
        self._each.spend(address, now)
        self._all.spend(EVERYBODY, now)
        if self._all.left(EVERYBODY, now) <= 0 and now >= self._quiet_until:
            self._quiet_until = now + self._all.within_s
            logger.warning("So many wrong codes or keys came from everywhere that newcomers have to wait.")

"""Who has a device connected and who is writing, in every process that serves a room. Told, never written; forgotten
when nobody repeats it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from .writing import Hand

REPEAT_S: Final = 5.0
FORGET_S: Final = 15.0
WRITES_NO_MORE_S: Final = 7.0
"""A process that says nothing for so long has nobody who writes."""


class News(msgspec.Struct, frozen=True):
    """What one process says of one room: `house` is the process, `here` the people connected to it, `writing` what they
    write in."""

    house: str
    here: list[str]
    writing: list[Hand] = []


class Nearby:
    """The people connected to this room, here and elsewhere. Times are seconds of one steady clock, given by the
    caller."""

    def __init__(self, house: str) -> None:
        self.house = house
        self._elsewhere: dict[str, tuple[float, News]] = {}

    def hear(self, message: bytes, now: float) -> None:
        """Take in what a process said. What cannot be read is passed over."""
        try:
            news = msgspec.json.decode(message, type=News)
        except msgspec.MsgspecError:
            return
        if news.house != self.house:
            self._elsewhere[news.house] = (now, news)

    def say(self, here: Iterable[str], writing: Iterable[Hand] = ()) -> bytes:
        """What this process says of itself."""
        return msgspec.json.encode(News(self.house, sorted(set(here)), list(writing)))

    def all(self, here: Iterable[str], now: float) -> frozenset[str]:
        """Everyone connected: `here` in this process, and in others that spoke within FORGET_S."""
        self._elsewhere = {house: told for house, told in self._elsewhere.items() if now - told[0] < FORGET_S}
        return frozenset(here).union(*(news.here for _, news in self._elsewhere.values()))

    def writing(self, here: Iterable[Hand], now: float) -> list[Hand]:
        """Who writes where: `here` in this process, and in others as they said last."""
        told = [news.writing for at, news in self._elsewhere.values() if now - at < WRITES_NO_MORE_S]
        return sorted({*here, *(hand for hands in told for hand in hands)})

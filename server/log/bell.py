"""Who follows and who hears which room in this process, and what wakes them. Both stores ring it; it stores nothing."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, TypeVar

from . import Entry, Unavailable

AGAIN_S = 0.2
PASSED_ON_MOST = 1_000
HEARD_MOST = 1_000

T = TypeVar("T")


class Read(Protocol):
    def __call__(self, room: str, *, after: int) -> Awaitable[list[Entry]]: ...


class Ear:
    """One follower: the number it stands at, entries passed on to it, and whether it must look into the log itself."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.passed_on: list[Entry] = []
        self.look = True
        self.woken = asyncio.Event()

    def ring(self, entries: Sequence[Entry]) -> None:
        """Pass entries on, or (none given) have it look."""
        if not entries or len(self.passed_on) + len(entries) > PASSED_ON_MOST:
            self.passed_on.clear()
            self.look = True
        elif not self.look:
            self.passed_on.extend(entries)
        self.woken.set()

    def last(self) -> int:
        return self.passed_on[-1].header.seq if self.passed_on else self.at

    def take(self) -> list[Entry] | None:
        """What was passed on and comes next; None when only the log can tell."""
        self.woken.clear()
        passed_on, self.passed_on = self.passed_on, []
        look, self.look = self.look, False
        fresh = [entry for entry in passed_on if entry.header.seq > self.at]
        expected = range(self.at + 1, self.at + 1 + len(fresh))
        if look or any(entry.header.seq != seq for entry, seq in zip(fresh, expected, strict=True)):
            return None
        return fresh


class Mouth:
    """One hearer: what was told and not yet heard."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[bytes] = asyncio.Queue(HEARD_MOST)

    def tell(self, message: bytes) -> None:
        if self.told.full():
            self.told.get_nowait()
        self.told.put_nowait(message)


class Bell:
    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        """`changed` is called when the rooms listened to become more or fewer."""
        self._changed = changed
        self._ears: defaultdict[str, set[Ear]] = defaultdict(set)
        self._mouths: defaultdict[str, set[Mouth]] = defaultdict(set)

    def rooms(self) -> set[str]:
        return self._ears.keys() | self._mouths.keys()

    def followed(self) -> list[str]:
        return list(self._ears)

    def ring(self, room: str, entries: Sequence[Entry] = ()) -> None:
        """These entries were written, in this order; or, with none given, followers had better look."""
        for ear in self._ears.get(room, ()):
            ear.ring(entries)

    def stands_at(self, room: str, last: int) -> None:
        """The log ends at `last`: who believes otherwise looks."""
        for ear in self._ears.get(room, ()):
            if ear.last() != last:
                ear.ring(())

    def tell(self, room: str, message: bytes) -> None:
        for mouth in self._mouths.get(room, ()):
            mouth.tell(message)

    async def follow(self, room: str, *, after: int, read: Read) -> AsyncIterator[list[Entry]]:
        ear = Ear(after)
        # Follow before reading: an entry that lands in between is then seen twice here, never missed.
        with self._listening(self._ears, room, ear):
            while True:
                entries = ear.take()
                if entries is None:
                    entries = await _patiently(read, room, ear.at)
                if entries:
                    ear.at = entries[-1].header.seq
                    yield entries
                else:
                    await ear.woken.wait()

    async def hear(self, room: str) -> AsyncIterator[bytes]:
        mouth = Mouth()
        with self._listening(self._mouths, room, mouth):
            while True:
                yield await mouth.told.get()

    @contextmanager
    def _listening(self, listeners: defaultdict[str, set[T]], room: str, listener: T) -> Iterator[None]:
        listeners[room].add(listener)
        self._changed()
        try:
            yield
        finally:
            listeners[room].discard(listener)
            if not listeners[room]:
                del listeners[room]
            self._changed()


async def _patiently(read: Read, room: str, after: int) -> list[Entry]:
    """Read, however long storage stays away."""
    while True:
        try:
            return await read(room, after=after)
        except Unavailable:
            await asyncio.sleep(AGAIN_S)

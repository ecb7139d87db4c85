"""A room's log: numbered, chained entries that are durable once written. What storage promises stands here; how it
keeps the promise stands in sqlite.py and redis.py."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from types import TracebackType
from typing import Protocol, Self

import msgspec

START = "0" * 64
"""What stands before the first entry: the head of a log that is still empty."""

SALT_BYTES = 16

_canonical = msgspec.json.Encoder()


class Header(msgspec.Struct, frozen=True, array_like=True):
    """What stays of an entry for ever. `seq` counts from 1 without a gap; `at` is milliseconds since 1970, UTC;
    `digest` is the hex SHA-256 of salt + sealed body; `before` is the hash of the header before, `START` for the
    first."""

    seq: int
    at: int
    by: str
    device: str
    ref: int
    tag: str
    digest: str
    before: str

    def canonical(self) -> bytes:
        """A JSON array of the fields in the order above, no spaces, UTF-8: what is stored and what is hashed."""
        return _canonical.encode(self)

    def hash(self) -> str:
        """Hex SHA-256 of `canonical()`."""
        return hashlib.sha256(self.canonical()).hexdigest()


class Entry(msgspec.Struct, frozen=True):
    """A header with its body. `salt` is 16 bytes and `body` sealed bytes; both are None once the body was erased."""

    header: Header
    salt: bytes | None
    body: bytes | None


class Stale(Exception):
    """Someone else wrote first: nothing was written. Read on from where you stood, then ask again."""

    def __init__(self, room: str, last: int) -> None:
        super().__init__(f"log {room} already stands at {last}")
        self.room, self.last = room, last


class Behind(Exception):
    """The log went backwards or holds another history: nothing was written. `last` is the number it stands at."""

    def __init__(self, room: str, last: int) -> None:
        super().__init__(f"log {room} stands at {last}, and not where it was known to stand")
        self.room, self.last = room, last


class Gone(Exception):
    """The room was erased. Nothing can be read or written there again."""

    def __init__(self, room: str) -> None:
        super().__init__(f"log {room} was erased")
        self.room = room


class Broken(Exception):
    """What is stored is not what was written: `seq` is the first entry that does not verify, `why` says how."""

    def __init__(self, room: str, seq: int, why: str) -> None:
        super().__init__(f"log {room} does not verify at {seq}: {why}")
        self.room, self.seq, self.why = room, seq, why


class Unsure(Exception):
    """Storage did not answer in time or the line was cut: it may be written, now or a moment later. Read the log,
    never guess."""


class Unavailable(Exception):
    """Nothing was written: storage cannot be reached, is full or is read-only. Try again later."""


class Log(Protocol):
    """The logs of all rooms. Entered once, left once; safe to use from many tasks of one event loop."""

    async def append(
        self, room: str, entries: Sequence[Entry], *, after: int, head: str, forget: Sequence[int] = ()
    ) -> None:
        """Write `entries` as after+1 and on, where the log ends at `after` with the hash `head`: all of them or none,
        durable on return. Bodies and salts of the earlier numbers in `forget` are deleted in the same step.
        Raises Stale, Behind, Gone, Unsure, Unavailable."""
        ...

    async def read(self, room: str, *, after: int) -> list[Entry]:
        """Everything after the number you name, its chain checked; [] when there is nothing more, or nothing yet.
        Raises Gone, Behind (the log ends before `after`), Broken, Unavailable."""
        ...

    def follow(self, room: str, *, after: int) -> AsyncIterator[list[Entry]]:
        """Everything after the number you name, as it is written: in order, no gap, no repeat, for ever. Outlives
        storage that goes away and comes back. Ends by Gone, Behind or Broken."""
        ...

    async def erase(self, room: str) -> None:
        """Delete the room's key, place, entries and bodies, and leave a tombstone (room id, date). Again changes
        nothing. Raises Unsure, Unavailable."""
        ...

    async def tell(self, room: str, message: bytes) -> None:
        """Say something to every process that hears this room, this one too. Never stored, may get lost, never
        raises."""
        ...

    def hear(self, room: str) -> AsyncIterator[bytes]:
        """What is told about this room from now on. A hearer who falls 1,000 messages behind loses the oldest."""
        ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

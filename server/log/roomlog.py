"""One room's log, opened with its key: the only part of the log that the rest of the server uses."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence

import msgspec

from . import SALT_BYTES, START, Behind, Broken, Entry, Header, Log
from .chain import digest
from .seal import RoomKey

BREATHE_EVERY = 500
"""Entries opened between two turns of the event loop: about 5 ms."""


class Draft(msgspec.Struct, frozen=True):
    """An entry that is not yet written. `body` is plain; with `length` all bodies of up to so many bytes are stored
    at one size."""

    at: int
    by: str
    device: str
    ref: int
    tag: str
    body: bytes
    length: int | None = None


class Spoken(msgspec.Struct, frozen=True):
    """An entry as it was written, opened. `body` is None once erased."""

    seq: int
    at: int
    by: str
    device: str
    ref: int
    tag: str
    body: bytes | None


class Report(msgspec.Struct, frozen=True):
    """What checking a chain found. `bad` is the first number that does not verify, None when all do; `head` is the
    hash of the last header, to compare with one that was printed."""

    room: str
    entries: int
    erased: int
    bad: int | None
    why: str
    head: str


class RoomLog:
    """Knows where it stands (`seq`, `head`) and moves only forward. Its calls may come from several tasks; they take
    turns."""

    def __init__(self, log: Log, room: str, key: RoomKey) -> None:
        self.room = room
        self.seq = 0
        self.head = START
        self._log = log
        self._key = key
        self._turn = asyncio.Lock()
        self._passed_on: list[Entry] = []
        self._doubt = False

    def anew(self) -> "RoomLog":
        """The same log, from its beginning."""
        return RoomLog(self._log, self.room, self._key)

    async def catch_up(self) -> list[Spoken]:
        """What was written after `seq`, in order; moves there. Raises Behind (the log went backwards or holds another
        history: begin anew with a new RoomLog), Broken, Gone, Unavailable."""
        async with self._turn:
            passed_on, self._passed_on = self._passed_on, []
            fresh = [entry for entry in passed_on if entry.header.seq > self.seq]
            if self._doubt or not passed_on or not self._follow_on(fresh):
                fresh = await self._read()
                self._doubt = False
            spoken = [await self._open(entry) for entry in fresh]
            self._move(fresh)
            return spoken

    async def append(self, drafts: Sequence[Draft], *, forget: Sequence[int] = ()) -> list[Spoken]:
        """Write drafts at `seq` and move there: all or none, durable on return. Bodies of the numbers in `forget` are
        destroyed in the same step. Raises Stale, Behind, Gone, Unavailable (not written) and Unsure (catch up and
        look)."""
        async with self._turn:
            entries = self._chain(drafts)
            try:
                await self._log.append(self.room, entries, after=self.seq, head=self.head, forget=forget)
            except BaseException:
                # Whatever was passed on may be older than what stopped us: look into the log itself next time.
                self._doubt = True
                raise
            self._move(entries)
            return [_spoken(entry.header, draft.body) for entry, draft in zip(entries, drafts, strict=True)]

    def derive(self, label: bytes) -> bytes:
        """32 bytes that only this room's key and `label` make, gone with the room."""
        return self._key.derive(label)

    def doubt(self) -> None:
        """Have the next `catch_up` look into the log itself, whatever was passed on meanwhile."""
        self._doubt = True

    async def bell(self) -> AsyncIterator[None]:
        """Yields whenever others may have written: `async for _ in log.bell(): spoken = await log.catch_up()`.
        Several writes may ring once; one's own do not. Ends by Gone, Behind or Broken."""
        async for entries in self._log.follow(self.room, after=self.seq):
            if entries[-1].header.seq > self.seq:
                self._passed_on.extend(entries)
                yield

    async def follow(self) -> AsyncIterator[list[Spoken]]:
        """What others write from now on. What `append` or `catch_up` gave elsewhere is not given again."""
        async for _ in self.bell():
            if spoken := await self.catch_up():
                yield spoken

    async def _read(self) -> list[Entry]:
        """Read our own last entry again with what follows: its hash is how a log that went backwards or forked is
        found."""
        if self.seq == 0:
            return await self._log.read(self.room, after=0)
        entries = await self._log.read(self.room, after=self.seq - 1)
        if not entries or entries[0].header.hash() != self.head:
            raise Behind(self.room, entries[-1].header.seq if entries else self.seq - 1)
        return entries[1:]

    def _follow_on(self, entries: Sequence[Entry]) -> bool:
        """Whether these are what comes next, each after the one before."""
        seq, head = self.seq, self.head
        for entry in entries:
            if entry.header.seq != seq + 1 or entry.header.before != head:
                return False
            seq, head = entry.header.seq, entry.header.hash()
        return True

    def _move(self, entries: Sequence[Entry]) -> None:
        if entries:
            self.seq, self.head = entries[-1].header.seq, entries[-1].header.hash()

    def _chain(self, drafts: Sequence[Draft]) -> list[Entry]:
        entries: list[Entry] = []
        seq, head = self.seq, self.head
        for draft in drafts:
            seq += 1
            salt = secrets.token_bytes(SALT_BYTES)
            body = self._key.seal(draft.body, room=self.room, seq=seq, length=draft.length)
            header = Header(
                seq, draft.at, draft.by, draft.device, draft.ref, draft.tag, digest(salt, body), before=head
            )
            entries.append(Entry(header, salt, body))
            head = header.hash()
        return entries

    async def _open(self, entry: Entry) -> Spoken:
        seq = entry.header.seq
        if seq % BREATHE_EVERY == 0:
            await asyncio.sleep(0)
        body = None if entry.body is None else self._key.open(entry.body, room=self.room, seq=seq)
        return _spoken(entry.header, body)


def _spoken(header: Header, body: bytes | None) -> Spoken:
    return Spoken(header.seq, header.at, header.by, header.device, header.ref, header.tag, body)


async def verify(log: Log, room: str) -> Report:
    """Check the whole chain, without any key. Raises Gone, Unavailable."""
    try:
        entries = await log.read(room, after=0)
    except Broken as broken:
        return Report(room, broken.seq - 1, 0, broken.seq, broken.why, "")
    erased = sum(entry.body is None for entry in entries)
    return Report(room, len(entries), erased, None, "", entries[-1].header.hash() if entries else START)

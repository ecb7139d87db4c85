"""The embedded log and register: one SQLite file, one process, one thread that writes and one that reads."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from . import START, Behind, Entry, Gone, Stale, Unavailable
from .bell import Bell
from .chain import must_follow, read_back, row
from .register import CodeTaken, Place, StaffKey
from .sqlitefile import open_reader, open_writer
from .writer import Writer

T = TypeVar("T")

LAST = "SELECT seq, hash FROM entry WHERE room = ? ORDER BY seq DESC LIMIT 1"
ROWS = """
    SELECT entry.seq, header, hash, salt, body FROM entry LEFT JOIN body USING (room, seq)
    WHERE entry.room = ? AND entry.seq > ? ORDER BY entry.seq
"""


def open_sqlite(path: Path) -> "SqliteStore":
    """The store in this file, which is made when missing. `async with` it; raises CannotOpen with a plain sentence."""
    return SqliteStore(path)


class SqliteStore:
    """A Log and a Register."""

    unsafe: tuple[str, ...] = ()

    def __init__(self, path: Path) -> None:
        self._path = path
        self._bell = Bell()

    async def __aenter__(self) -> Self:
        self._writer = Writer(await asyncio.to_thread(open_writer, self._path))
        self._reading = ThreadPoolExecutor(1, "log-reader")
        self._reader = await self._in_reader(lambda: open_reader(self._path))
        self._writer.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._in_reader(lambda: self._reader.close())
        self._reading.shutdown(wait=False)
        # Last out: closing the writer folds the write-ahead log into the file.
        await self._writer.stop()

    async def append(
        self, room: str, entries: Sequence[Entry], *, after: int, head: str, forget: Sequence[int] = ()
    ) -> None:
        must_follow(entries, after=after, head=head)
        rows = [row(entry) for entry in entries]

        def write(db: sqlite3.Connection) -> None:
            _refuse_gone(db, room)
            # The log is the only lock: who writes must stand where the log ends, on the same history.
            last, hash_of_last = db.execute(LAST, (room,)).fetchone() or (0, START)
            if last > after:
                raise Stale(room, last)
            if last < after or hash_of_last != head:
                raise Behind(room, last)
            db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", [(room, *kept[:3]) for kept in rows])
            # A body lives apart from its header, so that it can be deleted and the chain still verifies.
            bodies = [(room, seq, salt, body) for seq, _, _, salt, body in rows if body is not None]
            db.executemany("INSERT INTO body VALUES (?, ?, ?, ?)", bodies)
            db.executemany("DELETE FROM body WHERE room = ? AND seq = ?", [(room, seq) for seq in forget])

        await self._writer.run(write, then=lambda: self._bell.ring(room, entries), wipes=bool(forget))

    async def read(self, room: str, *, after: int) -> list[Entry]:
        def read(db: sqlite3.Connection) -> list[Entry]:
            _refuse_gone(db, room)
            last, _ = db.execute(LAST, (room,)).fetchone() or (0, START)
            if last < after:
                raise Behind(room, last)
            return read_back(room, db.execute(ROWS, (room, after)), after=after, head=None)

        return await self._read(read)

    def follow(self, room: str, *, after: int) -> AsyncIterator[list[Entry]]:
        return self._bell.follow(room, after=after, read=self.read)

    async def erase(self, room: str) -> None:
        at = int(time.time() * 1000)

        def write(db: sqlite3.Connection) -> None:
            # The key first: without it the rest is noise, wherever a copy may lie.
            db.execute("DELETE FROM place WHERE room = ?", (room,))
            db.execute("DELETE FROM body WHERE room = ?", (room,))
            db.execute("DELETE FROM entry WHERE room = ?", (room,))
            # The first date stays.
            db.execute("INSERT INTO tombstone VALUES (?, ?) ON CONFLICT DO NOTHING", (room, at))

        await self._writer.run(write, then=lambda: self._bell.ring(room), wipes=True)

    async def tell(self, room: str, message: bytes) -> None:
        self._bell.tell(room, message)

    def hear(self, room: str) -> AsyncIterator[bytes]:
        return self._bell.hear(room)

    async def add(self, place: Place) -> None:
        def write(db: sqlite3.Connection) -> None:
            # One code, one room; the same room again is someone who did not hear the first answer.
            taken = db.execute("SELECT 1 FROM place WHERE code = ? AND room <> ?", (place.code, place.room)).fetchone()
            if taken:
                raise CodeTaken(place.code)
            kept = (place.room, place.code, place.ends, place.key)
            db.execute("INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?)", kept)

        await self._writer.run(write)

    async def by_code(self, code: str) -> Place | None:
        found = await self._places("WHERE code = ?", code)
        return found[0] if found else None

    async def find(self, room: str) -> Place | None:
        found = await self._places("WHERE room = ?", room)
        return found[0] if found else None

    async def all(self) -> list[Place]:
        return await self._places("ORDER BY room")

    async def ends(self, room: str, at_ms: int | None) -> None:
        await self._writer.run(lambda db: db.execute("UPDATE place SET ends = ? WHERE room = ?", (at_ms, room)))

    async def remove(self, room: str) -> None:
        await self._writer.run(lambda db: db.execute("DELETE FROM place WHERE room = ?", (room,)), wipes=True)

    async def staff(self) -> list[StaffKey]:
        return await self._read(lambda db: [StaffKey(*one) for one in db.execute("SELECT * FROM staff ORDER BY name")])

    async def add_staff(self, key: StaffKey) -> None:
        kept = (key.name, key.digest, key.at)
        await self._writer.run(lambda db: db.execute("INSERT OR REPLACE INTO staff VALUES (?, ?, ?)", kept))

    async def remove_staff(self, name: str) -> None:
        await self._writer.run(lambda db: db.execute("DELETE FROM staff WHERE name = ?", (name,)), wipes=True)

    async def _places(self, which: str, *values: str) -> list[Place]:
        def read(db: sqlite3.Connection) -> list[Place]:
            kept = db.execute(f"SELECT room, code, ends, key FROM place {which}", values)  # noqa: S608 (all ours)
            return [Place(*one) for one in kept]

        return await self._read(read)

    async def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do `work` on one unmoving view of the file."""

        def read() -> T:
            self._reader.execute("BEGIN")
            try:
                return work(self._reader)
            finally:
                self._reader.execute("COMMIT")

        try:
            return await self._in_reader(read)
        except sqlite3.Error as error:
            raise Unavailable(f"the log cannot be read: {error}") from error

    async def _in_reader(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._reading, work)


def _refuse_gone(db: sqlite3.Connection, room: str) -> None:
    """An erased room is gone for writers and readers alike, for ever."""
    if db.execute("SELECT 1 FROM tombstone WHERE room = ?", (room,)).fetchone():
        raise Gone(room)

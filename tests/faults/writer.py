"""A process that does nothing but write to a SQLite log, and says on stdout what was acknowledged: room, number, hash
of that header, and the number whose words were to leave. Takes a file, a seed, how many batches, and how to sync."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import sys
from pathlib import Path

from server.log import START, Header, Log, sqlitefile
from server.log import Entry as Sealed
from server.log.chain import digest
from server.log.sqlite import open_sqlite

ROOMS = ("room0001", "room0002", "room0003")
BATCH_MOST = 6
BODY_MOST = 3000
FORGETS_ONE_IN = 6
START_MS = 1_800_000_000_000


class Pen:
    """Writes to one room, batch after batch."""

    def __init__(self, log: Log, room: str, dice: random.Random) -> None:
        self._log = log
        self._dice = dice
        self.room = room
        self.seq = 0
        self.head = START

    async def write(self) -> tuple[int, str, int]:
        """One batch. Returns number and head once they are acknowledged, and the number whose words were to leave."""
        entries, seq, head = [], self.seq, self.head
        for _ in range(self._dice.randint(1, BATCH_MOST)):
            seq += 1
            salt, body = self._dice.randbytes(16), self._dice.randbytes(self._dice.randint(1, BODY_MOST))
            header = Header(seq, START_MS + seq, "maureen1", "phone", seq, "card.add", digest(salt, body), head)
            entries.append(Sealed(header, salt, body))
            head = header.hash()
        forget = [self._dice.randint(1, self.seq)] if self.seq and not self._dice.randrange(FORGETS_ONE_IN) else []
        await self._log.append(self.room, entries, after=self.seq, head=self.head, forget=forget)
        self.seq, self.head = seq, head
        return seq, head, forget[0] if forget else 0


async def write_all(file: Path, seed: int, batches: int) -> None:
    """Write so many batches to each room, all rooms at once."""
    async with open_sqlite(file) as log:

        async def fill(room: str, dice: random.Random) -> None:
            pen = Pen(log, room, dice)
            for _ in range(batches):
                seq, head, forgot = await pen.write()
                os.write(1, f"{room} {seq} {head} {forgot}\n".encode())

        await asyncio.gather(*(fill(room, random.Random(f"{seed}{room}")) for room in ROOMS))
        # As in a power cut: nobody closes the file.
        os._exit(0)


def synchronous(how: str) -> None:
    """Have every file opened from here on be synced otherwise than ours are."""
    prepare = sqlitefile._prepare

    def otherwise(db: sqlite3.Connection, path: Path) -> None:
        prepare(db, path)
        db.execute(f"PRAGMA synchronous = {how}")

    sqlitefile._prepare = otherwise


if __name__ == "__main__":
    if len(sys.argv) > 4:
        synchronous(sys.argv[4])
    asyncio.run(write_all(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))

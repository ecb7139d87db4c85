"""The one thread that writes to the SQLite file. Whatever waits when it comes round is one transaction, a savepoint
each."""

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, TypeVar

from . import Unavailable, Unsure

GROUP_MOST = 256
TRUNCATE = "PRAGMA wal_checkpoint(TRUNCATE)"

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Job(NamedTuple):
    work: Callable[[sqlite3.Connection], Any]
    done: asyncio.Future[Any]
    then: Callable[[], None]
    wipes: bool


class Writer:
    """Owns its connection from `start` to `stop`. Not for reading: readers have a connection of their own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._run, name="log-writer", daemon=True)
        self._stopping = False
        self._wipe_due = False

    def start(self) -> None:
        self._thread.start()

    async def stop(self) -> None:
        """Write what waits, then end."""
        self._stopping = True
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)
        self._db.close()

    async def run(
        self, work: Callable[[sqlite3.Connection], T], *, then: Callable[[], None] = lambda: None, wipes: bool = False
    ) -> T:
        """Do `work` on the connection; what it did is durable on return. What it raises undoes it alone and is raised
        here. `then` is called on the event loop once durable, even when nobody waits any more; `wipes` says it
        deletes words. Raises Unavailable (nothing written) or Unsure."""
        if self._stopping:
            raise Unavailable("the log is closed")
        done: asyncio.Future[T] = self._loop.create_future()
        self._jobs.put(Job(work, done, then, wipes))
        return await done

    def _run(self) -> None:
        going = True
        while going:
            group, going = self._group()
            if group:
                outcomes = self._write(group)
                self._loop.call_soon_threadsafe(_settle, group, outcomes)

    def _group(self) -> tuple[list[Job], bool]:
        """All that waits, and whether to come again."""
        job = self._jobs.get()
        group: list[Job] = []
        while job is not None:
            group.append(job)
            if len(group) == GROUP_MOST:
                return group, True
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return group, True
        return group, False

    def _write(self, group: list[Job]) -> list[Any]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            outcomes = [self._one(job) for job in group]
        except sqlite3.Error as error:
            self._undo()
            return [_unavailable(error) for _ in group]
        try:
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._undo()
            # A failed sync says nothing about what reached the disk: after a crash it might be there.
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_IOERR:
                return [Unsure(str(error)) for _ in group]
            return [_unavailable(error) for _ in group]
        self._wipe(group)
        return outcomes

    def _one(self, job: Job) -> Any:
        """What the job returned or raised. Raises only where storage itself failed, which ends the whole group."""
        self._db.execute("SAVEPOINT job")
        try:
            outcome = job.work(self._db)
        except Exception as error:
            if isinstance(error, sqlite3.Error) and _is_storage(error):
                raise
            # Undo this job alone: its neighbours in the transaction did nothing wrong.
            self._db.execute("ROLLBACK TO job")
            outcome = error
        self._db.execute("RELEASE job")
        return outcome

    def _undo(self) -> None:
        # SQLite has itself rolled back after some errors; a second ROLLBACK would be one more error.
        if self._db.in_transaction:
            try:
                self._db.execute("ROLLBACK")
            except sqlite3.Error as error:
                logger.error("the log could not roll back: %s", error)

    def _wipe(self, group: list[Job]) -> None:
        """Deleted words are overwritten in the file, but the write-ahead log still holds them until it is cut to
        nothing."""
        self._wipe_due = self._wipe_due or any(job.wipes for job in group)
        if self._wipe_due:
            try:
                busy, _, _ = self._db.execute(TRUNCATE).fetchone()
                self._wipe_due = bool(busy)
            except sqlite3.Error as error:
                logger.warning("deleted words wait in the write-ahead log until the next write: %s", error)


def _is_storage(error: sqlite3.Error) -> bool:
    """Whether the disk or the file failed, rather than one statement."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return code not in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_TOOBIG)


def _unavailable(error: sqlite3.Error) -> Unavailable:
    return Unavailable(f"the log cannot be written: {error}")


def _settle(group: list[Job], outcomes: list[Any]) -> None:
    """Answer all who wait, then ring: a writer knows where it stands before its own bell tells it."""
    for job, outcome in zip(group, outcomes, strict=True):
        if job.done.done():
            continue
        if isinstance(outcome, Exception):
            job.done.set_exception(outcome)
        else:
            job.done.set_result(outcome)
    for job, outcome in zip(group, outcomes, strict=True):
        if not isinstance(outcome, Exception):
            job.then()

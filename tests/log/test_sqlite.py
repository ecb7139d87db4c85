"""What only the SQLite file promises."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from server.log import START, Stale, Unavailable, Unsure
from server.log.register import Place
from server.log.sqlite import SqliteStore, open_sqlite
from server.log.sqlitefile import MIGRATIONS, CannotOpen, _prepare, open_writer
from server.log.writer import GROUP_MOST, Writer
from tests.log.chains import ROOM, chain, follows, words
from tests.storage import in_time


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "signboard.sqlite"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[SqliteStore]:
    async with open_sqlite(file) as opened:
        yield opened


@pytest.fixture
async def writer(file: Path) -> AsyncIterator[Writer]:
    """A writer that has not started: what is asked of it first is one group."""
    made = Writer(open_writer(file))
    yield made
    if not made._thread.is_alive():
        made.start()
    await made.stop()


async def cannot_open(file: Path) -> str:
    """The sentence with which this file is refused."""
    with pytest.raises(CannotOpen) as refused:
        async with open_sqlite(file):
            pass
    assert str(file) in str(refused.value)
    return str(refused.value)


def overwrite(file: Path, *, at: int, with_: bytes) -> None:
    content = bytearray(file.read_bytes() if file.exists() else b"")
    content[at : at + len(with_)] = with_
    file.write_bytes(content)


def put_away(file: Path) -> None:
    file.rename(file.with_name("notes.txt"))


# The file


async def test_the_file_and_its_companions_are_private(file: Path, store: SqliteStore) -> None:
    await store.append(ROOM, chain("a"), after=0, head=START)
    assert {one.name for one in file.parent.iterdir()} == {file.name, f"{file.name}-wal", f"{file.name}-shm"}
    assert {stat.S_IMODE(one.stat().st_mode) for one in file.parent.iterdir()} == {0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


async def test_every_commit_is_synced_and_deleted_words_are_overwritten(file: Path) -> None:
    with closing(open_writer(file)) as db:
        settings = [
            db.execute(f"PRAGMA {one}").fetchone()[0] for one in ("journal_mode", "synchronous", "secure_delete")
        ]
    assert settings == ["wal", 2, 1]


async def test_that_does_not_hang_on_how_sqlite_was_built(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "any.sqlite", isolation_level=None)) as db:
        db.execute("PRAGMA secure_delete = OFF")
        db.execute("PRAGMA synchronous = OFF")
        _prepare(db, tmp_path / "any.sqlite")
        assert [db.execute(f"PRAGMA {one}").fetchone()[0] for one in ("synchronous", "secure_delete")] == [2, 1]


async def test_a_closed_store_leaves_one_whole_file(file: Path) -> None:
    async with open_sqlite(file) as store:
        await store.append(ROOM, chain("a"), after=0, head=START)
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    async with open_sqlite(file) as store:
        assert words(await store.read(ROOM, after=0)) == ["a"]


async def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
    before = file.read_bytes()
    assert "another program" in await cannot_open(file)
    assert file.read_bytes() == before


async def test_a_file_of_a_newer_release_is_left_alone(file: Path) -> None:
    async with open_sqlite(file):
        pass
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    assert "newer Signboard" in await cannot_open(file)


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Dear diary, " * 500)
    assert "no SQLite database" in await cannot_open(file)
    assert file.read_text() == "Dear diary, " * 500


async def test_a_damaged_file_is_found_at_the_start(file: Path) -> None:
    async with open_sqlite(file) as store:
        await store.append(ROOM, chain(*(str(number) * 50 for number in range(300))), after=0, head=START)
    overwrite(file, at=8192, with_=b"\x5a" * 4096)
    assert "damaged" in await cannot_open(file)


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    assert "cannot be opened" in await cannot_open(tmp_path / "taken" / "signboard.sqlite")


async def test_a_store_that_was_refused_can_be_opened_once_the_cause_is_gone(file: Path) -> None:
    file.parent.mkdir()
    overwrite(file, at=0, with_=b"Dear diary, " * 500)
    await cannot_open(file)
    put_away(file)
    async with open_sqlite(file) as store:
        assert await store.all() == []


# Words that leave


def on_disk(file: Path) -> bytes:
    return b"".join(one.read_bytes() for one in file.parent.iterdir())


async def test_forgotten_words_are_in_no_byte_of_the_file_or_its_log(file: Path, store: SqliteStore) -> None:
    secret = "My brother must not know"
    entries = chain("a", secret * 300, "c")
    await store.append(ROOM, entries, after=0, head=START)
    assert secret.encode() in on_disk(file)
    await store.append(ROOM, follows(entries[2], "card.erase"), after=3, head=entries[2].header.hash(), forget=[2])
    assert secret.encode() not in on_disk(file)


async def test_an_erased_room_leaves_no_word_and_no_key(file: Path, store: SqliteStore) -> None:
    await store.add(Place(ROOM, "ABCD2345", None, b"the key of the room"))
    await store.append(ROOM, chain("words", by="maureen9"), after=0, head=START)
    await store.erase(ROOM)
    left = on_disk(file)
    assert [one for one in (b"words", b"maureen9", b"the key of the room", b"ABCD2345") if one in left] == []


async def test_the_date_of_an_erasure_is_the_first_one(file: Path, store: SqliteStore) -> None:
    dates = []
    for _again in range(2):
        await store.erase(ROOM)
        dates.append(await store._read(lambda db: db.execute("SELECT room, at FROM tombstone").fetchall()))
        await asyncio.sleep(0.01)
    assert dates[0] == dates[1]
    assert dates[0][0][0] == ROOM


async def test_words_that_could_not_be_wiped_at_once_are_wiped_with_the_next_write(
    file: Path, store: SqliteStore
) -> None:
    entries = chain("a", "My brother must not know")
    await store.append(ROOM, entries, after=0, head=START)
    with closing(sqlite3.connect(file, isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM entry").fetchone()
        await store.append(ROOM, follows(entries[1], "x"), after=2, head=entries[1].header.hash(), forget=[2])
    assert b"My brother" in on_disk(file)
    await store.ends("another1room", None)
    assert b"My brother" not in on_disk(file)


# The writer


def add(room: str) -> Callable[[sqlite3.Connection], object]:
    """Work that writes a row."""
    return lambda db: db.execute("INSERT INTO tombstone VALUES (?, 0)", (room,))


async def test_what_waits_is_one_transaction(writer: Writer) -> None:
    begun: list[str] = []
    writer._db.set_trace_callback(lambda sql: begun.append(sql) if sql.startswith(("BEGIN", "COMMIT")) else None)
    jobs = [asyncio.create_task(writer.run(add(f"room{number}"))) for number in range(50)]
    await asyncio.sleep(0)
    writer.start()
    await asyncio.gather(*jobs)
    assert begun == ["BEGIN IMMEDIATE", "COMMIT"]


async def test_a_group_has_an_end(writer: Writer) -> None:
    commits: list[str] = []
    writer._db.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)
    jobs = [asyncio.create_task(writer.run(lambda db: None)) for _number in range(GROUP_MOST + 1)]
    await asyncio.sleep(0)
    writer.start()
    await asyncio.gather(*jobs)
    assert len(commits) == 2


async def test_one_that_fails_takes_back_its_own_work_alone(writer: Writer) -> None:
    def half(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO tombstone VALUES ('half', 0)")
        raise Stale("half", 7)

    def twice(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO tombstone VALUES ('twice', 0)")
        db.execute("INSERT INTO tombstone VALUES ('twice', 0)")

    jobs = [asyncio.create_task(writer.run(work)) for work in (add("one"), half, twice, add("two"))]
    await asyncio.sleep(0)
    writer.start()
    outcomes = await asyncio.gather(*jobs, return_exceptions=True)
    assert [type(outcome).__name__ for outcome in outcomes] == ["Cursor", "Stale", "IntegrityError", "Cursor"]
    kept = await writer.run(lambda db: db.execute("SELECT room FROM tombstone ORDER BY room").fetchall())
    assert kept == [("one",), ("two",)]


async def test_who_waits_is_answered_before_followers_are_woken_and_only_where_it_was_written(writer: Writer) -> None:
    order: list[str] = []

    def fails(db: sqlite3.Connection) -> None:
        raise Stale("room", 1)

    async def ask(work: Any, name: str) -> None:
        try:
            await writer.run(work, then=lambda: order.append(f"bell {name}"))
        finally:
            order.append(f"answer {name}")

    jobs = [asyncio.create_task(ask(work, name)) for work, name in ((lambda db: None, "one"), (fails, "two"))]
    await asyncio.sleep(0)
    writer.start()
    await asyncio.gather(*jobs, return_exceptions=True)
    assert sorted(order) == ["answer one", "answer two", "bell one"]


async def test_what_nobody_waits_for_any_more_is_written_and_told_all_the_same(writer: Writer) -> None:
    rung: list[int] = []
    job = asyncio.create_task(
        writer.run(lambda db: db.execute("INSERT INTO tombstone VALUES ('late', 0)"), then=lambda: rung.append(1))
    )
    await asyncio.sleep(0)
    job.cancel()
    writer.start()
    assert await writer.run(lambda db: db.execute("SELECT room FROM tombstone").fetchall()) == [("late",)]
    assert rung == [1]


async def test_what_waits_is_written_before_the_writer_ends(file: Path) -> None:
    writer = Writer(open_writer(file))
    job = asyncio.create_task(writer.run(lambda db: db.execute("INSERT INTO tombstone VALUES ('last', 0)")))
    await asyncio.sleep(0)
    writer.start()
    await writer.stop()
    await job
    with pytest.raises(Unavailable):
        await writer.run(lambda db: None)
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("SELECT room FROM tombstone").fetchall() == [("last",)]


async def test_the_event_loop_goes_on_while_the_disk_is_slow(writer: Writer) -> None:
    gate = threading.Event()
    job = asyncio.create_task(writer.run(lambda db: gate.wait(5)))
    writer.start()
    for _turn in range(100):
        await asyncio.sleep(0)
    assert not job.done()
    gate.set()
    assert await in_time(job) is True


# Storage that fails


async def test_a_full_disk_writes_nothing_and_says_so_and_goes_on_when_there_is_room(store: SqliteStore) -> None:
    db = store._writer._db
    entries = chain("a")
    await store.append(ROOM, entries, after=0, head=START)
    pages = (await store._writer.run(lambda db: db.execute("PRAGMA page_count").fetchone()))[0]
    await store._writer.run(lambda db: db.execute(f"PRAGMA max_page_count = {pages}").fetchone())
    large = follows(entries[0], "x" * 200_000)
    with pytest.raises(Unavailable, match="full"):
        await store.append(ROOM, large, after=1, head=entries[0].header.hash())
    assert words(await store.read(ROOM, after=0)) == ["a"]
    assert not db.in_transaction
    await store._writer.run(lambda db: db.execute("PRAGMA max_page_count = 100000").fetchone())
    await store.append(ROOM, large, after=1, head=entries[0].header.hash())


async def test_a_file_another_program_holds_is_unavailable_and_nothing_is_half_written(
    file: Path, store: SqliteStore
) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="locked"):
            await store.append(ROOM, chain("a"), after=0, head=START)
        assert await store.read(ROOM, after=0) == []
    await store.append(ROOM, chain("a"), after=0, head=START)


class _FailingSync:
    """A connection whose disk fails as the commit is synced."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if sql == "COMMIT":
            self._db.execute("ROLLBACK")
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
            raise error
        return self._db.execute(sql, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._db, name)


async def test_a_sync_that_fails_leaves_it_unsure_for_everyone_in_the_group(writer: Writer) -> None:
    writer._db = _FailingSync(writer._db)  # type: ignore[assignment]
    jobs = [asyncio.create_task(writer.run(lambda db: None)) for _one in range(2)]
    await asyncio.sleep(0)
    writer.start()
    outcomes = await asyncio.gather(*jobs, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [Unsure, Unsure]


async def test_readers_cannot_write(store: SqliteStore) -> None:
    with pytest.raises(Unavailable, match="readonly"):
        await store._read(lambda db: db.execute("DELETE FROM entry"))


async def test_the_file_itself_is_the_last_fence(writer: Writer) -> None:
    """Even a writer that asked nobody can hold no number twice, and no code for two rooms."""
    entry = "INSERT INTO entry VALUES ('room', 1, x'00', 'hash')"
    place = "INSERT INTO place VALUES (?, 'ABCD2345', NULL, x'00')"
    writer.start()
    await writer.run(lambda db: db.execute(entry))
    await writer.run(lambda db: db.execute(place, ("room",)))
    with pytest.raises(sqlite3.IntegrityError):
        await writer.run(lambda db: db.execute(entry))
    with pytest.raises(sqlite3.IntegrityError):
        await writer.run(lambda db: db.execute(place, ("other",)))

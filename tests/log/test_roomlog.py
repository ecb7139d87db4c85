"""One room's log, opened with its key, on SQLite and on Redis."""

from __future__ import annotations

import asyncio

import pytest

from server.hub import Store
from server.log import START, Behind, Broken, Stale
from server.log.ending import end
from server.log.roomlog import Draft, RoomLog, Spoken, verify
from server.log.seal import RoomKey, new_room_key
from tests.log.chains import ROOM
from tests.log.tamper import put_rows, rows, sabotage
from tests.storage import Storage, until


def draft(body: str, *, ref: int = 1, length: int | None = None) -> Draft:
    return Draft(1234, "maureen1", "device01", ref, "card.add", body.encode(), length)


def said(spoken: list[Spoken]) -> list[tuple[int, bytes | None]]:
    return [(one.seq, one.body) for one in spoken]


@pytest.fixture
def key() -> RoomKey:
    return new_room_key()


@pytest.fixture
def here(store: Store, key: RoomKey) -> RoomLog:
    return RoomLog(store, ROOM, key)


@pytest.fixture
def there(store: Store, key: RoomKey) -> RoomLog:
    return RoomLog(store, ROOM, key)


async def test_who_opens_a_room_reads_what_was_said(here: RoomLog, there: RoomLog) -> None:
    written = await here.append([draft("a"), draft("ü‮", ref=2)])
    assert await there.catch_up() == written
    assert (there.seq, there.head) == (here.seq, here.head)
    assert await there.catch_up() == []


async def test_who_was_overtaken_reads_on_and_asks_again(here: RoomLog, there: RoomLog) -> None:
    await here.append([draft("first")])
    with pytest.raises(Stale):
        await there.append([draft("second")])
    assert said(await there.catch_up()) == [(1, b"first")]
    assert said(await there.append([draft("second")])) == [(2, b"second")]
    assert said(await here.catch_up()) == [(2, b"second")]


async def test_words_on_disk_cannot_be_read_without_the_key(storage: Storage, here: RoomLog) -> None:
    await here.append([draft("Gran picks us up")])
    assert all(b"Gran" not in (row[4] or b"") for row in rows(storage))


async def test_another_key_opens_nothing(store: Store, here: RoomLog) -> None:
    await here.append([draft("a")])
    with pytest.raises(Broken, match="does not open"):
        await RoomLog(store, ROOM, new_room_key()).catch_up()


async def test_forgotten_words_read_as_none(here: RoomLog, there: RoomLog) -> None:
    await here.append([draft("a"), draft("b")])
    await here.append([draft("card.erase")], forget=[1])
    assert said(await there.catch_up()) == [(1, None), (2, b"b"), (3, b"card.erase")]


async def test_bodies_of_one_length_cannot_be_told_apart_by_size(storage: Storage, here: RoomLog) -> None:
    await here.append([draft("3", length=512), draft("10, because " + "of it " * 60, length=512)])
    short, long = rows(storage)
    assert len(short[4] or b"") == len(long[4] or b"")


async def test_the_bell_rings_for_others_and_nothing_is_given_twice(here: RoomLog, there: RoomLog) -> None:
    heard: list[Spoken] = []

    async def listen() -> None:
        async for spoken in there.follow():
            heard.extend(spoken)

    await here.append([draft("before")])
    task = asyncio.create_task(listen())
    await until(lambda: len(heard) == 1)
    await there.append([draft("own")])
    await here.catch_up()
    await here.append([draft("after")])
    await until(lambda: len(heard) == 2)
    assert said(heard) == [(1, b"before"), (3, b"after")]
    await end(task)


async def test_a_log_put_back_from_an_older_copy_is_found(storage: Storage, here: RoomLog, there: RoomLog) -> None:
    await here.append([draft("a"), draft("b")])
    await there.catch_up()
    copy = rows(storage)
    await here.append([draft("c")])
    put_rows(storage, copy)
    with pytest.raises(Behind):
        await here.append([draft("d")])
    with pytest.raises(Behind):
        await here.catch_up()
    assert said(await here.anew().catch_up()) == [(1, b"a"), (2, b"b")]
    assert await there.catch_up() == []


async def test_a_log_that_went_back_and_on_again_is_found_by_its_head(
    storage: Storage, here: RoomLog, there: RoomLog
) -> None:
    await here.append([draft("a")])
    await there.catch_up()
    copy = rows(storage)
    await here.append([draft("b")])
    put_rows(storage, copy)
    await there.append([draft("something else"), draft("and more")])
    with pytest.raises(Stale):
        await here.append([draft("c")])
    with pytest.raises(Behind):
        await here.catch_up()


async def test_what_is_passed_on_is_only_believed_where_it_follows(
    store: Store, key: RoomKey, here: RoomLog, there: RoomLog
) -> None:
    """Whoever may publish could pass on entries that are in no log."""
    await here.append([draft("a")])
    await there.catch_up()
    await RoomLog(store, "another1room", key).append([draft("x"), draft("y")])
    forged = await store.read("another1room", after=1)
    there._passed_on.extend(forged)
    assert await there.catch_up() == []


async def test_after_a_write_that_failed_the_log_itself_is_asked(here: RoomLog, there: RoomLog) -> None:
    await here.append([draft("a")])
    passed_on = await here._log.read(ROOM, after=0)
    await here.append([draft("b")])
    there._passed_on.extend(passed_on)
    with pytest.raises(Stale):
        await there.append([draft("c")])
    assert said(await there.catch_up()) == [(1, b"a"), (2, b"b")]


async def test_the_report_on_a_whole_chain_counts_and_names_its_head(store: Store, here: RoomLog) -> None:
    assert (await verify(store, ROOM)).head == START
    await here.append([draft("a"), draft("b"), draft("c")])
    await here.append([draft("card.erase")], forget=[2])
    report = await verify(store, ROOM)
    assert (report.entries, report.erased, report.bad, report.why) == (4, 1, None, "")
    assert report.head == here.head


@pytest.mark.parametrize("what", sorted(sabotage()))
async def test_the_report_names_the_first_entry_that_does_not_verify(
    storage: Storage, store: Store, here: RoomLog, what: str
) -> None:
    await here.append([draft("a"), draft("b"), draft("c"), draft("d")])
    seq = sabotage()[what](storage)
    report = await verify(store, ROOM)
    assert (report.bad, report.entries, report.head) == (seq, seq - 1, "")
    assert report.why

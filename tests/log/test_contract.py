"""What every log promises, on SQLite and on Redis."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

import pytest

from server.hub import Store
from server.log import START, Behind, Broken, Entry, Gone, Stale
from server.log.ending import end
from tests.log.chains import ROOM, chain, follows, numbers, words
from tests.log.tamper import lose_body, sabotage
from tests.storage import Storage, in_time, until

ELSEWHERE = "another1room"


async def write(store: Store, *bodies: str, room: str = ROOM) -> list[Entry]:
    """Write these words as the first of a room."""
    entries = chain(*bodies)
    await store.append(room, entries, after=0, head=START)
    return entries


async def test_what_was_written_is_read_back_as_it_was(store: Store) -> None:
    entries = await write(store, "Gran picks us up", "‮שבת שלום", "\0\xff")
    assert await store.read(ROOM, after=0) == entries


async def test_reading_starts_after_the_number_one_names(store: Store) -> None:
    await write(store, *"abcde")
    assert words(await store.read(ROOM, after=3)) == ["d", "e"]
    assert await store.read(ROOM, after=5) == []


async def test_a_room_nobody_wrote_in_is_empty(store: Store) -> None:
    assert await store.read(ROOM, after=0) == []


async def test_rooms_do_not_touch_each_other(store: Store) -> None:
    await write(store, "here")
    await write(store, "there", "too", room=ELSEWHERE)
    await store.erase(ELSEWHERE)
    assert words(await store.read(ROOM, after=0)) == ["here"]


async def test_a_long_log_is_read_whole(store: Store) -> None:
    entries = chain(*(str(number) for number in range(1203)))
    await store.append(ROOM, entries, after=0, head=START)
    assert await store.read(ROOM, after=0) == entries
    assert await store.read(ROOM, after=203) == entries[203:]


async def test_who_is_too_late_writes_nothing_and_is_told_where_the_log_stands(store: Store) -> None:
    first = await write(store, "first", "second")
    with pytest.raises(Stale) as stale:
        await store.append(ROOM, follows(first[0], "mine", "and more"), after=1, head=first[0].header.hash())
    assert stale.value.last == 2
    assert words(await store.read(ROOM, after=0)) == ["first", "second"]


async def test_who_is_too_late_for_an_empty_log_writes_nothing_either(store: Store) -> None:
    await write(store, "first")
    with pytest.raises(Stale):
        await store.append(ROOM, chain("mine"), after=0, head=START)


async def test_a_log_that_ends_before_its_writer_is_never_written(store: Store) -> None:
    entries = chain("a", "b", "c")
    await store.append(ROOM, entries[:1], after=0, head=START)
    with pytest.raises(Behind) as behind:
        await store.append(ROOM, entries[2:], after=2, head=entries[1].header.hash())
    assert behind.value.last == 1
    assert numbers(await store.read(ROOM, after=0)) == [1]


async def test_a_log_with_another_history_is_never_written(store: Store) -> None:
    await write(store, "a", "b")
    other = chain("a", "something else")
    with pytest.raises(Behind):
        await store.append(ROOM, follows(other[1], "mine"), after=2, head=other[1].header.hash())
    assert words(await store.read(ROOM, after=0)) == ["a", "b"]


async def test_a_writer_who_believes_in_a_history_finds_an_empty_log_out(store: Store) -> None:
    entries = chain("a", "b")
    with pytest.raises(Behind):
        await store.append(ROOM, entries[1:], after=1, head=entries[0].header.hash())


async def test_no_number_is_left_out_even_where_the_head_fits(store: Store) -> None:
    with pytest.raises(Behind) as behind:
        await store.append(ROOM, chain("f", after=5, head=START), after=5, head=START)
    assert behind.value.last == 0
    assert await store.read(ROOM, after=0) == []


async def test_reading_beyond_the_end_finds_out_that_the_log_went_back(store: Store) -> None:
    await write(store, "a")
    with pytest.raises(Behind) as behind:
        await store.read(ROOM, after=2)
    assert behind.value.last == 1


async def test_entries_that_do_not_follow_each_other_are_a_mistake_of_the_writer(store: Store) -> None:
    one, two, three = chain("a", "b", "c")
    for wrong in ([two], [one, three], [one, one]):
        with pytest.raises(ValueError, match="does not follow"):
            await store.append(ROOM, wrong, after=0, head=START)
    assert await store.read(ROOM, after=0) == []


async def test_words_that_are_forgotten_are_gone_and_the_chain_still_holds(store: Store) -> None:
    entries = await write(store, "keep", "forget", "keep too")
    await store.append(ROOM, follows(entries[2], "card.erase"), after=3, head=entries[2].header.hash(), forget=[2])
    kept = await store.read(ROOM, after=0)
    assert words(kept) == ["keep", None, "keep too", "card.erase"]
    assert kept[1].salt is None
    assert [entry.header for entry in kept[:3]] == [entry.header for entry in entries]


async def test_words_can_be_forgotten_in_the_step_that_writes_them(store: Store) -> None:
    await store.append(ROOM, chain("said by mistake", "card.erase"), after=0, head=START, forget=[1])
    assert words(await store.read(ROOM, after=0)) == [None, "card.erase"]


async def test_an_entry_can_be_written_without_its_words(store: Store) -> None:
    entries = [Entry(entry.header, None, None) for entry in chain("forgotten already")]
    await store.append(ROOM, entries, after=0, head=START)
    assert await store.read(ROOM, after=0) == entries


async def test_nothing_is_forgotten_where_nothing_was_written(store: Store) -> None:
    entries = await write(store, "a", "b")
    with pytest.raises(Stale):
        await store.append(ROOM, follows(entries[0], "x"), after=1, head=entries[0].header.hash(), forget=[1])
    assert words(await store.read(ROOM, after=0)) == ["a", "b"]


async def test_an_erased_room_is_gone_for_good(store: Store) -> None:
    entries = await write(store, "a")
    await store.erase(ROOM)
    for _again in range(2):
        with pytest.raises(Gone):
            await store.read(ROOM, after=0)
        with pytest.raises(Gone):
            await store.append(ROOM, chain("a new beginning"), after=0, head=START)
        with pytest.raises(Gone):
            await store.append(ROOM, follows(entries[0], "b"), after=1, head=entries[0].header.hash())
        await store.erase(ROOM)


async def test_a_room_can_be_erased_before_anyone_wrote(store: Store) -> None:
    await store.erase(ROOM)
    with pytest.raises(Gone):
        await store.append(ROOM, chain("late"), after=0, head=START)


# Following


async def follow(store: Store, into: list[Entry], *, after: int = 0, room: str = ROOM) -> None:
    async for entries in store.follow(room, after=after):
        into.extend(entries)


@pytest.fixture
async def tasks() -> AsyncIterator[AsyncExitStack]:
    """Ends tasks with the test."""
    async with AsyncExitStack() as stack:
        yield stack


def begin(tasks: AsyncExitStack, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    task = asyncio.create_task(work)
    tasks.push_async_callback(end, task)
    return task


async def test_a_follower_gets_what_was_there_and_what_comes(store: Store, tasks: AsyncExitStack) -> None:
    entries = await write(store, "a", "b", "c")
    seen: list[Entry] = []
    begin(tasks, follow(store, seen, after=1))
    await until(lambda: len(seen) == 2)
    more = follows(entries[2], "d", "e")
    await store.append(ROOM, more, after=3, head=entries[2].header.hash())
    await until(lambda: len(seen) == 4)
    assert seen == [*entries[1:], *more]


async def test_nothing_falls_between_reading_and_following(store: Store, tasks: AsyncExitStack) -> None:
    """Followers begin while others write, each from the number it read: all see one unbroken row."""
    seen: list[list[Entry]] = []
    last = None
    for number in range(40):
        read = await store.read(ROOM, after=0)
        seen.append(list(read))
        begin(tasks, follow(store, seen[-1], after=len(read)))
        entry = follows(last, str(number))[0] if last else chain(str(number))[0]
        await store.append(ROOM, [entry], after=number, head=last.header.hash() if last else START)
        last = entry
    await until(lambda: all(len(one) >= 40 for one in seen))
    assert [numbers(one) for one in seen] == [list(range(1, 41))] * 40


async def test_a_follower_ends_when_the_room_is_erased(store: Store, tasks: AsyncExitStack) -> None:
    await write(store, "a")
    seen: list[Entry] = []
    following = begin(tasks, follow(store, seen))
    await until(lambda: len(seen) == 1)
    await store.erase(ROOM)
    with pytest.raises(Gone):
        await in_time(following, 1.0)


async def test_a_follower_who_stands_beyond_the_end_is_told(store: Store) -> None:
    await write(store, "a")
    with pytest.raises(Behind):
        await in_time(follow(store, [], after=7))


async def test_a_slow_follower_misses_nothing(store: Store, tasks: AsyncExitStack) -> None:
    entries = await write(store, "a")
    line = store.follow(ROOM, after=0)
    assert await anext(line) == entries
    last = entries[0]
    for round in range(30):
        more = follows(last, *(str(number) for number in range(50)))
        await store.append(ROOM, more, after=last.header.seq, head=last.header.hash())
        last = more[-1]
        assert last.header.seq == 1 + 50 * (round + 1)
    seen: list[Entry] = []
    while len(seen) < 1500:
        seen.extend(await in_time(anext(line)))
    assert numbers(seen) == list(range(2, 1502))


# Telling


async def test_what_is_told_is_heard_here_and_never_written(store: Store, tasks: AsyncExitStack) -> None:
    heard: list[bytes] = []

    async def hear(room: str) -> None:
        async for message in store.hear(room):
            heard.append(message)

    begin(tasks, hear(ROOM))
    while not heard:
        await store.tell(ROOM, b"near")
        await store.tell(ELSEWHERE, b"not for us")
        await asyncio.sleep(0.01)
    assert set(heard) == {b"near"}
    assert await store.read(ROOM, after=0) == []


# Many at once


async def test_a_hundred_who_write_at_once_get_one_number_each(storage: Storage) -> None:
    """Two processes, fifty writers each, no lock but the log."""
    async with storage.open() as one, storage.open() as other:

        async def say(store: Store, body: str) -> int:
            read = await store.read(ROOM, after=0)
            while True:
                after, head = len(read), read[-1].header.hash() if read else START
                try:
                    await store.append(ROOM, chain(body, after=after, head=head), after=after, head=head)
                    return after + 1
                except Stale:
                    read += await store.read(ROOM, after=after)

        said = [f"word {number}" for number in range(100)]
        places = await asyncio.gather(*(say((one, other)[number % 2], body) for number, body in enumerate(said)))
        assert sorted(places) == list(range(1, 101))
        here, there = await one.read(ROOM, after=0), await other.read(ROOM, after=0)
        assert here == there
        assert sorted(str(body) for body in words(here)) == sorted(said)
        assert [words(here)[place - 1] for place in places] == said


# Durable on return


async def test_an_answered_write_is_there_after_the_power_was_cut(storage: Storage) -> None:
    async with storage.open() as store:
        entries = await write(store, "a", "b")
        async with cut_the_power(storage).open() as later:
            assert await later.read(ROOM, after=0) == entries


def cut_the_power(storage: Storage) -> Storage:
    """What the disk holds in this moment."""
    if storage.kind == "redis":
        storage.server.kill()
        storage.server.start()
        return storage
    disk = replace(storage, file=storage.file.with_name("disk.sqlite"))
    for suffix in ("", "-wal"):
        shutil.copy(f"{storage.file}{suffix}", f"{disk.file}{suffix}")
    return disk


# What was changed behind our back is found


@pytest.mark.parametrize("what", sorted(sabotage()))
async def test_every_change_to_what_was_written_is_found(storage: Storage, store: Store, what: str) -> None:
    await write(store, "a", "b", "c", "d")
    seq = sabotage()[what](storage)
    with pytest.raises(Broken) as broken:
        await store.read(ROOM, after=0)
    assert broken.value.seq == seq


async def test_reading_from_the_middle_is_checked_as_well(storage: Storage, store: Store) -> None:
    await write(store, "a", "b", "c", "d")
    sabotage()["two entries change places"](storage)
    with pytest.raises(Broken) as broken:
        await store.read(ROOM, after=1)
    assert broken.value.seq == 2


async def test_words_somebody_deletes_read_as_erased_and_the_rest_stands(store: Store, storage: Storage) -> None:
    await write(store, "a", "b")
    lose_body(storage, 1)
    assert words(await store.read(ROOM, after=0)) == [None, "b"]

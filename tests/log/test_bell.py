"""What wakes a follower, and what it believes."""

from __future__ import annotations

import asyncio

from server.log.bell import HEARD_MOST, PASSED_ON_MOST, Bell, Ear
from server.log.ending import end
from tests.log.chains import ROOM, chain


def awake(at: int = 0) -> Ear:
    """A follower that has looked already."""
    ear = Ear(at)
    assert ear.take() is None
    return ear


def test_a_new_follower_looks_into_the_log_first() -> None:
    ear = Ear(0)
    ear.ring(chain("a"))
    assert ear.take() is None


def test_what_is_passed_on_in_order_is_believed_and_what_was_known_is_left_out() -> None:
    entries = chain("a", "b", "c")
    ear = awake(1)
    ear.ring(entries[:2])
    ear.ring(entries[2:])
    assert ear.take() == entries[1:]
    assert ear.take() == []


def test_a_gap_sends_the_follower_to_the_log() -> None:
    one, two, three = chain("a", "b", "c")
    for passed_on in ([two], [one, three], [two, one], [one, one]):
        ear = awake()
        for entry in passed_on:
            ear.ring([entry])
        assert ear.take() is None


def test_a_follower_who_does_not_keep_up_holds_no_more_than_so_many() -> None:
    entries = chain(*("x" for _one in range(PASSED_ON_MOST + 1)))
    ear = awake()
    for entry in entries:
        ear.ring([entry])
    assert len(ear.passed_on) <= PASSED_ON_MOST
    assert ear.take() is None


async def test_who_hears_too_slowly_loses_the_oldest() -> None:
    bell = Bell()
    hearing = bell.hear(ROOM)
    first = asyncio.ensure_future(anext(hearing))
    await asyncio.sleep(0)
    for number in range(HEARD_MOST + 2):
        bell.tell(ROOM, b"%d" % number)
    assert await first == b"2"
    await hearing.aclose()  # type: ignore[attr-defined]


async def test_rooms_nobody_listens_to_any_more_are_forgotten() -> None:
    changed: list[set[str]] = []
    bell = Bell(lambda: changed.append(bell.rooms()))
    hearing = bell.hear(ROOM)
    task = asyncio.ensure_future(anext(hearing))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert changed == [{ROOM}, set()]


async def test_a_task_that_loses_its_cancellation_is_ended_all_the_same() -> None:
    async def stubborn() -> None:
        for _time in range(2):
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                continue
        await asyncio.sleep(60)

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    await end(task)
    assert task.cancelled()


async def test_who_is_cancelled_while_ending_others_ends_after_them() -> None:
    async def slow() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.05)

    task = asyncio.create_task(slow())
    await asyncio.sleep(0)
    ending = asyncio.create_task(end(task))
    await asyncio.sleep(0.01)
    ending.cancel()
    await asyncio.gather(ending, return_exceptions=True)
    assert ending.cancelled() and task.done()

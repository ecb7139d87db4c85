"""The register of rooms, on SQLite and on Redis."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace

from server.hub import Store
from server.log import START
from server.log.register import CodeTaken, Place, StaffKey
from tests.log.chains import ROOM, chain
from tests.storage import Storage

PLACE = Place(room=ROOM, code="ABCD2345", ends=None, key=b"\0wrapped\xff")
TOMS = StaffKey("Tom Okafor", "ab" * 32, 5)
HELENS = StaffKey("Helen Brandt", "cd" * 32, 6)
OTHER = Place(room="another1room", code="WXYZ6789", ends=None, key=b"other")


async def test_a_place_is_found_by_room_and_by_code(store: Store) -> None:
    await store.add(PLACE)
    assert await store.find(ROOM) == await store.by_code("ABCD2345") == PLACE
    assert await store.find("another1room") is await store.by_code("WXYZ6789") is None


async def test_a_place_is_kept(storage: Storage) -> None:
    async with storage.open() as store:
        await store.add(replace(PLACE, ends=1234))
    async with storage.open() as store:
        assert await store.find(ROOM) == replace(PLACE, ends=1234)


async def test_no_two_rooms_have_one_code(store: Store) -> None:
    await store.add(PLACE)
    with pytest.raises(CodeTaken):
        await store.add(replace(OTHER, code=PLACE.code))
    assert await store.by_code(PLACE.code) == PLACE
    assert await store.find(OTHER.room) is None


async def test_of_many_who_want_a_code_at_once_one_gets_it(store: Store) -> None:
    wanting = [replace(PLACE, room=f"room{number:04}") for number in range(20)]
    answers = await asyncio.gather(*(store.add(place) for place in wanting), return_exceptions=True)
    assert sum(answer is None for answer in answers) == 1
    assert sum(isinstance(answer, CodeTaken) for answer in answers) == 19
    assert await store.all() == [wanting[answers.index(None)]]


async def test_asking_for_the_same_place_again_is_no_mistake(store: Store) -> None:
    for _again in range(2):
        await store.add(PLACE)
    assert await store.all() == [PLACE]


async def test_a_room_that_gets_a_new_code_gives_its_old_one_back(store: Store) -> None:
    await store.add(PLACE)
    await store.add(replace(PLACE, code="NEWCODE2"))
    assert await store.by_code(PLACE.code) is None
    await store.add(replace(OTHER, code=PLACE.code))
    assert [place.code for place in await store.all()] == [PLACE.code, "NEWCODE2"]


async def test_all_places_come_in_order_of_their_rooms(store: Store) -> None:
    assert await store.all() == []
    await store.add(PLACE)
    await store.add(OTHER)
    assert await store.all() == [OTHER, PLACE]


async def test_an_end_is_set_and_taken_back(store: Store) -> None:
    await store.add(PLACE)
    await store.add(OTHER)
    await store.ends(ROOM, 1_900_000_000_000)
    assert await store.all() == [OTHER, replace(PLACE, ends=1_900_000_000_000)]
    await store.ends(ROOM, None)
    assert await store.find(ROOM) == PLACE


async def test_a_place_added_again_has_no_old_end(store: Store) -> None:
    await store.add(replace(PLACE, ends=5))
    await store.add(PLACE)
    assert await store.find(ROOM) == PLACE


async def test_an_end_makes_no_room(store: Store) -> None:
    await store.ends(ROOM, 5)
    assert await store.find(ROOM) is None
    assert await store.all() == []


async def test_a_removed_place_is_forgotten_and_its_code_is_free(store: Store) -> None:
    await store.add(PLACE)
    await store.add(OTHER)
    for _again in range(2):
        await store.remove(ROOM)
    assert await store.all() == [OTHER]
    assert await store.by_code(PLACE.code) is None
    await store.add(replace(OTHER, room="room0000", code=PLACE.code))


async def test_an_erased_room_has_no_place_and_no_key(store: Store) -> None:
    await store.add(PLACE)
    await store.append(ROOM, chain("a"), after=0, head=START)
    await store.erase(ROOM)
    assert await store.find(ROOM) is await store.by_code(PLACE.code) is None


async def test_staff_keys_are_kept_by_name_and_forgotten_one_by_one(storage: Storage) -> None:
    async with storage.open() as store:
        for key in (TOMS, HELENS, replace(TOMS, at=7)):
            await store.add_staff(key)
    async with storage.open() as store:
        assert await store.staff() == [HELENS, replace(TOMS, at=7)]
        for _again in range(2):
            await store.remove_staff("Tom Okafor")
        assert await store.staff() == [HELENS]
        # They are no rooms.
        assert await store.all() == []

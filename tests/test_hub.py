"""The hub opens, keeps, closes and erases rooms. On SQLite and on Redis."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from server import hub as hub_module
from server.board.phases import CloseMeeting, ReopenMeeting
from server.board.refusal import Refused
from server.hub import DAY_MS, LINGER_S, Hub, NoRoom, now_ms
from server.ids import CODE_LENGTH, CODE_LETTERS, new_code, plain_code
from server.log import Unavailable
from server.log.register import Place
from server.log.seal import ServerKey, new_room_key
from tests.log.tamper import sabotage
from tests.rooms import TEMPLATE, Gathering, Processes, gather
from tests.storage import Storage, in_time, until


async def register(hub: Hub, party: Gathering) -> Place:
    place = await hub.store.find(party.id)
    assert place is not None
    return place


# Codes


def test_a_code_has_eight_signs_that_nobody_mixes_up() -> None:
    codes = [new_code() for _one in range(300)]
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert set("".join(codes)) == set(CODE_LETTERS)
    assert not set("01OIL8") & set(CODE_LETTERS)
    assert len(set(codes)) == 300


@pytest.mark.parametrize("typed", ["ABCD2345", "abcd2345", "abcd-2345", " ABCD 2345 ", "a.b.c.d/2 3 4 5", "ABCD–2345"])
def test_a_code_may_be_typed_as_it_comes(typed: str) -> None:
    assert plain_code(typed) == "ABCD2345"


async def test_a_meeting_is_found_by_its_code_however_it_was_typed(hub: Hub, party: Gathering) -> None:
    code = party.links.code
    for typed in (code, code.lower(), f"{code[:4]} {code[4:]}", f"{code[:4]}-{code[4:]}\n"):
        assert await hub.by_code(typed) is party.room
    for wrong in ("", code[:-1], code + "A", new_code(), "ſ" * 8, "\0" * 8):
        with pytest.raises(NoRoom):
            await hub.by_code(wrong)


async def test_a_code_someone_else_has_is_drawn_again(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter(["AAAA2222", "AAAA2222", "BBBB3333"])
    monkeypatch.setattr(hub_module, "new_code", lambda: next(codes))
    assert [(await gather(hub)).links.code for _meeting in range(2)] == ["AAAA2222", "BBBB3333"]


# Opening


async def test_many_who_come_at_once_get_one_room(servers: Processes, party: Gathering) -> None:
    other = await servers.hub()
    rooms = await asyncio.gather(*(other.room(party.id) for _comer in range(30)))
    assert len(set(rooms)) == 1
    assert other.rooms == [rooms[0]]


async def test_one_who_does_not_wait_for_the_opening_ends_it_for_nobody(servers: Processes, party: Gathering) -> None:
    other = await servers.hub()
    leaving, staying = (asyncio.create_task(other.room(party.id)) for _comer in range(2))
    await asyncio.sleep(0)
    leaving.cancel()
    assert (await in_time(staying)).board == party.room.board


async def test_there_is_no_room_nobody_made(hub: Hub) -> None:
    for id in ("nosuchroom", "", "../etc"):
        with pytest.raises(NoRoom):
            await hub.room(id)


async def test_a_meeting_lives_on_after_a_restart(servers: Processes, party: Gathering) -> None:
    await party.card(party.helen, "Gran picks us up")
    await party.hub._close(party.id)
    later = await (await servers.hub()).room(party.id)
    assert [card.text for card in later.board.cards.values()] == ["Gran picks us up"]
    assert later.epoch == party.room.epoch


async def test_rooms_whose_key_or_chain_is_broken_are_not_served_and_others_are(
    storage: Storage, servers: Processes, party: Gathering
) -> None:
    other = await servers.hub()
    fine = await gather(other)
    await other.store.add(Place("room0000", "ABCD2345", None, b"no key of ours"))
    await party.card(party.helen, "words")
    sabotage()["a body is changed"](storage, party.id)
    for broken in ("room0000", party.id):
        with pytest.raises(Unavailable):
            await other.room(broken)
    assert await other.room(fine.id) is fine.room


async def test_while_storage_is_away_a_room_cannot_be_opened_and_nobody_waits(
    storage: Storage, servers: Processes, party: Gathering
) -> None:
    other = await servers.hub()
    if storage.kind == "sqlite":
        with closing(sqlite3.connect(storage.file, isolation_level=None)) as holder:
            holder.execute("ALTER TABLE place RENAME TO elsewhere")
            with pytest.raises(Unavailable):
                await in_time(other.room(party.id))
            holder.execute("ALTER TABLE elsewhere RENAME TO place")
    else:
        storage.server.kill()
        with pytest.raises(Unavailable):
            await in_time(other.room(party.id))
        storage.server.start()
    assert (await other.room(party.id)).board.meeting is not None


async def test_a_title_that_cannot_be_kept_leaves_nothing_behind(hub: Hub) -> None:
    with pytest.raises(Refused):
        await hub.create(title="x" * 1000, template=TEMPLATE)
    assert await hub.store.all() == []
    assert hub.rooms == []


# Keeping and closing


async def test_a_meeting_whose_room_cannot_be_opened_leaves_nothing_behind(hub: Hub) -> None:
    hub.stopping = True
    with pytest.raises(Unavailable):
        await gather(hub)
    assert await hub.store.all() == []
    hub.stopping = False


async def test_an_empty_room_lingers_and_then_closes(storage: Storage, tmp_path: Path) -> None:
    now = 1000.0
    async with storage.open() as store, Hub(store, ServerKey.load(tmp_path / "key"), steady=lambda: now) as hub:
        party = await gather(hub)
        eyes = party.looks(party.helen)
        now += LINGER_S * 2
        await hub._sweep_once()
        assert hub.rooms == [party.room]
        party.room.part(eyes)
        now += LINGER_S - 1
        await hub._sweep_once()
        assert await hub.room(party.id) is party.room
        now += LINGER_S - 1
        await hub._sweep_once()
        assert hub.rooms == [party.room]
        now += 2
        await hub._sweep_once()
        assert hub.rooms == []
        assert (await hub.room(party.id)).board == party.room.board


async def test_a_room_that_stopped_is_opened_anew(hub: Hub, party: Gathering) -> None:
    eyes = party.looks(party.helen)
    party.room.stop(1012, "restart")
    assert eyes.closed == 1012
    again = await hub.room(party.id)
    assert again is not party.room
    assert hub.rooms == [again]


async def test_a_hub_that_stops_tells_everyone_to_come_back(hub: Hub, party: Gathering) -> None:
    eyes = party.looks(party.helen)
    hub.stop()
    assert (eyes.closed, eyes.last["code"]) == (1012, "restart")
    with pytest.raises(Unavailable):
        await hub.room(party.id)


async def test_a_hub_that_is_left_leaves_no_task_behind(storage: Storage, tmp_path: Path) -> None:
    before = asyncio.all_tasks()
    async with storage.open() as store:
        async with Hub(store, ServerKey.load(tmp_path / "key")) as hub:
            party = await gather(hub)
            party.looks(party.helen)
            await hub._close(party.id)
            opening = asyncio.create_task(hub.room(party.id))
            await asyncio.sleep(0)
        await asyncio.wait([opening], timeout=5)
    await asyncio.sleep(0.01)
    assert asyncio.all_tasks() - before == set()


# Ends


async def ends(hub: Hub, party: Gathering, is_so: bool) -> int | None:
    """When the register says the room is to be erased, once that is or is not."""
    async with asyncio.timeout(3):
        while (found := (await register(hub, party)).ends) is None if is_so else (found is not None):
            await asyncio.sleep(0.005)
    return found


async def test_a_closed_meeting_has_an_end_and_one_that_was_opened_again_has_none(hub: Hub, party: Gathering) -> None:
    await party.room.ask(party.helen.id, "desk", CloseMeeting(ref=party.ref()))
    assert party.room.board.meeting is not None
    end = await ends(hub, party, True)
    assert end == party.room.board.meeting.ended + 30 * DAY_MS
    for _again in range(5):
        await party.room.ask(party.helen.id, "desk", ReopenMeeting(ref=party.ref()))
        await party.room.ask(party.helen.id, "desk", CloseMeeting(ref=party.ref()))
    await party.room.ask(party.helen.id, "desk", ReopenMeeting(ref=party.ref()))
    await until(lambda: party.id not in hub._ends)
    assert (await register(hub, party)).ends is None


async def test_only_what_has_ended_is_erased(hub: Hub, party: Gathering) -> None:
    over, reopened = await gather(hub), await gather(hub)
    for one in (over, reopened):
        await one.room.ask(one.helen.id, "desk", CloseMeeting(ref=one.ref()))
        await ends(hub, one, True)
    await reopened.room.ask(reopened.helen.id, "desk", ReopenMeeting(ref=reopened.ref()))
    await until(lambda: reopened.id not in hub._ends)
    assert await hub.erase_ended() == 0
    for one in (over, reopened):
        # The second as though the register had missed that it goes on.
        await hub.store.ends(one.id, now_ms() - 1)
    assert await hub.erase_ended() == 1
    assert {place.room for place in await hub.store.all()} == {party.id, reopened.id}


async def test_an_end_that_was_not_noted_is_noted_when_the_room_is_next_opened(
    servers: Processes, hub: Hub, party: Gathering
) -> None:
    await party.room.ask(party.helen.id, "desk", CloseMeeting(ref=party.ref()))
    await ends(hub, party, True)
    await hub.store.ends(party.id, None)
    other = await servers.hub()
    await other.room(party.id)
    assert await ends(other, party, True) is not None


async def test_what_nobody_can_read_any_more_is_erased_at_its_end_all_the_same(
    storage: Storage, hub: Hub, party: Gathering
) -> None:
    key = ServerKey((b"x" * 32,)).wrap("room0000", new_room_key())
    await hub.store.add(Place("room0000", "ABCD2345", now_ms() - 1, key))
    assert await hub.erase_ended() == 1
    assert [place.room for place in await hub.store.all()] == [party.id]


async def test_erasing_again_changes_nothing(hub: Hub, party: Gathering) -> None:
    for _again in range(2):
        await hub.erase(party.id)
    assert await hub.store.all() == []
    with pytest.raises(NoRoom):
        await hub.by_code(party.links.code)

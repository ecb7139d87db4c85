"""What a room does by the clock. On SQLite and on Redis."""

from __future__ import annotations

import asyncio
from pathlib import Path

from server.board.agreements import AskAgreement, SetAgreement
from server.board.door import Left
from server.board.people import ChangeRole
from server.board.scales import OpenRound, RevealRound, SetRating
from server.board.setasks import PutUpSet, StartSet, WriteSet
from server.hub import Hub
from server.log.seal import ServerKey
from server.near import FORGET_S, REPEAT_S, Nearby
from server.pulse import AWAY_S, COUNT_S, TICK_S
from tests.rooms import Eyes, Full, Gathering, Processes, gather
from tests.storage import Storage, until


class Clock:
    """Says the seconds of a room's pulse, in place of the real ones."""

    def __init__(self, party: Gathering) -> None:
        pulse = party.room.pulse
        self.second = pulse.second
        pulse.second = lambda now: None  # type: ignore[method-assign]
        self.now = 1e9
        self.second(self.now)

    def goes_on(self, seconds: float) -> None:
        for _second in range(round(seconds)):
            self.now += 1
            self.second(self.now)


def saving(eyes: Eyes) -> list[bool]:
    return [frame["saving"] for frame in eyes.seen("near") if "saving" in frame]


def here(eyes: Eyes) -> list[list[str]]:
    return [frame["here"] for frame in eyes.seen("near")]


# Near


def test_who_is_near_elsewhere_is_forgotten_when_nobody_repeats_it() -> None:
    one, other = Nearby("one"), Nearby("other")
    other.hear(one.say(["maureen1", "maureen1", "gran0001"]), 100.0)
    assert other.all([], 100.0) == {"maureen1", "gran0001"}
    assert other.all(["helen001"], 100.0 + FORGET_S - 0.1) == {"maureen1", "gran0001", "helen001"}
    assert other.all(["helen001"], 100.0 + FORGET_S) == {"helen001"}


def test_a_process_that_says_less_is_believed_and_ones_own_voice_is_not() -> None:
    nearby, other = Nearby("one"), Nearby("other")
    nearby.hear(other.say(["maureen1"]), 0.0)
    nearby.hear(other.say([]), 1.0)
    nearby.hear(nearby.say(["ghost001"]), 1.0)
    for noise in (b"", b"{}", b"[1]", b'{"house":1,"here":[]}', b"\xff\xfe"):
        nearby.hear(noise, 1.0)
    assert nearby.all([], 1.0) == set()


async def test_only_facilitator_and_scribe_are_told_who_is_near(party: Gathering) -> None:
    maureen, scribe = await party.comes("Maureen"), await party.comes("Priya", "scribe")
    clock = Clock(party)
    waiting = await party.knocks("Nina")
    others = [party.looks(maureen), party.looks(await party.wall()), party.looks(waiting)]
    others.append(party.looks(party.helen, as_wall=True))
    told = [party.looks(party.helen), party.looks(scribe)]
    clock.goes_on(1)
    assert [here(eyes)[-1] for eyes in told] == [sorted([party.helen.id, maureen.id, scribe.id])] * 2
    assert [here(eyes) for eyes in others] == [[]] * 4


async def test_near_is_told_at_most_once_a_second_and_only_when_it_changed(party: Gathering) -> None:
    maureen = await party.comes("Maureen")
    clock = Clock(party)
    desk = party.looks(party.helen)
    clock.goes_on(1)
    told = len(here(desk))
    for _time in range(5):
        phone = party.looks(maureen)
        party.room.part(phone)
    party.looks(maureen)
    assert len(here(desk)) == told
    clock.goes_on(5)
    assert here(desk)[told:] == [sorted([party.helen.id, maureen.id])]


async def test_nobody_else_notices_when_someone_disconnects(party: Gathering) -> None:
    maureen, gran = await party.comes("Maureen"), await party.comes("Gran")
    clock = Clock(party)
    phone, eyes = party.looks(maureen), party.looks(gran)
    await until(lambda: not party.room.busy or party.room.board.people[maureen.id].came > 0)
    await until(lambda: party.room.board.people[gran.id].came > 0)
    before = len(eyes.frames)
    party.room.part(phone)
    clock.goes_on(AWAY_S + 2)
    await until(lambda: party.room.board.people[maureen.id].away > 0)
    assert {frame["is"] for frame in eyes.frames[before:]} == {"tick"}


async def test_who_becomes_scribe_is_shown_who_is_near(party: Gathering) -> None:
    maureen = await party.comes("Maureen")
    eyes = party.looks(maureen)
    await party.room.ask(party.helen.id, "desk", ChangeRole(ref=party.ref(), person=maureen.id, role="scribe"))
    assert here(eyes) == [[maureen.id]]


async def test_other_processes_tell_who_is_near_there_and_go_on_telling(servers: Processes, party: Gathering) -> None:
    maureen = await party.comes("Maureen")
    other = await (await servers.hub()).room(party.id)
    desk = party.looks(party.helen)
    phone = party.looks(maureen, room=other)
    both = {party.helen.id, maureen.id}
    await until(lambda: party.room.connected() == both and other.connected() == both)
    await until(lambda: here(desk)[-1] == sorted(both))
    other.part(phone)
    await until(lambda: party.room.connected() == {party.helen.id})
    assert other.connected() == {party.helen.id}


async def test_what_a_process_knows_is_repeated_and_forgotten_with_it(party: Gathering) -> None:
    clock = Clock(party)
    party.looks(party.helen)
    said: list[bytes] = []

    async def hear() -> None:
        async for message in party.hub.store.hear(party.id):
            said.append(message)

    hearing = asyncio.create_task(hear())
    while not said:
        clock.goes_on(REPEAT_S)
        await asyncio.sleep(0.01)
    for _time in range(3):
        before = len(said)
        clock.goes_on(REPEAT_S)
        await until(lambda before=before: len(said) > before)  # type: ignore[misc]
    hearing.cancel()
    assert set(said) == {said[0]}


# Coming and going


async def test_that_someone_came_is_written_once(servers: Processes, party: Gathering) -> None:
    maureen = await party.comes("Maureen")
    other = await (await servers.hub()).room(party.id)
    for room in (party.room, other, party.room):
        party.looks(maureen, room=room)
    await until(lambda: all(room.board.people[maureen.id].came > 0 for room in (party.room, other)))
    # Whatever was on its way is written before what is asked now.
    for room in (party.room, other):
        await party.card(party.helen, "later", room=room)
    tags = [entry.header.tag for entry in await party.hub.store.read(party.id, after=0)]
    assert tags.count("person.came") == 1


async def test_two_minutes_without_a_connection_are_written_once_and_a_return_too(party: Gathering) -> None:
    maureen = await party.comes("Maureen")
    clock = Clock(party)
    phone = party.looks(maureen)
    await until(lambda: party.room.board.people[maureen.id].came > 0)
    clock.goes_on(AWAY_S + 1)
    assert not party.room.board.people[maureen.id].away
    party.room.part(phone)
    clock.goes_on(AWAY_S - 1)
    await party.card(party.helen, "later")
    assert not party.room.board.people[maureen.id].away
    clock.goes_on(1)
    await until(lambda: party.room.board.people[maureen.id].away > 0)
    clock.goes_on(AWAY_S * 2)
    party.looks(maureen)
    await until(lambda: party.room.board.people[maureen.id].away == 0)
    assert party.room.board.people[maureen.id].state == "here"
    tags = [entry.header.tag for entry in await party.hub.store.read(party.id, after=0)]
    assert (tags.count("person.left"), tags.count("person.came")) == (1, 2)


async def test_who_is_here_is_not_away_whatever_another_process_wrote(servers: Processes, party: Gathering) -> None:
    maureen = await party.comes("Maureen")
    clock = Clock(party)
    party.looks(maureen)
    await until(lambda: party.room.board.people[maureen.id].came > 0)
    other = await (await servers.hub()).room(party.id)
    await other.write(Left(person=maureen.id))
    await until(lambda: party.room.board.people[maureen.id].away > 0)
    clock.goes_on(1)
    await until(lambda: party.room.board.people[maureen.id].away == 0)
    assert party.room.board.people[maureen.id].state == "here"
    tags = [entry.header.tag for entry in await party.hub.store.read(party.id, after=0)]
    assert (tags.count("person.left"), tags.count("person.came")) == (1, 2)


async def test_who_is_connected_elsewhere_is_not_away(servers: Processes, party: Gathering) -> None:
    maureen = await party.comes("Maureen")
    other = await (await servers.hub()).room(party.id)
    clock = Clock(party)
    party.looks(maureen, room=other)
    await until(lambda: party.room.board.people[maureen.id].came > 0)
    nearby = Nearby("other process")
    for _time in range(round(AWAY_S / FORGET_S) + 2):
        party.room.pulse._nearby.hear(nearby.say([maureen.id]), clock.now)
        clock.goes_on(FORGET_S - 1)
    await party.card(party.helen, "later")
    assert not party.room.board.people[maureen.id].away


# Counts and ticks


async def test_counts_go_out_on_the_tick_and_never_with_the_answer(party: Gathering) -> None:
    maureen, gran = await party.comes("Maureen"), await party.comes("Gran")
    clock = Clock(party)
    eyes = party.looks(gran)
    scale = next(iter(party.room.board.scales))
    await party.room.ask(party.helen.id, "desk", OpenRound(ref=party.ref(), id="round001", scale=scale, show="named"))
    clock.goes_on(COUNT_S)
    await until(lambda: not party.room.busy or not party.room._queue)

    def answered() -> int:
        return int(eyes.board["round"]["round001"]["answered"]) if "answered" in eyes.board["round"]["round001"] else 0

    before = len(eyes.seen("change"))
    await party.room.ask(maureen.id, "phone", SetRating(ref=1, round="round001", value=3))
    assert len(eyes.seen("change")) == before
    assert answered() == 0
    clock.goes_on(COUNT_S)
    await until(lambda: answered() == 1)
    await party.room.ask(maureen.id, "phone", SetRating(ref=2, round="round001", value=4))
    clock.goes_on(COUNT_S * 3)
    await party.card(party.helen, "later")
    tags = [entry.header.tag for entry in await party.hub.store.read(party.id, after=0)]
    assert tags.count("round.count") <= 2
    await party.room.ask(party.helen.id, "desk", RevealRound(ref=party.ref(), round="round001"))
    assert len(eyes.board["rating"]) == 1


async def test_answers_to_a_worry_are_counted_on_the_same_tick(party: Gathering) -> None:
    maureen = await party.comes("Maureen")
    clock = Clock(party)
    eyes = party.looks(maureen)
    helen = party.helen.id
    await party.room.ask(helen, "desk", StartSet(ref=party.ref(), id="set00001", scale="scaleofset"))
    said = WriteSet(ref=party.ref(), set="set00001", part="happened", text="Elsie was alone", was=0)
    await party.room.ask(helen, "desk", said)
    await party.room.ask(helen, "desk", PutUpSet(ref=party.ref(), set="set00001"))
    await party.room.ask(helen, "desk", AskAgreement(ref=party.ref(), id="poll0001", set="set00001"))
    await party.room.ask(maureen.id, "phone", SetAgreement(ref=1, poll="poll0001", value="partly"))
    assert eyes.board["poll"]["poll0001"]["answered"] == 0
    clock.goes_on(COUNT_S)
    await until(lambda: eyes.board["poll"]["poll0001"]["answered"] == 1)


async def test_while_storage_takes_nothing_everyone_inside_is_told_and_nothing_is_lost(
    storage: Storage, tmp_path: Path
) -> None:
    async with storage.open() as store:
        full = Full(store)
        async with Hub(full, ServerKey.load(tmp_path / "key")) as hub:
            party = await gather(hub)
            maureen = await party.comes("Maureen")
            clock, eyes = Clock(party), party.looks(maureen)
            stranger = party.looks(await party.knocks("Rhys"))
            full.is_full = True
            card = asyncio.create_task(party.card(maureen, "Gran picks us up"))
            await until(lambda: party.room.stalled is not None)
            party.room.stalled = clock.now
            clock.goes_on(1)
            assert saving(eyes) == [False]
            later = party.looks(party.helen)
            assert saving(later) == [False]
            clock.goes_on(5)
            full.is_full = False
            await card
            clock.goes_on(1)
            assert saving(eyes) == saving(later) == [False, True]
            assert eyes.cards == ["Gran picks us up"]
            assert stranger.seen("near") == []


async def test_a_count_that_waits_for_storage_is_not_piled_up(storage: Storage, party: Gathering) -> None:
    maureen = await party.comes("Maureen")
    clock = Clock(party)
    party.looks(maureen)
    scale = next(iter(party.room.board.scales))
    await party.room.ask(party.helen.id, "desk", OpenRound(ref=party.ref(), id="round001", scale=scale, show="named"))
    await party.room.ask(maureen.id, "phone", SetRating(ref=1, round="round001", value=3))
    clock.goes_on(AWAY_S)
    assert len(party.room._queue) <= 2


async def test_a_sign_of_life_every_ten_seconds_tells_nothing_new(party: Gathering) -> None:
    maureen = await party.comes("Maureen")
    waiting = await party.knocks("Nina")
    clock = Clock(party)
    phone, door = party.looks(maureen), party.looks(waiting)
    await until(lambda: party.room.board.people[maureen.id].came > 0)
    clock.goes_on(TICK_S * 3)
    assert phone.seen("tick") == [{"is": "tick", "seq": phone.told}] * 3
    assert door.frames == [{"is": "waiting"}] * 4


async def test_a_tick_a_busy_machine_left_out_is_made_up_for(party: Gathering) -> None:
    clock = Clock(party)
    desk = party.looks(party.helen)
    clock.now += TICK_S * 2.5
    clock.second(clock.now)
    assert len(desk.seen("tick")) == 1


async def test_the_pulse_beats_by_itself(party: Gathering) -> None:
    maureen = await party.comes("Maureen")
    desk = party.looks(party.helen)
    party.looks(maureen)
    await until(lambda: maureen.id in here(desk)[-1], within=2.5)
    assert here(desk)[-1] == sorted([party.helen.id, maureen.id])


async def test_a_slow_storage_does_not_hold_up_the_pulse(storage: Storage, party: Gathering) -> None:
    clock = Clock(party)
    desk = party.looks(party.helen)
    if storage.kind == "redis":
        storage.server.freeze()
    try:
        clock.goes_on(TICK_S)
        await asyncio.sleep(0.1)
        clock.goes_on(TICK_S)
        assert len(desk.seen("tick")) == 2
    finally:
        if storage.kind == "redis":
            storage.server.thaw()


async def test_a_hub_of_many_rooms_keeps_their_pulses_apart(servers: Processes, party: Gathering) -> None:
    hub: Hub = party.hub
    other = await gather(hub)
    desk = other.looks(other.helen)
    party.looks(party.helen)
    Clock(party).goes_on(TICK_S)
    assert desk.seen("tick") == []

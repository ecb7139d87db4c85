"""Who is writing where: told to those who write that same set and to nobody else, and over by itself. On SQLite and on
Redis."""

from __future__ import annotations

from typing import Any

from server import signals
from server.board.people import RemovePerson
from server.board.phases import HideAuthors
from server.board.setasks import NameWriters, PutUpSet, StartSet, WriteSet
from server.ids import new_id
from server.near import WRITES_NO_MORE_S, Nearby
from server.room import Room
from server.signals import SIGNAL_MAX, Writes
from server.writing import OVER_S, Hand
from tests.rooms import Eyes, Gathering, Person, Processes
from tests.storage import until
from tests.test_pulse import Clock


def writing(eyes: Eyes) -> list[dict[str, Any]]:
    return [frame["writing"] for frame in eyes.seen("near") if "writing" in frame]


async def drafted(party: Gathering, by: Person, *writers: Person) -> str:
    """A draft that these write together."""
    id = new_id()
    await party.room.ask(by.id, "device01", StartSet(ref=party.ref(), id=id, scale=new_id()))
    for one in writers:
        # Who has never been here cannot be given the pen.
        eyes = party.looks(one)
        await until(lambda one=one: party.room.board.people[one.id].came > 0)  # type: ignore[misc]
        party.room.part(eyes)
    people = tuple(one.id for one in writers)
    await party.room.ask(by.id, "device01", NameWriters(ref=party.ref(), set=id, people=people))
    return id


async def types(party: Gathering, eyes: Eyes, clock: Clock, set: str, part: str = "could") -> None:
    """A key is pressed in a part of a set."""
    party.room.pulse._steady = lambda: clock.now
    party.room.pulse.hear(eyes, Writes(set=set, part=part))  # type: ignore[arg-type]
    clock.goes_on(1)


def test_a_signal_is_read_exactly_or_not_at_all() -> None:
    assert signals.read('{"now":"writes","set":"k3f9a1c2","part":"could"}') == Writes(set="k3f9a1c2", part="could")
    assert signals.read(b'{"now":"writes","set":"k3f9a1c2","part":""}') == Writes(set="k3f9a1c2", part="")
    for bad in (
        '{"now":"writes","set":"k3f9a1c2","part":"elsewhere"}',
        '{"now":"writes","set":"K!","part":"could"}',
        '{"now":"writes","set":"k3f9a1c2","part":"could","more":1}',
        '{"ask":"card.add"}',
        "\ud800",
        b"\xff",
        '{"now":"writes","set":"k3f9a1c2","part":"could"}' + " " * SIGNAL_MAX,
    ):
        assert signals.read(bad) is None


async def test_those_who_write_a_draft_see_who_writes_and_nobody_else_hears_a_thing(party: Gathering) -> None:
    jo, anya, dana = await party.comes("Jo", "agency"), await party.comes("Anya"), await party.comes("Dana")
    set = await drafted(party, jo, anya)
    clock = Clock(party)
    clock.goes_on(1)
    own, with_her = party.looks(jo), party.looks(anya)
    others = [party.looks(party.helen), party.looks(dana), party.looks(await party.wall())]
    others += [party.looks(await party.knocks("Nina")), party.looks(party.helen, as_wall=True)]
    await until(lambda: all(one.came > 0 for one in party.room.board.people.values() if one.state == "here"))
    clock.goes_on(1)
    before = [list(eyes.frames) for eyes in others]
    seq = party.room.board.seq
    await types(party, own, clock, set)
    assert writing(with_her) == [{set: {"could": [jo.id]}}]
    assert writing(own) == []
    clock.goes_on(OVER_S)
    assert writing(with_her)[-1] == {}
    assert [[one for one in eyes.frames if one["is"] != "tick"] for eyes in others] == [
        [one for one in frames if one["is"] != "tick"] for frames in before
    ]
    assert party.room.board.seq == seq


async def test_it_is_over_when_the_field_is_left_and_when_the_connection_ends(party: Gathering) -> None:
    jo, anya = await party.comes("Jo", "agency"), await party.comes("Anya")
    set = await drafted(party, jo, anya)
    clock = Clock(party)
    own, with_her = party.looks(jo), party.looks(anya)
    await types(party, own, clock, set)
    await types(party, own, clock, set, "")
    assert writing(with_her) == [{set: {"could": [jo.id]}}, {}]
    await types(party, own, clock, set, "happened")
    party.room.part(own)
    clock.goes_on(1)
    assert writing(with_her)[2:] == [{set: {"happened": [jo.id]}}, {}]


async def test_who_writes_no_more_hears_nothing_from_that_moment(party: Gathering) -> None:
    jo, anya, dana = await party.comes("Jo", "agency"), await party.comes("Anya"), await party.comes("Dana")
    set = await drafted(party, jo, anya, dana)
    clock = Clock(party)
    own, with_her, third = party.looks(jo), party.looks(anya), party.looks(dana)
    await types(party, own, clock, set)
    assert writing(third) == [{set: {"could": [jo.id]}}]
    await party.room.ask(jo.id, "device01", NameWriters(ref=party.ref(), set=set, people=(anya.id,)))
    await types(party, own, clock, set, "happened")
    await types(party, third, clock, set, "long")
    assert writing(third) == [{set: {"could": [jo.id]}}]
    assert writing(with_her)[-1] == {set: {"happened": [jo.id]}}
    assert writing(own) == []
    await party.room.ask(party.helen.id, "desk", RemovePerson(ref=party.ref(), person=jo.id))
    clock.goes_on(1)
    assert writing(with_her)[-1] == {}


async def test_on_the_board_it_is_told_to_who_runs_the_meeting_and_who_writes_it_down(party: Gathering) -> None:
    jo, scribe, dana = (
        await party.comes("Jo", "agency"),
        await party.comes("Priya", "scribe"),
        await party.comes("Dana"),
    )
    set = await drafted(party, jo)
    await party.room.ask(jo.id, "device01", WriteSet(ref=party.ref(), set=set, part="could", text="x", was=0))
    await party.room.ask(jo.id, "device01", PutUpSet(ref=party.ref(), set=set))
    clock = Clock(party)
    own, phone = party.looks(jo), party.looks(dana)
    told = [party.looks(party.helen), party.looks(scribe)]
    await types(party, own, clock, set)
    assert [writing(eyes) for eyes in told] == [[{set: {"could": [jo.id]}}]] * 2
    # The family's own goal is hers to write, and nobody watches her do it.
    await types(party, phone, clock, set, "family")
    assert writing(own) == []
    assert writing(phone) == []


async def test_where_authors_are_hidden_somebody_writes_and_not_who(party: Gathering) -> None:
    jo, anya = await party.comes("Jo", "agency"), await party.comes("Anya")
    set = await drafted(party, jo, anya)
    await party.room.ask(party.helen.id, "desk", HideAuthors(ref=party.ref()))
    clock = Clock(party)
    own, with_her = party.looks(jo), party.looks(anya)
    await types(party, own, clock, set)
    assert writing(with_her) == [{set: {"could": []}}]


async def test_it_is_told_across_processes(servers: Processes, party: Gathering) -> None:
    jo, anya = await party.comes("Jo", "agency"), await party.comes("Anya")
    set = await drafted(party, jo, anya)
    other: Room = await (await servers.hub()).room(party.id)
    own, with_her = party.looks(jo), party.looks(anya, room=other)
    party.room.pulse.hear(own, Writes(set=set, part="could"))
    await until(lambda: writing(with_her) == [{set: {"could": [jo.id]}}])
    party.room.part(own)
    await until(lambda: writing(with_her)[-1] == {})


def test_a_process_that_fell_silent_has_nobody_who_writes() -> None:
    one, other = Nearby("one"), Nearby("other")
    hand = Hand("set00001", "could", "jo000001")
    other.hear(one.say(["jo000001"], [hand]), 100.0)
    assert other.writing([], 100.0 + WRITES_NO_MORE_S - 0.1) == [hand]
    assert other.writing([], 100.0 + WRITES_NO_MORE_S) == []
    assert other.all([], 100.0 + WRITES_NO_MORE_S) == {"jo000001"}

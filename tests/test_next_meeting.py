"""The next meeting begins from the record of the last: its open worries, its next steps, and its numbers as hollow
markers, which nobody but the facilitator sees before those of this time are shown."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
import pytest_asyncio
from msgspec.structs import replace

from server.admin import carry_out
from server.board.bringing import MatchFormer
from server.board.cards import AddCard
from server.board.model import AnyAsk
from server.board.owners import AnswerStep, AskOwner, ShowOwner
from server.board.ratings import Show
from server.board.scales import OpenRound, RevealRound, SetRating
from server.board.setasks import PutUpSet, StartSet, WriteSet
from server.board.steps import AddStep, MarkStep
from server.lastmeeting import CannotRead, read
from server.record.blocks import Chart
from server.record.forms import write
from server.record.model import Record
from server.record.paper import paper
from server.recording import record_of
from tests.meeting import Browser, Meeting, Running, running, settings_in
from tests.test_record_page import Read, all_live, frames_until

pytestmark = pytest.mark.asyncio(loop_scope="module")
REFS = count(1)
SET, OF_SET = "set0000000000001", "scale00000000001"
HAPPENED = "On two Saturdays nobody was awake to look after Elsie"
FIRST = {"Dana": 6, "Maureen": 4, "Shirin": "not-sure", "Jo": 3}
ROLES = {"Dana": "family", "Maureen": "family", "Shirin": "family", "Jo": "agency"}


async def says(meeting: Meeting, name: str, ask: AnyAsk) -> None:
    person = meeting.helen_id if name == "Helen" else meeting.person(name)
    await meeting.room.ask(person, f"device{person}", replace(ask, ref=next(REFS)))


async def rated(
    meeting: Meeting, id: str, scale: str, show: Show, numbers: dict[str, Any], *, reveal: bool = True
) -> None:
    await says(meeting, "Helen", OpenRound(ref=0, id=id, scale=scale, show=show))
    for name, value in numbers.items():
        await says(meeting, name, SetRating(ref=0, round=id, value=value))
    if reveal:
        await says(meeting, "Helen", RevealRound(ref=0, round=id))


async def taken_on(meeting: Meeting, step: str, owner: str, *, person: str = "", name: str = "", but: str = "") -> None:
    id = meeting.person(person) if person else None
    await says(meeting, "Helen", AskOwner(ref=0, id=owner, step=step, person=id, name=name))
    answer = AnswerStep(ref=0, owner=owner, answer="but" if but else "yes", words=but, was=1)
    await says(meeting, person or "Helen", answer)
    await says(meeting, "Helen", ShowOwner(ref=0, owner=owner, was=1))


async def people(meeting: Meeting) -> dict[str, Browser]:
    """Everyone comes in."""
    return {name: await meeting.comes(name, role) for name, role in ROLES.items()}


async def record(meeting: Meeting) -> Record:
    return await record_of(meeting.room, "whole", made=0)


async def held(meeting: Meeting) -> str:
    """Hold a meeting with a worry, steps and numbers shown in all three ways. Returns its record, as Helen takes it
    away."""
    await people(meeting)
    whole = next(iter(meeting.room.board.scales))
    await says(meeting, "Helen", StartSet(ref=0, id=SET, scale=OF_SET, children=("Elsie",)))
    await says(meeting, "Helen", WriteSet(ref=0, set=SET, part="happened", text=HAPPENED, was=0))
    await says(meeting, "Helen", WriteSet(ref=0, set=SET, part="name", text="Saturdays", was=0))
    await says(meeting, "Helen", PutUpSet(ref=0, set=SET))
    await rated(meeting, "roundzz0of0set01", OF_SET, "named", dict.fromkeys(FIRST, 9))
    await rated(meeting, "roundaa0of0set02", OF_SET, "named", FIRST)
    await rated(meeting, "roundzz0whole001", whole, "named", {"Dana": 8, "Jo": 8})
    await rated(meeting, "roundaa0whole002", whole, "role", {"Dana": 2, "Maureen": 5, "Jo": 7})
    for id, what in (("step000000000001", "Gran sleeps over"), ("step000000000002", "Done by now")):
        await says(meeting, "Jo", AddStep(ref=0, id=id, what=what, when="on Fridays", set=SET))
    await taken_on(meeting, "step000000000001", "owner00000000001", person="Maureen", but="not in May")
    await taken_on(meeting, "step000000000001", "owner00000000002", name="Aunt Ola")
    await says(meeting, "Helen", MarkStep(ref=0, step="step000000000002", state="done"))
    await says(meeting, "Dana", AddCard(ref=0, id="card000000000001", column="well", text="Only then"))
    sent = {"do": "take", "copy": "whole", "form": "json"}
    return (await meeting.helen.post(f"{meeting.page}/record", **sent)).text


@dataclass
class Evening:
    """A server, and the record of a meeting on it."""

    server: Running
    record: str

    async def next_one(self, **wish: Any) -> Meeting:
        """The meeting after it."""
        return await self.server.meeting(**{"record": self.record, **wish})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def evening(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Evening]:
    async with running(settings_in(tmp_path_factory.mktemp("next"))) as server:
        server.site.joins.most = 10_000
        yield Evening(server, await held(await server.meeting()))


@pytest_asyncio.fixture(loop_scope="module")
async def meeting(evening: Evening) -> Meeting:
    """The next meeting."""
    return await evening.next_one()


def hollow(meeting: Meeting) -> list[tuple[str, str, int | None]]:
    return sorted((one.scale, one.name, one.value) for one in meeting.room.board.past.values())


# ---- what stands on the new board ------------------------------------------------------------------------------------


async def test_an_open_worry_stands_there_with_its_own_scale(evening: Evening, meeting: Meeting) -> None:
    board, last = meeting.room.board, json.loads(evening.record)
    assert list(board.sets) == [SET]
    stands = board.sets[SET]
    assert (stands.state, stands.number, stands.children, stands.begun) == ("board", 1, ("Elsie",), last["opened"])
    assert {part: one.text for part, one in stands.texts.items()} == {"happened": HAPPENED, "name": "Saturdays"}
    scale, was = board.scales[OF_SET], next(one for one in last["scales"] if one["id"] == OF_SET)
    assert (scale.ten, scale.zero, scale.direction) == (was["ten"]["text"], was["zero"]["text"], was["direction"])
    assert meeting.room.board.cards == {} and meeting.room.board.rounds == {}


async def test_the_ends_of_its_scale_are_those_of_then_whatever_a_template_says_now(evening: Evening) -> None:
    meeting = await evening.next_one(record=of_the_worry(evening.record, ten={"text": "All is well"}))
    assert [meeting.room.board.scales[OF_SET].ten] == ["All is well"]
    await says(meeting, "Helen", WriteSet(ref=0, set=SET, part="happened", text="More", was=1))
    scale, last = meeting.room.board.scales[OF_SET], json.loads(evening.record)
    was = next(one for one in last["scales"] if one["id"] == OF_SET)
    assert (scale.ten, scale.zero) == ("All is well", was["zero"]["text"])


async def test_a_worry_on_whose_scale_ten_is_worst_begins_no_meeting(evening: Evening) -> None:
    with pytest.raises(CannotRead, match="on which 10 is worst"):
        read(of_the_worry(evening.record, direction="down"))


def of_the_worry(record: str, **fields: Any) -> str:
    """The record, as if the scale of the worry had been another one then."""
    said = json.loads(record)
    next(one for one in said["scales"] if one["id"] == OF_SET).update(fields)
    return json.dumps(said)


async def test_the_next_worry_gets_the_next_number(meeting: Meeting) -> None:
    await says(meeting, "Helen", StartSet(ref=0, id="set0000000000002", scale="scale00000000002", children=("Elsie",)))
    await says(meeting, "Helen", WriteSet(ref=0, set="set0000000000002", part="happened", text="More", was=0))
    await says(meeting, "Helen", PutUpSet(ref=0, set="set0000000000002"))
    assert meeting.room.board.sets["set0000000000002"].number == 2


async def test_the_scale_of_the_whole_meeting_is_the_same(evening: Evening, meeting: Meeting) -> None:
    whole = next(one["id"] for one in json.loads(evening.record)["scales"] if not one.get("set"))
    assert next(iter(meeting.room.board.scales)) == whole


async def test_steps_that_are_not_done_ask_what_happened(evening: Evening, meeting: Meeting) -> None:
    [step] = meeting.room.board.steps.values()
    assert (step.what, step.when, step.set, step.state) == ("Gran sleeps over", "on Fridays", SET, "open")
    assert step.agreed == json.loads(evening.record)["opened"]
    takers = {(one.name, one.words, one.person, one.shown) for one in meeting.room.board.owners.values()}
    assert takers == {("Maureen", "not in May", "", True), ("Aunt Ola", "", "", True)}


async def test_hollow_markers_are_those_numbers_that_had_a_name_in_the_last_round_alone(meeting: Meeting) -> None:
    assert hollow(meeting) == [(OF_SET, "Dana", 6), (OF_SET, "Jo", 3), (OF_SET, "Maureen", 4)]


async def test_numbers_without_names_are_nobodys_for_ever(meeting: Meeting) -> None:
    nameless = [one for one in meeting.room.board.trails.values() if one.show != "named"]
    assert [sorted(given.value for given in one.given) for one in nameless] == [[2, 5, 7]]
    assert {(given.name, given.former, given.person) for one in nameless for given in one.given} == {("", "", "")}


async def test_a_file_in_which_somebody_wrote_a_name_beside_such_a_number_ties_it_to_nobody(evening: Evening) -> None:
    said = json.loads(evening.record)
    dana = next(one for one in said["people"] if one["name"] == "Dana")
    for one in said["rounds"]:
        if one["show"] == "role":
            one["marks"] = [{**mark, "person": dana["id"], "who": "Dana"} for mark in one["marks"]]
    meeting = await evening.next_one(record=json.dumps(said))
    nameless = [one for one in meeting.room.board.trails.values() if one.show == "role"]
    assert {(given.name, given.former) for one in nameless for given in one.given} == {("", "")}


# ---- what is a record ------------------------------------------------------------------------------------------------


async def test_a_file_that_begins_with_the_mark_of_an_editor_is_read(evening: Evening) -> None:
    marked = f"\ufeff{evening.record}"
    assert read(marked).scale == read(marked.encode()).scale == read(evening.record).scale != ""


async def test_a_worry_about_ten_children_with_long_names_comes_along(evening: Evening) -> None:
    names = tuple(f"{place} {'Elsie ' * 6}"[:40].strip() for place in range(10))
    meeting = await evening.server.meeting()
    await says(meeting, "Helen", StartSet(ref=0, id=SET, scale=OF_SET, children=names))
    await says(meeting, "Helen", WriteSet(ref=0, set=SET, part="name", text="Saturdays " * 8, was=0))
    await says(meeting, "Helen", PutUpSet(ref=0, set=SET))
    next_one = await evening.next_one(record=write(await record(meeting), "json").decode())
    assert next_one.room.board.sets[SET].children == names


@pytest.mark.parametrize("numbers", [[0], [1, 1]])
async def test_no_two_worries_have_one_number_and_none_has_none(evening: Evening, numbers: list[int]) -> None:
    said = json.loads(evening.record)
    ([worry], own) = said["sets"], next(one for one in said["scales"] if one["id"] == OF_SET)
    said["sets"], places = [], [f"{place:08}" for place in range(len(numbers))]
    for place, number in zip(places, numbers, strict=True):
        said["sets"].append({**worry, "number": number, "id": f"set{place}", "scale": f"scale{place}"})
        said["scales"].append({**own, "id": f"scale{place}"})
    with pytest.raises(CannotRead):
        read(json.dumps(said))


# ---- who sees it before ----------------------------------------------------------------------------------------------


async def told(meeting: Meeting, who: Browser) -> str:
    """All that somebody is told of the board now: first frame, page and what is recorded of them."""
    async with who.live(meeting.id, device=f"device{next(REFS)}") as line:
        frames = await frames_until(line, '"is": "welcome"')
    pages = [(await who.get(path)).text for path in (meeting.page, f"{meeting.page}/record", f"{meeting.page}/wall")]
    return json.dumps(frames) + "".join(pages)


OF_THEN = ('"past":{', '"past": {', '"trail"', '"former"', '"given"')
"""By these signs numbers of then would travel; what happened then is "past" in the wording of every meeting."""


async def test_nobody_but_the_facilitator_is_told_a_number_of_then_before_this_times_are_shown(
    meeting: Meeting,
) -> None:
    there = {**await people(meeting), "the wall": await meeting.wall()}
    for name, who in there.items():
        seen = await told(meeting, who)
        assert [signs for signs in OF_THEN if signs in seen] == [], name
    desk = await told(meeting, meeting.helen)
    assert all(signs in desk for signs in ('"past": {', '"trail"', '"former"'))
    async with all_live(meeting, list(there.values())) as lines:
        await rated(meeting, "round00000000001", OF_SET, "spread", {"Dana": 1, "Maureen": 2, "Jo": 3})
        await rated(meeting, "round00000000002", OF_SET, "named", {"Dana": 5, "Jo": 5}, reveal=False)
        await says(meeting, "Helen", AddCard(ref=0, id="card000000000009", column="well", text="A fence"))
        for line in lines:
            frames = json.dumps(await frames_until(line, "A fence"))
            assert [signs for signs in OF_THEN if signs in frames] == []
    assert not any(one.shown for one in meeting.room.board.past.values())


async def test_with_this_times_numbers_those_of_then_come_to_all_of_them(meeting: Meeting) -> None:
    there = {**await people(meeting), "the wall": await meeting.wall()}
    async with all_live(meeting, list(there.values())) as lines:
        await rated(meeting, "round00000000001", OF_SET, "named", {"Dana": 5, "Jo": 5})
        for name, line in zip(there, lines, strict=True):
            shown = (await frames_until(line, '"state": "shown"'))[-1]["put"]
            assert {one["value"] for one in shown["past"].values()} == {6, 4, 3}, name
            assert {one["name"] for one in shown["past"].values()} == {"Dana", "Maureen", "Jo"}, name
            assert ("trail" in shown) is (name != "the wall")


@pytest.mark.parametrize(
    ("now", "comes"),
    [("spread", set[str]()), ("role", {"role"}), ("named", {"named", "role"})],
)
async def test_what_is_shown_of_then_tells_no_more_of_anybody_than_what_is_shown_now(
    evening: Evening, now: Show, comes: set[str]
) -> None:
    meeting = await evening.next_one()
    dana = (await people(meeting))["Dana"]
    whole = next(iter(meeting.room.board.scales))
    await rated(meeting, "round00000000001", whole, now, {"Dana": 5, "Maureen": 5, "Jo": 5})
    async with dana.live(meeting.id, device="device77") as line:
        seen = (await frames_until(line, '"is": "welcome"'))[-1]["put"].get("trail", {})
    assert {one["show"] for one in seen.values()} == comes


# ---- who of then is who now ------------------------------------------------------------------------------------------


async def matched(meeting: Meeting, *names: str) -> None:
    """Helen says that who bore these names is who bears them now."""
    formers = {one.name: one.id for one in meeting.room.board.formers.values()}
    for name in names:
        sent = {"do": "match", "former": formers[name], "person": meeting.person(name)}
        assert (await meeting.helen.post(f"{meeting.page}/record", **sent)).status_code == 303


async def test_who_has_the_same_name_is_proposed_and_nobody_is_taken_for_somebody_by_itself(meeting: Meeting) -> None:
    there = await people(meeting)
    assert {one.person for one in meeting.room.board.formers.values()} == {""}
    page = Read((await meeting.helen.get(f"{meeting.page}/record")).text)
    assert set(page.held["person"]) == {meeting.person(name) for name in ROLES} | {meeting.helen_id}
    assert "has the same name" in page.said
    former = next(iter(meeting.room.board.formers))
    sent = {"do": "match", "former": former, "person": meeting.person("Dana")}
    assert (await there["Dana"].post(f"{meeting.page}/record", **sent)).status_code == 422


async def test_whom_the_facilitator_matches_gets_their_numbers_and_steps(meeting: Meeting) -> None:
    await people(meeting)
    await matched(meeting, "Dana", "Maureen")
    board, dana, maureen = meeting.room.board, meeting.person("Dana"), meeting.person("Maureen")
    assert {(one.person, one.value) for one in board.past.values()} == {(dana, 6), (maureen, 4), ("", 3)}
    named = [given for one in board.trails.values() for given in one.given if given.name]
    assert {given.person for given in named if given.name == "Dana"} == {dana}
    assert {given.person for given in named if given.name == "Jo"} == {""}
    assert {(one.person, one.name) for one in board.owners.values()} == {(maureen, "Maureen"), ("", "Aunt Ola")}
    await rated(meeting, "round00000000001", OF_SET, "named", {"Dana": 5, "Maureen": 5, "Jo": 7})
    [now] = (await record(meeting)).rounds
    assert {(one.person, one.who, one.value) for one in now.before} == {
        (dana, "Dana", 6),
        (maureen, "Maureen", 4),
        ("", "Jo", 3),
    }


async def test_nobody_of_then_is_somebody_who_waits_at_the_door(meeting: Meeting) -> None:
    await meeting.knocks("Dana")
    former = next(one.id for one in meeting.room.board.formers.values() if one.name == "Dana")
    sent = {"do": "match", "former": former, "person": meeting.person("Dana")}
    assert (await meeting.helen.post(f"{meeting.page}/record", **sent)).status_code == 422
    assert {one.person for one in meeting.room.board.formers.values()} == {""}


async def test_a_match_is_taken_back(meeting: Meeting) -> None:
    await people(meeting)
    await matched(meeting, "Dana")
    former = next(one.id for one in meeting.room.board.formers.values() if one.name == "Dana")
    await says(meeting, "Helen", MatchFormer(ref=0, former=former))
    assert {one.person for one in meeting.room.board.past.values()} == {""}
    assert hollow(meeting) == [(OF_SET, "Dana", 6), (OF_SET, "Jo", 3), (OF_SET, "Maureen", 4)]


async def test_somebody_else_of_that_name_is_nobody_of_then(meeting: Meeting) -> None:
    """Two of one name in one family: only who was there knows."""
    await meeting.comes("Dana")
    await says(meeting, "Helen", OpenRound(ref=0, id="round00000000001", scale=OF_SET, show="named"))
    await says(meeting, "Dana", SetRating(ref=0, round="round00000000001", value=2))
    await says(meeting, "Helen", RevealRound(ref=0, round="round00000000001"))
    assert {one.person for one in meeting.room.board.past.values()} == {""}
    own = await record_of(meeting.room, "own", person=meeting.person("Dana"), made=0)
    assert own.earlier == () and [one.before for one in own.rounds] == [()]


async def test_who_is_erased_is_nobody_of_then_either(meeting: Meeting) -> None:
    """Their numbers of then stand in one entry with those of others: they stay, and are nobody's."""
    await people(meeting)
    await matched(meeting, "Dana", "Maureen")
    server, fields = meeting.server, {"room": meeting.id, "person": meeting.person("Dana"), "do": "erase"}
    await carry_out(server.hub, server.site.templates, "person", fields, base=server.url)
    board = (await server.hub.room(meeting.id)).board
    assert "Dana" not in {one.name for one in board.formers.values()}
    assert sorted((one.name, one.value) for one in board.past.values()) == [("Jo", 3), ("Maureen", 4)]
    named = {(given.name, given.former != "") for one in board.trails.values() for given in one.given}
    assert "Dana" not in {name for name, _former in named} and ("", True) not in named


# ---- scales that changed ---------------------------------------------------------------------------------------------


def changed(record: str, **fields: Any) -> str:
    """The record, as if the scale of the whole meeting had been another one then, and its numbers had had names."""
    said = json.loads(record)
    whole = next(one for one in said["scales"] if not one.get("set"))
    whole.update(fields)
    for one in said["rounds"]:
        if one["scale"] == whole["id"] and one["show"] == "role":
            one["show"] = "named"
            people = [person for person in said["people"] if person["name"] in ROLES]
            for mark, person in zip(one["marks"], people, strict=False):
                mark |= {"person": person["id"], "who": person["name"], "role": person["role"]}
    return json.dumps(said)


async def shown_now(evening: Evening, **fields: Any) -> tuple[Meeting, Record]:
    meeting = await evening.next_one(record=changed(evening.record, **fields))
    await people(meeting)
    await matched(meeting, "Dana")
    whole = next(iter(meeting.room.board.scales))
    await rated(meeting, "round00000000001", whole, "named", {"Dana": 5, "Jo": 5})
    return meeting, await record(meeting)


def threads(record: Record) -> list[int]:
    """How many lines each chart draws between two meetings."""
    charts = [block for block in paper(record).blocks if isinstance(block, Chart)]
    return [sum(one.kind == "thread" for one in chart.sketch.strokes) for chart in charts]


async def test_on_the_same_scale_a_line_joins_the_numbers_of_each_person(evening: Evening) -> None:
    _meeting, now = await shown_now(evening)
    [round] = now.rounds
    assert {one.same_ends for one in round.before} == {True} and len(round.before) == 3
    # Dana alone is matched; and of the last meeting what was asked last counts.
    assert threads(now) == [1]


async def test_where_an_end_said_something_else_the_marker_says_so_and_the_line_breaks(evening: Evening) -> None:
    _meeting, now = await shown_now(evening, ten={"text": "All is well"})
    [round] = now.rounds
    assert {(one.same_ends, one.ten) for one in round.before} == {(False, "All is well")}
    assert threads(now) == [0]
    assert "The lines break where the ends of the scale said something else." in write(now, "html").decode()


async def test_what_was_counted_the_other_way_round_has_no_hollow_marker(evening: Evening) -> None:
    meeting, now = await shown_now(evening, direction="down")
    whole = next(iter(meeting.room.board.scales))
    assert [one for one in meeting.room.board.past.values() if one.scale == whole] == []
    assert [one.before for one in now.rounds] == [()]
    assert threads(now) == [0]


# ---- the one after ---------------------------------------------------------------------------------------------------


async def test_the_third_meeting_still_has_the_numbers_of_the_first(evening: Evening, meeting: Meeting) -> None:
    await people(meeting)
    await matched(meeting, "Dana")
    await rated(meeting, "round00000000001", OF_SET, "named", {"Dana": 7, "Maureen": 5, "Jo": 5})
    second = write(await record(meeting), "json").decode()
    third = await evening.next_one(record=second)
    # On the scale of the worry: of the first meeting, whoever was not matched there too.
    numbers = {
        (one.show, given.name, given.value)
        for one in third.room.board.trails.values()
        if one.scale == OF_SET
        for given in one.given
    }
    assert numbers >= {("named", "Dana", 6), ("named", "Jo", 3), ("named", "Maureen", 4)}
    assert numbers >= {("named", "Dana", 7), ("named", "Jo", 5), ("named", "Maureen", 5)}
    # Markers stand for the last time alone.
    assert hollow(third) == [(OF_SET, "Dana", 7), (OF_SET, "Jo", 5), (OF_SET, "Maureen", 5)]
    # Who was matched is one person; who was not is of then.
    formers = [one.name for one in third.room.board.formers.values()]
    assert sorted(formers) == ["Dana", "Helen", "Jo", "Jo", "Maureen", "Maureen", "Shirin", "Shirin"]
    assert third.room.board.sets[SET].begun == json.loads(evening.record)["opened"]
    assert {one.agreed for one in third.room.board.steps.values()} == {json.loads(evening.record)["opened"]}


async def test_where_the_second_asked_for_no_number_the_third_has_the_last_of_the_first(
    evening: Evening, meeting: Meeting
) -> None:
    third = await evening.next_one(record=write(await record(meeting), "json").decode())
    assert hollow(third) == [(OF_SET, "Dana", 6), (OF_SET, "Jo", 3), (OF_SET, "Maureen", 4)]

"""People: let in, refused, removed, renamed, given roles, put on the list, ready, with a hand up; and what is said
quietly."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from server.board import core
from server.board.door import Came, EndSession, Goodbye, Left, MakeKey, UseKey
from server.board.lobby import PEOPLE_MAX
from server.board.quiet import QUIET_MAX

from .make import BY_ROLE, DANA, HELEN, JO, KOFI, MAUREEN, PRIYA, TOM, WALL, meeting, opened

NAVEED = "naveedrahimi"


def test_whoever_waits_is_seen_by_the_facilitator_alone_and_let_in_by_everyone() -> None:
    play = meeting()
    play.knocks(TOM, "agency")
    assert [id for id in (*BY_ROLE.values(), WALL) if TOM in play.sees(id)["person"]] == [HELEN]
    play.says(HELEN, "person.admit", person=TOM)
    assert all(play.sees(id)["person"][TOM]["state"] == "here" for id in (*BY_ROLE.values(), WALL))


def test_whoever_was_refused_or_removed_is_let_in_when_the_facilitator_changes_her_mind() -> None:
    play = meeting()
    play.knocks(TOM)
    play.says(HELEN, "person.refuse", person=TOM)
    assert play.board.people[TOM].state == "refused"
    play.says(HELEN, "person.admit", person=TOM)
    play.says(HELEN, "person.remove", person=TOM)
    assert play.board.people[TOM].state == "removed"
    play.says(HELEN, "person.admit", person=TOM)
    assert play.board.people[TOM].state == "here"


def test_whoever_is_removed_has_no_hand_up_and_is_not_ready() -> None:
    play = meeting()
    play.says(DANA, "person.hand", up=True)
    play.says(DANA, "person.ready", state="ready")
    play.says(HELEN, "person.remove", person=DANA)
    person = play.board.people[DANA]
    assert (person.hand, person.ready, person.state) == (False, "", "removed")


@pytest.mark.parametrize("how", ["expected", "apologies"])
def test_whoever_never_came_is_named_to_nobody_else_when_marked_gone(how: str) -> None:
    play = meeting()
    play.says(PRIYA, "person.expect", id=NAVEED, name="Naveed", role="family", how=how)
    play.says(PRIYA, "person.mark", person=NAVEED, how="gone")
    assert {id for id in (*BY_ROLE.values(), WALL) if NAVEED in play.sees(id)["person"]} == {HELEN, PRIYA}
    play.says(PRIYA, "person.mark", person=NAVEED, how="phone")
    play.says(PRIYA, "person.mark", person=NAVEED, how="gone")
    assert play.sees(JO)["person"][NAVEED]["state"] == "left"


@pytest.mark.parametrize("writes", [True, False])
def test_to_others_whoever_was_removed_looks_like_whoever_said_goodbye(writes: bool) -> None:
    told = []
    for goes in ("goodbye", "removed", "asks to come back"):
        play = meeting()
        if writes:
            play.card("card0001")
        if goes == "removed":
            play.says(HELEN, "person.remove", person=DANA)
        else:
            play.writes(Goodbye(person=DANA))
        if goes == "asks to come back":
            play.writes(MakeKey(key="key-dana", role="person", person=DANA))
            play.writes(UseKey(key="key-dana", cookie="tablet"))
            assert play.board.people[DANA].state == "waiting"
        told.append({id: play.sees(id)["person"].get(DANA) for id in (PRIYA, JO, KOFI, WALL)})
    assert told[0][JO] is not None
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize(
    ("tag", "state"),
    [
        ("person.admit", "here"),
        ("person.admit", "left"),
        ("person.admit", "expected"),
        ("person.refuse", "here"),
        ("person.refuse", "left"),
        ("person.refuse", "refused"),
        ("person.refuse", "removed"),
        ("person.refuse", "expected"),
        ("person.remove", "refused"),
        ("person.remove", "removed"),
        ("person.remove", "expected"),
        ("person.mark", "waiting"),
        ("person.mark", "refused"),
        ("person.mark", "removed"),
        ("person.hand", "waiting"),
        ("person.hand", "left"),
    ],
)
def test_what_does_not_fit_how_someone_stands_is_refused(tag: str, state: Any) -> None:
    play = meeting()
    play.knocks(TOM)
    play.board = replace(play.board, people={**play.board.people, TOM: replace(play.board.people[TOM], state=state)})
    forms: dict[str, dict[str, Any]] = {"person.mark": {"how": "phone"}, "person.hand": {"up": True}}
    more = forms.get(tag, {})
    assert play.refused(HELEN, tag, person=TOM, **more) == "no-person"


@pytest.mark.parametrize(
    ("tag", "fields"),
    [
        ("person.admit", {}),
        ("person.refuse", {}),
        ("person.remove", {}),
        ("person.role", {"role": "family"}),
        ("person.mark", {"how": "gone"}),
        ("person.hand", {"up": False}),
    ],
)
def test_nobody_can_be_found_who_is_not_on_the_list(tag: str, fields: dict[str, Any]) -> None:
    assert meeting().refused(HELEN, tag, person="nobodyhere", **fields) == "no-person"


def test_the_last_facilitator_cannot_be_removed_but_may_leave_and_the_meeting_goes_on() -> None:
    play = meeting()
    assert play.refused(HELEN, "person.remove", person=HELEN) == "last-facilitator"
    play.writes(MakeKey(key="key-ivo", role="facilitator", person="ivopetrov", name="Ivo"))
    play.says("ivopetrov", "person.remove", person=HELEN)
    assert play.refused("ivopetrov", "person.remove", person="ivopetrov") == "last-facilitator"
    play.writes(Goodbye(person="ivopetrov"))
    play.card("card0001")


def test_a_facilitator_who_left_does_not_count_as_the_one_who_stays() -> None:
    play = meeting()
    play.writes(MakeKey(key="key-ivo", role="facilitator", person="ivopetrov", name="Ivo"))
    play.writes(Goodbye(person="ivopetrov"))
    assert play.refused(HELEN, "person.remove", person=HELEN) == "last-facilitator"
    play.says(HELEN, "person.remove", person="ivopetrov")


def test_another_role_is_another_way_of_seeing_and_facilitators_come_by_key_only() -> None:
    play = meeting()
    play.comes(MAUREEN)
    play.says(HELEN, "person.role", person=MAUREEN, role="scribe")
    assert play.viewer(MAUREEN).lens == "scribe"
    assert play.refused(HELEN, "person.role", person=HELEN, role="scribe") == "key-only"


def test_a_name_is_what_its_bearer_says_in_one_unicode_form() -> None:
    play = meeting()
    play.says(DANA, "person.name", name="Zoe\u0308")
    assert play.sees(JO)["person"][DANA]["name"] == "Zo\u00eb"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("x" * 41, "too-long"),
        ("a\u0001", "bad-character"),
        # One sign as typed, three in the one form that names are kept in.
        ("\U0001d160" * 14, "too-long"),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused(name: str, code: str) -> None:
    play = meeting()
    assert play.refused(DANA, "person.name", name=name) == code
    expected = {"id": NAVEED, "role": "family", "how": "expected"}
    assert play.refused(HELEN, "person.expect", name=name, **expected) == code


def test_a_name_of_forty_fits_however_it_was_typed() -> None:
    play = meeting()
    play.says(DANA, "person.name", name="e\u0301" * 40)
    assert play.board.people[DANA].name == "é" * 40


@pytest.mark.parametrize(
    ("how", "state", "kept_how"),
    [
        ("expected", "expected", "device"),
        ("apologies", "apologies", "device"),
        ("room", "here", "room"),
        ("phone", "here", "phone"),
    ],
)
@pytest.mark.parametrize("by", [HELEN, PRIYA])
def test_people_without_a_device_are_on_the_same_list(by: str, how: str, state: str, kept_how: str) -> None:
    play = meeting()
    play.says(by, "person.expect", id=NAVEED, name="Naveed", role="family", agency="", how=how)
    person = play.board.people[NAVEED]
    assert (person.state, person.how, bool(person.came)) == (state, kept_how, state == "here")
    assert (NAVEED in play.sees(JO)["person"]) == (state == "here")


def test_someone_without_a_device_is_marked_as_they_come_and_go() -> None:
    play = meeting()
    play.says(PRIYA, "person.expect", id=NAVEED, name="Naveed", role="family", how="expected")
    play.says(PRIYA, "person.mark", person=NAVEED, how="phone")
    came = play.board.people[NAVEED].came
    play.says(PRIYA, "person.mark", person=NAVEED, how="room")
    person = play.board.people[NAVEED]
    assert (person.state, person.how, person.came) == ("here", "room", came)
    play.says(HELEN, "person.hand", up=True, person=NAVEED)
    play.says(PRIYA, "person.mark", person=NAVEED, how="gone")
    person = play.board.people[NAVEED]
    assert (person.state, person.hand, person.came) == ("left", False, came)
    play.says(PRIYA, "person.mark", person=NAVEED, how="apologies")
    assert play.board.people[NAVEED].state == "apologies"


def test_someone_with_a_device_or_who_runs_the_meeting_is_not_marked() -> None:
    play = meeting()
    assert play.refused(HELEN, "person.mark", person=DANA, how="phone") == "no-person"
    play.writes(EndSession(cookie=f"cookie-{HELEN}"))
    assert play.refused(PRIYA, "person.mark", person=HELEN, how="gone") == "no-person"
    play.writes(EndSession(cookie=f"cookie-{DANA}"))
    play.writes(Left(person=DANA))
    play.says(PRIYA, "person.mark", person=DANA, how="phone")
    assert (play.board.people[DANA].how, play.board.people[DANA].away) == ("phone", 0)


def test_the_list_takes_nobody_twice_and_ends_somewhere() -> None:
    play = meeting()
    someone = {"name": "Naveed", "role": "family", "how": "expected"}
    assert play.refused(HELEN, "person.expect", id=DANA, **someone) == "id-taken"
    assert play.refused(HELEN, "person.expect", id=NAVEED, **someone, agency="x" * 41) == "too-long"
    many = {f"many{place:05}": play.board.people[DANA] for place in range(PEOPLE_MAX - len(play.board.people))}
    play.board = replace(play.board, people={**play.board.people, **many})
    assert play.refused(HELEN, "person.expect", id=NAVEED, **someone) == "full"


def test_who_is_ready_is_told_to_the_facilitator_and_themselves() -> None:
    play = meeting()
    play.says(DANA, "person.ready", state="ring")
    told = {id: play.sees(id)["person"][DANA].get("ready", "") for id in (*BY_ROLE.values(), WALL)}
    assert {id for id, ready in told.items() if ready} == {HELEN, DANA}
    play.says(DANA, "person.ready", state="")
    assert play.board.people[DANA].ready == ""


def test_everyone_sees_a_hand_and_the_facilitator_may_put_it_down() -> None:
    play = meeting()
    play.says(DANA, "person.hand", up=True)
    assert all(play.sees(id)["person"][DANA]["hand"] for id in (*BY_ROLE.values(), WALL))
    assert play.refused(JO, "person.hand", up=False, person=DANA) == "not-for-you"
    play.says(HELEN, "person.hand", up=False, person=DANA)
    assert not play.board.people[DANA].hand
    play.says(DANA, "person.hand", up=True, person=DANA)


def test_came_and_away_are_told_to_facilitator_and_scribe_alone() -> None:
    play = meeting()
    others = [id for id in (*BY_ROLE.values(), WALL) if id not in {HELEN, PRIYA}]
    before = {id: play.sees(id) for id in others}
    play.writes(Left(person=DANA))
    assert {id: play.sees(id) for id in others} == before
    assert all(play.sees(id)["person"][DANA]["away"] for id in (HELEN, PRIYA))
    play.writes(Came(person=DANA))
    assert all("away" not in play.sees(id)["person"][DANA] for id in (HELEN, PRIYA))


def test_quiet_words_reach_the_facilitator_and_leave_the_log_when_dealt_with() -> None:
    play = meeting()
    play.says(DANA, "quiet.say", id="quiet001", about="words", text="I am frightened")
    said = play.log[-1].seq
    assert [id for id in (*BY_ROLE.values(), WALL) if "quiet" in play.sees(id)] == [HELEN]
    assert play.sees(HELEN)["quiet"]["quiet001"]["text"] == "I am frightened"
    assert core.forgets(play.board, play.ask("quiet.done", quiet="quiet001")) == (said,)
    play.says(HELEN, "quiet.done", quiet="quiet001")
    assert "quiet" not in play.sees(HELEN)
    assert play.refused(HELEN, "quiet.done", quiet="quiet001") == "no-words"
    assert core.forgets(play.board, play.ask("quiet.done", quiet="quiet001")) == ()


def test_what_is_said_quietly_is_forgotten_when_the_meeting_ends() -> None:
    play = meeting()
    seqs = []
    for place, by in enumerate((DANA, KOFI)):
        play.says(by, "quiet.say", id=f"quiet00{place}", about="break")
        seqs.append(play.log[-1].seq)
    assert core.forgets(play.board, play.ask("meeting.close")) == tuple(seqs)
    play.says(HELEN, "meeting.close")
    assert play.board.quiet == {}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"about": "words"}, "empty"),
        ({"about": "words", "text": "x" * 281}, "too-long"),
        ({"about": "break", "text": "x" * 281}, "too-long"),
        ({"about": "come", "text": "\u0000"}, "bad-character"),
        ({"about": "come", "id": "quiettaken"}, "id-taken"),
    ],
)
def test_quiet_words_that_cannot_be_kept_are_refused(fields: dict[str, Any], code: str) -> None:
    play = meeting()
    play.says(KOFI, "quiet.say", id="quiettaken", about="cannot-say")
    assert play.refused(DANA, "quiet.say", **{"id": "quiet001", **fields}) == code


def test_quiet_words_that_nobody_deals_with_do_not_pile_up_for_ever() -> None:
    play = meeting()
    play.says(DANA, "quiet.say", id="quiet001", about="break")
    many = {f"many{place:05}": play.board.quiet["quiet001"] for place in range(QUIET_MAX)}
    play.board = replace(play.board, quiet=many)
    assert play.refused(DANA, "quiet.say", id="quiet002", about="break") == "full"


def test_a_meeting_of_one_facilitator_can_begin() -> None:
    play = opened()
    assert set(play.sees(HELEN)["person"]) == {HELEN}
    assert play.refused(DANA, "card.add", id="card0001", column="well", text="Hm") == "not-in"


def test_whoever_waits_may_say_another_name_and_that_is_all() -> None:
    play = meeting()
    play.knocks(TOM)
    play.says(TOM, "person.name", name="Thomas")
    assert play.sees(HELEN)["person"][TOM]["name"] == "Thomas"
    assert play.refused(TOM, "person.ready", state="ready") == "not-in"

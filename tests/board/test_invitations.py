"""Personal links: for the first of somebody's devices that is let in and no other; and links in place of old ones."""

from __future__ import annotations

from typing import Any

import pytest

from server.board.door import EndSession, Goodbye, MakeKey, UseKey
from server.board.invitations import InvitePerson, MisuseKey, RenewKey
from server.board.refusal import Refused

from .make import DANA, HELEN, JO, MAUREEN, PRIYA, TOM, WALL, Play, meeting, opened

LINK = "key-maureen"


@pytest.fixture
def play() -> Play:
    play = meeting()
    play.says(HELEN, "person.expect", id=MAUREEN, name="Maureen", role="family", how="expected")
    play.writes(InvitePerson(key=LINK, person=MAUREEN, by=HELEN))
    return play


def no(play: Play, ask: Any) -> str:
    before = play.board
    with pytest.raises(Refused) as refused:
        play.writes(ask)
    assert play.board is before
    return refused.value.code


def waits(play: Play) -> list[str]:
    return [one.id for one in play.board.people.values() if one.state == "waiting"]


def alarms(play: Play, id: str = HELEN) -> set[str]:
    return {key for key, one in play.sees(id)["person"].items() if one.get("alarm")}


def let_in(play: Play, cookie: str = "phone") -> None:
    play.writes(UseKey(key=LINK, cookie=cookie))
    play.says(HELEN, "person.admit", person=play.board.sessions[cookie].person)


def test_whoever_opens_their_link_waits_as_whom_they_are_and_sees_nothing_yet(play: Play) -> None:
    play.writes(UseKey(key=LINK, cookie="phone"))
    [id] = waits(play)
    assert play.sees(HELEN)["person"][id]["expected"] and play.sees(HELEN)["person"][id]["name"] == "Maureen"
    assert play.sees(HELEN)["person"][id]["by_link"] == MAUREEN
    assert id not in play.sees(DANA)["person"]
    play.says(HELEN, "person.admit", person=id)
    assert play.board.sessions["phone"].person == MAUREEN
    assert play.board.people[MAUREEN].state == "here"
    assert alarms(play) == set()


def test_another_device_opens_nothing_and_only_the_facilitator_learns_of_it(play: Play) -> None:
    let_in(play)
    assert no(play, UseKey(key=LINK, cookie="another")) == "not-in"
    play.writes(MisuseKey(key=LINK))
    assert alarms(play) == {MAUREEN}
    for id in (DANA, JO, PRIYA, MAUREEN, WALL):
        assert alarms(play, id) == set()
    assert no(play, MisuseKey(key=LINK)) == "no-person"
    play.says(HELEN, "person.alarm-seen", person=MAUREEN)
    assert alarms(play) == set()
    assert no(play, UseKey(key=LINK, cookie="another")) == "not-in"


def test_after_a_quick_exit_the_link_leads_to_the_door_again_and_alarms_nobody(play: Play) -> None:
    let_in(play)
    play.writes(EndSession(cookie="phone"))
    assert no(play, MisuseKey(key=LINK)) == "no-person"
    let_in(play, "phone-again")
    assert play.board.sessions["phone-again"].person == MAUREEN
    assert alarms(play) == set() and waits(play) == []


def test_two_who_wait_by_one_link_alarm_the_facilitator_and_three_are_the_most(play: Play) -> None:
    play.writes(UseKey(key=LINK, cookie="one"))
    assert alarms(play) == set()
    play.writes(UseKey(key=LINK, cookie="two"))
    # She and both who wait: whichever it is, the facilitator reads it beside them.
    assert alarms(play) == {MAUREEN, *waits(play)} and len(waits(play)) == 2
    play.writes(UseKey(key=LINK, cookie="three"))
    assert no(play, UseKey(key=LINK, cookie="four")) == "lobby-full"
    play.says(HELEN, "person.admit", person=play.board.sessions["two"].person)
    assert [one.id for one in play.board.sessions.values() if one.person == MAUREEN] == ["two"]
    assert no(play, UseKey(key=LINK, cookie="five")) == "not-in"
    # One link, one person: the others are let in no more, by no press.
    assert waits(play) == []
    other = play.board.sessions["one"].person
    assert play.board.people[other].state == "refused"
    assert play.refused(HELEN, "person.admit", person=other) == "no-person"


def test_whoever_was_not_let_in_by_a_link_does_not_come_straight_in_by_it_later(play: Play) -> None:
    for number in range(3):
        play.writes(UseKey(key=LINK, cookie=f"phone{number}"))
        play.says(HELEN, "person.refuse", person=waits(play)[0])
        play.says(HELEN, "meeting.door", admit="all")
    assert no(play, UseKey(key=LINK, cookie="phone3")) == "lobby-full"
    assert play.board.people[MAUREEN].state == "expected"
    # A new link begins anew.
    play.writes(InvitePerson(key="key-maureen2", person=MAUREEN, by=HELEN))
    play.writes(UseKey(key="key-maureen2", cookie="phone4"))
    assert play.board.people[MAUREEN].state == "here"


def test_a_new_link_signs_out_the_device_there_was_and_a_goodbye_keeps_the_person(play: Play) -> None:
    let_in(play)
    play.writes(InvitePerson(key="key-maureen2", person=MAUREEN, by=HELEN))
    assert "phone" not in play.board.sessions
    play.writes(UseKey(key="key-maureen2", cookie="another"))
    play.says(HELEN, "person.refuse", person=waits(play)[0])
    assert play.board.people[MAUREEN].state == "here"
    play.writes(Goodbye(person=MAUREEN))
    play.writes(UseKey(key="key-maureen2", cookie="third"))
    play.says(HELEN, "person.refuse", person=waits(play)[0])
    assert play.board.people[MAUREEN].state == "left"


def test_a_personal_link_opens_no_meeting_that_is_over(play: Play) -> None:
    play.says(HELEN, "meeting.close")
    assert no(play, UseKey(key=LINK, cookie="phone")) == "closed"


def test_the_link_of_somebody_taken_out_opens_nothing(play: Play) -> None:
    let_in(play)
    play.says(HELEN, "person.remove", person=MAUREEN)
    assert no(play, UseKey(key=LINK, cookie="another")) == "not-in"


def test_a_new_link_for_somebody_is_worth_what_the_old_one_was_and_the_old_one_nothing(play: Play) -> None:
    play.writes(InvitePerson(key="key-maureen2", person=MAUREEN, by=HELEN))
    assert no(play, UseKey(key=LINK, cookie="phone")) == "not-in"
    play.writes(UseKey(key="key-maureen2", cookie="phone"))
    assert len(waits(play)) == 1


def test_only_who_runs_the_meeting_makes_them_and_only_for_people_on_the_list(play: Play) -> None:
    assert no(play, InvitePerson(key="key0", person=MAUREEN, by=DANA)) == "not-for-you"
    assert no(play, InvitePerson(key="key0", person=HELEN, by=HELEN)) == "key-only"
    assert no(play, InvitePerson(key="key0", person="nobody01", by=HELEN)) == "no-person"
    play.knocks(TOM)
    assert no(play, InvitePerson(key="key0", person=TOM, by=HELEN)) == "no-person"


def test_where_the_door_is_open_whoever_was_invited_comes_straight_in() -> None:
    play = opened(admit="all")
    for id, role in ((MAUREEN, "family"), (TOM, "advocate")):
        play.says(HELEN, "person.expect", id=id, name=id, role=role, how="expected")
        play.writes(InvitePerson(key=f"key-{id}", person=id, by=HELEN))
        play.writes(UseKey(key=f"key-{id}", cookie=f"phone-{id}"))
    assert play.board.people[MAUREEN].state == "here" and len(waits(play)) == 1


def test_a_renewed_link_ends_the_old_one_and_all_who_came_in_by_it(play: Play) -> None:
    play.writes(MakeKey(key="key-helens-phone", role="person", person=HELEN, by=HELEN))
    play.writes(MakeKey(key="key-second", role="facilitator", person="secondone1", name="Ivo", by=HELEN))
    play.writes(MakeKey(key="key-of-wall", role="wall", by=HELEN))
    play.writes(RenewKey(key="key-helen2", role="facilitator", person=HELEN))
    assert not [one for one in play.board.sessions.values() if one.person == HELEN]
    assert no(play, UseKey(key="key-helen", cookie="desk")) == "not-in"
    # Nor do those that somebody made with the old one.
    for key in ("key-helens-phone", "key-second", "key-of-wall"):
        assert no(play, UseKey(key=key, cookie="thief")) == "not-in"
    play.writes(UseKey(key="key-helen2", cookie="desk"))
    assert play.board.sessions["desk"].person == HELEN
    play.writes(RenewKey(key="key-wall2", role="wall"))
    assert not [one for one in play.board.sessions.values() if one.person == "wall"]
    assert no(play, UseKey(key="key-wall", cookie="wall")) == "not-in"
    assert no(play, RenewKey(key="key-dana", role="facilitator", person=DANA)) == "no-person"

"""Who leads the work with the family: one person of an agency, for everyone to know, and nobody by accident."""

from __future__ import annotations

import pytest

from server.board.door import EndSession, MakeKey, UseKey

from .make import DANA, HELEN, JO, LOU, Play, meeting


@pytest.fixture
def play() -> Play:
    play = meeting()
    play.says(HELEN, "person.lead", person=JO)
    return play


def leads(play: Play) -> set[str]:
    return {one.id for one in play.board.people.values() if one.lead}


def asks_to_come_back(play: Play, id: str) -> str:
    """Gone from all their devices, and back by a link of their own. Returns who waits."""
    play.writes(MakeKey(key="key-second", role="person", person=id))
    play.writes(EndSession(cookie=f"cookie-{id}"))
    play.writes(UseKey(key="key-second", cookie="tablet"))
    return next(one.id for one in play.board.people.values() if one.state == "waiting")


def test_one_leads_and_that_another_does_not_changes_nothing(play: Play) -> None:
    play.says(HELEN, "person.role", person=LOU, role="agency")
    play.says(HELEN, "person.lead", person=LOU, on=False)
    assert leads(play) == {JO}
    play.says(HELEN, "person.lead", person=LOU)
    assert leads(play) == {LOU}


def test_whoever_asks_to_come_back_leads_again_once_they_are_in(play: Play) -> None:
    waits = asks_to_come_back(play, JO)
    assert leads(play) == {JO}
    assert play.refused(HELEN, "person.lead", person=waits) == "no-person"
    play.says(HELEN, "person.admit", person=waits)
    assert leads(play) == {JO}


def test_whoever_comes_back_as_family_leads_no_more(play: Play) -> None:
    waits = asks_to_come_back(play, JO)
    play.says(HELEN, "person.role", person=waits, role="family")
    play.says(HELEN, "person.admit", person=waits)
    assert play.board.people[JO].role == "family"
    assert leads(play) == set()


def test_whoever_is_taken_out_leads_no_more(play: Play) -> None:
    play.says(HELEN, "person.remove", person=JO)
    assert leads(play) == set()
    assert play.refused(HELEN, "person.lead", person=JO) == "no-person"
    assert "lead" not in play.sees(DANA)["person"].get(JO, {})

"""A phone passed on: who writes on it under whose name, and that its owner never gets a number that is not theirs."""

from __future__ import annotations

from typing import Any

import pytest

from server.board.door import Goodbye, MakeKey, UseKey
from server.fan import Fan

from .make import BY_ROLE, DANA, HELEN, JO, KOFI, LEILA, LOU, MAUREEN, PRIYA, SADE, SHIRIN, WALL, Play, meeting

SCREENS = (*BY_ROLE.values(), WALL)


def shared(owner: str | None = DANA, role: str = "family") -> Play:
    """A meeting with Maureen in the room, who has no phone and writes on somebody's."""
    play = meeting()
    play.says(PRIYA, "person.expect", id=MAUREEN, name="Maureen", role=role, how="room")
    if owner:
        share(play, owner)
    play.round()
    return play


def share(play: Play, owner: str | None, person: str = MAUREEN) -> None:
    play.says(PRIYA, "person.share", person=person, **{"with": owner})


def rates(play: Play, by: str, value: Any, **more: Any) -> None:
    play.says(by, "rating.set", round="round001", value=value, **more)


def shown(play: Play) -> dict[str, Any]:
    play.says(HELEN, "round.reveal", round="round001")
    return {one["person"]: one["value"] for one in play.sees(WALL)["rating"].values()}


def test_whose_phone_it_is_is_told_to_its_owner_and_to_facilitator_and_scribe() -> None:
    play = shared()
    told = {id for id in SCREENS if play.sees(id)["person"][MAUREEN].get("on_phone_of")}
    assert told == {DANA, HELEN, PRIYA}
    share(play, JO)
    assert "on_phone_of" not in play.sees(DANA)["person"][MAUREEN]
    assert play.sees(JO)["person"][MAUREEN]["on_phone_of"] == JO


@pytest.mark.parametrize("owner", [DANA, KOFI, LOU, SADE, JO])
def test_a_number_given_on_anothers_phone_is_held_by_nobody_until_the_reveal(owner: str) -> None:
    play = shared(owner)
    rates(play, owner, 4, for_=MAUREEN, reason="He is not back")
    assert all("rating" not in play.sees(id) for id in SCREENS)
    assert [Fan(play.steps[-1:]).frame(play.viewer(id)) for id in SCREENS] == [None] * len(SCREENS)
    assert shown(play) == {MAUREEN: 4}


def test_two_numbers_on_one_phone_are_apart() -> None:
    play = shared()
    rates(play, DANA, 6)
    rates(play, DANA, 4, for_=MAUREEN)
    rates(play, DANA, 5, for_=MAUREEN)
    assert [one["value"] for one in play.sees(DANA)["rating"].values()] == [6]
    assert shown(play) == {DANA: 6, MAUREEN: 5}


def test_what_somebody_gave_on_a_phone_stands_above_what_is_typed_for_them() -> None:
    play = shared()
    rates(play, PRIYA, 1, for_=MAUREEN)
    rates(play, DANA, 4, for_=MAUREEN)
    rates(play, PRIYA, 9, for_=MAUREEN)
    assert shown(play) == {MAUREEN: 4}


def test_and_is_not_said_to_be_sent_in() -> None:
    play = shared()
    rates(play, DANA, 4, for_=MAUREEN, source="by letter", said="14 May")
    play.says(HELEN, "round.reveal", round="round001")
    assert "14 May" not in str(play.sees(WALL))


def test_a_card_written_on_anothers_phone_is_its_writers_own() -> None:
    play = shared()
    play.card("card0001", DANA, for_=MAUREEN)
    card = play.sees(JO)["card"]["card0001"]
    assert (card["by"], card["typed_by"], card["confirmed"]) == (MAUREEN, DANA, "self")
    assert play.refused(DANA, "card.edit", card="card0001", text="Otherwise", was=1) == "not-yours"
    assert play.refused(DANA, "card.remove", card="card0001") == "not-yours"


def test_on_an_advocates_phone_others_write_without_saying_whose_words_a_childs_are() -> None:
    play = shared(SADE)
    play.says(SADE, "card.add", id="card0001", column="well", text="I ring every evening.", for_=MAUREEN)
    assert play.board.cards["card0001"].voice is None


@pytest.mark.parametrize("tag", ["card.add", "rating.set"])
def test_nobody_writes_on_a_phone_that_was_not_passed_on(tag: str) -> None:
    play = shared(None)
    card: dict[str, Any] = {"id": "card0001", "column": "well", "text": "Hm"}
    what = card if tag == "card.add" else {"round": "round001", "value": 3}
    assert play.refused(DANA, tag, for_=MAUREEN, **what) == "not-for-them"
    share(play, JO)
    assert play.refused(DANA, tag, for_=MAUREEN, **what) == "not-for-them"
    assert play.outcome(JO, tag, for_=MAUREEN, **what) == "yes"
    share(play, None)
    assert play.refused(JO, tag, for_=MAUREEN, **what) == "not-for-them"


def test_who_supports_somebody_is_not_asked_for_a_number_on_anybodys_phone() -> None:
    play = shared(DANA, "supporter")
    assert play.refused(DANA, "rating.set", round="round001", value=3, for_=MAUREEN) == "not-for-them"
    assert play.outcome(DANA, "card.add", id="card0001", column="well", text="Hm", for_=MAUREEN) == "yes"


def test_a_child_is_not_asked_on_anybodys_phone_about_a_worry_they_do_not_see() -> None:
    play = shared(DANA, "child")
    play.says(HELEN, "set.start", id="set00001", scale="scaleset")
    play.says(HELEN, "set.write", set="set00001", part="happened", text="Dana was asleep", was=0)
    play.says(HELEN, "set.put-up", set="set00001")
    play.says(HELEN, "round.open", id="round002", scale="scaleset", show="named")
    said = {"round": "round002", "value": 3, "for_": MAUREEN}
    assert play.refused(DANA, "rating.set", **said) == "not-for-them"
    play.says(HELEN, "person.child", person=MAUREEN, sees="all")
    assert play.outcome(DANA, "rating.set", **said) == "yes"


@pytest.mark.parametrize(
    ("person", "owner", "code"),
    [
        (MAUREEN, PRIYA, "no-phone"),
        (MAUREEN, HELEN, "no-phone"),
        (MAUREEN, LEILA, "no-phone"),
        (MAUREEN, MAUREEN, "no-phone"),
        (MAUREEN, "nobodyhere", "no-phone"),
        (JO, DANA, "no-person"),
        ("nobodyhere", DANA, "no-person"),
    ],
)
def test_a_phone_is_passed_from_whom_has_one_to_whom_has_none(person: str, owner: str, code: str) -> None:
    assert shared(None).refused(PRIYA, "person.share", person=person, **{"with": owner}) == code


def test_whoever_is_on_the_phone_or_expected_is_not_in_the_room() -> None:
    play = shared(None)
    for how in ("phone", "expected"):
        play.says(PRIYA, "person.mark", person=MAUREEN, how=how)
        assert play.refused(PRIYA, "person.share", person=MAUREEN, **{"with": DANA}) == "no-person"


@pytest.mark.parametrize("ends", ["owner leaves", "they leave", "they join the line", "a device of their own", "role"])
def test_it_ends_by_itself(ends: str) -> None:
    play = shared()
    match ends:
        case "owner leaves":
            play.writes(Goodbye(person=DANA))
            play.writes(MakeKey(key="key-dana", role="person", person=DANA))
            play.writes(UseKey(key="key-dana", cookie="tablet"))
            play.says(HELEN, "person.admit", person=DANA)
        case "they leave":
            play.says(HELEN, "person.mark", person=MAUREEN, how="gone")
            play.says(HELEN, "person.mark", person=MAUREEN, how="room")
        case "they join the line":
            play.says(HELEN, "person.mark", person=MAUREEN, how="phone")
        case "a device of their own":
            play.knocks(SHIRIN, name="Maureen")
            play.says(HELEN, "person.admit", person=SHIRIN)
        case _:
            play.says(HELEN, "person.role", person=DANA, role="observer")
            assert play.refused(DANA, "card.add", id="card0001", column="well", text="x", for_=MAUREEN) == "not-for-you"
            return
    assert play.board.people[MAUREEN].on_phone_of == ""
    assert play.refused(DANA, "card.add", id="card0001", column="well", text="x", for_=MAUREEN) == "not-for-them"


def test_nothing_is_kept_for_somebody_who_has_no_screen_to_keep_it_on() -> None:
    play = shared()
    card = {"id": "kept0001", "column": "well", "text": "I ring every evening", "for_": MAUREEN}
    assert play.refused(DANA, "card.add", keep=True, **card) == "not-for-them"
    assert play.outcome(DANA, "card.add", **card) == "yes"

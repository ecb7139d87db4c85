"""Several rounds asked together, agencies that count as one, and what was sent in: each still blind until its own
reveal."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from server.board.refusal import Refused
from server.board.scales import CountRound
from server.fan import Fan

from .make import BY_ROLE, DANA, HELEN, JO, KOFI, MAUREEN, PRIYA, SCALE, TOM, WALL, Play, meeting

SCREENS = (*BY_ROLE.values(), WALL)
CAROL, OWEN, ANYA = "caroldent", "owenpryce", "anyapetrov"


def sheet(play: Play, show: str = "named") -> None:
    """A round about everyone, and one for each child, as one sheet."""
    for id, child in (("round001", ""), ("round002", "Kofi"), ("round003", "Elsie")):
        play.round(id, show, sheet="sheet001", child=child)


def with_agencies(**more: Any) -> Play:
    """A meeting with two people of one school and two of a clinic, and an open round in which an agency counts as
    one."""
    play = meeting()
    for id, agency in (
        (CAROL, "Larkfield School"),
        (OWEN, " larkfield school "),
        (ANYA, "The clinic"),
        (TOM, "The clinic"),
    ):
        play.comes(id, "agency", agency=agency)
    play.round(per="agency", **more)
    return play


def rates(play: Play, by: str, value: Any, round: str = "round001", **more: Any) -> None:
    play.says(by, "rating.set", round=round, value=value, **more)


def told(play: Play, id: str = DANA, round: str = "round001") -> dict[str, Any]:
    """The round on this screen, once the server has counted."""
    with suppress(Refused):
        play.writes(CountRound(round=round))
    found: dict[str, Any] = play.sees(id)["round"][round]
    return found


def shown(play: Play, round: str = "round001") -> list[dict[str, Any]]:
    """What the wall holds of a round once it is shown, by value."""
    play.says(HELEN, "round.reveal", round=round)
    here = [one for one in play.sees(WALL).get("rating", {}).values() if one["round"] == round]
    return sorted(here, key=lambda one: str(one["value"]))


def test_rounds_of_one_sheet_are_open_together_one_for_each_child() -> None:
    play = meeting()
    sheet(play)
    rounds = play.sees(DANA)["round"]
    assert [rounds[id].get("child", "") for id in ("round001", "round002", "round003")] == ["", "Kofi", "Elsie"]
    assert {one["sheet"] for one in rounds.values()} == {"sheet001"}
    assert rounds["round001"]["opened"] < rounds["round002"]["opened"] < rounds["round003"]["opened"]


@pytest.mark.parametrize("child", ["Kofi", " kofi "])
def test_one_round_is_open_for_a_scale_and_a_child(child: str) -> None:
    play = meeting()
    sheet(play)
    again = {"id": "round004", "scale": SCALE, "show": "named", "child": child}
    assert play.refused(HELEN, "round.open", **again) == "already-open"
    assert play.refused(HELEN, "round.open", **(again | {"child": "x" * 41})) == "too-long"


@pytest.mark.parametrize("show", ["named", "role", "spread"])
def test_each_round_of_a_sheet_is_shown_alone_and_the_others_stay_blind(show: str) -> None:
    play = meeting()
    sheet(play, show)
    for place, by in enumerate((DANA, KOFI, JO)):
        for round in ("round001", "round002", "round003"):
            rates(play, by, place + 1, round)
    assert [one["value"] for one in shown(play)] == [1, 2, 3]
    for id in SCREENS:
        others = [one for one in play.sees(id).get("rating", {}).values() if one["round"] != "round001"]
        assert all(one.get("person") == id and "pad" in one for one in others), id
    rounds = play.sees(WALL)["round"]
    assert rounds["round002"]["state"] == "open"
    assert rounds["round001"]["revealed"] > rounds["round003"]["opened"]


def test_a_cancelled_round_of_a_sheet_takes_no_number_of_another_with_it() -> None:
    play = meeting()
    sheet(play)
    rates(play, DANA, 3)
    rates(play, DANA, 4, "round002")
    play.says(HELEN, "round.cancel", round="round001")
    assert [one["value"] for one in play.sees(DANA)["rating"].values()] == [4]
    assert told(play, round="round002")["answered"] == 1


def test_everyone_is_told_before_they_answer_that_an_agency_counts_as_one() -> None:
    play = with_agencies()
    round = play.sees(JO)["round"]["round001"]
    assert (round["per"], round["asked"]) == ("agency", 5)
    assert round["groups"] == {"agency": 3, "child": 1, "family": 1}


def test_a_colleagues_answer_is_their_own_and_nobody_learns_that_there_was_one() -> None:
    play = with_agencies()
    rates(play, CAROL, 3)
    assert told(play)["answered"] == 1
    before = {id: play.sees(id) for id in (*SCREENS, CAROL)}
    rates(play, OWEN, 7)
    frames = [Fan(play.steps[-1:]).frame(play.viewer(id)) for id in (*SCREENS, CAROL)]
    assert frames == [None] * len(frames)
    with pytest.raises(Refused):
        play.writes(CountRound(round="round001"))
    assert {id: play.sees(id) for id in (*SCREENS, CAROL)} == before
    assert [one["value"] for one in play.sees(OWEN)["rating"].values()] == [7]


def test_the_facilitator_is_told_which_agency_is_missing_and_not_who_of_it_answered() -> None:
    play = with_agencies()
    rates(play, CAROL, 3)
    missing = told(play, HELEN)["missing"]
    assert {CAROL, OWEN}.isdisjoint(missing)
    assert {ANYA, TOM, JO, DANA, KOFI} == set(missing)


def test_an_agencys_latest_number_counts_under_its_name() -> None:
    play = with_agencies()
    rates(play, OWEN, 7)
    rates(play, CAROL, 3)
    rates(play, TOM, 5)
    rates(play, JO, 9)
    seen = shown(play)
    assert [(one["person"], one.get("agency"), one["value"]) for one in seen] == [
        (CAROL, "Larkfield School", 3),
        (TOM, "The clinic", 5),
        (JO, None, 9),
    ]
    (own,) = [one for one in play.sees(OWEN)["rating"].values() if one.get("person") == OWEN]
    assert (own["value"], "pad" in own) == (7, True)


def test_who_would_rather_not_say_leaves_a_colleagues_number_standing() -> None:
    play = with_agencies()
    rates(play, OWEN, 7)
    rates(play, CAROL, "rather-not")
    assert told(play)["answered"] == 1
    assert [one["value"] for one in shown(play)] == [7]


def test_what_was_typed_for_a_colleague_does_not_stand_above_what_one_gave_oneself() -> None:
    play = with_agencies()
    rates(play, OWEN, 7)
    rates(play, PRIYA, 2, for_=CAROL)
    rates(play, PRIYA, 1, for_=OWEN)
    assert [one["value"] for one in shown(play)] == [7]


@pytest.mark.parametrize("show", ["role", "spread"])
def test_without_names_it_takes_three_voices_and_colleagues_are_one(show: str) -> None:
    play = with_agencies(show=show)
    for by in (OWEN, CAROL, TOM, ANYA):
        rates(play, by, 4)
    assert play.refused(HELEN, "round.reveal", round="round001") == "too-few"
    rates(play, DANA, 6)
    assert [one["value"] for one in shown(play)] == [4, 4, 6]


@pytest.mark.parametrize("answers", [(), (OWEN,), (CAROL,), (OWEN, CAROL)])
def test_a_count_never_tells_by_a_new_role_who_of_an_agency_had_answered(answers: tuple[str, ...]) -> None:
    play = with_agencies()
    for by in answers:
        rates(play, by, 4)
    before = told(play)
    play.says(HELEN, "person.role", person=CAROL, role="family")
    after = told(play)
    assert (after["asked"], after["answered"]) == (before["asked"], before["answered"])
    assert after["groups"] == before["groups"]


@pytest.mark.parametrize("value", [5, "rather-not"])
def test_a_count_never_tells_by_a_role_that_is_not_asked_who_had_answered(value: Any) -> None:
    play = meeting()
    play.round(show="role")
    rates(play, JO, value)
    told(play)
    play.says(HELEN, "person.role", person=JO, role="observer")
    assert told(play)["groups"] == {"agency": 1, "child": 1, "family": 1}


def test_where_each_person_counts_colleagues_are_two() -> None:
    play = with_agencies()
    play.says(HELEN, "round.cancel", round="round001")
    play.round("round002")
    assert told(play, round="round002")["asked"] == 7
    rates(play, OWEN, 7, "round002")
    rates(play, CAROL, 3, "round002")
    assert [(one["value"], "agency" in one) for one in shown(play, "round002")] == [(3, False), (7, False)]


def test_what_was_sent_in_says_so_once_it_is_shown_and_nothing_before() -> None:
    play = meeting()
    play.says(PRIYA, "person.expect", id=MAUREEN, name="Maureen", role="family", how="apologies")
    play.round()
    rates(play, PRIYA, 6, for_=MAUREEN, source="by letter", said="14 May")
    assert all("rating" not in play.sees(id) for id in SCREENS)
    (one,) = shown(play)
    assert (one["source"], one["said"], one["person"]) == ("by letter", "14 May", MAUREEN)


def test_ones_own_number_is_never_said_to_be_sent_in() -> None:
    play = meeting()
    play.round()
    rates(play, DANA, 6, source="by letter", said="14 May")
    (one,) = shown(play)
    assert "said" not in one and "source" not in one
    assert play.refused(DANA, "rating.set", round="round001", value=1, said="x" * 41) == "not-open"
    play.round("round002")
    assert play.refused(DANA, "rating.set", round="round002", value=1, said="x" * 41) == "too-long"


@pytest.mark.parametrize("show", ["role", "spread"])
def test_without_names_nothing_tells_what_was_sent_in(show: str) -> None:
    play = meeting()
    play.round(show=show)
    rates(play, PRIYA, 6, for_=DANA, source="by letter", said="14 May")
    rates(play, KOFI, 2)
    rates(play, JO, 2)
    assert "14 May" not in str(shown(play))
    assert "by letter" not in str([play.sees(id)["rating"] for id in SCREENS])

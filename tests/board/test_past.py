"""Numbers of last time: on no screen but the facilitator's before those of this time are shown with names."""

from __future__ import annotations

from typing import Any

import pytest

from server.board.bringing import BringStep

from .make import BY_ROLE, DANA, HELEN, JO, KOFI, MAUREEN, SCALE, WALL, Play, meeting

# A child who does not see everything sees nobody else's number.
SCREENS = (*(id for id in BY_ROLE.values() if id != KOFI), WALL)


def recalls(play: Play, value: int | None = 3, **more: Any) -> None:
    fields = {"id": "past0001", "scale": SCALE, "person": DANA, "value": value, "when": "in March", **more}
    play.says(HELEN, "scale.past", **fields)


def who_holds(play: Play) -> set[str]:
    return {id for id in SCREENS if play.sees(id).get("past")}


def reveals(play: Play, show: str = "named", **more: Any) -> None:
    play.round(show=show, **more)
    for by, value in ((DANA, 5), (KOFI, 4), (JO, 4)):
        play.says(by, "rating.set", round="round001", value=value)
    assert who_holds(play) <= {HELEN}
    play.says(HELEN, "round.reveal", round="round001")


def test_a_number_of_last_time_draws_no_answer_towards_itself() -> None:
    play = meeting()
    recalls(play)
    assert who_holds(play) == {HELEN}
    reveals(play)
    assert who_holds(play) == set(SCREENS)
    assert play.sees(JO)["past"]["past0001"] == {
        "id": "past0001",
        "scale": SCALE,
        "person": DANA,
        "role": "family",
        "value": 3,
        "when": "in March",
        "ten": "Safe enough",
        "zero": "Not safe",
    }


def test_it_comes_with_the_reveal_in_one_change() -> None:
    play = meeting()
    recalls(play)
    reveals(play)
    assert {touch.part.kind for touch in play.steps[-1].touched} >= {"past", "rating", "round"}


@pytest.mark.parametrize("show", ["role", "spread"])
def test_where_nobody_is_named_nobody_gets_one(show: str) -> None:
    play = meeting()
    recalls(play)
    reveals(play, show)
    assert who_holds(play) == {HELEN}


@pytest.mark.parametrize(("of", "about", "seen"), [("Kofi", " kofi", True), ("Kofi", "", False), ("", "Kofi", False)])
def test_it_stands_beside_the_round_about_the_same_child(of: str, about: str, seen: bool) -> None:
    play = meeting()
    recalls(play, child=of)
    reveals(play, child=about)
    assert (who_holds(play) == set(SCREENS)) == seen


def test_recalled_after_the_reveal_it_is_shown_at_once() -> None:
    play = meeting()
    reveals(play)
    recalls(play)
    assert who_holds(play) == set(SCREENS)


def test_again_replaces_and_null_takes_it_back() -> None:
    play = meeting()
    recalls(play)
    recalls(play, 7, id="past0002")
    assert {one.value for one in play.board.past.values()} == {7}
    recalls(play, None)
    assert who_holds(play) == set()
    recalls(play, None)
    reveals(play)
    assert who_holds(play) == set()


def test_whose_number_is_shown_is_on_everyones_list_if_they_never_came() -> None:
    play = meeting()
    play.says(HELEN, "person.expect", id=MAUREEN, name="Maureen", role="family", how="expected")
    recalls(play, person=MAUREEN)
    assert MAUREEN not in play.sees(JO)["person"]
    reveals(play)
    assert play.sees(JO)["person"][MAUREEN]["name"] == "Maureen"
    recalls(play, None, person=MAUREEN)


@pytest.mark.parametrize("does", ["", "person.refuse"])
def test_who_waits_or_was_refused_has_no_number_of_last_time(does: str) -> None:
    play = meeting()
    play.knocks(MAUREEN)
    if does:
        play.says(HELEN, does, person=MAUREEN)
    asked = {"id": "past0001", "scale": SCALE, "person": MAUREEN, "value": 3}
    assert play.refused(HELEN, "scale.past", **asked) == "no-person"


def test_a_number_is_taken_back_whatever_became_of_whose_it_is() -> None:
    play = meeting()
    play.comes(MAUREEN)
    recalls(play, person=MAUREEN)
    play.says(HELEN, "person.remove", person=MAUREEN)
    recalls(play, None, person=MAUREEN)
    assert [one.value for one in play.board.past.values()] == [None]


def test_other_words_at_an_end_are_kept_with_it() -> None:
    play = meeting()
    recalls(play, ten="All is well")
    (one,) = play.board.past.values()
    assert (one.ten, one.zero) == ("All is well", "Not safe")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"scale": "nosuchscale"}, "no-scale"),
        ({"person": "nobodyhere"}, "no-person"),
        ({"when": "x" * 41}, "too-long"),
        ({"child": "x" * 41}, "too-long"),
        ({"ten": "x" * 401}, "too-long"),
        ({"zero": "\u0000"}, "bad-character"),
        ({"person": JO}, "id-taken"),
    ],
)
def test_what_cannot_be_kept_is_refused(fields: dict[str, Any], code: str) -> None:
    play = meeting()
    recalls(play)
    asked = {"id": "past0001", "scale": SCALE, "person": DANA, "value": 3, **fields}
    assert play.refused(HELEN, "scale.past", **asked) == code


def test_a_step_of_last_time_tells_nobody_of_a_draft() -> None:
    play = meeting()
    play.says(HELEN, "set.start", id="draft001", scale="draftown1")
    play.writes(BringStep(id="again001", what="Gran stays over", day=1, set="draft001"))
    assert {who: play.sees(who)["step"]["again001"].get("set", "") for who in SCREENS} == dict.fromkeys(SCREENS, "")

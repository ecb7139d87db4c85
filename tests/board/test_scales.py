"""Rounds and ratings: blind until one entry shows them all, and nothing that counts, leaves or is cancelled tells a
number."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from server.board import core
from server.board.door import EndSession, Goodbye, MakeKey, UseKey
from server.board.model import Board, Entry
from server.board.refusal import Refused
from server.board.scales import ROUNDS_MAX, CountRound
from server.fan import Fan, Step
from server.protocol import encode

from .make import BY_ROLE, DANA, HELEN, JO, KOFI, MAUREEN, PRIYA, SADE, SCALE, SHIRIN, TOM, WALL, Play, meeting

SCREENS = (*BY_ROLE.values(), WALL)
NAVEED = "naveedrahimi"


def rates(play: Play, by: str, value: Any, **more: Any) -> None:
    play.says(by, "rating.set", round="round001", value=value, **more)


def reveal(play: Play) -> list[dict[str, Any]]:
    """Show everyone: what the wall then holds, in the order it was sent."""
    play.says(HELEN, "round.reveal", round="round001")
    return list(play.sees(WALL).get("rating", {}).values())


def counts(play: Play, id: str = JO) -> tuple[int, int]:
    """Count, as the server does by the clock; "answered of asked" as this screen shows it."""
    with suppress(Refused):
        play.writes(CountRound(round="round001"))
    round = play.sees(id)["round"]["round001"]
    return round["answered"], round["asked"]


def test_a_round_tells_before_anyone_answers_how_it_will_be_shown_and_who_shares_a_group() -> None:
    play = meeting()
    play.comes(MAUREEN)
    play.round(show="role", too=True)
    round = play.sees(JO)["round"]["round001"]
    assert (round["show"], round["state"], round["too"]) == ("role", "open", True)
    assert (round["answered"], round["asked"]) == (0, 5)
    assert round["groups"] == {"agency": 1, "child": 1, "facilitator": 1, "family": 2}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"scale": "nosuchscale"}, "no-scale"),
        ({"id": "round001"}, "id-taken"),
        ({}, "already-open"),
    ],
)
def test_a_round_that_cannot_be_is_refused(fields: dict[str, Any], code: str) -> None:
    play = meeting()
    play.round()
    assert play.refused(HELEN, "round.open", **{"id": "round002", "scale": SCALE, "show": "spread", **fields}) == code


def test_rounds_end_somewhere() -> None:
    play = meeting()
    play.round()
    play.says(HELEN, "round.cancel", round="round001")
    done = play.board.rounds["round001"]
    play.board = replace(play.board, rounds={f"many{place:05}": done for place in range(ROUNDS_MAX)})
    assert play.refused(HELEN, "round.open", id="round002", scale=SCALE, show="named") == "full"


def test_a_number_is_its_givers_alone_until_the_reveal() -> None:
    play = meeting()
    play.round()
    rates(play, DANA, 3, reason="He is not back")
    seen = {id: play.sees(id).get("rating", {}) for id in SCREENS}
    (own,) = seen.pop(DANA).values()
    assert (own["value"], own["reason"], own["person"]) == (3, "He is not back", DANA)
    assert set(map(str, seen.values())) == {"{}"}


def test_a_number_can_be_changed_until_the_reveal_and_then_stands() -> None:
    play = meeting()
    play.round()
    rates(play, DANA, 3, reason="First thought")
    (first,) = play.board.ratings
    rates(play, DANA, "not-sure")
    assert set(play.board.ratings) == {first}
    assert (play.board.ratings[first].value, play.board.ratings[first].reason) == ("not-sure", "")
    rates(play, DANA, 6)
    assert [one["value"] for one in reveal(play)] == [6]
    assert play.refused(DANA, "rating.set", round="round001", value=7) == "not-open"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"round": "nosuchround"}, "no-round"),
        ({"reason": "x" * 281}, "too-long"),
        ({"source": "x" * 281}, "too-long"),
        ({"reason": "\u0000"}, "bad-character"),
        ({"source": "\ufffe"}, "bad-character"),
    ],
)
def test_a_number_that_cannot_be_kept_is_refused(fields: dict[str, Any], code: str) -> None:
    play = meeting()
    play.round()
    assert play.refused(DANA, "rating.set", **{"round": "round001", "value": 3, **fields}) == code


@pytest.mark.parametrize("value", [0, 10, "not-sure", "rather-not"])
@pytest.mark.parametrize("reason", ["", "é" * 280])
def test_every_answer_is_taken(value: Any, reason: str) -> None:
    play = meeting()
    play.round()
    rates(play, DANA, value, reason=reason, pad="." * 900)
    assert [(one.person, one.value, one.reason) for one in play.board.ratings.values()] == [(DANA, value, reason)]


@pytest.mark.parametrize("value", [-1, 11, 3.5, True, "three", None])
def test_nothing_else_is_an_answer(value: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        meeting().ask("rating.set", round="round001", value=value)


def test_with_names_a_reveal_shows_who_gave_what_and_only_reasons_that_were_shared() -> None:
    play = meeting()
    play.round()
    rates(play, KOFI, 3, reason="Sometimes I listen", share=True)
    rates(play, DANA, 6, reason="Nobody's business")
    rates(play, JO, "rather-not")
    own = next(iter(play.sees(DANA)["rating"]))
    shown = reveal(play)
    assert [
        (one["person"], one["role"], one["value"], one["reason"]) for one in sorted(shown, key=lambda o: o["value"])
    ] == [
        (KOFI, "child", 3, "Sometimes I listen"),
        (DANA, "family", 6, ""),
    ]
    assert own in play.sees(WALL)["rating"]
    (kept,) = [one for one in play.sees(JO)["rating"].values() if one["person"] == JO]
    assert (kept["value"], len(encode(kept))) == ("rather-not", 1024)


def test_by_role_a_reveal_shows_roles_and_a_role_with_one_answer_is_someone() -> None:
    play = meeting()
    for id in (MAUREEN, SHIRIN):
        play.comes(id)
    play.round(show="role")
    for by, value in ((JO, 4), (MAUREEN, 9), (DANA, 2), (SHIRIN, "not-sure"), (KOFI, 3)):
        rates(play, by, value, reason="Words", share=True)
    before = set(play.board.ratings)
    shown = reveal(play)
    assert [(one["role"], one["value"]) for one in shown] == [
        ("family", 2),
        ("someone", 3),
        ("someone", 4),
        ("family", 9),
        ("family", "not-sure"),
    ]
    assert {frozenset(one) for one in shown} == {frozenset({"id", "round", "role", "value"})}
    assert before.isdisjoint(one["id"] for one in shown)


def test_a_spread_shows_values_and_nothing_else() -> None:
    play = meeting()
    play.round(show="spread")
    for by, value in ((JO, 4), (DANA, 2), (KOFI, 4)):
        rates(play, by, value, reason="Words", share=True)
    shown = reveal(play)
    assert [one["value"] for one in shown] == [2, 4, 4]
    assert {frozenset(one) for one in shown} == {frozenset({"id", "round", "value"})}


@pytest.mark.parametrize("show", ["role", "spread"])
def test_without_names_ones_own_number_stays_beside_the_others(show: str) -> None:
    play = meeting()
    play.round(show=show)
    for by, value in ((JO, 4), (DANA, 2), (KOFI, 4)):
        rates(play, by, value)
    reveal(play)
    own = [one for one in play.sees(DANA)["rating"].values() if one.get("person") == DANA]
    assert [one["value"] for one in own] == [2]
    assert len(play.sees(DANA)["rating"]) == 4


@pytest.mark.parametrize("show", ["role", "spread"])
def test_without_names_it_takes_three_and_rather_not_is_none_of_them(show: str) -> None:
    play = meeting()
    play.round(show=show)
    rates(play, JO, 4)
    rates(play, DANA, "not-sure")
    rates(play, KOFI, "rather-not")
    assert play.refused(HELEN, "round.reveal", round="round001") == "too-few"
    rates(play, KOFI, "not-sure")
    assert len(reveal(play)) == 3


def test_with_names_even_one_number_or_none_is_shown() -> None:
    play = meeting()
    play.round()
    assert reveal(play) == []
    play.round("round002")
    play.says(DANA, "rating.set", round="round002", value=5)
    play.says(HELEN, "round.reveal", round="round002")
    assert [one["value"] for one in play.sees(WALL)["rating"].values()] == [5]


@pytest.mark.parametrize("show", ["named", "role", "spread"])
def test_no_order_tells_who_answered_first(show: str) -> None:
    """The same answers given in another order reach every screen in the same order, whatever their ids."""

    def order(givers: tuple[str, ...]) -> Any:
        play = meeting()
        play.round(show=show)
        for by in givers:
            rates(play, by, {JO: 7, DANA: 2, KOFI: 5}[by])
        shown = reveal(play)
        if show == "named":
            return [one["id"] for one in shown] == sorted(one["id"] for one in shown)
        return [(one["value"], one.get("role")) for one in shown]

    assert order((JO, DANA, KOFI)) == order((KOFI, JO, DANA)) == order((DANA, KOFI, JO))
    assert order((JO, DANA, KOFI))


def test_the_reveal_is_one_change_for_everyone() -> None:
    play = meeting()
    play.round(show="spread")
    for by in (JO, DANA, KOFI):
        rates(play, by, 4)
    reveal(play)
    for id in SCREENS:
        frame = Fan(play.steps[-1:]).frame(play.viewer(id))
        assert frame is not None
        said = msgspec.json.decode(frame)
        # A child who does not see everything sees no numbers but their own.
        assert len(said["put"].get("rating", ())) == (3 if id != KOFI else 0)
        assert said["put"]["round"]["round001"]["state"] == "shown"


def test_what_was_typed_for_someone_is_held_by_nobody_until_the_reveal() -> None:
    play = meeting()
    play.round()
    play.says(PRIYA, "person.expect", id=NAVEED, name="Naveed", role="family", how="phone")
    rates(play, PRIYA, 6, for_=NAVEED, source="by phone, 10:15")
    rates(play, SADE, 3, for_=KOFI)
    assert all("rating" not in play.sees(id) for id in SCREENS)
    shown = reveal(play)
    assert {(one["person"], one["value"]) for one in shown} == {(NAVEED, 6), (KOFI, 3)}
    assert all("source" not in one and "typed_by" not in one for one in shown)


def back_by_name(play: Play, id: str = "borrowedname") -> None:
    """Dana goes, and somebody who says Dana's name is let in as Dana."""
    play.writes(EndSession(cookie=f"cookie-{DANA}"))
    play.knocks(id, name="Dana")
    play.says(HELEN, "person.admit", person=id)
    assert play.board.sessions[f"cookie-{id}"].person == DANA


@pytest.mark.parametrize("show", ["named", "role", "spread"])
def test_who_comes_in_by_a_name_reads_no_number_given_under_it(show: str) -> None:
    play = meeting()
    play.round(show=show)
    rates(play, DANA, 3, reason="He is not back")
    rates(play, KOFI, 5)
    rates(play, JO, 5)
    before = counts(play)
    back_by_name(play)
    assert [one for one in play.sees(DANA).get("rating", {}).values() if one.get("person") == DANA] == []
    assert counts(play) == before
    assert DANA not in play.sees(HELEN)["round"]["round001"].get("missing", ())
    assert sorted(one["value"] for one in reveal(play)) == [3, 5, 5]
    kept = [one for one in play.sees(DANA)["rating"].values() if "pad" in one]
    assert kept == []


def test_nor_does_one_by_a_name_learn_later_which_mark_was_theirs() -> None:
    play = meeting()
    play.round(show="spread")
    for by, value in ((DANA, 3), (KOFI, 5), (JO, 7)):
        rates(play, by, value)
    reveal(play)
    assert any(one.get("person") == DANA for one in play.sees(DANA)["rating"].values())
    back_by_name(play)
    assert all("person" not in one for one in play.sees(DANA)["rating"].values())


def test_and_may_answer_anew_which_takes_the_place_of_the_old_number() -> None:
    play = meeting()
    play.round()
    rates(play, DANA, 3, reason="He is not back")
    back_by_name(play)
    rates(play, PRIYA, 9, for_=DANA)
    assert "rating" not in play.sees(DANA)
    rates(play, DANA, 6)
    (own,) = play.sees(DANA)["rating"].values()
    assert (own["value"], own["reason"]) == (6, "")
    assert [one["value"] for one in reveal(play)] == [6]


def test_back_by_a_link_of_ones_own_ones_number_is_there() -> None:
    play = meeting()
    play.writes(MakeKey(key="key-dana", role="person", person=DANA))
    play.round()
    rates(play, DANA, 3)
    play.writes(Goodbye(person=DANA))
    play.writes(UseKey(key="key-dana", cookie="tablet"))
    play.says(HELEN, "person.admit", person=DANA)
    assert [one["value"] for one in play.sees(DANA)["rating"].values()] == [3]


def test_ones_own_answer_stands_above_what_is_typed_before_or_after() -> None:
    play = meeting()
    play.round()
    rates(play, PRIYA, 6, for_=DANA)
    rates(play, DANA, 2)
    (own,) = play.sees(DANA)["rating"].values()
    assert own["value"] == 2
    rates(play, PRIYA, 9, for_=DANA)
    assert [one["value"] for one in reveal(play)] == [2]


def test_typing_over_ones_own_answer_is_answered_like_any_other() -> None:
    """A refusal, or a change on any screen, would tell that they have answered."""
    play = meeting()
    play.round()
    rates(play, DANA, "rather-not")
    before = {id: play.sees(id) for id in SCREENS}
    assert play.outcome(PRIYA, "rating.set", round="round001", value=9, for_=DANA) == "yes"
    rates(play, PRIYA, 9, for_=DANA)
    assert {id: play.sees(id) for id in SCREENS} == before
    assert [Fan(play.steps[-1:]).frame(play.viewer(id)) for id in SCREENS] == [None] * len(SCREENS)


def test_who_types_again_corrects_what_was_typed() -> None:
    play = meeting()
    play.round()
    rates(play, PRIYA, 6, for_=DANA)
    rates(play, HELEN, 7, for_=DANA)
    assert [one["value"] for one in reveal(play)] == [7]


def test_a_cancelled_round_destroys_every_number_unseen_and_keeps_no_count() -> None:
    play = meeting()
    play.round()
    said = []
    for by, value, more in (
        (DANA, 3, {}),
        (DANA, 4, {}),
        (PRIYA, 9, {"for_": DANA}),
        (PRIYA, 5, {"for_": KOFI}),
        (JO, 1, {}),
    ):
        rates(play, by, value, **more)
        said.append(play.log[-1].seq)
    assert counts(play) == (3, 3)
    assert sorted(core.forgets(play.board, play.ask("round.cancel", round="round001"))) == said
    play.says(HELEN, "round.cancel", round="round001")
    assert play.board.ratings == {}
    round = play.sees(HELEN)["round"]["round001"]
    assert (round["state"], round["asked"], round["answered"], round.get("groups"), round.get("missing")) == (
        "cancelled",
        0,
        0,
        None,
        None,
    )
    assert play.refused(DANA, "rating.set", round="round001", value=3) == "not-open"
    assert core.forgets(play.board, play.ask("round.cancel", round="round001")) == ()


@pytest.mark.parametrize(
    ("tag", "state", "code"),
    [
        ("round.reveal", "shown", "not-open"),
        ("round.reveal", "closed", "not-open"),
        ("round.reveal", "cancelled", "not-open"),
        ("round.cancel", "shown", "not-open"),
        ("round.cancel", "closed", "not-open"),
        ("round.cancel", "cancelled", "not-open"),
        ("round.close", "open", "not-open"),
        ("round.close", "closed", "not-open"),
        ("round.close", "cancelled", "not-open"),
        ("round.question", "open", "not-open"),
        ("round.question", "closed", "not-open"),
        ("round.question", "cancelled", "not-open"),
        ("round.reveal", "missing", "no-round"),
        ("round.cancel", "missing", "no-round"),
        ("round.close", "missing", "no-round"),
        ("round.question", "missing", "no-round"),
    ],
)
def test_what_does_not_fit_how_a_round_stands_is_refused(tag: str, state: str, code: str) -> None:
    play = meeting()
    play.round()
    steps = {"shown": ["round.reveal"], "closed": ["round.reveal", "round.close"], "cancelled": ["round.cancel"]}
    for step in steps.get(state, []):
        play.says(HELEN, step, round="round001")
    more = {"question": "why-not-less"} if tag == "round.question" else {}
    assert play.refused(HELEN, tag, round="nosuchround" if state == "missing" else "round001", **more) == code


def test_one_of_the_templates_questions_is_asked_after_a_reveal() -> None:
    play = meeting()
    play.round()
    rates(play, DANA, 4)
    reveal(play)
    play.says(HELEN, "round.question", round="round001", question="why-not-less", value=4)
    round = play.sees(WALL)["round"]["round001"]
    assert (round["question"], round["value"]) == ("why-not-less", 4)
    assert play.refused(HELEN, "round.question", round="round001", question="who-is-to-blame") == "no-round"
    play.says(HELEN, "round.question", round="round001", question="")
    play.says(HELEN, "round.question", round="round001", question="why-not-less", value=0)
    play.says(HELEN, "round.close", round="round001")
    round = play.sees(WALL)["round"]["round001"]
    assert (round["state"], "question" in round, "value" in round) == ("closed", False, False)


def test_a_second_round_keeps_the_first() -> None:
    play = meeting()
    play.round()
    rates(play, DANA, 4)
    reveal(play)
    play.round("round002", "spread")
    for by in (DANA, KOFI, JO):
        play.says(by, "rating.set", round="round002", value=8)
    play.says(HELEN, "round.reveal", round="round002")
    seen = play.sees(WALL)["rating"].values()
    assert sorted((one["round"], one["value"]) for one in seen) == [("round001", 4)] + [("round002", 8)] * 3
    play.round("round003")
    play.says(DANA, "rating.set", round="round003", value=1)
    play.says(HELEN, "round.cancel", round="round003")
    assert len(play.sees(WALL)["rating"]) == 4


def test_the_room_is_told_how_many_have_answered_and_the_facilitator_who_has_not() -> None:
    play = meeting()
    play.round()
    assert counts(play) == (0, 3)
    rates(play, DANA, 4)
    rates(play, KOFI, "rather-not")
    assert play.sees(JO)["round"]["round001"]["answered"] == 0
    assert counts(play) == (1, 3)
    assert play.sees(HELEN)["round"]["round001"]["missing"] == sorted([JO, KOFI])
    assert [id for id in SCREENS if "missing" in play.sees(id)["round"]["round001"]] == [HELEN]
    rates(play, KOFI, "not-sure")
    assert counts(play) == (2, 3)
    reveal(play)
    assert "missing" not in play.sees(HELEN)["round"]["round001"]


@pytest.mark.parametrize("show", ["named", "role", "spread"])
def test_rather_not_say_and_no_answer_look_the_same_to_everyone_else(show: str) -> None:
    """Byte for byte, counts and reveal included: here as two logs, in one of which the entry holds nothing."""

    def frames(answers: bool) -> dict[str, list[bytes | None]]:
        play = meeting()
        play.comes(MAUREEN)
        play.round(show=show)
        rates(play, KOFI, "rather-not")
        if not answers:
            play.board, play.log[-1], play.steps[-1] = _unsaid(play)
        for by in (DANA, MAUREEN, JO):
            rates(play, by, 4)
            counts(play)
        reveal(play)
        return {id: [Fan([step]).frame(play.viewer(id)) for step in play.steps] for id in SCREENS if id != KOFI}

    assert frames(answers=True) == frames(answers=False)


def _unsaid(play: Play) -> tuple[Board, Entry, Step]:
    """The last entry as if it had said nothing."""
    board = Board()
    for entry in play.log[:-1]:
        board, _ = core.apply(board, entry)
    unsaid = replace(play.log[-1], ask=None)
    board, touched = core.apply(board, unsaid)
    return board, unsaid, Step(unsaid.seq, touched)


def test_a_count_that_tells_nothing_new_is_not_written() -> None:
    play = meeting()
    play.round()
    rates(play, KOFI, "rather-not")
    for id in ("round001", "nosuchround"):
        with pytest.raises(Refused):
            play.writes(CountRound(round=id))
    rates(play, KOFI, 3)
    play.writes(CountRound(round="round001"))
    reveal(play)
    with pytest.raises(Refused, match="not-open"):
        play.writes(CountRound(round="round001"))


@pytest.mark.parametrize("answer", [7, "rather-not", None])
@pytest.mark.parametrize("out", ["goodbye", "removed"])
def test_nobody_learns_by_someones_leaving_whether_they_had_answered(out: str, answer: Any) -> None:
    play = meeting()
    play.round()
    rates(play, DANA, 4)
    if answer is not None:
        rates(play, JO, answer)
    before = counts(play, KOFI)
    if out == "goodbye":
        play.writes(Goodbye(person=JO))
    else:
        play.says(HELEN, "person.remove", person=JO)
    assert counts(play, KOFI) == before == (2 if answer == 7 else 1, 3)


def test_a_number_stays_when_its_giver_goes_and_has_a_name_beside_it() -> None:
    play = meeting()
    play.round()
    rates(play, JO, 4)
    play.says(HELEN, "person.remove", person=JO)
    assert [(one["person"], one["value"]) for one in reveal(play)] == [(JO, 4)]
    assert play.sees(WALL)["person"][JO]["name"] == "Jo"


def test_whoever_comes_late_is_asked_too() -> None:
    play = meeting()
    play.round()
    play.comes(MAUREEN)
    play.knocks(TOM)
    assert counts(play) == (0, 4)
    rates(play, MAUREEN, 5)
    assert counts(play) == (1, 4)


def test_someone_who_sent_their_number_in_is_counted_where_they_rate() -> None:
    play = meeting()
    play.says(PRIYA, "person.expect", id=NAVEED, name="Naveed", role="family", how="apologies")
    play.round()
    assert counts(play) == (0, 3)
    rates(play, PRIYA, 5, for_=NAVEED, source="by letter, 3 May")
    assert counts(play) == (1, 4)
    assert play.sees(JO)["round"]["round001"]["groups"] == {"agency": 1, "child": 1, "family": 2}


def test_another_role_in_the_middle_of_a_round_keeps_the_answer_as_it_was_promised() -> None:
    play = meeting()
    for id in (MAUREEN, SHIRIN):
        play.comes(id)
    play.round(show="role")
    for by, value in ((MAUREEN, 4), (DANA, 2), (SHIRIN, 7), (JO, 5)):
        rates(play, by, value)
    before = counts(play)
    play.says(HELEN, "person.role", person=SHIRIN, role="observer")
    assert counts(play) == before
    shown = reveal(play)
    assert [(one["role"], one["value"]) for one in shown] == [
        ("family", 2),
        ("family", 4),
        ("someone", 5),
        ("family", 7),
    ]
    assert play.sees(JO)["round"]["round001"]["answered"] == len(shown)


def test_the_facilitator_is_asked_only_where_she_said_so() -> None:
    play = meeting()
    play.round(too=True)
    rates(play, HELEN, 5)
    assert counts(play) == (1, 4)
    assert [(one["person"], one["role"]) for one in reveal(play)] == [(HELEN, "facilitator")]


def test_a_rating_names_its_answers_in_the_log_so_that_all_can_be_destroyed() -> None:
    play = meeting()
    play.round()
    rates(play, DANA, 3)
    first = play.log[-1].seq
    rates(play, DANA, 4)
    (rating,) = play.board.ratings.values()
    assert rating.said_at == (first, first + 1)

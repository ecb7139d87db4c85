"""What a card is besides its words: something we don't know yet, and a category that goes to two roles alone."""

from __future__ import annotations

import pytest

from server.board import core

from .make import BY_ROLE, DANA, HELEN, JO, KOFI, PRIYA, SADE, VOICE, WALL, Play, meeting

BY_FRIDAY = {"who": "Tom", "by_when": "Friday"}


def card(by: str = DANA) -> Play:
    play = meeting()
    play.card("card0001", by)
    return play


def test_something_we_do_not_know_yet_is_told_to_everyone_and_the_wall() -> None:
    play = meeting()
    play.card("card0001", unknown=BY_FRIDAY)
    play.card("card0002", unknown={})
    for id in (*BY_ROLE.values(), WALL):
        shown = play.sees(id)["card"]
        assert shown["card0001"]["unknown"] == BY_FRIDAY
        assert shown["card0002"]["unknown"] == {}


def test_a_card_is_marked_and_unmarked_by_its_writer_or_the_facilitator() -> None:
    play = card()
    assert play.outcome(JO, "card.unknown", card="card0001", unknown={}) == "not-yours"
    for by in (DANA, HELEN):
        play.says(by, "card.unknown", card="card0001", unknown=BY_FRIDAY)
        assert play.sees(JO)["card"]["card0001"]["unknown"] == BY_FRIDAY
        play.says(by, "card.unknown", card="card0001", unknown=None)
        assert "unknown" not in play.sees(JO)["card"]["card0001"]
    # Its wording is another matter.
    assert play.board.cards["card0001"].version == 1


def test_who_finds_out_leaves_the_log_with_the_card() -> None:
    play = card()
    play.says(DANA, "card.unknown", card="card0001", unknown=BY_FRIDAY)
    assert play.log[-1].seq in core.forgets(play.board, play.ask("card.erase", card="card0001"))


def test_a_childs_own_words_are_left_as_they_are() -> None:
    play = card(SADE)
    assert play.outcome(HELEN, "card.unknown", card="card0001", unknown={}) == "not-here"
    more = {"voice": VOICE, "unknown": {}}
    assert play.outcome(DANA, "card.add", id="card0002", column="well", text="Hm", **more) == "not-here"
    play.card("card0003", KOFI)
    assert play.outcome(HELEN, "card.unknown", card="card0003", unknown={}) == "not-here"
    assert play.outcome(KOFI, "card.unknown", card="card0003", unknown={}) == "yes"


@pytest.mark.parametrize(
    ("unknown", "code"),
    [
        ({"who": "x" * 41}, "too-long"),
        ({"by_when": "\x00"}, "bad-character"),
        ({"who": "x" * 40, "by_when": ""}, "yes"),
    ],
)
def test_who_and_when_are_short(unknown: dict[str, str], code: str) -> None:
    play = card()
    assert play.outcome(DANA, "card.unknown", card="card0001", unknown=unknown) == code
    assert play.outcome(DANA, "card.add", id="card0002", column="well", text="Hm", unknown=unknown) == code


@pytest.mark.parametrize("by", [HELEN, PRIYA])
def test_a_category_goes_to_facilitator_and_scribe_alone(by: str) -> None:
    play = card()
    before = {id: play.sees(id) for id in BY_ROLE.values()} | {WALL: play.sees(WALL)}
    play.says(by, "card.tag", card="card0001", category="strength")
    told = {id for id in before if play.sees(id)["card"]["card0001"].get("category") == "strength"}
    assert told == {HELEN, PRIYA}
    assert all(play.sees(id) == before[id] for id in before.keys() - told)
    play.says(by, "card.tag", card="card0001", category="")
    assert play.sees(HELEN) == before[HELEN]

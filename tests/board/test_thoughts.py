"""Thoughts for next time: their writer's and the facilitator's until the close, then everyone's."""

from __future__ import annotations

from typing import Any

import pytest

from server.board import core

from .make import BY_ROLE, DANA, HELEN, JO, KOFI, LOU, PRIYA, WALL, Play, meeting

TEXT = "Who has the spare key?"


def kept(*, authors: Any = "shown") -> Play:
    play = meeting(authors=authors)
    play.says(HELEN, "column.close")
    play.says(DANA, "thought.keep", id="thought1", column="needs", text=TEXT)
    return play


def who_sees(play: Play) -> set[str]:
    return {id for id in (*BY_ROLE.values(), WALL) if play.sees(id).get("thought")}


def test_a_late_thought_is_its_writers_and_the_facilitators_until_the_close() -> None:
    play = kept()
    assert who_sees(play) == {DANA, HELEN}
    play.says(HELEN, "phase.go", phase="rate")
    assert who_sees(play) == {DANA, HELEN}
    play.says(HELEN, "phase.go", phase="close")
    assert who_sees(play) == {*BY_ROLE.values(), WALL} - {KOFI}
    assert play.sees(JO)["thought"]["thought1"] == {
        "id": "thought1",
        "column": "needs",
        "text": TEXT,
        "order": play.board.thoughts["thought1"].seq,
        "by": DANA,
        "shown": True,
    }


def test_what_was_shown_stays_shown_and_what_comes_later_waits_again() -> None:
    play = kept()
    play.says(HELEN, "phase.go", phase="close")
    play.says(JO, "thought.keep", id="thought2", column="well", text="At the close")
    play.says(HELEN, "phase.go", phase="welcome")
    play.says(JO, "thought.keep", id="thought3", column="well", text="Back again")
    assert set(play.sees(DANA)["thought"]) == {"thought1", "thought2"}
    assert set(play.sees(JO)["thought"]) == {"thought1", "thought2", "thought3"}


def test_a_thought_shown_with_its_name_puts_its_writer_on_the_list_and_not_before() -> None:
    play = kept()
    assert not play.board.people[DANA].quoted
    play.says(HELEN, "phase.go", phase="close")
    assert play.board.people[DANA].quoted
    play.says(DANA, "thought.remove", thought="thought1")
    assert not play.board.people[DANA].quoted


def test_hidden_names_hide_whose_thought_it_was() -> None:
    play = kept()
    assert play.sees(HELEN)["thought"]["thought1"]["by"] == DANA
    play.says(HELEN, "meeting.hide-authors")
    play.says(HELEN, "phase.go", phase="close")
    assert "by" not in play.sees(JO)["thought"]["thought1"] | play.sees(HELEN)["thought"]["thought1"]
    assert play.sees(DANA)["thought"]["thought1"]["own"]
    assert "by" not in kept(authors="hidden").sees(HELEN)["thought"]["thought1"]


def test_a_thought_taken_back_leaves_the_log() -> None:
    play = kept()
    said = play.log[-1].seq
    back = play.ask("thought.remove", thought="thought1")
    assert core.forgets(play.board, back) == (said,)
    # Whoever does not see it learns nothing of it.
    assert play.outcome(JO, "thought.remove", thought="thought1") == "no-comment"
    assert play.outcome(HELEN, "thought.remove", thought="thought1") == "yes"
    play.take(DANA, back)
    assert play.board.thoughts == {}


@pytest.mark.parametrize(
    ("by", "more", "said"), [(LOU, {}, "for-whom"), (PRIYA, {"for_": KOFI}, "yes"), (KOFI, {}, "yes")]
)
def test_who_keeps_a_thought_for_someone_says_for_whom(by: str, more: Any, said: str) -> None:
    assert kept().outcome(by, "thought.keep", id="thought2", column="well", text="Hm", **more) == said


def test_a_thought_is_kept_as_typed_or_refused() -> None:
    play = kept()
    for text, code in ((" ", "empty"), ("x" * 1001, "too-long"), ("Hm", "id-taken")):
        assert play.outcome(DANA, "thought.keep", id="thought1", column="well", text=text) == code

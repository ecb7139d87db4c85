"""What holds for every ask: who may speak at all, what a board at a number is, and that words may have left the log."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from server.board import core
from server.board.door import EndSession
from server.board.model import SHELVES, Board, Entry
from server.board.refusal import REFUSALS, Refused

from .make import DANA, HELEN, JO, SCALE, START, TOM, Play, meeting, opened


def test_nothing_can_be_asked_before_a_meeting_is_open() -> None:
    assert Play().refused(HELEN, "card.add", id="card0001", column="well", text="Hm") == "not-in"


def test_an_accepted_ask_gives_a_new_board_and_leaves_the_old_one_as_it_was() -> None:
    play = meeting()
    before, copy = play.board, replace(play.board, cards=dict(play.board.cards))
    play.card("card0001")
    assert before == copy != play.board
    assert "card0001" not in before.cards


def test_a_board_stands_at_the_number_of_its_last_entry() -> None:
    play = meeting()
    play.card("card0001")
    assert play.board.seq == play.log[-1].seq == len(play.log)
    assert play.board.at == play.log[-1].at


def test_time_never_goes_back_on_a_board() -> None:
    play = meeting()
    at = play.board.at
    entry = replace(play.entry(DANA, play.ask("person.hand", up=True)), at=START)
    board, _ = core.apply(play.board, entry)
    assert board.at == at


def test_an_entry_whose_words_have_left_the_log_touches_nothing_and_is_counted() -> None:
    play = meeting()
    erased = Entry(seq=play.board.seq + 1, at=play.board.at + 5, by=DANA, tag="card.add", ask=None)
    core.check(play.board, erased)
    board, touched = core.apply(play.board, erased)
    assert touched == ()
    assert board == replace(play.board, seq=erased.seq, at=erased.at)


def test_what_the_server_writes_down_itself_needs_no_right() -> None:
    play = meeting()
    play.says(HELEN, "break.start")
    play.says(HELEN, "meeting.close")
    assert f"cookie-{DANA}" in play.board.sessions
    play.writes(EndSession(cookie=f"cookie-{DANA}"))
    assert f"cookie-{DANA}" not in play.board.sessions


def test_only_a_move_has_a_place() -> None:
    play = meeting()
    play.card("card0001")
    assert core.place(play.board, play.ask("card.move", card="card0001", column="well"))
    assert core.place(play.board, play.ask("card.remove", card="card0001")) == ""


def test_only_what_is_destroyed_leaves_the_log() -> None:
    play = meeting()
    play.card("card0001")
    play.round()
    for ask in (
        play.ask("card.remove", card="card0001"),
        play.ask("card.aside", card="card0001"),
        play.ask("round.reveal", round="round001"),
        play.ask("person.remove", person=JO),
    ):
        assert core.forgets(play.board, ask) == ()


def test_touching_a_part_says_how_it_was_and_how_it_is() -> None:
    play = opened()
    play.knocks(TOM)
    before = play.board.people[TOM]
    (touch,) = play.says(HELEN, "person.admit", person=TOM)
    assert (touch.before, touch.after, touch.part.id) == (before, play.board.people[TOM], TOM)
    (gone,) = Board().put(before)[0].drop("person", TOM, "nobodyhere")[1]
    assert (gone.before, gone.after, gone.part) == (before, None, before)


def test_putting_last_changes_the_order_and_not_what_was_touched() -> None:
    play = meeting()
    first, second = play.card("card0001"), play.card("card0002")
    board, touched = play.board.put_last(play.board.cards[first])
    assert list(board.cards) == [second, first]
    assert [(touch.before, touch.after) for touch in touched] == [(play.board.cards[first],) * 2]


def test_every_kind_of_part_has_a_shelf() -> None:
    board = meeting().board
    assert all(isinstance(getattr(board, shelf), dict) for shelf in SHELVES.values())
    assert set(board.scales) == {SCALE}


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_is_a_sentence(code: str) -> None:
    refused = Refused(code)
    assert (refused.code, str(refused), refused.why) == (code, code, REFUSALS[code])
    assert refused.why[0].isupper() and refused.why.endswith(".")


def test_a_refusal_nobody_wrote_down_is_no_refusal() -> None:
    with pytest.raises(KeyError):
        Refused("because")

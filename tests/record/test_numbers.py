"""Numbers on paper: as whose they stand, and what stands beside them."""

from __future__ import annotations

from msgspec.structs import replace

from server.lastmeeting import read
from server.record.blocks import Cell, Table
from server.record.forms import write
from server.record.model import Record
from server.record.paper import paper
from tests.board.make import DANA, HELEN, JO, PRIYA, SCALE, TOM, Play, meeting, opened
from tests.record.meetings import of


def tables(record: Record, caption: str) -> list[list[list[str]]]:
    """The rows of every table that is called so, its heads first."""
    found = [block for block in paper(record).blocks if isinstance(block, Table) and block.caption == caption]
    return [[[_text(one) for one in row] for row in (table.heads, *table.rows)] for table in found]


def _text(cell: Cell) -> str:
    return " / ".join("".join(run.text for run in para.runs) for para in cell.paras)


def beside(record: Record) -> list[list[str]]:
    [table] = tables(record, "The numbers side by side")
    return table


def test_side_by_side_it_is_said_too_when_and_how_a_number_was_sent_in_and_what_it_was_last_time() -> None:
    play = meeting()
    play.says(HELEN, "scale.past", id="pastjo01", scale=SCALE, person=JO, value=2, when="in May")
    for id in ("roundone", "roundtwo"):
        play.round(id)
        play.says(DANA, "rating.set", round=id, value=4)
        play.says(PRIYA, "rating.set", round=id, value=6, for_=JO, said="2 May", source="by letter")
        play.says(HELEN, "round.reveal", round=id)
    assert beside(of(play, "whole")) == [
        ["Who", "Round 1 of 2", "Round 2 of 2", "Last time"],
        ["Dana (family)", "4", "4", ""],
        ["Jo (agency)", "6 / sent in 2 May, by letter", "6 / sent in 2 May, by letter", "2 (in May)"],
    ]


def of_agencies() -> Play:
    """Two rounds in which agencies count as one, and another of the school answered in each."""
    play = meeting()
    for id in (TOM, "rosaofschool"):
        play.comes(id, "agency", agency="School")
    for round, given in (("roundone", {DANA: 4, TOM: 3}), ("roundtwo", {DANA: 5, "rosaofschool": 6})):
        play.round(round, per="agency")
        for person, value in given.items():
            play.says(person, "rating.set", round=round, value=value)
        play.says(HELEN, "round.reveal", round=round)
    return play


def test_numbers_of_one_agency_stand_in_one_row_whoever_of_it_gave_them() -> None:
    rows = beside(of(of_agencies(), "whole"))[1:]
    assert sorted(rows) == [["Dana (family)", "4", "5"], ["School", "3", "6"]]


def begun_from(record: Record) -> Play:
    """The meeting after this one, some months later."""
    last = read(write(replace(record, opened=1_700_000_000_000), "json"))
    play = opened(scale=last.scale)
    for ask in last.asks:
        play.writes(ask)
    return play


def test_at_the_next_meeting_no_number_of_an_agency_is_that_of_who_gave_it() -> None:
    board = begun_from(of(of_agencies(), "whole")).board
    given = [(one.name, one.value) for trail in board.trails.values() for one in trail.given]
    assert sorted(given) == [("", 3), ("", 6), ("Dana", 4), ("Dana", 5)]
    assert [(one.name, one.value) for one in board.past.values()] == [("Dana", 5)]


def test_in_the_trajectory_an_agency_goes_on_from_no_number_somebody_of_it_gave_for_themselves() -> None:
    first = meeting()
    first.comes(TOM, "agency", agency="School")
    first.round("roundone")
    first.says(TOM, "rating.set", round="roundone", value=2)
    first.says(HELEN, "round.reveal", round="roundone")
    play = begun_from(of(first, "whole"))
    play.comes(TOM, "agency", agency="School")
    former = next(one.id for one in play.board.formers.values() if one.name == play.board.people[TOM].name)
    play.says(HELEN, "former.match", former=former, person=TOM)
    play.round("roundnow", per="agency")
    play.says(TOM, "rating.set", round="roundnow", value=7)
    play.says(HELEN, "round.reveal", round="roundnow")
    [table] = tables(of(play, "whole"), "The numbers of each meeting")
    assert table[1:] == [["School", "", "7"], ["Tom", "2", ""]]

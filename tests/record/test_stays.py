"""From when to when people were there: as the record says it."""

from __future__ import annotations

from msgspec.structs import replace

from server.board.door import Came, Goodbye, Left
from server.board.model import AnyHouseAsk
from server.record.model import Stay
from server.recording import stays_of
from tests.board.make import DANA, HELEN, opened


def stays(*happens: AnyHouseAsk | str) -> tuple[Stay, ...]:
    """When Dana was there, told by the minute: she comes in the first, and then one thing happens in each."""
    play = opened()
    play.comes(DANA)
    begun = len(play.log)
    for what in happens:
        play.says(HELEN, what) if isinstance(what, str) else play.writes(what)
    at = {entry.seq: max(1, place - begun + 2) for place, entry in enumerate(play.log)}
    return stays_of([replace(entry, at=at[entry.seq]) for entry in play.log])[DANA]


def test_somebody_comes_and_goes_and_comes_again() -> None:
    assert stays() == (Stay(came=1),)
    assert stays(Left(person=DANA)) == (Stay(came=1, left=2),)
    assert stays(Left(person=DANA), Came(person=DANA)) == (Stay(came=1, left=2), Stay(came=3))


def test_whoever_goes_once_it_has_ended_was_there_to_the_end() -> None:
    assert stays("meeting.close", Left(person=DANA)) == (Stay(came=1),)
    assert stays("meeting.close", Goodbye(person=DANA)) == (Stay(came=1),)
    assert stays(Left(person=DANA), "meeting.close", Came(person=DANA)) == (Stay(came=1, left=2),)


def test_a_meeting_that_goes_on_goes_on_with_who_is_still_there() -> None:
    assert stays("meeting.close", "meeting.reopen") == (Stay(came=1),)
    assert stays("meeting.close", Left(person=DANA), "meeting.reopen") == (Stay(came=1, left=2),)
    assert stays("meeting.close", Left(person=DANA), Came(person=DANA), "meeting.reopen") == (Stay(came=1),)
    gone = (Left(person=DANA), "meeting.close", Came(person=DANA), "meeting.reopen", Left(person=DANA))
    assert stays(*gone) == (Stay(came=1, left=2), Stay(came=5, left=6))

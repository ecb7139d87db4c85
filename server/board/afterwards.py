"""What comes after the meeting: when the next one is, and whom to ring until then. All that people's own pages still
say once a meeting has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from . import words
from .ask import Ask, Part, View

if TYPE_CHECKING:
    from .model import Board, Entry, Touched

NEXT_MAX: Final = 120


class Afterwards(Part, frozen=True, kw_only=True):
    """When the next meeting is, and whom to ring, as it is said to everyone."""

    kind: ClassVar[str] = "afterwards"
    next: str = ""
    ring: str = ""


class AfterwardsView(View, frozen=True, kw_only=True):
    """What comes after the meeting, in the facilitator's words: when and where the `next` one is, and whom to `ring`
    until then. Never on the wall."""

    next: str = ""
    ring: str = ""


class SetAfterwards(Ask, frozen=True, kw_only=True, tag="after.set"):
    """Say when the next meeting is (up to 120 characters) and whom to ring until then (280). Facilitator and
    scribe."""

    next: str = ""
    ring: str = ""


AfterwardsAsk = SetAfterwards


def check(board: Board, entry: Entry, ask: AfterwardsAsk) -> None:
    """Refuse words that cannot be kept. Raises Refused."""
    words.keep_or_none(ask.next, NEXT_MAX)
    words.keep_or_none(ask.ring, words.REASON_MAX)


def apply(board: Board, entry: Entry, ask: AfterwardsAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses."""
    if board.meeting is None:
        return board, ()
    return board.put(Afterwards(id=board.meeting.id, next=ask.next, ring=ask.ring))


def view(part: Afterwards) -> AfterwardsView:
    """What comes after, as it travels."""
    return AfterwardsView(id=part.id, next=part.next, ring=part.ring)

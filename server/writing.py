"""Who is writing in which part of a set, and who is told: those alone who write that same set. Never written anywhere,
and over a few seconds after the last key."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

import msgspec

from .board.model import Board
from .board.setparts import SetView, may_write
from .board.sight import Viewer, sight
from .signals import Writes

OVER_S: Final = 5.0
"""So long after the last key nobody is writing any more."""
By = tuple[str, str]
"""The cookie hash and the device of a connection."""
Told = dict[str, dict[str, list[str]]]
"""People by set and part."""


class Hand(msgspec.Struct, frozen=True, array_like=True, order=True):
    """Somebody is writing here."""

    set: str
    part: str
    person: str


class Writing:
    """Who writes through this process. Times are seconds of one steady clock, given by the caller."""

    def __init__(self) -> None:
        self._hands: dict[By, tuple[float, Hand]] = {}

    def hear(self, by: By, person: str, signal: Writes, now: float) -> None:
        """Take in what a connection said of itself."""
        if not signal.part:
            self._hands.pop(by, None)
        else:
            self._hands[by] = (now, Hand(signal.set, signal.part, person))

    def here(self, board: Board, connected: Collection[By], now: float) -> list[Hand]:
        """Who writes now: still connected, not long silent, and still among those who may."""
        self._hands = {
            by: said
            for by, said in self._hands.items()
            if by in connected and now - said[0] < OVER_S and _holds(board, said[1].set, said[1].person)
        }
        return sorted({hand for _at, hand in self._hands.values()})


def told(board: Board, hands: Iterable[Hand], viewer: Viewer) -> Told | None:
    """What of it this viewer is told; None for who writes no set that anyone can be seen to write in. Where authors are
    hidden, that somebody writes and not who."""
    if not any(_writes(board, id, viewer) for id in board.sets):
        return None
    found: Told = {}
    for hand in hands:
        if hand.person != viewer.id and _writes(board, hand.set, viewer) and _holds(board, hand.set, hand.person):
            names = found.setdefault(hand.set, {}).setdefault(hand.part, [])
            if board.names_shown and hand.person not in names:
                names.append(hand.person)
    return found


def _writes(board: Board, id: str, viewer: Viewer) -> bool:
    """Whether this viewer sees the set, and may write it."""
    view = sight(board.sets.get(id), viewer)
    return isinstance(view, SetView) and view.writes and _holds(board, id, viewer.id)


def _holds(board: Board, id: str, person: str) -> bool:
    """Whether this person, here and in an open meeting, writes the set."""
    set, writer = board.sets.get(id), board.people.get(person)
    if set is None or writer is None or writer.state != "here":
        return False
    return board.meeting is not None and board.meeting.state == "open" and may_write(set, writer)

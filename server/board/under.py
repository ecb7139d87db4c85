"""What stands under cards, and what waits for the close, follows from any entry: comments go where their card goes,
names go where names go, and thoughts are shown once the meeting comes to its close."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from .cards import Card
from .comments import Commenting, seen_with
from .meeting import Meeting
from .model import Board, Touched
from .people import Person
from .thoughts import at_close


def follow(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """The board with what follows for comments and thoughts."""
    board, more = _child_words(board, touched)
    board, more = board.then(more, lambda board: _leave_alone(board, (*touched, *more)))
    board, more = board.then(more, lambda board: _go_along(board, (*touched, *more)))
    return board.then(more, lambda board: _with_the_meeting(board, touched))


def erased(board: Board, card: str) -> tuple[Board, Touched]:
    """What stood under a card that was removed for good goes with it."""
    return board.drop("comment", *(one.id for one in board.comments.values() if one.on.id == card))


def named(board: Board) -> set[str]:
    """Everyone whose name stands at a comment, or a thought all can see."""
    comments = (id for one in board.comments.values() if one.named for id in (one.by, one.typed_by))
    thoughts = (id for one in board.thoughts.values() if one.named and one.shown for id in (one.by, one.typed_by))
    return {*comments, *thoughts}


def _child_words(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """Whoever is here as a child from now on: all their cards are a child's words, and stay so."""
    children = {
        touch.part.id
        for touch in touched
        if isinstance(touch.before, Person) and isinstance(touch.after, Person)
        if touch.before.role != "child" and touch.after.role == "child"
    }
    if not children:
        return board, ()
    theirs = (one for one in board.cards.values() if one.by in children)
    return board.put(*(replace(one, child=True, of=one.of or one.by) for one in theirs))


def _leave_alone(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """Where comments are open, a child's card says that they never are there."""
    where = {place for one in board.commenting.values() for place in one.where}
    if any(isinstance(touch.part, Commenting) for touch in touched):
        cards: Iterable[Card] = board.cards.values()
    else:
        cards = _cards(board, touched)
    return board.put(
        *(
            replace(one, comments="never")
            for one in cards
            if one.child and one.comments != "never" and one.column in where
        )
    )


def _go_along(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """Comments are seen by whoever sees the card, and stand in its column."""
    cards = {card.id: card for card in _cards(board, touched)}
    moved: list[Any] = []
    for one in board.comments.values() if cards else ():
        if card := cards.get(one.on.id):
            after = replace(one, seen=seen_with(card), where=card.column, writer=card.by)
            if after != one:
                moved.append(after)
    return board.put(*moved)


def _with_the_meeting(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """At the close thoughts are shown; once names are hidden, comments and thoughts have none."""
    if not any(isinstance(touch.part, Meeting) for touch in touched):
        return board, ()
    hidden = board.meeting is not None and board.meeting.authors == "hidden"
    shown = at_close(board)
    changed: list[Any] = [replace(one, named=False) for one in board.comments.values() if one.named and hidden]
    for one in board.thoughts.values():
        after = replace(one, named=one.named and not hidden, shown=one.shown or shown)
        if after != one:
            changed.append(after)
    return board.put(*changed)


def _cards(board: Board, touched: Touched) -> list[Card]:
    ids = dict.fromkeys(touch.part.id for touch in touched if isinstance(touch.part, Card))
    return [board.cards[id] for id in ids if id in board.cards]

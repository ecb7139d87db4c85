"""What stands under cards, worries and steps, and what waits for the close, follows from any entry: comments go where
what they stand under goes, names go where names go, and thoughts are shown once the meeting comes to its close."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from .cards import Card
from .commented import every, hands, place_of, seen_with, writer_of
from .comments import Commenting
from .meeting import Meeting
from .model import Board, Touched
from .nextstep import NextStep
from .person import Person
from .setparts import Set
from .thoughts import at_close

if TYPE_CHECKING:
    from .commented import Commented


def follow(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """The board with what follows for comments and thoughts."""
    board, more = _child_words(board, touched)
    board, more = board.then(more, lambda board: _leave_alone(board, (*touched, *more)))
    board, more = board.then(more, lambda board: _go_along(board, (*touched, *more)))
    return board.then(more, lambda board: _with_the_meeting(board, touched))


def erased(board: Board, under: str) -> tuple[Board, Touched]:
    """What stood under a card or a step that was removed for good goes with it."""
    return board.drop("comment", *(one.id for one in board.comments.values() if one.on.id == under))


def named(board: Board) -> set[str]:
    """Everyone whose name stands at a comment, or a thought all can see."""
    comments = (id for one in board.comments.values() if one.named for id in (one.by, one.typed_by))
    thoughts = (id for one in board.thoughts.values() if one.named and one.shown for id in (one.by, one.typed_by))
    return {*comments, *thoughts}


def _child_words(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """Whoever is here as a child from now on: all that they wrote is a child's words, and stays so; and so is what a
    child writes in a worry or a step."""
    children = {
        touch.part.id
        for touch in touched
        if isinstance(touch.before, Person) and isinstance(touch.after, Person)
        if touch.before.role != "child" and touch.after.role == "child"
    }
    changed: list[Any] = []
    if children:
        changed += [replace(one, child=True, of=one.of or one.by) for one in board.cards.values() if one.by in children]
        changed += [replace(one, child=True) for one in board.sets.values() if hands(one) & children]
        changed += [replace(one, child=True) for one in board.steps.values() if one.by in children]
    known = {one.id for one in changed}
    for touch in touched:
        part = touch.after
        if isinstance(part, Set | NextStep) and not part.child and part.id not in known and _by_child(board, part):
            changed.append(replace(part, child=True))
    return board.put(*changed)


def _by_child(board: Board, part: Set | NextStep) -> bool:
    people = (board.people.get(id) for id in hands(part))
    return any(one is not None and one.role == "child" for one in people)


def _leave_alone(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """Where comments are open, what holds a child's words says that they never are there."""
    where = {place for one in board.commenting.values() for place in one.where}
    if any(isinstance(touch.part, Commenting) for touch in touched):
        looked: Iterable[Commented] = every(board)
    else:
        looked = _commented(board, touched)
    never: list[Any] = [one for one in looked if one.child and one.comments != "never" and place_of(one) in where]
    return board.put(*(replace(one, comments="never") for one in never))


def _go_along(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """Comments are seen by whoever sees what they stand under, and stand where that does."""
    unders = {one.id: one for one in _commented(board, touched)}
    moved: list[Any] = []
    for one in board.comments.values() if unders else ():
        if under := unders.get(one.on.id):
            after = replace(one, seen=seen_with(under), where=place_of(under), writer=writer_of(under))
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


def _commented(board: Board, touched: Touched) -> list[Commented]:
    """What was touched of all that can be commented on, as it is now."""
    found: dict[str, Commented | None] = {}
    for touch in touched:
        match touch.part:
            case Card(id=id):
                found[id] = board.cards.get(id)
            case Set(id=id):
                found[id] = board.sets.get(id)
            case NextStep(id=id):
                found[id] = board.steps.get(id)
            case _:
                pass
    return [one for one in found.values() if one is not None]

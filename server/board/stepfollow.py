"""What follows for next steps, who takes them on, and decisions, when something else changed: a step edited or off the
list, a card no longer for all, names hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from .cards import Card
from .meeting import Meeting
from .nextstep import NextStep
from .owners import Owner, asked_again
from .steps import is_for_all

if TYPE_CHECKING:
    from .model import Board, Touched


def follow_steps(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """The board with what follows for steps from what was touched."""
    board, more = board.put(*_links(board, touched))
    board, owners = board.put(*_owners(board, touched))
    if any(_hides_names(touch.before, touch.after) for touch in touched):
        board, hidden = board.put(
            *(replace(one, named=False) for one in board.steps.values()),
            *(replace(one, named=False) for one in board.dissents.values()),
        )
        return board, more + owners + hidden
    return board, more + owners


def _links(board: Board, touched: Touched) -> Iterator[NextStep]:
    """Steps whose card everyone sees now, or no longer."""
    cards = {touch.part.id for touch in touched if isinstance(touch.part, Card)}
    for step in board.steps.values():
        if step.card in cards and step.linked != is_for_all(board, step.card):
            yield replace(step, linked=not step.linked)


def _owners(board: Board, touched: Touched) -> Iterator[Owner]:
    """Whoever is asked about a step that reads otherwise now, or is on or off the list."""
    for touch in touched:
        match touch.before, touch.after:
            case NextStep() as before, NextStep() as after:
                other = (before.what, before.when) != (after.what, after.when)
                off = bool(after.removed_by)
                for owner in board.owners.values():
                    if owner.step == after.id and (other or owner.off != off):
                        yield replace(asked_again(owner) if other else owner, off=off)
            case _:
                pass


def _hides_names(before: object, after: object) -> bool:
    return isinstance(before, Meeting) and isinstance(after, Meeting) and before.authors != after.authors

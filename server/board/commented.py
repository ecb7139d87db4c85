"""What comments stand under: a card, a worry and its goal in words, or a next step; where it stands, and who sees what
is said there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from .nextstep import NextStep
from .setparts import Set
from .words import Id

if TYPE_CHECKING:
    from .cards import Card
    from .model import Board

    Commented = Card | Set | NextStep

Place = Literal["well", "worried", "needs", "sets", "steps"]
COLUMNS: Final[tuple[Place, ...]] = ("well", "worried", "needs")
PLACES: Final[tuple[Place, ...]] = (*COLUMNS, "sets", "steps")
Seen = Literal["all", "writer", "nobody"]


class On(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a comment stands under."""

    kind: Literal["card", "set", "step"]
    id: Id


def find(board: Board, on: On) -> Commented | None:
    """What a comment stands under; None where that is gone."""
    match on.kind:
        case "card":
            return board.cards.get(on.id)
        case "set":
            return board.sets.get(on.id)
        case "step":
            return board.steps.get(on.id)


def every(board: Board) -> Iterator[Commented]:
    """Everything that can be commented on."""
    yield from board.cards.values()
    yield from board.sets.values()
    yield from board.steps.values()


def place_of(under: Commented) -> Place:
    """Where it stands: its column, or among the worries and goals, or the next steps."""
    if isinstance(under, Set):
        return "sets"
    return "steps" if isinstance(under, NextStep) else under.column


def writer_of(under: Commented) -> str:
    """Who may still see it once it was set aside."""
    return "" if isinstance(under, Set | NextStep) else under.by


def is_up(under: Commented) -> bool:
    """Whether everyone may read it now, and so say something under it."""
    if isinstance(under, NextStep):
        return not under.removed_by
    return under.state == ("board" if isinstance(under, Set) else "on")


def seen_with(under: Commented) -> Seen:
    """Who sees what stands under it: nobody, where a child's own words are in it. A worry that was closed stays to be
    read, with what was said."""
    if under.child:
        return "nobody"
    if isinstance(under, Set):
        return "nobody" if under.state == "draft" else "all"
    if is_up(under):
        return "all"
    return "writer" if not isinstance(under, NextStep) and under.state == "aside" else "nobody"


def hands(under: Commented) -> set[str]:
    """Everyone whose words are in it."""
    if isinstance(under, Set):
        texts = (one for one in under.texts.values() if one.text)
        return {id for one in texts for id in (one.for_ or one.by,)}
    return {under.by}

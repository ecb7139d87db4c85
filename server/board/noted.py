"""A correction as the board keeps it and as it travels: what somebody says is not right, beside what is recorded and
never over it. What may be asked is in `corrections`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias, assert_never

import msgspec

from .answers import Answer
from .ask import Part, View
from .cardsight import child_of
from .nextstep import NextStep
from .person import Person
from .ratings import Rating
from .refusal import Refused
from .words import Id

if TYPE_CHECKING:
    from .cards import Card
    from .model import Board

    Corrected: TypeAlias = Person | Card | NextStep | Rating | Answer


class Noted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a correction stands beside: somebody on the list, a card, a next step, or a number or answer that was
    shown with a name."""

    kind: Literal["person", "card", "step", "rating", "answer"]
    id: Id


class Correction(Part, frozen=True, kw_only=True):
    """A correction. `original` is the part it stands beside, as that stands now; `by` whose correction it is."""

    kind: ClassVar[str] = "correction"
    on: Noted
    original: Corrected
    text: str
    by: str
    typed_by: str = ""
    named: bool = True  # the meeting's setting, here so that sight needs no other part
    said_at: tuple[int, ...] = ()


class CorrectionView(View, frozen=True, kw_only=True):
    """What somebody says is not right about what stands `on` the board: seen by those who see that, and never on the
    wall. `by` is sent only where authors are shown; `own`: yours to take back."""

    on: Noted
    text: str
    by: str = ""
    typed: bool = False
    own: bool = False


def find(board: Board, on: Noted) -> Corrected | None:
    """What a correction stands beside; None where that is gone."""
    match on.kind:
        case "person":
            return board.people.get(on.id)
        case "card":
            return board.cards.get(on.id)
        case "step":
            return board.steps.get(on.id)
        case "rating":
            return board.ratings.get(on.id)
        case "answer":
            return board.answers.get(on.id)
        case _:
            assert_never(on.kind)


def view(part: Correction, person: str) -> CorrectionView:
    """A correction as it travels to this person, who sees what it stands beside."""
    return CorrectionView(
        id=part.id,
        on=part.on,
        text=part.text,
        by=part.by if part.named else "",
        typed=bool(part.typed_by),
        own=bool(person) and person in {part.by, part.typed_by},
    )


def said_on(board: Board, kind: str, *ids: str) -> tuple[int, ...]:
    """The entries that hold what was said beside these."""
    beside = (one for one in board.corrections.values() if one.on.kind == kind and one.on.id in ids)
    return tuple(seq for one in beside for seq in one.said_at)


def check_theirs(part: Corrected, person: str) -> None:
    """Refuse what is not this person's to correct. Raises Refused."""
    match part:
        case Person():
            theirs = part.id == person
        case NextStep():
            theirs = not part.removed_by
        case Rating() | Answer():
            theirs = part.shown == "named" and part.person == person
        case _:
            # A card nobody else has been shown is its writer's to change, and a child's words are the child's.
            if part.state != "on" or (child_of(part) and person not in {part.by, part.of}):
                raise Refused("not-here")
            theirs = True
    if not theirs:
        raise Refused("not-for-you")

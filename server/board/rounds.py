"""Rounds: one asking of a scale, whom it asks, and the counts the room is told of it. What may be asked of one is in
`scales`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec.structs import replace

from .ask import Part, View
from .ratings import Rating, Show
from .rights import RATERS

if TYPE_CHECKING:
    from .model import Board


class Round(Part, frozen=True, kw_only=True):
    """One asking of a scale. The counts are those last told to the room, on a fixed tick."""

    kind: ClassVar[str] = "round"
    scale: str
    show: Show
    state: Literal["open", "shown", "closed", "cancelled"] = "open"
    too: bool = False  # whether the facilitator answers too
    by: str
    called: dict[str, str] = {}  # everyone it ever asked or had a number from, by id, with the role they are counted as
    asked: int = 0
    answered: int = 0
    groups: dict[str, int] = {}
    missing: tuple[str, ...] = ()
    question: str = ""
    value: int | None = None
    opened: int = 0
    at: int = 0


class RoundView(View, frozen=True, kw_only=True):
    """A round. `asked` and `answered` go out on a fixed tick and count whoever was once asked, so that nobody learns
    by someone's leaving whether they had answered. `groups` says how many share each role, told before anyone answers;
    `missing` (person ids) goes to the facilitator only. `question` is one of the template's, about the number `value`;
    `opened` is the entry that opened it."""

    scale: str
    state: Literal["open", "shown", "closed", "cancelled"]
    show: Show
    asked: int
    answered: int
    too: bool = False
    groups: dict[str, int] = {}
    missing: tuple[str, ...] = ()
    question: str = ""
    value: int | None = None
    opened: int = 0


def counted(board: Board, round: Round) -> Round:
    """The round with its counts as they are now. "Rather not say" counts as no answer, so that the two look the
    same."""
    given = {rating.person for rating in answers(board, round.id)}
    called = dict(round.called)
    for person in board.people.values():
        if person.id in given or is_asked(round, person.id, person.role, person.state):
            called[person.id] = person.role
    return replace(
        round,
        called=called,
        asked=len(called),
        answered=len(given),
        groups=dict(sorted(Counter(called.values()).items())),
        missing=tuple(sorted(called.keys() - given)),
    )


def is_asked(round: Round, person: str, role: str, state: str) -> bool:
    """Whether the round asks this person for a number."""
    return state == "here" and (role in RATERS or (role == "facilitator" and round.too and person == round.by))


def answers(board: Board, round: str) -> list[Rating]:
    """The answers that count and are shown: all but "rather not say". Those the reveal made are not among them."""
    return [one for one in board.ratings.values() if one.round == round and one.person and one.value != "rather-not"]

"""Numbers of the last meeting, where they were shown with a name then. Nobody but who runs the meeting gets one before
the numbers of this time are shown: it would draw an answer towards itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, assert_never

from msgspec import Meta
from msgspec.structs import replace

from . import words
from .ask import Ask, Part, View
from .refusal import Refused
from .rights import is_listed
from .rounds import Round
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched

PAST_MAX = 400


class Past(Part, frozen=True, kw_only=True):
    """Somebody's number last time, None once that was taken back. `shown` once a round with names on that scale, and
    about that child, was shown."""

    kind: ClassVar[str] = "past"
    scale: str
    child: str = ""
    person: str
    role: str
    value: int | None
    when: str
    ten: str
    zero: str
    shown: bool = False
    name: str = ""  # what they were called then, where the number was brought from an earlier meeting
    former: str = ""  # who they were there
    said_at: tuple[int, ...] = ()  # the entries that hold its words


class PastView(View, frozen=True, kw_only=True):
    """Somebody's number last time, shown with their name then: to the facilitator; to everyone once this time's
    numbers on that `scale` (and about that `child`) were shown with names. `when` says when that was; `ten` and `zero`
    what the ends meant then. `name`: what they were called then, where nobody here is known to be that person."""

    scale: str
    person: str
    role: str
    value: int
    when: str
    ten: str
    zero: str
    child: str = ""
    name: str = ""


class RecallNumber(Ask, frozen=True, kw_only=True, tag="scale.past"):
    """Say which number somebody gave last time on a scale, where it was shown with their name then; again replaces,
    null takes it back. `when`: up to 40 characters. `ten` and `zero`: what the ends meant then, up to 400 characters,
    left out where they were the same. `child`: where each child had a round. Facilitator only."""

    id: Id
    scale: Id
    person: Id
    value: Annotated[int, Meta(ge=0, le=10)] | None
    when: str = ""
    ten: str = ""
    zero: str = ""
    child: str = ""


PastAsk = RecallNumber


def check(board: Board, entry: Entry, ask: PastAsk) -> None:
    """Refuse what may not happen to numbers of last time. Raises Refused."""
    match ask:
        case RecallNumber():
            if ask.scale not in board.scales:
                raise Refused("no-scale")
            if ask.person not in board.people or (ask.value is not None and not is_listed(board, ask.person)):
                raise Refused("no-person")
            for text in (ask.when, ask.child):
                words.keep_or_none(text, words.NAME_MAX)
            for text in (ask.ten, ask.zero):
                words.keep_or_none(text, words.END_MAX)
            known = board.past.get(ask.id)
            if ask.value is not None and known is not None and known != _same(board, ask):
                raise Refused("id-taken")
            if known is None and len(board.past) >= PAST_MAX:
                raise Refused("full")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: PastAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses."""
    match ask:
        case RecallNumber():
            known = _same(board, ask)
            said_at = (*(known.said_at if known is not None else ()), entry.seq)
            return _recalled(board, ask, known.id if known is not None else ask.id, said_at)
        case _:
            assert_never(ask)


def shown_with(board: Board, round: Round) -> list[Past]:
    """What a reveal of this round shows of last time."""
    return [
        replace(one, shown=True)
        for one in board.past.values()
        if one.value is not None and not one.shown and _is_of(round, one.scale, one.child)
    ]


def _recalled(board: Board, ask: RecallNumber, id: str, said_at: tuple[int, ...]) -> tuple[Board, Touched]:
    scale, person = board.scales.get(ask.scale), board.people.get(ask.person)
    if scale is None or person is None:
        return board, ()
    shown = ask.value is not None and any(_is_of(round, ask.scale, ask.child) for round in board.rounds.values())
    return board.put(
        Past(
            id=id,
            scale=scale.id,
            child=ask.child,
            person=person.id,
            role=person.role,
            value=ask.value,
            when=ask.when,
            ten=ask.ten or scale.ten,
            zero=ask.zero or scale.zero,
            shown=shown,
            said_at=said_at,
        )
    )


def _same(board: Board, ask: RecallNumber) -> Past | None:
    return next((one for one in board.past.values() if _is_about(one, ask)), None)


def _is_about(one: Past, ask: RecallNumber) -> bool:
    return (one.scale, one.person) == (ask.scale, ask.person) and words.same_name(one.child, ask.child)


def _is_of(round: Round, scale: str, child: str) -> bool:
    """Whether numbers of last time on this scale, and about this child, are seen beside those of the round."""
    told = round.show == "named" and round.state in {"shown", "closed"}
    return told and round.scale == scale and words.same_name(round.child, child)

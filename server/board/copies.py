"""Copies of the record: how each person wants theirs, and what stands in nobody's, or in some people's alone. The
product sends none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal, assert_never

import msgspec
from msgspec import Meta

from .ask import Ask, Part, View
from .refusal import Refused
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched

NAMED_MAX: Final = 40
HELD_MAX: Final = 2000

How = Literal["paper", "aloud", "apart", "later"]
"""On paper; read to them; not on their phone; ask them later. Of one length, so that no size tells which."""


class OfCopy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may be left out of copies."""

    kind: Literal["card", "step"]
    id: Id


class Wish(Part, frozen=True, kw_only=True):
    """How somebody wants their copy. Its id is theirs."""

    kind: ClassVar[str] = "wish"
    how: How
    unheld: bool = False  # whoever bears their name by now came in by that name alone


class WishView(View, frozen=True, kw_only=True):
    """How somebody wants their copy: "paper", "aloud" (read to them), "apart" (not on their phone) or "later" (ask them
    later). The id is the person's. It goes to them and the facilitator alone."""

    how: How


class Held(Part, frozen=True, kw_only=True):
    """Something left out of copies but for these people's. Its id is that of the card or step."""

    kind: ClassVar[str] = "held"
    on: OfCopy
    people: tuple[str, ...] = ()


class HeldView(View, frozen=True, kw_only=True):
    """Something left out of all copies but those of these `people`. To the facilitator alone."""

    on: OfCopy
    people: tuple[str, ...] = ()


class WishCopy(Ask, frozen=True, kw_only=True, tag="copy.wish"):
    """Say how you want your copy of the record; only the facilitator is told. "paper", "aloud": read to you, "apart":
    not on your phone, "later": ask me later."""

    how: How


class HoldCopy(Ask, frozen=True, kw_only=True, tag="copy.only"):
    """Leave a card or next step out of all copies but those of `people`; null: it stands in every copy again. The whole
    record always has it. Facilitator only."""

    on: OfCopy
    people: Annotated[tuple[Id, ...], Meta(max_length=NAMED_MAX)] | None = None


CopyAsk = WishCopy | HoldCopy


def check(board: Board, entry: Entry, ask: CopyAsk) -> None:
    """Refuse what may not happen to copies. Raises Refused."""
    match ask:
        case WishCopy():
            pass
        case HoldCopy():
            shelf = board.cards if ask.on.kind == "card" else board.steps
            if ask.on.id not in shelf:
                raise Refused("no-card" if ask.on.kind == "card" else "no-step")
            if any(id not in board.people for id in ask.people or ()):
                raise Refused("no-person")
            if ask.people is not None and ask.on.id not in board.held and len(board.held) >= HELD_MAX:
                raise Refused("full")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: CopyAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses."""
    match ask:
        case WishCopy():
            return board.put(Wish(id=entry.by, how=ask.how))
        case HoldCopy():
            if ask.people is None:
                return board.drop("held", ask.on.id)
            return board.put(Held(id=ask.on.id, on=ask.on, people=tuple(dict.fromkeys(ask.people))))
        case _:
            assert_never(ask)


def is_held(board: Board, id: str, person: str) -> bool:
    """Whether a card or step stands in no copy of this person's, "" for the family's."""
    held = board.held.get(id)
    return held is not None and person not in held.people


def seen(part: Wish | Held, person: str, lens: str) -> WishView | HeldView | None:
    """As somebody sees it: how they want their own copy, and the facilitator all of it."""
    runs = lens == "facilitator"
    match part:
        case Wish():
            own = lens != "wall" and part.id == person and not part.unheld
            return WishView(id=part.id, how=part.how) if runs or own else None
        case Held():
            return HeldView(id=part.id, on=part.on, people=part.people) if runs else None
        case _:
            assert_never(part)

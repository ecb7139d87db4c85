"""A phone passed on: somebody in the room who has no device writes and answers on somebody else's. What comes from
there for them is their own; who may lend and borrow, `rights` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import msgspec

from .ask import Ask
from .lobby import has_device
from .refusal import Refused
from .rights import BORROWS, LENDS
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched


class SharePhone(Ask, frozen=True, kw_only=True, tag="person.share"):
    """Say on whose phone somebody in the room writes who has none: on that of `with`; null: on nobody's. Both know it,
    and facilitator and scribe. It ends by itself when either leaves, or gets a device. Facilitator and scribe."""

    person: Id
    with_: Id | None = msgspec.field(default=None, name="with")


PhoneAsk = SharePhone


def check(board: Board, entry: Entry, ask: PhoneAsk) -> None:
    """Refuse what may not happen to phones. Raises Refused."""
    match ask:
        case SharePhone():
            person = board.people.get(ask.person)
            if person is None or person.state != "here":
                raise Refused("no-person")
            if ask.with_ is None:
                return
            if person.how != "room" or person.role not in BORROWS or has_device(board, person):
                raise Refused("no-person")
            owner = board.people.get(ask.with_)
            if owner is None or owner.state != "here" or owner.role not in LENDS or not has_device(board, owner):
                raise Refused("no-phone")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: PhoneAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses."""
    match ask:
        case SharePhone():
            person = board.people.get(ask.person)
            if person is None or person.on_phone_of == (ask.with_ or ""):
                return board, ()
            return board.put(msgspec.structs.replace(person, on_phone_of=ask.with_ or ""))
        case _:
            assert_never(ask)

"""Who leads the work with the family: one person of the agencies, for everyone to know. Besides whoever runs the
meeting they alone say what services ask for as the least."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from .ask import Ask
from .refusal import Refused
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched


class LeadPerson(Ask, frozen=True, kw_only=True, tag="person.lead"):
    """Say who leads the work with the family: someone of an agency, in place of whoever did until then. `on` false:
    they do not. Facilitator only."""

    person: Id
    on: bool = True


LeadAsk = LeadPerson


def check(board: Board, entry: Entry, ask: LeadAsk) -> None:
    """Refuse what may not happen. Raises Refused."""
    match ask:
        case LeadPerson():
            person = board.people.get(ask.person)
            if person is None or person.state in {"waiting", "refused", "removed"}:
                raise Refused("no-person")
            if person.role != "agency":
                raise Refused("not-agency")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: LeadAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses."""
    match ask:
        case LeadPerson():
            # Whoever led until then gives way; that somebody does not lead says nothing of others.
            now = {one.id: one.lead and not ask.on for one in board.people.values()} | {ask.person: ask.on}
            changed = (one for one in board.people.values() if one.lead != now[one.id])
            return board.put(*(replace(one, lead=now[one.id]) for one in changed))
        case _:
            assert_never(ask)

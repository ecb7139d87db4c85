"""Children: for which age their screen speaks, what each sees of the adults' board, and a kind end to their part. Which
words are a child's own stands on the card; what then reaches whom, `narrow` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from .ask import Age, Ask, Sees
from .refusal import Refused
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched


class SetChild(Ask, frozen=True, kw_only=True, tag="person.child"):
    """Say for which `age` a child's screen speaks, and what the child `sees` of the adults' board: "own" words only;
    "good": own words, good things and next steps; "all". What is left out stays. Facilitator only."""

    person: Id
    age: Age | None = None
    sees: Sees | None = None


class EndChild(Ask, frozen=True, kw_only=True, tag="child.end"):
    """A child's part in the meeting ends: they are thanked and signed out on every device, and stay on the list as
    someone who has left. What they wrote stays. Facilitator only."""

    person: Id


ChildAsk = SetChild | EndChild


def check(board: Board, ask: ChildAsk) -> None:
    """Refuse what may not happen to a child. Raises Refused."""
    child = board.people.get(ask.person)
    if child is None:
        raise Refused("no-person")
    if child.role != "child":
        raise Refused("not-child")
    match ask:
        case SetChild():
            pass
        case EndChild():
            if child.state != "here":
                raise Refused("no-person")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: ChildAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: a child who is not there is passed over."""
    child = board.people.get(ask.person)
    if child is None:
        return board, ()
    match ask:
        case SetChild():
            changed = replace(child, age=ask.age or child.age, sees=ask.sees or child.sees)
            return board.put(changed) if changed != child else (board, ())
        case EndChild():
            # As after a goodbye of their own.
            left = board.put(replace(child, state="left", hand=False, ready="", away=entry.at))
            ids = [session.id for session in board.sessions.values() if session.person == child.id]
            return left[0].then(left[1], lambda board: board.drop("session", *ids))
        case _:
            assert_never(ask)

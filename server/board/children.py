"""Children: for which age their screen speaks and how they choose a number, what each sees of the adults' board, and a
kind end to their part. Which words are a child's own stands on the card; what then reaches whom, `narrow` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from .ask import Age, Ask, Chooses, Sees
from .refusal import Refused
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched


class SetChild(Ask, frozen=True, kw_only=True, tag="person.child"):
    """Say for which `age` a child's screen speaks, how the child `chooses` a number, and what the child `sees` of the
    adults' board: "own" words only; "good": own words, good things and next steps; "all". What is left out stays.
    Facilitator only."""

    person: Id
    age: Age | None = None
    sees: Sees | None = None
    chooses: Chooses | None = None


class SayGoodbye(Ask, frozen=True, kw_only=True, tag="child.goodbye"):
    """A child's part comes to its end: their screen thanks them, and asks them alone what is to become of what they
    kept for themselves, before they go. `on` false: they stay after all. Facilitator only."""

    person: Id
    on: bool = True


class EndChild(Ask, frozen=True, kw_only=True, tag="child.end"):
    """A child's part in the meeting ends: they are signed out on every device, and stay on the list as someone who has
    left. What they wrote stays, and what they kept stays unseen. The child's own press once goodbye was said to them;
    the facilitator's at any time."""

    person: Id


ChildAsk = SetChild | SayGoodbye | EndChild


def check(board: Board, entry: Entry, ask: ChildAsk) -> None:
    """Refuse what may not happen to a child. Raises Refused."""
    child = board.people.get(ask.person)
    if child is None:
        raise Refused("no-person")
    if child.role != "child":
        raise Refused("not-child")
    match ask:
        case SetChild():
            pass
        case SayGoodbye():
            if child.state != "here":
                raise Refused("no-person")
        case EndChild():
            asker = board.people[entry.by]
            if asker.role != "facilitator" and not (asker.id == child.id and child.goodbye):
                raise Refused("not-for-you")
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
            changed = replace(
                child,
                age=ask.age or child.age,
                sees=ask.sees or child.sees,
                chooses=ask.chooses or child.chooses,
            )
            return board.put(changed) if changed != child else (board, ())
        case SayGoodbye():
            return board.put(replace(child, goodbye=ask.on)) if child.goodbye != ask.on else (board, ())
        case EndChild():
            # As after a goodbye of their own.
            left = board.put(replace(child, state="left", hand=False, ready="", away=entry.at))
            ids = [session.id for session in board.sessions.values() if session.person == child.id]
            return left[0].then(left[1], lambda board: board.drop("session", *ids))
        case _:
            assert_never(ask)

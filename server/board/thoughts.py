"""Thoughts for next time: what came too late for a closed column. Its writer's and the facilitator's until the close,
then everyone's."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, assert_never

import msgspec

from . import words
from .ask import Ask, Column, Part, View
from .refusal import Refused
from .rights import WRITES_FOR, typed_for
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched

THOUGHTS_MAX = 500


class Thought(Part, frozen=True, kw_only=True):
    """A thought kept for next time. `shown`: the meeting has come to its close, and everyone sees it."""

    kind: ClassVar[str] = "thought"
    column: Column
    text: str
    by: str
    typed_by: str = ""
    named: bool = True
    shown: bool = False
    at: int = 0
    seq: int = 0
    unheld: bool = False  # whoever bears its writer's name by now came in by that name alone


class ThoughtView(View, frozen=True, kw_only=True):
    """A thought for next time: its writer's and the facilitator's until it is `shown` at the close. `by` and `typed_by`
    only where authors are shown; `own`: yours to take back. Sort by `order`."""

    column: Column
    text: str
    order: int
    by: str = ""
    typed_by: str = ""
    typed: bool = False
    shown: bool = False
    own: bool = False


class KeepThought(Ask, frozen=True, kw_only=True, tag="thought.keep"):
    """Keep a thought for next time: up to 1,000 characters, also while adding to its column is closed. `for`: whose
    words they are, where someone else types; scribe and supporter must say."""

    id: Id
    column: Column
    text: str
    for_: Id | None = msgspec.field(default=None, name="for")


class RemoveThought(Ask, frozen=True, kw_only=True, tag="thought.remove"):
    """Take a thought back: your own; any, for the facilitator. Its words leave the log."""

    thought: Id


ThoughtAsk = KeepThought | RemoveThought


def check(board: Board, entry: Entry, ask: ThoughtAsk) -> None:
    """Refuse what may not happen to thoughts. Raises Refused."""
    asker = board.people[entry.by]
    match ask:
        case KeepThought():
            words.keep(ask.text, words.CARD_MAX)
            if ask.id in board.thoughts:
                raise Refused("id-taken")
            if len(board.thoughts) >= THOUGHTS_MAX:
                raise Refused("full")
            if ask.for_ is not None and ask.for_ != asker.id:
                typed_for(board, ask.for_, asker.role, WRITES_FOR)
            elif asker.role in {"scribe", "supporter"}:
                raise Refused("for-whom")
        case RemoveThought():
            thought = board.thoughts.get(ask.thought)
            yours = thought is not None and asker.id in {thought.by, thought.typed_by}
            runs = asker.role == "facilitator"
            if thought is None or not (thought.shown or yours or runs):
                raise Refused("no-comment")
            if not (yours or runs):
                raise Refused("not-for-you")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: ThoughtAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses."""
    match ask:
        case KeepThought():
            by = ask.for_ or entry.by
            kept = Thought(
                id=ask.id,
                column=ask.column,
                text=ask.text,
                by=by,
                typed_by=entry.by if by != entry.by else "",
                named=board.names_shown,
                shown=at_close(board),
                at=entry.at,
                seq=entry.seq,
            )
            return board.put(kept)
        case RemoveThought():
            return board.drop("thought", ask.thought)
        case _:
            assert_never(ask)


def at_close(board: Board) -> bool:
    """Whether the meeting has come to its close: the phase of it."""
    meeting = board.meeting
    phases = meeting.template.phases if meeting is not None else ()
    return any(one.kind == "close" for one in phases if meeting is not None and one.id == meeting.phase)

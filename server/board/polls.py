"""Polls: one asking of everyone whether they agree with a statement, whom it asks, and the counts the room is told of
it. What may be asked of one is in `agreements`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec.structs import replace

from .answers import Answer, without_names
from .ask import Part, View
from .lens import sees_no_worries
from .rights import RATERS

if TYPE_CHECKING:
    from .model import Board, Touched
    from .person import Person

ANSWERS_MAX = 10_000
"""More than a poll can have."""


class Poll(Part, frozen=True, kw_only=True):
    """One asking about a set. The counts are those last told to the room, on a fixed tick."""

    kind: ClassVar[str] = "poll"
    set: str
    versions: dict[str, int] = {}  # which wording of each part of the set it asks about
    named: bool = True
    state: Literal["open", "shown", "cancelled"] = "open"
    too: bool = False  # whether the facilitator answers too
    by: str
    called: dict[str, str] = {}  # everyone it ever asked or had an answer from, by id, with their role
    asked: int = 0
    answered: int = 0
    missing: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    not_asked: int = 0
    unasked: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    opened: int = 0
    at: int = 0


class PollView(View, frozen=True, kw_only=True):
    """Everyone asked about a set, in the wordings `versions` of its parts. `asked` and `answered` go out on a fixed
    tick and count whoever was once asked; "not now" counts as no answer. `named`: answers are shown with names.

    Once shown: `counts` says how many answered what, `not_asked` how many people of family and agencies whom everyone
    knows of were not asked, and `unasked` who they are, where names are shown. To the facilitator only: `missing`, who
    has not answered while it is open, and `away`, who was not asked and is known to her list alone (person ids).
    `opened` is the entry that opened it."""

    set: str
    versions: dict[str, int] = {}
    named: bool = False
    state: Literal["open", "shown", "cancelled"]
    asked: int
    answered: int
    too: bool = False
    missing: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    not_asked: int = 0
    unasked: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    opened: int = 0


def counted(board: Board, poll: Poll) -> Poll:
    """The poll with its counts as they are now. "Not now" counts as no answer, so that the two look the same."""
    given = {answer.person for answer in given_to(board, poll.id)}
    called = dict(poll.called)
    for person in board.people.values():
        if person.id in given or is_asked(poll, person):
            called[person.id] = person.role
    return replace(
        poll,
        called=called,
        asked=len(called),
        answered=len(given),
        missing=tuple(sorted(called.keys() - given)),
    )


def is_asked(poll: Poll, person: Person) -> bool:
    """Whether the poll asks this person: not a child who does not see the statement."""
    if person.state != "here" or sees_no_worries(person):
        return False
    return person.role in RATERS or (person.role == "facilitator" and poll.too and person.id == poll.by)


def given_to(board: Board, poll: str) -> list[Answer]:
    """The answers that count and are shown: all but "not now". Words that showing made nobody's are not among them."""
    return [one for one in board.answers.values() if one.poll == poll and one.person and one.value != "not-now"]


def summed_up(board: Board, poll: Poll) -> Poll:
    """The poll as it is shown: how many answered what, and who was not asked at all."""
    shown = counted(board, poll)
    left_out = [one for one in board.people.values() if one.role in RATERS and one.id not in shown.called]
    # Whoever went is told as "left", however they went; whoever is only expected is known to the list alone.
    known = [one.id for one in left_out if one.came]
    away = [one.id for one in left_out if one.id not in known and one.state in {"expected", "apologies"}]
    return replace(
        shown,
        state="shown",
        missing=(),
        counts=dict(sorted(Counter(one.value for one in given_to(board, poll.id)).items())),
        not_asked=len(known),
        unasked=tuple(sorted(known)) if poll.named else (),
        away=tuple(sorted(away)) if poll.named else (),
    )


def hide_names(board: Board, touched: Touched, chance: str) -> tuple[Board, Touched]:
    """The board where no answer has a name any more, if what was touched hid the names of this meeting. Words that were
    shown stay, and are nobody's; whose they were, only its giver's own screen goes on telling."""
    meeting = board.meeting
    named = [poll for poll in board.polls.values() if poll.named]
    if meeting is None or meeting.authors != "hidden" or not named:
        return board, ()
    if not any(touch.part.kind == "meeting" for touch in touched):
        return board, ()
    shown = [one for one in board.answers.values() if one.shown == "named"]
    told = [one for one in shown if one.value != "not-now"]
    # No id may hang on what was said in another poll: a board read later may know nothing of that one any more.
    bare = [
        one
        for place, id in enumerate(board.polls)
        for one in without_names((one for one in told if one.poll == id), chance, place * ANSWERS_MAX)
    ]
    hidden = board.put(
        *(replace(poll, named=False, unasked=(), away=()) for poll in named),
        *(replace(one, shown="") for one in shown),
    )
    return hidden[0].then(hidden[1], lambda board: board.put_last(*bare))

"""The board as a value: parts by kind and id, and the entries that change them. It holds; `core` decides and `sight`
shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from . import (
    afterwards,
    agenda,
    agreements,
    bringing,
    carddesk,
    cardmarks,
    cards,
    cardtray,
    children,
    comments,
    copies,
    corrections,
    decisions,
    differs,
    door,
    erasing,
    invitations,
    lead,
    owners,
    past,
    people,
    phases,
    phone,
    quiet,
    scales,
    setasks,
    signing,
    steps,
    thoughts,
    translations,
    unclear,
)
from .afterwards import Afterwards
from .answers import Answer
from .ask import Column
from .cards import Card
from .comments import Comment, Commenting
from .copies import Held, Wish
from .decisions import Decision, Dissent
from .differs import Differ
from .former import Former, Trail
from .keys import Key, Session
from .meeting import Meeting
from .nextstep import NextStep
from .noted import Correction
from .owners import Owner
from .past import Past
from .person import Person
from .polls import Poll
from .quiet import Quiet
from .ratings import Rating
from .refusal import Refused
from .rounds import Round
from .scales import Scale
from .setparts import Earlier, Set
from .shelves import SHELVES as SHELVES
from .signing import Signing
from .thoughts import Thought
from .translations import Translation
from .unclear import Unclear

AnyPart = (
    Meeting
    | Person
    | Key
    | Session
    | Quiet
    | Card
    | Scale
    | Round
    | Rating
    | Past
    | Comment
    | Commenting
    | Thought
    | Translation
    | Unclear
    | NextStep
    | Owner
    | Decision
    | Dissent
    | Set
    | Earlier
    | Differ
    | Poll
    | Answer
    | Correction
    | Afterwards
    | Wish
    | Held
    | Signing
    | Former
    | Trail
)
AnyAsk = (
    people.PersonAsk
    | children.ChildAsk
    | quiet.QuietAsk
    | cards.CardAsk
    | carddesk.CardDeskAsk
    | cardmarks.CardMarkAsk
    | scales.ScaleAsk
    | phases.PhaseAsk
    | comments.CommentAsk
    | thoughts.ThoughtAsk
    | cardtray.TrayAsk
    | agenda.AgendaAsk
    | translations.TranslationAsk
    | unclear.UnclearAsk
    | past.PastAsk
    | phone.PhoneAsk
    | lead.LeadAsk
    | invitations.AlarmSeen
    | steps.StepAsk
    | owners.OwnerAsk
    | decisions.DecisionAsk
    | setasks.SetAsk
    | differs.DifferAsk
    | agreements.AgreementAsk
    | corrections.CorrectionAsk
    | afterwards.AfterwardsAsk
    | copies.CopyAsk
    | signing.SigningAsk
    | bringing.MatchFormer
)
AnyHouseAsk = (
    door.DoorAsk
    | invitations.InvitationAsk
    | phases.OpenMeeting
    | phases.CutLog
    | scales.CountRound
    | agreements.CountPoll
    | signing.MadeRecord
    | erasing.ErasePerson
    | bringing.BringAsk
)

_P = TypeVar("_P", bound=Any)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened: an accepted ask in its envelope. `ask` None is one whose words have left the log.

    `at` is ms since 1970 UTC and never goes back within a room; `by` a person's id, "house" for the server itself;
    `chance` a random text, `place` where a moved card sorts or what goes with a set: both decided once, before the
    entry is written."""

    seq: int
    at: int
    by: str
    device: str = ""
    ref: int = 0
    tag: str
    ask: AnyAsk | AnyHouseAsk | None
    chance: str = ""
    place: str = ""


class Touch(msgspec.Struct, frozen=True):
    """One part before and after an entry; None where it was not, or is no more."""

    before: AnyPart | None
    after: AnyPart | None

    @property
    def part(self) -> AnyPart:
        """The part, as it is or last was."""
        part = self.after if self.after is not None else self.before
        assert part is not None
        return part


Touched = tuple[Touch, ...]


class Board(msgspec.Struct, frozen=True):
    """A whole meeting at one number of its log. Never changed: `put` and `drop` give a new one."""

    seq: int = 0
    at: int = 0
    meetings: Mapping[str, Meeting] = {}
    people: Mapping[str, Person] = {}
    keys: Mapping[str, Key] = {}
    sessions: Mapping[str, Session] = {}
    quiet: Mapping[str, Quiet] = {}
    cards: Mapping[str, Card] = {}
    scales: Mapping[str, Scale] = {}
    rounds: Mapping[str, Round] = {}
    ratings: Mapping[str, Rating] = {}
    commenting: Mapping[str, Commenting] = {}
    comments: Mapping[str, Comment] = {}
    thoughts: Mapping[str, Thought] = {}
    sets: Mapping[str, Set] = {}
    earlier: Mapping[str, Earlier] = {}
    differs: Mapping[str, Differ] = {}
    translations: Mapping[str, Translation] = {}
    unclear: Mapping[str, Unclear] = {}
    past: Mapping[str, Past] = {}
    steps: Mapping[str, NextStep] = {}
    owners: Mapping[str, Owner] = {}
    decisions: Mapping[str, Decision] = {}
    dissents: Mapping[str, Dissent] = {}
    polls: Mapping[str, Poll] = {}
    answers: Mapping[str, Answer] = {}
    corrections: Mapping[str, Correction] = {}
    afterwards: Mapping[str, Afterwards] = {}
    wishes: Mapping[str, Wish] = {}
    held: Mapping[str, Held] = {}
    signings: Mapping[str, Signing] = {}
    formers: Mapping[str, Former] = {}
    trails: Mapping[str, Trail] = {}
    numbered: int = 0  # how many sets were ever put up
    gone: frozenset[str] = frozenset()  # ids of what was removed for good

    @property
    def meeting(self) -> Meeting | None:
        """The meeting, once opened."""
        return next(iter(self.meetings.values()), None)

    @property
    def names_shown(self) -> bool:
        """Whether words of this meeting stand with the names of those whose they are."""
        return self.meeting is None or self.meeting.authors == "shown"

    def put(self, *parts: _P) -> tuple[Board, Touched]:
        """The board with these parts, and what that touched."""
        shelves: dict[str, dict[str, Any]] = {}
        touched: list[Touch] = []
        for part in parts:
            name = SHELVES[part.kind]
            shelf = shelves.get(name)
            if shelf is None:
                shelf = shelves[name] = dict(getattr(self, name))
            touched.append(Touch(shelf.get(part.id), part))
            shelf[part.id] = part
        return (replace(self, **shelves) if shelves else self), tuple(touched)

    def put_last(self, *parts: _P) -> tuple[Board, Touched]:
        """The same, but in the order given and after all others of their kind, whatever the order was."""
        shelves: dict[str, dict[str, Any]] = {}
        for part in parts:
            shelf = shelves.setdefault(SHELVES[part.kind], dict(getattr(self, SHELVES[part.kind])))
            shelf.pop(part.id, None)
        touched = tuple(Touch(getattr(self, SHELVES[part.kind]).get(part.id), part) for part in parts)
        return replace(self, **shelves).put(*parts)[0], touched

    def drop(self, kind: str, *ids: str) -> tuple[Board, Touched]:
        """The board without these parts, and what that touched. Ids that are not there are passed over."""
        shelf = dict(getattr(self, SHELVES[kind]))
        touched = tuple(Touch(shelf.pop(id), None) for id in ids if id in shelf)
        return (replace(self, **{SHELVES[kind]: shelf}) if touched else self), touched

    def erase(self, kind: str, id: str) -> tuple[Board, Touched]:
        """Drop a part for good: its id is never used again."""
        board, touched = self.drop(kind, id)
        return replace(board, gone=board.gone | {id}), touched

    def then(self, touched: Touched, step: Callable[[Board], tuple[Board, Touched]]) -> tuple[Board, Touched]:
        """Go on from here: what `step` touches comes after what was touched already."""
        board, more = step(self)
        return board, touched + more

    @property
    def over(self) -> bool:
        """Whether the meeting has ended."""
        return self.meeting is not None and self.meeting.state == "closed"

    def refuse_closed(self, column: Column) -> None:
        """Raise Refused `column-closed` where adding to `column` is closed."""
        if self.meeting is not None and column in self.meeting.closed:
            raise Refused("column-closed")

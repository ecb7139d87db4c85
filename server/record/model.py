"""A record: what leaves a meeting, as one value that every form is written from. It holds nothing that its reader may
not see; how it is made from the board stands in compose.py."""

from __future__ import annotations

from typing import Final, Literal

from ..board.answers import Stance
from ..board.ask import Column
from ..board.nextstep import StepState
from ..board.person import How
from .numbers import Earlier, Round, Scale
from .said import Card, ColumnOf, Comment, Correction, Line, Said, View

VERSION: Final = 1
"""Of the shape below. A field may be added with a default; anything else is another version."""

Copy = Literal["whole", "copy", "family", "own", "plan"]
State = Literal["draft", "agreed", "signed"]
Came = Literal["came", "apologies", "invited"]


class Stay(Line, frozen=True):
    """From when to when somebody was there, ms since 1970; `left` 0: until the end."""

    came: int
    left: int = 0


class Attendee(Line, frozen=True):
    """Somebody who was invited. `role` is the board's word, `role_name` the meeting's. `stays` go to the facilitator's
    record alone."""

    id: str
    name: str
    role: str
    role_name: str
    came: Came
    agency: str = ""
    helping: str = ""
    how: How = "device"
    lead: bool = False
    stays: tuple[Stay, ...] = ()
    corrections: tuple[Correction, ...] = ()


class Answer(Line, frozen=True):
    """What somebody said to a statement, in `words` of their own where they wanted them shown."""

    id: str
    value: Stance
    person: str = ""
    who: str = ""
    words: Said | None = None
    corrections: tuple[Correction, ...] = ()


class Agreement(Line, frozen=True):
    """Whether people agree with a worry and its goal. `counts` says how many answered what. Who stands in `answers`
    has a name only where it was shown; `not_asked` names, or counts, who was not asked."""

    counts: dict[str, int] = {}
    answers: tuple[Answer, ...] = ()
    not_asked: int = 0
    not_asked_names: tuple[str, ...] = ()
    reworded: bool = False  # whether the words were changed after people had answered


class Set(Line, frozen=True):
    """A worry and its goal. `worry` and `goal` are how they read; `texts` their parts as they were typed, by the names
    PROTOCOL.md gives them; `cards` are linked in as evidence."""

    id: str
    number: int
    state: Literal["board", "closed"]
    worry: Said
    goal: Said
    scale: str
    name: Said | None = None
    family: Said | None = None
    children: tuple[str, ...] = ()
    texts: dict[str, str] = {}
    cards: tuple[str, ...] = ()
    views: tuple[View, ...] = ()
    agreement: Agreement | None = None
    comments: tuple[Comment, ...] = ()
    instead_of: str = ""
    replaced_by: str = ""
    begun: int = 0  # when it was begun, ms, where that was at an earlier meeting


class Owner(Line, frozen=True):
    """Who takes a next step on, and with what proviso."""

    id: str
    name: str
    person: str = ""
    but: str = ""


class Step(Line, frozen=True):
    """A next step. `bottom`: services ask for this as the least. `note` goes with `state`; `agreed` says at which
    meeting it was agreed, ms, where that was an earlier one."""

    id: str
    what: Said
    when: str = ""
    know: Said | None = None
    otherwise: Said | None = None
    bottom: bool = False
    set: str = ""
    state: StepState = "open"
    note: str = ""
    owners: tuple[Owner, ...] = ()
    who: str = ""
    agreed: int = 0
    comments: tuple[Comment, ...] = ()
    corrections: tuple[Correction, ...] = ()


class Thought(Line, frozen=True):
    """A thought for next time."""

    id: str
    column: Column
    text: str
    who: str = ""


class Decision(Line, frozen=True):
    """What was decided, why, by whom, when it is looked at again, and who sees it differently."""

    id: str
    what: str
    reasons: str = ""
    whom: str = ""
    next: str = ""
    views: tuple[View, ...] = ()


class Labels(Line, frozen=True):
    """What this meeting calls things."""

    worry: str
    goal: str
    worry_side: str
    goal_side: str
    scale: str
    plan: str


class Afterwards(Line, frozen=True):
    """When the next meeting is, and whom to ring until then, as the facilitator wrote it."""

    next: str = ""
    ring: str = ""


class Signing(Line, frozen=True, omit_defaults=False):
    """What the facilitator says of the whole record. `fingerprint` is that of the record she said it of: where another
    stands at the end of this one, something was changed since."""

    state: State = "draft"
    at: int = 0
    who: str = ""
    fingerprint: str = ""


class Record(Line, frozen=True, kw_only=True, omit_defaults=False):
    """A whole record, or a copy of it for somebody. `copy`: "whole" is the facilitator's, "copy" what one person
    may see of it, "own" what is recorded of them, "family" the one in plain words, "plan" what was decided and who does
    what. Times are ms since 1970, UTC. `made`,
    `ended` and `signing` are not part of what `fingerprint` is made of."""

    record: Literal[1] = VERSION
    copy: Copy
    title: str
    template: str
    lang: str
    labels: Labels
    opened: int
    ended: int = 0
    made: int = 0
    names_shown: bool = True
    signing: Signing = Signing()
    rules: tuple[str, ...] = ()
    rules_agreed: int = 0
    people: tuple[Attendee, ...] = ()
    voices: tuple[Card, ...] = ()
    columns: tuple[ColumnOf, ...] = ()
    sets: tuple[Set, ...] = ()
    scales: tuple[Scale, ...] = ()
    rounds: tuple[Round, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    decisions: tuple[Decision, ...] = ()
    steps: tuple[Step, ...] = ()
    thoughts: tuple[Thought, ...] = ()
    afterwards: Afterwards = Afterwards()
    fingerprint: str = ""

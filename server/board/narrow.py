"""What gets through to a child who does not see everything of the adults' board, and to the wall while a child is in
the room. Each kind of part is decided here; what is not let through does not exist for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from .afterwards import Afterwards
from .answers import Answer
from .cards import Card
from .cardsight import child_of
from .comments import Comment, Commenting
from .copies import Held, Wish
from .decisions import Decision, Dissent
from .differs import Differ
from .former import Former, Trail
from .keys import Key, Session
from .lens import NARROW, Narrow
from .meeting import Meeting
from .nextstep import NextStep
from .noted import Correction
from .owners import Owner
from .past import Past
from .person import Person
from .polls import Poll
from .quiet import Quiet
from .ratings import Rating
from .rounds import Round
from .scales import Scale
from .setparts import Earlier, Set
from .signing import Signing
from .thoughts import Thought
from .translations import Translation
from .unclear import Unclear, told

if TYPE_CHECKING:
    from .model import AnyPart


def lets_through(part: AnyPart, lens: Narrow, person: str) -> bool:
    """Whether a part reaches this narrowed way of seeing at all; `person` is whoever looks, "" for nobody in
    particular."""
    wall = lens in {"wall-own", "wall-good"}
    match part:
        case Meeting() | Person():
            # Where the meeting is, and who is in the room with them, a child may always know.
            return True
        case Card():
            return _card(part, lens, person)
        case Scale() | Round():
            # A child may be asked, but not about a worry they do not see; the wall shows no numbers to a room with a
            # child in it.
            return not wall and not part.set
        case Rating():
            return not wall and bool(person) and part.holder == person
        case Translation():
            return part.original is None or lets_through(part.original, lens, person)
        case NextStep():
            return lens in {"child-good", "wall-good"} or (not wall and bool(person) and part.by == person)
        case Owner():
            # Goes with its step, and has no words of it.
            return lens in {"child-good", "wall-good"}
        case Comment() | Commenting() | Past():
            # What grown-ups say to each other, and their numbers of last time.
            return False
        case Set() | Earlier() | Differ() | Poll() | Answer() | Decision() | Dissent():
            # Worries in words, what people say to them, and what was decided.
            return False
        case Thought():
            return not wall and bool(person) and person in {part.by, part.typed_by}
        case Unclear():
            return not wall and person in told(part) and lets_through(part.original, lens, person)
        case Correction():
            return not wall and bool(person) and person == part.by and lets_through(part.original, lens, person)
        case Afterwards():
            return not wall
        case Wish():
            return not wall and bool(person) and part.id == person
        case Quiet() | Key() | Session() | Held() | Signing() | Former() | Trail():
            return False
        case _:
            assert_never(part)


def seen_by(part: AnyPart) -> tuple[Narrow, ...]:
    """The narrowed ways of seeing that a part reaches whoever looks: where it may be talked about."""
    return tuple(lens for lens in NARROW if lets_through(part, lens, ""))


def _card(card: Card, lens: Narrow, person: str) -> bool:
    match lens:
        case "child-own":
            return _own(card, person)
        case "child-good":
            return _own(card, person) or card.column == "well"
        case "wall-own":
            return child_of(card)
        case "wall-good":
            return child_of(card) or card.column == "well"
        case _:
            assert_never(lens)


def _own(card: Card, person: str) -> bool:
    return bool(person) and person in {card.by, card.of}

"""Who takes a next step on. Asked, they answer to the facilitator alone; nobody is shown with a step before they said
yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, assert_never

import msgspec
from msgspec.structs import replace

from . import words
from .ask import Ask, Part, View
from .lens import lens_of
from .refusal import Refused
from .rights import TAKES_ON
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched

OWNERS_MAX = 12
ANSWER_BYTES = 1024
"""An answer travels filled to this many bytes, so that its size tells nothing."""
Given = Literal["yes", "but", "cannot"]


class Owner(Part, frozen=True, kw_only=True):
    """Someone asked to take a step on: a `person` on the list, or the `name` of someone who is not. `version` counts
    answers."""

    kind: ClassVar[str] = "owner"
    step: str
    person: str = ""
    name: str = ""
    answer: Given | Literal["asked"] = "asked"
    words: str = ""
    typed_by: str = ""
    shown: bool = False
    version: int = 0
    off: bool = False  # whether the step is off the list
    former: str = ""  # who they were at an earlier meeting, where they took it on
    unheld: bool = False  # whoever bears the person's name by now came in by that name alone
    said_at: tuple[int, ...] = ()


class OwnerView(View, frozen=True, kw_only=True):
    """Someone asked to take a step on. Until the facilitator shows a "yes" or "but" it goes to her and to the person
    asked alone, always 1,024 bytes of JSON by `pad` (or the next multiple); to the scribe without the answer. "cannot"
    is never shown. `typed`: someone else typed the answer."""

    step: str
    person: str = ""
    name: str = ""
    answer: Given | Literal["asked"] = "asked"
    words: str = ""
    typed: bool = False
    shown: bool = False
    version: int = 0
    pad: str = ""


class AskOwner(Ask, frozen=True, kw_only=True, tag="step.ask"):
    """Ask someone to take a step on: a `person` on the list, or a `name` (up to 40 characters) of someone who is not
    in the meeting. Facilitator and scribe."""

    id: Id
    step: Id
    person: Id | None = None
    name: str = ""


class UnaskOwner(Ask, frozen=True, kw_only=True, tag="step.unask"):
    """Ask someone no longer: their answer leaves the log. Facilitator only."""

    owner: Id


class AnswerStep(Ask, frozen=True, kw_only=True, tag="step.answer"):
    """Say whether you take a step on: "yes", "but" (yes, with up to 280 characters) or "cannot". Only you and the
    facilitator see it until she shows it. `was` is the version of the step you read. Facilitator and scribe answer
    `for` someone who says it aloud or is not here, and for names; a person's own answer stands above that. `pad` is
    filling."""

    owner: Id
    answer: Given
    was: int
    words: str = ""
    for_: Id | None = msgspec.field(default=None, name="for")
    pad: str = ""


class ShowOwner(Ask, frozen=True, kw_only=True, tag="step.show-owner"):
    """Show everyone who takes a step on, with their words. `was` is the version of the answer; refused `answered-anew`
    when they have answered again. Facilitator only."""

    owner: Id
    was: int


OwnerAsk = AskOwner | UnaskOwner | AnswerStep | ShowOwner


def check(board: Board, entry: Entry, ask: OwnerAsk) -> None:
    """Refuse what may not happen to those who take a step on. Raises Refused."""
    match ask:
        case AskOwner():
            _check_asked(board, ask)
        case UnaskOwner():
            _find(board, ask.owner)
        case AnswerStep():
            _check_answer(board, entry, ask)
        case ShowOwner():
            owner = _find(board, ask.owner)
            if owner.version != ask.was:
                raise Refused("answered-anew")
            if owner.answer not in {"yes", "but"}:
                raise Refused("no-yes")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: OwnerAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: what is not there is passed over."""
    if isinstance(ask, AskOwner):
        step = board.steps.get(ask.step)
        if step is None:
            return board, ()
        off = bool(step.removed_by)
        said = (entry.seq,) if ask.name else ()
        owner = Owner(id=ask.id, step=ask.step, person=ask.person or "", name=ask.name, off=off, said_at=said)
        return board.put(owner)
    known = board.owners.get(ask.owner)
    if known is None:
        return board, ()
    match ask:
        case UnaskOwner():
            return board.drop("owner", known.id)
        case AnswerStep():
            return board.put(_answered(known, entry, ask))
        case ShowOwner():
            # A replay without the words of an answer knows of no yes.
            return board.put(replace(known, shown=True)) if known.answer in {"yes", "but"} else (board, ())
        case _:
            assert_never(ask)


def asked_again(owner: Owner) -> Owner:
    """As before any answer: the step is not the one they said yes to."""
    return replace(owner, answer="asked", words="", typed_by="", shown=False, unheld=False)


def owner_view(owner: Owner, viewer: str, lens: str) -> OwnerView | None:
    """As someone sees who takes a step on: everyone once shown; before that facilitator and the person asked, and the
    scribe that somebody was asked."""
    if owner.off:
        return None
    if owner.shown or lens == "facilitator":
        return _whole(owner)
    if lens != "wall" and owner.person and viewer == owner.person:
        return _whole(asked_again(owner) if owner.unheld else owner)
    return OwnerView(id=owner.id, step=owner.step, person=owner.person, name=owner.name) if lens == "scribe" else None


def _whole(owner: Owner) -> OwnerView:
    bare = OwnerView(
        id=owner.id,
        step=owner.step,
        person=owner.person,
        name=owner.name,
        answer=owner.answer,
        words=owner.words,
        typed=bool(owner.typed_by),
        shown=owner.shown,
        version=owner.version,
    )
    if owner.shown or owner.answer == "asked":
        return bare
    longest = len(msgspec.json.encode(replace(bare, answer="cannot", typed=True, pad=".")))
    filled = -(-longest // ANSWER_BYTES) * ANSWER_BYTES
    return replace(bare, pad="." * (filled + 1 - len(msgspec.json.encode(replace(bare, pad=".")))))


def _check_asked(board: Board, ask: AskOwner) -> None:
    step = board.steps.get(ask.step)
    if step is None or step.removed_by:
        raise Refused("no-step")
    if ask.id in board.owners:
        raise Refused("id-taken")
    there = [owner for owner in board.owners.values() if owner.step == ask.step]
    if len(there) >= OWNERS_MAX:
        raise Refused("full")
    if ask.person is None:
        words.keep(ask.name, words.NAME_MAX)
        return
    if ask.name:
        raise Refused("unreadable")
    person = board.people.get(ask.person)
    if person is None or person.state not in {"here", "left", "expected", "apologies"}:
        raise Refused("no-person")
    # A child who sees no next steps cannot be asked to take one on.
    if person.role not in TAKES_ON or lens_of(person.role, person.sees) == "child-own":
        raise Refused("cannot-own")
    if any(owner.person == ask.person for owner in there):
        raise Refused("already-asked")


def _check_answer(board: Board, entry: Entry, ask: AnswerStep) -> None:
    owner = board.owners.get(ask.owner)
    asker = board.people[entry.by]
    types = asker.role in {"facilitator", "scribe"}
    # Whoever was not asked learns not even that somebody was.
    if owner is None or owner.off or not (types or owner.person == asker.id):
        raise Refused("no-owner")
    if owner.person != asker.id and (ask.for_ or "") != owner.person:
        raise Refused("for-whom")
    if owner.person == asker.id and ask.for_ not in {None, asker.id}:
        raise Refused("not-for-them")
    step = board.steps[owner.step]
    if step.version != ask.was:
        raise Refused("stale-step")
    if ask.answer == "but":
        words.keep(ask.words, words.REASON_MAX)
    words.keep_or_none(ask.words, words.REASON_MAX)


def _answered(owner: Owner, entry: Entry, ask: AnswerStep) -> Owner:
    said_at = (*owner.said_at, entry.seq)
    typed = entry.by != owner.person
    if typed and owner.answer != "asked" and not owner.typed_by:
        # Their own answer stands above what was typed for them. It is remembered, to leave the log with the rest.
        return replace(owner, said_at=said_at)
    same = (owner.answer, owner.words) == (ask.answer, ask.words)
    return replace(
        owner,
        answer=ask.answer,
        words=ask.words,
        typed_by=entry.by if typed else "",
        shown=owner.shown and same,
        version=owner.version + 1,
        unheld=False,
        said_at=said_at,
    )


def _find(board: Board, id: str) -> Owner:
    owner = board.owners.get(id)
    if owner is None or owner.off:
        raise Refused("no-owner")
    return owner

"""Decisions: what was decided, why, by whom, and when it is looked at again; and who sees it differently, beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, assert_never

import msgspec
from msgspec.structs import replace

from . import words
from .ask import Ask, Part, View
from .refusal import Refused
from .rights import WRITES_FOR, typed_for
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched

DECISIONS_MAX = 20
DISSENTS_MAX = 200


class Decision(Part, frozen=True, kw_only=True):
    """A decision, as facilitator or scribe wrote it down. `whom`: who decided; `next`: when it is looked at again."""

    kind: ClassVar[str] = "decision"
    what: str
    reasons: str = ""
    whom: str = ""
    next: str = ""
    version: int = 1
    at: int = 0
    said_at: tuple[int, ...] = ()


class DecisionView(View, frozen=True, kw_only=True):
    """A decision: `what`, its `reasons`, `whom` it was decided by, and the `next` date. `version` counts wordings."""

    what: str
    version: int
    at: int
    reasons: str = ""
    whom: str = ""
    next: str = ""


class Dissent(Part, frozen=True, kw_only=True):
    """How somebody sees a decision differently."""

    kind: ClassVar[str] = "dissent"
    decision: str
    text: str
    by: str
    typed_by: str = ""
    named: bool = True  # the meeting's setting, here so that sight needs no other part
    at: int = 0
    said_at: tuple[int, ...] = ()


class DissentView(View, frozen=True, kw_only=True):
    """How somebody sees a decision differently; part of that decision wherever it is shown. `by` and `typed_by` are
    sent only where authors are shown."""

    decision: str
    text: str
    at: int
    by: str = ""
    typed_by: str = ""
    typed: bool = False


class AddDecision(Ask, frozen=True, kw_only=True, tag="decision.add"):
    """Write a decision down: `what` up to 1,000 characters, `reasons` too, `whom` 280 and `next` 40. Facilitator and
    scribe."""

    id: Id
    what: str
    reasons: str = ""
    whom: str = ""
    next: str = ""


class EditDecision(Ask, frozen=True, kw_only=True, tag="decision.edit"):
    """Change the words of a decision. `was` is the version you changed. Facilitator and scribe."""

    decision: Id
    what: str
    reasons: str = ""
    whom: str = ""
    next: str = ""
    was: int


class RemoveDecision(Ask, frozen=True, kw_only=True, tag="decision.remove"):
    """Take a decision off for good, with how others saw it: the words leave the log. Facilitator only."""

    decision: Id


class DifferDecision(Ask, frozen=True, kw_only=True, tag="decision.differ"):
    """Say that you see a decision differently, in up to 280 characters. `for` names the person for whom someone else
    types: scribe and supporter must say."""

    id: Id
    decision: Id
    text: str
    for_: Id | None = msgspec.field(default=None, name="for")


class TakeBackDissent(Ask, frozen=True, kw_only=True, tag="decision.take-back"):
    """Take back how you see a decision differently, or what you typed for someone; any, for the facilitator. The words
    leave the log."""

    dissent: Id


DecisionAsk = AddDecision | EditDecision | RemoveDecision | DifferDecision | TakeBackDissent


def check(board: Board, entry: Entry, ask: DecisionAsk) -> None:
    """Refuse what may not happen to decisions. Raises Refused."""
    match ask:
        case AddDecision():
            _check_words(ask)
            if ask.id in board.decisions or ask.id in board.gone:
                raise Refused("id-taken")
            if len(board.decisions) >= DECISIONS_MAX:
                raise Refused("full")
        case EditDecision():
            decision = _find(board, ask.decision)
            _check_words(ask)
            if ask.was != decision.version:
                raise Refused("stale-step")
        case RemoveDecision():
            _find(board, ask.decision)
        case DifferDecision():
            _check_differ(board, entry, ask)
        case TakeBackDissent():
            dissent = board.dissents.get(ask.dissent)
            if dissent is None:
                raise Refused("no-decision")
            asker = board.people[entry.by]
            if asker.role != "facilitator" and asker.id not in {dissent.by, dissent.typed_by}:
                raise Refused("not-yours")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: DecisionAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: what is not there is passed over."""
    if isinstance(ask, AddDecision):
        said = Decision(
            id=ask.id,
            what=ask.what,
            reasons=ask.reasons,
            whom=ask.whom,
            next=ask.next,
            at=entry.at,
            said_at=(entry.seq,),
        )
        return board.put(said)
    if isinstance(ask, RemoveDecision):
        with_it = [one.id for one in board.dissents.values() if one.decision == ask.decision]
        erased = board.erase("decision", ask.decision)
        return erased[0].then(erased[1], lambda board: board.drop("dissent", *with_it))
    if isinstance(ask, TakeBackDissent):
        return board.erase("dissent", ask.dissent)
    known = board.decisions.get(ask.decision)
    if known is None:
        return board, ()
    match ask:
        case EditDecision():
            changed = replace(
                known,
                what=ask.what,
                reasons=ask.reasons,
                whom=ask.whom,
                next=ask.next,
                version=known.version + 1,
                said_at=(*known.said_at, entry.seq),
            )
            return board.put(changed)
        case DifferDecision():
            return board.put(_differed(board, entry, ask))
        case _:
            assert_never(ask)


def decision_view(decision: Decision) -> DecisionView:
    """A decision as everyone sees it."""
    return DecisionView(
        id=decision.id,
        what=decision.what,
        reasons=decision.reasons,
        whom=decision.whom,
        next=decision.next,
        version=decision.version,
        at=decision.at,
    )


def dissent_view(dissent: Dissent) -> DissentView:
    """How somebody sees it differently, as everyone sees that."""
    return DissentView(
        id=dissent.id,
        decision=dissent.decision,
        text=dissent.text,
        at=dissent.at,
        by=dissent.by if dissent.named else "",
        typed_by=dissent.typed_by if dissent.named else "",
        typed=bool(dissent.typed_by),
    )


def said_at(board: Board, decision: str) -> tuple[int, ...]:
    """The entries that hold the words of a decision and of how others see it."""
    known = board.decisions.get(decision)
    differ = (seq for one in board.dissents.values() if one.decision == decision for seq in one.said_at)
    return (*(known.said_at if known is not None else ()), *differ)


def _find(board: Board, id: str) -> Decision:
    decision = board.decisions.get(id)
    if decision is None:
        raise Refused("no-decision")
    return decision


def _check_words(ask: AddDecision | EditDecision) -> None:
    words.keep(ask.what, words.CARD_MAX)
    words.keep_or_none(ask.reasons, words.CARD_MAX)
    words.keep_or_none(ask.whom, words.REASON_MAX)
    words.keep_or_none(ask.next, words.NAME_MAX)


def _check_differ(board: Board, entry: Entry, ask: DifferDecision) -> None:
    _find(board, ask.decision)
    words.keep(ask.text, words.REASON_MAX)
    asker = board.people[entry.by]
    if ask.for_ is not None and ask.for_ != asker.id:
        typed_for(board, ask.for_, asker.role, WRITES_FOR)
    elif asker.role in {"scribe", "supporter"}:
        raise Refused("for-whom")
    if ask.id in board.dissents or ask.id in board.gone:
        raise Refused("id-taken")
    if len(board.dissents) >= DISSENTS_MAX:
        raise Refused("full")


def _differed(board: Board, entry: Entry, ask: DifferDecision) -> Dissent:
    by = ask.for_ or entry.by
    return Dissent(
        id=ask.id,
        decision=ask.decision,
        text=ask.text,
        by=by,
        typed_by=entry.by if by != entry.by else "",
        named=board.names_shown,
        at=entry.at,
        said_at=(entry.seq,),
    )

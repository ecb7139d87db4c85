"""A part of an earlier board, as it was seen then and may be seen today, whichever is less: fields first, words with
them. `history` says which parts these are."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from .ask import View
from .cards import CardView
from .comments import CommentView
from .decisions import DecisionView, DissentView
from .differs import DifferView
from .former import TrailView
from .meeting import MeetingView, Wall
from .nextstep import StepView
from .noted import CorrectionView
from .owners import OwnerView
from .past import PastView
from .person import PersonView
from .polls import PollView
from .rounds import RoundView
from .scales import ScaleView
from .setparts import SetView
from .setreads import reads
from .template import SetWording
from .thoughts import ThoughtView
from .translations import TranslationView
from .unknown import Unknown

_WORDED_BY_ONE = frozenset({"card", "differ", "step"})
"""What a second text of then may stand beside: their words are shown as they were."""


def stricter(then: View, today: View) -> View | None:
    """What of a part may be shown; None for nothing, and for each kind that is not named here. Sets: `stricter_set`."""
    match then, today:
        case MeetingView(), MeetingView():
            return _meeting(then, today)
        case PersonView(), PersonView():
            # Whoever changed their name since goes by the new one, and nobody reads here who was in when.
            return PersonView(id=today.id, name=today.name, role=today.role, agency=today.agency, state=today.state)
        case CardView(), CardView():
            return _card(then, today)
        case CommentView(), CommentView():
            return replace(then, by=_both(then.by, today.by), typed_by=_both(then.typed_by, today.typed_by), own=False)
        case ThoughtView(), ThoughtView():
            return _thought(then, today)
        case ScaleView(), ScaleView():
            # It speaks of its set by a name, which may have been another.
            return today
        case RoundView(), RoundView():
            return _round(then, today)
        case PollView(), PollView():
            shown = then.state == "shown" and today.state == "shown"
            return replace(today, missing=(), away=()) if shown else None
        case PastView(), PastView():
            same = (then.value, then.when, then.ten, then.zero) == (today.value, today.when, today.ten, today.zero)
            return today if same else None
        case TrailView(), TrailView():
            return today
        case StepView(), StepView():
            return replace(then, by=_both(then.by, today.by), typed_by=_both(then.typed_by, today.typed_by))
        case OwnerView(), OwnerView():
            # What somebody took on is what they stand by: whoever answered anew took the answer before back.
            same = (then.answer, then.words) == (today.answer, today.words)
            return today if then.shown and today.shown and same else None
        case DecisionView(), DecisionView():
            return then
        case DissentView(), DissentView():
            return replace(then, by=_both(then.by, today.by), typed_by=_both(then.typed_by, today.typed_by))
        case DifferView(), DifferView():
            return _differ(then, today)
        case TranslationView(), TranslationView():
            as_then = then.of.kind in _WORDED_BY_ONE or then.text == today.text
            return replace(then, by=_both(then.by, today.by), yours=False) if as_then else None
        case CorrectionView(), CorrectionView():
            return replace(then, by=_both(then.by, today.by), own=False)
        case _:
            return None


def stricter_set(
    then: SetView, today: SetView, words: SetWording, earlier: AbstractSet[tuple[str, str]]
) -> View | None:
    """The same of a worry and its goal. `earlier`: the earlier wordings of it that are seen today, each with its part;
    one that was taken off every screen is on none here."""
    if then.state == "draft" or today.state == "draft":
        return None
    children = then.children if then.children == today.children else ()
    texts = {
        part: text
        for part, text in then.texts.items()
        if (text == today.texts.get(part) or (part, text) in earlier)
        # Which child it is about, only the place says.
        and (children or not part.startswith("like:"))
    }
    return replace(
        then,
        children=children,
        texts=texts,
        reads=reads(words, texts, children),
        cards=tuple(one for one in then.cards if one in today.cards),
        instead_of=_both(then.instead_of, today.instead_of),
        replaced_by=_both(then.replaced_by, today.replaced_by),
        writes=False,
        drafter=False,
        writers=(),
        hands={},
    )


def _meeting(then: MeetingView, today: MeetingView) -> MeetingView:
    return replace(then, authors=today.authors, about=None, wall=Wall(), code="", admit="", wall_child="")


def _card(then: CardView, today: CardView) -> CardView | None:
    # What was, or is, on few screens alone was not on the board, or is not to be read there any more.
    if then.aside or then.kept or then.tray or today.aside or today.kept or today.tray:
        return None
    return replace(
        then,
        by=_both(then.by, today.by),
        typed_by=_both(then.typed_by, today.typed_by),
        voice=today.voice,
        unknown=_unknown(then.unknown, today.unknown),
        child=then.child and today.child,
        off_wall=False,
    )


def _unknown(then: Unknown | None, today: Unknown | None) -> Unknown | None:
    # Who finds out is a name that others than the card's writer put there, and take away.
    return then if then is None or then == today else Unknown()


def _round(then: RoundView, today: RoundView) -> RoundView | None:
    # One set of marks alone is ever shown: another could differ from it by one number, and that has a giver.
    shown = {"shown", "closed"}
    if then.state not in shown or today.state not in shown:
        return None
    return replace(today, missing=(), question="", value=None)


def _differ(then: DifferView, today: DifferView) -> DifferView | None:
    if then.aside or today.aside:
        return None
    return replace(then, by=_both(then.by, today.by), typed_by=_both(then.typed_by, today.typed_by), mine=False)


def _thought(then: ThoughtView, today: ThoughtView) -> ThoughtView | None:
    if not (then.shown and today.shown):
        return None
    return replace(then, by=_both(then.by, today.by), typed_by=_both(then.typed_by, today.typed_by), own=False)


def _both(then: str, today: str) -> str:
    """What both say, or nothing."""
    return then if then == today else ""

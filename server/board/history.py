"""The board as it was, for whoever runs the meeting: what they saw of it then and may still see today. Pure; which
entries make the board of then is for others to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec.structs import replace

from .answers import BareAnswer, NamedAnswer, OwnAnswer
from .ask import Column, View
from .cards import Card, CardView
from .comments import CommentView
from .decisions import DissentView
from .differs import DifferView
from .former import TrailView
from .model import SHELVES, AnyPart, Board
from .nextstep import StepView
from .noted import CorrectionView
from .owners import OwnerView
from .past import PastView
from .polls import PollView
from .ratings import NamedRating, OwnRating, RoleRating, SpreadRating
from .rounds import RoundView
from .scales import ScaleView
from .setparts import EarlierView, Set, SetView
from .sight import Viewer, sight
from .stricter import stricter, stricter_set
from .translations import TranslationView

SHOWN: Final = (
    *("meeting", "person", "card", "set", "scale", "step", "decision", "round", "poll", "rating", "answer"),
    *("past", "trail", "differ", "dissent", "owner", "thought", "comment", "translation", "correction"),
)
"""The kinds that are shown of an earlier board, each after those it leans on."""
LEFT_OUT: Final = frozenset(
    {
        *("key", "session"),
        # Said to one person, or for one person's eyes.
        *("quiet", "unclear", "wish"),
        # How things are set today is what holds, and what comes next is said once.
        *("commenting", "held", "signing", "afterwards"),
        # Earlier wordings say themselves what they are; who was in an earlier meeting is no part of this one.
        *("earlier", "former"),
    }
)
"""The kinds of which nothing is shown."""
AS_TODAY: Final = frozenset({"rating", "answer"})
"""Shown as they stand today, with the round or question they go with: see stricter.py."""


class TakenBack(msgspec.Struct, frozen=True, kw_only=True):
    """A card that its own writer took back since, or, `reworded`, whose words of then were taken off: where it stood,
    and nothing else of it. It has no id."""

    column: Column
    order: str
    reworded: bool = False


Shown = View | TakenBack
Seen = Mapping[str, Mapping[str, Shown]]
"""What is shown of an earlier board, by kind."""


class History:
    """How earlier boards of a meeting look to this viewer, who looks at it as it is `now`."""

    def __init__(self, now: Board, viewer: Viewer) -> None:
        self._now, self._viewer = now, viewer
        earlier = (sight(one, viewer) for one in now.earlier.values())
        self._earlier: dict[str, set[tuple[str, str]]] = {}
        for one in earlier:
            if isinstance(one, EarlierView):
                self._earlier.setdefault(one.set, set()).add((one.part, one.text))

    def seen(self, then: Board) -> Seen:
        """What is shown of that board, by kind. What goes with something that is not shown is not, either."""
        seen: dict[str, dict[str, Shown]] = {}
        for kind in SHOWN:
            shelf: Mapping[str, AnyPart] = getattr(self._now if kind in AS_TODAY else then, SHELVES[kind])
            shown = seen[kind] = {}
            for part in shelf.values():
                view = self.view(part)
                if view is not None and _stands(view, seen):
                    # No id has a slash: a card that was taken back is told by its place alone.
                    key = f"/{len(shown)}" if isinstance(view, TakenBack) else view.id
                    shown[key] = _without_what_is_gone(view, seen)
        return seen

    def view(self, part: AnyPart | None) -> Shown | None:
        """What is shown of one part as it was."""
        if part is None or part.kind in LEFT_OUT:
            return None
        then = sight(part, self._viewer)
        now: AnyPart | None = getattr(self._now, SHELVES[part.kind]).get(part.id)
        today = sight(now, self._viewer)
        if isinstance(then, CardView) and isinstance(now, Card) and now.state == "removed":
            return _taken_back(then, now)
        if then is None or today is None:
            return None
        if part.kind in AS_TODAY:
            return today
        if isinstance(then, CardView) and isinstance(now, Card) and then.version <= now.unread:
            return _reworded(stricter(then, today))
        if isinstance(then, TranslationView) and isinstance(today, TranslationView) and self._is_unread(then):
            return today if then.text == today.text else None
        if isinstance(part, Set) and isinstance(then, SetView) and isinstance(today, SetView):
            return stricter_set(then, today, part.words, self._earlier.get(part.id, set()))
        return stricter(then, today)

    def _is_unread(self, text: TranslationView) -> bool:
        """Whether a second text belongs to a card some of whose words were taken off: it may be a text to those."""
        card = self._now.cards.get(text.of.id) if text.of.kind == "card" else None
        return card is not None and card.unread > 0


def _reworded(view: View | None) -> TakenBack | None:
    """What is left of a card whose words of then were taken off."""
    return TakenBack(column=view.column, order=view.order, reworded=True) if isinstance(view, CardView) else None


def _taken_back(then: CardView, now: Card) -> TakenBack | None:
    """What is left of a card that is taken off today: its place where its own writer did it, and where it stood on the
    board for all."""
    if now.removed_by != now.by or then.aside or then.kept or then.tray:
        return None
    return TakenBack(column=then.column, order=then.order)


def _stands(view: Shown, seen: Seen) -> bool:
    """Whether what a part stands on, or beside, is shown."""
    match view:
        case NamedRating() | RoleRating() | SpreadRating():
            return view.round in seen["round"]
        case NamedAnswer() | BareAnswer():
            return view.poll in seen["poll"]
        case RoundView() | PastView() | TrailView():
            return view.scale in seen["scale"]
        case ScaleView():
            return not view.set or view.set in seen["set"]
        case PollView() | DifferView():
            return view.set in seen["set"]
        case OwnerView():
            return view.step in seen["step"]
        case DissentView():
            return view.decision in seen["decision"]
        case CommentView() | CorrectionView():
            return view.on.id in seen[view.on.kind]
        case TranslationView():
            return view.of.id in seen.get(view.of.kind, {})
        case OwnRating() | OwnAnswer():
            # One's own alone, before all are shown and after.
            return False
        case _:
            return True


def _without_what_is_gone(view: Shown, seen: Seen) -> Shown:
    """The part without the ids of what is not shown beside it."""
    match view:
        case SetView():
            return replace(view, cards=tuple(one for one in view.cards if one in seen["card"]))
        case StepView():
            card, set = view.card if view.card in seen["card"] else "", view.set if view.set in seen["set"] else ""
            return replace(view, card=card, set=set)
        case _:
            return view

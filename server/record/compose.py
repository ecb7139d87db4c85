"""A record out of what one reader may see. It takes parts as `sight` shows them and no others, and leaves out what is
on no screen but somebody's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar

from ..board.afterwards import AfterwardsView
from ..board.ask import View as Part
from ..board.cards import CardView
from ..board.comments import CommentView
from ..board.decisions import DecisionView, DissentView
from ..board.history import TakenBack
from ..board.meeting import MeetingView
from ..board.nextstep import StepView
from ..board.noted import CorrectionView
from ..board.owners import OwnerView
from ..board.person import PersonView
from ..board.signing import SigningView
from ..board.template import Template
from ..board.thoughts import ThoughtView
from ..board.translations import TranslationView
from ..catalogue import gettext as _
from .model import Afterwards, Attendee, Came, Decision, Owner, Signing, Stay, Step, Thought
from .said import Card, ColumnOf, Comment, Correction, Said, Second, View, Voice

Seen = Mapping[str, Mapping[str, Part | TakenBack]]
"""What somebody sees, by kind and id."""
_P = TypeVar("_P", bound=Part | TakenBack)
_CAME: Final[Mapping[str, Came]] = {"here": "came", "left": "came", "expected": "invited", "apologies": "apologies"}


class Composer:
    """Makes the lines of a record. `stays` says when people came and left, `held` which cards and steps stand in no
    copy of this reader's, `alone` whether they see no numbers but their own."""

    def __init__(
        self,
        seen: Seen,
        template: Template,
        stays: Mapping[str, tuple[Stay, ...]],
        held: Callable[[str], bool],
        *,
        alone: bool = False,
    ) -> None:
        self.seen, self.template, self.alone = seen, template, alone
        self._stays, self.held = stays, held
        self._people = {one.id: one for one in self.each("person", PersonView)}
        self._seconds: dict[tuple[str, str, str], list[TranslationView]] = {}
        for text in self.each("translation", TranslationView):
            self._seconds.setdefault((text.of.kind, text.of.id, text.of.field), []).append(text)
        self._corrections: dict[tuple[str, str], list[CorrectionView]] = {}
        for one in self.each("correction", CorrectionView):
            self._corrections.setdefault((one.on.kind, one.on.id), []).append(one)
        self._comments: dict[str, list[CommentView]] = {}
        for said in sorted(self.each("comment", CommentView), key=lambda said: said.order):
            self._comments.setdefault(said.on.id, []).append(said)

    def each(self, kind: str, shape: type[_P]) -> Iterator[_P]:
        """The parts of this kind that are seen in this shape."""
        return (part for part in self.seen.get(kind, {}).values() if isinstance(part, shape))

    def said(self, text: str, kind: str, id: str, field: str = "text") -> Said:
        """Words with their second texts."""
        texts = sorted(self._seconds.get((kind, id, field), ()), key=lambda one: one.lang)
        lang = next((one.of_lang for one in texts if one.of_lang), "")
        seconds = (Second(text=one.text, lang=one.lang, dir=one.dir, stale=one.stale) for one in texts)
        return Said(text=text, lang=lang, seconds=tuple(seconds))

    def said_or_none(self, text: str, kind: str, id: str, field: str) -> Said | None:
        """The same; None where nothing was said."""
        return self.said(text, kind, id, field) if text else None

    def name(self, person: str) -> str:
        """What somebody is called, "" for whom this reader does not know."""
        known = self._people.get(person)
        return known.name if known is not None else ""

    def service(self, person: str) -> str:
        """For what kind of service somebody works, "" for none."""
        known = self._people.get(person)
        return known.agency if known is not None else ""

    def who(self, by: str, typed_by: str = "") -> str:
        """Whose words these are, as they stand under a card on the page."""
        person, typist = self._people.get(by), self._people.get(typed_by)
        if person is None:
            return ""
        if typist is not None:
            return _("{name}, typed by {other}").format(name=person.name, other=typist.name)
        return f"{person.name}, {person.agency}" if person.agency else person.name

    def role(self, role: str) -> str:
        """What this meeting calls a role."""
        return _("someone") if role == "someone" else self.template.roles.get(role, role)

    def corrections(self, kind: str, id: str) -> tuple[Correction, ...]:
        """What is said not to be right about it."""
        noted = sorted(self._corrections.get((kind, id), ()), key=lambda one: one.id)
        return tuple(Correction(id=one.id, text=one.text, who=self.who(one.by)) for one in noted)

    def comments(self, id: str) -> tuple[Comment, ...]:
        """What was said under it."""
        return tuple(
            Comment(id=one.id, text=one.text, who=self.who(one.by, one.typed_by)) for one in self._comments.get(id, ())
        )

    def people(self) -> tuple[Attendee, ...]:
        """Who was invited, in the order of their roles. Who was not let in, or waits, is in no record."""
        order = list(self.template.roles)
        there = [one for one in self._people.values() if _came(one) is not None]
        there.sort(key=lambda one: (order.index(one.role) if one.role in order else len(order), one.name, one.id))
        return tuple(
            Attendee(
                id=one.id,
                name=one.name,
                role=one.role,
                role_name=self.role(one.role),
                came=_came(one) or "invited",
                agency=one.agency,
                helping=one.helping,
                how=one.how,
                lead=one.lead,
                stays=self._stays.get(one.id, ()),
                corrections=self.corrections("person", one.id),
            )
            for one in there
        )

    def cards(self) -> list[Card]:
        """What everyone was shown on the board, the child's own words first, else in the order of the board."""
        there = [one for one in self.each("card", CardView) if not (one.aside or one.kept or one.tray)]
        there = [one for one in there if not self.held(one.id)]
        places: list[CardView | TakenBack] = [*there, *self.each("card", TakenBack)]
        places.sort(key=_place)
        return [_taken_back(one) if isinstance(one, TakenBack) else self._card(one) for one in places]

    def columns(self, cards: list[Card]) -> tuple[ColumnOf, ...]:
        """The columns in the meeting's order, with all cards that are not a child's words."""
        return tuple(
            ColumnOf(
                id=one.id,
                title=one.title,
                question=one.question,
                cards=tuple(card for card in cards if card.column == one.id and card.voice is None),
            )
            for one in self.template.columns
        )

    def steps(self) -> tuple[Step, ...]:
        """The next steps, in order, with whoever was shown to take them on."""
        there = sorted(self.each("step", StepView), key=lambda one: (one.order, one.id))
        owners: dict[str, list[OwnerView]] = {}
        for one in sorted(self.each("owner", OwnerView), key=lambda one: (self._taker(one), one.id)):
            if one.shown:
                owners.setdefault(one.step, []).append(one)
        return tuple(self._step(one, owners.get(one.id, [])) for one in there if not self.held(one.id))

    def decisions(self) -> tuple[Decision, ...]:
        """What was decided, oldest first."""
        views: dict[str, list[DissentView]] = {}
        for view in sorted(self.each("dissent", DissentView), key=lambda view: (view.at, view.id)):
            views.setdefault(view.decision, []).append(view)
        return tuple(
            Decision(
                id=one.id,
                what=one.what,
                reasons=one.reasons,
                whom=one.whom,
                next=one.next,
                views=tuple(
                    View(id=view.id, said=Said(text=view.text), who=self.who(view.by, view.typed_by))
                    for view in views.get(one.id, ())
                ),
            )
            for one in sorted(self.each("decision", DecisionView), key=lambda one: (one.at, one.id))
        )

    def thoughts(self) -> tuple[Thought, ...]:
        """Thoughts for next time, once everyone was shown them."""
        shown = sorted((one for one in self.each("thought", ThoughtView) if one.shown), key=lambda one: one.order)
        return tuple(
            Thought(id=one.id, column=one.column, text=one.text, who=self.who(one.by, one.typed_by)) for one in shown
        )

    def afterwards(self) -> Afterwards:
        """When the next meeting is, and whom to ring."""
        said = next(self.each("afterwards", AfterwardsView), None)
        return Afterwards(next=said.next, ring=said.ring) if said is not None else Afterwards()

    def signing(self, *, whole: bool) -> Signing:
        """How far the whole record is. Its fingerprint is for itself alone: in a copy it would tell that something is
        otherwise which that copy does not hold."""
        said = next(self.each("signing", SigningView), None)
        if said is None:
            return Signing()
        fingerprint = said.fingerprint if whole else ""
        return Signing(state=said.state, at=said.at, who=self.name(said.by), fingerprint=fingerprint)

    def _card(self, card: CardView) -> Card:
        unknown = card.unknown
        return Card(
            id=card.id,
            column=card.column,
            said=self.said(card.text, "card", card.id),
            by=card.by,
            who=self.who(card.by, card.typed_by),
            voice=self._voice(card),
            unknown=unknown is not None,
            finds_out=unknown.who if unknown is not None else "",
            by_when=unknown.by_when if unknown is not None else "",
            category=card.category,
            comments=self.comments(card.id),
            corrections=self.corrections("card", card.id),
        )

    def _voice(self, card: CardView) -> Voice | None:
        voice = card.voice
        if voice is None:
            return Voice(whose=self.name(card.by), how="wrote") if card.child else None
        return Voice(
            whose=voice.whose, agreed=voice.agreed, how=voice.how, when=voice.when, brought_by=voice.brought_by
        )

    def _taker(self, owner: OwnerView) -> str:
        return self.name(owner.person) or owner.name

    def _step(self, step: StepView, owners: list[OwnerView]) -> Step:
        return Step(
            id=step.id,
            what=self.said(step.what, "step", step.id, "what"),
            when=step.when,
            know=self.said_or_none(step.know, "step", step.id, "know"),
            otherwise=self.said_or_none(step.otherwise, "step", step.id, "otherwise"),
            bottom=step.bottom,
            set=step.set,
            state=step.state,
            agreed=step.agreed,
            note=step.note,
            owners=tuple(Owner(id=one.id, name=self._taker(one), person=one.person, but=one.words) for one in owners),
            who=self.who(step.by, step.typed_by),
            comments=self.comments(step.id),
            corrections=self.corrections("step", step.id),
        )


def meeting_of(seen: Seen) -> MeetingView:
    """The meeting itself, which everyone sees. Raises LookupError where there is none."""
    for part in seen.get("meeting", {}).values():
        if isinstance(part, MeetingView):
            return part
    raise LookupError("no meeting")


def _place(card: CardView | TakenBack) -> tuple[bool, str, str]:
    """Where it stands in its column: a child's own words first."""
    if isinstance(card, TakenBack):
        return True, card.order, ""
    return card.voice is None and not card.child, card.order, card.id


def _taken_back(gone: TakenBack) -> Card:
    back = not gone.reworded
    return Card(id="", column=gone.column, said=Said(text=""), taken_back=back, reworded=gone.reworded)


def _came(person: PersonView) -> Came | None:
    """Whether somebody came; None for whom no record knows: who waits, was not let in, or was put out, and had never
    come in before."""
    if person.state in {"removed", "waiting", "refused"}:
        return "came" if person.came else None
    if person.state == "left" and not person.came and person.since:
        # As the facilitator sees somebody who was on her list and never came.
        return "invited"
    return _CAME.get(person.state)

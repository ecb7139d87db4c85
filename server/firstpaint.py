"""What a board's first paint shows, out of what its reader sees: gathered and put in order for the templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .board.afterwards import AfterwardsView
from .board.ask import View
from .board.cards import CardView
from .board.decisions import DecisionView, DissentView
from .board.meeting import COLUMNS, MeetingView
from .board.nextstep import StepView
from .board.owners import OwnerView
from .board.person import PersonView
from .board.template import SETS, ChildWords, Phase
from .board.thoughts import ThoughtView
from .board.translations import TranslationView
from .catalogue import gettext as _
from .room import Room


def _left_open(seen: Mapping[str, Mapping[str, View]], cards: Mapping[str, list[CardView]]) -> dict[str, Any]:
    """What is still open: cards that say what we don't know yet, and the thoughts that may be seen by whoever looks at
    this screen. What only the facilitator sees is in her panel alone."""
    thoughts = [one for one in seen.get("thought", {}).values() if isinstance(one, ThoughtView)]
    here = [card for column in cards.values() for card in column if not (card.aside or card.kept or card.tray)]
    return {
        "unknowns": [card for card in here if card.unknown is not None],
        "thoughts": sorted((one for one in thoughts if one.shown or one.own), key=lambda one: one.order),
    }


def parts(room: Room, seen: Mapping[str, Mapping[str, View]]) -> dict[str, Any]:
    """What the first paint shows. Ratings are left to the wire: no page is longer or shorter for a number."""
    cards: dict[str, list[CardView]] = {column: [] for column in COLUMNS}
    for card in seen.get("card", {}).values():
        if isinstance(card, CardView):
            cards[card.column].append(card)
    for column in cards.values():
        # The child's words first, then everyone alike.
        column.sort(key=lambda card: (card.voice is None and not card.child, card.order, card.id))
    meeting = next((one for one in seen.get("meeting", {}).values() if isinstance(one, MeetingView)), None)
    return {
        "meeting": meeting,
        "agenda": _agenda(meeting),
        "cards": cards,
        "people": seen.get("person", {}),
        "scales": seen.get("scale", {}),
        "afterwards": next((one for one in seen.get("afterwards", {}).values()), AfterwardsView(id="")),
        "rounds": seen.get("round", {}),
        "translated": _translated(seen.get("translation", {}).values()),
        "sets_wording": room.board.meeting.template.sets if room.board.meeting is not None else SETS,
        **_left_open(seen, cards),
        **_steps(seen),
        **_decisions(seen),
    }


def for_children(room: Room, role: str) -> tuple[ChildWords, ...]:
    """What children's screens say: for a child, whose screen may speak for another age at any time, for whoever says
    so, and for whoever translates it."""
    meeting = room.board.meeting
    return meeting.template.children if meeting is not None and role in {"child", "facilitator", "interpreter"} else ()


def _steps(seen: Mapping[str, Mapping[str, View]]) -> dict[str, Any]:
    """Next steps in order, and by step whoever everyone is shown to take it on: other answers come over the wire."""
    steps = [part for part in seen.get("step", {}).values() if isinstance(part, StepView)]
    people = {id: part.name for id, part in seen.get("person", {}).items() if isinstance(part, PersonView)}
    takers: dict[str, list[dict[str, str]]] = {}
    for one in seen.get("owner", {}).values():
        if isinstance(one, OwnerView) and one.shown:
            name = people.get(one.person, one.name)
            said = _("{name}, but: {words}").format(name=name, words=one.words) if one.words else name
            takers.setdefault(one.step, []).append({"id": one.id, "name": name, "words": one.words, "said": said})
    return {
        "steps": sorted(steps, key=lambda step: (step.order, step.id)),
        "step_owners": takers,
    }


def _decisions(seen: Mapping[str, Mapping[str, View]]) -> dict[str, Any]:
    """What was decided, oldest first, and by decision how others see it."""
    decisions = [part for part in seen.get("decision", {}).values() if isinstance(part, DecisionView)]
    others: dict[str, list[dict[str, str]]] = {}
    dissents = [part for part in seen.get("dissent", {}).values() if isinstance(part, DissentView)]
    for one in sorted(dissents, key=lambda one: (one.at, one.id)):
        others.setdefault(one.decision, []).append({"id": one.id, "text": one.text, "who": _who(one, seen)})
    return {"decisions": sorted(decisions, key=lambda one: (one.at, one.id)), "dissents": others}


def _who(said: DissentView, seen: Mapping[str, Mapping[str, View]]) -> str:
    """Whose words these are, as cardfields.js says it."""
    people = seen.get("person", {})
    by, typist = people.get(said.by), people.get(said.typed_by)
    if not isinstance(by, PersonView):
        return ""
    if isinstance(typist, PersonView):
        return _("{name}, typed by {other}").format(name=by.name, other=typist.name)
    return f"{by.name}, {by.agency}" if by.agency else by.name


def _agenda(meeting: MeetingView | None) -> list[Phase]:
    """The phases in this meeting's own order."""
    phases = {phase.id: phase for phase in meeting.template.phases} if meeting is not None else {}
    return [phases[id] for id in (meeting and meeting.agenda) or phases]


def _translated(texts: Iterable[View]) -> dict[str, list[TranslationView]]:
    """Second texts by the words they stand beside, as `data-second` names those."""
    places: dict[str, list[TranslationView]] = {}
    for text in texts:
        if isinstance(text, TranslationView):
            places.setdefault(f"{text.of.kind}/{text.of.id}/{text.of.field}", []).append(text)
    for place in places.values():
        place.sort(key=lambda text: text.lang)
    return places

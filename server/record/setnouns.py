"""Worries, goals, and who agrees with them or sees them differently, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..board.refusal import N_
from ..catalogue import gettext as _
from .model import Agreement, Record, Set
from .nouns import IDS, PART, SECOND, Noun, Row, spoken
from .sayings import STANCES, date
from .setpaper import AGREE

SETS: Final = {
    "number": N_("Number"),
    "what": N_("Name"),
    "worry": N_("Worry"),
    "goal": N_("Goal"),
    "family": N_("The family’s own goal"),
    **SECOND,
    "about": N_("Children"),
    "state": N_("State"),
    "agreed": N_("First agreed on"),
    "scale": N_("Its scale"),
    "cards": N_("Cards beside it"),
    "instead": N_("Instead of"),
    **IDS,
}
VIEWS: Final = {"what": N_("How somebody sees it differently"), **SECOND, "who": N_("Who"), "kind": N_("On"), **PART}
AGREEMENT: Final = {
    "number": N_("Worry and goal"),
    "kind": N_("Answer"),
    "count": N_("How many"),
    "who": N_("Who"),
    "what": N_("In their words"),
    **SECOND,
    "note": N_("Note"),
    **PART,
}


def _sets(record: Record) -> Iterator[Row]:
    for one in record.sets:
        worry = one.worry if one.worry.text else None
        yield from spoken(
            {"what": one.name, "worry": worry, "goal": one.goal, "family": one.family},
            SETS,
            id=one.id,
            number=one.number,
            about=", ".join(one.children),
            state=_("closed") if one.state == "closed" else "",
            agreed=date(one.begun, record.lang) if one.begun else "",
            scale=one.scale,
            cards=", ".join(one.cards),
            instead=one.instead_of,
        )


def _views(record: Record) -> Iterator[Row]:
    for one in record.sets:
        for view in one.views:
            on = f"{record.labels.worry} {one.number}"
            yield from spoken({"what": view.said}, VIEWS, id=view.id, of=one.id, kind=on, who=view.who)
    for decision in record.decisions:
        for view in decision.views:
            yield from spoken({"what": view.said}, VIEWS, id=view.id, of=decision.id, kind=_("Decision"), who=view.who)


def _agreement(record: Record) -> Iterator[Row]:
    for one in record.sets:
        if one.agreement is not None:
            yield from _agreed(one, one.agreement)


def _agreed(one: Set, agreement: Agreement) -> Iterator[Row]:
    """How many answered what, and below it each answer."""
    about: dict[str, str | int] = {"of": one.id, "number": one.number}
    for value in AGREE:
        if count := agreement.counts.get(value, 0):
            yield {**about, "kind": _(STANCES[value]), "count": count, "note": _note(agreement)}
    if agreement.not_asked:
        names = ", ".join(agreement.not_asked_names)
        yield {**about, "kind": _("Not asked"), "count": agreement.not_asked, "who": names}
    for answer in agreement.answers:
        kind = _(STANCES[answer.value]) if answer.value in STANCES else ""
        yield from spoken({"what": answer.words}, AGREEMENT, id=answer.id, **about, kind=kind, who=answer.who)


def _note(agreement: Agreement) -> str:
    return _("The words were changed after people had answered.") if agreement.reworded else ""


NOUNS: Final = (
    Noun("sets", N_("Worries and goals"), SETS, _sets),
    Noun("views", N_("Different views"), VIEWS, _views),
    Noun("agreement", N_("Whether people agree"), AGREEMENT, _agreement),
)

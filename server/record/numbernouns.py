"""Scales and the numbers people gave, as tables. Each number stands alone: none is reckoned from others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..board.refusal import N_
from ..catalogue import gettext as _
from .model import Record
from .nouns import PART, SECOND, Noun, Row, spoken, yes
from .numbers import Mark, Round
from .sayings import date

SCALES: Final = {
    "what": N_("Scale"),
    "about": N_("About"),
    "ten": N_("10 means"),
    "zero": N_("0 means"),
    **SECOND,
    "kind": N_("Best end"),
    **PART,
}
ROUNDS: Final = {
    "what": N_("Scale"),
    "about": N_("About"),
    "child": N_("Child"),
    "kind": N_("Shown with"),
    "count": N_("Asked"),
    "none": N_("Gave no number"),
    **PART,
}
NUMBERS: Final = {
    "number": N_("Number"),
    "who": N_("Who"),
    "role": N_("Here as"),
    "reason": N_("What makes it that number"),
    "when": N_("Sent in"),
    "source": N_("How it was sent in"),
    "kind": N_("Scale"),
    "about": N_("About"),
    "child": N_("Child"),
    **PART,
}
BEFORE: Final = {
    "number": N_("Number"),
    "who": N_("Who"),
    "role": N_("Here as"),
    "when": N_("When"),
    "kind": N_("Scale"),
    "about": N_("About"),
    "child": N_("Child"),
    "ten": N_("10 meant"),
    "zero": N_("0 meant"),
    "state": N_("On a scale that said something else"),
    "of": N_("Belongs to"),
}
SHOWN: Final = {"named": N_("names"), "role": N_("roles"), "spread": N_("neither names nor roles")}


def _scales(record: Record) -> Iterator[Row]:
    for one in record.scales:
        yield from spoken(
            {"what": one.title, "about": one.about, "ten": one.ten, "zero": one.zero},
            SCALES,
            id=one.id,
            of=one.set,
            kind=_("10 is best") if one.direction == "up" else _("10 is worst"),
        )


def _rounds(record: Record) -> Iterator[Row]:
    for round in record.rounds:
        on = _on(record, round)
        yield {
            "id": round.id,
            "of": round.scale,
            "what": on["kind"],
            "about": on["about"],
            "child": round.child,
            "kind": _(SHOWN[round.show]),
            **({} if round.alone else {"count": round.asked, "none": round.no_number}),
        }


def _numbers(record: Record) -> Iterator[Row]:
    for round in record.rounds:
        for mark in round.marks:
            yield {**_on(record, round), **_mark(mark), "id": mark.id}


def _mark(mark: Mark) -> Row:
    return {
        "number": mark.value if isinstance(mark.value, int) else _("not sure"),
        "who": mark.who,
        "role": mark.role_name,
        "reason": mark.reason,
        "when": mark.said,
        "source": mark.source,
    }


def _before(record: Record) -> Iterator[Row]:
    roles = {one.role: one.role_name for one in record.people} | {"someone": _("someone")}
    ends = {one.id: (one.ten.text, one.zero.text) for one in record.scales}
    for trail in record.earlier:
        for mark in trail.marks:
            yield {
                "of": trail.scale,
                "child": trail.child,
                **_named(record, trail.scale),
                "number": mark.value,
                "who": mark.who,
                "role": roles.get(mark.role, ""),
                "when": date(trail.day, record.lang),
                "ten": trail.ten,
                "zero": trail.zero,
                "state": yes(ends.get(trail.scale) != (trail.ten, trail.zero)),
            }
    # What came with the record of an earlier meeting stands above; what somebody remembered stands here alone.
    told = {(trail.scale, mark.who, mark.value) for trail in record.earlier for mark in trail.marks}
    for round in record.rounds:
        for one in round.before:
            if (round.scale, one.who, one.value) not in told:
                yield {
                    **_on(record, round),
                    "number": one.value,
                    "who": one.who,
                    "role": roles.get(one.role, ""),
                    "when": one.when or (date(one.at, record.lang) if one.at else ""),
                    "ten": one.ten,
                    "zero": one.zero,
                    "state": yes(not one.same_ends),
                }


def _on(record: Record, round: Round) -> dict[str, str]:
    """What a round was about."""
    return {"of": round.id, "child": round.child, **_named(record, round.scale)}


def _named(record: Record, id: str) -> dict[str, str]:
    """What a scale is called, and what it is about."""
    scale = next((one for one in record.scales if one.id == id), None)
    return {"kind": scale.title.text, "about": scale.about.text} if scale is not None else {}


NOUNS: Final = (
    Noun("scales", N_("Scales"), SCALES, _scales),
    Noun("rounds", N_("Rounds"), ROUNDS, _rounds),
    Noun("numbers", N_("Numbers"), NUMBERS, _numbers),
    Noun("before", N_("Earlier numbers"), BEFORE, _before),
)

"""What was decided and who does what, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..board.refusal import N_
from ..catalogue import gettext as _
from .model import Record
from .nouns import IDS, PART, SECOND, Noun, Row, spoken, yes
from .sayings import STATES, date

DECISIONS: Final = {
    "what": N_("What was decided"),
    "reason": N_("Why"),
    "who": N_("Decided by"),
    "when": N_("Looked at again"),
    **IDS,
}
STEPS: Final = {
    "what": N_("What will happen"),
    "know": N_("How we will know"),
    "otherwise": N_("If not"),
    **SECOND,
    "owner": N_("Who"),
    "when": N_("By when"),
    "least": N_("Services ask for this as the least."),
    "state": N_("How far it is"),
    "note": N_("Note"),
    "by": N_("On the board by"),
    "agreed": N_("Agreed on"),
    **PART,
}
OWNERS: Final = {"what": N_("Next step"), "who": N_("Who"), "note": N_("But"), **PART}


def _decisions(record: Record) -> Iterator[Row]:
    for one in record.decisions:
        yield {"id": one.id, "what": one.what, "reason": one.reasons, "who": one.whom, "when": one.next}


def _steps(record: Record) -> Iterator[Row]:
    for step in record.steps:
        yield from spoken(
            {"what": step.what, "know": step.know, "otherwise": step.otherwise},
            STEPS,
            id=step.id,
            of=step.set,
            owner=", ".join(owner.name for owner in step.owners),
            when=step.when,
            least=yes(step.bottom),
            state=_(STATES[step.state]),
            note=step.note,
            by=step.who,
            agreed=date(step.agreed, record.lang) if step.agreed else "",
        )


def _owners(record: Record) -> Iterator[Row]:
    for step in record.steps:
        for one in step.owners:
            yield {"id": one.id, "of": step.id, "who": one.name, "note": one.but, "what": step.what.text}


NOUNS: Final = (
    Noun("decisions", N_("Decisions"), DECISIONS, _decisions),
    Noun("steps", N_("Next steps"), STEPS, _steps),
    Noun("owners", N_("Who takes them on"), OWNERS, _owners),
)

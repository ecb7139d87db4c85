"""What is seen of rounds, numbers and those of last time. `sight` asks here, and nobody else."""

from __future__ import annotations

from typing import assert_never

from .ask import View
from .past import Past, PastView
from .ratings import NamedRating, Rating, RoleRating, SpreadRating, own_view
from .rounds import Round, RoundView


def round(part: Round, *, runs: bool) -> RoundView:
    """A round, and to who runs the meeting who is missing in it."""
    return RoundView(
        id=part.id,
        scale=part.scale,
        state=part.state,
        show=part.show,
        asked=part.asked,
        answered=part.answered,
        too=part.too,
        sheet=part.sheet,
        child=part.child,
        per=part.per,
        groups=part.groups,
        missing=part.missing if runs else (),
        question=part.question,
        value=part.value,
        opened=part.opened,
        revealed=part.revealed if part.sheet else 0,
    )


def rating(part: Rating, person: str) -> View | None:
    """A number, as it is shown; until then to whose alone it is, and to nobody on a wall."""
    match part.shown:
        case "":
            # What was typed for someone is held by nobody until the reveal, not even by them.
            return own_view(part) if part.holder and part.holder == person else None
        case "named":
            if part.value == "rather-not":
                return None
            reason = part.reason if part.share else ""
            return NamedRating(
                id=part.id,
                round=part.round,
                person=part.person,
                role=part.role,
                value=part.value,
                reason=reason,
                agency=part.agency,
                # What was said in the room or rung in has no day, and needs no more told of it.
                source=part.source if part.said else "",
                said=part.said,
            )
        case "role":
            return RoleRating(id=part.id, round=part.round, role=part.role, value=part.value)
        case "spread":
            return SpreadRating(id=part.id, round=part.round, value=part.value)
        case _:
            assert_never(part.shown)


def past(part: Past, *, runs: bool) -> PastView | None:
    """A number of last time: once it is shown, and before to who runs the meeting."""
    if part.value is None or not (part.shown or runs):
        return None
    return PastView(
        id=part.id,
        scale=part.scale,
        person=part.person,
        role=part.role,
        value=part.value,
        when=part.when,
        ten=part.ten,
        zero=part.zero,
        child=part.child,
        name="" if part.person else part.name,
    )

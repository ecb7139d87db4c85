"""An earlier meeting as this board keeps it: who was in it, and the numbers that were shown there. What brings them is
in `bringing`. Nobody but who runs the meeting sees a number before this time's are shown: it would draw an answer
towards itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from .ask import Part, View
from .ratings import Show
from .words import same_name

if TYPE_CHECKING:
    from .model import Board
    from .rounds import Round

Number = Annotated[int, Meta(ge=0, le=10)]
TELLS: Final[dict[Show, int]] = {"spread": 0, "role": 1, "named": 2}
"""How much a number that is shown so tells of whose it is."""


class Former(Part, frozen=True, kw_only=True):
    """Somebody who was in an earlier meeting. `person`: who that is here, as the facilitator says."""

    kind: ClassVar[str] = "former"
    name: str
    role: str
    agency: str = ""
    person: str = ""
    said_at: tuple[int, ...] = ()


class FormerView(View, frozen=True, kw_only=True):
    """Somebody of an earlier meeting, and which `person` here that is, "" for nobody yet. To the facilitator alone."""

    name: str
    role: str
    agency: str = ""
    person: str = ""


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A number of an earlier meeting: of somebody (`former`), or of nobody. `name` is theirs of then, `person` who they
    are here."""

    value: Number
    role: str = ""
    former: str = ""
    name: str = ""
    person: str = ""


class Trail(Part, frozen=True, kw_only=True):
    """The numbers of a round of an earlier meeting, as they were shown there. `seen` once numbers on that scale, and
    about that child, were shown here no less openly."""

    kind: ClassVar[str] = "trail"
    scale: str
    child: str = ""
    day: int
    show: Show
    ten: str
    zero: str
    direction: Literal["up", "down"]
    given: tuple[Given, ...]
    seen: bool = False
    said_at: tuple[int, ...] = ()


class TrailView(View, frozen=True, kw_only=True):
    """The numbers of a round of an earlier meeting on this `scale`, as they were shown there: to the facilitator, and
    to everyone once this time's were shown. `day` is when that meeting began, ms since 1970; `ten`, `zero` and
    `direction` as they were then. Never on the wall."""

    scale: str
    day: int
    show: Show
    ten: str
    zero: str
    direction: Literal["up", "down"]
    given: tuple[Given, ...]
    child: str = ""


def trail(part: Trail, *, runs: bool) -> TrailView | None:
    """A round of an earlier meeting: once this time's was shown, and before to who runs the meeting."""
    if not (part.seen or runs):
        return None
    return TrailView(
        id=part.id,
        scale=part.scale,
        child=part.child,
        day=part.day,
        show=part.show,
        ten=part.ten,
        zero=part.zero,
        direction=part.direction,
        given=part.given,
    )


def former(part: Former) -> FormerView:
    """Somebody of an earlier meeting, as the facilitator sees them."""
    return FormerView(id=part.id, name=part.name, role=part.role, agency=part.agency, person=part.person)


def seen_with(board: Board, round: Round) -> list[Trail]:
    """What a reveal of this round shows of earlier meetings: nothing that tells more of whose a number is."""
    if round.state not in {"shown", "closed"}:
        return []
    return [
        replace(one, seen=True)
        for one in board.trails.values()
        if not one.seen
        and one.scale == round.scale
        and same_name(one.child, round.child)
        and TELLS[one.show] <= TELLS[round.show]
    ]

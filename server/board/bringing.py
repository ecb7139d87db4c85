"""The next meeting begins from the last: who was there, its open worries and goals, its next steps and its numbers are
brought in, as the record of it has them. Who of then is who now, the facilitator says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal, assert_never

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from . import order
from .ask import Ask, HouseAsk
from .former import Former, Given, Trail
from .nextstep import NextStep
from .owners import Owner
from .past import Past
from .ratings import Show, fresh_id
from .refusal import Refused
from .rights import is_listed
from .setparts import Set, Text
from .template import SETS
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched

OWNERS_MAX: Final = 12
NUMBERS_MAX: Final = 100


class Taker(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who took a next step on: a `former` person, or the `name` of somebody who was not there; `but` is their
    proviso."""

    id: str
    former: str = ""
    name: str = ""
    but: str = ""


class BringPerson(HouseAsk, frozen=True, kw_only=True, tag="former.person"):
    """Somebody was in an earlier meeting."""

    id: str
    name: str
    role: str
    agency: str = ""


class BringRound(HouseAsk, frozen=True, kw_only=True, tag="former.round"):
    """The numbers of a round of an earlier meeting, as they were shown there. `last`: it is the latest on its scale,
    and stands beside this time's numbers. `when` is its day as it is said to people."""

    id: str
    scale: str
    day: int
    when: str
    show: Show
    ten: str
    zero: str
    direction: Literal["up", "down"]
    given: Annotated[tuple[Given, ...], Meta(max_length=NUMBERS_MAX)]
    child: str = ""
    last: bool = False


class BringSet(HouseAsk, frozen=True, kw_only=True, tag="former.set"):
    """A worry and its goal that were open at the end of an earlier meeting, with what the ends of their own scale
    mean. That is named as the worry is, and 10 is best on it; `title`, `about` and `direction` stand in older logs."""

    id: str
    number: int
    scale: str
    title: str = ""
    about: str = ""
    ten: str
    zero: str
    direction: Literal["up", "down"] = "up"
    texts: dict[str, str]
    children: tuple[str, ...] = ()
    day: int = 0


class BringStep(HouseAsk, frozen=True, kw_only=True, tag="former.step"):
    """A next step that was agreed at an earlier meeting: what happened with it, this one asks."""

    id: str
    what: str
    day: int
    when: str = ""
    know: str = ""
    otherwise: str = ""
    bottom: bool = False
    set: str = ""
    takers: Annotated[tuple[Taker, ...], Meta(max_length=OWNERS_MAX)] = ()


class MatchFormer(Ask, frozen=True, kw_only=True, tag="former.match"):
    """Say which `person` here somebody of an earlier meeting is; null: nobody. Their numbers and next steps of then are
    that person's from now on. Facilitator only."""

    former: Id
    person: Id | None = None


BringAsk = BringPerson | BringRound | BringSet | BringStep


def check(board: Board, entry: Entry, ask: BringAsk | MatchFormer) -> None:
    """Refuse what may not be brought, or matched. Raises Refused."""
    match ask:
        case BringPerson():
            taken = ask.id in board.formers
        case BringRound():
            taken = ask.id in board.trails
        case BringSet():
            taken = ask.id in board.sets or ask.scale in board.scales
        case BringStep():
            taken = ask.id in board.steps
        case MatchFormer():
            if ask.former not in board.formers or (ask.person is not None and not is_listed(board, ask.person)):
                raise Refused("no-person")
            taken = False
        case _:
            assert_never(ask)
    if taken:
        raise Refused("id-taken")


def apply(board: Board, entry: Entry, ask: BringAsk | MatchFormer) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: what is not there is passed over."""
    match ask:
        case BringPerson():
            return board.put(Former(id=ask.id, name=ask.name, role=ask.role, agency=ask.agency, said_at=(entry.seq,)))
        case BringRound():
            return board.put(*_numbers(board, entry, ask))
        case BringSet():
            brought = board.put(_set(board, entry, ask))
            return replace(brought[0], numbered=max(board.numbered, ask.number)), brought[1]
        case BringStep():
            return board.put(*_step(board, entry, ask))
        case MatchFormer():
            known = board.formers.get(ask.former)
            return _matched(board, known, ask.person or "") if known is not None else (board, ())
        case _:
            assert_never(ask)


def _numbers(board: Board, entry: Entry, ask: BringRound) -> list[Trail | Past]:
    # Of whoever has left the log since, nothing is brought.
    given = tuple(_named(board, one) for one in ask.given if not one.former or one.former in board.formers)
    trail = Trail(
        id=ask.id,
        scale=ask.scale,
        child=ask.child,
        day=ask.day,
        show=ask.show,
        ten=ask.ten,
        zero=ask.zero,
        direction=ask.direction,
        given=given,
        said_at=(entry.seq,),
    )
    scale = board.scales.get(ask.scale)
    # What was counted the other way round stands beside no number of now.
    beside = ask.last and ask.show == "named" and scale is not None and scale.direction == ask.direction
    past = [
        Past(
            id=fresh_id(f"{entry.chance}/{ask.id}", one.former),
            scale=ask.scale,
            child=ask.child,
            person=one.person,
            name=one.name,
            former=one.former,
            role=one.role,
            value=one.value,
            when=ask.when,
            ten=ask.ten,
            zero=ask.zero,
            said_at=(entry.seq,),
        )
        for one in given
        if beside and one.former
    ]
    return [trail, *past]


def _named(board: Board, one: Given) -> Given:
    """A number with the name that goes with it: nobody's has none, whatever was brought."""
    known = board.formers.get(one.former)
    if known is None:
        return Given(value=one.value, role=one.role)
    return replace(one, name=known.name, person=known.person)


def _set(board: Board, entry: Entry, ask: BringSet) -> Set:
    sets = board.meeting.template.sets if board.meeting is not None else SETS
    return Set(
        id=ask.id,
        number=ask.number,
        state="board",
        by="",
        scale=ask.scale,
        children=ask.children,
        texts={part: Text(text, 1, "") for part, text in ask.texts.items()},
        # Numbers go on being given between the ends of then, whatever a template says by now.
        words=replace(sets, ten=ask.ten, zero=ask.zero),
        named=board.names_shown,
        at=entry.at,
        begun=ask.day,
        said_at=(entry.seq,),
    )


def _step(board: Board, entry: Entry, ask: BringStep) -> list[NextStep | Owner]:
    of = board.sets.get(ask.set)
    step = NextStep(
        id=ask.id,
        what=ask.what,
        when=ask.when,
        know=ask.know,
        otherwise=ask.otherwise,
        bottom=ask.bottom,
        set=of.id if of is not None and of.state != "draft" else "",
        order=order.at_end(entry.seq),
        by="",
        named=board.names_shown,
        at=entry.at,
        agreed=ask.day,
        said_at=(entry.seq,),
    )
    takers = [
        Owner(
            id=one.id,
            step=ask.id,
            person=known.person if known is not None else "",
            name=known.name if known is not None else one.name,
            former=one.former if known is not None else "",
            answer="but" if one.but else "yes",
            words=one.but,
            shown=True,
            said_at=(entry.seq,),
        )
        for one in ask.takers
        if (known := board.formers.get(one.former)) is not None or one.name
    ]
    return [step, *takers]


def _matched(board: Board, known: Former, person: str) -> tuple[Board, Touched]:
    def theirs(one: Given) -> Given:
        return replace(one, person=person) if one.former == known.id else one

    trails = [
        replace(trail, given=tuple(theirs(one) for one in trail.given))
        for trail in board.trails.values()
        if any(one.former == known.id for one in trail.given)
    ]
    past = [replace(one, person=person) for one in board.past.values() if one.former == known.id]
    takers = [replace(one, person=person) for one in board.owners.values() if one.former == known.id]
    return board.put(replace(known, person=person), *trails, *past, *takers)

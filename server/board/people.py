"""People: who they are, how they take part, and what the facilitator answers at the door. Links, cookies and knocking
are in `door`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

from msgspec.structs import replace

from . import words
from .ask import Ask
from .lobby import back_by_own_link, becomes, check_admit, check_room, has_device, knocks, merge, seems
from .person import Person, Ready
from .refusal import Refused
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched

OPEN_TO_ALL = frozenset({"family", "child", "supporter", "interpreter", "agency", "observer"})
"""Roles anyone may name at the door and have where all are admitted; scribe and advocate wait even then."""
ASKABLE = OPEN_TO_ALL | {"scribe", "advocate"}


class AdmitPerson(Ask, frozen=True, kw_only=True, tag="person.admit"):
    """Let a waiting person in (or, having changed one's mind, one who was refused or removed). Who seems to be someone
    on the list is that person from then on; numbers given before under that name, and not shown with it, still count,
    and nobody holds them, nor words kept under it. Facilitator only."""

    person: Id


class RefusePerson(Ask, frozen=True, kw_only=True, tag="person.refuse"):
    """Do not let a waiting person in. Their device stays refused until the facilitator changes her mind."""

    person: Id


class RemovePerson(Ask, frozen=True, kw_only=True, tag="person.remove"):
    """Take a person out of the meeting at once, on every device. What they wrote stays. Facilitator only."""

    person: Id


class ChangeRole(Ask, frozen=True, kw_only=True, tag="person.role"):
    """Give a person another role. Facilitators and walls come only by key. Facilitator only."""

    person: Id
    role: Literal["scribe", "family", "child", "supporter", "advocate", "interpreter", "agency", "observer"]


class ChangeName(Ask, frozen=True, kw_only=True, tag="person.name"):
    """Say what people should call you: up to 40 characters, kept in Unicode form NFC."""

    name: str


class ExpectPerson(Ask, frozen=True, kw_only=True, tag="person.expect"):
    """Put someone on the list who has no device here: expected, sending apologies, in the room, or on the phone.
    `name` and `agency` up to 40 characters. Facilitator and scribe."""

    id: Id
    name: str
    role: Literal["family", "child", "supporter", "advocate", "interpreter", "agency", "observer"]
    agency: str = ""
    how: Literal["expected", "apologies", "room", "phone"]


class MarkPerson(Ask, frozen=True, kw_only=True, tag="person.mark"):
    """Change how someone without a device takes part: expected, apologies, room, phone, or gone. Facilitator,
    scribe."""

    person: Id
    how: Literal["expected", "apologies", "room", "phone", "gone"]


class SayReady(Ask, frozen=True, kw_only=True, tag="person.ready"):
    """Tell the facilitator alone whether you are ready to start, or back from a break. "" takes it back."""

    state: Ready


class RaiseHand(Ask, frozen=True, kw_only=True, tag="person.hand"):
    """Raise your hand or put it down. Everyone sees it. The facilitator may name a `person` to put their hand down."""

    up: bool
    person: Id | None = None


PersonAsk = (
    AdmitPerson
    | RefusePerson
    | RemovePerson
    | ChangeRole
    | ChangeName
    | ExpectPerson
    | MarkPerson
    | SayReady
    | RaiseHand
)


def check(board: Board, entry: Entry, ask: PersonAsk) -> None:
    """Refuse what may not happen to people. Raises Refused."""
    match ask:
        case AdmitPerson():
            waiting = find(board, ask.person)
            if waiting.state not in {"waiting", "refused", "removed"}:
                raise Refused("no-person")
            check_admit(board, waiting)
        case RefusePerson():
            if find(board, ask.person).state != "waiting":
                raise Refused("no-person")
        case RemovePerson():
            if find(board, ask.person).state not in {"here", "waiting", "left"}:
                raise Refused("no-person")
            _keep_a_facilitator(board, ask.person)
        case ChangeRole():
            if find(board, ask.person).role == "facilitator":
                raise Refused("key-only")
        case ChangeName():
            words.keep_name(ask.name)
        case ExpectPerson():
            words.keep_name(ask.name)
            words.keep_label(ask.agency, words.NAME_MAX)
            if ask.id in board.people:
                raise Refused("id-taken")
            check_room(board)
        case MarkPerson():
            person = find(board, ask.person)
            on_the_list = person.state in {"here", "left", "expected", "apologies"}
            if not on_the_list or person.role == "facilitator" or has_device(board, person):
                raise Refused("no-person")
        case SayReady():
            pass
        case RaiseHand():
            other = ask.person is not None and ask.person != entry.by
            if other and board.people[entry.by].role != "facilitator":
                raise Refused("not-for-you")
            if find(board, ask.person or entry.by).state != "here":
                raise Refused("no-person")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: PersonAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: what is not there is passed over."""
    match ask:
        case AdmitPerson():
            return _admit(board, ask.person, entry.at)
        case RefusePerson():
            return change(board, ask.person, state="refused", ready="", hand=False)
        case RemovePerson():
            return _removed(board, ask.person, entry.at)
        case ChangeRole():
            still = {} if ask.role == "agency" else {"lead": False}
            changed = change(board, ask.person, role=ask.role, **still)
            return changed[0].then(changed[1], lambda board: _look_again(board, ask.person))
        case ChangeName():
            changed = change(board, entry.by, name=words.name(ask.name))
            return changed[0].then(changed[1], lambda board: _look_again(board, entry.by))
        case ExpectPerson():
            new = Person(
                id=ask.id, name=words.name(ask.name), role=ask.role, agency=ask.agency, state="left", at=entry.at
            )
            return board.put(_marked(new, ask.how, entry.at))
        case MarkPerson():
            known = board.people.get(ask.person)
            return (board, ()) if known is None else board.put(_marked(known, ask.how, entry.at))
        case SayReady():
            return change(board, entry.by, ready=ask.state)
        case RaiseHand():
            return change(board, ask.person or entry.by, hand=ask.up)
        case _:
            assert_never(ask)


def find(board: Board, id: str) -> Person:
    """The person on the list. Raises Refused."""
    person = board.people.get(id)
    if person is None:
        raise Refused("no-person")
    return person


def change(board: Board, id: str, **fields: object) -> tuple[Board, Touched]:
    """The board where these fields of a person are so. Nothing is touched where they were so already."""
    person = board.people.get(id)
    if person is None:
        return board, ()
    changed = replace(person, **fields)
    return board.put(changed) if changed != person else (board, ())


def _look_again(board: Board, id: str) -> tuple[Board, Touched]:
    """Whoever waits under another name or role than they knocked with must not pass for whom they seemed to be."""
    person = board.people.get(id)
    # Back by a link of their own: whom they are taken for does not hang on a name.
    if person is None or person.state != "waiting" or person.own_link or back_by_own_link(person):
        return board, ()
    now = seems(board, person)
    return board.put(now) if now != person else (board, ())


def _removed(board: Board, id: str, at: int) -> tuple[Board, Touched]:
    known = board.people.get(id)
    # As after a goodbye: a scribe, who is told since when someone is away, must not know the one from the other.
    away = known.away or at if known is not None and known.came else 0
    return change(board, id, state="removed", ready="", hand=False, lead=False, away=away)


def _keep_a_facilitator(board: Board, leaving: str) -> None:
    facilitators = [one.id for one in board.people.values() if one.role == "facilitator" and one.state == "here"]
    if facilitators == [leaving]:
        raise Refused("last-facilitator")


def _marked(person: Person, how: Literal["expected", "apologies", "room", "phone", "gone"], at: int) -> Person:
    match how:
        case "gone":
            return replace(person, state="left", hand=False, ready="")
        case "expected" | "apologies":
            return replace(person, state=how, how="device", hand=False, ready="", came=0, away=0)
        case "room" | "phone":
            return replace(person, state="here", how=how, came=person.came or at, away=0)


def _admit(board: Board, id: str, at: int) -> tuple[Board, Touched]:
    person = board.people.get(id)
    if person is None:
        return board, ()
    known = becomes(board, person)
    if known is None:
        return change(board, id, state="here", again="", comes_back=False, own_link=False, at=at, away=0)
    others = [one.id for one in knocks(board, known.id) if one.id != id and one.state == "waiting"]
    merged = merge(board, person, known)
    for other in others:
        # One link, one person: whoever else waits by it is somebody else.
        merged = merged[0].then(merged[1], lambda board, other=other: change(board, other, state="refused"))  # type: ignore[misc]
    return merged

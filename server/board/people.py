"""People: who they are, how they take part, and what the facilitator answers at the door. Links, cookies and knocking
are in `door`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, assert_never

from msgspec.structs import replace

from . import words
from .ask import Age, Ask, Chooses, Part, Sees, View
from .lobby import back_by_own_link, becomes, check_admit, check_room, has_device, merge, seems
from .refusal import Refused
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched

Role = Literal["facilitator", "scribe", "family", "child", "supporter", "advocate", "interpreter", "agency", "observer"]
State = Literal["waiting", "here", "left", "refused", "removed", "expected", "apologies"]
How = Literal["device", "room", "phone"]
Ready = Literal["", "ready", "minute", "ring"]

OPEN_TO_ALL = frozenset({"family", "child", "supporter", "interpreter", "agency", "observer"})
"""Roles anyone may name at the door and have where all are admitted; scribe and advocate wait even then."""
ASKABLE = OPEN_TO_ALL | {"scribe", "advocate"}


class Person(Part, frozen=True, kw_only=True):
    """Someone on the list. `how` says whether they have a device, are in the room without one, or are on the phone."""

    kind: ClassVar[str] = "person"
    name: str
    role: Role
    agency: str = ""
    helping: str = ""
    state: State
    how: How = "device"
    again: str = ""  # the person on the list this one, waiting, seems to be: expected, or asking to come back
    comes_back: bool = False
    own_link: bool = False  # comes back by a link of their own, and not by a name alone
    quoted: bool = False  # whether words or a number stand on the board under their name
    ready: Ready = ""
    hand: bool = False
    on_phone_of: str = ""  # in the room without a device, and writes on this person's
    came: int = 0
    away: int = 0  # since when without a device, ms; 0 while here
    at: int = 0
    age: Age | Literal[""] = ""  # for which age a child's screen speaks; nobody has said: "8-11"
    sees: Sees | Literal[""] = ""  # what a child sees of the adults' board; nobody has said: "good"
    chooses: Chooses | Literal[""] = ""  # how a child chooses a number; nobody has said: as is usual at that age
    goodbye: bool = False  # a child is being said goodbye to, and their screen asks what becomes of what they kept


class PersonView(View, frozen=True, kw_only=True):
    """Someone in the meeting. `state` is "here" or "left"; "expected" and "apologies" go to facilitator and scribe,
    and to everyone once words of theirs stand on the board under their name; "waiting", "refused" and "removed" to the
    facilitator alone: for others, whoever was here and was removed, or asks to come back, has left. Whoever never
    came, and has no words on the board, is not on others' list once they are gone.

    Of a child, to the facilitator and the child: `age`, for which their screen speaks ("": 8-11), `sees`, what they
    see of the adults' board ("": good), `chooses`, how they choose a number ("": as the template says for that age),
    and `goodbye`, while their part is coming to its end.

    To the facilitator also: `back` (asks to come back), `expected` (seems to be someone on the list), `ready` (yours
    to you too), `since` (ms since 1970: when they knocked, or came onto the list). To facilitator and scribe: `came`
    and `away`, ms since 1970, 0 for never and not; `on_phone_of`, on whose phone they write, which that person is told
    too."""

    name: str
    role: Role
    agency: str
    state: State
    helping: str = ""
    how: How = "device"
    hand: bool = False
    back: bool = False
    expected: bool = False
    ready: Ready = ""
    came: int = 0
    away: int = 0
    since: int = 0
    on_phone_of: str = ""
    age: Age | Literal[""] = ""
    sees: Sees | Literal[""] = ""
    chooses: Chooses | Literal[""] = ""
    goodbye: bool = False


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
            words.keep(words.name(ask.name), words.NAME_MAX)
        case ExpectPerson():
            words.keep(words.name(ask.name), words.NAME_MAX)
            words.keep_or_none(ask.agency, words.NAME_MAX)
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
            changed = change(board, ask.person, role=ask.role)
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
    return change(board, id, state="removed", ready="", hand=False, away=away)


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
    return merge(board, person, known)

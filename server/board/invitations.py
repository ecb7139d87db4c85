"""Personal links: made by the facilitator for one person, worth something to the first of their devices that is let in;
and new links in place of old ones. Using a link is in `door`."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from .ask import Ask, HouseAsk
from .keys import Key, KeyRole
from .lobby import has_device, knocks
from .refusal import Refused
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched


class InvitePerson(HouseAsk, frozen=True, kw_only=True, tag="key.invite"):
    """A personal link was made for someone on the list, in place of any before; the device they have is signed out.
    `by` is the facilitator who asked."""

    key: str
    person: str
    by: str


class MisuseKey(HouseAsk, frozen=True, kw_only=True, tag="key.misuse"):
    """A personal link was opened by another device than the one that came in by it. It opened nothing."""

    key: str


class RenewKey(HouseAsk, frozen=True, kw_only=True, tag="key.renew"):
    """A new link for a facilitator or for walls: those before, and those made by that facilitator, open nothing any
    more, and whoever came in by the ones before is signed out."""

    key: str
    role: KeyRole
    person: str = ""


class AlarmSeen(Ask, frozen=True, kw_only=True, tag="person.alarm-seen"):
    """You have seen that somebody's personal link was opened on another device. Facilitator only."""

    person: Id


InvitationAsk = InvitePerson | MisuseKey | RenewKey
"""What the server writes down."""


def check(board: Board, ask: InvitationAsk | AlarmSeen) -> None:
    """Refuse what may not happen to links. Raises Refused."""
    match ask:
        case InvitePerson():
            maker = board.people.get(ask.by)
            if maker is None or maker.state != "here":
                raise Refused("not-in")
            if maker.role != "facilitator":
                raise Refused("not-for-you")
            person = board.people.get(ask.person)
            if person is None or person.state not in {"here", "left", "expected", "apologies"}:
                raise Refused("no-person")
            if person.role == "facilitator":
                raise Refused("key-only")
        case MisuseKey():
            key = board.keys.get(ask.key)
            person = board.people.get(key.person) if key is not None and key.invited else None
            # Once is enough: nobody writes the log full by opening a link again and again.
            if person is None or person.alarm or not has_device(board, person):
                raise Refused("no-person")
        case RenewKey():
            of = board.people.get(ask.person)
            if ask.role == "person" or (ask.role == "facilitator" and (of is None or of.role != "facilitator")):
                raise Refused("no-person")
        case AlarmSeen():
            if ask.person not in board.people:
                raise Refused("no-person")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: InvitationAsk | AlarmSeen) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: what is not there is passed over."""
    match ask:
        case InvitePerson():
            old = [one.id for one in board.keys.values() if one.person == ask.person and one.id != ask.key]
            cookies = [one.id for one in board.sessions.values() if one.person == ask.person]
            # Those who were not let in by the link before are nobody in particular from now on.
            gone = [replace(one, again="") for one in knocks(board, ask.person) if one.state == "refused"]
            made = board.put(Key(id=ask.key, role="person", person=ask.person, invited=True, by=ask.by), *gone)
            made = made[0].then(made[1], lambda board: board.drop("key", *old))
            made = made[0].then(made[1], lambda board: board.drop("session", *cookies))
            return made[0].then(made[1], lambda board: _alarm(board, ask.person, 0))
        case MisuseKey():
            key = board.keys.get(ask.key)
            return _alarm(board, key.person, entry.at) if key is not None else (board, ())
        case RenewKey():
            keys = [one.id for one in board.keys.values() if _is_of(one, ask)]
            whose = "wall" if ask.role == "wall" else ask.person
            cookies = [one.id for one in board.sessions.values() if one.person == whose]
            made = board.put(Key(id=ask.key, role=ask.role, person=ask.person))
            made = made[0].then(made[1], lambda board: board.drop("key", *keys))
            return made[0].then(made[1], lambda board: board.drop("session", *cookies))
        case AlarmSeen():
            return _alarm(board, ask.person, 0)
        case _:
            assert_never(ask)


def _is_of(key: Key, ask: RenewKey) -> bool:
    """Whether a link goes with the one that is renewed: of that person, or made by them, for others may have it too."""
    if key.id == ask.key:
        return False
    if ask.role == "wall":
        return key.role == "wall"
    return key.person == ask.person or (key.by == ask.person and not key.invited)


def _alarm(board: Board, id: str, at: int) -> tuple[Board, Touched]:
    person = board.people.get(id)
    if person is None or person.alarm == at:
        return board, ()
    return board.put(replace(person, alarm=at))

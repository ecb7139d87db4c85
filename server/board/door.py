"""The door: links, cookies, and who asks to come in, comes and goes. Written down by the server itself; what a
facilitator answers at the door is in `people`."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from . import words
from .ask import HouseAsk
from .keys import Key, KeyRole, Session
from .lobby import back_by_own_link, check_invited, check_knock, has_device, knocks, returning, seems
from .people import ASKABLE, OPEN_TO_ALL, change, find
from .person import Person, Role
from .ratings import fresh_id
from .refusal import Refused

if TYPE_CHECKING:
    from .model import Board, Entry, Touched


class Join(HouseAsk, frozen=True, kw_only=True, tag="person.join"):
    """Someone asked to come in at the door. `cookie` is the hash of this browser's cookie."""

    id: str
    name: str
    role: Role
    agency: str = ""
    helping: str = ""
    cookie: str


class MakeKey(HouseAsk, frozen=True, kw_only=True, tag="key.make"):
    """A new link was made. A facilitator key brings its own person; a person key is for that person's second device.
    `by` is who asked for it, "" where the meeting was made with it."""

    key: str
    role: KeyRole
    person: str = ""
    name: str = ""
    by: str = ""


class UseKey(HouseAsk, frozen=True, kw_only=True, tag="key.use"):
    """A link was used: this browser's cookie is now this person's, or the wall's."""

    key: str
    cookie: str


class EndSession(HouseAsk, frozen=True, kw_only=True, tag="session.end"):
    """This browser's cookie is worth nothing any more: quick exit, or an ordinary leaving."""

    cookie: str


class Came(HouseAsk, frozen=True, kw_only=True, tag="person.came"):
    """Someone admitted has a device here."""

    person: str


class Left(HouseAsk, frozen=True, kw_only=True, tag="person.left"):
    """Someone has had no device here for two minutes, for whatever reason."""

    person: str


class Goodbye(HouseAsk, frozen=True, kw_only=True, tag="person.goodbye"):
    """Someone said goodbye: all their devices are signed out."""

    person: str


DoorAsk = Join | MakeKey | UseKey | EndSession | Came | Left | Goodbye


def check(board: Board, ask: DoorAsk) -> None:
    """Refuse what the server may not write down: a key or cookie that means nothing, a full room. Raises Refused."""
    match ask:
        case Join():
            words.keep_name(ask.name)
            words.keep_label(ask.agency, words.NAME_MAX)
            words.keep_label(ask.helping, words.NAME_MAX * 2)
            if ask.role not in ASKABLE:
                raise Refused("key-only")
            if ask.id in board.people or ask.cookie in board.sessions:
                raise Refused("id-taken")
            check_knock(board, _newcomer(board, ask, at=0))
        case UseKey():
            key = board.keys.get(ask.key)
            if key is None:
                raise Refused("not-in")
            if key.invited:
                check_invited(board, key.person)
        case MakeKey():
            if ask.name:
                words.keep_name(ask.name)
            if ask.role == "person" and ask.person not in board.people:
                raise Refused("no-person")
            if ask.by:
                _check_maker(board, ask)
        case Came():
            person = find(board, ask.person)
            if person.came and not person.away:
                raise Refused("no-person")
        case Left():
            if find(board, ask.person).away:
                raise Refused("no-person")
        case Goodbye():
            find(board, ask.person)
        case EndSession():
            if ask.cookie not in board.sessions:
                raise Refused("not-in")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: DoorAsk) -> tuple[Board, Touched]:
    """The board after what the server wrote down. Never refuses."""
    match ask:
        case Join():
            return board.put(_newcomer(board, ask, at=entry.at), Session(id=ask.cookie, person=ask.id))
        case MakeKey():
            made = board.put(Key(id=ask.key, role=ask.role, person=ask.person, once=ask.role == "person", by=ask.by))
            if ask.role != "facilitator" or ask.person in board.people:
                return made
            facilitator = Person(
                id=ask.person, name=words.name(ask.name), role="facilitator", state="here", at=entry.at
            )
            return made[0].then(made[1], lambda board: board.put(facilitator))
        case UseKey():
            key = board.keys.get(ask.key)
            return (board, ()) if key is None else _let_in_by(board, entry, key, ask.cookie)
        case EndSession():
            return _sign_out(board, ask.cookie)
        case Came():
            known = board.people.get(ask.person)
            first = known.came if known is not None and known.came else entry.at
            return change(board, ask.person, came=first, away=0)
        case Left():
            return change(board, ask.person, away=entry.at)
        case Goodbye():
            gone = change(board, ask.person, state="left", hand=False, ready="", away=entry.at)
            ids = [session.id for session in board.sessions.values() if session.person == ask.person]
            return gone[0].then(gone[1], lambda board: board.drop("session", *ids))
        case _:
            assert_never(ask)


def _check_maker(board: Board, ask: MakeKey) -> None:
    """Whoever was taken out between asking and writing opens no door any more. Raises Refused."""
    maker = board.people.get(ask.by)
    if maker is None or maker.state != "here":
        raise Refused("not-in")
    if ask.person != ask.by if ask.role == "person" else maker.role != "facilitator":
        raise Refused("not-for-you")


def _newcomer(board: Board, ask: Join, *, at: int) -> Person:
    newcomer = Person(
        id=ask.id,
        name=words.name(ask.name),
        role=ask.role,
        agency=ask.agency,
        helping=ask.helping,
        state="waiting",
        at=at,
    )
    waits = seems(board, newcomer)
    open_door = board.meeting is not None and board.meeting.admit == "all" and ask.role in OPEN_TO_ALL
    return replace(newcomer, state="here") if open_door and not _must_wait(board, waits) else waits


def _must_wait(board: Board, newcomer: Person) -> bool:
    """Whether even an open door asks first: who comes back, and who bears the name of someone kept out."""
    kept_out = (one.name for one in board.people.values() if one.state in {"refused", "removed"})
    return newcomer.comes_back or any(words.same_name(name, newcomer.name) for name in kept_out)


def _let_in_by(board: Board, entry: Entry, key: Key, cookie: str) -> tuple[Board, Touched]:
    person = board.people.get(key.person)
    if person is not None and key.invited and _comes_straight_in(board, person):
        here = replace(person, state="here", how="device", away=0)
        return board.put(here, Session(id=cookie, person=person.id))
    if person is not None and _asks_again(board, key, person):
        # For others they never went, and so it is somebody new who waits, whom no one sees but the facilitator.
        back = returning(person, fresh_id(entry.chance, "person"), at=entry.at)
        # Two who wait by one link: one of them has it from somebody else.
        others = knocks(board, person.id) if key.invited else []
        waits = board.put(back, Session(id=cookie, person=back.id))
        if others:
            alarmed = [replace(one, alarm=entry.at) for one in (person, back, *others)]
            waits = waits[0].then(waits[1], lambda board: board.put(*alarmed))
        return waits[0].then(waits[1], lambda board: board.drop("key", key.id) if key.once else (board, ()))
    signed = board.put(Session(id=cookie, person="wall" if key.role == "wall" else key.person))
    if key.once:
        signed = signed[0].then(signed[1], lambda board: board.drop("key", key.id))
    if person is None or person.state != "left":
        return signed
    if person.role == "facilitator":
        return signed[0].then(signed[1], lambda board: change(board, person.id, state="here"))
    return signed[0].then(
        signed[1], lambda board: change(board, person.id, state="waiting", comes_back=True, at=entry.at)
    )


def _comes_straight_in(board: Board, person: Person) -> bool:
    """Whether somebody who was invited need not wait: the door is open, and they were never here."""
    open_door = board.meeting is not None and board.meeting.admit == "all" and person.role in OPEN_TO_ALL
    return open_door and not person.came and person.state in {"expected", "apologies"} and not knocks(board, person.id)


def _asks_again(board: Board, key: Key, person: Person) -> bool:
    """Whether a link for a second device finds the first one gone, or one that was sent to somebody finds none yet: it
    opens nothing by itself."""
    on_the_list = person.state in {"here", "expected", "apologies"} or (key.invited and person.state == "left")
    return (key.once or key.invited) and person.role != "facilitator" and on_the_list and not has_device(board, person)


def _sign_out(board: Board, cookie: str) -> tuple[Board, Touched]:
    session = board.sessions.get(cookie)
    if session is None:
        return board, ()
    out = board.drop("session", cookie)
    person = out[0].people.get(session.person)
    if person is None or person.state != "waiting" or has_device(out[0], person):
        return out
    if back_by_own_link(person):
        # Back by a link of their own, and gone again: what they wrote before keeps its name.
        return out[0].then(out[1], lambda board: change(board, person.id, state="left", comes_back=False))
    # Nobody is at the door any more.
    return out[0].then(out[1], lambda board: board.drop("person", person.id))

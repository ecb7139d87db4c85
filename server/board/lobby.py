"""The lobby: how many there is room for, whom someone who waits seems to be, and how they become that person. Who is
let in, `people` and `door` say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from . import words
from .refusal import Refused

if TYPE_CHECKING:
    from .model import Board, Touched
    from .person import Person


PEOPLE_MAX = 500
"""Those who are or were in, and those on the list."""
KNOCKS_MAX = 3
"""So many wait by one personal link at a time."""
WAITING_MAX = 200
"""Those who wait for the first time. Whoever is not let in takes nobody's place."""


def check_room(board: Board) -> None:
    """Raise Refused where nobody more can come in or be put on the list."""
    if sum(not _is_stranger(one) for one in board.people.values()) >= PEOPLE_MAX:
        raise Refused("full")


def check_knock(board: Board, newcomer: Person) -> None:
    """Raise Refused where this newcomer can neither come in nor wait."""
    if becomes(board, newcomer) is None:
        check_room(board)
    waiting = sum(one.state == "waiting" and _is_stranger(one) for one in board.people.values())
    if newcomer.state == "waiting" and waiting >= WAITING_MAX:
        raise Refused("lobby-full")


def check_invited(board: Board, id: str) -> None:
    """Raise Refused where a personal link opens nothing: the meeting is over, or its person is taken out, or in by a
    device already."""
    person = board.people.get(id)
    if board.meeting is None or board.meeting.state == "closed":
        raise Refused("closed")
    if person is None or person.state in {"refused", "removed"} or has_device(board, person):
        raise Refused("not-in")
    if len(knocks(board, id)) >= KNOCKS_MAX:
        raise Refused("lobby-full")


def knocks(board: Board, id: str) -> list[Person]:
    """Those who wait, or were not let in, by this person's own link."""
    states = {"waiting", "refused"}
    return [one for one in board.people.values() if one.again == id and one.own_link and one.state in states]


def check_admit(board: Board, person: Person) -> None:
    """Raise Refused where letting this person in would be one too many, or a second one by somebody's own link."""
    known = board.people.get(person.again)
    if person.own_link and known is not None and has_device(board, known):
        raise Refused("no-person")
    if _is_stranger(becomes(board, person) or person):
        check_room(board)


def has_device(board: Board, person: Person) -> bool:
    """Whether some browser's cookie is this person's."""
    return any(session.person == person.id for session in board.sessions.values())


def seems(board: Board, newcomer: Person) -> Person:
    """The newcomer, with the one on the list whom they seem to be: expected, or without any browser of theirs left. It
    only says what the facilitator's press will mean: nobody becomes someone else by a name alone."""
    for known in board.people.values():
        alike = words.same_name(known.name, newcomer.name) and known.role == newcomer.role
        if alike and known.id != newcomer.id and known.state != "waiting" and not has_device(board, known):
            comes_back = known.how == "device" and known.state in {"here", "left", "refused", "removed"}
            return replace(newcomer, again=known.id, comes_back=comes_back)
    return replace(newcomer, again="", comes_back=False)


def returning(person: Person, id: str, *, at: int) -> Person:
    """Someone who is gone from all their devices and asks to come back by a link of their own."""
    return replace(
        person,
        id=id,
        state="waiting",
        again=person.id,
        comes_back=bool(person.came),
        own_link=True,
        quoted=False,
        ready="",
        hand=False,
        lead=False,
        alarm=0,
        came=0,
        away=0,
        at=at,
    )


def merge(board: Board, newcomer: Person, known: Person) -> tuple[Board, Touched]:
    """The board where the newcomer is the one already on the list: one person, not two, whose browsers are now those
    of the newcomer."""
    kept = replace(known, state="here", how="device", away=0, agency=known.agency or newcomer.agency)
    if newcomer.own_link:
        # As the facilitator read it when she pressed: they may have said another name while they waited.
        kept = replace(kept, name=newcomer.name, role=newcomer.role, lead=known.lead and newcomer.role == "agency")
    signed = [replace(one, person=known.id) for one in board.sessions.values() if one.person == newcomer.id]
    # A name opens the door, but not what was answered in confidence: someone else may have borrowed it.
    by_name = not newcomer.own_link
    given = [one for one in board.ratings.values() if by_name and one.holder == known.id and not one.shown]
    drafts = [
        replace(
            one,
            by="" if one.by == known.id else one.by,
            writers=tuple(writer for writer in one.writers if writer != known.id),
        )
        for one in board.sets.values()
        if by_name and one.state == "draft" and known.id in {one.by, *one.writers}
    ]
    unseen = [
        one
        for one in board.cards.values()
        if by_name and known.id in {one.by, one.typed_by} and one.stands in {"kept", "aside", "tray"}
    ]
    thoughts = [
        one for one in board.thoughts.values() if by_name and known.id in {one.by, one.typed_by} and not one.shown
    ]
    said = [one for one in board.answers.values() if by_name and one.holder == known.id]
    wishes = [one for one in board.wishes.values() if by_name and one.id == known.id]
    lent = [one for one in board.people.values() if by_name and one.on_phone_of == known.id]
    asked = [one for one in board.owners.values() if by_name and one.person == known.id and not one.shown]
    merged = board.put(
        kept,
        *drafts,
        *signed,
        *(replace(one, unheld=True) for one in asked),
        *(replace(one, unheld=True) for one in given),
        *(replace(one, unheld=True) for one in said),
        *(replace(one, unheld=True) for one in unseen),
        *(replace(one, unheld=True) for one in thoughts),
        *(replace(one, unheld=True) for one in wishes),
        *(replace(one, on_phone_of="") for one in lent),
    )
    return merged[0].then(merged[1], lambda board: board.drop("person", newcomer.id))


def becomes(board: Board, newcomer: Person) -> Person | None:
    """The one on the list whom the newcomer will be once let in; None where that is nobody but themselves."""
    known = board.people.get(newcomer.again)
    return None if known is None or has_device(board, known) else known


def back_by_own_link(person: Person) -> bool:
    """Whether someone asks to come back as themselves: to others they are still the one who left, name and all."""
    return person.comes_back and not person.again


def _is_stranger(person: Person) -> bool:
    """Whether someone was never in and is on no list: at the door, or sent away from there."""
    kept_out = person.state in {"waiting", "refused", "removed"} and not person.came
    return kept_out and not back_by_own_link(person)

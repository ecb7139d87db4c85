"""A record of a meeting as it stands now, made for one reader and written in one form. That one left the server is
written down."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import msgspec

from .board import copies
from .board.cardsight import whose
from .board.lens import NARROW, Viewer, lens_of
from .board.model import Board, Entry
from .board.signing import MadeRecord
from .catalogue import spoken
from .fan import whole
from .protocol import from_log
from .record.__main__ import CANNOT
from .record.forms import CannotWrite
from .record.making import make, of_person
from .record.model import Copy, Record, Stay
from .room import Room

AT_ONCE_MOST: Final = 2
"""So many are written at a time: each is a process of its own."""
WITHIN_S: Final = 60.0
TOP: Final = Path(__file__).resolve().parent.parent

_COMES: Final = frozenset({"person.came"})
_GOES: Final = frozenset({"person.left", "person.goodbye", "child.end", "person.remove"})
_turns: Final = asyncio.Semaphore(AT_ONCE_MOST)


async def record_of(room: Room, copy: Copy, *, person: str = "", made: int, held: bool = False) -> Record:
    """The record, or a copy of it, as `of_board` makes it. Raises Gone, Unavailable."""
    stays: Mapping[str, tuple[Stay, ...]] = {}
    if copy == "whole":
        stays = stays_of([from_log(spoken) for spoken in await room.log.anew().catch_up()])
    # A board is a value: what is made of it is made beside the loop.
    return await asyncio.to_thread(of_board, room.board, copy, person=person, made=made, held=held, stays=stays)


def of_board(
    board: Board,
    copy: Copy,
    *,
    person: str = "",
    made: int,
    held: bool = False,
    apart: bool = False,
    stays: Mapping[str, tuple[Stay, ...]] = MappingProxyType({}),
) -> Record:
    """The record of this board, or a copy of it. With a `person` it holds what they may see; what was left out of their
    copy only if `held`, for their own eyes. `apart`: of what is recorded of them what is theirs alone, without what
    others said beside it."""
    assert board.meeting is not None
    reader = _reader(board, copy, person)
    record = make(
        whole(board, reader),
        board.meeting.template,
        copy=copy,
        lang=spoken().tag,
        made=made,
        stays=stays,
        held=lambda id: copy != "whole" and not held and copies.is_held(board, id, person),
        alone=reader.lens in NARROW,
    )
    return of_person(record, person, ids_of(board, person, alone=apart), alone=apart) if copy == "own" else record


async def written(record: Record, form: str) -> bytes:
    """The record in this form, written in another process. Raises CannotWrite."""
    async with _turns:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "server.record",
            form,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=TOP,
        )
        try:
            async with asyncio.timeout(WITHIN_S):
                out, error = await process.communicate(msgspec.json.encode(record))
        except BaseException:
            if process.returncode is None:
                process.kill()
                await process.wait()
            raise
    if process.returncode == CANNOT:
        raise CannotWrite(error.decode())
    if process.returncode != 0:
        raise OSError(f"a record could not be written: {process.returncode}")
    return out


async def note(room: Room, *, form: str, copy: str, by: str = "") -> None:
    """Write down that a record left the server. Raises Gone, Unavailable."""
    await room.write(MadeRecord(form=form, copy=copy, by=by))


def ids_of(board: Board, person: str, *, alone: bool = False) -> frozenset[str]:
    """What is recorded of one person: what they wrote, or was typed for them, and what was shown with their name; also
    what they brought of a child's words, unless it is theirs `alone`."""
    found: set[str] = set()
    shelves: Sequence[Mapping[str, Any]] = (
        board.comments,
        board.differs,
        board.dissents,
        board.steps,
        board.thoughts,
        board.corrections,
    )
    for shelf in shelves:
        found |= {id for id, part in shelf.items() if part.by == person}
    cards = board.cards.values()
    found |= {card.id for card in cards if whose(card) == person or (card.by == person and not alone)}
    found |= {one.id for one in board.ratings.values() if one.shown == "named" and one.person == person}
    found |= {one.id for one in board.answers.values() if one.shown == "named" and one.person == person}
    return frozenset(found)


def stays_of(entries: Sequence[Entry]) -> dict[str, tuple[Stay, ...]]:
    """From when to when each person was there. Who comes and goes once the meeting has ended was there to its end,
    unless it goes on without them."""
    stays: dict[str, list[Stay]] = {}
    ended, since = 0, dict[str, bool]()
    for entry in entries:
        if entry.tag == "meeting.close":
            ended, since = entry.at, {}
        elif entry.tag == "meeting.reopen":
            _go_on(stays, since, ended, entry.at)
            ended = 0
        person = str(getattr(entry.ask, "person", "") or entry.by)
        comes, goes = entry.tag in _COMES, entry.tag in _GOES
        if entry.tag in {"person.mark", "person.expect"}:
            person = str(getattr(entry.ask, "person", "") or getattr(entry.ask, "id", ""))
            how = getattr(entry.ask, "how", "")
            comes, goes = how in {"room", "phone"}, how == "gone"
        if ended:
            since |= {person: comes} if comes or goes else {}
            continue
        there = stays.setdefault(person, [])
        is_in = bool(there) and not there[-1].left
        if comes and not is_in:
            there.append(Stay(came=entry.at))
        elif goes and is_in:
            there[-1] = Stay(came=there[-1].came, left=entry.at)
    return {person: tuple(each) for person, each in stays.items() if each}


def _go_on(stays: dict[str, list[Stay]], since: Mapping[str, bool], ended: int, now: int) -> None:
    """The meeting goes on: whoever left since its end left then, and whoever came since is there from now."""
    for person, is_there in since.items():
        there = stays.setdefault(person, [])
        if is_there and not (there and not there[-1].left):
            there.append(Stay(came=now))
        elif not is_there and there and not there[-1].left:
            there[-1] = Stay(came=there[-1].came, left=ended)


def _reader(board: Board, copy: Copy, person: str) -> Viewer:
    """With whose eyes this copy is made."""
    known = board.people.get(person)
    if known is not None:
        return Viewer(person, lens_of(known.role, known.sees))
    return Viewer("", "facilitator" if copy == "whole" else "member")

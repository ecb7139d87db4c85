"""`/m/{room}/history`: the board as it was at any minute, for whoever runs the meeting. It only reads: nothing of it is
kept, announced or written down, and for everybody else there is no such page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from .board import core
from .board.history import History
from .board.model import Board, Entry, Touched
from .board.sight import Viewer
from .catalogue import gettext as _
from .catalogue import spoken
from .hub import NoRoom, now_ms
from .moments import MINUTE_MS, Moment, Moments, parts, what
from .protocol import from_log
from .record.asitwas import as_it_was
from .record.html import Sheets, sheets
from .record.making import make
from .record.sayings import clock, date
from .room import Room
from .site import site_of, standing_of

BREATHE_EVERY: Final = 100
"""Entries taken in between two turns of the event loop: a few ms."""
OPEN_MOST: Final = 40
"""So many minutes are listed unfolded; of more, only the last part of the meeting is."""

_NUMBER: Final = re.compile(r"[0-9]{1,16}\Z")


class _Told(msgspec.Struct, frozen=True):
    """A log as it was read through. `then` is the board at the number that was asked for."""

    then: Board
    now: Board
    history: History
    moments: Sequence[Moment]


async def history(request: Request) -> Response:
    """The minutes to choose from, or with `?at=` (ms since 1970) or `?seq=` (a number of the log) the board as it was
    then. Raises NoRoom; HTTPException 400 where that is no number."""
    room, _cookie, standing = await standing_of(request)
    viewer = standing.viewer
    if viewer is None or viewer.lens != "facilitator":
        raise NoRoom
    at, seq = _number(request, "at"), _number(request, "seq")
    entries = [from_log(said) for said in await room.log.anew().catch_up()]
    if at is not None:
        at = min(at, now_ms())
        seq = max((one.seq for one in entries if one.at < _minute(at) + MINUTE_MS), default=0)
    if seq is None:
        return _minutes(request, room, await _read(entries, viewer, until=0))
    told = await _read(entries, viewer, until=seq)
    if told.then.meeting is None:
        # Before there was a meeting there was no board.
        return RedirectResponse(f"/m/{room.id}/history", 303)
    return _moment(request, room, told, at if at is not None else told.then.at)


async def _read(entries: Sequence[Entry], viewer: Viewer, *, until: int) -> _Told:
    """Read a log through, twice: what may be seen of then, only the board of today says."""
    board = then = Board()
    steps: list[tuple[Entry, Touched]] = []
    for entry in entries:
        board, touched = core.apply(board, entry)
        steps.append((entry, touched))
        if entry.seq <= until:
            then = board
        await _breathe(entry)
    history = History(board, viewer)
    moments = Moments(history)
    for entry, touched in steps:
        moments.take(entry.seq, entry.at, touched)
        await _breathe(entry)
    return _Told(then, board, history, moments.found)


async def _breathe(entry: Entry) -> None:
    if entry.seq % BREATHE_EVERY == 0:
        # A long log must not hold up the other rooms.
        await asyncio.sleep(0)


def _minutes(request: Request, room: Room, told: _Told) -> Response:
    """The list of minutes."""
    assert told.now.meeting is not None
    there = parts(told.moments, told.now.meeting.template)
    return site_of(request).render(
        "history.html",
        room=room.id,
        unfolded=len(told.moments) <= OPEN_MOST,
        parts=[
            {
                "title": part.title,
                "day": date(part.day, spoken().tag),
                "first": clock(part.moments[0].at),
                "last": clock(part.moments[-1].at),
                "moments": [
                    {"at": one.at, "time": clock(one.at), "what": [_(said) for said in what(one)]}
                    for one in part.moments
                ],
            }
            for part in there
        ],
    )


def _moment(request: Request, room: Room, told: _Told, at: int) -> Response:
    """The board at one minute."""
    meeting = told.then.meeting
    assert meeting is not None
    titles = {one.id: one.title for one in meeting.template.phases}
    earlier = [one for one in told.moments if one.at < _minute(at)]
    later = [one for one in told.moments if one.last > told.then.seq]
    return site_of(request).render(
        "moment.html",
        room=room.id,
        time=clock(at),
        day=date(at, spoken().tag),
        phase=titles.get(meeting.phase, ""),
        earlier=_link(earlier[-1]) if earlier else None,
        later=_link(later[0]) if later else None,
        paper=_paper(told),
    )


def _link(moment: Moment) -> dict[str, str | int]:
    return {"at": moment.at, "time": clock(moment.at)}


def _paper(told: _Told) -> Sheets:
    """The board of then, as a record of it would read."""
    assert told.now.meeting is not None
    record = make(
        told.history.seen(told.then),
        told.now.meeting.template,
        copy="whole",
        lang=spoken().tag,
        made=told.then.at,
        stays={},
        held=lambda id: False,
    )
    return sheets(as_it_was(record))


def _minute(at: int) -> int:
    return at - at % MINUTE_MS


def _number(request: Request, name: str) -> int | None:
    """A number in the address, None where it was not given. Raises HTTPException 400."""
    said = request.query_params.get(name)
    if said is None:
        return None
    if not _NUMBER.match(said):
        raise HTTPException(400)
    return int(said)

"""What the log holds at the end, read past every server: the entries, whether they verify, and the boards they make."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from server import protocol
from server.audience import wall_viewer
from server.board import core
from server.board.model import Board, Entry
from server.board.refusal import Refused
from server.board.sight import Viewer, lens_of
from server.fan import whole
from server.log import Broken
from server.log import Entry as Sealed
from server.log.chain import read_back
from server.log.redis import open_redis
from server.log.register import Place
from server.log.roomlog import Spoken
from server.log.seal import ServerKey
from server.log.sqlite import ROWS
from server.log.sqlitefile import open_reader

from .checker import Evening, Key, Logged
from .device import Device, Parts

WALL = "wall"


async def read_redis(url: str, room: str) -> tuple[Place | None, list[Sealed]]:
    """A room's place and entries in Redis. Raises Broken."""
    async with open_redis(url) as store:
        return await store.find(room), await store.read(room, after=0)


def read_sqlite(file: Path, room: str) -> tuple[Place | None, list[Sealed]]:
    """The same in a SQLite file, beside the server that has it open. Raises Broken."""
    with closing(open_reader(file)) as db:
        kept = db.execute("SELECT room, code, ends, key FROM place WHERE room = ?", (room,)).fetchone()
        rows = db.execute(ROWS, (room, 0)).fetchall()
    return (Place(*kept) if kept else None), read_back(room, rows, after=0, head=None)


def opened(key: ServerKey, place: Place, entries: Iterable[Sealed]) -> list[Entry]:
    """The entries with their words. Raises Broken."""
    room_key = key.unwrap(place.room, place.key)
    found = []
    for one in entries:
        head = one.header
        body = None if one.body is None else room_key.open(one.body, room=place.room, seq=head.seq)
        spoken = Spoken(head.seq, head.at, head.by, head.device, head.ref, head.tag, body)
        found.append(protocol.from_log(spoken))
    return found


def logged(entries: Iterable[Entry]) -> list[Logged]:
    """The entries as the checker takes them."""
    return [
        Logged(
            one.seq,
            (one.by, one.device, one.ref),
            one.tag,
            None if one.ask is None else protocol.fingerprint(one.ask),
        )
        for one in entries
    ]


def board_of(entries: Iterable[Entry]) -> Board:
    """The board these entries make."""
    board = Board()
    for entry in entries:
        board, _touched = core.apply(board, entry)
    return board


def forbidden(entries: Iterable[Entry]) -> list[str]:
    """Which of these entries were not allowed where they stand, as far as all words before them are known."""
    board, found = Board(), []
    for entry in entries:
        if entry.ask is None:
            break
        try:
            core.check(board, entry)
        except Refused as refused:
            found.append(f"{entry.tag} at {entry.seq} is not allowed there: {refused.code}")
        board, _touched = core.apply(board, entry)
    return found


def view_of(board: Board, person: str) -> Parts:
    """What this person, or the wall, sees of it."""
    if person == WALL:
        viewer = wall_viewer(board)
    else:
        one = board.people[person]
        viewer = Viewer(one.id, lens_of(one.role, one.sees))
    parts: Parts = json.loads(protocol.encode(whole(board, viewer)))
    return parts


def prints(devices: Iterable[Device]) -> dict[Key, bytes]:
    """What tells the words of each ask from others."""
    return {
        (device.person, device.id, ref): protocol.fingerprint(protocol.decode(json.dumps(asked.ask)))
        for device in devices
        for ref, asked in device.asked.items()
    }


def unread(room: str, devices: Sequence[Device], broken: Broken) -> Evening:
    """A meeting whose log cannot be read."""
    return Evening(room, [], devices, {}, broken=str(broken))

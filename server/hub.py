"""All rooms of this process: opened when someone comes, closed when nobody is left, made and erased. It knows no
socket."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Coroutine, Sequence
from types import TracebackType
from typing import Any, Final, Protocol, Self

import msgspec

from .board import door, phases
from .board.bringing import BringAsk
from .board.meeting import Admit, Authors, Meeting
from .board.template import Template
from .ids import CODE_LENGTH, new_code, new_id, plain_code
from .log import Broken, Gone, Log, Unavailable, Unsure
from .log.ending import end
from .log.register import CodeTaken, Place, Register
from .log.roomlog import RoomLog
from .log.seal import BadKey, ServerKey, new_room_key
from .protocol import COME_BACK_RESTART, NO_ROOM, UnknownTag
from .room import Room
from .session import hash_secret

LINGER_S: Final = 180.0
"""A room without connections stays this long: longer than the two minutes after which someone counts as away."""
SWEEP_S: Final = 20.0
TAKE_BACK_S: Final = 1.0
DAY_MS: Final = 86_400_000

logger = logging.getLogger(__name__)


class NoRoom(Exception):
    """There is no such room, or it was erased: the two look the same."""


class Store(Log, Register, Protocol):
    """Logs and register together, as both backends are."""


class NewMeeting(msgspec.Struct, frozen=True):
    """A meeting just made, with the secrets of its links. They are kept nowhere but in those links."""

    room: str
    code: str
    facilitator: str
    wall: str
    person: str


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


class Hub:
    """Enter it to serve meetings, leave it to stop them all."""

    def __init__(self, store: Store, key: ServerKey, *, steady: Callable[[], float] = time.monotonic) -> None:
        """`steady` gives seconds of a clock that never jumps."""
        self.store = store
        self._steady = steady
        self._key = key
        self._rooms: dict[str, Room] = {}
        self._opening: dict[str, asyncio.Task[Room]] = {}
        self._empty_since: dict[str, float] = {}
        self._ends: dict[str, int | None] = {}  # what is still to be noted in the register, by room
        self._noted: dict[str, tuple[int | None]] = {}  # what the register was last seen to say, by open room
        self._tasks: set[asyncio.Task[None]] = set()
        self.stopping = False

    async def __aenter__(self) -> Self:
        self._spawn(self._sweep())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        await end(*self._tasks, *self._opening.values())
        for id in list(self._rooms):
            await self._close(id)

    def stop(self) -> None:
        """Tell every connection to come back later, and take no more asks."""
        self.stopping = True
        for room in self._rooms.values():
            room.stop(COME_BACK_RESTART, "restart")

    @property
    def rooms(self) -> list[Room]:
        """The rooms open in this process."""
        return list(self._rooms.values())

    async def room(self, id: str) -> Room:
        """The room with this id, opened if need be. Raises NoRoom, Unavailable."""
        if self.stopping:
            raise Unavailable
        room = self._rooms.get(id)
        if room is not None and room.gone is None:
            # Whoever comes next may look for it a moment later: it is not swept away in between.
            self._empty_since[id] = self._steady()
            return room
        if id not in self._opening:
            self._opening[id] = asyncio.create_task(self._open(id))
            self._opening[id].add_done_callback(lambda opened: self._opened(id, opened))
        # Many wait for one opening: that one of them leaves must not end it for the others.
        return await asyncio.shield(self._opening[id])

    async def by_code(self, typed: str) -> Room:
        """The room with this code, however it was typed. Raises NoRoom, Unavailable."""
        code = plain_code(typed)
        place = await self.store.by_code(code) if len(code) == CODE_LENGTH else None
        if place is None:
            raise NoRoom
        return await self.room(place.room)

    async def create(
        self,
        *,
        title: str,
        template: Template,
        admit: Admit = "ask",
        authors: Authors = "shown",
        erase_days: int = 30,
        facilitator_name: str = "",
        practice: bool = False,
        scale: str = "",
        brings: Sequence[BringAsk] = (),
    ) -> NewMeeting:
        """Make a meeting, its first two links and its facilitator, with what it `brings` from an earlier one, that
        one's `scale` among it. Raises Refused for a bad title, Unavailable."""
        id, person = new_id(), new_id()
        facilitator, wall = secrets.token_urlsafe(18), secrets.token_urlsafe(18)
        try:
            code = await self._place(id)
            room = await self.room(id)
            await room.write(
                phases.OpenMeeting(
                    id=id,
                    title=title,
                    code=code,
                    template=template,
                    scale=scale or new_id(),
                    admit=admit,
                    authors=authors,
                    erase_days=erase_days,
                    practice=practice,
                ),
                door.MakeKey(key=hash_secret(facilitator), role="facilitator", person=person, name=facilitator_name),
                door.MakeKey(key=hash_secret(wall), role="wall"),
                *brings,
            )
        except BaseException:
            await self.take_back(id)
            raise
        return NewMeeting(id, code, f"{id}.{facilitator}", f"{id}.{wall}", person)

    async def erase(self, id: str) -> None:
        """Erase a room for good, on every process. Again changes nothing. Raises Unavailable."""
        await self.store.erase(id)
        room = self._rooms.get(id)
        if room is not None:
            room.stop(NO_ROOM, "no-room")
            await self._close(id)

    async def take_back(self, id: str) -> None:
        """Erase a room whose links nobody got, for nobody else ever would: as soon as storage lets it. Whoever waits
        for this does not wait long."""
        await asyncio.wait([self._spawn(self._take_back(id))], timeout=TAKE_BACK_S)

    async def erase_ended(self) -> int:
        """Erase every room whose end has passed. Returns how many."""
        now, erased = now_ms(), 0
        for place in await self.store.all():
            if place.ends is not None and place.ends <= now and await self._has_ended(place.room):
                await self.erase(place.room)
                erased += 1
        return erased

    async def _has_ended(self, id: str) -> bool:
        """The register says when to look; whether the meeting has ended stands in its log, which may be newer."""
        try:
            meeting = (await self.room(id)).board.meeting
        except NoRoom:
            return True
        except Unavailable as error:
            # What nobody can read any more is not kept longer for that.
            return isinstance(error.__cause__, BadKey | Broken)
        return meeting is None or _end_of(meeting) is not None

    async def _open(self, id: str) -> Room:
        await self._close(id)
        place = await self.store.find(id)
        if place is None:
            raise NoRoom
        try:
            room_log = RoomLog(self.store, id, self._key.unwrap(id, place.key))
            room = Room(id, self.store, room_log, clock=now_ms, steady=self._steady, on_meeting=self._meeting_changed)
            await room.__aenter__()
        except Gone:
            raise NoRoom from None
        except (BadKey, Broken, UnknownTag) as error:
            # Serving it would be guessing. The others go on.
            logger.error("A meeting cannot be served: %s", type(error).__name__)
            raise Unavailable(str(error)) from error
        self._rooms[id] = room
        self._empty_since[id] = self._steady()
        return room

    def _opened(self, id: str, opened: asyncio.Future[Room]) -> None:
        self._opening.pop(id, None)
        if not opened.cancelled():
            # All who waited may have left: then nobody needs to know how it went.
            opened.exception()

    async def _close(self, id: str) -> None:
        room = self._rooms.pop(id, None)
        self._empty_since.pop(id, None)
        self._noted.pop(id, None)
        if room is not None:
            await room.__aexit__(None, None, None)

    async def _place(self, id: str) -> str:
        key = self._key.wrap(id, new_room_key())
        while True:
            code = new_code()
            try:
                await self.store.add(Place(room=id, code=code, ends=None, key=key))
            except CodeTaken:
                continue
            except Unsure:
                # Adding the same place again is no mistake, so the unknown outcome can be made sure.
                await self.store.add(Place(room=id, code=code, ends=None, key=key))
            return code

    def _meeting_changed(self, id: str, meeting: Meeting) -> None:
        end, noting = _end_of(meeting), id in self._ends
        if not noting and self._noted.get(id) == (end,):
            return
        self._ends[id] = end
        if not noting:
            self._spawn(self._note_end(id))

    async def _note_end(self, id: str) -> None:
        """Note in the register when the room is to be erased: one at a time for a room, until the last one stands."""
        try:
            noted: tuple[int | None] | None = None
            while noted != (self._ends[id],):
                noted = (self._ends[id],)
                place = await self.store.find(id)
                if place is not None and place.ends != noted[0]:
                    await self.store.ends(id, noted[0])
                if id in self._rooms:
                    self._noted[id] = noted
        except (Unavailable, Unsure):
            logger.warning("The end of a meeting could not be noted; that is done when it is next opened.")
        finally:
            del self._ends[id]

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_S)
            await self._sweep_once()

    async def _sweep_once(self) -> None:
        now = self._steady()
        for id, room in list(self._rooms.items()):
            if self._rooms.get(id) is not room:
                continue  # closed meanwhile, and perhaps opened anew
            if room.busy and room.gone is None:
                self._empty_since[id] = now
            elif now - self._empty_since.setdefault(id, now) >= LINGER_S or room.gone is not None:
                await self._close(id)

    async def _take_back(self, id: str) -> None:
        while True:
            try:
                return await self.erase(id)
            except (Unavailable, Unsure):
                await asyncio.sleep(SWEEP_S)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _end_of(meeting: Meeting) -> int | None:
    """When a meeting is to be erased; None while it is open and no practice meeting."""
    if meeting.practice:
        return meeting.opened + DAY_MS
    return meeting.ended + meeting.erase_days * DAY_MS if meeting.state == "closed" else None

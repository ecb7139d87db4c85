"""One pub/sub connection for all rooms of this process, and the check each second that it told the truth."""

import asyncio
import logging
from collections.abc import Sequence

from redis.asyncio.connection import AbstractConnection
from redis.exceptions import ConnectionError as LineCut
from redis.exceptions import RedisError

from . import Broken, Entry, Unavailable
from .bell import AGAIN_S, Bell
from .chain import Row, read_back
from .ending import end
from .keys import keys_of, near_of, news_of, room_of, salted, unsalted
from .link import Link

LOOK_EVERY_S = 1.0
SILENT_S = 4.0
"""Redis answers a ping each second: so long without a word and the line is dead, whatever the socket says."""

logger = logging.getLogger(__name__)

LENGTH_BYTES = 4
FIELDS = 4


def pack(rows: Sequence[Row]) -> bytes:
    """Entries as append.lua takes them, writes them and publishes them. No body is stored as nothing: one that is there
    begins with its salt."""
    fields = (
        field
        for seq, header, hash_, salt, body in rows
        for field in (b"%d" % seq, header, hash_.encode(), salted(salt, body) or b"")
    )
    return b"".join(len(field).to_bytes(LENGTH_BYTES, "big") + field for field in fields)


def unpack(room: str, published: bytes) -> list[Entry]:
    """The entries published, checked; [] where there are none or they cannot be trusted: followers then look into the
    log."""
    try:
        rows = _rows(published)
        return read_back(room, rows, after=rows[0][0] - 1, head=None) if rows else []
    except (ValueError, Broken):
        return []


def _rows(published: bytes) -> list[Row]:
    fields = []
    while published:
        end = LENGTH_BYTES + int.from_bytes(published[:LENGTH_BYTES], "big")
        if end > len(published):
            raise ValueError("cut off")
        fields.append(published[LENGTH_BYTES:end])
        published = published[end:]
    each = [iter(fields)] * FIELDS
    return [
        (int(seq), header, hash_.decode("ascii"), *unsalted(kept or None))
        for seq, header, hash_, kept in zip(*each, strict=True)
    ]


class News:
    """Rings the bell when Redis says something was written, and when it may have been written unheard."""

    def __init__(self, link: Link) -> None:
        self.bell = Bell(changed=self._listen_anew)
        self._link = link
        self._rooms_changed = asyncio.Event()

    def _listen_anew(self) -> None:
        self._rooms_changed.set()

    async def listen(self) -> None:
        """Listen until cancelled, however often the line is cut."""
        while True:
            try:
                async with self._link.connection() as line:
                    try:
                        await self._listen(line)
                    finally:
                        # It is subscribed: nobody else may get it from the pool.
                        await line.disconnect(nowait=True)
            except (Unavailable, RedisError, OSError) as error:
                logger.warning("Redis news are cut, trying again: %s", error)
            await asyncio.sleep(AGAIN_S)

    async def look(self) -> None:
        """Pub/sub promises nothing: each second, until cancelled, compare with the streams, which are the truth."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            rooms = self.bell.followed()
            try:
                tails = await self._link.ask(*[("XREVRANGE", keys_of(room)[0], "+", "-", "COUNT", 1) for room in rooms])
            except Unavailable:
                continue
            for room, tail in zip(rooms, tails, strict=True):
                if not isinstance(tail, Exception):
                    self.bell.stands_at(room, int(tail[0][0].split(b"-")[0]) if tail else 0)

    async def _listen(self, line: AbstractConnection) -> None:
        tasks = asyncio.create_task(self._subscribe(line)), asyncio.create_task(self._hear(line))
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await end(*tasks)
        for task in done:
            task.result()

    async def _subscribe(self, line: AbstractConnection) -> None:
        """Keep the subscriptions equal to the rooms listened to, and ping meanwhile."""
        on: set[str] = set()
        while True:
            self._rooms_changed.clear()
            wanted = self.bell.rooms()
            for verb, rooms in (("SUBSCRIBE", wanted - on), ("UNSUBSCRIBE", on - wanted)):
                if rooms:
                    await line.send_command(verb, *map(near_of, rooms), *map(news_of, rooms))
            on = wanted
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._rooms_changed.wait()
            except TimeoutError:
                await line.send_command("PING")

    async def _hear(self, line: AbstractConnection) -> None:
        while True:
            heard = await line.read_response(timeout=SILENT_S)
            if heard is None:
                raise LineCut("no answer to a ping")
            if not isinstance(heard, list):
                continue
            kind, name = heard[0], heard[1].decode()
            if kind == b"message" and name == near_of(room_of(name)):
                self.bell.tell(room_of(name), heard[2])
            elif kind == b"message":
                self.bell.ring(room_of(name), unpack(room_of(name), heard[2]))
            elif kind == b"subscribe" and name == news_of(room_of(name)):
                # What was published before this moment was not heard: look.
                self.bell.ring(room_of(name))

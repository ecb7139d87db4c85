"""The log and register for several processes or machines: one stream a room in Redis 7 or newer, synced at every
write."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Self

from . import START, Behind, Entry, Gone, Stale, Unavailable
from .chain import Row, must_follow, read_back, row
from .durable import UnsafeRedis, weaknesses
from .ending import end
from .keys import CODES, STAFF, keys_of, near_of, news_of, place_of, unsalted
from .link import Link, Script
from .news import News, pack
from .register import CodeTaken, Place, StaffKey

PAGE = 500
REWRITE_EVERY_S = 30.0

APPEND, READ, ERASE, REGISTER = map(Script, ("append.lua", "read.lua", "erase.lua", "register.lua"))

logger = logging.getLogger(__name__)


def open_redis(url: str, *, unsafe: bool = False) -> "RedisStore":
    """The store behind a `redis://`, `rediss://` or `unix://` address. `async with` it; raises Unavailable, and
    UnsafeRedis where Redis could lose what was answered, unless `unsafe`: then `.unsafe` says why."""
    return RedisStore(url, unsafe=unsafe)


class RedisStore:
    """A Log and a Register."""

    def __init__(self, url: str, *, unsafe: bool) -> None:
        self.unsafe: tuple[str, ...] = ()
        self._unsafe_allowed = unsafe
        self._link = Link(url)
        self._news = News(self._link)
        self._words_left = asyncio.Event()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._link)
            self.unsafe = await weaknesses(self._link)
            if self.unsafe and not self._unsafe_allowed:
                raise UnsafeRedis(self.unsafe)
            self._tasks = [
                asyncio.create_task(work) for work in (self._news.listen(), self._news.look(), self._rewrite())
            ]
            self._open = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await end(*self._tasks)
        await self._open.aclose()

    async def append(
        self, room: str, entries: Sequence[Entry], *, after: int, head: str, forget: Sequence[int] = ()
    ) -> None:
        must_follow(entries, after=after, head=head)
        published = pack([row(entry) for entry in entries])
        answer = await self._link.write(APPEND, keys_of(room), after, head, START, news_of(room), published, *forget)
        match answer:
            case [b"gone"]:
                raise Gone(room)
            case [b"stale", last]:
                raise Stale(room, last)
            case [b"behind", last]:
                raise Behind(room, last)
        if forget:
            self._words_left.set()

    async def read(self, room: str, *, after: int) -> list[Entry]:
        entries: list[Entry] = []
        head: str | None = None
        while True:
            answer = await self._link.read(READ, keys_of(room), after, PAGE)
            if answer[0] == b"gone":
                raise Gone(room)
            _, last, *kept = answer
            if last < after:
                raise Behind(room, last)
            entries += read_back(room, map(_row, kept), after=after, head=head)
            if len(kept) < PAGE:
                return entries
            after, head = after + PAGE, entries[-1].header.hash()

    def follow(self, room: str, *, after: int) -> AsyncIterator[list[Entry]]:
        return self._news.bell.follow(room, after=after, read=self.read)

    async def erase(self, room: str) -> None:
        # The place last: while it stands, an erasure that was cut short is found and asked for again.
        await self._link.write(ERASE, keys_of(room), int(time.time() * 1000), news_of(room))
        await self.remove(room)

    async def tell(self, room: str, message: bytes) -> None:
        try:
            await self._link.ask(("PUBLISH", near_of(room), message))
        except Unavailable as error:
            logger.info("not told: %s", error)

    def hear(self, room: str) -> AsyncIterator[bytes]:
        return self._news.bell.hear(room)

    async def add(self, place: Place) -> None:
        ends = "" if place.ends is None else place.ends
        keys = place_of(place.room), CODES
        if await self._link.write(REGISTER, keys, "add", place.room, place.code, place.key, ends) == [b"taken"]:
            raise CodeTaken(place.code)

    async def by_code(self, code: str) -> Place | None:
        [room] = await self._ask(("HGET", CODES, code))
        return None if room is None else await self.find(room.decode())

    async def find(self, room: str) -> Place | None:
        [place] = await self._places([room])
        return place

    async def all(self) -> list[Place]:
        [rooms] = await self._ask(("HVALS", CODES))
        return [place for place in await self._places(sorted(room.decode() for room in rooms)) if place]

    async def ends(self, room: str, at_ms: int | None) -> None:
        await self._link.write(REGISTER, (place_of(room), CODES), "ends", "" if at_ms is None else at_ms)

    async def remove(self, room: str) -> None:
        await self._link.write(REGISTER, (place_of(room), CODES), "remove")
        self._words_left.set()

    async def staff(self) -> list[StaffKey]:
        [kept] = await self._ask(("HGETALL", STAFF))
        pairs = zip(kept[::2], kept[1::2], strict=True)
        return sorted((_staff(name.decode(), one.decode()) for name, one in pairs), key=lambda one: one.name)

    async def add_staff(self, key: StaffKey) -> None:
        await self._link.write(REGISTER, (STAFF, CODES), "staff", key.name, f"{key.at} {key.digest}")

    async def remove_staff(self, name: str) -> None:
        await self._link.write(REGISTER, (STAFF, CODES), "staff", name)
        self._words_left.set()

    async def _places(self, rooms: Sequence[str]) -> list[Place | None]:
        found = await self._ask(*[("HMGET", place_of(room), "code", "ends", "key") for room in rooms])
        return [_place(room, *kept) for room, kept in zip(rooms, found, strict=True)]

    async def _ask(self, *commands: tuple[str | bytes | int, ...]) -> list[Any]:
        answers = await self._link.ask(*commands)
        for answer in answers:
            if isinstance(answer, Exception):
                raise Unavailable(f"Redis cannot read: {answer}")
        return answers

    async def _rewrite(self) -> None:
        """Deleted words stay in the append-only file until Redis writes it anew: ask for that, but not for every
        card."""
        while True:
            await self._words_left.wait()
            self._words_left.clear()
            try:
                [answer] = await self._link.ask(("BGREWRITEAOF",))
            except Unavailable as error:
                answer = error
            if isinstance(answer, Exception):
                logger.warning("deleted words wait in Redis' append-only file: %s", answer)
                self._words_left.set()
            await asyncio.sleep(REWRITE_EVERY_S)


def _row(kept: list[Any]) -> Row:
    seq, header, hash_, body = kept
    return seq, header, hash_.decode(), *unsalted(body)


def _staff(name: str, kept: str) -> StaffKey:
    at, _, digest = kept.partition(" ")
    return StaffKey(name, digest, int(at))


def _place(room: str, code: bytes | None, ends: bytes | None, key: bytes | None) -> Place | None:
    if code is None or key is None:
        return None
    return Place(room, code.decode(), None if ends is None else int(ends), key)

"""Rooms without sockets: meetings in a hub, the people in them, and what each of them sees. Only the
socket is made up."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from server import people, practice
from server.board.cards import AddCard
from server.board.people import AdmitPerson
from server.hub import Hub, NewMeeting, Store
from server.ids import new_id
from server.log import Entry, Unavailable, Unsure
from server.log.seal import ServerKey
from server.room import NOBODY, Room, Standing
from server.session import hash_secret, read_key
from tests.storage import Storage

TEMPLATE = practice.load(None)["safety"]
Parts = dict[str, dict[str, Any]]


@dataclass(eq=False)
class Eyes:
    """A connection's end without a socket: all frames it was told, and the board they make."""

    cookie: str
    device: str = "device01"
    as_wall: bool = False
    standing: Standing = NOBODY
    told: int = 0
    frames: list[dict[str, Any]] = field(default_factory=list)
    closed: int | None = None
    board: Parts = field(default_factory=dict)
    mine: list[str] = field(default_factory=list)

    def tell(self, frame: bytes) -> None:
        assert self.closed is None, "told after the end"
        said = json.loads(frame)
        self.frames.append(said)
        match said["is"]:
            case "welcome":
                self.board = {kind: dict(parts) for kind, parts in said["put"].items()}
                self.mine = said["you"].get("mine", [])
            case "change":
                for kind, parts in said.get("put", {}).items():
                    self.board.setdefault(kind, {}).update(parts)
                for kind, ids in said.get("drop", {}).items():
                    for id in ids:
                        del self.board[kind][id]
            case "you":
                self.mine = said["mine"]

    def close(self, code: int, frame: bytes) -> None:
        self.tell(frame)
        self.closed = code

    def seen(self, is_: str) -> list[dict[str, Any]]:
        """The frames of this kind."""
        return [frame for frame in self.frames if frame["is"] == is_]

    @property
    def last(self) -> dict[str, Any]:
        return self.frames[-1]

    @property
    def parts(self) -> Parts:
        """What the board holds, without kinds of which nothing is left."""
        return {kind: parts for kind, parts in self.board.items() if parts}

    @property
    def cards(self) -> list[str]:
        """The words on the board."""
        return sorted(card["text"] for card in self.board.get("card", {}).values())


@dataclass
class Person:
    """Someone in a meeting: id, and the hash of their browser's cookie."""

    id: str
    cookie: str


@dataclass
class Gathering:
    """A meeting in a hub, run by Helen."""

    hub: Hub
    links: NewMeeting
    room: Room
    helen: Person
    refs: int = 0

    @property
    def id(self) -> str:
        return self.links.room

    def ref(self) -> int:
        self.refs += 1
        return self.refs

    async def knocks(self, name: str, role: str = "family") -> Person:
        """Someone asks to come in."""
        person = Person(new_id(), hash_secret(new_id()))
        await people.join(self.room, id=person.id, name=name, role=role, cookie=person.cookie)
        return person

    async def comes(self, name: str, role: str = "family") -> Person:
        """Someone asks to come in, and is let in."""
        person = await self.knocks(name, role)
        await self.room.ask(self.helen.id, "desk", AdmitPerson(ref=self.ref(), person=person.id))
        return person

    async def wall(self) -> str:
        """A browser that became the wall."""
        cookie = hash_secret(new_id())
        await people.use_key(self.room, key=_hash(self.links.wall), cookie=cookie, held="")
        return cookie

    async def card(self, person: Person, text: str, *, device: str = "device01", room: Room | None = None) -> str:
        """Someone adds a card. Returns its id."""
        id = new_id()
        await (room or self.room).ask(person.id, device, AddCard(ref=self.ref(), id=id, column="well", text=text))
        return id

    def looks(self, person: Person | str, *, room: Room | None = None, after: int | None = None, **more: Any) -> Eyes:
        """A connection of this person (or of a cookie) begins."""
        epoch = more.pop("epoch", (room or self.room).epoch if after is not None else "")
        eyes = Eyes(person if isinstance(person, str) else person.cookie, **more)
        (room or self.room).join(eyes, after=after, epoch=epoch)
        return eyes


def _hash(key: str) -> str:
    found = read_key(key)
    assert found is not None
    return hash_secret(found[1])


async def gather(hub: Hub, **wish: Any) -> Gathering:
    """A new meeting, with Helen inside."""
    new = await hub.create(**{"title": "Tuesday", "template": TEMPLATE, "facilitator_name": "Helen", **wish})
    room = await hub.room(new.room)
    helen = Person(new.person, hash_secret(new_id()))
    await people.use_key(room, key=_hash(new.facilitator), cookie=helen.cookie, held="")
    return Gathering(hub, new, room, helen)


class Full:
    """A store that takes nothing while its disk `is_full`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.is_full = False

    async def append(
        self, room: str, entries: Sequence[Entry], *, after: int, head: str, forget: Sequence[int] = ()
    ) -> None:
        if self.is_full:
            raise Unavailable("the disk is full")
        await self._store.append(room, entries, after=after, head=head, forget=forget)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class Lossy:
    """A store whose answers to the next appends are lost on their way: everything was written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.lose = 0

    async def append(
        self, room: str, entries: Sequence[Entry], *, after: int, head: str, forget: Sequence[int] = ()
    ) -> None:
        await self._store.append(room, entries, after=after, head=head, forget=forget)
        if self.lose:
            self.lose -= 1
            raise Unsure("the line was cut")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class Deaf:
    """A store that never tells what others write: whoever uses it finds out only where they look."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def follow(self, room: str, *, after: int) -> AsyncIterator[list[Entry]]:
        await asyncio.Event().wait()
        yield []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


@dataclass
class Processes:
    """Server processes that share storage. SQLite belongs to one process, so there its hubs share one store."""

    storage: Storage
    folder: Path
    _shared: Store | None = None
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def hub(self) -> Hub:
        """One process more."""
        if self.storage.kind == "redis" or self._shared is None:
            self._shared = await self._stack.enter_async_context(self.storage.open())
        return await self._stack.enter_async_context(Hub(self._shared, ServerKey.load(self.folder / "key")))


@asynccontextmanager
async def processes(storage: Storage, folder: Path) -> AsyncIterator[Processes]:
    made = Processes(storage, folder)
    async with made._stack:
        yield made

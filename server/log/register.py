"""The rooms there are, outside their logs: code, end and wrapped key. Nothing a person typed is kept here."""

from typing import Protocol

import msgspec


class Place(msgspec.Struct, frozen=True):
    """A room as the register knows it. `ends` is when it is to be erased, in milliseconds since 1970 UTC, None while
    the meeting is open; `key` is the room's key, wrapped by the server's."""

    room: str
    code: str
    ends: int | None
    key: bytes


class CodeTaken(Exception):
    """Another room has this code. Draw a new one."""


class Register(Protocol):
    """All calls raise Unavailable where storage cannot be reached; those that write may raise Unsure, and may be
    asked again."""

    async def add(self, place: Place) -> None:
        """Durable on return. Raises CodeTaken; adding the same room with the same code again is no mistake."""
        ...

    async def by_code(self, code: str) -> Place | None: ...

    async def find(self, room: str) -> Place | None: ...

    async def all(self) -> list[Place]:
        """Every room, in order of room id."""
        ...

    async def ends(self, room: str, at_ms: int | None) -> None:
        """Set when the room is to be erased. Of a room that is not there, nothing changes."""
        ...

    async def remove(self, room: str) -> None:
        """Forget the room and its key, and free its code. Again changes nothing."""
        ...

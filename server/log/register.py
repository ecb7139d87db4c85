"""The rooms there are, outside their logs: code, end and wrapped key; and the keys of those who may start one. Nothing
a person in a meeting typed is kept here."""

from typing import Protocol

import msgspec


class Place(msgspec.Struct, frozen=True):
    """A room as the register knows it. `ends` is when it is to be erased, in milliseconds since 1970 UTC, None while
    the meeting is open; `key` is the room's key, wrapped by the server's."""

    room: str
    code: str
    ends: int | None
    key: bytes


class StaffKey(msgspec.Struct, frozen=True):
    """One of those who may start meetings: what the key is called, the hex SHA-256 of it, and when it was made, in
    milliseconds since 1970 UTC."""

    name: str
    digest: str
    at: int


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

    async def staff(self) -> list[StaffKey]:
        """Every staff key, in order of names."""
        ...

    async def add_staff(self, key: StaffKey) -> None:
        """Keep a staff key, in place of one of the same name. Durable on return."""
        ...

    async def remove_staff(self, name: str) -> None:
        """Forget a staff key: what it opened is shut. Again changes nothing."""
        ...

    async def remove(self, room: str) -> None:
        """Forget the room and its key, and free its code. Again changes nothing."""
        ...

"""Chains of entries as a writer makes them, without rooms or keys."""

from __future__ import annotations

from collections.abc import Sequence

from server.log import SALT_BYTES, START, Entry, Header
from server.log.chain import digest

ROOM = "k3f9a1c2d4e5"


def chain(*bodies: str, after: int = 0, head: str = START, by: str = "maureen1") -> list[Entry]:
    """Entries with these bodies that follow number `after`, whose hash is `head`."""
    entries = []
    for body in bodies:
        after += 1
        salt = after.to_bytes(SALT_BYTES, "big")
        header = Header(after, 1000 + after, by, "device01", after, "card.add", digest(salt, body.encode()), head)
        entries.append(Entry(header, salt, body.encode()))
        head = header.hash()
    return entries


def follows(entry: Entry, *bodies: str, by: str = "maureen1") -> list[Entry]:
    """Entries with these bodies that follow this one."""
    return chain(*bodies, after=entry.header.seq, head=entry.header.hash(), by=by)


def words(entries: Sequence[Entry]) -> list[str | None]:
    """What the bodies say; None for those that were erased."""
    return [None if entry.body is None else entry.body.decode() for entry in entries]


def numbers(entries: Sequence[Entry]) -> list[int]:
    return [entry.header.seq for entry in entries]

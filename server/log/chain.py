"""From entries to what is stored, and back again with every link checked. The only place where stored bytes become
entries."""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from . import START, Broken, Entry, Header

Row = tuple[int, bytes, str, bytes | None, bytes | None]
"""What a store keeps of an entry: seq, canonical header, hash of that header, salt, sealed body."""

_header = msgspec.json.Decoder(Header)


def digest(salt: bytes, body: bytes) -> str:
    return hashlib.sha256(salt + body).hexdigest()


def row(entry: Entry) -> Row:
    header = entry.header.canonical()
    return entry.header.seq, header, hashlib.sha256(header).hexdigest(), entry.salt, entry.body


def must_follow(entries: Sequence[Entry], *, after: int, head: str) -> None:
    """Raise ValueError where entries are not after+1 and on, each naming the hash before: such a chain would never
    verify."""
    for entry in entries:
        after += 1
        if entry.header.seq != after or entry.header.before != head:
            raise ValueError(f"entry {entry.header.seq} does not follow {after - 1}")
        head = entry.header.hash()


def read_back(room: str, rows: Iterable[Row], *, after: int, head: str | None) -> list[Entry]:
    """The entries of these rows, which must be after+1 and on. `head` is the hash of the entry before them, None if
    not known. Raises Broken at the first row that is not what was written."""
    entries = []
    if after == 0:
        head = START
    for seq, raw, stored_hash, salt, body in rows:
        after += 1
        if seq != after:
            raise Broken(room, after, f"the next entry is number {seq}")
        if hashlib.sha256(raw).hexdigest() != stored_hash:
            raise Broken(room, seq, "its header was changed")
        header = _decode(room, seq, raw)
        if header.seq != seq:
            raise Broken(room, seq, f"its header says it is number {header.seq}")
        if head is not None and header.before != head:
            raise Broken(room, seq, "it does not follow the entry before")
        if (salt is None) != (body is None) or (
            salt is not None and body is not None and digest(salt, body) != header.digest
        ):
            raise Broken(room, seq, "its body was changed")
        entries.append(Entry(header, salt, body))
        head = stored_hash
    return entries


def _decode(room: str, seq: int, raw: bytes) -> Header:
    try:
        return _header.decode(raw)
    except (msgspec.MsgspecError, RecursionError):
        raise Broken(room, seq, "its header cannot be read") from None

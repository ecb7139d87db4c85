"""Hands that reach into the storage behind the server's back."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing

from server.log.chain import Row
from server.log.keys import keys_of, salted, unsalted
from tests.log.chains import ROOM, chain
from tests.storage import Storage


def rows(storage: Storage, room: str = ROOM) -> list[Row]:
    """What lies in the storage, unchecked."""
    if storage.kind == "sqlite":
        with closing(sqlite3.connect(storage.file)) as db:
            sql = """SELECT seq, header, hash, salt, body FROM entry LEFT JOIN body USING (room, seq)
                     WHERE room = ? ORDER BY seq"""
            return db.execute(sql, (room,)).fetchall()
    stream, bodies, _ = keys_of(room)
    with storage.server.client() as client:
        return [
            (seq, fields[b"header"], fields[b"hash"].decode(), *unsalted(client.hget(bodies, str(seq))))
            for id, fields in client.xrange(stream)
            for seq in [int(id.split(b"-")[0])]
        ]


def put_rows(storage: Storage, kept: list[Row], room: str = ROOM) -> None:
    """Have exactly these lie in the storage: also how an old copy is put back under a running server."""
    if storage.kind == "sqlite":
        with closing(sqlite3.connect(storage.file)) as db, db:
            db.execute("DELETE FROM entry WHERE room = ?", (room,))
            db.execute("DELETE FROM body WHERE room = ?", (room,))
            for seq, header, hash_, salt, body in kept:
                db.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", (room, seq, header, hash_))
                if body is not None:
                    db.execute("INSERT INTO body VALUES (?, ?, ?, ?)", (room, seq, salt, body))
        return
    stream, bodies, _ = keys_of(room)
    with storage.server.client() as client, client.pipeline(transaction=True) as pipe:
        pipe.delete(stream, bodies)
        for seq, header, hash_, salt, body in kept:
            pipe.xadd(stream, {"header": header, "hash": hash_}, id=f"{seq}-1")
            if (both := salted(salt, body)) is not None:
                pipe.hset(bodies, str(seq), both)
        pipe.execute()


def lose_body(storage: Storage, seq: int) -> None:
    kept = rows(storage)
    kept[seq - 1] = (*kept[seq - 1][:3], None, None)
    put_rows(storage, kept)


def sabotage() -> dict[str, Callable[..., int]]:
    """Ways to change four entries, each with the number at which it is found."""
    return {
        "a body is changed": _changes(3, body=lambda body: bytes([body[0] ^ 1]) + body[1:]),
        "a salt is changed": _changes(2, salt=lambda salt: bytes([salt[0] ^ 1]) + salt[1:]),
        "a header is changed": _changes(2, header=lambda header: header.replace(b"maureen1", b"helen123")),
        "a header and its hash are changed": _forged_header,
        "a hash is changed": _changes(4, hash_=lambda hash_: hash_[::-1]),
        "a header is no header": _changes(2, header=lambda header: b"{", rehash=True),
        "two bodies change places": _swapped_bodies,
        "two entries change places": _swapped_entries,
        "the first entry is taken out": _drop(1, found=1),
        "an entry is taken out": _drop(2, found=2),
        "an entry is put in": _inserted,
        "another beginning was cut off": _headless,
        "another history stands before": _forked,
    }


def _changes(seq: int, *, rehash: bool = False, **how: Callable[[bytes], bytes]) -> Callable[..., int]:
    def change(storage: Storage, room: str = ROOM) -> int:
        kept = rows(storage, room)
        row = dict(zip(("seq", "header", "hash_", "salt", "body"), kept[seq - 1], strict=True))
        for name, done in how.items():
            row[name] = done(row[name])  # type: ignore[arg-type]
        if rehash:
            row["hash_"] = _hash(row["header"])  # type: ignore[arg-type]
        kept[seq - 1] = tuple(row.values())  # type: ignore[assignment]
        put_rows(storage, kept, room)
        return seq

    return change


def _forged_header(storage: Storage) -> int:
    """The hash is made to fit, so that only the next entry knows better."""
    _changes(2, header=lambda header: header.replace(b"maureen1", b"helen123"), rehash=True)(storage)
    return 3


def _swapped_bodies(storage: Storage) -> int:
    kept = rows(storage)
    kept[1], kept[2] = (*kept[1][:3], *kept[2][3:]), (*kept[2][:3], *kept[1][3:])
    put_rows(storage, kept)
    return 2


def _swapped_entries(storage: Storage) -> int:
    kept = rows(storage)
    kept[1], kept[2] = (2, *kept[2][1:]), (3, *kept[1][1:])
    put_rows(storage, kept)
    return 2


def _drop(seq: int, *, found: int) -> Callable[[Storage], int]:
    def drop(storage: Storage) -> int:
        kept = rows(storage)
        del kept[seq - 1]
        put_rows(storage, kept)
        return found

    return drop


def _inserted(storage: Storage) -> int:
    """A fine entry that follows number 2, with those after it moved on by one."""
    kept = rows(storage)
    (stranger,) = chain("never said", after=2, head=kept[1][2])
    header = stranger.header.canonical()
    moved = [(row[0] + 1, *row[1:]) for row in kept[2:]]
    put_rows(storage, [*kept[:2], (3, header, _hash(header), stranger.salt, stranger.body), *moved])
    return 4


def _headless(storage: Storage) -> int:
    """A first entry that follows something."""
    (first,) = chain("x", head="f" * 64)
    put_rows(storage, [(1, first.header.canonical(), first.header.hash(), first.salt, first.body)])
    return 1


def _forked(storage: Storage) -> int:
    kept = rows(storage)
    other = chain("x", "y")
    fork = [(one.header.seq, one.header.canonical(), one.header.hash(), one.salt, one.body) for one in other]
    put_rows(storage, [*fork, *kept[2:]])
    return 3


def _hash(header: bytes) -> str:
    return hashlib.sha256(header).hexdigest()

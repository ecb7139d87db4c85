"""The SQLite file itself: made, recognised, brought up to this release, opened for writing and for reading."""

import os
import sqlite3
from gettext import gettext as _
from pathlib import Path
from typing import Any

OURS = 0x5369676E
"""`application_id` of our files: "Sign"."""

BUSY_S = 1.0
PRIVATE = 0o600

MIGRATIONS = (
    (
        # (room, seq) is the last fence: two writers can never both hold a number.
        """CREATE TABLE entry (room TEXT NOT NULL, seq INTEGER NOT NULL, header BLOB NOT NULL, hash TEXT NOT NULL,
           PRIMARY KEY (room, seq)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE body (room TEXT NOT NULL, seq INTEGER NOT NULL, salt BLOB NOT NULL, body BLOB NOT NULL,
           PRIMARY KEY (room, seq)) STRICT""",
        "CREATE TABLE tombstone (room TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT",
        # A code leads to one room.
        "CREATE TABLE place (room TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, ends INTEGER, key BLOB NOT NULL) STRICT",
    ),
    ("CREATE TABLE staff (name TEXT PRIMARY KEY, digest TEXT NOT NULL, at INTEGER NOT NULL) STRICT",),
)
"""Each tuple of statements leads from one layout (`user_version`) to the next. Never changed once released, only
added to."""


class CannotOpen(Exception):
    """The file cannot be used. Its text is a sentence for whoever runs the server."""


def open_writer(path: Path) -> sqlite3.Connection:
    """Open the file, or make it, and bring its layout up to date. Raises CannotOpen."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made by hand so that it is private from its first byte; its companions take over its rights.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE))
        db = _connect(path.resolve().as_uri())
    except (OSError, sqlite3.Error) as error:
        raise CannotOpen(_("The log {path} cannot be opened: {error}.").format(path=path, error=error)) from error
    try:
        _recognise(db, path)
        _prepare(db, path)
        _migrate(db)
    except sqlite3.Error as error:
        db.close()
        raise CannotOpen(_sentence(path, error)) from error
    except CannotOpen:
        db.close()
        raise
    return db


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that can only read, and leaves checkpoints to the writer."""
    db = _connect(path.resolve().as_uri() + "?mode=ro")
    db.execute("PRAGMA wal_autocheckpoint = 0")
    return db


def _connect(uri: str) -> sqlite3.Connection:
    # No implicit transactions: every BEGIN and COMMIT of ours is written out.
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_S, check_same_thread=False)


def _recognise(db: sqlite3.Connection, path: Path) -> None:
    layout, owner = _pragma(db, "user_version"), _pragma(db, "application_id")
    if db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() and owner != OURS:
        raise CannotOpen(_("{path} is the database of another program, not a Signboard log.").format(path=path))
    if layout > len(MIGRATIONS):
        raise CannotOpen(_("The log {path} was written by a newer Signboard. Run that one.").format(path=path))
    found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise CannotOpen(_damaged(path, found))


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    if _pragma(db, "journal_mode = WAL") != "wal":
        raise CannotOpen(_("The folder of {path} cannot hold a live log. Is it on a network?").format(path=path))
    # What was answered must survive a power cut: sync at every commit.
    db.execute("PRAGMA synchronous = FULL")
    # What was deleted must be gone: overwrite it.
    db.execute("PRAGMA secure_delete = ON")


def _migrate(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    for layout in range(_pragma(db, "user_version"), len(MIGRATIONS)):
        for statement in MIGRATIONS[layout]:
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {layout + 1}")
    db.execute(f"PRAGMA application_id = {OURS}")
    db.execute("COMMIT")


def _pragma(db: sqlite3.Connection, pragma: str) -> Any:
    return db.execute(f"PRAGMA {pragma}").fetchone()[0]


def _sentence(path: Path, error: sqlite3.Error) -> str:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_NOTADB:
            return _("{path} is not a Signboard log: it is no SQLite database.").format(path=path)
        case sqlite3.SQLITE_CORRUPT:
            return _damaged(path, str(error))
        case sqlite3.SQLITE_BUSY:
            return _("The log {path} is held by another program.").format(path=path)
        case _other:
            return _("The log {path} cannot be opened: {error}.").format(path=path, error=error)


def _damaged(path: Path, found: str) -> str:
    return _("The log {path} is damaged ({found}). Put back a copy of it.").format(path=path, found=found)

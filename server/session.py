"""The secrets browsers and links carry: how they are made, named and hashed. What they are worth stands in the log."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from typing import TYPE_CHECKING, Final

from starlette.requests import HTTPConnection
from starlette.responses import Response

from .settings import Settings

if TYPE_CHECKING:
    from .log.roomlog import RoomLog

SECRET_BYTES: Final = 24
KEEP_S: Final = 30 * 24 * 3600
"""A phone that restarts in the middle of a meeting keeps its place. What the cookie opens ends with the meeting."""

_ROOM: Final = re.compile(r"[a-z0-9]{8,32}\Z")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{22,64}\Z")


def new_secret() -> str:
    """A fresh secret of 192 bits, made of signs that a link and a cookie can hold."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hash_secret(secret: str) -> str:
    """Its hex SHA-256: what the log keeps of a key or a cookie. The secret is random, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def tab_key(log: RoomLog, secret: str) -> str:
    """What seals the words a browser keeps in its tab: 16 bytes in base64url, made of the room's key and of the cookie
    itself, of which the server keeps no more than the hash. Once the browser has no cookie, nobody can make it."""
    return base64.urlsafe_b64encode(log.derive(f"tab {secret}".encode())[:16]).decode().rstrip("=")


def key_text(room: str, secret: str) -> str:
    """The key in a link: `/in#{key}`."""
    return f"{room}.{secret}"


def read_key(key: str) -> tuple[str, str] | None:
    """Room and secret of a link's key; None where it is no key at all."""
    room, dot, secret = key.strip().partition(".")
    return (room, secret) if dot and _ROOM.match(room) and _SECRET.match(secret) else None


def is_room(id: str) -> bool:
    """Whether this could be the id of a room."""
    return bool(_ROOM.match(id))


def cookie_name(room: str, settings: Settings) -> str:
    """The name of a room's cookie: `__Host-sb-{room}` under https, else `sb-{room}`."""
    return f"{_prefix(settings)}{room}"


def cookie_of(connection: HTTPConnection, room: str, settings: Settings) -> str | None:
    """The secret this browser holds for this room, None without one."""
    secret = connection.cookies.get(cookie_name(room, settings), "")
    return secret if _SECRET.match(secret) else None


def cookies_of(connection: HTTPConnection, settings: Settings) -> dict[str, str]:
    """All rooms this browser holds a secret for, by room."""
    prefix = _prefix(settings)
    found = {
        name.removeprefix(prefix): secret for name, secret in connection.cookies.items() if name.startswith(prefix)
    }
    return {room: secret for room, secret in found.items() if _ROOM.match(room) and _SECRET.match(secret)}


def give_cookie(response: Response, room: str, secret: str, settings: Settings) -> None:
    """Let this browser keep the secret for this room. No script reads it and no other site can have it sent."""
    response.set_cookie(
        cookie_name(room, settings),
        secret,
        max_age=KEEP_S,
        path="/",
        secure=settings.https,
        httponly=True,
        samesite="strict",
    )


def take_cookie(response: Response, room: str, settings: Settings) -> None:
    """Let this browser forget the room."""
    response.delete_cookie(
        cookie_name(room, settings), path="/", secure=settings.https, httponly=True, samesite="strict"
    )


def _prefix(settings: Settings) -> str:
    return "__Host-sb-" if settings.https else "sb-"

"""What things are called in Redis, and how salt and body share one value. All names of a room carry its hash tag."""

from . import SALT_BYTES

PLACE = "signboard:{register}:"
CODES = "signboard:{register}-codes"
STAFF = "signboard:{register}-staff"


def keys_of(room: str) -> tuple[str, str, str]:
    """The stream of headers, the hash of bodies, the tombstone."""
    return f"signboard:{{{room}}}:log", f"signboard:{{{room}}}:bodies", f"signboard:{{{room}}}:gone"


def news_of(room: str) -> str:
    """The channel that carries entries as they are written."""
    return f"signboard:{{{room}}}:news"


def near_of(room: str) -> str:
    """The channel for what is told and never written."""
    return f"signboard:{{{room}}}:near"


def room_of(channel: str) -> str:
    return channel[channel.index("{") + 1 : channel.index("}")]


def place_of(room: str) -> str:
    return PLACE + room


def salted(salt: bytes | None, body: bytes | None) -> bytes | None:
    return None if salt is None or body is None else salt + body


def unsalted(kept: bytes | None) -> tuple[bytes | None, bytes | None]:
    return (None, None) if kept is None else (kept[:SALT_BYTES], kept[SALT_BYTES:])

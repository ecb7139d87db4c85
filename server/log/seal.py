"""Bodies sealed with a key a room, and room keys wrapped by the server's own key. Knows no log and no file but the
key file."""

import hmac
import logging
import os
import secrets
from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import Broken
from .register import Place

KEY_BYTES = 32
NONCE_BYTES = 12
SIZE_BYTES = 4
PRIVATE = 0o600

logger = logging.getLogger(__name__)


class BadKey(Exception):
    """The server key cannot be read, or does not open what it should. Its text is a sentence for whoever runs the
    server."""


class RoomKey:
    """The key of one room. Whoever deletes it has deleted every body of that room."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret
        self._cipher = AESGCM(secret)

    def derive(self, label: bytes) -> bytes:
        """32 bytes that only this key and `label` make, and that tell nothing of the key."""
        return hmac.digest(self.secret, label, "sha256")

    def seal(self, body: bytes, *, room: str, seq: int, length: int | None = None) -> bytes:
        """Seal a body for this place in this room alone. With `length`, every body of up to so many bytes comes out
        at one size; a longer one at the size of the next multiple."""
        filled = len(body) if length is None else -(-max(len(body), 1) // length) * length
        nonce = secrets.token_bytes(NONCE_BYTES)
        plain = len(body).to_bytes(SIZE_BYTES, "big") + body.ljust(filled, b"\0")
        return nonce + self._cipher.encrypt(nonce, plain, _place(room, seq))

    def open(self, sealed: bytes, *, room: str, seq: int) -> bytes:
        """The body, byte for byte. Raises Broken where it was changed, or sealed for another place or with another
        key."""
        try:
            plain = self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _place(room, seq))
        except (InvalidTag, ValueError):
            raise Broken(room, seq, "its body does not open with the key of the room") from None
        size = int.from_bytes(plain[:SIZE_BYTES], "big")
        return plain[SIZE_BYTES : SIZE_BYTES + size]


def new_room_key() -> RoomKey:
    return RoomKey(secrets.token_bytes(KEY_BYTES))


def _place(room: str, seq: int) -> bytes:
    return f"{room}:{seq}".encode()


class ServerKey:
    """Wraps room keys. Lives in a file outside the data folder, one key a line in hex, newest first: the first wraps,
    all open."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        self._ciphers = tuple(AESGCM(key) for key in keys)

    @classmethod
    def load(cls, path: Path, *, kept: Sequence[Place] = ()) -> "ServerKey":
        """Read the key file; make it, readable by its owner alone, where there is none and no room is `kept` that only
        another key opens. Raises BadKey with a plain sentence, also where it opens none of those rooms."""
        try:
            if not path.exists():
                if kept:
                    # With a new one new meetings would begin, and nobody would miss the old one until it is too late.
                    said = _(
                        "The key file {path} is missing, and only it opens the meetings that are stored: bring it back "
                        "from its backup, or say in SIGNBOARD_KEY_FILE where it is."
                    )
                    raise BadKey(said.format(path=path))
                _make(path)
            text = path.read_text("ascii")
            if path.stat().st_mode & 0o077:
                logger.warning("The key file %s can be read by others than its owner.", path)
        except (OSError, UnicodeDecodeError) as error:
            raise BadKey(_("The key file {path} cannot be read: {error}.").format(path=path, error=error)) from error
        key = cls(_parse(path, text))
        if kept and not any(key.opens(place) for place in kept):
            said = _(
                "The key file {path} opens none of the meetings that are stored: bring back the one they were made "
                "with, or say in SIGNBOARD_KEY_FILE where it is."
            )
            raise BadKey(said.format(path=path))
        return key

    def wrap(self, room: str, key: RoomKey) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._ciphers[0].encrypt(nonce, key.secret, room.encode())

    def opens(self, place: Place) -> bool:
        """Whether the meeting of this room can be read."""
        try:
            self.unwrap(place.room, place.key)
        except BadKey:
            return False
        return True

    def unwrap(self, room: str, wrapped: bytes) -> RoomKey:
        """Raises BadKey where no key of the file opens it, or it was wrapped for another room."""
        for cipher in self._ciphers:
            try:
                return RoomKey(cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], room.encode()))
            except (InvalidTag, ValueError):
                continue
        raise BadKey(
            _("The key file does not open the meeting {room}. Is it the file of another server?").format(room=room)
        )


def _parse(path: Path, text: str) -> tuple[bytes, ...]:
    try:
        keys = tuple(bytes.fromhex(line) for line in text.split())
    except ValueError:
        keys = ()
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise BadKey(_("The key file {path} must hold keys of 64 hexadecimal digits, one a line.").format(path=path))
    return keys


def _make(path: Path) -> None:
    """Write the file whole beside its place, then link it in: of two servers starting at once, one makes it and both
    read that."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
        # Without this a power cut could take the file and leave the meetings it opens.
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        draft.unlink(missing_ok=True)

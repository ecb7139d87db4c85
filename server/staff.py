"""Who may start meetings: anyone holding a staff key, and then the browser they used it in. It knows no meeting."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import HTTPConnection
from starlette.responses import Response

from .catalogue import gettext as _
from .log.register import Register
from .log.seal import BadKey
from .settings import Settings

KEY_NAME: Final = "staff.key"
KEEP_S: Final = 30 * 24 * 3600
KEY_LEAST: Final = 16
"""A key in the file that is shorter was not all written, or can be guessed."""
PRIVATE: Final = 0o600
SET: Final = ""
"""What the key is called that is set, or made at the first start."""


class Staff:
    """The keys, and the signatures of cookies given for one. A cookie is worth something as long as its key is."""

    def __init__(self, key: str, secrets: Sequence[bytes], settings: Settings, register: Register) -> None:
        """`key` is the one that is set or made at the first start; `register` holds the others, by name."""
        self._keys = {SET: digest(key)}
        self._register = register
        self._settings = settings
        self._name = "__Host-sb-staff" if settings.https else "sb-staff"
        self._signer = URLSafeTimedSerializer(list(reversed(secrets)), salt=b"staff cookie")

    async def look(self) -> None:
        """See which keys there are now: another process may have added or removed one. Raises Unavailable."""
        kept = {one.name: one.digest for one in await self._register.staff()}
        self._keys = {SET: self._keys[SET]} | kept

    def opens(self, typed: str) -> str | None:
        """The name of the staff key that this is, None where it is none. Takes the same time whatever is wrong with
        it; nothing typed opens nothing."""
        read = digest(typed.strip())
        found = [name for name, known in self._keys.items() if hmac.compare_digest(read, known)]
        return found[0] if found and typed.strip() else None

    def holds(self, connection: HTTPConnection) -> bool:
        """Whether this browser was given the cookie, the cookie is not too old, and its key is still one."""
        try:
            signed = self._signer.loads(connection.cookies.get(self._name, ""), max_age=KEEP_S)
        except BadSignature:
            return False
        return isinstance(signed, list) and signed in [[name, known] for name, known in self._keys.items()]

    def give(self, response: Response, name: str) -> None:
        """Let this browser start meetings from now on, as long as the key of this name is one."""
        response.set_cookie(
            self._name,
            self._signer.dumps([name, self._keys[name]]),
            max_age=KEEP_S,
            path="/",
            secure=self._settings.https,
            httponly=True,
            samesite="strict",
        )

    def take(self, response: Response) -> None:
        """Let this browser forget that it may."""
        response.delete_cookie(self._name, path="/", secure=self._settings.https, httponly=True, samesite="strict")


def staff_key(settings: Settings) -> str:
    """The key that is set, else the one in the data folder, made where there is none. Raises OSError, BadKey."""
    return settings.staff_key.strip() or kept_key(settings.data / KEY_NAME)


def kept_key(path: Path) -> str:
    """The key in this file, readable by its owner alone; made where there is none. Raises OSError, and BadKey with a
    sentence where what it holds is no key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _make(path)
    try:
        key = path.read_text("utf-8").strip()
    except UnicodeDecodeError:
        key = ""
    if len(key) < KEY_LEAST:
        said = _(
            "The staff key in {path} is missing or shorter than {least} signs: write a long random one there, or "
            "remove the file and a new one is made."
        )
        raise BadKey(said.format(path=path, least=KEY_LEAST))
    return key


def _make(path: Path) -> None:
    """Write the file whole beside its place, then link it in: of two servers starting at once, one makes it and both
    read that; one that is killed meanwhile leaves no empty key."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w") as file:
            file.write(secrets.token_urlsafe(24) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def cookie_secrets(key_file: Path) -> list[bytes]:
    """Secrets for signing cookies, newest first: drawn from the server's keys, so that all its processes agree. The
    file must be there, as it is once the server key was read. Raises OSError."""
    keys = key_file.read_text("ascii").split()
    return [hashlib.sha256(b"staff cookie " + bytes.fromhex(key)).digest() for key in keys]


def digest(key: str) -> str:
    """What is kept of a staff key: its hex SHA-256. The key is long and random, so nothing slower is needed."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()

"""Who may start meetings: anyone holding the staff key, and then the browser they used it in. It knows no meeting."""

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
from .log.seal import BadKey
from .settings import Settings

KEY_NAME: Final = "staff.key"
KEEP_S: Final = 30 * 24 * 3600
KEY_LEAST: Final = 16
"""A key in the file that is shorter was not all written, or can be guessed."""
PRIVATE: Final = 0o600
IN: Final = "staff"


class Staff:
    """The key, and the signature of cookies given for it. Another key makes all cookies of the old one worthless."""

    def __init__(self, key: str, secrets: Sequence[bytes], settings: Settings) -> None:
        self._key = _digest(key)
        self._settings = settings
        self._name = "__Host-sb-staff" if settings.https else "sb-staff"
        self._signer = URLSafeTimedSerializer(list(reversed(secrets)), salt=b"staff cookie " + self._key)

    def opens(self, typed: str) -> bool:
        """Whether this is the staff key. Takes the same time whatever is wrong with it; nothing typed opens nothing."""
        return bool(typed.strip()) and hmac.compare_digest(_digest(typed.strip()), self._key)

    def holds(self, connection: HTTPConnection) -> bool:
        """Whether this browser was given the cookie, and the cookie is not too old."""
        try:
            signed = self._signer.loads(connection.cookies.get(self._name, ""), max_age=KEEP_S)
        except BadSignature:
            return False
        return bool(signed == IN)

    def give(self, response: Response) -> None:
        """Let this browser start meetings from now on."""
        response.set_cookie(
            self._name,
            self._signer.dumps(IN),
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


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()

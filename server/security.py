"""What holds for every request and every answer: the Origin and Host rules, who is asking, and the headers. It knows no
room and no person; guard.py applies it."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Final

from starlette.types import Scope

if TYPE_CHECKING:
    from .settings import Settings

BODY_MAX: Final = 32 * 1024
RECORD_BODY_MAX: Final = 4 * 1024 * 1024
"""A form with the record of the last meeting in it: read only for staff, and for a command on this machine."""
TAKE_RECORDS: Final = frozenset({"/new", "/admin"})
HSTS_S: Final = 365 * 24 * 3600
DEFAULT_PORT: Final = {"http": "80", "https": "443"}
READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
FORWARDED: Final = frozenset({b"forwarded", b"via", b"x-forwarded-for", b"x-real-ip"})

_HOST: Final = re.compile(r"(?:\[([^\[\]]+)\]|([^:\[\]]+))(?::[0-9]{1,5})?\Z")

CONTENT_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "manifest-src 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
SWITCHED_OFF: Final = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_POLICY,
    # Not `no-referrer`: with it browsers send `Origin: null` with a form and with a beacon, and the Origin rule would
    # refuse our own pages. Other sites learn no address from either.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join((*(f"{name}=()" for name in SWITCHED_OFF), "screen-wake-lock=(self)")),
    "X-Robots-Tag": "noindex, nofollow",
}


def origin_ok(scope: Scope, settings: Settings) -> bool:
    """Whether a POST or a socket came from our own pages: its Origin is that of the public address or, where none is
    set, the scheme and Host of the request itself. No Origin is no."""
    origin = _one(scope, b"origin")
    if not origin or origin == "null":
        return False
    if settings.url:
        return origin == settings.url
    host = _one(scope, b"host")
    if host is None or not host_ok(scope, settings):
        return False
    scheme = _scheme(scope)
    return origin == f"{scheme}://{_bare(host, scheme)}"


def host_ok(scope: Scope, settings: Settings) -> bool:
    """Whether this server may answer under the name it was asked by. Without a public address only numbers and
    `localhost` count: any other name could be one that an attacker points here."""
    if settings.url:
        return True
    host = _one(scope, b"host")
    return host is not None and _is_number_or_localhost(host)


def base_of(scope: Scope, settings: Settings) -> str:
    """What links begin with: the public address, else the scheme and Host of this request, which `host_ok` checked."""
    if settings.url:
        return settings.url
    scheme = _scheme(scope)
    return f"{scheme}://{_bare(_one(scope, b'host') or '', scheme)}"


def is_loopback(scope: Scope) -> bool:
    """Whether a request comes from this machine itself, and not through a proxy that runs on it."""
    client = scope.get("client")
    if not client or any(name in FORWARDED for name, _ in scope["headers"]):
        return False
    try:
        return ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False


def address_of(scope: Scope) -> str:
    """Who to count this request for: the address it comes from; of version 6, the network that one household gets."""
    client = scope.get("client")
    try:
        address = ipaddress.ip_address(client[0] if client else "")
    except ValueError:
        return ""
    if address.version == 6:
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _scheme(scope: Scope) -> str:
    scheme = str(scope["scheme"])
    return {"ws": "http", "wss": "https"}.get(scheme, scheme)


def _bare(host: str, scheme: str) -> str:
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port == DEFAULT_PORT.get(scheme) and not name.endswith(":") else host.lower()


def _one(scope: Scope, name: bytes) -> str | None:
    """The header's value; None where it is missing or was sent twice."""
    values = [value for key, value in scope["headers"] if key == name]
    return values[0].decode("latin-1") if len(values) == 1 else None


def _is_number_or_localhost(host: str) -> bool:
    read = _HOST.match(host)
    if read is None:
        return False
    try:
        return host.lower().partition(":")[0] == "localhost" or bool(ipaddress.ip_address(read[1] or read[2]))
    except ValueError:
        return False

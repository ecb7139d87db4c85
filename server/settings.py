"""How this server is set up: one frozen value, read from SIGNBOARD_* once, at the start. It opens no file."""

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

PREFIX: Final = "SIGNBOARD_"
LOOPBACK: Final = ("127.0.0.1", "::1")
DEFAULT_EXIT: Final = "https://www.bbc.co.uk/weather"
DEFAULT_DATA: Final = "data"
DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class BadSetting(Exception):
    """A setting is unknown or cannot be used. Its text is one sentence that names it and says what was expected."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`url` is the public address without a slash at its end, "" when nothing is said; `redis` "" means SQLite in
    `data`; `practice` None means the templates that come along; `proxies` are believed about who the visitor is."""

    data: Path = Path(DEFAULT_DATA)
    redis: str = ""
    url: str = ""
    staff_key: str = field(default="", repr=False)
    practice: Path | None = None
    key_file: Path = Path("signboard.key")
    exit: str = DEFAULT_EXIT
    proxies: tuple[str, ...] = LOOPBACK
    unsafe_redis: bool = False

    @property
    def https(self) -> bool:
        """Whether people reach this server by https."""
        return self.url.startswith("https://")

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """The settings in this environment; an empty value counts as unset. Raises BadSetting."""
        found: dict[str, Any] = {}
        for name, text in env.items():
            if not name.startswith(PREFIX):
                continue
            reader = READERS.get(name)
            if reader is None:
                raise BadSetting(
                    _("{name} is not a setting. The settings are: {all}.").format(name=name, all=", ".join(READERS))
                )
            if text.strip():
                key, read, expected = reader
                try:
                    found[key] = read(text)
                except ValueError:
                    raise BadSetting(_("{name} must be {expected}.").format(name=name, expected=expected)) from None
        if "key_file" not in found:
            found["key_file"] = default_key_file(env, found.get("data", Path(DEFAULT_DATA)))
        return cls(**found)


def default_key_file(env: Mapping[str, str], data: Path) -> Path:
    """Where the server key lives when nothing is said: with the person's own settings, else beside the data folder.
    Never inside it, so that a copy of that folder alone opens nothing."""
    for base in (env.get("XDG_CONFIG_HOME", ""), f"{env['HOME']}/.config" if env.get("HOME") else ""):
        if base.startswith("/"):
            return Path(base) / "signboard" / "key"
    return data.absolute().with_name("signboard.key")


def origin_of(address: str) -> str:
    """Scheme, host and port of an http address, as a browser would write them. Raises ValueError."""
    parts = urlsplit(address)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.username is not None:
        raise ValueError(address)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = "" if parts.port in (None, DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def is_local(address: str) -> bool:
    """Whether an address leads only to the machine it is opened on, so that a phone cannot follow it."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return False
    return ip.is_loopback or ip.is_unspecified


def _path(text: str) -> Path:
    if "\0" in text:
        raise ValueError(text)
    return Path(text).expanduser()


def _public(text: str) -> str:
    parts = urlsplit(text.strip())
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(text)
    return origin_of(text.strip())


def _web(text: str) -> str:
    origin_of(text.strip())
    if not text.strip().isascii() or any(sign.isspace() for sign in text.strip()):
        raise ValueError(text)
    return text.strip()


def _redis(text: str) -> str:
    if urlsplit(text.strip()).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError(text)
    return text.strip()


def _proxies(text: str) -> tuple[str, ...]:
    return tuple(_network(one.strip()) for one in text.split(","))


def _network(text: str) -> str:
    return str(ipaddress.ip_network(text) if "/" in text else ipaddress.ip_address(text))


def _yes(text: str) -> bool:
    answers = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
    if text.strip().lower() not in answers:
        raise ValueError(text)
    return answers[text.strip().lower()]


READERS: Final[dict[str, tuple[str, Callable[[str], Any], str]]] = {
    "SIGNBOARD_DATA": ("data", _path, _("a folder")),
    "SIGNBOARD_REDIS": ("redis", _redis, _("an address such as redis://localhost:6379/0")),
    "SIGNBOARD_URL": ("url", _public, _("an address such as https://board.example.org, with nothing after the name")),
    "SIGNBOARD_STAFF_KEY": ("staff_key", str.strip, _("a long random text")),
    "SIGNBOARD_PRACTICE": ("practice", _path, _("a folder of templates")),
    "SIGNBOARD_KEY_FILE": ("key_file", _path, _("a file outside the data folder")),
    "SIGNBOARD_EXIT": ("exit", _web, _("an address such as {example}").format(example=DEFAULT_EXIT)),
    "SIGNBOARD_PROXIES": ("proxies", _proxies, _("addresses or networks with commas between, such as 10.0.0.0/8")),
    "SIGNBOARD_UNSAFE_REDIS": ("unsafe_redis", _yes, _("1 or 0")),
}
"""Every setting: the field it fills, how it is read, and what is expected."""

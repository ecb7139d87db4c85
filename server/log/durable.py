"""Whether this Redis keeps what it answered, through a power cut. Asked once, before anything is written."""

from gettext import gettext as _
from typing import Any

from .link import Link

OLDEST = 7
SETTINGS = ("appendonly", "appendfsync", "maxmemory-policy")


class UnsafeRedis(Exception):
    """This Redis could lose what people were told is safe. `reasons` are plain sentences, one for each."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


async def weaknesses(link: Link) -> tuple[str, ...]:
    """A sentence for each way in which this Redis could lose an answered write; () when there is none. Raises
    Unavailable."""
    info, *configs = await link.ask(("INFO", "server"), *[("CONFIG", "GET", setting) for setting in SETTINGS])
    found: dict[str, str] = {}
    for config in configs:
        if isinstance(config, list) and len(config) == 2:
            found[config[0].decode()] = config[1].decode()
    return judge(_version(info), found)


def judge(version: str, settings: dict[str, str]) -> tuple[str, ...]:
    """The same, from what Redis said of itself. A setting that is missing could not be read."""
    reasons = []
    if int(version.split(".")[0] or 0) < OLDEST:
        reasons.append(_("Redis is version {version}; Signboard needs 7 or newer.").format(version=version or "?"))
    if any(setting not in settings for setting in SETTINGS):
        reasons.append(
            _("Redis does not let Signboard read its settings (CONFIG GET), so it cannot tell whether it is safe.")
        )
    if settings.get("appendonly", "yes") != "yes":
        reasons.append(_("Redis keeps nothing on disk as it is written: set appendonly yes."))
    if settings.get("appendfsync", "always") != "always":
        reasons.append(_("Redis answers before the disk has it: set appendfsync always."))
    if settings.get("maxmemory-policy", "noeviction") != "noeviction":
        reasons.append(_("Redis may throw meetings away when memory is short: set maxmemory-policy noeviction."))
    return tuple(reasons)


def _version(info: Any) -> str:
    lines = info.decode().splitlines() if isinstance(info, bytes) else []
    return next((line.partition(":")[2] for line in lines if line.startswith("redis_version:")), "")

"""Whether this server is set up well: one plain sentence for each thing it stands on. It makes nothing that a first
start would not make."""

from __future__ import annotations

import http.client
import json
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from . import practice
from .app import open_store
from .catalogue import gettext as _
from .hub import Store
from .links import local_hint
from .log import Unavailable
from .log.durable import UnsafeRedis
from .log.register import Place
from .log.seal import BadKey, ServerKey
from .log.sqlitefile import CannotOpen
from .serve import SERVER_JSON, Taken, locked
from .settings import Settings, is_local
from .staff import KEY_NAME, kept_key

STAFF_KEY_SHORT: Final = 16
ANSWER_WITHIN_S: Final = 5.0


class Finding(NamedTuple):
    """One sentence, and whether all is well with it; what is not well stands in the way of serving all meetings."""

    well: bool
    said: str


async def examine(settings: Settings) -> list[Finding]:
    """Look at settings, templates, key and storage."""
    storage, kept = await _storage(settings)
    return [*_address(settings), _staff(settings), _practice(settings), *_key(settings, kept), *storage]


def _address(settings: Settings) -> list[Finding]:
    if not settings.url:
        said = _("No public address is set: links lead to the address a page was opened with, which must be a number.")
        return [Finding(True, said)]
    findings = [Finding(True, _("People reach this server at {url}.").format(url=settings.url))]
    if is_local(settings.url):
        findings.append(Finding(True, local_hint(settings.url)))
    elif not settings.https:
        findings.append(Finding(True, _("That address is not encrypted: on the way, others can read what is written.")))
    return findings


def _staff(settings: Settings) -> Finding:
    if not settings.staff_key:
        kept = settings.data / KEY_NAME
        try:
            if kept.exists():
                kept_key(kept)
        except BadKey as error:
            return Finding(False, str(error))
        except OSError:
            # What is wrong with the folder is said of the storage.
            pass
        if settings.redis:
            said = _(
                "No staff key is set, and each data folder has its own: set the same one for all servers on this Redis."
            )
            return Finding(True, said)
        return Finding(True, _("No staff key is set: the server makes one and prints a link when it starts."))
    if len(settings.staff_key) < STAFF_KEY_SHORT:
        return Finding(True, _("The staff key is short. A long random one is safer."))
    return Finding(True, _("The staff key is set."))


def _practice(settings: Settings) -> Finding:
    try:
        names = ", ".join(practice.load(settings.practice))
    except practice.BadTemplate as error:
        return Finding(False, str(error))
    return Finding(True, _("Meetings can be started from these templates: {names}.").format(names=names))


def _key(settings: Settings, kept: Sequence[Place] | None) -> list[Finding]:
    """Whether the key file opens the rooms that are `kept`; None where they cannot be looked at from here."""
    path = settings.key_file
    if not path.exists() and not kept:
        # A server that runs has long read its key: whoever looks only now would else hear that all is well.
        if kept is None:
            return [
                Finding(False, _("There is no key file {path} for the meetings that are stored.").format(path=path))
            ]
        findings = [Finding(True, _("The key file {path} will be made at the first start.").format(path=path))]
    else:
        try:
            key = ServerKey.load(path, kept=kept or ())
        except BadKey as error:
            return [Finding(False, str(error))]
        findings = [_opened(path, key, kept or ())]
    if path.absolute().is_relative_to(settings.data.absolute()):
        findings.append(
            Finding(
                True, _("It lies in the data folder, so a copy of that folder opens every meeting. Move it elsewhere.")
            )
        )
    return findings


def _opened(path: Path, key: ServerKey, kept: Sequence[Place]) -> Finding:
    closed = sum(not key.opens(place) for place in kept)
    if closed:
        said = _(
            "The key file {path} does not open {closed} of {all} meetings: they were made with another key. "
            "Every machine needs the same file, and a key that was replaced stays in it."
        )
        return Finding(False, said.format(path=path, closed=closed, all=len(kept)))
    if kept:
        return Finding(True, _("The key file {path} opens the meetings that are stored.").format(path=path))
    return Finding(True, _("The key file {path} can be read.").format(path=path))


async def _storage(settings: Settings) -> tuple[list[Finding], Sequence[Place] | None]:
    """What there is to say about the storage, and the rooms it keeps; None where they cannot be looked at."""
    try:
        with nullcontext() if settings.redis else locked(settings.data):
            async with open_store(settings) as store:
                return _kept(settings, store), await store.all()
    except Taken:
        return [_running(settings)], None
    except UnsafeRedis as error:
        return [Finding(False, reason) for reason in error.reasons], None
    except Unavailable:
        return [Finding(False, _("Redis does not answer at the address in SIGNBOARD_REDIS."))], None
    except CannotOpen as error:
        return [Finding(False, str(error))], None
    except OSError as error:
        said = _("The data folder {folder} cannot be used: {why}.").format(folder=settings.data, why=error.strerror)
        return [Finding(False, said)], None


def _kept(settings: Settings, store: Store) -> list[Finding]:
    if not settings.redis:
        said = _("Meetings are kept in {folder}, on disk before anybody hears that they are.")
        return [Finding(True, said.format(folder=settings.data))]
    reasons: tuple[str, ...] = getattr(store, "unsafe", ())
    if reasons:
        return [
            *(Finding(True, reason) for reason in reasons),
            Finding(True, _("It is used all the same, because SIGNBOARD_UNSAFE_REDIS says so.")),
        ]
    return [Finding(True, _("Meetings are kept in Redis, on its disk before anybody hears that they are."))]


def _running(settings: Settings) -> Finding:
    """The data folder is held: by a server that runs well, one hopes."""
    try:
        address = json.loads((settings.data / SERVER_JSON).read_text("utf-8"))["address"]
        line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=ANSWER_WITHIN_S)
        line.request("GET", "/readyz")
        ready = line.getresponse().status == 200
        line.close()
    except (OSError, ValueError, KeyError, http.client.HTTPException):
        return Finding(False, _("Another program holds the data folder {folder}.").format(folder=settings.data))
    if not ready:
        return Finding(
            False, _("The server at {address} runs, but its storage does not answer.").format(address=address)
        )
    return Finding(True, _("The server at {address} runs, and its storage answers.").format(address=address))

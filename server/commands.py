"""Orders from the command line: make, record, erase or verify a meeting. A server that holds the data folder carries
them out; otherwise the store is opened here."""

from __future__ import annotations

import http.client
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from . import practice
from .admin import CannotDo, carry_out
from .app import open_key, open_store
from .catalogue import gettext as _
from .hub import Hub
from .lastmeeting import FILE_MAX
from .record.forms import write
from .record.model import Record
from .serve import SERVER_JSON, Taken, locked
from .settings import Settings

DEFAULT_ADDRESS: Final = "http://127.0.0.1:8000"
ANSWER_WITHIN_S: Final = 30.0


async def give_order(settings: Settings, order: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Have an order carried out, by the running server or here. Returns what to print. Raises CannotDo, BadKey, OSError
    and what opening the storage raises."""
    try:
        with nullcontext() if settings.redis else locked(settings.data):
            templates = practice.load(settings.practice)
            async with open_store(settings) as store:
                key = await open_key(settings, store)
                async with Hub(store, key) as hub:
                    return await carry_out(hub, templates, order, fields, base=settings.url or DEFAULT_ADDRESS)
    except Taken:
        return _send(settings, order, fields)


async def record_of(settings: Settings, args: Mapping[str, Any], tell: Callable[[str], None]) -> bytes:
    """A record in the form asked for; `tell` hears how far it is. Raises as `give_order` does, and CannotWrite."""
    tell(_("Reading the meeting…"))
    fields = {"room": args["room"], "format": args["format"], "for": args["for_"]}
    flags = {flag: "yes" for flag in ("family", "plan") if args[flag]}
    answer = await give_order(settings, "record", {**fields, **flags})
    tell(_("Writing the record…"))
    return write(msgspec.convert(answer["record"], Record), args["format"])


def read_record(file: Path) -> str:
    """The record of the last meeting in this file, as text; what cannot be read as text is no record, and is refused as
    such later. Raises CannotDo for an empty file, which would say that there is no last meeting, and OSError."""
    with file.open("rb") as content:
        text = content.read(FILE_MAX + 1).decode("utf-8", "replace")
    if not text.strip():
        raise CannotDo(_("This is not a record in JSON that this version can read."))
    return text


def keep(file: Path, content: bytes) -> None:
    """Put this into a file that only its owner may read, whole and on the disk, or leave the file as it was. Raises
    OSError."""
    with tempfile.NamedTemporaryFile(dir=file.absolute().parent, prefix=f".{file.name}.", delete=False) as new:
        try:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
            Path(new.name).replace(file)
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise
    folder = os.open(file.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _send(settings: Settings, order: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Hand the order to the server that holds the data folder."""
    try:
        known = json.loads((settings.data / SERVER_JSON).read_text("utf-8"))
        address, token = known["address"], known["token"]
    except (OSError, ValueError, KeyError):
        raise CannotDo(_("Another command uses the data folder just now. Please try again in a moment.")) from None
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=ANSWER_WITHIN_S)
    try:
        line.request(
            "POST",
            "/admin",
            json.dumps({"order": order, **fields}),
            {
                "Authorization": f"Bearer {token}",
                "Content-Type": "application/json",
                # The running server may have been started with another public address than this command sees.
                "Origin": known.get("origin", address),
            },
        )
        response = line.getresponse()
        status, body = response.status, response.read()
    except OSError:
        raise CannotDo(_("The running server at {address} does not answer.").format(address=address)) from None
    finally:
        line.close()
    try:
        answer: dict[str, Any] = json.loads(body)
    except ValueError:
        answer = {}
    if status != 200:
        sentence = answer.get("why") or _("The running server did not take the order ({status}).").format(status=status)
        raise CannotDo(sentence)
    return answer

"""Orders to the running server from a command on the same machine. It does what the commands would do themselves if
they could open the store."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from .board.template import Template
from .catalogue import gettext as _
from .catalogue import ngettext
from .fields import fields_of
from .hub import Hub
from .log import Gone
from .log.roomlog import verify
from .opening import CannotOpen, open_meeting, wish
from .security import is_loopback
from .session import is_room
from .site import base, site_of


class CannotDo(Exception):
    """An order that cannot be carried out. Its text is a sentence that says why."""


async def carry_out(
    hub: Hub, templates: Mapping[str, Template], order: str, fields: Mapping[str, Any], *, base: str
) -> dict[str, Any]:
    """Do what a command asks: `new`, `erase` or `verify`. Returns what the command prints. Raises CannotDo,
    Unavailable."""
    match order:
        case "new":
            try:
                made = await open_meeting(hub, templates, wish(fields), base=base)
            except CannotOpen as error:
                raise CannotDo(str(error)) from None
            return msgspec.structs.asdict(made)
        case "erase":
            return await _erase(hub, str(fields.get("room", "")))
        case "verify":
            return await _verify(hub, str(fields.get("room", "")))
        case _:
            raise CannotDo(_("There is no such order."))


async def admin(request: Request) -> Response:
    """`POST /admin`: `{"order", …}` from this machine, with the token that stands in server.json."""
    site = site_of(request)
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    known = bool(site.admin_token) and hmac.compare_digest(token.encode(), site.admin_token.encode())
    if not known or not is_loopback(request.scope):
        raise HTTPException(404)
    fields = await fields_of(request)
    order = fields.pop("order", "")
    try:
        return JSONResponse(await carry_out(site.hub, site.templates, order, fields, base=base(request)))
    except CannotDo as error:
        return JSONResponse({"why": str(error)}, 422)


async def _erase(hub: Hub, room: str) -> dict[str, Any]:
    if not is_room(room) or await hub.store.find(room) is None:
        raise CannotDo(_("There is no meeting with this id, or it was erased already."))
    await hub.erase(room)
    return {"room": room, "said": _("The meeting is erased: its words, its people and its key are gone.")}


async def _verify(hub: Hub, room: str) -> dict[str, Any]:
    if not is_room(room) or await hub.store.find(room) is None:
        raise CannotDo(_("There is no meeting with this id, or it was erased."))
    try:
        report = await verify(hub.store, room)
    except Gone:
        raise CannotDo(_("There is no meeting with this id, or it was erased.")) from None
    if report.bad is not None:
        raise CannotDo(_("The chain breaks at entry {seq}: {why}.").format(seq=report.bad, why=report.why))
    said = ngettext(
        "The chain of %(num)s entry is whole.", "The chain of all %(num)s entries is whole.", report.entries
    ) % {"num": report.entries}
    return {"room": room, "entries": report.entries, "erased": report.erased, "head": report.head, "said": said}

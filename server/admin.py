"""Orders to the running server from a command on the same machine. It does what the commands would do themselves if
they could open the store."""

from __future__ import annotations

import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from . import people, personorders, recordorders
from .board import words
from .board.refusal import Refused
from .board.template import Template
from .catalogue import gettext as _
from .catalogue import ngettext
from .fields import fields_of
from .hub import Hub, NoRoom, Store, now_ms
from .links import key_link
from .log import Gone
from .log.register import StaffKey
from .log.roomlog import verify
from .opening import CannotOpen, open_meeting, wish
from .room import Room
from .security import is_loopback
from .session import hash_secret, is_room, key_text, new_secret
from .site import base, site_of
from .staff import digest

RoomOrder = Callable[[Room, Mapping[str, Any]], Awaitable[dict[str, Any]]]


class CannotDo(Exception):
    """An order that cannot be carried out. Its text is a sentence that says why."""


async def carry_out(
    hub: Hub, templates: Mapping[str, Template], order: str, fields: Mapping[str, Any], *, base: str
) -> dict[str, Any]:
    """Do what a command asks: `new`, `record`, `person`, `erase`, `verify`, `link` or `staff`. Returns what the command
    prints. Raises CannotDo, Unavailable."""
    match order:
        case "new":
            try:
                made = await open_meeting(hub, templates, wish(fields), base=base)
            except CannotOpen as error:
                raise CannotDo(str(error)) from None
            return msgspec.structs.asdict(made)
        case "record":
            return await _of_room(hub, fields, recordorders.record)
        case "person":
            return await _of_room(hub, fields, lambda room, fields: personorders.person(hub, room, fields))
        case "erase":
            return await _erase(hub, str(fields.get("room", "")))
        case "verify":
            return await _verify(hub, str(fields.get("room", "")))
        case "link":
            return await _link(hub, str(fields.get("room", "")), str(fields.get("role", "")), base=base)
        case "staff":
            return await _staff(hub.store, str(fields.get("do", "")), str(fields.get("name", "")), base=base)
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
    # Noted elsewhere, it shows later whether the whole chain was written anew.
    said += "\n" + _("Its head is {head}.").format(head=report.head)
    return {"room": room, "entries": report.entries, "erased": report.erased, "head": report.head, "said": said}


async def _of_room(hub: Hub, fields: Mapping[str, Any], order: RoomOrder) -> dict[str, Any]:
    id = str(fields.get("room", ""))
    if not is_room(id) or await hub.store.find(id) is None:
        raise CannotDo(_("There is no meeting with this id, or it was erased."))
    try:
        return await order(await hub.room(id), fields)
    except (NoRoom, Gone):
        raise CannotDo(_("There is no meeting with this id, or it was erased.")) from None
    except recordorders.CannotFind as error:
        raise CannotDo(str(error)) from None


async def _link(hub: Hub, id: str, role: str, *, base: str) -> dict[str, Any]:
    if not is_room(id) or await hub.store.find(id) is None:
        raise CannotDo(_("There is no meeting with this id, or it was erased."))
    if role not in {"facilitator", "wall"}:
        raise CannotDo(_("Please say for whom the link is: --facilitator or --wall."))
    secret = new_secret()
    try:
        room = await hub.room(id)
        await people.renew_link(room, role="facilitator" if role == "facilitator" else "wall", key=hash_secret(secret))
    except (NoRoom, Gone, Refused):
        raise CannotDo(_("There is no meeting with this id, or it was erased.")) from None
    link = key_link(base, key_text(id, secret))
    said = _("The new link: {link}\nThe one before opens nothing any more, and whoever came in by it is signed out.")
    return {"room": id, "link": link, "said": said.format(link=link)}


async def _staff(store: Store, do: str, name: str, *, base: str) -> dict[str, Any]:
    known = {one.name: one for one in await store.staff()}
    match do:
        case "list":
            names = "\n".join(
                f"{time.strftime('%Y-%m-%d', time.localtime(one.at / 1000))}  {one.name}" for one in known.values()
            )
            return {"names": list(known), "said": names or _("There is no staff key but the one that is set.")}
        case "add":
            return await _add_staff(store, name, name in known, base=base)
        case "remove" if name in known:
            await store.remove_staff(name)
            return {"name": name, "said": _("“{name}” may start no meetings any more.").format(name=name)}
        case "remove":
            raise CannotDo(_("There is no staff key of this name."))
        case _:
            raise CannotDo(_("There is no such order."))


async def _add_staff(store: Store, name: str, known: bool, *, base: str) -> dict[str, Any]:
    if known:
        raise CannotDo(_("There is a staff key of this name already. Remove it first."))
    try:
        words.keep(name, words.NAME_MAX)
    except Refused as refused:
        raise CannotDo(_(refused.why)) from None
    key = new_secret()
    await store.add_staff(StaffKey(name, digest(key), now_ms()))
    link = f"{base}/staff#{key}"
    said = _("The staff link of “{name}”, shown once: {link}")
    return {"name": name, "link": link, "said": said.format(name=name, link=link)}

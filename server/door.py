"""The door of a meeting: coming in by code or by a link. Who is let in is decided in the room; going out stands in
away.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from . import people
from .board.refusal import Refused
from .catalogue import gettext as _
from .fields import fields_of, from_script
from .hub import NoRoom
from .ids import CODE_LENGTH, new_id, plain_code
from .links import key_link, square
from .log import Gone
from .pages import ended, expecting, has_ended, home
from .room import Room
from .session import cookies_of, give_cookie, hash_secret, key_text, new_secret, read_key
from .site import address, base, held, in_time, now, site_of, standing_of

TOO_MANY: Final = 429
NOT_YET: Final = frozenset({"none", "left"})


async def by_code(request: Request) -> Response:
    """`POST /go`: the code from the start page."""
    typed = (await fields_of(request)).get("code", "")
    try:
        room = await _find(request, typed)
    except NoRoom:
        return home(request, error=_wrong_code(), status=404, values={"code": typed})
    return RedirectResponse(f"/join/{_code(room)}", 303)


async def join_page(request: Request) -> Response:
    """`/join/{code}`: the page before the first sensitive one."""
    typed = request.path_params["code"]
    try:
        room = await _find(request, typed)
    except NoRoom:
        return home(request, error=_wrong_code(), status=404, values={"code": typed})
    if _standing(request, room) not in NOT_YET:
        return RedirectResponse(f"/m/{room.id}", 303)
    return ended(request, room) if has_ended(room) else _join_form(request, room)


async def join(request: Request) -> Response:
    """`POST /join/{code}`: ask to come in. Again, from the same browser, it is the same person, perhaps renamed."""
    site = site_of(request)
    fields = await fields_of(request)
    if not site.joins.spend(address(request), now()):
        return _sorry(request, _("Many people are coming in at once. Please try again in a minute."), TOO_MANY)
    try:
        room = await _find(request, request.path_params["code"])
    except NoRoom:
        if from_script(request):
            return _no("no-room", _wrong_code(), 404)
        return home(request, error=_wrong_code(), status=404, values={"code": request.path_params["code"]})
    answer = RedirectResponse(f"/m/{room.id}", 303)
    try:
        match _standing(request, room):
            case standing if standing in NOT_YET:
                if has_ended(room):
                    raise Refused("closed")
                secret = new_secret()
                async with in_time():
                    await people.join(
                        room,
                        id=new_id(),
                        name=fields.get("name", ""),
                        role=fields.get("role", ""),
                        agency=fields.get("agency", ""),
                        helping=fields.get("helping", ""),
                        cookie=hash_secret(secret),
                    )
                give_cookie(answer, room.id, secret, site.settings)
            case "waiting":
                person = room.who(held(request, room.id)).person
                async with in_time():
                    await people.rename(room, person=person, name=fields.get("name", ""), device=new_id())
            case _:
                # Inside already, or refused: a refused browser stays refused until the facilitator changes her mind.
                pass
    except Refused as refused:
        if from_script(request):
            return _no(refused.code, _(refused.why), 422)
        if refused.code == "closed":
            return ended(request, room)
        return _join_form(request, room, error=_(refused.why), status=422, values=fields)
    return answer


async def in_page(request: Request) -> Response:
    """`/in`: its script reads the key behind the # and posts it here."""
    return site_of(request).render("in.html", page="in", error="")


async def key_in(request: Request) -> Response:
    """`POST /in`: open the door with a link's key."""
    site = site_of(request)
    read = read_key((await fields_of(request)).get("key", ""))
    if not site.joins.spend(address(request), now()):
        return _no("busy", _("Many people are coming in at once. Please try again in a minute."), TOO_MANY)
    try:
        if read is None:
            raise NoRoom
        room = await site.hub.room(read[0])
        secret = new_secret()
        async with in_time():
            role, fresh = await people.use_key(
                room, key=hash_secret(read[1]), cookie=hash_secret(secret), held=held(request, room.id)
            )
    except (NoRoom, Gone, Refused):
        return _no("no-key", _("This link does not open a meeting any more. Please ring the person who sent it."), 404)
    answer = JSONResponse({"room": room.id, "role": role})
    if fresh:
        give_cookie(answer, room.id, secret, site.settings)
    return answer


async def make_link(request: Request) -> Response:
    """`POST /m/{room}/links`: a link for one's own second device; for another facilitator or a wall, from the desk."""
    room, _cookie, standing = await standing_of(request)
    if standing.viewer is None or standing.person == "wall":
        raise NoRoom
    fields = await fields_of(request)
    for_ = next((one for one in people.LINKS_FOR if one == fields.get("for")), None)
    if for_ is None:
        raise HTTPException(400)
    if not site_of(request).links.spend(f"{room.id}/{standing.person}", now()):
        return _no("busy", _("You have made many links. Please try again in an hour."), TOO_MANY)
    secret = new_secret()
    try:
        async with in_time():
            await people.make_link(
                room,
                for_=for_,
                person=standing.person,
                key=hash_secret(secret),
                id=new_id(),
                name=fields.get("name", ""),
                whom=fields.get("person", ""),
            )
    except Refused as refused:
        return _no(refused.code, _(refused.why), 403)
    link = key_link(base(request), key_text(room.id, secret))
    drawn = square(link)
    return JSONResponse({"link": link, "qr": {"size": drawn.size, "path": drawn.path}})


async def _find(request: Request, typed: str) -> Room:
    """The room with this code. Raises NoRoom; HTTPException 429 where too many wrong codes came from there, unless this
    browser is known in that very room."""
    site = site_of(request)
    if not site.codes.may(address(request), now()) and not await _is_known(request, typed):
        raise HTTPException(TOO_MANY)
    try:
        return await site.hub.by_code(typed)
    except NoRoom:
        site.codes.failed(address(request), now())
        raise


async def _is_known(request: Request, typed: str) -> bool:
    """Whether this browser has a place, or waits for one, in the room with this code. Where it has none, a right code
    and a wrong one look alike."""
    site, code = site_of(request), plain_code(typed)
    if len(code) != CODE_LENGTH or not cookies_of(request, site.settings):
        return False
    place = await site.hub.store.by_code(code)
    if place is None or not held(request, place.room):
        return False
    try:
        return _standing(request, await site.hub.room(place.room)) not in NOT_YET
    except NoRoom:
        return False


def _standing(request: Request, room: Room) -> str:
    return room.who(held(request, room.id)).state


def _code(room: Room) -> str:
    return room.board.meeting.code if room.board.meeting is not None else ""


def _wrong_code() -> str:
    return _("That code does not open a meeting. Check each letter, or ring.")


def _no(code: str, why: str, status: int) -> Response:
    return JSONResponse({"code": code, "why": why}, status)


def _sorry(request: Request, why: str, status: int) -> Response:
    return _no("busy", why, status) if from_script(request) else home(request, error=why, status=status)


def _join_form(
    request: Request, room: Room, *, error: str = "", status: int = 200, values: Mapping[str, str] | None = None
) -> Response:
    meeting = room.board.meeting
    if meeting is None:
        raise NoRoom
    template = meeting.template
    return site_of(request).render(
        "join.html",
        status,
        code=meeting.code,
        roles=template.roles,
        services=template.services,
        told=template.told,
        expect=expecting(request, template.name),
        error=error,
        values=values or {},
    )

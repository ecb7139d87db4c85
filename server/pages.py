"""The pages of a meeting: board, wall and waiting room, as they are first painted. What they show passes through the
room's `view`; what they do afterwards goes over the wire."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from . import packing
from .audience import wall_viewer
from .board.lens import NARROW, Viewer, sees_no_worries
from .board.person import PersonView
from .board.sight import sight
from .brings import brought
from .catalogue import gettext as _
from .fan import shared
from .firstpaint import for_children, parts
from .hub import NoRoom
from .links import Links, join_link, links, picture
from .protocol import BYES
from .room import Room, Standing
from .session import cookie_of, tab_key
from .site import base, site_of, standing_of
from .tongues import TONGUES

SEE_MORE: Final = frozenset({"facilitator", "scribe"})
"""Their pages hold much that others do not see, and are sent as they are: see packing.py."""


async def board(request: Request) -> Response:
    """`/m/{room}`: the board for people inside, the waiting page for those at the door. Raises NoRoom."""
    room, _cookie, standing = await standing_of(request)
    viewer = standing.viewer
    if viewer is None:
        return waiting(request, room, standing)
    if viewer.id == "wall":
        return RedirectResponse(f"/m/{room.id}/wall", 303)
    desk = viewer.lens == "facilitator"
    me = sight(room.board.people[standing.person], viewer)
    known = {
        "room": room.id,
        "lens": viewer.lens,
        "spoken_here": TONGUES,
        "practice": desk and room.board.meeting is not None and room.board.meeting.practice,
        "seal": tab_key(room.log, cookie_of(request, room.id, site_of(request).settings) or ""),
        "you": {"id": standing.person, "role": standing.role, "mine": room.mine(standing.person)},
        "links": _links(request, room) if desk else None,
        "age": me.age if isinstance(me, PersonView) else "",
        "for_children": for_children(room, standing.role),
        "unsafe": list(getattr(site_of(request).hub.store, "unsafe", ())) if desk else [],
    }
    if viewer.lens in SEE_MORE:
        return site_of(request).render("board.html", brings=None, **known, **parts(room, room.view(viewer)))
    # What is this person's alone comes over the wire.
    seen = shared(room.board, viewer)
    packs = packing.is_taken(request.headers.get("accept-encoding", "")) and _all_read_it(room, viewer)
    answer = site_of(request).render.packed if packs else site_of(request).render
    return answer("board.html", brings=brought(room, standing, seen), **known, **parts(room, seen))


def _all_read_it(room: Room, viewer: Viewer) -> bool:
    """Whether everyone who may write onto this page knows all of it, so that its length tells nobody anything new: not
    where a child sees only some of the board, nor where names are hidden, for one's own cards are marked."""
    out = {"removed", "refused"}
    named = room.board.meeting is not None and room.board.meeting.authors == "shown"
    partly = any(sees_no_worries(one) and one.state not in out for one in room.board.people.values())
    return named and (viewer.lens in NARROW or not partly)


async def wall(request: Request) -> Response:
    """`/m/{room}/wall`: for a wall's own link, and for a facilitator who shows her own screen. Raises NoRoom."""
    room, _cookie, standing = await standing_of(request)
    if not _may_show(standing):
        return RedirectResponse(f"/m/{room.id}", 303)
    shown = parts(room, room.view(wall_viewer(room.board)))
    return site_of(request).render("wall.html", room=room.id, links=_links(request, room), **shown)


async def square(request: Request) -> Response:
    """`/m/{room}/qr.svg`: the link to join, for wall and desk. Raises NoRoom."""
    room, _cookie, standing = await standing_of(request)
    if not _may_show(standing):
        raise NoRoom
    return Response(picture(join_link(base(request), _code(room))), media_type="image/svg+xml")


async def plain(request: Request) -> Response:
    """`/m/{room}/plain.json`: plain words for what services say, for people who work with the family. To everyone else
    it is not there. Raises NoRoom."""
    room, _cookie, standing = await standing_of(request)
    if standing.viewer is None or standing.role != "agency" or room.board.meeting is None:
        raise NoRoom
    words = {"plain": room.board.meeting.template.plain}
    return Response(msgspec.json.encode(words), media_type="application/json")


def waiting(request: Request, room: Room, standing: Standing) -> Response:
    """Someone at the door: refused, removed, ended or waiting. No word of the meeting, not even its title."""
    person = room.board.people.get(standing.person)
    # When the meeting was last changed is nothing that a stranger should learn.
    since = person.at if person is not None else None
    ended = standing.state == "waiting" and has_ended(room)
    return site_of(request).render(
        "waiting.html",
        room=room.id,
        state="ended" if ended else standing.state,
        since=time.strftime("%H:%M", time.localtime(since / 1000)) if since is not None else "",
        since_ms=since if since is not None else "",
        name=person.name if person is not None else "",
        links=room.board.meeting.template.links if room.board.meeting is not None else (),
    )


def ended(request: Request, room: Room) -> Response:
    """Someone comes to a meeting that is over."""
    return waiting(request, room, Standing("", "", "waiting"))


def has_ended(room: Room) -> bool:
    """Whether the meeting is over."""
    return room.board.meeting is None or room.board.meeting.state == "closed"


def home(
    request: Request,
    *,
    error: str = "",
    status: int = 200,
    apart: bool = False,
    values: Mapping[str, str] | None = None,
) -> Response:
    """The start page: start a meeting, for staff, or join one by its code. `values` are kept in the form; `apart`
    offers two meetings instead of one."""
    site = site_of(request)
    staff = site.staff.holds(request)
    templates = [{"name": name, "title": template.title} for name, template in site.templates.items()] if staff else []
    return site.render(
        "home.html",
        status,
        staff=staff,
        templates=templates,
        error=error,
        values=values or {},
        apart=apart,
        demo=site.practice is not None,
    )


def no_room(request: Request) -> Response:
    """The same for a meeting that never was, one that was erased, and one this browser is not in."""
    return home(request, error=_(BYES["no-room"]), status=404)


async def check_device(request: Request) -> Response:
    """`/check`: whether this device will do."""
    return site_of(request).render("check.html")


async def expect(request: Request) -> Response:
    """`/expect?kind=`: what to expect of a meeting of this kind; of any, where none or an unknown one is named. Raises
    HTTPException 404 where no template says anything."""
    templates = site_of(request).templates
    asked = templates.get(request.query_params.get("kind", ""))
    chosen = next((one for one in (asked, *templates.values()) if one is not None and one.expect), None)
    if chosen is None:
        raise HTTPException(404)
    return site_of(request).render("expect.html", parts=chosen.expect, links=chosen.links)


def expecting(request: Request, template: str) -> str:
    """What follows `/expect` for meetings of this template, so that the address says no more than it must."""
    return "" if template == next(iter(site_of(request).templates), "") else f"?kind={template}"


async def safe(request: Request) -> Response:
    """`/safe`: staying safe on this phone."""
    return site_of(request).render("safe.html")


def _may_show(standing: Standing) -> bool:
    return standing.viewer is not None and standing.role in {"facilitator", "wall"}


def _code(room: Room) -> str:
    return room.board.meeting.code if room.board.meeting is not None else ""


def _links(request: Request, room: Room) -> Links:
    return links(base(request), _code(room))

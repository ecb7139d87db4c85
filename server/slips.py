"""`/m/{room}/slips`: personal links on paper, a slip for each person who is expected. Each link is shown once, on the
page that is printed, and kept nowhere; for everybody but whoever runs the meeting there is no such page."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from . import people
from .board.model import Board
from .board.person import Person
from .board.refusal import Refused
from .catalogue import gettext as _
from .fields import fields_of
from .hub import NoRoom
from .ids import new_id
from .links import Square, key_link, local_hint, square
from .room import Room, Standing
from .session import hash_secret, key_text, new_secret
from .settings import is_local
from .site import base, in_time, now, site_of, standing_of

LISTED_MOST: Final = 36
"""So many fit into one form, see FIELDS_MOST in fields.py. Those who have a link already come last."""
TOO_MANY: Final = 429


class Guest(msgspec.Struct, frozen=True):
    """Somebody a slip can be made for. `how` they take part: expected, apologies, room or phone. `linked`: a link was
    made for them before, and a new one ends it. `chosen`: it goes without saying that they get one."""

    id: str
    name: str
    role: str
    agency: str
    how: str
    linked: bool
    chosen: bool


class Slip(msgspec.Struct, frozen=True):
    """A slip: whose it is, their own link, and the same as a QR code; None where no phone could follow it."""

    name: str
    link: str
    square: Square | None


async def choose(request: Request) -> Response:
    """Whom to make slips for. Raises NoRoom."""
    room, _standing = await _run_by(request)
    return _choose(request, room)


async def made(request: Request) -> Response:
    """The slips, each with a new link. Raises NoRoom."""
    room, standing = await _run_by(request)
    fields = await fields_of(request)
    chosen = [one for one in guests(room.board) if f"for-{one.id}" in fields]
    if not chosen:
        return _choose(request, room, error=_("Choose at least one person."), status=422)
    # All or none: whoever gets no slip must not lose the link they had.
    links, name = site_of(request).links, f"{room.id}/{standing.person}"
    if links.left(name, now()) < len(chosen):
        return _choose(
            request, room, error=_("You have made many links. Please try again in an hour."), status=TOO_MANY
        )
    for _one in chosen:
        links.spend(name, now())
    async with in_time():
        slips = await asyncio.gather(*(_slip(room, standing.person, one, base(request)) for one in chosen))
    return site_of(request).render(
        "slips.html",
        slips=[slip for slip in slips if slip is not None],
        missing=[one.name for one, slip in zip(chosen, slips, strict=True) if slip is None],
        title=room.board.meeting.title if room.board.meeting is not None else "",
        **_known(request, room),
    )


def guests(board: Board) -> list[Guest]:
    """Who is on the list and has no device here: those without a link first, and among them those who are expected."""
    linked = {one.person for one in board.keys.values()}
    there = [
        Guest(
            id=one.id,
            name=one.name,
            role=one.role,
            agency=one.agency,
            how=one.how if one.state == "here" else one.state,
            linked=one.id in linked,
            # A link that somebody may have in their hands ends only for whom that is said.
            chosen=one.state == "expected" and one.id not in linked,
        )
        for one in board.people.values()
        if _has_no_device(one)
    ]
    return sorted(there, key=lambda one: (one.linked, not one.chosen, one.name, one.id))


def _has_no_device(person: Person) -> bool:
    """Whether somebody is on the list alone: a link signs out whoever is in."""
    return person.state in {"expected", "apologies"} or (person.state == "here" and person.how != "device")


async def _slip(room: Room, by: str, guest: Guest, base: str) -> Slip | None:
    """A slip, or None where that person came in, or was taken off the list, a moment ago."""
    secret = new_secret()
    try:
        await people.make_link(room, for_="person", person=by, key=hash_secret(secret), id=new_id(), whom=guest.id)
    except Refused:
        return None
    link = key_link(base, key_text(room.id, secret))
    return Slip(name=guest.name, link=link, square=None if is_local(base) else square(link))


async def _run_by(request: Request) -> tuple[Room, Standing]:
    """The room and how this browser stands in it. Raises NoRoom for everybody but whoever runs it."""
    room, _cookie, standing = await standing_of(request)
    if standing.viewer is None or standing.viewer.lens != "facilitator":
        raise NoRoom
    return room, standing


def _choose(request: Request, room: Room, *, error: str = "", status: int = 200) -> Response:
    there = guests(room.board)
    meeting = room.board.meeting
    return site_of(request).render(
        "slipsfor.html",
        status,
        guests=there[:LISTED_MOST],
        more=max(0, len(there) - LISTED_MOST),
        roles=meeting.template.roles if meeting is not None else {},
        error=error,
        **_known(request, room),
    )


def _known(request: Request, room: Room) -> Mapping[str, Any]:
    """What both pages say of the address."""
    local = is_local(base(request))
    return {"room": room.id, "local_hint": local_hint(base(request)) if local else ""}

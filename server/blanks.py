"""`/m/{room}/sheets`: blank sheets for numbers, one for each scale that can be asked, for people who would rather write
on paper. For whoever runs the meeting and whoever writes it down; for everybody else there is no such page."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from .hub import NoRoom
from .pages import SEE_MORE
from .record.compose import Composer
from .record.numbers import Scale
from .record.said import Said
from .record.setlines import scales, sets
from .site import site_of, standing_of


class Blank(msgspec.Struct, frozen=True):
    """A blank sheet: the scale, and the goal it is about where it is a goal's own. Never the worry: a paper is read by
    whoever finds it."""

    scale: Scale
    goal: Said | None = None


async def sheets(request: Request) -> Response:
    """The sheets. Raises NoRoom."""
    room, _cookie, standing = await standing_of(request)
    viewer, meeting = standing.viewer, room.board.meeting
    if viewer is None or viewer.lens not in SEE_MORE or meeting is None:
        raise NoRoom
    line = Composer(room.view(viewer), meeting.template, {}, lambda id: False)
    return site_of(request).render(
        "blanks.html", room=room.id, blanks=list(blanks(line)), goal_side=meeting.template.sets.goal_side
    )


def blanks(line: Composer) -> Iterator[Blank]:
    """A sheet for every scale that can be asked: that of the whole meeting, and of each worry that is open."""
    there = {one.id: one for one in sets(line) if one.state == "board"}
    for scale in scales(line):
        if not scale.set:
            yield Blank(scale)
        elif one := there.get(scale.set):
            # A worry's name is words of the worry: by its number people find it on the board.
            about = f"{one.number}. {', '.join(one.children)}" if one.children else f"{one.number}."
            yield Blank(replace(scale, about=Said(text=about)), one.goal)

"""The pages of a meeting: board, wall and waiting room, as they are first painted. What they show passes through the
room's `view`; what they do afterwards goes over the wire."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from . import packing
from .audience import wall_viewer
from .board.ask import View
from .board.cards import CardView
from .board.decisions import DecisionView, DissentView
from .board.lens import NARROW, Viewer, sees_no_worries
from .board.meeting import COLUMNS, MeetingView
from .board.nextstep import StepView
from .board.owners import OwnerView
from .board.person import PersonView
from .board.sight import sight
from .board.template import SETS, ChildWords, Phase
from .board.thoughts import ThoughtView
from .board.translations import TranslationView
from .brings import brought
from .catalogue import gettext as _
from .fan import shared
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
        "for_children": _for_children(room, standing.role),
        "unsafe": list(getattr(site_of(request).hub.store, "unsafe", ())) if desk else [],
    }
    if viewer.lens in SEE_MORE:
        return site_of(request).render("board.html", brings=None, **known, **_parts(room, room.view(viewer)))
    # What is this person's alone comes over the wire.
    seen = shared(room.board, viewer)
    packs = packing.is_taken(request.headers.get("accept-encoding", "")) and _all_read_it(room, viewer)
    answer = site_of(request).render.packed if packs else site_of(request).render
    return answer("board.html", brings=brought(room, standing, seen), **known, **_parts(room, seen))


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
    shown = _parts(room, room.view(wall_viewer(room.board)))
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


def _left_open(seen: Mapping[str, Mapping[str, View]], cards: Mapping[str, list[CardView]]) -> dict[str, Any]:
    """What is still open: cards that say what we don't know yet, and the thoughts that may be seen by whoever looks at
    this screen. What only the facilitator sees is in her panel alone."""
    thoughts = [one for one in seen.get("thought", {}).values() if isinstance(one, ThoughtView)]
    here = [card for column in cards.values() for card in column if not (card.aside or card.kept or card.tray)]
    return {
        "unknowns": [card for card in here if card.unknown is not None],
        "thoughts": sorted((one for one in thoughts if one.shown or one.own), key=lambda one: one.order),
    }


def _parts(room: Room, seen: Mapping[str, Mapping[str, View]]) -> dict[str, Any]:
    """What the first paint shows. Ratings are left to the wire: no page is longer or shorter for a number."""
    cards: dict[str, list[CardView]] = {column: [] for column in COLUMNS}
    for card in seen.get("card", {}).values():
        if isinstance(card, CardView):
            cards[card.column].append(card)
    for column in cards.values():
        # The child's words first, then everyone alike.
        column.sort(key=lambda card: (card.voice is None and not card.child, card.order, card.id))
    meeting = next((one for one in seen.get("meeting", {}).values() if isinstance(one, MeetingView)), None)
    return {
        "meeting": meeting,
        "agenda": _agenda(meeting),
        "cards": cards,
        "people": seen.get("person", {}),
        "scales": seen.get("scale", {}),
        "rounds": seen.get("round", {}),
        "translated": _translated(seen.get("translation", {}).values()),
        "sets_wording": room.board.meeting.template.sets if room.board.meeting is not None else SETS,
        **_left_open(seen, cards),
        **_steps(seen),
        **_decisions(seen),
    }


def _for_children(room: Room, role: str) -> tuple[ChildWords, ...]:
    """What children's screens say: for a child, whose screen may speak for another age at any time, for whoever says
    so, and for whoever translates it."""
    meeting = room.board.meeting
    return meeting.template.children if meeting is not None and role in {"child", "facilitator", "interpreter"} else ()


def _steps(seen: Mapping[str, Mapping[str, View]]) -> dict[str, Any]:
    """Next steps in order, and by step whoever everyone is shown to take it on: other answers come over the wire."""
    steps = [part for part in seen.get("step", {}).values() if isinstance(part, StepView)]
    people = {id: part.name for id, part in seen.get("person", {}).items() if isinstance(part, PersonView)}
    takers: dict[str, list[dict[str, str]]] = {}
    for one in seen.get("owner", {}).values():
        if isinstance(one, OwnerView) and one.shown:
            name = people.get(one.person, one.name)
            said = _("{name}, but: {words}").format(name=name, words=one.words) if one.words else name
            takers.setdefault(one.step, []).append({"id": one.id, "name": name, "words": one.words, "said": said})
    return {
        "steps": sorted(steps, key=lambda step: (step.order, step.id)),
        "step_owners": takers,
    }


def _decisions(seen: Mapping[str, Mapping[str, View]]) -> dict[str, Any]:
    """What was decided, oldest first, and by decision how others see it."""
    decisions = [part for part in seen.get("decision", {}).values() if isinstance(part, DecisionView)]
    others: dict[str, list[dict[str, str]]] = {}
    dissents = [part for part in seen.get("dissent", {}).values() if isinstance(part, DissentView)]
    for one in sorted(dissents, key=lambda one: (one.at, one.id)):
        others.setdefault(one.decision, []).append({"id": one.id, "text": one.text, "who": _who(one, seen)})
    return {"decisions": sorted(decisions, key=lambda one: (one.at, one.id)), "dissents": others}


def _who(said: DissentView, seen: Mapping[str, Mapping[str, View]]) -> str:
    """Whose words these are, as cardfields.js says it."""
    people = seen.get("person", {})
    by, typist = people.get(said.by), people.get(said.typed_by)
    if not isinstance(by, PersonView):
        return ""
    if isinstance(typist, PersonView):
        return _("{name}, typed by {other}").format(name=by.name, other=typist.name)
    return f"{by.name}, {by.agency}" if by.agency else by.name


def _agenda(meeting: MeetingView | None) -> list[Phase]:
    """The phases in this meeting's own order."""
    phases = {phase.id: phase for phase in meeting.template.phases} if meeting is not None else {}
    return [phases[id] for id in (meeting and meeting.agenda) or phases]


def _translated(texts: Iterable[View]) -> dict[str, list[TranslationView]]:
    """Second texts by the words they stand beside, as `data-second` names those."""
    places: dict[str, list[TranslationView]] = {}
    for text in texts:
        if isinstance(text, TranslationView):
            places.setdefault(f"{text.of.kind}/{text.of.id}/{text.of.field}", []).append(text)
    for place in places.values():
        place.sort(key=lambda text: text.lang)
    return places

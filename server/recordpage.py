"""`/m/{room}/record`: the record for whoever runs the meeting, to look through, take away and sign; for everyone else
what is recorded of them, and what they say is not right about it. It works without scripts."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from .board.afterwards import SetAfterwards
from .board.bringing import MatchFormer
from .board.copies import HoldCopy, OfCopy, WishCopy
from .board.corrections import AskCorrection, TakeBackCorrection
from .board.lens import Viewer
from .board.model import AnyAsk, Board
from .board.noted import Noted
from .board.refusal import REFUSALS, Refused
from .board.signing import MarkRecord
from .board.template import FormPart
from .board.words import same_name
from .catalogue import gettext as _
from .fields import fields_of
from .hub import NoRoom, now_ms
from .ids import new_id
from .pages import has_ended, waiting
from .record.forms import FORMS, CannotWrite
from .record.html import sheets
from .record.model import Copy, Record
from .record.paper import paper
from .record.plaintext import sections
from .recording import note, record_of, written
from .room import Room, Standing
from .site import in_time, now, site_of, standing_of

DEFAULT_FORM: Final = (
    FormPart(
        "Record", ("people", "voices", "well", "worried", "needs", "sets", "numbers", "decisions", "steps", "next")
    ),
)
"""For meetings that were opened before there was a form."""
LISTED: Final = frozenset({"here", "left", "expected", "apologies"})
COPIES: Final[Mapping[str, Copy]] = {"whole": "whole", "family": "family", "plan": "plan"}


async def record(request: Request) -> Response:
    """The page. Raises NoRoom."""
    room, _cookie, standing = await standing_of(request)
    return await _page(request, room, standing)


async def record_asked(request: Request) -> Response:
    """What is asked on it: `do` says what. Raises NoRoom."""
    room, _cookie, standing = await standing_of(request)
    viewer = standing.viewer
    if viewer is None or viewer.id == "wall":
        raise NoRoom
    fields = await fields_of(request)
    runs = viewer.lens == "facilitator"
    if fields.get("do") == "take":
        if not runs:
            raise NoRoom
        return await _taken(request, room, standing, fields)
    try:
        # However it is asked, nobody asks faster than over the line.
        await asyncio.sleep(site_of(request).pace.wait(f"{room.id}/{standing.person}", now()))
        async with in_time():
            await room.ask(standing.person, f"record{new_id()}", _ask(fields))
    except Refused as refused:
        return await _page(request, room, standing, error=_(REFUSALS[refused.code]), values=fields, status=422)
    except msgspec.ValidationError:
        return await _page(request, room, standing, error=_(REFUSALS["unreadable"]), values=fields, status=422)
    return RedirectResponse(f"/m/{room.id}/record#{fields.get('do', '')}", 303)


async def _taken(request: Request, room: Room, standing: Standing, fields: Mapping[str, str]) -> Response:
    """A record as a file."""
    copy, form = COPIES.get(fields.get("copy", "")), fields.get("form", "")
    person = fields.get("person", "")
    if form not in FORMS or copy is None or (person and person not in room.board.people):
        return await _page(request, room, standing, error=_(REFUSALS["unreadable"]), values=fields, status=422)
    try:
        made = await record_of(room, copy if copy != "whole" or not person else "copy", person=person, made=now_ms())
        content = await written(made, form)
    except CannotWrite as error:
        return await _page(request, room, standing, error=str(error), values=fields, status=422)
    # Nothing leaves that is not written down.
    async with in_time():
        await note(room, form=form, copy=made.copy, by=standing.person)
    name = f"{made.copy if made.copy != 'whole' else 'record'}.{FORMS[form].suffix}"
    return Response(
        content, media_type=FORMS[form].media, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


async def _page(
    request: Request,
    room: Room,
    standing: Standing,
    *,
    error: str = "",
    values: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    viewer = standing.viewer
    if viewer is None:
        return waiting(request, room, standing)
    if viewer.id == "wall":
        raise NoRoom
    runs = viewer.lens == "facilitator"
    known: dict[str, Any] = {"room": room.id, "error": error, "values": values or {}, "runs": runs}
    if not runs and has_ended(room):
        if known["values"].get("text"):
            return site_of(request).render("recordover.html", status, **known)
        return RedirectResponse(f"/m/{room.id}", 303)
    copy: Copy = "whole" if runs else "own"
    made = await record_of(room, copy, person="" if runs else standing.person, made=now_ms(), held=not runs)
    render = site_of(request).render
    if not runs:
        wish = room.board.wishes.get(standing.person)
        how = wish.how if wish is not None and not wish.unheld else ""
        beside = {
            "corrections": _own_corrections(room.board, standing.person),
            "comments": _own_comments(room, viewer),
            "stray": "" if values is None or _stands(made, values.get("id", "")) else values.get("text", ""),
        }
        return render("recordown.html", status, record=made, wish=how, **beside, **known)
    return render("record.html", status, **known, **_for_facilitator(room.board, made))


def _for_facilitator(board: Board, made: Record) -> dict[str, Any]:
    """What the facilitator's page shows beside the record."""
    assert board.meeting is not None
    form = board.meeting.template.form or DEFAULT_FORM
    people = [one for one in board.people.values() if one.state in LISTED]
    return {
        "record": made,
        "paper": sheets(paper(made)),
        "sections": sections(made, form),
        "forms": FORMS,
        "people": people,
        "wishes": {id: wish.how for id, wish in board.wishes.items()},
        "held": _held(board),
        "formers": _formers(board),
        "corrections": [
            {"id": one.id, "text": one.text, "who": _name(board, one.by) if one.named else ""}
            for one in board.corrections.values()
        ],
    }


def _held(board: Board) -> list[dict[str, Any]]:
    """What stands in some copies alone, with the words it is known by."""
    told = []
    for one in board.held.values():
        card, step = board.cards.get(one.id), board.steps.get(one.id)
        text = card.text if card is not None else step.what if step is not None else ""
        if text:
            names = [_name(board, id) for id in one.people]
            told.append({"id": one.id, "kind": one.on.kind, "text": text, "names": [name for name in names if name]})
    return told


def _formers(board: Board) -> list[dict[str, Any]]:
    """Who was in the last meeting, and whom each might be here: whoever has their name, until the facilitator says."""
    here = [one for one in board.people.values() if one.state in LISTED]
    taken = {one.person for one in board.formers.values()}
    told = []
    for one in sorted(board.formers.values(), key=lambda one: (one.name, one.id)):
        alike = [person.id for person in here if same_name(person.name, one.name) and person.id not in taken]
        proposed = alike[0] if len(alike) == 1 and not one.person else ""
        told.append({"id": one.id, "name": one.name, "agency": one.agency, "person": one.person, "proposed": proposed})
    return told


def _own_corrections(board: Board, person: str) -> list[dict[str, str]]:
    return [{"id": one.id, "text": one.text} for one in board.corrections.values() if person in {one.by, one.typed_by}]


def _own_comments(room: Room, viewer: Viewer) -> list[str]:
    """What somebody said under what everyone sees."""
    seen = (room.board.comments[id] for id in room.view(viewer).get("comment", {}))
    return [one.text for one in seen if one.by == viewer.id and one.seen == "all"]


def _stands(made: Record, id: str) -> bool:
    """Whether this is on somebody's own page, with the form to correct it."""
    there = {one.id for one in made.people} | {card.id for card in made.voices} | {one.id for one in made.steps}
    there |= {card.id for column in made.columns for card in column.cards}
    there |= {mark.id for round in made.rounds for mark in round.marks}
    there |= {one.id for set in made.sets if set.agreement is not None for one in set.agreement.answers}
    return id in there


def _name(board: Board, person: str) -> str:
    known = board.people.get(person)
    return known.name if known is not None else ""


def _ask(fields: Mapping[str, str]) -> AnyAsk:
    """What a form asks for. Raises ValidationError."""
    match fields.get("do", ""):
        case "mark":
            said = {"state": fields.get("state", ""), "fingerprint": fields.get("fingerprint", "")}
            return msgspec.convert({"ask": "record.mark", "ref": 1, **said}, MarkRecord)
        case "after":
            return SetAfterwards(ref=1, next=fields.get("next", "").strip(), ring=fields.get("ring", "").strip())
        case "wish":
            return msgspec.convert({"ask": "copy.wish", "ref": 1, "how": fields.get("how", "")}, WishCopy)
        case "hold":
            return HoldCopy(ref=1, on=_on(fields), people=_chosen(fields))
        case "free":
            return HoldCopy(ref=1, on=_on(fields), people=None)
        case "correct":
            kind, _slash, id = (fields.get("what") or f"{fields.get('kind', '')}/{fields.get('id', '')}").partition("/")
            text = fields.get("text", "").replace("\r\n", "\n")
            on = msgspec.convert({"kind": kind, "id": id}, Noted)
            return AskCorrection(ref=1, id=new_id(), on=on, text=text, for_=fields.get("for") or None)
        case "match":
            person = fields.get("person", "")
            return MatchFormer(ref=1, former=fields.get("former", ""), person=person or None)
        case "uncorrect":
            return TakeBackCorrection(ref=1, correction=fields.get("id", ""))
        case _:
            raise msgspec.ValidationError


def _on(fields: Mapping[str, str]) -> OfCopy:
    kind, _slash, id = fields.get("what", "").partition("/")
    return msgspec.convert({"kind": kind, "id": id}, OfCopy)


def _chosen(fields: Mapping[str, str]) -> tuple[str, ...]:
    """The people ticked in a form: one field each."""
    return tuple(name.removeprefix("for-") for name in fields if name.startswith("for-"))

"""What happened in a meeting, for whoever runs it: who came, what was shown, set aside and taken off, and when. It has
no words of a card and no number, and tells of nobody that they gave a number or said something quietly."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from .board.model import Board, Entry
from .board.refusal import N_
from .catalogue import gettext as _
from .hub import NoRoom
from .protocol import from_log
from .site import site_of, standing_of

LINES_MOST: Final = 5000
"""A whole day of meeting. Of a longer one the newest are shown."""

SENTENCES: Final[Mapping[str, str]] = {
    "meeting.open": N_("The meeting was made."),
    "meeting.close": N_("{by} ended the meeting."),
    "meeting.reopen": N_("{by} went on with the meeting."),
    "meeting.hide-authors": N_("{by} hid the names on cards for good."),
    "meeting.door": N_("{by} changed who waits at the door."),
    "log.cut": N_("The board went back to an earlier copy of itself."),
    "key.make": N_("A link was made: {link}."),
    "key.use": N_("A link was used."),
    "person.join": N_("{person} asked to come in, as: {role}."),
    "person.expect": N_("{by} put {person} on the list."),
    "person.admit": N_("{by} let {person} in."),
    "person.refuse": N_("{by} did not let {person} in."),
    "person.remove": N_("{by} took {person} out of the meeting."),
    "person.role": N_("{by} changed what {person} is here as: {role}."),
    "person.came": N_("{person} came in."),
    # However somebody went, by a goodbye, a quick exit or a flat battery: one sentence.
    "person.left": N_("{person} was no longer here."),
    "person.goodbye": N_("{person} was no longer here."),
    "child.end": N_("{person} was no longer here."),
    "phase.go": N_("{by} moved on to: {phase}."),
    "agenda.move": N_("{by} changed the order of the agenda."),
    "agenda.skip": N_("{by} changed which parts are skipped."),
    "rules.agree": N_("{by} noted the ground rules as agreed."),
    "break.start": N_("{by} started a break."),
    "break.end": N_("{by} ended the break."),
    "column.close": N_("{by} closed adding: {column}."),
    "column.open": N_("{by} opened adding: {column}."),
    "column.first": N_("{by} let the family go first: {column}."),
    "comment.open": N_("{by} opened comments: {where}."),
    "comment.close": N_("{by} closed comments: {where}."),
    "card.aside": N_("{by} set a card aside."),
    "card.return": N_("{by} put back a card that was set aside."),
    "card.erase": N_("{by} removed a card for good."),
    "card.wall": N_("{by} changed whether a card can be on the wall."),
    "card.put-up": N_("{by} put up cards that were waiting."),
    "card.remove": N_("{own} took a card back."),
    "card.restore": N_("{own} put a card back."),
    "comment.remove": N_("{own} took a comment back."),
    "thought.remove": N_("{own} took back a thought for next time."),
    "step.remove": N_("{own} took a next step off."),
    "step.erase": N_("{by} removed a next step for good."),
    "decision.remove": N_("{own} took a decision off."),
    "round.open": N_("{by} asked for numbers, {show}."),
    "round.reveal": N_("{by} showed everyone’s numbers."),
    "round.cancel": N_("{by} stopped a question: its numbers were thrown away unseen."),
    "round.close": N_("{by} took numbers off the wall."),
}
"""What is told of each kind of entry. What has no sentence here is left out: who wrote, gave a number, put a hand up,
said something quietly, or left this device in a hurry."""

SHOWS: Final[Mapping[str, str]] = {
    "named": N_("to be shown with names"),
    "role": N_("to be shown by role"),
    "spread": N_("to be shown as marks only"),
}
LINKS: Final[Mapping[str, str]] = {
    "facilitator": N_("to run the meeting"),
    "wall": N_("for the wall"),
    "person": N_("for a second device of someone here"),
}


class Line(msgspec.Struct, frozen=True):
    """One thing that happened. `at` is the time on the server's clock."""

    at: str
    text: str


async def audit(request: Request) -> Response:
    """`/m/{room}/audit`: for the facilitator; for anyone else there is no such page. Raises NoRoom."""
    room, _cookie, standing = await standing_of(request)
    if standing.viewer is None or standing.viewer.lens != "facilitator":
        raise NoRoom
    entries = [from_log(spoken) for spoken in await room.log.anew().catch_up()]
    lines = list(happened(entries, room.board))
    return site_of(request).render(
        "audit.html", room=room.id, lines=lines[-LINES_MOST:], earlier=max(0, len(lines) - LINES_MOST)
    )


def happened(entries: Sequence[Entry], board: Board) -> Iterator[Line]:
    """What is told of a meeting's log, oldest first."""
    for entry in entries:
        sentence = SENTENCES.get(entry.tag)
        if sentence is not None:
            at = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(entry.at / 1000))
            yield Line(at, _(sentence).format_map(_words(entry, board)))


def _words(entry: Entry, board: Board) -> dict[str, str]:
    """What stands in the holes of a sentence: names of people, roles, phases and columns, and nothing else."""
    ask: Any = entry.ask
    template = board.meeting.template if board.meeting is not None else None
    phases = {one.id: one.title for one in template.phases} if template is not None else {}
    roles = template.roles if template is not None else {}
    column = getattr(ask, "column", None) or getattr(ask, "where", None)
    titles: dict[str, str] = {one.id: one.title for one in template.columns} if template is not None else {}
    everywhere = _("one card") if getattr(ask, "on", None) is not None else _("everywhere")
    show = SHOWS.get(getattr(ask, "show", ""), "")
    link = LINKS.get(getattr(ask, "role", ""), "")
    return {
        "by": _name(board, entry.by),
        "own": _own(board, entry.by),
        "person": _name(board, _whom(ask)),
        "role": roles.get(getattr(ask, "role", ""), ""),
        "phase": phases.get(getattr(ask, "phase", ""), ""),
        "column": titles.get(column or "", everywhere),
        "where": titles.get(column or "", everywhere),
        "show": _(show),
        "link": _(link),
    }


def _whom(ask: Any) -> str:
    return getattr(ask, "person", "") or getattr(ask, "id", "")


def _name(board: Board, person: str) -> str:
    known = board.people.get(person)
    return (known.name if known is not None else "") or _("Someone")


def _own(board: Board, person: str) -> str:
    """Whoever runs the meeting by name; of anyone else a name would tell what they had written."""
    known = board.people.get(person)
    return _name(board, person) if known is not None and known.role == "facilitator" else _("Someone")

"""What happened in a meeting, for whoever runs it: who came, what was shown, set aside and taken off, and when. It has
no words from the board and no number, and tells of nobody that they gave a number or said something quietly."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
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
    "key.invite": N_("{by} made a personal link for {person}."),
    "key.misuse": N_("A personal link was opened on another device. It opened nothing."),
    "key.renew": N_("A link was made in place of an earlier one: {link}."),
    "person.alarm-seen": N_("{by} saw that the personal link of {person} was opened on another device."),
    "person.join": N_("{person} asked to come in, as: {role}."),
    "person.erase": N_("Everything of one person was erased."),
    "person.expect": N_("{by} put {person} on the list."),
    "person.admit": N_("{by} let {person} in."),
    "person.refuse": N_("{by} did not let {person} in."),
    "person.remove": N_("{by} took {person} out of the meeting."),
    "person.role": N_("{by} changed what {person} is here as: {role}."),
    "person.mark": N_("{by} changed how {person} takes part."),
    "person.share": N_("{by} had {person} write on the phone of {with}."),
    "person.name": N_("{by} changed the name they go by."),
    "person.child": N_("{by} changed what a child sees and chooses."),
    "child.goodbye": N_("{by} said that it is time for goodbye: {person}."),
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
    "about.show": N_("{by} showed something large to everyone."),
    "wall.set": N_("{by} changed what the wall shows."),
    "comment.open": N_("{by} opened comments: {where}."),
    "comment.close": N_("{by} closed comments: {where}."),
    "card.aside": N_("{by} set a card aside."),
    "card.return": N_("{by} put back a card that was set aside."),
    "card.erase": N_("{by} removed a card for good."),
    "wording.remove": N_("{by} took off what a card said before."),
    "card.wall": N_("{by} changed whether a card can be on the wall."),
    "card.put-up": N_("{by} put up cards that were waiting."),
    "card.hold": N_("{by} had cards wait again."),
    "card.remove": N_("{own} took a card back."),
    "card.restore": N_("{own} put a card back."),
    "comment.remove": N_("{own} took a comment back."),
    "thought.remove": N_("{own} took back a thought for next time."),
    "translation.remove": N_("{own} took a second text away."),
    # Of a draft nothing is told: only its writers know of it.
    "set.put-up": N_("{own} put a worry and its goal on the board."),
    "set.write": N_("Words of a worry or a goal on the board were changed."),
    "set.who": N_("Who is worried was changed, in a worry on the board."),
    "set.children": N_("The children of a worry on the board were changed."),
    "set.writers": N_("{own} changed who writes a worry on the board."),
    "set.link": N_("A card was linked to a worry on the board."),
    "set.unlink": N_("A card was taken off a worry on the board."),
    "set.close": N_("{by} closed a worry."),
    "set.reopen": N_("{by} opened a worry again."),
    "person.lead": N_("{by} said who leads the work with the family: {person}."),
    "set.erase": N_("{by} removed a worry and its goal for good."),
    "earlier.remove": N_("{by} took an earlier wording of a worry off every screen."),
    "set.differ": N_("A different view of a worry was added."),
    "differ.edit": N_("The words of a different view were changed."),
    "differ.take-back": N_("A different view was taken back."),
    "differ.aside": N_("{by} set a different view aside."),
    "differ.return": N_("{by} put back a different view that was set aside."),
    "differ.erase": N_("{by} removed a different view for good."),
    "agreement.ask": N_("{by} asked everyone whether they agree with a worry and its goal."),
    "agreement.show": N_("{by} showed everyone’s answers."),
    "agreement.cancel": N_("{by} stopped asking whether people agree: the answers were thrown away unseen."),
    "step.add": N_("A next step was added."),
    "step.edit": N_("The words of a next step were changed."),
    "step.move": N_("{by} changed the order of the next steps."),
    "step.bottom": N_("It was marked that services ask for a next step as the least."),
    "step.ask": N_("{by} asked {person} to take on a next step."),
    "step.unask": N_("{by} asked somebody no longer to take on a next step."),
    "step.show-owner": N_("{by} showed everyone who takes on a next step."),
    "step.state": N_("How a next step went was noted."),
    "step.remove": N_("{own} took a next step off."),
    "step.restore": N_("{own} put a next step back."),
    "step.erase": N_("{by} removed a next step for good."),
    "decision.add": N_("{own} wrote a decision down."),
    "decision.edit": N_("{own} changed the words of a decision."),
    "decision.differ": N_("It was said that a decision is seen differently."),
    "decision.take-back": N_("It was taken back that a decision is seen differently."),
    "decision.remove": N_("{own} took a decision off."),
    "correction.ask": N_("It was noted that something recorded is not right."),
    "correction.take-back": N_("A correction was taken back."),
    "after.set": N_("{own} said when the next meeting is, and whom to ring."),
    "copy.only": N_("{by} changed what stands in copies of the record."),
    "record.mark": N_("{by} said how far the record is: {state}."),
    "record.made": N_("A record left the server: {copy}, {form}."),
    "former.person": N_("Somebody of an earlier meeting was brought in."),
    "former.round": N_("Numbers of an earlier meeting were brought in."),
    "former.set": N_("A worry and its goal were brought in from an earlier meeting."),
    "former.step": N_("A next step was brought in from an earlier meeting."),
    "former.match": N_("{by} said who somebody of an earlier meeting is here: {person}."),
    "scale.past": N_("{by} put in a number from last time, or took one out."),
    "round.open": N_("{by} asked for numbers, {show}."),
    "round.reveal": N_("{by} showed everyone’s numbers."),
    "round.cancel": N_("{by} stopped a question: its numbers were thrown away unseen."),
    "round.close": N_("{by} took numbers off the wall."),
    "round.question": N_("{by} put a question about the numbers on the wall."),
}
"""What is told of each kind of entry."""

ENDED: Final[Mapping[str, tuple[str, str]]] = {
    "about.show": ("about", N_("{by} no longer showed it large.")),
    "column.first": ("on", N_("{by} no longer had the family go first: {column}.")),
    "rules.agree": ("on", N_("{by} noted the ground rules as not agreed.")),
    "person.lead": ("on", N_("{by} said that {person} does not lead the work with the family any more.")),
    "person.share": ("with_", N_("{by} ended that {person} writes on the phone of somebody else.")),
    "child.goodbye": ("on", N_("{by} said that it is not yet time for goodbye: {person}.")),
    "step.ask": ("person", N_("{by} asked somebody who is not here to take on a next step.")),
    "step.bottom": ("on", N_("It was marked that services no longer ask for a next step as the least.")),
    "round.question": ("question", N_("{by} took a question about the numbers off the wall.")),
}
"""What is told instead where this field of the ask is off or empty."""

OF_SETS: Final = frozenset({"set.write", "set.who", "set.children", "set.writers", "set.link", "set.unlink"})
"""Told of a set that was on the board by then, and never of a draft."""

LEFT_OUT: Final = frozenset(
    {
        # Who writes, and when, is nobody's to look up: what stands on the board says it, with names where names show.
        *("card.add", "card.edit", "card.move", "card.show", "card.confirm", "card.unknown", "comment.add"),
        *("thought.keep", "translation.set"),
        # Drafts are known to their writers alone.
        *("set.start", "set.replace", "set.discard"),
        # Blind until they are shown, and who answered even then.
        *("rating.set", "round.count", "agreement.set", "agreement.count", "step.answer"),
        # Said to one person, or to nobody by name.
        *("quiet.say", "quiet.done", "word.unclear", "word.cleared", "person.ready", "person.hand"),
        # A device that was signed out may have been so in a hurry.
        "session.end",
        # Changes nothing for anybody but whoever runs the meeting, and the scribe.
        *("card.tag", "prompt.off"),
        # How somebody wants their copy is between them and the facilitator.
        "copy.wish",
    }
)
"""What the page is silent about, each for its reason. Every kind of entry is here or has a sentence."""

SHOWS: Final[Mapping[str, str]] = {
    "named": N_("to be shown with names"),
    "role": N_("to be shown by role"),
    "spread": N_("to be shown as marks only"),
}
RECORDS: Final[Mapping[str, str]] = {
    "draft": N_("a draft"),
    "agreed": N_("agreed"),
    "signed": N_("signed off"),
    "whole": N_("the whole record"),
    "family": N_("the family’s copy"),
    "copy": N_("somebody’s copy"),
    "plan": N_("the decision and outline plan"),
    "person": N_("all of one person’s"),
}
"""How far a record is, and what it is a record of."""
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
    up: set[str] = set()
    for entry in entries:
        if entry.tag == "set.put-up" and entry.ask is not None:
            up.add(getattr(entry.ask, "set", ""))
        sentence = _sentence(entry, up)
        if sentence:
            at = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(entry.at / 1000))
            yield Line(at, _(sentence).format_map(_words(entry, board)))


def _sentence(entry: Entry, up: Collection[str]) -> str:
    """What is told of an entry, with its holes; "" for nothing. `up`: the sets that are no drafts any more."""
    if entry.tag in OF_SETS and getattr(entry.ask, "set", "") not in up:
        return ""
    field, ended = ENDED.get(entry.tag, ("", ""))
    if ended and entry.ask is not None and not getattr(entry.ask, field):
        return ended
    return SENTENCES.get(entry.tag, "")


def _words(entry: Entry, board: Board) -> dict[str, str]:
    """What stands in the holes of a sentence: names of people, roles, phases and columns, and nothing else."""
    ask: Any = entry.ask
    template = board.meeting.template if board.meeting is not None else None
    phases = {one.id: one.title for one in template.phases} if template is not None else {}
    roles = template.roles if template is not None else {}
    column = getattr(ask, "column", None) or getattr(ask, "where", None)
    titles: dict[str, str] = {one.id: one.title for one in template.columns} if template is not None else {}
    titles |= {"sets": _("worries and goals"), "steps": _("next steps")}
    kind = getattr(getattr(ask, "on", None), "kind", "")
    under = {"card": _("one card"), "set": _("one worry"), "step": _("one next step")}
    everywhere = under.get(kind, _("everywhere"))
    show = SHOWS.get(getattr(ask, "show", ""), "")
    link = LINKS.get(getattr(ask, "role", ""), "")
    state, copy = RECORDS.get(str(getattr(ask, "state", "")), ""), RECORDS.get(str(getattr(ask, "copy", "")), "")
    return {
        "by": _name(board, getattr(ask, "by", "") or entry.by),
        "own": _own(board, entry.by),
        "person": _name(board, _whom(ask)),
        "with": _name(board, getattr(ask, "with_", None) or ""),
        "role": roles.get(getattr(ask, "role", ""), ""),
        "phase": phases.get(getattr(ask, "phase", ""), ""),
        "column": titles.get(column or "", everywhere),
        "where": titles.get(column or "", everywhere),
        "show": _(show),
        "link": _(link),
        "state": _(state),
        "copy": _(copy),
        "form": str(getattr(ask, "form", "")).upper(),
    }


def _whom(ask: Any) -> str:
    return str(getattr(ask, "person", None) or getattr(ask, "id", ""))


def _name(board: Board, person: str) -> str:
    known = board.people.get(person)
    return (known.name if known is not None else "") or _("Someone")


def _own(board: Board, person: str) -> str:
    """Whoever runs the meeting by name; of anyone else a name would tell what they had written."""
    known = board.people.get(person)
    return _name(board, person) if known is not None and known.role == "facilitator" else _("Someone")

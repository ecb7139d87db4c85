"""Orders about one person: all that is theirs as a file, or gone for good. What a round or question without names holds
of them is tied to nobody, and stays so."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import msgspec

from .board import core
from .board.agreements import SetAgreement
from .board.answers import Answer
from .board.cardmarks import MarkUnknown
from .board.cards import AddCard, Card, EditCard
from .board.cardsight import whose
from .board.cardtray import ShowCard
from .board.copies import is_held
from .board.door import Join
from .board.erasing import AT_ONCE_MOST, ErasePerson, brought, nameless_polls, nameless_rounds
from .board.lens import Viewer
from .board.model import Board, Entry
from .board.past import RecallNumber
from .board.person import Person as OnList
from .board.ratings import Rating
from .board.scales import SetRating
from .board.setasks import StartSet
from .board.sight import sight
from .board.translations import SetTranslation
from .board.words import same_name
from .catalogue import gettext as _
from .catalogue import ngettext
from .hub import Hub, now_ms
from .protocol import from_log
from .record.model import Record
from .recording import note, of_board
from .recordorders import CannotFind, find
from .room import Room

THEIRS: Final = frozenset(
    {
        *("person.join", "person.name", "person.expect", "card.add", "card.edit", "comment.add", "thought.keep"),
        *("set.write", "set.differ", "differ.edit", "rating.set", "agreement.set", "quiet.say", "step.add"),
        *("step.edit", "step.answer", "step.state", "decision.differ", "correction.ask", "copy.wish"),
        *("translation.set", "card.unknown"),
    }
)
"""Entries that hold words or a choice of whoever asked, or for whom it was asked."""
SHARED: Final = frozenset({"set.write"})
"""Words that have become everyone's: they stay when a person goes."""
ABOUT: Final = frozenset({"scale.past"})
"""Entries in which somebody else says something of this `person` alone."""
NOT_TOLD: Final = frozenset({"ask", "ref", "pad", "cookie", "again", "for", "person", "id"})
"""What of an ask is no word of anybody's, or names somebody else."""
NOT_SHARED: Final = frozenset({"reason", "words"})
"""What goes with an answer, and was shown where its giver wanted it to be."""


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing a person said or chose: when (ms since 1970), what kind of ask it was, and its words. `typed`: somebody
    else typed it for them."""

    at: int
    kind: str
    words: dict[str, Any]
    typed: bool = False


class Person(msgspec.Struct, frozen=True):
    """All of one person's that may leave. `record` is what is recorded of them; `said` everything they put in, also
    what was changed since; `left_out` says in sentences what is not here."""

    person: int
    made: int
    name: str
    role: str
    agency: str
    record: Record
    said: tuple[Told, ...]
    left_out: tuple[str, ...]


async def person(hub: Hub, room: Room, fields: Mapping[str, Any]) -> dict[str, Any]:
    """`person`: `export` or `erase` all that is one person's. Raises CannotFind, Gone, Unavailable."""
    id = find(room.board, str(fields.get("person", "")))
    entries = [from_log(spoken) for spoken in await room.log.anew().catch_up()]
    if fields.get("do") == "erase":
        return {"said": await _erase(hub, room, id, entries)}
    return {"person": msgspec.to_builtins(await _export(room, id, entries))}


async def _export(room: Room, id: str, entries: Sequence[Entry]) -> Person:
    made = exported(room.board, id, entries, made=now_ms())
    await note(room, form="json", copy="person")
    return made


def exported(board: Board, id: str, entries: Sequence[Entry], *, made: int) -> Person:
    """All of one person's that may leave. `entries` are the whole log, up to this board."""
    known, never = board.people[id], _never_shown(entries)
    said = tuple(
        Told(at=entry.at, kind=entry.tag, words=_words(entry.ask), typed=entry.by not in {id, "house"})
        for entry in entries
        if entry.tag in THEIRS | ABOUT and entry.ask is not None and _is_of(board, entry, id)
        if entry.seq not in never and _may_leave(board, entry)
    )
    # Said whether there is any or not: whether somebody keeps something is for them alone, too.
    left_out = (
        _("What others wrote about this person is theirs, and is not here."),
        _("Numbers and answers that were shown without names are tied to nobody, and are not here."),
        _("What this person kept to themselves, or was never shown, is for them alone, and is not here."),
    )
    record = of_board(board, "own", person=id, made=made, held=True, apart=True)
    return Person(1, made, known.name, known.role, known.agency, record, said, left_out)


def _words(ask: Any) -> dict[str, Any]:
    """The words of an ask; of an answer those alone that were to be shared."""
    private = NOT_SHARED if isinstance(ask, SetRating | SetAgreement) and not ask.share else frozenset()
    return {name: value for name, value in msgspec.to_builtins(ask).items() if name not in NOT_TOLD | private}


def _never_shown(entries: Sequence[Entry]) -> set[int]:
    """What a card said while it was kept, before the words in which it was shown; and answers that were thought better
    of before all were shown."""
    kept: dict[str, list[int]] = {}
    marked: dict[str, list[int]] = {}
    answered: dict[tuple[str, str, str | None], int] = {}
    never: set[int] = set()
    for entry in entries:
        match entry.ask:
            case SetRating(round=of, for_=whose) | SetAgreement(poll=of, for_=whose):
                never |= {answered.get((of, entry.by, whose), entry.seq)} - {entry.seq}
                answered[of, entry.by, whose] = entry.seq
            case AddCard(id=id, keep=True):
                kept[id] = [entry.seq]
            case EditCard(card=id) if id in kept:
                kept[id].append(entry.seq)
            case MarkUnknown(card=id) if id in kept:
                marked.setdefault(id, []).append(entry.seq)
            case ShowCard(card=id) if id in kept:
                never |= {*kept.pop(id)[:-1], *marked.pop(id, ())[:-1]}
            case _:
                pass
    return never


async def _erase(hub: Hub, room: Room, id: str, entries: Sequence[Entry]) -> str:
    board, known = room.board, room.board.people[id]
    if known.role == "facilitator":
        raise CannotFind(_("Whoever runs the meeting cannot be taken out of it. Erase the whole meeting instead."))
    # The whole log is read through once more: other rooms must not wait for that.
    gone = await asyncio.to_thread(lambda: sorted({*_seqs(board, id, entries)}))
    # What was shown without names is noted before anything goes: by what is missing everybody could tell whose it was.
    kept = [ErasePerson(person=id, rounds=(one,)) for one in nameless_rounds(board, id)]
    kept += [ErasePerson(person=id, polls=(one,)) for one in nameless_polls(board, id)]
    # So is where a child's words stand that they brought: without them it could be elsewhere.
    children = iter(brought(board, id))
    while words := tuple(islice(children, AT_ONCE_MOST)):
        kept.append(ErasePerson(person=id, brought=words))
    for one in kept:
        await room.write(one)
        room = await hub.room(room.id)
    rest = iter(gone)
    while some := tuple(islice(rest, AT_ONCE_MOST)):
        await room.write(ErasePerson(person=id, entries=some))
        # The room has been read anew since: it is another one now.
        room = await hub.room(room.id)
    said = ngettext("%(num)s entry of this person is gone.", "%(num)s entries of this person are gone.", len(gone))
    stays = _(
        "What stays: what others wrote, a child’s words that this person brought (in the log with their name), words "
        "of shared worries and goals, and the numbers and answers that were shown without names, tied to nobody: "
        "without one of them everybody could tell whose it was."
    )
    return f"{said % {'num': len(gone)}}\n{stays}"


def _seqs(board: Board, id: str, entries: Sequence[Entry]) -> Iterator[int]:
    """The entries that leave the log: all that hold words of theirs, a choice, or their name. What a child said is the
    child's, whoever brought it; but what was never shown to others goes with who kept it."""
    name, bore = board.people[id].name, _knocked_as(id, entries)
    drafts = {one.id for one in board.sets.values() if one.state == "draft" and one.by == id}
    yield from _said_too(board, id)
    for entry in entries:
        ask = entry.ask
        if ask is None:
            continue
        left = isinstance(ask, Join) and ask.id not in board.people and same_name(ask.name, name)
        knocked = (isinstance(ask, Join) and ask.id in bore) or (entry.tag == "person.name" and entry.by in bore)
        shared = entry.tag in SHARED and getattr(ask, "set", "") not in drafts
        card = _card(board, ask)
        kept = card is not None and card.stands == "kept" and card.by == id
        theirs = entry.tag in THEIRS and (kept or _is_of(board, entry, id)) and not shared
        begun = isinstance(ask, StartSet) and ask.id in drafts
        about = entry.tag in ABOUT | {"step.ask"} and getattr(ask, "person", None) == id
        if left or knocked or theirs or begun or about:
            yield entry.seq


def _said_too(board: Board, id: str) -> Iterator[int]:
    """The entries that hold words of theirs which others said: a child's that were brought, second texts, how a step
    went; and who they were at an earlier meeting, without which numbers of then are nobody's."""
    for part in (one for shelf in (board.differs, board.steps) for one in shelf.values() if one.by == id):
        yield from part.said_at
    for card in (one for one in board.cards.values() if whose(one) == id):
        yield from card.said_at
    for held in (one for shelf in (board.answers, board.formers) for one in shelf.values() if one.person == id):
        yield from held.said_at


def _knocked_as(id: str, entries: Sequence[Entry]) -> set[str]:
    """Under which ids they waited at the door, before they were let in as who they are."""
    bore, board = {id}, Board()
    for entry in entries:
        board, touched = core.apply(board, entry)
        for touch in touched:
            match touch.before, touch.after:
                case OnList(again=again) as waited, None if again == id:
                    bore.add(waited.id)
                case _:
                    pass
    return bore


def _is_of(board: Board, entry: Entry, id: str) -> bool:
    """Whether an entry is this person's: asked by them for themselves, or by somebody for them."""
    ask: Any = entry.ask
    if entry.tag in {"person.join", "person.expect"}:
        return str(ask.id) == id
    if entry.tag in ABOUT:
        return bool(ask.person == id)
    if entry.tag in {"step.edit", "differ.edit"}:
        # Whoever changed the words: they are whose step it is.
        shelf: Mapping[str, Any] = board.steps if entry.tag == "step.edit" else board.differs
        part = shelf.get(getattr(ask, entry.tag.partition(".")[0]))
        return part is not None and part.by == id
    card = _card(board, ask)
    if card is not None or entry.tag == "card.edit":
        return card is not None and whose(card) == id
    return bool(id == (getattr(ask, "for_", None) or entry.by))


def _card(board: Board, ask: Any) -> Card | None:
    """The card whose words these are."""
    return board.cards.get(ask.id if isinstance(ask, AddCard) else ask.card if isinstance(ask, EditCard) else "")


def _may_leave(board: Board, entry: Entry) -> bool:
    """Whether others than this person may read it by now."""
    match entry.ask:
        case SetRating(round=round):
            shown = (one for one in board.ratings.values() if one.round == round and one.shown == "named")
            return any(one.value != "rather-not" and _stands(one, entry) for one in shown)
        case SetAgreement(poll=poll):
            told = (one for one in board.answers.values() if one.poll == poll and one.shown == "named")
            return any(one.value != "not-now" and _stands(one, entry) for one in told)
        case RecallNumber():
            # Until this time's numbers are shown, those of last time are the facilitator's alone.
            last = (one for one in board.past.values() if one.shown and one.value is not None)
            return any(entry.seq == one.said_at[-1] for one in last)
        case SetTranslation(id=second, text=text):
            # Words of others said again: they stand and fall with those.
            now = board.translations.get(second)
            if now is None or now.text != text or is_held(board, now.of.id, entry.by):
                return False
            return sight(now, Viewer("", "member")) is not None
        case _:
            card, of = _card(board, entry.ask), board.sets.get(str(getattr(entry.ask, "set", "")))
            if card is not None and card.unseen and (card.stands == "kept" or card.by != whose(card)):
                return False
            return of is None or of.state != "draft"


def _stands(given: Rating | Answer, entry: Entry) -> bool:
    """Whether this is from whose hand what was shown came: their own answer stands above what was typed for them."""
    return entry.seq in given.said_at and entry.by == (given.typed_by or given.person)

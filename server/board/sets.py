"""Sets: a worry, its goal and its own scale. A draft is its writers' alone until it is put on the board; nothing is
written over silently, and at most four stand open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from msgspec.structs import replace

from . import words
from .lens import sees_no_worries
from .refusal import Refused
from .rights import RIGHTS, WRITES_FOR, typed_for
from .setasks import (
    CloseSet,
    DiscardSet,
    EraseSet,
    LinkCard,
    NameChildren,
    NameWho,
    NameWriters,
    PutUpSet,
    RemoveEarlier,
    ReopenSet,
    ReplaceSet,
    SetAsk,
    StartSet,
    UnlinkCard,
    WriteSet,
)
from .seterase import erased, line
from .setmaking import begun_anew, left_out, like, lines, numbered, put_up, started, with_children, written
from .setparts import Set, may_write, sees_draft

if TYPE_CHECKING:
    from .model import Board, Entry, Touched
    from .person import Person

OPEN_MAX: Final = 4
"""More than people can hold in mind."""
SETS_MAX: Final = 100
EARLIER_MAX: Final = 1000
CARDS_MAX: Final = 20


def check(board: Board, entry: Entry, ask: SetAsk) -> None:
    """Refuse what may not happen to sets. Raises Refused."""
    asker = board.people[entry.by]
    match ask:
        case StartSet():
            _check_new(board, ask.id, ask.scale)
            _check_names(ask.children)
            if ask.card is not None:
                _check_card(board, ask.card)
        case ReplaceSet():
            _check_new(board, ask.id, ask.scale)
            if find(board, ask.set, asker).state == "draft":
                raise Refused("not-up")
        case WriteSet():
            _check_write(board, asker, ask)
        case NameWho():
            set = _changeable(board, ask.set, asker)
            _check_names(ask.names)
            _check_was(set, "who", ask.was, lines(ask.names))
            _check_earlier(board, set)
        case NameChildren():
            set = _changeable(board, ask.set, asker)
            _check_names(ask.names)
            _check_was(set, "children", ask.was, lines(ask.names))
            if any(like(set, place) for place in left_out(set, ask.names)):
                raise Refused("child-written")
        case NameWriters():
            _check_writers(board, asker, ask)
        case PutUpSet():
            set = _held(board, ask.set, asker)
            if set.state != "draft":
                raise Refused("already-up")
            if not any(one.text.strip() for one in set.texts.values()):
                raise Refused("empty")
            _check_room(board, besides=set.instead_of)
            _check_unasked(board, set.instead_of)
        case DiscardSet():
            if _held(board, ask.set, asker).state != "draft":
                raise Refused("already-up")
        case CloseSet():
            if find(board, ask.set, asker).state != "board":
                raise Refused("not-up")
            _check_unasked(board, ask.set)
        case ReopenSet():
            if find(board, ask.set, asker).state != "closed":
                raise Refused("not-closed")
            _check_room(board)
        case EraseSet():
            if find(board, ask.set, asker).state == "draft":
                raise Refused("not-up")
            for one in line(board, ask.set):
                _check_unasked(board, one.id)
        case RemoveEarlier():
            if ask.earlier not in board.earlier:
                raise Refused("not-there")
        case LinkCard():
            set = _writable(board, ask.set, asker)
            _check_card(board, ask.card)
            if len(set.cards) >= CARDS_MAX:
                raise Refused("full")
        case UnlinkCard():
            if ask.card not in _writable(board, ask.set, asker).cards:
                raise Refused("no-card")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: SetAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: what is not there is passed over."""
    if isinstance(ask, StartSet):
        return board.put(started(board, entry, ask))
    if isinstance(ask, EraseSet):
        return erased(board, entry, ask.set)
    if isinstance(ask, RemoveEarlier):
        return board.drop("earlier", ask.earlier)
    set = board.sets.get(ask.set)
    if set is None:
        return _passed_over(board, ask)
    match ask:
        case ReplaceSet():
            return board.put(begun_anew(entry, set, ask))
        case WriteSet():
            return written(board, entry, set, ask.part, ask.text, for_=ask.for_ or "")
        case NameWho():
            return written(board, entry, set, "who", lines(ask.names))
        case NameChildren():
            return board.put(with_children(set, entry, ask.names))
        case NameWriters():
            return board.put(replace(set, writers=tuple(dict.fromkeys(ask.people)), everyone=ask.everyone))
        case PutUpSet():
            return put_up(board, set)
        case DiscardSet():
            return board.erase("set", set.id)
        case CloseSet():
            return board.put(replace(set, state="closed"))
        case ReopenSet():
            return board.put(replace(set, state="board"))
        case LinkCard():
            return board.put(replace(set, cards=tuple(dict.fromkeys((*set.cards, ask.card)))))
        case UnlinkCard():
            return board.put(replace(set, cards=tuple(one for one in set.cards if one != ask.card)))
        case _:
            assert_never(ask)


def _passed_over(board: Board, ask: SetAsk) -> tuple[Board, Touched]:
    """The board where the words of the set have left the log: what was told of it by number and id stays told."""
    match ask:
        case DiscardSet():
            return board.erase("set", ask.set)
        case PutUpSet():
            return numbered(board), ()
        case _:
            return board, ()


def find(board: Board, id: str, asker: Person) -> Set:
    """The set, where `asker` may see it: another's draft is not there. Raises Refused."""
    set = board.sets.get(id)
    if set is None or sees_no_worries(asker) or (set.state == "draft" and not sees_draft(set, asker.id)):
        raise Refused("no-set")
    return set


def _writable(board: Board, id: str, asker: Person) -> Set:
    set = find(board, id, asker)
    if set.state == "closed":
        raise Refused("set-closed")
    if not may_write(set, asker):
        raise Refused("not-writing")
    return set


def _changeable(board: Board, id: str, asker: Person) -> Set:
    set = _writable(board, id, asker)
    _check_read(board, id)
    return set


def _check_read(board: Board, id: str) -> None:
    """While people are asked whether they agree, the words stay those that they read."""
    if _is_polled(board, id):
        raise Refused("being-asked")


def _is_polled(board: Board, id: str) -> bool:
    return any(one.set == id and one.state == "open" for one in board.polls.values())


def _held(board: Board, id: str, asker: Person) -> Set:
    """The set, where putting it up or away is for `asker` to say: who began it, the facilitator, or, where nobody is
    known to have begun it, whoever writes it."""
    set = find(board, id, asker)
    if asker.role != "facilitator" and not (set.by == asker.id if set.by else may_write(set, asker)):
        raise Refused("not-writing")
    return set


def _check_new(board: Board, id: str, scale: str) -> None:
    if {id, scale} & board.gone or id in board.sets or scale in board.scales:
        raise Refused("id-taken")
    if len(board.sets) >= SETS_MAX:
        raise Refused("full")


def _check_room(board: Board, besides: str = "") -> None:
    if sum(one.state == "board" and one.id != besides for one in board.sets.values()) >= OPEN_MAX:
        raise Refused("four-open")


def _check_names(names: tuple[str, ...]) -> None:
    for name in names:
        words.keep_name(name)


def _check_was(set: Set, part: str, was: int, text: str) -> None:
    """Who says again what stands there already has nothing to choose."""
    now = set.texts.get(part)
    if was != (now.version if now else 0) and text != (now.text if now else ""):
        raise Refused("set-stale")


def _check_earlier(board: Board, set: Set) -> None:
    if set.state == "board" and len(board.earlier) >= EARLIER_MAX:
        raise Refused("full")


def _check_card(board: Board, id: str) -> None:
    card = board.cards.get(id)
    if card is None or card.state != "on":
        raise Refused("no-card")


def _check_write(board: Board, asker: Person, ask: WriteSet) -> None:
    set = find(board, ask.set, asker) if ask.part == "family" else _writable(board, ask.set, asker)
    if set.state == "closed":
        raise Refused("set-closed")
    _check_read(board, set.id)
    if ask.part == "family":
        _check_family(board, set, asker, ask.for_)
    elif ask.for_ is not None:
        raise Refused("not-for-them")
    if ask.part.startswith("like:") and int(ask.part.removeprefix("like:")) >= len(set.children):
        raise Refused("no-child")
    most = {"name": words.TITLE_MAX, "long": words.REASON_MAX}.get(ask.part, words.CARD_MAX)
    words.keep_or_none(ask.text, most)
    _check_was(set, ask.part, ask.was, ask.text)
    _check_earlier(board, set)


def _check_unasked(board: Board, id: str) -> None:
    """A set that people are being asked about does not close under them."""
    rated = any(one.set == id and one.state == "open" for one in board.rounds.values())
    if id and (rated or _is_polled(board, id)):
        raise Refused("still-asked")


def _check_family(board: Board, set: Set, asker: Person, for_: str | None) -> None:
    if for_ is not None and for_ != asker.id:
        there = set.texts.get("family")
        # What they wrote themselves is theirs: whoever types may put right only what was typed.
        if there is not None and there.text and not there.for_:
            raise Refused("not-yours")
        if typed_for(board, for_, asker.role, WRITES_FOR).role not in {"family", "child"}:
            raise Refused("family-words")
    elif asker.role not in {"family", "child"}:
        raise Refused("family-words")


def _check_writers(board: Board, asker: Person, ask: NameWriters) -> None:
    if _held(board, ask.set, asker).state == "closed":
        raise Refused("set-closed")
    for id in ask.people:
        person = board.people.get(id)
        if person is None or person.state not in {"here", "left"} or not person.came:
            raise Refused("no-person")
        if person.role not in RIGHTS["set.write"] or sees_no_worries(person):
            raise Refused("not-for-them")

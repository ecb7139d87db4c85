"""Different views: how somebody sees a worry differently. Part of the statement, shown with it everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal, assert_never

import msgspec
from msgspec.structs import replace

from . import words
from .ask import Ask, Part, View
from .lens import sees_no_worries
from .refusal import Refused
from .rights import DIFFERS_FOR, typed_for
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched
    from .person import Person

DIFFERS_MAX: Final = 200


class Differ(Part, frozen=True, kw_only=True):
    """A different view of a set. `by` is whose words they are; `typed_by` who typed them, where that was someone
    else."""

    kind: ClassVar[str] = "differ"
    set: str
    text: str
    version: int = 1
    by: str
    typed_by: str = ""
    confirmed: bool = False  # put right by whose words they are
    state: Literal["on", "aside"] = "on"
    named: bool = True  # whether its author is shown: the meeting's setting
    at: int = 0
    said_at: tuple[int, ...] = ()


class DifferView(View, frozen=True, kw_only=True):
    """A different view of `set`. `by` and `typed_by` are sent only where authors are shown; `typed` says whether
    someone else typed it. `mine`: its words are yours to change. One set `aside` goes only to its writer and the
    facilitator."""

    set: str
    text: str
    version: int
    at: int
    by: str = ""
    typed_by: str = ""
    typed: bool = False
    mine: bool = False
    aside: bool = False


class AddDiffer(Ask, frozen=True, kw_only=True, tag="set.differ"):
    """Say how you see a worry on the board differently: up to 1,000 characters. `for` names the person whose words they
    are, where someone else types: scribe, supporter and advocate must say."""

    id: Id
    set: Id
    text: str
    for_: Id | None = msgspec.field(default=None, name="for")


class EditDiffer(Ask, frozen=True, kw_only=True, tag="differ.edit"):
    """Change the words of your own view, or what you typed for someone until they put it right. `was` as for cards. Not
    once its worry is closed."""

    differ: Id
    text: str
    was: int


class TakeBackDiffer(Ask, frozen=True, kw_only=True, tag="differ.take-back"):
    """Take your own view back: its words leave the log."""

    differ: Id


class AsideDiffer(Ask, frozen=True, kw_only=True, tag="differ.aside"):
    """Set a view aside: on no screen but its writer's and the facilitator's. Facilitator only."""

    differ: Id


class ReturnDiffer(Ask, frozen=True, kw_only=True, tag="differ.return"):
    """Bring back a view that was set aside. Facilitator only."""

    differ: Id


class EraseDiffer(Ask, frozen=True, kw_only=True, tag="differ.erase"):
    """Remove a view for good: its words leave the log. Facilitator only."""

    differ: Id


DifferAsk = AddDiffer | EditDiffer | TakeBackDiffer | AsideDiffer | ReturnDiffer | EraseDiffer


def check(board: Board, entry: Entry, ask: DifferAsk) -> None:
    """Refuse what may not happen to different views. Raises Refused."""
    asker = board.people[entry.by]
    match ask:
        case AddDiffer():
            _check_add(board, asker, ask)
        case EditDiffer():
            differ = _worded(board, ask.differ, asker)
            words.keep(ask.text, words.CARD_MAX)
            if board.sets[differ.set].state == "closed":
                raise Refused("set-closed")
            if ask.was != differ.version:
                raise Refused("set-stale")
        case TakeBackDiffer():
            _worded(board, ask.differ, asker)
        case AsideDiffer():
            if _find(board, ask.differ, asker).state != "on":
                raise Refused("no-differ")
        case ReturnDiffer():
            if _find(board, ask.differ, asker).state != "aside":
                raise Refused("not-aside")
        case EraseDiffer():
            _find(board, ask.differ, asker)
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: DifferAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: what is not there is passed over."""
    if isinstance(ask, AddDiffer):
        return board.put(_added(board, entry, ask))
    if isinstance(ask, TakeBackDiffer | EraseDiffer):
        return board.erase("differ", ask.differ)
    differ = board.differs.get(ask.differ)
    if differ is None:
        return board, ()
    match ask:
        case EditDiffer():
            own = differ.confirmed or (bool(differ.typed_by) and differ.by == entry.by)
            said_at = (*differ.said_at, entry.seq)
            return board.put(replace(differ, text=ask.text, version=differ.version + 1, confirmed=own, said_at=said_at))
        case AsideDiffer():
            return board.put(replace(differ, state="aside"))
        case ReturnDiffer():
            return board.put(replace(differ, state="on"))
        case _:
            assert_never(ask)


def may_word(differ: Differ, person: str) -> bool:
    """Whether `person` may change its words: whose they are, or who typed them until they are put right."""
    return bool(person) and (differ.by == person or (differ.typed_by == person and not differ.confirmed))


def _check_add(board: Board, asker: Person, ask: AddDiffer) -> None:
    words.keep(ask.text, words.CARD_MAX)
    set = board.sets.get(ask.set)
    if set is None or set.state == "draft" or sees_no_worries(asker):
        raise Refused("no-set")
    if set.state == "closed":
        raise Refused("set-closed")
    if ask.id in board.differs or ask.id in board.gone:
        raise Refused("id-taken")
    if len(board.differs) >= DIFFERS_MAX:
        raise Refused("full")
    if ask.for_ is not None and ask.for_ != asker.id:
        typed_for(board, ask.for_, asker.role, DIFFERS_FOR)
    elif asker.role in {"scribe", "supporter", "advocate"}:
        raise Refused("for-whom")


def _added(board: Board, entry: Entry, ask: AddDiffer) -> Differ:
    by = ask.for_ or entry.by
    return Differ(
        id=ask.id,
        set=ask.set,
        text=ask.text,
        by=by,
        typed_by=entry.by if by != entry.by else "",
        named=board.names_shown,
        at=entry.at,
        said_at=(entry.seq,),
    )


def _find(board: Board, id: str, asker: Person) -> Differ:
    differ = board.differs.get(id)
    # What is set aside looks gone to whoever does not see it.
    if differ is None or (differ.state == "aside" and asker.role != "facilitator" and differ.by != asker.id):
        raise Refused("no-differ")
    return differ


def _worded(board: Board, id: str, asker: Person) -> Differ:
    differ = _find(board, id, asker)
    if not may_word(differ, asker.id):
        raise Refused("not-yours")
    return differ

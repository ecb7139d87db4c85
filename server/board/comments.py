"""Comments: a few words under a card, a worry or a next step. Closed until the facilitator opens them, never under a
child's own words, never on the wall; they go where what they stand under goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, assert_never

import msgspec
from msgspec.structs import replace

from . import words
from .ask import Ask, Part, View
from .commented import COLUMNS, PLACES, On, Place, Seen, every, find, is_up, place_of, seen_with, writer_of
from .lens import sees_no_worries
from .refusal import Refused
from .rights import WRITES_FOR, typed_for
from .setparts import Set, sees_draft
from .words import Id

if TYPE_CHECKING:
    from .commented import Commented
    from .model import Board, Entry, Touched

COMMENTS_MAX = 2000


class Commenting(Part, frozen=True, kw_only=True):
    """Where comments are open: in these columns, under `sets` or `steps`, but for what says otherwise itself."""

    kind: ClassVar[str] = "commenting"
    where: tuple[Place, ...] = ()


class CommentingView(View, frozen=True, kw_only=True):
    """Where comments are open: `where` names columns, "sets" (worries and goals) and "steps". What says "open" or
    "closed" itself stands above it. Not there: comments were never opened."""

    where: tuple[Place, ...] = ()


class Comment(Part, frozen=True, kw_only=True):
    """Words under something. `seen`: by all, by the card's writer and the facilitator (it is set aside), or by nobody;
    `writer` is the card's, `where` its column, or "sets" or "steps"."""

    kind: ClassVar[str] = "comment"
    on: On
    text: str
    by: str
    typed_by: str = ""
    named: bool = True
    where: Place
    seen: Seen = "all"
    writer: str = ""
    at: int = 0
    seq: int = 0


class CommentView(View, frozen=True, kw_only=True):
    """Words under a card, set or step, never told to the wall. `by` and `typed_by` only where authors are shown; `own`:
    yours to take back. Sort by `order`."""

    on: On
    text: str
    order: int
    by: str = ""
    typed_by: str = ""
    typed: bool = False
    own: bool = False


class AddComment(Ask, frozen=True, kw_only=True, tag="comment.add"):
    """Say something under a card, a set or a step: up to 1,000 characters, where comments are open. Never under a
    child's own words.
    `for`: whose words they are, where someone else types; scribe and supporter must say."""

    id: Id
    on: On
    text: str
    for_: Id | None = msgspec.field(default=None, name="for")


class RemoveComment(Ask, frozen=True, kw_only=True, tag="comment.remove"):
    """Take a comment back: your own; any, for the facilitator. Its words leave the log."""

    comment: Id


class OpenComments(Ask, frozen=True, kw_only=True, tag="comment.open"):
    """Open comments under one thing (`on`), in a column or under all sets or steps (`where`), or in every column where
    none is named; with `all`, under all sets and steps too. Facilitator only."""

    on: On | None = None
    where: Place | None = None
    all: bool = False


class CloseComments(Ask, frozen=True, kw_only=True, tag="comment.close"):
    """Close comments under one thing, in a column or under all sets or steps, or everywhere where none is named. What
    was written stays. Facilitator only."""

    on: On | None = None
    where: Place | None = None


CommentAsk = AddComment | RemoveComment | OpenComments | CloseComments


def check(board: Board, entry: Entry, ask: CommentAsk) -> None:
    """Refuse what may not happen to comments. Raises Refused."""
    asker = board.people[entry.by]
    match ask:
        case AddComment():
            _check_add(board, entry, ask)
        case RemoveComment():
            comment = board.comments.get(ask.comment)
            runs = asker.role == "facilitator"
            if comment is None or not is_seen(comment, asker.id, runs=runs):
                raise Refused("no-comment")
            if not runs and asker.id not in {comment.by, comment.typed_by}:
                raise Refused("not-for-you")
        case OpenComments() | CloseComments():
            if ask.on is not None:
                _under(board, ask.on, asker.id)
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: CommentAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: what stands under words that have left the log is passed over."""
    match ask:
        case AddComment():
            under = find(board, ask.on)
            return board.put(_added(board, entry, ask, under)) if under is not None else (board, ())
        case RemoveComment():
            return board.drop("comment", ask.comment)
        case OpenComments() | CloseComments():
            return _opened(board, ask, open=isinstance(ask, OpenComments))
        case _:
            assert_never(ask)


def are_open(board: Board, under: Commented) -> bool:
    """Whether something can be said under it now."""
    if under.comments:
        return under.comments == "open"
    return any(place_of(under) in one.where for one in board.commenting.values())


def is_seen(comment: Comment, person: str, *, runs: bool) -> bool:
    """Whether this person sees a comment: as whoever sees the card does."""
    return comment.seen == "all" or (comment.seen == "writer" and (runs or person == comment.writer))


def _check_add(board: Board, entry: Entry, ask: AddComment) -> None:
    asker = board.people[entry.by]
    words.keep(ask.text, words.CARD_MAX)
    # Whoever sees only some of the adults' board has no comments on it, and is told of nothing they could stand under.
    if sees_no_worries(asker) or not are_open(board, _under(board, ask.on, asker.id)):
        raise Refused("comments-closed")
    if ask.id in board.comments:
        raise Refused("id-taken")
    if len(board.comments) >= COMMENTS_MAX:
        raise Refused("full")
    if ask.for_ is not None and ask.for_ != asker.id:
        typed_for(board, ask.for_, asker.role, WRITES_FOR)
    elif asker.role in {"scribe", "supporter"}:
        raise Refused("for-whom")


def _under(board: Board, on: On, asker: str) -> Commented:
    under = find(board, on)
    if isinstance(under, Set) and under.state == "draft":
        raise Refused("not-up" if sees_draft(under, asker) else "no-set")
    if under is None or not is_up(under):
        closed = isinstance(under, Set)
        raise Refused("set-closed" if closed else {"card": "no-card", "set": "no-set", "step": "no-step"}[on.kind])
    if under.child:
        raise Refused("not-here")
    return under


def _added(board: Board, entry: Entry, ask: AddComment, under: Commented) -> Comment:
    by = ask.for_ or entry.by
    return Comment(
        id=ask.id,
        on=ask.on,
        text=ask.text,
        by=by,
        typed_by=entry.by if by != entry.by else "",
        named=board.names_shown,
        where=place_of(under),
        seen=seen_with(under),
        writer=writer_of(under),
        at=entry.at,
        seq=entry.seq,
    )


def _opened(board: Board, ask: OpenComments | CloseComments, *, open: bool) -> tuple[Board, Touched]:
    meeting = board.meeting
    if meeting is None:
        return board, ()
    known = board.commenting.get(meeting.id) or Commenting(id=meeting.id)
    if ask.on is not None:
        under = find(board, ask.on)
        if under is None or under.comments == "never":
            return board, ()
        same = (place_of(under) in known.where) == open
        return board.put(replace(under, comments="" if same else "open" if open else "closed"))
    these = {ask.where} if ask.where else set(_meant(ask))
    where = {*known.where} | these if open else {*known.where} - these
    # What one said itself before gives way to what is said of all of them now.
    marked = [one for one in every(board) if place_of(one) in these and one.comments in {"open", "closed"}]
    told = board.put(replace(known, where=tuple(one for one in PLACES if one in where)))
    return told[0].then(told[1], lambda board: board.put(*_unmarked(marked)))


def _meant(ask: OpenComments | CloseComments) -> tuple[Place, ...]:
    """Everywhere: those who opened comments before there were others meant the columns."""
    return COLUMNS if isinstance(ask, OpenComments) and not ask.all else PLACES


def _unmarked(marked: list[Commented]) -> list[Any]:
    return [replace(one, comments="") for one in marked]

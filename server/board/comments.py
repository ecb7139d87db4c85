"""Comments: a few words under a card. Closed until the facilitator opens them, never under a child's own words, never
on the wall; they go where what they stand under goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, assert_never

import msgspec
from msgspec.structs import replace

from . import words
from .ask import Ask, Part, View
from .refusal import Refused
from .rights import WRITES_FOR, typed_for
from .words import Id

if TYPE_CHECKING:
    from .cards import Card
    from .model import Board, Entry, Touched

COMMENTS_MAX = 2000
Place = Literal["well", "worried", "needs"]
PLACES: tuple[Place, ...] = ("well", "worried", "needs")
Seen = Literal["all", "writer", "nobody"]


class On(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a comment stands under."""

    kind: Literal["card"]
    id: Id


class Commenting(Part, frozen=True, kw_only=True):
    """Where comments are open: in these columns, but for cards that say otherwise."""

    kind: ClassVar[str] = "commenting"
    where: tuple[Place, ...] = ()


class CommentingView(View, frozen=True, kw_only=True):
    """Where comments are open: `where` names columns. A card that says "open" or "closed" itself stands above it. Not
    there: comments were never opened."""

    where: tuple[Place, ...] = ()


class Comment(Part, frozen=True, kw_only=True):
    """Words under a card. `seen`: by all, by the card's writer and the facilitator (it is set aside), or by nobody;
    `writer` is the card's, `where` its column."""

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
    """Words under a card, never told to the wall. `by` and `typed_by` only where authors are shown; `own`: yours to
    take back. Sort by `order`."""

    on: On
    text: str
    order: int
    by: str = ""
    typed_by: str = ""
    typed: bool = False
    own: bool = False


class AddComment(Ask, frozen=True, kw_only=True, tag="comment.add"):
    """Say something under a card: up to 1,000 characters, where comments are open. Never under a child's own words.
    `for`: whose words they are, where someone else types; scribe and supporter must say."""

    id: Id
    on: On
    text: str
    for_: Id | None = msgspec.field(default=None, name="for")


class RemoveComment(Ask, frozen=True, kw_only=True, tag="comment.remove"):
    """Take a comment back: your own; any, for the facilitator. Its words leave the log."""

    comment: Id


class OpenComments(Ask, frozen=True, kw_only=True, tag="comment.open"):
    """Open comments under one card (`on`), in a column (`where`), or everywhere where none is named. Facilitator
    only."""

    on: On | None = None
    where: Place | None = None


class CloseComments(Ask, frozen=True, kw_only=True, tag="comment.close"):
    """Close comments under one card, in a column, or everywhere where none is named. What was written stays.
    Facilitator only."""

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
                _under(board, ask.on)
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: CommentAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: what stands under a card that has left the log is passed over."""
    match ask:
        case AddComment():
            card = board.cards.get(ask.on.id)
            return board.put(_added(board, entry, ask, card)) if card is not None else (board, ())
        case RemoveComment():
            return board.drop("comment", ask.comment)
        case OpenComments() | CloseComments():
            return _opened(board, ask, open=isinstance(ask, OpenComments))
        case _:
            assert_never(ask)


def are_open(board: Board, card: Card) -> bool:
    """Whether something can be said under a card now."""
    if card.comments:
        return card.comments == "open"
    return any(card.column in one.where for one in board.commenting.values())


def is_seen(comment: Comment, person: str, *, runs: bool) -> bool:
    """Whether this person sees a comment: as whoever sees the card does."""
    return comment.seen == "all" or (comment.seen == "writer" and (runs or person == comment.writer))


def seen_with(card: Card) -> Seen:
    """Who sees what stands under a card: nobody, where it is a child's own words."""
    if card.child:
        return "nobody"
    match card.state:
        case "on":
            return "all"
        case "aside":
            return "writer"
        case _:
            return "nobody"


def _check_add(board: Board, entry: Entry, ask: AddComment) -> None:
    asker = board.people[entry.by]
    words.keep(ask.text, words.CARD_MAX)
    if not are_open(board, _under(board, ask.on)):
        raise Refused("comments-closed")
    if ask.id in board.comments:
        raise Refused("id-taken")
    if len(board.comments) >= COMMENTS_MAX:
        raise Refused("full")
    if ask.for_ is not None and ask.for_ != asker.id:
        typed_for(board, ask.for_, asker.role, WRITES_FOR)
    elif asker.role in {"scribe", "supporter"}:
        raise Refused("for-whom")


def _under(board: Board, on: On) -> Card:
    card = board.cards.get(on.id)
    if card is None or card.state != "on":
        raise Refused("no-card")
    if card.child:
        raise Refused("not-here")
    return card


def _added(board: Board, entry: Entry, ask: AddComment, card: Card) -> Comment:
    by = ask.for_ or entry.by
    return Comment(
        id=ask.id,
        on=ask.on,
        text=ask.text,
        by=by,
        typed_by=entry.by if by != entry.by else "",
        named=board.names_shown,
        where=card.column,
        seen=seen_with(card),
        writer=card.by,
        at=entry.at,
        seq=entry.seq,
    )


def _opened(board: Board, ask: OpenComments | CloseComments, *, open: bool) -> tuple[Board, Touched]:
    meeting = board.meeting
    if meeting is None:
        return board, ()
    known = board.commenting.get(meeting.id) or Commenting(id=meeting.id)
    if ask.on is not None:
        card = board.cards.get(ask.on.id)
        if card is None or card.comments == "never":
            return board, ()
        same = (card.column in known.where) == open
        return board.put(replace(card, comments="" if same else "open" if open else "closed"))
    these = {ask.where} if ask.where else set(PLACES)
    where = {*known.where} | these if open else {*known.where} - these
    # What one card said before gives way to what is said of all of them now.
    marked = [card for card in board.cards.values() if card.column in these and card.comments in {"open", "closed"}]
    told = board.put(replace(known, where=tuple(one for one in PLACES if one in where)))
    return told[0].then(told[1], lambda board: board.put(*(replace(card, comments="") for card in marked)))

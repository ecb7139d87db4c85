"""Cards: what people put on the board, in their own words, and who may change, move or take them back. What only the
facilitator does to them is in `carddesk`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, assert_never

import msgspec
from msgspec.structs import replace

from . import order, unknown, voice, words
from .ask import Ask, Column, Part, View
from .cardsight import find, may_word, on_board, waits
from .refusal import Refused
from .rights import WRITES_FOR, on_phone, typed_for
from .unknown import Unknown
from .voice import Voice
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched
    from .person import Person

CARDS_MAX = 2000
Category = Literal["", "harm", "worry", "harder", "strength", "safety", "goal", "step"]


class Card(Part, frozen=True, kw_only=True):
    """A card. `by` is whose words they are; `typed_by` who typed them, where that was someone else."""

    kind: ClassVar[str] = "card"
    column: Column
    text: str
    version: int = 1
    unread: int = 0  # its wordings up to this version are not looked back at any more
    order: str
    by: str
    typed_by: str = ""
    confirmed: Literal["", "self", "voice"] = ""
    voice: Voice | None = None
    state: Literal["on", "aside", "kept", "tray", "removed"] = "on"
    removed_by: str = ""
    back_to: Literal["on", "aside", "kept", "tray"] = "on"  # where it stood when it was removed
    off_wall: bool = False
    named: bool = True  # whether its author is shown: the meeting's setting, here so that sight needs no other part
    at: int = 0
    said_at: tuple[int, ...] = ()  # the entries that hold its words, so that they can be made to leave the log
    child: bool = False  # a child's own words: brought by someone, or written by someone here as a child
    comments: Literal["", "open", "closed", "never"] = ""  # under this card alone, above what is said of its column
    unknown: Unknown | None = None
    category: Category = ""
    of: str = ""  # the child on the list whose own words these are
    unheld: bool = False  # not for all to see, and whoever bears its writer's name by now came in by that name alone

    @property
    def stands(self) -> Literal["on", "aside", "kept", "tray"]:
        """Where it stands, or would stand again."""
        return self.back_to if self.state == "removed" else self.state

    @property
    def unseen(self) -> bool:
        """Whether the meeting has not been shown it yet: its writer keeps it, or it waits in the tray."""
        return self.stands in {"kept", "tray"}


class CardView(View, frozen=True, kw_only=True):
    """A card. `by` and `typed_by` are sent only where authors are shown; `typed` always says whether someone else
    typed it. A card set `aside` goes only to its writer and the facilitator, one in the `tray` to who typed it also,
    one that is `kept` to its writer alone; `off_wall` to the facilitator. Sort by `order`, then `id`; cards with a
    `voice` or of a `child` stand first. `version` counts wordings from 1. `comments`: open or closed under this card
    alone, or never. `unknown`: something we don't know yet. `category` goes to facilitator and scribe alone."""

    column: Column
    text: str
    version: int
    order: str
    by: str = ""
    typed_by: str = ""
    typed: bool = False
    confirmed: Literal["", "self", "voice"] = ""
    voice: Voice | None = None
    aside: bool = False
    kept: bool = False
    tray: bool = False
    off_wall: bool = False
    comments: Literal["", "open", "closed", "never"] = ""
    unknown: Unknown | None = None
    category: Category = ""
    child: bool = False


class AddCard(Ask, frozen=True, kw_only=True, tag="card.add"):
    """Put a card on the board: up to 1,000 characters. `for` names the person whose words they are, where someone else
    types: scribe and supporter must say. `voice` marks a child's words: an advocate must say whose. `unknown`: it is
    something we don't know yet; never a child's words. `keep` leaves your own words on your own screen until
    `card.show`, in a closed column too. Where the family go first, a card whose words are an agency's waits in the
    tray."""

    id: Id
    column: Column
    text: str
    for_: Id | None = msgspec.field(default=None, name="for")
    voice: Voice | None = None
    unknown: Unknown | None = None
    keep: bool = False


class EditCard(Ask, frozen=True, kw_only=True, tag="card.edit"):
    """Change your own card's words, or what you typed for someone until it is confirmed. `was` is the version you
    changed; refused `stale` when the card has moved on."""

    card: Id
    text: str
    was: int


class MoveCard(Ask, frozen=True, kw_only=True, tag="card.move"):
    """Move a card to a column, before another card there (null: to the end). Your own; any, for the facilitator. An
    agency's card that is up moves into no column where the family go first."""

    card: Id
    column: Column
    before: Id | None = None


class RemoveCard(Ask, frozen=True, kw_only=True, tag="card.remove"):
    """Take a card back: your own; any, for the facilitator. It can be restored by who removed it."""

    card: Id


class RestoreCard(Ask, frozen=True, kw_only=True, tag="card.restore"):
    """Put a card back that you removed, to where it stood: what was set aside comes back set aside."""

    card: Id


class ConfirmCards(Ask, frozen=True, kw_only=True, tag="card.confirm"):
    """Say that what was typed for you is what you said. Facilitator or scribe may do it for someone who said so by
    voice. All of `cards` or none."""

    cards: tuple[Id, ...]


CardAsk = AddCard | EditCard | MoveCard | RemoveCard | RestoreCard | ConfirmCards


def check(board: Board, entry: Entry, ask: CardAsk) -> None:
    """Refuse what may not happen to cards. Raises Refused."""
    asker = board.people[entry.by]
    runs = asker.role == "facilitator"
    match ask:
        case AddCard():
            _check_add(board, asker, ask)
        case EditCard():
            card = on_board(board, ask.card, asker)
            if not may_word(card, asker.id):
                raise Refused("not-yours")
            words.keep(ask.text, words.CARD_MAX)
            if ask.was != card.version:
                raise Refused("stale")
        case MoveCard():
            card = on_board(board, ask.card, asker)
            if not runs and not may_word(card, asker.id):
                raise Refused("not-yours")
            if not runs and card.column != ask.column and card.state != "kept":
                board.refuse_closed(ask.column)
                if card.state == "on" and waits(board, card.by, ask.column):
                    raise Refused("family-first")
            if ask.before is not None and on_board(board, ask.before, asker).column != ask.column:
                raise Refused("no-card")
        case RemoveCard():
            if not may_word(on_board(board, ask.card, asker), asker.id) and not runs:
                raise Refused("not-yours")
        case RestoreCard():
            card = find(board, ask.card, asker)
            if card.state != "removed":
                raise Refused("not-removed")
            if card.removed_by != asker.id:
                raise Refused("not-yours")
        case ConfirmCards():
            by_voice = runs or asker.role == "scribe"
            for card in [on_board(board, id, asker) for id in ask.cards]:
                if not card.typed_by or (card.by != asker.id and not by_voice):
                    raise Refused("not-yours")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: CardAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: a card whose words have left the log is passed over."""
    if isinstance(ask, AddCard):
        return board.put(_added(board, entry, ask))
    if isinstance(ask, ConfirmCards):
        cards = [board.cards[id] for id in dict.fromkeys(ask.cards) if id in board.cards]
        # What someone said themselves stands above what others heard them say.
        return board.put(
            *(replace(one, confirmed="self" if one.by == entry.by else one.confirmed or "voice") for one in cards)
        )
    card = board.cards.get(ask.card)
    if card is None:
        return board, ()
    match ask:
        case EditCard():
            return board.put(_edited(card, entry, ask))
        case MoveCard():
            return board.put(replace(card, column=ask.column, order=entry.place))
        case RemoveCard():
            back_to = card.state if card.state != "removed" else card.back_to
            return board.put(replace(card, state="removed", removed_by=entry.by, back_to=back_to))
        case RestoreCard():
            return board.put(replace(card, state=card.back_to, removed_by=""))
        case _:
            assert_never(ask)


def place(board: Board, ask: MoveCard) -> str:
    """Where in its new column a moved card sorts: just before `before`, or after all."""
    before = board.cards.get(ask.before) if ask.before is not None else None
    if before is None:
        # Where a card added now would stand, so that those added later come after it.
        return order.at_end(board.seq + 1)
    # What the meeting has not seen takes no room: where a card sorts must not tell that there is something between.
    column = (one for one in board.cards.values() if one.column == ask.column and one.id != ask.card and not one.unseen)
    low = max((one.order for one in column if one.order < before.order), default="")
    return order.between(low, before.order)


def _check_add(board: Board, asker: Person, ask: AddCard) -> None:
    words.keep(ask.text, words.CARD_MAX)
    if not ask.keep:
        board.refuse_closed(ask.column)
    if ask.id in board.cards or ask.id in board.gone:
        raise Refused("id-taken")
    if len(board.cards) >= CARDS_MAX:
        raise Refused("full")
    other = ask.for_ not in {None, asker.id}
    handed = ask.for_ is not None and on_phone(board, asker.id, ask.for_)
    if ask.for_ is not None and other and not handed:
        typed_for(board, ask.for_, asker.role, WRITES_FOR)
    elif not other and asker.role in {"scribe", "supporter"}:
        raise Refused("for-whom")
    if other and ask.keep:
        # Nobody would see it: whoever it is for has no screen of their own.
        raise Refused("not-for-them")
    if ask.voice is not None:
        voice.check(ask.voice)
    elif asker.role == "advocate" and not handed:
        raise Refused("whose-words")
    if ask.unknown is not None:
        if ask.voice is not None:
            raise Refused("not-here")
        unknown.check(ask.unknown)


def _added(board: Board, entry: Entry, ask: AddCard) -> Card:
    by = ask.for_ or entry.by
    writer = board.people.get(by)
    waiting: Literal["on", "tray"] = "tray" if waits(board, by, ask.column) else "on"
    return Card(
        id=ask.id,
        column=ask.column,
        text=ask.text,
        order=order.at_end(entry.seq),
        by=by,
        typed_by=entry.by if by != entry.by else "",
        # On the phone that was passed to them they wrote it themselves, and whose phone it is changes it no more.
        confirmed="self" if on_phone(board, entry.by, by) else "",
        voice=ask.voice,
        state="kept" if ask.keep else waiting,
        named=board.names_shown,
        at=entry.at,
        said_at=(entry.seq,),
        child=ask.voice is not None or (writer is not None and writer.role == "child"),
        unknown=ask.unknown,
        of=voice.of_whom(board, by, ask.voice.whose if ask.voice is not None else ""),
    )


def _edited(card: Card, entry: Entry, ask: EditCard) -> Card:
    # Correcting what was typed for you is the surest way of confirming it.
    confirmed = "self" if card.typed_by and card.by == entry.by else card.confirmed
    said_at = (*card.said_at, entry.seq)
    return replace(card, text=ask.text, version=card.version + 1, confirmed=confirmed, said_at=said_at)

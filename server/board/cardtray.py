"""Cards the meeting has not seen yet: kept by their writer until they show them, or an agency's, waiting in the tray
until the family have spoken. Who sees them meanwhile, `cards` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, assert_never

from msgspec import Meta
from msgspec.structs import replace

from . import order
from .ask import Ask, Column
from .cardsight import find, on_board, waits
from .refusal import Refused
from .words import Id

if TYPE_CHECKING:
    from .cards import Card
    from .model import Board, Entry, Touched

Some = Annotated[tuple[Id, ...], Meta(max_length=100)]


class ShowCard(Ask, frozen=True, kw_only=True, tag="card.show"):
    """Put up a card you kept for yourself, last in its column. Where the family go first, an agency's goes to the
    tray."""

    card: Id


class PutUpCards(Ask, frozen=True, kw_only=True, tag="card.put-up"):
    """Put up what waits in the tray, in its order: all of a column, or these `cards` and no others. Facilitator
    only."""

    column: Column | None = None
    cards: Some = ()


class HoldCards(Ask, frozen=True, kw_only=True, tag="card.hold"):
    """Put agencies' cards into the tray again, all of them or none. Facilitator only."""

    cards: Some


TrayAsk = ShowCard | PutUpCards | HoldCards


def check(board: Board, entry: Entry, ask: TrayAsk) -> None:
    """Refuse what may not happen to cards nobody has seen yet. Raises Refused."""
    asker = board.people[entry.by]
    match ask:
        case ShowCard():
            card = find(board, ask.card, asker)
            if card.by != asker.id:
                raise Refused("not-yours")
            if card.state != "kept":
                raise Refused("not-waiting")
            # Whoever is being said goodbye to shows what they kept now, or never.
            if not asker.goodbye:
                board.refuse_closed(card.column)
        case PutUpCards():
            if any(find(board, id, asker).state != "tray" for id in ask.cards):
                raise Refused("not-waiting")
        case HoldCards():
            for card in [on_board(board, id, asker) for id in ask.cards]:
                writer = board.people.get(card.by)
                if card.state != "on" or writer is None or writer.role != "agency":
                    raise Refused("no-card")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: TrayAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: a card whose words have left the log is passed over."""
    match ask:
        case ShowCard():
            card = board.cards.get(ask.card)
            if card is None:
                return board, ()
            if waits(board, card.by, card.column):
                return board.put(replace(card, state="tray"))
            return board.put(replace(card, state="on", order=order.at_end(entry.seq)))
        case PutUpCards():
            up = sorted(_meant(board, ask), key=lambda card: (card.order, card.id))
            placed = (order.at_end(entry.seq, nth) for nth in range(len(up)))
            return board.put(*(replace(card, state="on", order=at) for card, at in zip(up, placed, strict=True)))
        case HoldCards():
            held = [board.cards[id] for id in dict.fromkeys(ask.cards) if id in board.cards]
            return board.put(*(replace(card, state="tray") for card in held))
        case _:
            assert_never(ask)


def _meant(board: Board, ask: PutUpCards) -> list[Card]:
    waiting = [card for card in board.cards.values() if card.state == "tray"]
    return [card for card in waiting if card.id in ask.cards or (not ask.cards and card.column == ask.column)]

"""What a card is besides its words: something we don't know yet, for all to see; and one of seven categories, for
facilitator and scribe alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from . import unknown
from .ask import Ask
from .cards import Category
from .cardsight import may_word, on_board
from .refusal import Refused
from .unknown import Unknown
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched


class MarkUnknown(Ask, frozen=True, kw_only=True, tag="card.unknown"):
    """Say that a card is something we don't know yet, who will find out and by when; null: we know it, or never asked.
    Your own cards; any, for the facilitator. A child's own words are left as they are."""

    card: Id
    unknown: Unknown | None = None


class TagCard(Ask, frozen=True, kw_only=True, tag="card.tag"):
    """Put a card in one of seven categories, or in none (""). It goes to facilitator and scribe alone, who are the ones
    that may."""

    card: Id
    category: Category = ""


CardMarkAsk = MarkUnknown | TagCard


def check(board: Board, entry: Entry, ask: CardMarkAsk) -> None:
    """Refuse marks that may not be made. Raises Refused."""
    asker = board.people[entry.by]
    card = on_board(board, ask.card, asker)
    match ask:
        case MarkUnknown():
            if asker.role != "facilitator" and not may_word(card, asker.id):
                raise Refused("not-yours")
            if ask.unknown is not None:
                if card.voice is not None or (card.child and card.by != asker.id):
                    raise Refused("not-here")
                unknown.check(ask.unknown)
        case TagCard():
            pass
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: CardMarkAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: a card whose words have left the log is passed over."""
    card = board.cards.get(ask.card)
    if card is None:
        return board, ()
    match ask:
        case MarkUnknown():
            # Who finds out is words too: they leave the log with the card's.
            return board.put(replace(card, unknown=ask.unknown, said_at=(*card.said_at, entry.seq)))
        case TagCard():
            return board.put(replace(card, category=ask.category))
        case _:
            assert_never(ask)

"""Cards at the facilitator's desk: setting one aside, keeping it off the wall, taking off what it said before, removing
it for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from .ask import Ask
from .cardsight import find, on_board, reads_back
from .refusal import Refused
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched


class AsideCard(Ask, frozen=True, kw_only=True, tag="card.aside"):
    """Set a card aside: on no screen but its writer's and the facilitator's. Facilitator only."""

    card: Id


class ReturnCard(Ask, frozen=True, kw_only=True, tag="card.return"):
    """Bring a card back that was set aside. Facilitator only."""

    card: Id


class EraseCard(Ask, frozen=True, kw_only=True, tag="card.erase"):
    """Remove a card for good: its words leave the log and cannot come back. Facilitator only."""

    card: Id


class RemoveWordings(Ask, frozen=True, kw_only=True, tag="wording.remove"):
    """Take off what a card said before its words were changed: nobody can look back at that any more. The log goes on
    holding it until the card is removed for good. Facilitator only."""

    card: Id


class WallCard(Ask, frozen=True, kw_only=True, tag="card.wall"):
    """Keep a card off the wall, or show it there again. Facilitator only."""

    card: Id
    off: bool


CardDeskAsk = AsideCard | ReturnCard | EraseCard | RemoveWordings | WallCard


def check(board: Board, entry: Entry, ask: CardDeskAsk) -> None:
    """Refuse what may not happen to cards at the desk. Raises Refused."""
    asker = board.people[entry.by]
    match ask:
        case AsideCard():
            if on_board(board, ask.card, asker).state != "on":
                raise Refused("no-card")
        case ReturnCard():
            if find(board, ask.card, asker).state != "aside":
                raise Refused("not-aside")
        case EraseCard():
            find(board, ask.card, asker)
        case RemoveWordings():
            if not reads_back(find(board, ask.card, asker)):
                raise Refused("not-there")
        case WallCard():
            on_board(board, ask.card, asker)
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: CardDeskAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: a card whose words have left the log is passed over."""
    if isinstance(ask, EraseCard):
        return board.erase("card", ask.card)
    card = board.cards.get(ask.card)
    if card is None:
        return board, ()
    match ask:
        case AsideCard():
            return board.put(replace(card, state="aside"))
        case ReturnCard():
            return board.put(replace(card, state="on"))
        case RemoveWordings():
            return board.put(replace(card, unread=card.version - 1))
        case WallCard():
            return board.put(replace(card, off_wall=ask.off))
        case _:
            assert_never(ask)

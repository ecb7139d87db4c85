"""For whom a card is: who may change its words, who sees it where it stands, and finding it for someone who does."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from .ask import Column
from .refusal import Refused

if TYPE_CHECKING:
    from .cards import Card
    from .model import Board
    from .person import Person


def may_word(card: Card, person: str) -> bool:
    """Whether `person` may change the card's words: whose they are, or who typed them until they are confirmed."""
    return card.by == person or (card.typed_by == person and not card.confirmed)


def reads_back(card: Card) -> bool:
    """Whether a card read otherwise before, and that can still be looked back at."""
    return card.version - 1 > card.unread


def whose(card: Card) -> str:
    """Whose words it holds: the child's that were brought ("" where no child on the list is known by that name), else
    its writer's."""
    return card.of or ("" if card.voice is not None else card.by)


def child_of(card: Card) -> bool:
    """Whether everyone may know that a card holds a child's own words: brought as such, or written by a child where
    authors are shown."""
    return card.voice is not None or (card.named and card.child)


def may_see(card: Card, person: str, *, runs: bool) -> bool:
    """Whether a card is for this person to see where it stands: one set aside or waiting for its writer and who runs
    the meeting, one kept for its writer alone, unless somebody else may have borrowed their name."""
    match card.stands:
        case "on":
            return True
        case "aside":
            return runs or (card.by == person and not card.unheld)
        case "tray":
            return runs or (bool(person) and person in {card.by, card.typed_by} and not card.unheld)
        case "kept":
            return card.by == person and not card.unheld
        case _:
            assert_never(card.stands)


def waits(board: Board, by: str, column: Column) -> bool:
    """Whether words of this person wait in the tray: an agency's, where the family go first."""
    writer = board.people.get(by)
    first = board.meeting is not None and column in board.meeting.family_first
    return first and writer is not None and writer.role == "agency"


def find(board: Board, id: str, asker: Person) -> Card:
    """The card, for someone who sees it, or may put it back. Raises Refused `no-card`."""
    card = board.cards.get(id)
    # What is not for someone to see looks gone to them.
    hidden = card is not None and (card.state != "removed" or card.unseen)
    if card is None or (hidden and not may_see(card, asker.id, runs=asker.role == "facilitator")):
        raise Refused("no-card")
    return card


def on_board(board: Board, id: str, asker: Person) -> Card:
    """The same, unless it was taken back. Raises Refused `no-card`."""
    card = find(board, id, asker)
    if card.state == "removed":
        raise Refused("no-card")
    return card

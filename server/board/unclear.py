"""Words somebody does not understand: told to who wrote the card, never from whom. Gone once the words are changed or
explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, assert_never

from msgspec import Meta

from .ask import Ask, Part, View
from .refusal import Refused
from .words import Id

if TYPE_CHECKING:
    from collections.abc import Callable

    from .cards import Card
    from .model import AnyPart, Board, Entry, Touched

UNCLEAR_EACH = 20
"""So many one person may have open at a time."""
UNCLEAR_MAX = 500

Word = Annotated[str, Meta(max_length=40)]


class Unclear(Part, frozen=True, kw_only=True):
    """A word of a card, "" for all of it, that somebody does not understand. `original` is that card as it stands now.
    `by` is never sent."""

    kind: ClassVar[str] = "unclear"
    word: str
    original: Card
    by: str


class UnclearView(View, frozen=True, kw_only=True):
    """Somebody does not understand this `word` of your card, or all of it where `word` is left out. It goes only to
    those who may change the card's words, and never says from whom it comes."""

    card: str
    word: str = ""


class WordUnclear(Ask, frozen=True, kw_only=True, tag="word.unclear"):
    """Say that you do not understand a word of a card (up to 40 characters, as it stands there), or all of it. Only who
    wrote the card is told, without your name; nothing comes back but `done`."""

    id: Id
    card: Id
    word: Word = ""


class WordCleared(Ask, frozen=True, kw_only=True, tag="word.cleared"):
    """A word of your card has been explained: the note about it goes."""

    unclear: Id


UnclearAsk = WordUnclear | WordCleared


def check(board: Board, entry: Entry, ask: UnclearAsk, sees: Callable[[AnyPart], bool]) -> None:
    """Refuse what may not happen to such notes; `sees` says whether the asker sees a part. Raises Refused."""
    match ask:
        case WordUnclear():
            card = board.cards.get(ask.card)
            if card is None or not sees(card):
                raise Refused("no-card")
            # Nothing but the card's own words gets through: this is no way to write to somebody without a name.
            if ask.word not in card.text or (ask.word and not ask.word.strip()):
                raise Refused("not-there")
            if ask.id in board.unclear:
                raise Refused("id-taken")
            own = sum(one.by == entry.by for one in board.unclear.values())
            if own >= UNCLEAR_EACH or len(board.unclear) >= UNCLEAR_MAX:
                raise Refused("full")
        case WordCleared():
            known = board.unclear.get(ask.unclear)
            # To anyone else there is no such note.
            if known is None or not sees(known):
                raise Refused("not-there")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: UnclearAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses."""
    match ask:
        case WordUnclear():
            card = board.cards.get(ask.card)
            # Said twice is said once, whoever says it: a count would tell how many sit there and do not follow.
            if card is None or any(
                one.original.id == ask.card and one.word == ask.word for one in board.unclear.values()
            ):
                return board, ()
            return board.put(Unclear(id=ask.id, word=ask.word, original=card, by=entry.by))
        case WordCleared():
            return board.drop("unclear", ask.unclear)
        case _:
            assert_never(ask)

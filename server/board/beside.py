"""What stands beside words follows from any entry: a second text, a note that a word is not understood, and a
correction hold the part they belong to, change with it, and go when it goes."""

from __future__ import annotations

from msgspec.structs import replace

from .answers import Answer
from .cards import Card
from .model import AnyPart, Board, Touched
from .nextstep import NextStep
from .person import Person
from .ratings import Rating
from .setparts import Set
from .translations import Translation
from .unclear import still_says


def follow(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """The board with what follows for second texts, words that are not understood and corrections."""
    if not (board.translations or board.unclear or board.corrections):
        return board, ()
    now = {(touch.part.kind, touch.part.id): touch.after for touch in touched}
    hidden = board.meeting is not None and board.meeting.authors == "hidden"
    put: list[AnyPart] = []
    gone: list[AnyPart] = []
    for text in board.translations.values():
        part = now.get((text.of.kind, text.of.id), text.original)
        if text.original is not None and part is None:
            gone.append(text)
        elif part is not text.original or (hidden and text.named):
            put.append(replace(text, original=part, named=text.named and not hidden))
    for note in board.unclear.values():
        part = now.get((note.original.kind, note.original.id), note.original)
        # Other words may be clearer: whoever does not follow them can say so again.
        if not isinstance(part, Card | Set | NextStep) or not still_says(note, part):
            gone.append(note)
        elif part is not note.original:
            put.append(replace(note, original=part))
    for said in board.corrections.values():
        beside = now.get((said.on.kind, said.on.id), said.original)
        if not isinstance(beside, Person | Card | NextStep | Rating | Answer):
            gone.append(said)
        elif beside is not said.original or (hidden and said.named):
            put.append(replace(said, original=beside, named=said.named and not hidden))
    board, more = board.put(*put)
    for one in gone:
        board, dropped = board.drop(one.kind, one.id)
        more += dropped
    return board, more


def named(board: Board) -> set[str]:
    """Everyone whose name stands at a second text that others see."""
    return {one.by for one in board.translations.values() if is_signed(one)}


def is_signed(text: Translation) -> bool:
    """Whether others read who translated this."""
    return text.named and not (isinstance(text.original, Card) and text.original.unseen)

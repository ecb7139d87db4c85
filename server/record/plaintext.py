"""A record as plain text, section by section, under the headings of a council's own form: to be copied into it by
hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, assert_never

import msgspec
from msgspec.structs import replace

from ..board.template import FormPart
from .blocks import Block, Cell, Chart, Heading, Line, Para, Table, Turn
from .model import Record
from .paper import afterwards, decisions, people, steps, thoughts, unknowns, voices
from .runs import cards
from .said import Card
from .setpaper import goals, numbers, sets

PARTS: Final[Mapping[str, Callable[[Record], Iterator[Block]]]] = {
    "people": people,
    "voices": voices,
    "sets": sets,
    "goals": goals,
    "numbers": numbers,
    "unknowns": unknowns,
    "decisions": decisions,
    "steps": steps,
    "thoughts": thoughts,
    "next": afterwards,
}
BESIDE: Final = " · "
"""Between things that are said beside the words."""
COLUMNS: Final = frozenset({"well", "worried", "needs"})


class Section(msgspec.Struct, frozen=True):
    """One heading of the form, and what goes under it; "" for nothing."""

    heading: str
    text: str


def sections(record: Record, form: Sequence[FormPart]) -> list[Section]:
    """The record under the headings of a form."""
    return [
        Section(part.heading, "\n\n".join(text for text in (_text(record, name) for name in part.holds) if text))
        for part in form
    ]


def _text(record: Record, name: str) -> str:
    if name in PARTS:
        # Its own heading would stand under that of the form.
        blocks = [block for block in PARTS[name](record) if not (isinstance(block, Heading) and block.level == 2)]
    else:
        blocks = [para for card in _cards(record, name) for para in cards(card)]
    return "\n".join(line for block in blocks for line in _lines(block))


def _cards(record: Record, name: str) -> Iterator[Card]:
    """The cards of a column, or with a tag."""
    for column in record.columns:
        for card in column.cards:
            if name == column.id if name in COLUMNS else name == card.category:
                yield replace(card, unknown=False)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield ""
            yield block.text
        case Para():
            yield _para(block)
        case Table():
            yield from (_row(block.heads, row) for row in block.rows)
        case Line() | Chart():
            yield block.text
        case Turn():
            return
        case _:
            assert_never(block)


def _row(heads: Sequence[Cell], row: Sequence[Cell]) -> str:
    """A row of a table in one line. An empty cell is left out, so each but the first says what it stands under."""
    first, *others = zip(heads, row, strict=True)
    told = (f"{_cell(head)}: {text}" for head, cell in others if (text := _cell(cell)))
    return "- " + " · ".join([_cell(first[1]), *told])


def _para(para: Para) -> str:
    """A paragraph in one line: before the words what they are called, after them whose they are."""
    parts = [(soft, [_typed(run.text) for run in runs]) for soft, runs in groupby(para.runs, key=lambda run: run.soft)]
    if all(soft for soft, _texts in parts):
        return BESIDE.join(text for _soft, texts in parts for text in texts)
    said = (_told(texts, first=not place) if soft else _words(texts, para) for place, (soft, texts) in enumerate(parts))
    return " ".join(said)


def _told(texts: Sequence[str], *, first: bool) -> str:
    """What is said beside words."""
    told = BESIDE.join(texts)
    if first:
        return told if told.endswith(":") else f"{told}:"
    return f"({told})"


def _words(texts: Sequence[str], para: Para) -> str:
    """What somebody said, in one language beside another."""
    return " / ".join(f"“{text}”" if para.kind == "quote" else text for text in texts)


def _cell(cell: Cell) -> str:
    return ", ".join(_para(para) for para in cell.paras)


def _typed(text: str) -> str:
    """Words of several lines, the later ones set in: whatever somebody typed, it begins no line of the record's own."""
    return "\n    ".join(line for line in text.splitlines() if line.strip())

"""A record as a paper reads: headings, paragraphs, tables and drawn number lines, one after another. Every form that is
read like a paper is written from these, so that all of them say the same."""

from __future__ import annotations

import unicodedata
from typing import Literal

import msgspec

from .numberline import Drawing
from .trajectory import Sketch


class _Block(msgspec.Struct, frozen=True, kw_only=True, tag_field="is", omit_defaults=True):
    """A piece of the paper."""


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words in one language. `lang` is a BCP 47 tag, "" where nobody said; `rtl`: written from right to left. `soft`
    words are said beside others: whose they are, what they are called."""

    text: str
    lang: str = ""
    rtl: bool = False
    soft: bool = False


class Heading(_Block, frozen=True, tag="heading"):
    """A heading, from 1 (once, at the top) to 4. No level is left out on the way down."""

    level: Literal[1, 2, 3, 4]
    text: str


class Para(_Block, frozen=True, tag="para"):
    """A paragraph. "quote": a child's own words. "words": what somebody wrote, set apart. "lead": large. "note": small.
    Its runs follow each other, each on a line of its own."""

    runs: tuple[Run, ...]
    kind: Literal["plain", "quote", "words", "lead", "note"] = "plain"


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cell of a table: paragraphs, none for nothing."""

    paras: tuple[Para, ...] = ()


class Table(_Block, frozen=True, tag="table"):
    """A table with a row of heads, which is repeated on every page. `widths` are shares of the width. `columns`: the
    three columns of the board, one row with a tall cell each."""

    caption: str
    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    columns: bool = False


class Line(_Block, frozen=True, tag="line"):
    """A number line, drawn; `text` says in words all that it shows."""

    drawing: Drawing
    text: str


class Chart(_Block, frozen=True, tag="chart"):
    """How numbers moved from meeting to meeting, drawn; `text` says in words all that it shows."""

    sketch: Sketch
    text: str


class Turn(_Block, frozen=True, tag="turn"):
    """From here on a new page, this way round."""

    landscape: bool


Block = Heading | Para | Table | Line | Chart | Turn


class Paper(msgspec.Struct, frozen=True, omit_defaults=True):
    """A whole paper. `large`: in large type. `close`: set so that as much as can be goes on one page. `foot` stands at
    the foot of every page, beside its number."""

    title: str
    lang: str
    rtl: bool
    blocks: tuple[Block, ...]
    foot: str
    large: bool = False
    close: bool = False


def run(text: str, lang: str = "", *, soft: bool = False) -> Run:
    """Words as a run, written the way their first letter is."""
    return Run(text=text, lang=lang, rtl=is_rtl(text), soft=soft)


def is_rtl(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left."""
    for sign in text:
        way = unicodedata.bidirectional(sign)
        if way in {"L", "R", "AL"}:
            return way != "L"
    return False


def cell(*paras: Para | str | None) -> Cell:
    """A cell out of paragraphs, or of plain words; what is empty is left out."""
    there = (para if isinstance(para, Para) else Para(runs=(run(para),)) for para in paras if para)
    return Cell(tuple(there))

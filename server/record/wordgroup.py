"""Paragraphs of a record in Word. Each of their runs becomes a paragraph of Word's, so that it is written its own way;
outside of tables they stay together on one page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from msgspec.structs import replace

from .blocks import Para, Run
from .wordparts import Element, paragraph
from .wordstyles import bar, no_line

Kinds = Mapping[str, tuple[str, str]]
"""For each kind of paragraph the style of its words, and that of the soft ones beside them."""
ON_PAGES: Final[Kinds] = {
    "plain": ("Normal", "By"),
    "quote": ("OwnWords", "OwnWordsBy"),
    "words": ("Words", "WordsBy"),
    "lead": ("Lead", "Lead"),
    "note": ("Note", "NoteBy"),
}
IN_TABLES: Final[Kinds] = {**dict.fromkeys(ON_PAGES, ("InATable", "InATableBy")), "note": ("Note", "NoteBy")}
IN_CARDS: Final[Kinds] = {**IN_TABLES, "words": ("Card", "CardBy")}
IN_HEADS: Final[Kinds] = dict.fromkeys(ON_PAGES, ("Head", "HeadBy"))
CLOSE: Final = 40
"""Between the parts of a paragraph, in twentieths of a point."""


class _Piece(NamedTuple):
    """A run with its style, and where in the paragraph it is."""

    style: str
    run: Run
    first: bool
    last: bool

    def spacing(self) -> dict[str, int]:
        above = {} if self.first else {"before": CLOSE}
        return above if self.last else {**above, "after": 0}


def group(para: Para, kinds: Kinds, *, rtl: bool, keep: bool, other: bool) -> Iterator[Element]:
    """The paragraph on a page. `rtl`: in a document written from right to left. `keep`: on one page with what follows.
    `other`: than the one above, whose bar does not go on."""
    for one in _pieces(para, kinds, rtl=rtl):
        borders = bar(one.style, rtl=one.run.rtl, other=other)
        yield paragraph(one.style, one.run, keep=keep or not one.last, borders=borders, spacing=one.spacing())


def group_in_cell(para: Para, kinds: Kinds, *, rtl: bool, first: bool) -> Iterator[Element]:
    """The paragraph in a cell. `first`: at its top. Nothing in it is kept with the next: Word would keep whole rows."""
    for one in _pieces(para, kinds, rtl=rtl):
        borders = no_line(one.style) if first or not one.first else None
        yield paragraph(one.style, one.run, borders=borders, spacing=one.spacing())


def settled(run: Run, *, rtl: bool) -> Run:
    """Words without a direction of their own, such as a number, go the way of the document."""
    if rtl and not run.rtl and not any(unicodedata.bidirectional(sign) == "L" for sign in run.text):
        return replace(run, rtl=True)
    return run


def _pieces(para: Para, kinds: Kinds, *, rtl: bool) -> Iterator[_Piece]:
    style, by = kinds[para.kind]
    last = len(para.runs) - 1
    for place, run in enumerate(para.runs):
        yield _Piece(by if run.soft else style, settled(run, rtl=rtl), first=place == 0, last=place == last)

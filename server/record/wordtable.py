"""Tables in Word: a row of heads that comes again on every page, and below it rows of which a long one goes on over the
end of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .blocks import Cell, Table
from .wordgroup import IN_CARDS, IN_HEADS, IN_TABLES, Kinds, group_in_cell
from .wordparts import Element, blank, element
from .wordstyles import HAIR, INK, PALE

SHORT: Final = 400
"""Letters in a cell. A row of no more than that in any stays on one page."""


def table(block: Table, width: int, *, rtl: bool) -> Element:
    """The table, `width` twentieths of a point wide. `rtl`: its first column is on the right."""
    shares = [width * one // sum(block.widths) for one in block.widths]
    return element(
        "tbl",
        element(
            "tblPr",
            element("tblStyle", val="RecordTable"),
            element("bidiVisual") if rtl else None,
            element("tblW", w=sum(shares), type="dxa"),
            element("tblBorders", _line("insideV", 4, HAIR)) if block.columns else None,
            element("tblLayout", type="fixed"),
            element("tblLook", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
            element("tblCaption", val=block.caption),
        ),
        element("tblGrid", *(element("gridCol", w=share) for share in shares)),
        _heads(block.heads, shares, rtl=rtl),
        *(_row(row, shares, IN_CARDS if block.columns else IN_TABLES, rtl=rtl) for row in block.rows),
    )


def _heads(heads: tuple[Cell, ...], shares: list[int], *, rtl: bool) -> Element:
    return element(
        "tr",
        element("trPr", element("cantSplit"), element("tblHeader")),
        *(_head(cell, share, rtl=rtl) for cell, share in zip(heads, shares, strict=True)),
    )


def _head(cell: Cell, share: int, *, rtl: bool) -> Element:
    return element(
        "tc",
        element(
            "tcPr",
            _width(share),
            element("tcBorders", _line("bottom", 8, INK)),
            element("shd", val="clear", color="auto", fill=PALE),
            element("vAlign", val="bottom"),
        ),
        *_paras(cell, IN_HEADS, rtl=rtl),
    )


def _row(row: tuple[Cell, ...], shares: list[int], kinds: Kinds, *, rtl: bool) -> Element:
    short = all(_letters(cell) <= SHORT for cell in row)
    return element(
        "tr",
        element("trPr", element("cantSplit")) if short else None,
        *(
            element("tc", element("tcPr", _width(share)), *_paras(cell, kinds, rtl=rtl))
            for cell, share in zip(row, shares, strict=True)
        ),
    )


def _paras(cell: Cell, kinds: Kinds, *, rtl: bool) -> Iterator[Element]:
    # A cell without a paragraph is a broken file.
    if not cell.paras:
        yield blank("InATable")
    for place, para in enumerate(cell.paras):
        yield from group_in_cell(para, kinds, rtl=rtl, first=place == 0)


def _letters(cell: Cell) -> int:
    return sum(len(run.text) for para in cell.paras for run in para.runs)


def _width(share: int) -> Element:
    return element("tcW", w=share, type="dxa")


def _line(side: str, width: int, colour: str) -> Element:
    return element(side, val="single", sz=width, space=0, color=colour)

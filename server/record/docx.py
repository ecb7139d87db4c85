"""A record as a Word file: real headings, tables and languages, and nothing that does anything. Its pages bear no
numbers, for Word can only count pages through a field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from io import BytesIO
from itertools import zip_longest
from typing import Final, assert_never

from docx import Document

from .blocks import Chart, Heading, Line, Paper, Para, Table, Turn, run
from .model import Record
from .package import bare
from .paper import paper
from .wordgroup import ON_PAGES, group, settled
from .wordline import number_line
from .wordparts import Element, blank, element, paragraph
from .wordstyles import CLOSE_PT, LARGE_PT, NORMAL_PT, settings, styles
from .wordtable import table

A4: Final = (11906, 16838)
MARGIN: Final = 1134
"""Two centimetres. All lengths are twentieths of a point."""
WITHOUT: Final = ("word/theme/", "word/stylesWith", "word/webSettings", "word/fontTable", "word/numbering")
"""Parts of the library's empty file that a record has no need of."""


def write(record: Record) -> bytes:
    """The record as a .docx file."""
    return of_paper(paper(record))


def of_paper(said: Paper) -> bytes:
    """A paper as a .docx file."""
    lang = "en-GB" if said.lang in {"", "en"} else said.lang
    document = Document()
    _fill(document.styles.element, styles(LARGE_PT if said.large else CLOSE_PT if said.close else NORMAL_PT, lang))
    _fill(document.settings.element, settings(lang))
    foot = document.sections[0].footer
    foot.is_linked_to_previous = False
    _fill(foot._element, [paragraph("Foot", settled(run(said.foot), rtl=said.rtl))])
    body = document.element.body
    _fill(body, list(_body(said, body.sectPr[0])))
    file = BytesIO()
    document.save(file)
    return bare(file.getvalue(), said.title, without=WITHOUT)


def _body(said: Paper, foot: Element) -> Iterator[Element]:
    """Everything in the document; `foot` is what every section refers to."""
    landscape, top, other = False, True, False
    for block, after in zip_longest(said.blocks, said.blocks[1:]):
        match block:
            case Heading():
                spacing = {"before": 0} if top else None
                yield paragraph(f"Heading{block.level}", settled(run(block.text), rtl=said.rtl), spacing=spacing)
            case Para():
                other = not other
                keep = isinstance(after, Line | Table)
                yield from group(block, ON_PAGES, rtl=said.rtl, keep=keep, other=other)
            case Table():
                yield table(block, _width(landscape=landscape), rtl=said.rtl)
                # Two tables would be one, and LibreOffice keeps no heading right after a table with what follows it.
                yield blank("BelowATable")
            case Line():
                yield number_line(block, _width(landscape=landscape))
                yield paragraph("Note", settled(run(block.text), rtl=said.rtl))
            case Chart():
                # The table below it says the same, and can be read aloud.
                pass
            case Turn():
                if not top:
                    yield blank("EndOfPages", _section(foot, landscape=landscape, rtl=said.rtl))
                landscape = block.landscape
            case _:
                assert_never(block)
        top = isinstance(block, Turn)
    yield _section(foot, landscape=landscape, rtl=said.rtl)


def _section(foot: Element, *, landscape: bool, rtl: bool) -> Element:
    """Pages that lie one way."""
    short, long = A4
    size = {"w": long, "h": short, "orient": "landscape"} if landscape else {"w": short, "h": long}
    sides = dict.fromkeys(("top", "right", "bottom", "left"), MARGIN)
    return element(
        "sectPr",
        deepcopy(foot),
        element("type", val="nextPage"),
        element("pgSz", **size),
        element("pgMar", **sides, header=567, footer=567, gutter=0),
        element("bidi") if rtl else None,
    )


def _width(*, landscape: bool) -> int:
    return A4[landscape] - 2 * MARGIN


def _fill(parent: Element, inside: Iterable[Element]) -> None:
    for child in list(parent):
        parent.remove(child)
    parent.extend(inside)

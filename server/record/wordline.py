"""A number line in Word: eleven places side by side, their numerals under the line, and the letters of the marks above
and below it. All of it is text; a mark of an earlier meeting stands in brackets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ..catalogue import gettext as _
from .blocks import Line, Run
from .numberline import Dot, Drawing
from .wordparts import Element, blank, element, paragraph
from .wordstyles import INK, PALE

LINE: Final = 8
"""How strong the line is, in eighths of a point."""
SIGNS: Final = {("circle", False): "●", ("square", False): "■", ("circle", True): "○", ("square", True): "□"}
"""For marks that are nobody's."""


def number_line(line: Line, width: int) -> Element:
    """The number line as a table without a grid, `width` twentieths of a point wide."""
    drawing = line.drawing
    places = len(drawing.ticks)
    share = width // places
    above = _stacks(drawing, lambda dot: dot.y < drawing.y)
    below = _stacks(drawing, lambda dot: dot.y > drawing.y)
    return element(
        "tbl",
        element(
            "tblPr",
            element("tblW", w=share * places, type="dxa"),
            element("tblLayout", type="fixed"),
            element("tblCellMar", element("left", w=0, type="dxa"), element("right", w=0, type="dxa")),
            element("tblCaption", val=_("Number line")),
            element("tblDescription", val=line.text),
        ),
        element("tblGrid", *(element("gridCol", w=share) for _tick in drawing.ticks)),
        _row([_cell(share, stack, "bottom") for stack in above]) if any(above) else None,
        _row([_numeral(drawing, place, share) for place in range(places)]),
        _row([_cell(share, stack, "top") for stack in below]) if any(below) else None,
    )


def _stacks(drawing: Drawing, side: Callable[[Dot], bool]) -> list[list[Element]]:
    dots = sorted((dot for dot in drawing.dots if side(dot)), key=lambda dot: dot.y)
    return [[_mark(dot) for dot in dots if dot.x == tick] for tick in drawing.ticks]


def _mark(dot: Dot) -> Element:
    if not dot.letters:
        return paragraph("Mark", Run(SIGNS[dot.shape, dot.hollow]))
    if dot.hollow:
        return paragraph("EarlierMark", Run(f"({dot.letters})"))
    made = paragraph("Mark", Run(dot.letters))
    look = made.r_lst[0].rPr
    look.append(element("bdr", val="single", sz=6, space=2, color=INK))
    look.append(element("shd", val="clear", color="auto", fill=PALE))
    return made


def _numeral(drawing: Drawing, place: int, share: int) -> Element:
    line = element("top", val="single", sz=LINE, space=0, color=INK)
    tick = element("left", val="single", sz=LINE, space=0, color=INK)
    return element(
        "tc",
        element("tcPr", element("tcW", w=share, type="dxa"), element("tcBorders", line)),
        _bracket(drawing, drawing.ticks[place], share // 2),
        blank("Tick", element("pBdr", tick), element("ind", left=share // 2)),
        paragraph("Numeral", Run(str(place))),
    )


def _bracket(drawing: Drawing, x: int, half: int) -> Element:
    """The piece at this place of a strong line from the lowest mark to the highest."""
    if drawing.low == drawing.high or not drawing.low <= x <= drawing.high:
        return blank("Bracket")
    ends = {"left": half if x == drawing.low else 0, "right": half if x == drawing.high else 0}
    return blank("Bracket", element("shd", val="clear", color="auto", fill=INK), element("ind", **ends))


def _cell(share: int, marks: list[Element], align: str) -> Element:
    width = element("tcW", w=share, type="dxa")
    return element("tc", element("tcPr", width, element("vAlign", val=align)), *(marks or [blank("Tick")]))


def _row(cells: list[Element]) -> Element:
    return element("tr", element("trPr", element("cantSplit")), *cells)

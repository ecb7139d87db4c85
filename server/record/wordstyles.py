"""How a record looks in Word: its styles, one for each kind of words, and its settings. One ink, and no colour that
means anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from .wordparts import Element, element

CLOSE_PT: Final = 10
NORMAL_PT: Final = 11
LARGE_PT: Final = 16
TWENTIETHS: Final = 20
"""Of a point: what lengths are told in."""
INK: Final = "1F2433"
SOFT: Final = "596075"
HAIR: Final = "C6CAD4"
PALE: Final = "F0F2F6"
NEXT: Final = {INK: "1F2434", HAIR: "C6CAD5"}
"""As good as the same: a bar in another colour than the one above it is drawn as another bar."""
FONT: Final = "Calibri"
COMPLEX_FONT: Final = "Arial"
"""For scripts that join their letters: it has Arabic and Hebrew wherever there is Word."""
WORD_OF_2013: Final = 15
BESIDE: Final = 340
"""How far words with a bar beside them stand in, in twentieths of a point."""


class Look(msgspec.Struct, frozen=True):
    """How a kind of words looks. `size` is a share of the size of the text, `before` and `after` are points, `bar` and
    `above` the width of a line beside or above it in eighths of a point. `level`: of a heading."""

    name: str
    size: float = 1.0
    before: int = 0
    after: int = 0
    bold: bool = False
    colour: str = INK
    beside: int = 0
    bar: int = 0
    bar_colour: str = INK
    above: int = 0
    level: int = 0
    centre: bool = False
    keep: bool = False
    exact: int = 0


LOOKS: Final = (
    Look("Normal", after=6),
    Look("heading 1", size=2.0, after=4, bold=True, level=1),
    Look("heading 2", size=1.45, before=22, after=8, bold=True, level=2),
    Look("heading 3", size=1.2, before=16, after=6, bold=True, level=3),
    Look("heading 4", size=1.0, before=10, after=3, bold=True, colour=SOFT, level=4),
    Look("Lead", size=1.1, after=6, colour=SOFT),
    Look("Own words", size=1.2, before=8, after=10, beside=BESIDE, bar=24),
    Look("Own words by", size=0.9, after=10, colour=SOFT, beside=BESIDE),
    Look("Words", before=3, after=8, beside=BESIDE, bar=12, bar_colour=HAIR),
    Look("Words by", size=0.9, after=8, colour=SOFT, beside=BESIDE),
    Look("Note", size=0.9, before=4, after=6),
    Look("Note by", size=0.85, before=4, after=6, colour=SOFT),
    Look("By", size=0.9, after=6, colour=SOFT),
    Look("In a table", size=0.95, after=2),
    Look("In a table by", size=0.85, after=2, colour=SOFT),
    Look("Head", size=0.95, after=1, bold=True, keep=True),
    Look("Head by", size=0.85, after=1, colour=SOFT, keep=True),
    Look("Card", size=1.0, before=7, after=3, above=4),
    Look("Card by", size=0.85, after=3, colour=SOFT),
    Look("Mark", size=0.9, before=3, after=3, bold=True, centre=True, keep=True),
    Look("Earlier mark", size=0.9, before=3, after=3, colour=SOFT, centre=True, keep=True),
    Look("Bracket", exact=3, keep=True),
    Look("Tick", exact=5, keep=True),
    Look("Numeral", size=0.9, after=2, centre=True, keep=True),
    Look("Foot", size=0.8, colour=SOFT),
    Look("Below a table", exact=6),
    Look("End of pages", exact=1),
)


def styles(size: float, lang: str) -> Iterator[Element]:
    """Every style, for text of `size` points in a document in `lang`."""
    yield element(
        "docDefaults",
        element(
            "rPrDefault",
            element(
                "rPr",
                element("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=COMPLEX_FONT),
                element("color", val=INK),
                *_sizes(size),
                element("lang", val=lang, eastAsia=lang, bidi=lang),
            ),
        ),
        element(
            "pPrDefault",
            element("pPr", element("spacing", after=0, line=240 if size < NORMAL_PT else 264, lineRule="auto")),
        ),
    )
    yield from (_style(look, size) for look in LOOKS)
    yield _table()


def settings(lang: str) -> Iterator[Element]:
    """The settings: nobody's own words are marked as wrong."""
    yield element("hideSpellingErrors")
    yield element("hideGrammaticalErrors")
    word = "http://schemas.microsoft.com/office/word"
    yield element("compat", element("compatSetting", name="compatibilityMode", uri=word, val=WORD_OF_2013))
    yield element("themeFontLang", val=lang)


def bar(style: str, *, rtl: bool, other: bool) -> Element | None:
    """The bar beside words of this style where it is not as the style has it: `rtl`, on their right; `other`, apart
    from one right above."""
    look = _look(style)
    if not look.bar or not (rtl or other):
        return None
    colour = NEXT[look.bar_colour] if other else look.bar_colour
    if not rtl:
        return element("pBdr", _bar(look, colour))
    return element("pBdr", element("left", val="nil"), _bar(look, colour, side="right"))


def no_line(style: str) -> Element | None:
    """No line above words of this style; None for a style without."""
    look = _look(style)
    return element("pBdr", element("top", val="nil"), element("between", val="nil")) if look.above else None


def id_of(name: str) -> str:
    """The id of the style of this name."""
    return name.title().replace(" ", "")


def _look(style: str) -> Look:
    return next(one for one in LOOKS if id_of(one.name) == style)


def _style(look: Look, size: float) -> Element:
    based = None if look.name == "Normal" else element("basedOn", val="Normal")
    default = {"default": 1} if look.name == "Normal" else {}
    return element(
        "style",
        element("name", val=look.name),
        based,
        element("qFormat"),
        element("pPr", *_spread(look, size)),
        element(
            "rPr",
            *((element("b"), element("bCs")) if look.bold else ()),
            element("color", val=look.colour),
            *_sizes(size * look.size),
        ),
        type="paragraph",
        styleId=id_of(look.name),
        **default,
    )


def _spread(look: Look, size: float) -> Iterator[Element]:
    if look.keep or look.level:
        yield element("keepNext")
    if look.level or look.bar or look.above:
        yield element("keepLines")
    if look.bar:
        yield element("pBdr", _bar(look, look.bar_colour))
    if look.above:
        yield element("pBdr", *(_line(side, look.above, 5, HAIR) for side in ("top", "between")))
    air = TWENTIETHS // 2 if size < NORMAL_PT else TWENTIETHS
    around = {"before": look.before * air, "after": look.after * air}
    yield (
        element("spacing", **around, line=look.exact * TWENTIETHS, lineRule="exact")
        if look.exact
        else element("spacing", **around)
    )
    if look.beside:
        yield element("ind", left=look.beside)
    if look.centre:
        yield element("jc", val="center")
    if look.level:
        yield element("outlineLvl", val=look.level - 1)


def _bar(look: Look, colour: str, side: str = "left") -> Element:
    return _line(side, look.bar, 10, colour)


def _line(side: str, width: int, space: int, colour: str) -> Element:
    return element(side, val="single", sz=width, space=space, color=colour)


def _sizes(points: float) -> tuple[Element, Element]:
    half = round(points * 2)
    return element("sz", val=half), element("szCs", val=half)


def _table() -> Element:
    """Tables: hairlines between rows, none around."""
    return element(
        "style",
        element("name", val="Record table"),
        element(
            "tblPr",
            element("tblBorders", *(_line(side, 4, 0, HAIR) for side in ("bottom", "insideH"))),
            element(
                "tblCellMar",
                element("top", w=60, type="dxa"),
                element("left", w=100, type="dxa"),
                element("bottom", w=60, type="dxa"),
                element("right", w=100, type="dxa"),
            ),
        ),
        type="table",
        styleId="RecordTable",
    )

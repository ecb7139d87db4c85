"""What a Word file is made of: elements, and out of them paragraphs, each in its own language and written its own way.
How they look stands in wordstyles.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .blocks import Run

Element = Any
"""An element of the file. The library gives each a class of its own, and most have none with a name."""


def element(name: str, /, *inside: Element | None, **attributes: str | int) -> Element:
    """`element("sz", val=22)` is `<w:sz w:val="22"/>`. What is None is left out."""
    made = OxmlElement(f"w:{name}", {qn(f"w:{key}"): str(value) for key, value in attributes.items()})
    made.extend([one for one in inside if one is not None])
    return made


def paragraph(
    style: str,
    run: Run,
    *,
    keep: bool = False,
    borders: Element | None = None,
    spacing: Mapping[str, int] | None = None,
) -> Element:
    """Words as a paragraph of this style. `keep`: on one page with the next. `borders` and `spacing` ("before" and
    "after") where they are others than the style's."""
    return element(
        "p",
        element(
            "pPr",
            element("pStyle", val=style),
            element("keepNext") if keep else None,
            borders,
            element("bidi") if run.rtl else None,
            element("spacing", **spacing) if spacing else None,
        ),
        words(run),
    )


def words(run: Run) -> Element:
    """Words as a run of Word's, with their language and direction."""
    # Which of the three counts is for the script to say; the words are in one language.
    lang = element("lang", val=run.lang, eastAsia=run.lang, bidi=run.lang) if run.lang else None
    made = element("r", element("rPr", element("rtl") if run.rtl else None, lang))
    made.text = run.text.replace("\r\n", "\n")
    return made


def blank(style: str, *inside: Element | None) -> Element:
    """A paragraph without words. With it may end a section."""
    return element("p", element("pPr", element("pStyle", val=style), *inside))

"""A record as a PDF that can be heard as well as read (PDF/UA-1). How it looks stands in paper.typ; words reach typst
as data, never as its source."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Final

import msgspec
import typst

from ..catalogue import gettext as _
from .blocks import Paper
from .forms import CannotWrite
from .model import Record
from .paper import paper

LOOK: Final = Path(__file__).with_name("paper.typ")
UNSEEN: Final = re.compile("[\x7f-\x84\x86-\x9f\ufeff]")
"""What has no look, and no place in a PDF of this kind."""
MISSING: Final = re.compile(r'PDF/UA-1 error: the text `"(.*?)"` could not be displayed')
ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
NAMED: Final = 5
"""So many signs are named at most."""
CJK: Final = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO")
PICTURES: Final = (range(0x2600, 0x2800), range(0x1F000, 0x20000))


def write(record: Record) -> bytes:
    """The record as a PDF. Raises CannotWrite."""
    return typeset(paper(record))


def typeset(paper: Paper, fonts: typst.Fonts | None = None) -> bytes:
    """A paper as a PDF, in the fonts of this computer where no others are given. Raises CannotWrite."""
    said = UNSEEN.sub("", msgspec.json.encode(paper).decode())
    try:
        return typst.compile(
            LOOK,
            root=LOOK.parent,
            font_paths=fonts or typst.Fonts(),
            sys_inputs={"paper": said, "page": _("Page {page} of {pages}")},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        missing = _missing(error.diagnostic)
        if not missing:
            raise
        raise CannotWrite(_sentence(missing)) from None


def _missing(diagnostic: str) -> list[str]:
    """The signs that no font has: in a PDF of this kind, typst draws no empty box but says what it would stand for."""
    quoted = dict.fromkeys(MISSING.findall(diagnostic))
    signs = (ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], one) for one in quoted)
    return [sign for sign in signs if any(unicodedata.category(part) != "Cf" for part in sign)]


def _sentence(missing: list[str]) -> str:
    named = [_named(sign) for sign in missing[:NAMED]]
    signs = ", ".join([*named, "…"] if len(missing) > NAMED else named)
    packages = sorted({package for sign in missing if (package := _package(sign[0]))})
    if not packages:
        return _("No font has {signs}; take it out of the words, and the PDF can be written.").format(signs=signs)
    said = _("This server has no font for {signs}; install {packages} on it, and the PDF can be written.")
    return said.format(signs=signs, packages=", ".join(packages))


def _named(sign: str) -> str:
    number = " ".join(f"U+{ord(part):04X}" for part in sign)
    return f"{sign} ({number})" if sign.isprintable() else number


def _package(sign: str) -> str:
    """What to install for a sign, as Debian calls it; "" where nothing helps."""
    if any(ord(sign) in pictures for pictures in PICTURES):
        return "fonts-noto-color-emoji"
    if unicodedata.category(sign) in {"Cn", "Co"}:
        return ""
    # Signs as wide as a Chinese one, such as "＝", are in those fonts alone.
    wide = unicodedata.east_asian_width(sign) in "WFH" or unicodedata.name(sign, "").startswith(CJK)
    return "fonts-noto-cjk" if wide else "fonts-noto-core"

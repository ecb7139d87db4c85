"""Reads a PDF back with programs that are not ours: poppler for what is on its pages, pikepdf for how it is made."""

from __future__ import annotations

import io
import subprocess
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree

import pikepdf

DARK: Final = 230
"""Of 255 for white: what is drawn is darker, and what lies under words is not."""

DOTS: Final = 3
"""To a point."""


class Word(NamedTuple):
    """A word on a page, and from where to where it reaches across, in points."""

    page: int
    text: str
    start: float
    end: float


class Tag(NamedTuple):
    """A tag of what a screen reader reads, within those it stands in. `more` is what else its file says of it."""

    name: str
    within: tuple[str, ...]
    lang: str
    alt: str
    more: dict[str, str]


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The file itself. What comes out of it lasts as long as it is held."""
    return pikepdf.open(io.BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    """What is on each page, in the order it was written in."""
    return _poppler(pdf, "pdftotext", "-raw", "{pdf}", "-").decode().split("\f")[:-1]


def heard(pdf: bytes) -> str:
    """What a screen reader reads, under the names of its tags."""
    return _poppler(pdf, "pdfinfo", "-struct-text", "{pdf}").decode()


def bare(text: str) -> str:
    """Words without what a page adds to them: ends of lines, hyphens at one, and signs nobody sees."""
    return "".join(sign for sign in text if not sign.isspace() and unicodedata.category(sign) != "Cf")


def words(pdf: bytes) -> list[Word]:
    html = ElementTree.fromstring(_poppler(pdf, "pdftotext", "-bbox", "{pdf}", "-"))
    space = "{http://www.w3.org/1999/xhtml}"
    return [
        Word(place, word.text or "", float(word.attrib["xMin"]), float(word.attrib["xMax"]))
        for place, page in enumerate(html.iter(f"{space}page"))
        for word in page.iter(f"{space}word")
    ]


def tags(pdf: bytes) -> list[Tag]:
    """Every tag, in the order in which they are read."""
    with opened(pdf) as file:
        return list(_tags(file.Root.StructTreeRoot.K, ()))


def _tags(element: Any, within: tuple[str, ...]) -> Iterator[Tag]:
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from _tags(one, within)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        name = str(element.S).removeprefix("/")
        more = {key: _told(value) for one in element.get("/A", ()) for key, value in one.items()}
        yield Tag(name, within, str(element.get("/Lang", "")), str(element.get("/Alt", "")), more)
        yield from _tags(element.get("/K", pikepdf.Array()), (*within, name))


def _told(value: Any) -> str:
    return " ".join(str(one) for one in value) if isinstance(value, pikepdf.Array) else str(value)


def inks(pdf: bytes) -> set[tuple[float, ...]]:
    """The colours that words are drawn in, red, green and blue from 0 to 1."""
    found = set()
    for steps in _drawn(pdf):
        ink: tuple[float, ...] = ()
        for name, operands in steps:
            match name:
                case "scn":
                    ink = tuple(round(float(part), 3) for part in operands)
                case "Tj" | "TJ":
                    found.add(ink)
    return found


def sizes(pdf: bytes) -> set[float]:
    """The sizes of type, in points."""
    return {round(float(operands[1]), 1) for steps in _drawn(pdf) for name, operands in steps if name == "Tf"}


def _drawn(pdf: bytes) -> Iterator[list[tuple[str, list[Any]]]]:
    with opened(pdf) as file:
        for page in file.pages:
            yield [(str(step.operator), list(step.operands)) for step in pikepdf.parse_content_stream(page)]


def names(pdf: bytes) -> set[str]:
    """Every key and every name in it: what it can do has one."""
    with opened(pdf) as file:
        return {name for one in file.objects for name in _names(one)}


def _names(one: Any) -> Iterator[str]:
    parts: list[Any] = []
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in one.items():
            yield str(key)
            parts.append(value)
    elif isinstance(one, pikepdf.Array):
        parts = list(one)
    elif isinstance(one, pikepdf.Name):
        yield str(one)
    for part in parts:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            yield from _names(part)


def lines_beside(pdf: bytes, start: float, end: float) -> int:
    """How many upright lines stand beside each other at most, between two distances from the left, in points; on the
    first page, above the foot."""
    across, wide = int(start * DOTS), int((end - start) * DOTS)
    part = ("-x", str(across), "-W", str(wide), "-y", "0", "-H", str(int(400 * DOTS)), "-f", "1", "-l", "1")
    drawn = _poppler(pdf, "pdftoppm", "-gray", "-r", str(72 * DOTS), *part, "{pdf}")
    dots = drawn.split(b"\n", 3)[3]
    rows = (dots[at : at + wide] for at in range(0, len(dots), wide))
    return max(sum(before > DARK >= after for before, after in pairwise(row)) for row in rows)


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Of two colours, as WCAG reckons it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[float, ...]) -> float:
    red, green, blue = ((part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _poppler(pdf: bytes, *command: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "record.pdf")
        path.write_bytes(pdf)
        run = [part.format(pdf=path) for part in command]
        return subprocess.run(run, check=True, capture_output=True).stdout

"""A record as a workbook, one sheet for each noun. Text is text whatever it begins with, and stays so when somebody
edits it; there is no formula and no link in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from io import BytesIO
from math import ceil
from typing import Any, Final

import xlsxwriter

from .blocks import is_rtl
from .model import Record
from .nouns import Row
from .package import bare
from .sayings import kind
from .tables import Table, tables

INK: Final = "#1F2433"
SOFT: Final = "#596075"
HAIR: Final = "#C6CAD4"
PALE: Final = "#F0F2F6"
IDS: Final = frozenset({"id", "of", "scale", "cards", "instead"})
SENTENCES: Final = frozenset({"what", "worry", "goal", "family", "know", "otherwise", "ten", "zero", "reason", "note"})
NARROW, WIDE, SENTENCES_WIDE = 6, 26, 60
"""How wide a column is at least and at most, in letters, and at most where it holds sentences."""
INDENT: Final = 1
LETTERS_A_WIDTH: Final = 1.1
"""A width is that of a numeral; most letters are narrower."""
LINE_HEIGHT, HEIGHT_MAX = 15, 409
"""In points."""
NAME_MAX: Final = 31
"""Of a sheet, in letters."""
NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
PLAIN: Final = {"in_memory": True} | dict.fromkeys(
    ("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False
)
A4: Final = 9


def write(record: Record) -> bytes:
    """The record as a .xlsx file."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, PLAIN)
    looks = _Looks(book)
    names: set[str] = set()
    for table in tables(record):
        name = sheet_name(table.name, names)
        names.add(name.casefold())
        sheet = book.add_worksheet(name)
        if is_rtl(kind(record)):
            sheet.right_to_left()
        _fill(sheet, table, looks)
    book.close()
    return bare(file.getvalue(), record.title)


class _Looks:
    """How cells look, and which way their words are written."""

    def __init__(self, book: Any) -> None:
        common = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top", "text_wrap": True}
        common |= {"bottom": 1, "bottom_color": HAIR, "indent": INDENT, "align": "left"}
        words = common | {"quote_prefix": True, "reading_order": 1}
        back = words | {"align": "right", "reading_order": 2}
        head = {"bold": True, "bg_color": PALE, "bottom_color": INK, "valign": "bottom"}
        self.number = book.add_format(common)
        self.id = book.add_format(words | {"font_color": SOFT, "font_size": 9})
        self._words = {False: book.add_format(words), True: book.add_format(back)}
        self._heads = {False: book.add_format(words | head), True: book.add_format(back | head)}

    def words(self, text: str) -> Any:
        return self._words[is_rtl(text)]

    def head(self, text: str) -> Any:
        return self._heads[is_rtl(text)]


def _fill(sheet: Any, table: Table, looks: _Looks) -> None:
    """Head and rows; a column with nothing in it is left out."""
    used = [column for column in table.heads if any(row.get(column, "") != "" for row in table.rows)]
    widths = _widths(table, used)
    for place, column in enumerate(used):
        sheet.set_column(place, place, widths[column])
        sheet.write_string(0, place, table.heads[column], looks.head(table.heads[column]))
    sheet.set_row(0, _height(table.heads, widths))
    for down, row in enumerate(table.rows, 1):
        # Not every program finds the height by itself.
        sheet.set_row(down, _height(row, widths))
        for place, column in enumerate(used):
            cell = row.get(column, "")
            if isinstance(cell, int):
                sheet.write_number(down, place, cell, looks.number)
            elif cell:
                sheet.write_string(down, place, cell, looks.id if column in IDS else looks.words(cell))
            else:
                sheet.write_blank(down, place, None, looks.number)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def _widths(table: Table, used: list[str]) -> dict[str, int]:
    sentences = sum(column in SENTENCES for column in used)
    wide = SENTENCES_WIDE if sentences == 1 else SENTENCES_WIDE * 2 // 3
    widths = {}
    for column in used:
        cells = [str(row.get(column, "")) for row in table.rows]
        longest = max(_letters(line) for cell in cells for line in cell.split("\n"))
        word = max(_letters(word) for word in table.heads[column].split())
        widths[column] = min(max(longest, word, NARROW) + 3, wide if column in SENTENCES else WIDE)
    return widths


def _height(row: Row, widths: Mapping[str, int]) -> float:
    lines = max(_lines(str(row.get(column, "")), width) for column, width in widths.items())
    return min(lines * LINE_HEIGHT + LINE_HEIGHT / 3, HEIGHT_MAX)


def _lines(cell: str, width: int) -> int:
    room = (width - INDENT) * LETTERS_A_WIDTH
    return sum(max(1, ceil(_letters(line) / room)) for line in cell.split("\n"))


def _letters(text: str) -> int:
    """How many letters wide a line is; a Chinese sign is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that a sheet may have and that is not among those `taken`, which are folded to small letters."""
    plain = NOT_IN_NAMES.sub(" ", name).strip()[:NAME_MAX]
    for count in range(2, len(taken) + 3):
        if plain.casefold() not in taken:
            break
        plain = f"{plain[: NAME_MAX - 3].rstrip(' 0123456789')} {count}"
    return plain

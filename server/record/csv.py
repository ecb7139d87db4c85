"""A record as CSV: UTF-8 with a mark at its start, one row of heads for the whole file, and "part" saying which noun a
row is of. Nothing in it is a formula to the programs that open such files."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import Final

from .model import Record
from .tables import tables

COLUMNS: Final = (
    *("part", "kind", "number", "count", "none", "what", "worry", "goal", "family", "know", "otherwise"),
    *("ten", "zero", "reason", "language", "translation", "stale", "who", "role", "service", "helps", "how"),
    *("state", "lead", "owner", "when", "brought", "shared", "by", "about", "child", "category", "least", "note"),
    *("agreed", "source", "scale", "cards", "instead", "of", "id"),
)
"""The heads: words for programs, the same in every language. What a column is called to people, a workbook says."""
STARTS: Final = frozenset("=+-@\u2212")
"""What a formula begins with, in one of its forms; the last is a minus sign."""


def write(record: Record) -> bytes:
    """The record as a .csv file."""
    text = io.StringIO(newline="")
    rows = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    rows.writeheader()
    for table in tables(record):
        for row in table.rows:
            rows.writerow({"part": table.key, **{column: inert(cell) for column, cell in row.items()}})
    return text.getvalue().encode("utf-8-sig")


def inert(cell: str | int) -> str | int:
    """The cell, with a ' before it where a program might read it as a formula: spaces and signs that nobody sees are
    looked past, and so is the width of a letter."""
    if isinstance(cell, int) or not cell:
        return cell
    seen = next((sign for sign in cell if unicodedata.category(sign)[0] not in "ZC"), "")
    begins = unicodedata.normalize("NFKC", seen)[:1] in STARTS if seen else False
    return f"'{cell}" if begins or cell[0] in "\t\r\n" else cell

"""A noun of a record as a table: its columns, and a row for each. Words with second texts take one row for each
language, one below another and with the same id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec

from ..board.refusal import N_
from ..catalogue import gettext as _
from .model import Record
from .said import Said

Row = Mapping[str, str | int]
"""Its cells by their columns. What is left out is empty."""


class Noun(msgspec.Struct, frozen=True):
    """A noun. `key` names it for a program, `name` for a person, in English; `heads` are its columns in their order,
    each with what it is called; `rows` finds them in a record."""

    key: str
    name: str
    heads: Mapping[str, str]
    rows: Callable[[Record], Iterable[Row]]


IDS: Final = {"id": N_("Id")}
PART: Final = {"of": N_("Belongs to"), **IDS}
"""Ids are at the end: they are for programs, and for whoever looks one up."""
SECOND: Final = {
    "language": N_("Language"),
    "translation": N_("Translation"),
    "stale": N_("The first text was changed since"),
}
"""Columns of every noun whose words may have second texts."""


def spoken(texts: Mapping[str, Said | None], heads: Mapping[str, str], **more: str | int) -> Iterator[Row]:
    """A row for words as they were typed, with `more` about them, and one for each language somebody put beside it."""
    there = {column: said for column, said in texts.items() if said is not None}
    typed = {said.lang for said in there.values() if said.lang}
    yield {**{column: said.text for column, said in there.items()}, **more, "language": ", ".join(sorted(typed))}
    for lang in sorted({one.lang for said in there.values() for one in said.seconds}):
        seconds = {column: one for column, said in there.items() for one in said.seconds if one.lang == lang}
        yield {
            **{column: one.text for column, one in seconds.items()},
            "id": more["id"],
            "language": lang,
            "translation": _("yes"),
            "stale": ", ".join(_(heads[column]) for column, one in seconds.items() if one.stale),
        }


def yes(true: bool) -> str:
    """ "yes", or nothing."""
    return _("yes") if true else ""

"""A record as tables, one for each noun it has anything of, for whoever wants to sort and count. Nothing is added up
here: no total, no average."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from ..catalogue import gettext as _
from . import numbernouns, peoplenouns, plannouns, saidnouns, setnouns
from .model import Record
from .nouns import Noun, Row

NOUNS: Final[tuple[Noun, ...]] = (
    *peoplenouns.NOUNS,
    *saidnouns.FIRST,
    *setnouns.NOUNS,
    *numbernouns.NOUNS,
    *plannouns.NOUNS,
    *saidnouns.LAST,
)


class Table(msgspec.Struct, frozen=True):
    """A table. `key` names it for a program and `name` for a person; `heads` says what each of its columns is called,
    in their order; `rows` are one at least."""

    key: str
    name: str
    heads: Mapping[str, str]
    rows: tuple[Row, ...]


def tables(record: Record) -> Iterator[Table]:
    """The tables, that of the meeting first."""
    for noun in NOUNS:
        if rows := tuple(noun.rows(record)):
            yield Table(noun.key, _(noun.name), {key: _(head) for key, head in noun.heads.items()}, rows)

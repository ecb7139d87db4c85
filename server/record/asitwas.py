"""The board at one minute, as a paper reads: what stood on it, without what a record says of itself."""

from __future__ import annotations

from collections.abc import Iterator

from .blocks import Block, Paper, Para, is_rtl, run
from .model import Record
from .paper import columns, decisions, steps, thoughts, unknowns, voices
from .sayings import kind, without_names
from .setpaper import numbers, sets


def as_it_was(record: Record) -> Paper:
    """The board as a paper. Its headings begin at 2: what minute this is, the page says."""
    return Paper(title=record.title, lang=record.lang, rtl=is_rtl(kind(record)), blocks=tuple(_blocks(record)), foot="")


def _blocks(record: Record) -> Iterator[Block]:
    if not record.names_shown:
        yield Para(runs=(run(without_names()),), kind="note")
    yield from voices(record)
    yield from columns(record, landscape=True)
    yield from sets(record)
    yield from numbers(record)
    yield from unknowns(record)
    yield from decisions(record)
    yield from steps(record)
    yield from thoughts(record)

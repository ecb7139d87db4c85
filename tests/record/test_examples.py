"""The two worked examples come out in every form, as they stand in the golden files, and the next meeting begins from
them. Other programs read what ours wrote."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import mammoth
import msgspec
import openpyxl
import pytest

from server.board.past import Past
from server.lastmeeting import read
from server.record.blocks import Block, Cell, Chart, Heading, Line, Para, Table
from server.record.forms import write
from server.record.model import Copy, Record
from server.record.paper import paper
from server.recording import of_board
from tests.board.make import Play, opened
from tests.record.conftest import Records
from tests.record.examples import COPIES, FORMS, GOLDEN, golden, settled
from tests.record.pdf_reading import pages
from tests.record.test_csv import words as words_of_people

EXAMPLES = ("A", "B")
each = pytest.mark.parametrize(("example", "copy"), [(example, copy) for example in EXAMPLES for copy in COPIES])


class Read(HTMLParser):
    """All words of a page, with those that only a screen reader says; not those of its head."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "body"
        self.said += [value or "" for name, value in attrs if name == "aria-label" and tag == "svg"]

    def handle_data(self, data: str) -> None:
        if self.inside or not self.said:
            self.said.append(data)


def page(file: bytes | str) -> list[str]:
    text = file.decode() if isinstance(file, bytes) else file
    # What Word was made into has no body of its own.
    return words(Read(text if "<body" in text else f"<body>{text}").said)


def words(texts: Iterable[str]) -> list[str]:
    return re.findall(r"\w+", " ".join(texts))


def on_paper(record: Record, *, captions: bool) -> Iterator[str]:
    """What the paper says, in the order it is read."""
    for block in paper(record).blocks:
        yield from _said(block, captions=captions)


def _said(block: Block, *, captions: bool) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Para():
            yield from (run.text for run in block.runs)
        case Table():
            yield from [block.caption] if captions else []
            yield from (text for cell in block.heads for text in _in_cell(cell))
            yield from (text for row in block.rows for cell in row for text in _in_cell(cell))
        case Line() | Chart():
            yield block.text


def _in_cell(cell: Cell) -> Iterator[str]:
    return (run.text for para in cell.paras for run in para.runs)


def missing(wanted: list[str], there: list[str]) -> list[str]:
    """The words from the first one on that do not come in their order."""
    at = iter(there)
    for place, word in enumerate(wanted):
        if word not in at:
            return wanted[place : place + 12]
    return []


@each
@pytest.mark.parametrize("form", FORMS)
def test_an_example_comes_out_as_it_stands_in_its_golden_file(
    examples: Records, example: str, copy: Copy, form: str
) -> None:
    assert golden(examples[example][copy], form) == (GOLDEN / f"{example}.{copy}.{form}").read_text("utf-8")


def test_there_is_no_golden_file_that_nothing_is_held_to() -> None:
    named = {f"{example}.{copy}.{form}" for example in EXAMPLES for copy in COPIES for form in FORMS}
    assert {file.name for file in GOLDEN.iterdir()} == named


@each
def test_a_browser_reads_every_word_of_the_paper_in_its_order(examples: Records, example: str, copy: Copy) -> None:
    record = examples[example][copy]
    assert missing(words(on_paper(record, captions=True)), page(write(record, "html"))) == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_outline_plan_fits_on_one_page(examples: Records, example: str) -> None:
    assert len(pages(write(examples[example]["plan"], "pdf"))) == 1


@each
def test_word_holds_every_word_of_the_paper_in_its_order(examples: Records, example: str, copy: Copy) -> None:
    record = examples[example][copy]
    made = mammoth.convert_to_html(io.BytesIO(write(record, "docx")))
    # How a table is called stands where a screen reader finds it, and not among the words.
    assert missing(words(on_paper(record, captions=False)), page(made.value)) == []


@each
def test_excel_holds_every_word_anybody_said(examples: Records, example: str, copy: Copy) -> None:
    record = examples[example][copy]
    book = openpyxl.load_workbook(io.BytesIO(write(record, "xlsx")))
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    together = "\n".join(cells)
    said = [line for text in words_of_people(msgspec.to_builtins(record)) for line in text.splitlines()]
    assert [line for line in said if line not in together] == []


@each
def test_json_is_the_record_again(examples: Records, example: str, copy: Copy) -> None:
    record = examples[example][copy]
    assert msgspec.json.decode(write(record, "json"), type=Record) == record


@each
def test_no_form_of_a_copy_says_more_than_its_paper(examples: Records, example: str, copy: Copy) -> None:
    """Of worries and numbers, which a family may not want to lie on a table."""
    if copy == "whole":
        return
    record, whole = examples[example][copy], examples[example]["whole"]
    held = " ".join([*on_paper(record, captions=True), write(record, "csv").decode(), write(record, "json").decode()])
    assert [one.worry.text for one in whole.sets if one.worry.text in held] == []
    assert (record.rounds, record.scales, record.earlier, record.people) == ((), (), (), ())


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_same_example_has_the_same_fingerprint_whenever_it_is_played(examples: Records, example: str) -> None:
    """A record that was signed is not "changed since" because a newer server reads it."""
    again = settled(examples[example]["whole"], 1_800_000_000_000)
    known = msgspec.json.decode((GOLDEN / f"{example}.whole.json").read_bytes(), type=Record)
    assert again.fingerprint == known.fingerprint


def begun_from(record: Record) -> Play:
    """The meeting after this one."""
    last = read(write(record, "json"))
    play = opened(scale=last.scale)
    for ask in last.asks:
        play.writes(ask)
    return play


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_next_meeting_begins_from_an_example_with_its_hollow_markers(examples: Records, example: str) -> None:
    record = examples[example]["whole"]
    board = begun_from(record).board
    assert [one.texts["happened"].text for one in board.sets.values()] == [
        one.texts["happened"] for one in record.sets if one.state == "board"
    ]
    assert {one.what for one in board.steps.values()} == {one.what.text for one in record.steps}
    assert {one.agreed for one in board.steps.values()} == {record.opened}
    assert sorted(map(marker, board.past.values())) == sorted(
        (round.scale, mark.who, mark.value)
        for round in record.rounds
        for mark in round.marks
        if isinstance(mark.value, int)
    )
    assert not any(one.shown for one in board.past.values())


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_meeting_after_the_next_still_knows_when_a_worry_was_begun(examples: Records, example: str) -> None:
    record = examples[example]["whole"]
    next_one = begun_from(record)
    assert {one.begun for one in of_board(next_one.board, "whole", made=0).sets} == {record.opened}
    after = begun_from(of_board(next_one.board, "whole", made=0))
    assert {one.begun for one in of_board(after.board, "whole", made=0).sets} == {record.opened}
    assert {one.agreed for one in of_board(after.board, "whole", made=0).steps} == {record.opened}


def marker(one: Past) -> tuple[str, str, Any]:
    return one.scale, one.name, one.value

"""A record as CSV: one row of heads, every noun, no formula, and all that was said."""

from __future__ import annotations

import csv
import io
import time
import unicodedata
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from server.record.csv import COLUMNS, inert, write
from server.record.model import Record
from server.record.numbers import Before, Earlier
from server.record.tables import NOUNS, tables
from tests.record.docx_sample import (
    ARABIC,
    BENGALI,
    EMOJI,
    FARSI,
    HELD,
    HOSTILE,
    LONG_WORD,
    POLISH,
    crowded,
    empty,
    sample,
    with_cards,
)

SAID = {"text", "name", "title", "reason", "note", "but", "source", "when", "finds_out", "by_when", "agency", "helping"}
SAID |= {"whose", "brought_by", "who", "reasons", "whom", "next", "ring", "what", "role_name", "said", "ten", "zero"}


def read(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def words(value: Any) -> Iterator[str]:
    """Every word a person said in a record, and every name."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if isinstance(inside, str):
                yield from [inside] if key in SAID and inside else []
            else:
                yield from words(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from words(inside)


def test_a_program_reads_the_whole_file_by_one_row_of_heads():
    rows = read(write(sample()))
    assert {row["part"] for row in rows} == {noun.key for noun in NOUNS}
    assert all(set(row) == set(COLUMNS) and None not in row.values() for row in rows)


def test_every_noun_fits_under_the_heads():
    assert [(noun.key, column) for noun in NOUNS for column in noun.heads if column not in COLUMNS] == []
    assert len(set(COLUMNS)) == len(COLUMNS)


def test_a_spreadsheet_sees_that_it_is_utf_8_and_where_a_row_ends():
    file = write(sample())
    assert file.startswith(b"\xef\xbb\xbfpart,")
    assert file.count(b"\r\n") == file.count(b"\n")


def test_every_language_comes_out_as_it_was_typed():
    said = {row["what"] for row in read(write(sample()))}
    assert {FARSI, ARABIC, POLISH, BENGALI, EMOJI, LONG_WORD} <= said


def test_nothing_that_was_said_is_missing():
    record = sample()
    cells = {str(cell) for table in tables(record) for row in table.rows for cell in row.values()}
    together = "\n".join(cells)
    missing = [text for text in words(msgspec.to_builtins(record)) if text not in cells and text not in together]
    assert missing == []


def test_a_second_text_is_never_glued_to_the_first():
    rows = [row for row in read(write(sample())) if row["part"] == "cards" and row["id"] == "card0004"]
    assert [(row["what"], row["language"], row["translation"]) for row in rows] == [
        ("I do not sleep.", "en", ""),
        (ARABIC, "ar", "yes"),
    ]


def test_each_language_of_a_worry_is_a_row_with_what_it_has_in_that_language():
    first, second = [row for row in read(write(sample())) if row["part"] == "sets"]
    assert (first["worry"], first["goal"]) == (
        "We are worried because Ayaan misses the bus.",
        "Ayaan gets to school on time.",
    )
    assert (second["id"], second["language"], second["family"], second["stale"]) == (first["id"], "pl", "", "Worry")
    assert (second["worry"], second["goal"]) == (
        "Martwimy się, bo Ayaan spóźnia się na autobus.",
        "Ayaan jest w szkole na czas.",
    )


def test_hostile_words_are_inert():
    for row in read(write(with_cards(HOSTILE))):
        for cell in row.values():
            seen = unicodedata.normalize("NFKC", cell).lstrip("\ufeff\u200b\u00a0 \t\r\n")
            assert not seen or seen[0] not in "=+-@", cell
            assert not cell or cell[0] not in "\t\r\n", cell


def test_hostile_words_come_out_as_they_were_typed_but_for_one_sign_before_them():
    cells = {row["what"] for row in read(write(with_cards(HOSTILE)))}
    assert [text for text in HOSTILE if text not in cells and f"'{text}" not in cells] == []


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "+1",
        "-1",
        "@A1",
        "\t1",
        "\r1",
        "\n1",
        " =1",
        "\ufeff=1",
        "\u00a0\u200b+1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "\u22121",
    ],
)
def test_a_formula_in_any_disguise_is_shown_and_not_reckoned(text: str):
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["We go - or not", "a=b", "5", "’s", "", " ", "🙂", FARSI, "one\n-two", "'=1", ";-)"])
def test_words_that_are_no_formula_are_left_alone(text: str):
    assert inert(text) == text


def test_a_number_is_a_number():
    numbers = [row["number"] for row in read(write(sample())) if row["part"] == "numbers"]
    assert numbers == ["2", "4", "4", "not sure", "7"]


def test_a_number_somebody_remembered_stands_beside_those_that_came_with_a_record():
    brought = Earlier(
        id="earlier1",
        scale="scale001",
        day=HELD - 10**10,
        show="role",
        ten="All is well.",
        zero="Nothing has changed.",
        direction="up",
        marks=(Before(value=8, when="", role="someone"),),
    )
    record = replace(sample(), earlier=(brought,))
    rows = [row for row in read(write(record)) if row["part"] == "before"]
    assert [(row["number"], row["who"], row["role"], row["state"]) for row in rows] == [
        ("8", "", "someone", "yes"),
        ("1", "Tom Okafor", "Works with the family", ""),
    ]


def test_a_meeting_in_which_nobody_spoke_is_a_file_all_the_same():
    assert {row["part"] for row in read(write(empty()))} == {"meeting"}


@pytest.mark.parametrize("record", [sample(), empty()])
def test_the_same_record_is_the_same_file_whenever_it_is_made(record: Record):
    assert write(record) == write(record)


def test_two_hundred_cards_are_written_while_somebody_waits():
    began = time.perf_counter()
    rows = read(write(crowded()))
    assert time.perf_counter() - began < 5
    assert sum(row["part"] == "cards" for row in rows) == 200

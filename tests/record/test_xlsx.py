"""A record as a workbook: a sheet for each noun, text that stays text, and nothing that acts."""

from __future__ import annotations

import re
import time
import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from lxml import etree

from server.record.model import Record
from server.record.tables import tables
from server.record.xlsx import sheet_name, write
from tests.record.docx_sample import ARABIC, HOSTILE, crowded, empty, sample, with_cards


def parts(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(file)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def book(record: Record) -> Any:
    return openpyxl.load_workbook(BytesIO(write(record)))


def rows(record: Record, name: str) -> list[dict[str, Any]]:
    heads, *lines = book(record)[name].iter_rows(values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines]


def test_there_is_a_sheet_for_each_noun_the_record_has_anything_of():
    assert book(sample()).sheetnames == [
        "Meeting",
        "People",
        "Children’s own words",
        "Cards",
        "Worries and goals",
        "Different views",
        "Whether people agree",
        "Scales",
        "Rounds",
        "Numbers",
        "Earlier numbers",
        "Decisions",
        "Next steps",
        "Who takes them on",
        "For next time",
        "Comments",
        "Corrections",
    ]


def test_a_meeting_in_which_nobody_spoke_is_a_workbook_all_the_same():
    assert book(empty()).sheetnames == ["Meeting"]


def test_a_second_text_has_a_row_of_its_own_below_the_first():
    first, second = [row for row in rows(sample(), "Cards") if row["Id"] == "card0004"]
    assert (first["What was said"], first["Language"], first["Who"]) == ("I do not sleep.", "en", "Farida")
    assert (second["What was said"], second["Language"], second["Translation"]) == (ARABIC, "ar", "yes")
    assert second["The first text was changed since"] == "What was said"


def test_numbers_are_numbers_and_words_are_words():
    numbers = [row["Number"] for row in rows(sample(), "Numbers")]
    assert numbers == [2, 4, 4, "not sure", 7]


def test_nothing_is_added_up():
    sheets = book(sample())
    assert not re.search("(?i)average|mean |total|sum", " ".join(sheets.sheetnames))
    # An agreement has as many rows of numbers as there are answers, and no more.
    assert [row["How many"] for row in rows(sample(), "Whether people agree")] == [1, 1, 1, None, None]


def test_the_heads_stay_in_sight_and_stand_out():
    for sheet in book(sample()):
        assert sheet.freeze_panes == "A2"
        assert all(cell.font.bold and cell.value for cell in sheet[1])
        assert not any(cell.font.bold for cell in sheet[2])


def test_a_column_with_nothing_in_it_is_left_out():
    for sheet in book(sample()):
        assert [column[0].value for column in sheet.iter_cols() if all(cell.value is None for cell in column[1:])] == []


def test_long_words_are_read_without_dragging_a_column():
    sheet = book(sample())["Cards"]
    assert sheet.column_dimensions["A"].width > 50
    assert sheet["A2"].alignment.wrap_text
    letters = max(len(str(cell.value)) for cell in sheet[5])
    assert letters > 200
    assert sheet.row_dimensions[5].height >= 4 * 15


def test_arabic_reads_from_right_to_left_in_its_cell():
    [cell] = [cell for row in book(sample())["Cards"] for cell in row if cell.value == ARABIC]
    assert (cell.alignment.horizontal, cell.alignment.readingOrder) == ("right", 2)


def test_no_cell_is_a_formula_whatever_was_typed():
    for sheet in book(with_cards(HOSTILE)):
        assert [cell.coordinate for row in sheet for cell in row if cell.data_type not in {"s", "n"}] == []
    sheets = [part for name, part in parts(write(with_cards(HOSTILE))).items() if "worksheets/" in name]
    assert [part for part in sheets if re.search(rb"<(\w+:)?f[ >/]", part)] == []


def test_hostile_words_come_out_as_they_were_typed():
    read = {row["What was said"] for row in rows(with_cards(HOSTILE), "Cards")}
    assert [text for text in HOSTILE if text not in read] == []


def test_text_stays_text_when_somebody_edits_it():
    sheet = book(with_cards(HOSTILE))["Cards"]
    assert all(cell.quotePrefix for row in sheet.iter_rows(min_row=2) for cell in row if cell.data_type == "s")


def test_the_file_leads_nowhere():
    acting = re.compile(
        rb"<(\w+:)?(hyperlink|definedName|externalReference|connection|oleObject|ddeLink|control|dataValidation)\b"
        rb"|TargetMode|vbaProject|activeX"
    )
    for name, part in parts(write(with_cards(HOSTILE))).items():
        assert acting.findall(part) == [], name


def test_the_file_has_no_property_but_its_title():
    file = parts(write(sample()))
    core = etree.fromstring(file["docProps/core.xml"])
    assert [(etree.QName(one).localname, one.text) for one in core] == [("title", sample().title)]
    assert [name for name in file if name.startswith(("docProps/", "customXml/"))] == ["docProps/core.xml"]


def test_the_same_record_is_the_same_file_whenever_it_is_made():
    file = write(sample())
    with zipfile.ZipFile(BytesIO(file)) as opened:
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert write(sample()) == file


@pytest.mark.parametrize(
    ("name", "taken", "is_called"),
    [
        ("Cards", set(), "Cards"),
        ("Cards", {"cards"}, "Cards 2"),
        ("Cards", {"cards", "cards 2"}, "Cards 3"),
        ("Worries/goals: [what]?*\\", set(), "Worries goals   what"),
        ("'Children’s'", set(), "Children’s"),
        ("Sorgen und Ziele der ganzen Familie", set(), "Sorgen und Ziele der ganzen Fam"),
        ("Sorgen und Ziele der ganzen Familie", {"sorgen und ziele der ganzen fam"}, "Sorgen und Ziele der ganzen 2"),
    ],
)
def test_a_sheet_has_a_name_excel_takes_in_any_language(name: str, taken: set[str], is_called: str):
    assert sheet_name(name, taken) == is_called


def test_no_noun_has_two_cells_for_one_column():
    for table in tables(sample()):
        assert all(set(row) <= set(table.heads) for row in table.rows), table.key


def test_two_hundred_cards_are_written_while_somebody_waits():
    began = time.perf_counter()
    file = write(crowded())
    assert time.perf_counter() - began < 5
    assert openpyxl.load_workbook(BytesIO(file))["Cards"].max_row == 201

"""A record as a Word file: what it says, how it is built, and that it does nothing."""

from __future__ import annotations

import re
import time
import zipfile
from io import BytesIO
from typing import Any

import mammoth
import pytest
from docx.oxml.ns import qn
from lxml import etree
from msgspec.structs import replace

from server.record.blocks import Cell, Heading, Line, Paper, Para, Run, Table, Turn, cell, run
from server.record.docx import of_paper, write
from server.record.paper import paper
from tests.record.docx_sample import HOSTILE, LONG_WORD, crowded, empty, sample, with_cards


def parts(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(file)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def document(file: bytes) -> Any:
    return etree.fromstring(parts(file)["word/document.xml"])


def text_of(element: Any) -> str:
    """What a reader reads: Word has an element of its own for a tab and for a new line."""
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    return "".join(one.text or "" if one.tag == qn("w:t") else signs.get(one.tag, "") for one in element.iter())


def paragraphs(file: bytes) -> list[str]:
    return [text_of(one) for one in document(file).iter(qn("w:p"))]


def of(said: str, file: bytes) -> Any:
    """The one paragraph that says this."""
    [found] = [one for one in document(file).iter(qn("w:p")) if text_of(one) == said]
    return found


def runs_of(said: Paper) -> list[Run]:
    found: list[Run] = []
    for block in said.blocks:
        if isinstance(block, Para):
            found += block.runs
        elif isinstance(block, Table):
            cells = [*block.heads, *(one for row in block.rows for one in row)]
            found += [run for one in cells for para in one.paras for run in para.runs]
    return found


def a_paper(*blocks: Any, rtl: bool = False, large: bool = False) -> bytes:
    return of_paper(Paper(title="Paper", lang="ar" if rtl else "en", rtl=rtl, blocks=blocks, foot="foot", large=large))


def test_word_shows_the_same_outline_as_the_paper():
    html = mammoth.convert_to_html(BytesIO(write(sample()))).value
    shown = [(int(level), re.sub("<[^>]+>", "", text)) for level, text in re.findall(r"<h([1-6])>(.*?)</h\1>", html)]
    said = [(one.level, one.text) for one in paper(sample()).blocks if isinstance(one, Heading)]
    assert {level for level, _text in said} == {1, 2, 3, 4}
    assert [level for level, _text in shown] == [level for level, _text in said]
    assert "Getting to school" in html
    assert "Żółw &amp; Co &lt;3" in html


def test_everything_on_the_paper_is_in_the_file_and_in_its_order():
    there = iter(paragraphs(write(sample())))
    for one in runs_of(paper(sample())):
        assert one.text in there, one.text


def test_each_text_is_a_paragraph_of_its_own_so_that_no_two_languages_share_a_line():
    said = paragraphs(write(sample()))
    assert [one for one in said if one.startswith("ما هر شب")] == ["ما هر شب با هم غذا می‌خوریم."]
    assert "We eat together." in said
    assert LONG_WORD in said


def test_a_table_has_its_heads_on_every_page():
    said = [one for one in paper(sample()).blocks if isinstance(one, Table)]
    tables = [
        one for one in document(write(sample())).iter(qn("w:tbl")) if one.find(f".//{qn('w:tblHeader')}") is not None
    ]
    assert len(tables) == len(said) == 5
    for table in tables:
        first, *rest = table.findall(qn("w:tr"))
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f".//{qn('w:tblHeader')}") is None for row in rest)
    html = mammoth.convert_to_html(BytesIO(write(sample()))).value
    assert html.count("<thead>") == 5
    assert "<th><p>What will happen</p></th>" in html


def test_a_table_says_what_it_is_to_those_who_cannot_see_it():
    captions = [one.get(qn("w:val")) for one in document(write(sample())).iter(qn("w:tblCaption"))]
    said = [
        one.caption if isinstance(one, Table) else "Number line"
        for one in paper(sample()).blocks
        if isinstance(one, Table | Line)
    ]
    assert captions == said


def test_a_long_row_goes_on_over_the_end_of_a_page_and_a_short_one_does_not():
    rows = ((cell("short"),), (cell("long " * 200),))
    made = document(a_paper(Table(caption="c", heads=(cell("Head"),), rows=rows, widths=(1,))))
    assert [row.find(f".//{qn('w:cantSplit')}") is not None for row in made.iter(qn("w:tr"))] == [True, True, False]


def test_two_tables_stay_two():
    one = Table(caption="c", heads=(cell("Head"),), rows=((cell("a"),),), widths=(1,))
    body = document(a_paper(one, one))[0]
    assert [child.tag for child in body].count(qn("w:tbl")) == 2
    assert all(child.getnext().tag == qn("w:p") for child in body.iterchildren(qn("w:tbl")))


def test_nothing_in_a_cell_is_kept_with_the_next_for_word_would_keep_whole_rows():
    rows = [one for one in document(write(sample())).iter(qn("w:tr")) if one.find(f".//{qn('w:tblHeader')}") is None]
    lines = {id(row) for row in rows if row.find(f".//{qn('w:pStyle')}[@{qn('w:val')}='Numeral']") is not None}
    assert [
        text_of(row) for row in rows if id(row) not in lines and row.find(f".//{qn('w:keepNext')}") is not None
    ] == []


def test_an_empty_cell_is_no_broken_file():
    made = document(a_paper(Table(caption="c", heads=(cell("Head"),), rows=((Cell(),),), widths=(1,))))
    assert all(one.find(qn("w:p")) is not None for one in made.iter(qn("w:tc")))


@pytest.mark.parametrize(
    ("text", "lang"), [("ما هر شب با هم غذا می‌خوریم.", "prs"), ("We eat together.", "en"), ("I do not sleep.", "en")]
)
def test_words_are_marked_with_their_language(text: str, lang: str):
    named = of(text, write(sample())).find(f".//{qn('w:rPr')}/{qn('w:lang')}")
    assert {named.get(qn(f"w:{script}")) for script in ("val", "eastAsia", "bidi")} == {lang}


@pytest.mark.parametrize(("lang", "named"), [("en", "en-GB"), ("", "en-GB"), ("pl", "pl"), ("ar", "ar")])
def test_the_file_says_its_own_language(lang: str, named: str):
    file = of_paper(replace(paper(sample()), lang=lang))
    [default] = etree.fromstring(parts(file)["word/styles.xml"]).find(qn("w:docDefaults")).iter(qn("w:lang"))
    assert {default.get(qn(f"w:{script}")) for script in ("val", "eastAsia", "bidi")} == {named}


def test_arabic_reads_from_right_to_left_beside_english_that_does_not():
    file = write(sample())
    arabic, english = of("نمشي معا إلى المدرسة", file), of("Walk to school together.", file)
    assert arabic.find(f".//{qn('w:bidi')}") is not None
    assert arabic.find(f".//{qn('w:rtl')}") is not None
    assert english.find(f".//{qn('w:bidi')}") is None
    assert english.find(f".//{qn('w:rtl')}") is None


def test_a_paper_in_arabic_begins_on_the_right_and_so_do_its_tables_and_its_numbers():
    table = Table(caption="c", heads=(cell("الرقم"), cell("من")), rows=((cell("5"), cell("Dana")),), widths=(1, 2))
    file = a_paper(table, rtl=True)
    made = document(file)
    assert made.find(f".//{qn('w:sectPr')}/{qn('w:bidi')}") is not None
    assert made.find(f".//{qn('w:tblPr')}/{qn('w:bidiVisual')}") is not None
    assert of("5", file).find(f".//{qn('w:bidi')}") is not None
    assert of("Dana", file).find(f".//{qn('w:bidi')}") is None


def test_a_bar_stands_on_the_side_where_its_words_begin():
    file = a_paper(Para(runs=(run("أحب المدرسة"), run("I love school")), kind="quote"))
    right = of("أحب المدرسة", file).find(f".//{qn('w:pBdr')}")
    assert [(one.tag, one.get(qn("w:val"))) for one in right] == [(qn("w:left"), "nil"), (qn("w:right"), "single")]
    left = of("I love school", file).find(f".//{qn('w:pBdr')}")
    assert left is None or [one.tag for one in left] == [qn("w:left")]


def test_what_two_children_said_has_two_bars():
    """Word joins the bars of two paragraphs that are drawn alike."""
    file = a_paper(*(Para(runs=(run(text),), kind="quote") for text in ("one", "other")))
    one, other = (of(text, file).find(f".//{qn('w:pBdr')}") for text in ("one", "other"))
    assert (one is None) != (other is None)


def test_only_the_columns_lie_across_the_page():
    sections = list(document(write(sample())).iter(qn("w:sectPr")))
    sizes = [one.find(qn("w:pgSz")) for one in sections]
    assert [one.get(qn("w:orient")) for one in sizes] == [None, "landscape", None]
    assert [(one.get(qn("w:w")), one.get(qn("w:h"))) for one in sizes] == [
        ("11906", "16838"),
        ("16838", "11906"),
        ("11906", "16838"),
    ]


def test_a_table_is_as_wide_as_its_page():
    file = document(
        a_paper(Turn(landscape=True), Table(caption="c", heads=(cell("a"), cell("b")), rows=(), widths=(1, 3)))
    )
    widths = [int(one.get(qn("w:w"))) for one in file.iter(qn("w:gridCol"))]
    assert widths == [3642, 10927]


def test_the_foot_is_on_every_page():
    file = write(sample())
    foot = etree.fromstring(parts(file)["word/footer1.xml"])
    assert text_of(foot) == paper(sample()).foot
    assert all(one.find(qn("w:footerReference")) is not None for one in document(file).iter(qn("w:sectPr")))


def number_lines(file: bytes) -> list[list[list[Any]]]:
    """The cells of each row of each number line."""
    described = document(file).iter(qn("w:tblDescription"))
    tables = [one.getparent().getparent() for one in described]
    return [[row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))] for table in tables]


def test_a_number_line_shows_who_is_where():
    named, _spread = number_lines(write(sample()))
    above, numerals, below = ([text_of(one) for one in row] for row in named)
    assert numerals == [str(number) for number in range(11)]
    assert above == ["", "", "", "", "ŁuDa", "", "", "", "", "", ""]
    assert below == ["", "(TO)", "TO", "", "", "", "", "", "", "", ""]


def test_a_number_line_says_in_words_all_that_it_shows():
    file = write(sample())
    lines = [one.text for one in paper(sample()).blocks if isinstance(one, Line)]
    described = [one.get(qn("w:val")) for one in document(file).iter(qn("w:tblDescription"))]
    assert described == lines
    assert [one for one in paragraphs(file) if one in lines] == lines


def test_a_mark_that_is_nobodys_is_a_sign_and_no_name():
    _named, (above, _numerals) = number_lines(write(sample()))
    assert [text_of(one) for one in above] == ["", "", "", "", "", "", "", "●", "", "", ""]


def test_the_strong_line_goes_from_the_lowest_mark_to_the_highest():
    (_above, numerals, _below), _spread = number_lines(write(sample()))
    strong = [text_of(one) for one in numerals if one.find(f".//{qn('w:pPr')}/{qn('w:shd')}") is not None]
    assert strong == ["2", "3", "4"]


def test_a_familys_copy_is_in_large_type():
    def size(file: bytes) -> str:
        styles = etree.fromstring(parts(file)["word/styles.xml"])
        return str(styles.find(qn("w:docDefaults")).find(f".//{qn('w:sz')}").get(qn("w:val")))

    assert size(write(replace(sample(), copy="family"))) == "32"
    assert size(write(sample())) == "22"


def test_nobodys_own_words_are_marked_as_wrong():
    settings = etree.fromstring(parts(write(sample()))["word/settings.xml"])
    assert settings.find(qn("w:hideSpellingErrors")) is not None
    assert settings.find(qn("w:hideGrammaticalErrors")) is not None


def test_every_style_that_is_used_is_there():
    file = parts(write(sample()))
    there = {one.get(qn("w:styleId")) for one in etree.fromstring(file["word/styles.xml"]).iter(qn("w:style"))}
    used = {
        one.get(qn("w:val"))
        for name in ("word/document.xml", "word/footer1.xml")
        for kind in ("w:pStyle", "w:tblStyle", "w:rStyle")
        for one in etree.fromstring(file[name]).iter(qn(kind))
    }
    assert used - there == set()


def test_the_file_has_no_property_but_its_title():
    file = parts(write(sample()))
    core = etree.fromstring(file["docProps/core.xml"])
    assert [(etree.QName(one).localname, one.text) for one in core] == [("title", sample().title)]
    assert set(file) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/settings.xml",
        "word/styles.xml",
    }
    assert b"python-docx" not in b"".join(file.values())


def test_no_part_is_named_that_is_not_there():
    file = parts(write(sample()))
    types = etree.fromstring(file["[Content_Types].xml"])
    assert {one.get("PartName").lstrip("/") for one in types if one.get("PartName")} <= set(file)
    beside = etree.fromstring(file["word/_rels/document.xml.rels"])
    assert {f"word/{one.get('Target')}" for one in beside} <= set(file)


def test_the_same_record_is_the_same_file_whenever_it_is_made():
    file = write(sample())
    with zipfile.ZipFile(BytesIO(file)) as opened:
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert write(sample()) == file


def test_the_file_does_nothing_and_leads_nowhere():
    acting = re.compile(
        rb"<w:(hyperlink|fldSimple|fldChar|instrText|object|altChunk|subDoc|drawing|pict|control|bookmark|sdt|ins|del)\b"
        rb"|TargetMode|attachedTemplate|vbaProject|oleObject|activeX|<w:(docVars|mailMerge)"
    )
    for record in (sample(), with_cards(HOSTILE)):
        for name, part in parts(write(record)).items():
            assert acting.findall(part) == [], name


def test_hostile_words_come_out_as_they_were_typed():
    assert len(set(HOSTILE)) == 200
    read = set(paragraphs(write(with_cards(HOSTILE))))
    assert [text for text in HOSTILE if text not in read] == []


def test_another_program_reads_hostile_words_as_words():
    read = mammoth.extract_raw_text(BytesIO(write(with_cards(HOSTILE)))).value
    assert [text for text in HOSTILE if "\n" not in text and text not in read] == []


def test_a_meeting_in_which_nobody_spoke_has_a_record():
    assert "Nobody came" in paragraphs(write(empty()))


def test_two_hundred_cards_are_written_while_somebody_waits():
    began = time.perf_counter()
    said = paragraphs(write(crowded()))
    assert time.perf_counter() - began < 5
    assert sum("We picked him up" in one for one in said) == 200

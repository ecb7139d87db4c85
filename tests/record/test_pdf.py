"""A record as a PDF: it says what was said, to eyes and to a screen reader, and does nothing."""

from __future__ import annotations

import shutil
import time
from itertools import pairwise

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from server.board.words import CARD_MAX
from server.record.blocks import Block, Cell, Heading, Line, Paper, Para, Run, Table, Turn, cell, run
from server.record.forms import CannotWrite
from server.record.numberline import FIRST, WIDTH
from server.record.paper import paper
from server.record.pdf import typeset, write
from tests.record.pdf_hostile import HOSTILE, TURNED
from tests.record.pdf_reading import bare, contrast, heard, inks, lines_beside, names, opened, pages, sizes, tags, words
from tests.record.pdf_sample import AMHARIC, BENGALI, EMOJI, FARSI, LANGUAGES, LONG, POLISH, of_cards, whole

BARE = typst.Fonts(include_system_fonts=False)
"""The fonts of a computer that has none."""
WHITE = (1.0, 1.0, 1.0)
TINT = (0.98, 0.973, 0.957)
A4 = (595.3, 841.9)
MARGIN = 56.7
DOES = {"/AA", "/OpenAction", "/JS", "/JavaScript", "/URI", "/GoTo", "/GoToR", "/Launch", "/Annots", "/AcroForm", "/EF"}
"""What a PDF has that does something, or leads somewhere."""


def a_paper(*blocks: Block, title: str = "Thursday", rtl: bool = False, large: bool = False) -> bytes:
    top = Heading(level=1, text=title)
    return typeset(Paper(title=title, lang="en", rtl=rtl, blocks=(top, *blocks), foot="At the foot", large=large))


def a_table(rows: int, *, columns: bool = False) -> Table:
    said = tuple((cell(f"row {row}"), cell("x")) for row in range(rows))
    return Table(caption="Who came", heads=(cell("Name"), cell("Service")), rows=said, widths=(1, 1), columns=columns)


def everything(pdf: bytes) -> str:
    return bare("".join(pages(pdf)))


def test_it_says_what_everyone_wrote_in_whatever_language():
    on_paper, told = everything(write(whole())), "".join(pages(write(whole())))
    for text in (POLISH, BENGALI, AMHARIC, EMOJI, LONG, "Treat the mould.", "It is Okafor-Lee.", "Begin with tea."):
        assert bare(text) in on_paper, text
    # Where writing turns round, it is read back with the words of a line the other way round.
    for text in (one for lang, one in LANGUAGES.items() if lang in {"ar", "he"}):
        assert {bare(word).strip(".") for word in text.split()} <= {bare(word).strip(".") for word in told.split()}, (
            text
        )
    assert sorted(bare(FARSI)) == sorted(bare(next(line for line in told.splitlines() if "شب" in line)))


def test_nothing_anybody_wrote_is_read_as_anything_but_words():
    on_paper = everything(write(of_cards(*HOSTILE)))
    assert len(HOSTILE) > 200
    assert [text for text in HOSTILE if bare(text) not in on_paper] == []
    on_top = everything(write(of_cards(title='#read("x") $x$ *x* @x <x> \\u{0}')))
    assert bare('#read("x") $x$ *x* @x <x> \\u{0}') in on_top


def test_what_turns_the_writing_round_turns_no_words_but_its_own():
    on_paper = "".join(pages(write(of_cards(*(text for one in TURNED for text in (one, "said by Gran"))))))
    assert on_paper.count("said by Gran") == len(TURNED)


@pytest.mark.parametrize("record", [whole(), of_cards(*HOSTILE)], ids=["usual", "hostile"])
def test_it_does_nothing_and_leads_nowhere(record):
    pdf = write(record)
    assert names(pdf) >= {"/Page", "/StructTreeRoot"}
    assert names(pdf) & DOES == set()


def test_it_names_no_author_and_no_moment():
    pdf = write(whole())
    with opened(pdf) as file:
        assert set(file.docinfo) == {"/Title", "/Creator"}
        assert str(file.docinfo["/Creator"]).startswith("Typst ")
        about = file.Root.Metadata.read_bytes().decode()
    assert "Thursday at Gran’s" in about
    for told in ("dc:creator", "CreateDate", "ModifyDate", "MetadataDate", "Keywords", "subject", "description"):
        assert told not in about, told


def test_the_same_record_is_the_same_file():
    assert write(whole()) == write(whole())


def test_a_screen_reader_is_told_the_title_and_the_language():
    with opened(write(replace(whole(), lang="cy-GB"))) as file:
        assert bool(file.Root.MarkInfo.Marked)
        assert str(file.Root.Lang) == "cy-GB"
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)


def test_headings_go_down_one_level_at_a_time():
    levels = [int(tag.name[1:]) for tag in tags(write(whole())) if tag.name in {"H1", "H2", "H3", "H4"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(levels) == 4
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_cell_knows_its_head():
    told = tags(write(whole()))
    tables = [tag for tag in told if tag.name == "Table"]
    assert len(tables) == 6
    assert sum(tag.name == "THead" for tag in told) == len(tables)
    assert {tag.within[-2] for tag in told if tag.name == "TH"} == {"THead"}
    assert {tag.more["/Scope"] for tag in told if tag.name == "TH"} == {"/Column"}
    assert all(len(tag.more["/Headers"].split()) == 1 for tag in told if tag.name == "TD")


def test_a_caption_is_in_its_table_wherever_a_page_ends():
    blocks = [block for rows in range(1, 40) for block in (a_table(rows), Heading(level=2, text="Next"))]
    captions = [tag.within[-1] for tag in tags(a_paper(*blocks)) if tag.name == "Caption"]
    assert captions == ["Table"] * 39


def test_a_number_line_says_in_words_all_that_it_shows():
    figures = [tag.alt for tag in tags(write(whole())) if tag.name == "Figure"]
    assert len(figures) == 2
    for told in figures:
        assert told.startswith("How safe is it? – a line from 0 to 10. At 3: Farida. At 7: Tom Okafor.")


@pytest.mark.parametrize("rtl", [False, True])
def test_each_mark_stands_at_its_number_and_nought_is_where_reading_begins(rtl):
    line = next(block for block in paper(whole()).blocks if isinstance(block, Line))
    middles = [(word.text, (word.start + word.end) / 2) for word in words(a_paper(line, rtl=rtl))]
    placed = dict(middles)
    assert placed["TO"] == pytest.approx(placed["7"], abs=1)
    farida = sorted(middle for text, middle in middles if text == "Fa")
    assert farida == pytest.approx(sorted([placed["2"], placed["3"]]), abs=1)
    start = FIRST / WIDTH * (A4[0] - 2 * MARGIN)
    assert placed["0"] == pytest.approx(A4[0] - MARGIN - start if rtl else MARGIN + start, abs=1)


def test_a_childs_words_stand_in_quotation_marks_and_say_that_they_are_quoted():
    pdf = write(whole())
    quoted = [tag for tag in tags(pdf) if tag.name == "Quote"]
    assert [tag.within[1] for tag in quoted] == ["BlockQuote"] * 3
    on_paper = "".join(pages(pdf))
    assert "“I wish my room was yellow.”" in on_paper
    assert "“Hana" not in on_paper


@pytest.mark.parametrize(("kind", "lines"), [("quote", 2), ("words", 1), ("plain", 0)])
def test_a_childs_words_have_two_lines_beside_them_and_those_of_others_one(kind, lines):
    pdf = a_paper(Para(runs=(run("Gran picks us up"),), kind=kind), title="ראש")
    assert lines_beside(pdf, MARGIN - 4, MARGIN + (6 if lines else 0.4)) == lines


def test_words_bear_their_language_and_what_is_no_tag_bears_none():
    tagged = ["prs", "pl-PL", "zh-Hant-HK", "sr-Latn", "de-1996", "es-419"]
    broken = ["x-klingon", "i", "12", "deutsch-", "en_", "-", "\u0130\u0131", "q" * 300]
    pdf = a_paper(*(Para(runs=(Run("words", lang=tag),)) for tag in tagged + broken))
    langs = [tag.lang for tag in tags(pdf) if tag.name == "P"]
    assert langs == ["prs", "pl-PL", "zh-HK", "sr", "de", "es", *("" for _tag in broken)]


def test_words_begin_at_the_side_where_their_language_does():
    pdf = a_paper(Para(runs=(run("שלום"),)), Heading(level=2, text="ראש"), Para(runs=(run("begin"),)))
    top, hebrew, heading, english = words(pdf)[:4]
    assert (top.text, english.text) == ("Thursday", "begin")
    assert english.start == pytest.approx(MARGIN, abs=3)
    assert [hebrew.end, heading.end] == pytest.approx([A4[0] - MARGIN] * 2, abs=3)


def test_in_a_paper_written_from_the_right_tables_begin_there():
    first = {word.text: word.start for word in words(a_paper(a_table(1), rtl=True))}
    assert first["Name"] > first["Service"]


def test_heads_stand_on_every_page_a_table_goes_over():
    whole_ones = [text for text in pages(a_paper(a_table(100))) if "row" in text]
    assert len(whole_ones) > 2
    assert all("Name Service" in text for text in whole_ones)


def test_columns_longer_than_a_page_go_on_and_lose_nothing():
    cards = [f"Card number {number}, said at the table." for number in range(60)]
    told = pages(write(of_cards(*cards)))
    board = [text for text in told if "Card number" in text]
    assert len(board) > 2
    assert all("Working well" in text for text in board)
    assert [card for card in cards if bare(card) not in bare("".join(told))] == []


def test_pages_turn_where_it_is_said_and_none_is_empty():
    pdf = a_paper(
        Turn(landscape=True), a_table(1), Turn(landscape=False), Turn(landscape=True), Turn(landscape=False), a_table(2)
    )
    with opened(pdf) as file:
        shapes = [tuple(round(float(side), 1) for side in page.mediabox[2:]) for page in file.pages]
    assert shapes == [A4, A4[::-1], A4]


def test_the_foot_of_each_page_is_seen_and_not_heard():
    pdf = a_paper(a_table(100))
    for number, text in enumerate(pages(pdf), 1):
        assert f"At the foot Page {number} of {len(pages(pdf))}" in text
    assert "row 99" in heard(pdf)
    assert "At the foot" not in heard(pdf)


def test_large_type_is_large():
    assert 11.0 in sizes(write(whole()))
    assert 16.0 in sizes(write(whole("family")))
    assert min(sizes(write(whole("family")))) >= 10.0


def test_all_words_are_dark_enough_to_read():
    drawn = inks(write(whole()))
    assert len(drawn) == 2
    assert min(contrast(ink, paper) for ink in drawn for paper in (WHITE, TINT)) > 4.5


@pytest.mark.parametrize(
    "word", ["w" * CARD_MAX, LONG, "responsibilities", "https://council.example/" + "a" * 300, "ب" * 300]
)
@pytest.mark.parametrize("large", [False, True])
def test_no_word_is_so_long_that_it_leaves_its_place(word, large):
    table = Table(caption=word, heads=(cell("a"), cell(word)), rows=((cell(word), cell(word)),), widths=(1, 7))
    pdf = a_paper(Heading(level=2, text=word), Para(runs=(run(word),), kind="quote"), table, large=large)
    assert max(word.end for word in words(pdf)) < A4[0] - MARGIN + 1
    assert everything(pdf).count(bare(word)) >= 4


def test_a_usual_word_is_not_broken_where_its_neighbours_have_room():
    table = Table(
        caption="c", heads=(cell("Steps"), cell("When")), rows=((cell("x"), cell("by Wednesday")),), widths=(9, 1)
    )
    assert "Wednesday" in "".join(pages(a_paper(table, large=True)))


def test_a_sign_no_font_has_is_named_and_no_box_drawn():
    with pytest.raises(CannotWrite) as said:
        write(of_cards('here: "\U0010fffd`', "\u0378" * 90))
    assert str(said.value) == "No font has U+10FFFD, U+0378; take it out of the words, and the PDF can be written."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ভাত", "ভ (U+09AD), া (U+09BE), ত (U+09A4); install fonts-noto-core on it"),
        (
            "漢字 かな 한국",
            "漢 (U+6F22), 字 (U+5B57), か (U+304B), な (U+306A), 한 (U+D55C), …; install fonts-noto-cjk on it",
        ),
        ("＝1", "＝ (U+FF1D); install fonts-noto-cjk on it"),
        ("😀", "😀 (U+1F600); install fonts-noto-color-emoji on it"),
    ],
)
def test_a_missing_font_is_named_with_what_to_install(text, told):
    with pytest.raises(CannotWrite, match=r"^This server has no font for ") as said:
        typeset(Paper(title="T", lang="en", rtl=False, blocks=(Heading(level=1, text=text),), foot="f"), BARE)
    assert told in str(said.value)


def test_a_computer_without_fonts_writes_what_the_library_itself_can_draw():
    blocks = (Heading(level=1, text="Thursday"), Para(runs=(run(POLISH, "pl"), run(LONG), run("1 2 3\x80"))))
    assert bare(POLISH) in everything(typeset(Paper(title="T", lang="en", rtl=False, blocks=blocks, foot="f"), BARE))


def test_numbers_are_drawn_as_numbers_where_only_a_font_of_pictures_has_more(tmp_path):
    pictures = next(font.path for font in typst.Fonts().fonts() if font.family == "Noto Color Emoji")
    assert pictures is not None
    shutil.copy(pictures, tmp_path)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(tmp_path)])

    def drawn(text: str) -> set[str]:
        blocks = (Heading(level=1, text=text),)
        return names(typeset(Paper(title="T", lang="en", rtl=False, blocks=blocks, foot="1"), fonts))

    assert "/Type3" in drawn("😀")
    assert "/Type3" not in drawn("1 2 3 # * ©")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=80) | st.sampled_from(TURNED)),
    st.sampled_from(["plain", "quote", "words", "lead", "note"]),
    st.text("aAzZ01-_İ", max_size=9),
)
def test_whatever_people_write_there_is_a_pdf_or_a_sentence_that_says_why_not(texts, kind, lang):
    para = Para(runs=tuple(run(text, lang) for text in ["", *texts]), kind=kind)
    try:
        a_paper(para, Table(caption="", heads=(cell(""),), rows=((Cell((para,)),), (Cell(),)), widths=(1,)), title="")
    except CannotWrite as error:
        assert "U+" in str(error)


def test_two_hundred_cards_are_written_while_people_wait():
    began = time.perf_counter()
    write(of_cards(*(f"Card {number}: Gran picks us up from school on Tuesdays and stays." for number in range(200))))
    assert time.perf_counter() - began < 5

"""Words: kept exactly as typed, or refused; names alone in one Unicode form."""

from __future__ import annotations

import unicodedata
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.board import words
from server.board.refusal import Refused
from server.board.words import Id

from .chance import law

_id = msgspec.json.Decoder(Id)


def code(text: str, most: int = 1000, **more: Any) -> str:
    try:
        words.keep(text, most)
    except Refused as refused:
        return refused.code
    return ""


@law
@given(st.text(max_size=40))
def test_what_is_kept_can_stand_in_an_xml_document_and_what_is_refused_cannot(text: str) -> None:
    if not text.strip():
        assert code(text) == "empty"
        return
    try:
        back = ElementTree.fromstring(f"<a>{escape(text)}</a>").text
    except (ElementTree.ParseError, UnicodeEncodeError):
        assert code(text) == "bad-character"
    else:
        assert code(text) == ""
        assert back == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\ufffe", "\uffff", "\x00", "\x08", "\x1f", "\x0b"])
def test_what_no_document_can_hold_is_refused(text: str) -> None:
    assert code("a" + text) == "bad-character"


@pytest.mark.parametrize("text", ["\t", "\n", "\r", "\u200f", "\u202e", "😀", "\ufeff", "\u0085", "ما"])
def test_what_people_type_is_kept(text: str) -> None:
    assert code("a" + text) == ""


@pytest.mark.parametrize("text", ["", " ", "\n\t\r", "\u2003\u00a0"])
def test_nothing_written_is_nothing(text: str) -> None:
    assert code(text) == "empty"
    words.keep_or_none(text, 10)


def test_length_is_counted_in_characters_and_not_in_bytes() -> None:
    assert code("😀" * 10, 10) == ""
    assert code("😀" * 11, 10) == "too-long"
    with pytest.raises(Refused, match="too-long"):
        words.keep_or_none("x" * 11, 10)


@law
@given(st.text(max_size=20))
def test_a_name_is_in_one_form_however_often_it_is_kept(text: str) -> None:
    assert words.name(words.name(text)) == words.name(text) == unicodedata.normalize("NFC", text)
    assert words.same_name(text, unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Maureen", " maureen ", True),
        ("Zoë", "Zoe\u0308", True),
        ("STRASSE", "straße", True),
        ("Maureen", "Maureen W", False),
        ("Jo", "Joe", False),
    ],
)
def test_names_that_read_alike_are_one_name(one: str, other: str, same: bool) -> None:
    assert words.same_name(one, other) is same


@pytest.mark.parametrize("id", ["k3f9a1c2", "0" * 32, "a" * 8])
def test_an_id_is_eight_to_thirty_two_small_letters_and_digits(id: str) -> None:
    assert _id.decode(f'"{id}"') == id


@pytest.mark.parametrize("id", ["", "a" * 7, "a" * 33, "K3F9A1C2", "k3f9-1c2", "k3f9a1c2\\n", " k3f9a1c2", "k3f9a1cé"])
def test_anything_else_is_no_id(id: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        _id.decode(f'"{id}"')


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Dana\u202eanaD", "bad-character"),
        ("Dana\u2067", "bad-character"),
        ("Da\u200bna", "bad-character"),
        ("Dana\nHelen", "bad-character"),
        ("Z" + "\u0301" * 6, "bad-character"),
        ("\u200d\u200c", "empty"),
        ("\u3164" * 41, "too-long"),
        ("  ", "empty"),
    ],
)
def test_a_name_by_which_one_could_pass_for_another_or_spill_over_is_refused(name: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        words.keep_name(name)
    assert refused.value.code == why


@pytest.mark.parametrize(
    "name", ["Dana", "Nguyễn Thị Ánh", "فاطمه‌زهرا", "李明", "👩‍👧", "O’Brien-Smith", "Z\u0301\u0302\u0303\u0304"]
)
def test_names_of_all_kinds_of_people_are_kept(name: str) -> None:
    words.keep_name(name)

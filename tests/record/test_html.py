"""A record as one HTML file: whatever was typed is words in it, it fetches nothing, and it says in which language and
direction its words are."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from server.record.html import write
from server.record.model import Record
from tests.record.docx_sample import ARABIC, FARSI, HOSTILE, POLISH, empty, sample, with_cards

OURS = {
    *("html", "head", "meta", "title", "style", "body", "main", "section", "h1", "h2", "h3", "h4", "p", "span", "div"),
    *("blockquote", "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td"),
    *("svg", "line", "circle", "rect", "text"),
}
LEADING = {"href", "src", "srcset", "action", "style", "background", "data", "xlink:href", "formaction", "ping"}


class Read(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.runs: list[tuple[str, dict[str, str]]] = []
        self._run: dict[str, str] | None = None
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        named = {name: value or "" for name, value in attrs}
        self.attributes += named.items()
        self._run = named if tag == "span" and "paper__run" in named.get("class", "") else None
        if self._run is not None:
            self.runs.append(("", named))

    def handle_endtag(self, tag: str) -> None:
        self._run = None

    def handle_data(self, data: str) -> None:
        if self._run is not None:
            text, named = self.runs.pop()
            self.runs.append((text + data, named))


@pytest.mark.parametrize("record", [sample(), empty(), with_cards(HOSTILE)])
def test_nothing_in_it_acts_or_leads_anywhere(record: Record) -> None:
    page = Read(write(record))
    assert page.tags - OURS == set()
    assert [name for name, _value in page.attributes if name in LEADING or name.startswith("on")] == []
    policy = [value for name, value in page.attributes if name == "content" and "default-src" in value]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert re.findall(r"url\(|@import|expression\(", write(record).decode()) == []


def test_two_hundred_hostile_words_are_read_as_they_were_typed() -> None:
    assert len(HOSTILE) >= 190
    said = {text for text, _named in Read(write(with_cards(HOSTILE))).runs}
    assert [text for text in HOSTILE if text not in said] == []


@pytest.mark.parametrize(("text", "direction"), [(FARSI, "rtl"), (ARABIC, "rtl"), (POLISH, "ltr")])
def test_words_are_written_the_way_of_their_language(text: str, direction: str) -> None:
    [named] = [named for said, named in Read(write(sample())).runs if said == text]
    assert named["dir"] == direction
    assert named.get("lang", "") == {FARSI: "prs", ARABIC: "ar", POLISH: ""}[text]


def test_the_same_record_is_the_same_file_whenever_it_is_made() -> None:
    assert write(sample()) == write(sample())

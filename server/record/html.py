"""A record as one HTML file to read and print: no link, no script, nothing that is fetched. The page of a meeting shows
the same, painted by the same partial."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .. import catalogue
from ..assets import folder
from .blocks import Block, Paper, Turn
from .model import Record
from .paper import paper

STYLES = ("css/tokens.css", "css/parts/paper.css", "css/parts/drawn.css")


class Sheet(msgspec.Struct, frozen=True):
    """Blocks that lie the same way round."""

    landscape: bool
    blocks: tuple[Block, ...]


class Sheets(msgspec.Struct, frozen=True):
    """A paper as the template takes it."""

    title: str
    lang: str
    rtl: bool
    large: bool
    close: bool
    sheets: tuple[Sheet, ...]


def write(record: Record) -> bytes:
    """The record as an HTML file, UTF-8."""
    page = _environment().get_template("paper.html").render(paper=sheets(paper(record)), styles=_styles())
    return page.encode()


def sheets(whole: Paper) -> Sheets:
    """The blocks of a paper, gathered by the way they lie."""
    return Sheets(whole.title, whole.lang, whole.rtl, whole.large, whole.close, tuple(_gathered(whole.blocks)))


def _gathered(blocks: Iterable[Block]) -> Iterable[Sheet]:
    landscape, held = False, list[Block]()
    for block in blocks:
        if isinstance(block, Turn):
            if held:
                yield Sheet(landscape, tuple(held))
            landscape, held = block.landscape, []
        else:
            held.append(block)
    if held:
        yield Sheet(landscape, tuple(held))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made


@cache
def _styles() -> Markup:
    """Our own stylesheets, which hold no word of anybody's."""
    return Markup("\n".join((folder("static") / name).read_text("utf-8") for name in STYLES))  # noqa: S704

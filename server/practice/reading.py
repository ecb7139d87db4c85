"""One template file, read and checked. What is wrong with it is said in one sentence: the file, the key, what was
expected."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta

from ..board.template import ChildWords, FormPart, Plain, Template
from ..catalogue import gettext as _
from .checks import check, check_ends, check_roles, check_words
from .expected import Wrong, expected, in_entry, keys_at
from .forchildren import check_children

FILE_MAX: Final = 256 * 1024
NAME: Final = r"[a-z][a-z0-9-]{0,39}"
_AT: Final = re.compile(r"^(?P<why>.*?)(?: - at `\$\.?(?P<path>.*)`)?$", re.DOTALL)
_FIELD: Final = re.compile(r"(missing required|contains unknown) field `(?P<key>.*)`$", re.DOTALL)


class BadTemplate(Exception):
    """A template cannot be used. Its text is one sentence that names the file, the key and what was expected."""


class _PlainWords(msgspec.Struct, forbid_unknown_fields=True):
    plain: Annotated[tuple[Plain, ...], Meta(min_length=1, max_length=400)]


class _ForChildren(msgspec.Struct, forbid_unknown_fields=True):
    children: Annotated[tuple[ChildWords, ...], Meta(min_length=1, max_length=3)]


class _Form(msgspec.Struct, forbid_unknown_fields=True):
    form: Annotated[tuple[FormPart, ...], Meta(min_length=1, max_length=40)]


_Shape = TypeVar("_Shape", _PlainWords, _ForChildren, _Form)


def read(path: Path) -> Template:
    """The template in this file, named like the file. Raises BadTemplate."""
    raw = _bytes(path)
    try:
        return _template(path.stem, _table(raw))
    except Wrong as wrong:
        raise BadTemplate(f"{path}: {wrong}") from None


def read_plain(path: Path) -> tuple[Plain, ...]:
    """The plain words in this file. Raises BadTemplate."""
    return _list(path, _PlainWords).plain


def read_children(path: Path) -> tuple[ChildWords, ...]:
    """What children's own screens say, in this file. Raises BadTemplate."""
    return _list(path, _ForChildren).children


def read_form(path: Path) -> tuple[FormPart, ...]:
    """The headings of the form that records are typed into elsewhere, in this file. Raises BadTemplate."""
    return _list(path, _Form).form


def _list(path: Path, shape: type[_Shape]) -> _Shape:
    raw = _bytes(path)
    try:
        found = msgspec.convert(_table(raw), shape)
        check_words(msgspec.to_builtins(found))
        if isinstance(found, _ForChildren):
            check_children(found.children)
    except Wrong as wrong:
        raise BadTemplate(f"{path}: {wrong}") from None
    except msgspec.ValidationError as error:
        raise BadTemplate(f"{path}: {_sentence(str(error))}") from None
    return found


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(FILE_MAX + 1)
    except OSError:
        raise BadTemplate(_("{file} cannot be read: a file of text was expected.").format(file=path)) from None


def _table(raw: bytes) -> dict[str, Any]:
    if len(raw) > FILE_MAX:
        raise Wrong(_("the file is too long; at most {most} bytes were expected.").format(most=FILE_MAX))
    try:
        return tomllib.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise Wrong(_("the file is not text in UTF-8, which was expected.")) from None
    except ValueError as error:
        # The library's own words are not for people, but its line number helps them. It raises a plain ValueError for a
        # number of very many digits.
        line = re.search(r"at line (\d+)", str(error))
        if line is None:
            raise Wrong(_("the file cannot be read to its end; TOML was expected.")) from None
        raise Wrong(_("line {line} cannot be read; TOML was expected.").format(line=line[1])) from None
    except RecursionError:
        raise Wrong(_("the file is nested too deeply; plain TOML was expected.")) from None


def _template(name: str, table: Mapping[str, Any]) -> Template:
    if "name" in table:
        raise Wrong(_("“name” is not needed: a template is called what its file is called."))
    if not re.fullmatch(NAME, name):
        raise Wrong(_("the file’s name before “.toml” must be {expected}.").format(expected=expected(["name"])))
    check_roles(table.get("roles"))
    check_ends(table.get("scale"))
    try:
        template = msgspec.convert({**table, "name": name}, Template)
    except msgspec.ValidationError as error:
        raise Wrong(_sentence(str(error))) from None
    check(template)
    return template


def _sentence(error: str) -> str:
    """What the library found, in our words: it says where and of which kind, and `expected` what should stand there."""
    found = _AT.match(error)
    assert found is not None
    path = re.findall(r"[^.\[\]]+", found["path"] or "")
    steps: list[str | int] = [int(step) if step.isdigit() else step for step in path]
    field = _FIELD.search(found["why"])
    if field is None:
        return _("{key} must be {expected}.").format(key=in_entry(steps), expected=expected(steps))
    key = in_entry([*steps, field["key"]])
    if "missing" in field[1]:
        said = _("{key} is missing; it must be {expected}.")
        return said.format(key=key, expected=expected([*steps, field["key"]]))
    return _("{key} is not known; expected were {keys}.").format(key=key, keys=keys_at(steps))

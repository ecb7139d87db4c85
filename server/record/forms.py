"""The forms a record is written in. Which library writes which stands here; without it, a sentence says what to
install."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

import msgspec

from ..catalogue import gettext as _
from .model import Record


class CannotWrite(Exception):
    """A record that cannot be written in this form. Its text is a sentence that says why."""


class Form(msgspec.Struct, frozen=True):
    """A form: the end of a file's name, its media type, and the module here whose `write(record) -> bytes` writes it.
    `needs` is the extra that brings its library, "" for none."""

    suffix: str
    media: str
    module: str
    needs: str = ""


FORMS: Final[Mapping[str, Form]] = {
    "html": Form("html", "text/html; charset=utf-8", "html"),
    "pdf": Form("pdf", "application/pdf", "pdf", "export"),
    "docx": Form("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", "export"),
    "xlsx": Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "export"),
    "csv": Form("csv", "text/csv; charset=utf-8", "csv"),
    "json": Form("json", "application/json", "json"),
}


def write(record: Record, form: str) -> bytes:
    """The record in this form. Raises CannotWrite."""
    known = FORMS[form]
    try:
        module: Any = import_module(f".{known.module}", __package__)
    except ImportError:
        if not known.needs:
            raise
        said = _("{form} needs more than a plain install has: pip install signboard[{extra}]")
        raise CannotWrite(said.format(form=form.upper(), extra=known.needs)) from None
    writes: Callable[[Record], bytes] = module.write
    return writes(record)

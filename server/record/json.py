"""A record as JSON: the model as it is, complete enough that the next meeting can begin from it."""

from __future__ import annotations

from typing import Any

import msgspec

from .model import Record


def write(record: Record) -> bytes:
    """The record as JSON text, UTF-8, indented by two."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def schema() -> dict[str, Any]:
    """The JSON Schema that every record in this form fits."""
    return msgspec.json.schema(Record)

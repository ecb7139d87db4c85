"""What a form or a script sent: read once, by hand, into plain text fields. How heavy a body may be, guard.py says."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

FIELDS_MOST: Final = 48
"""Forty people can be ticked in one form, beside what else stands in it."""
JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"

_json: Final = msgspec.json.Decoder(dict[str, str | int | bool | None])


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a body in either form; a number is its digits. Raises HTTPException 400, 415."""
    body = await request.body()
    try:
        match kind_of(request):
            case kind if kind == JSON:
                sent = _json.decode(body)
                return {name: _plain(value) for name, value in sent.items()}
            case kind if kind == FORM:
                pairs = parse_qsl(
                    body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=FIELDS_MOST
                )
                return dict(pairs)
            case _:
                raise HTTPException(415)
    except (ValueError, RecursionError):
        raise HTTPException(400) from None


def _plain(value: str | int | bool | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


def kind_of(request: Request) -> str:
    """The kind of body, without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def from_script(request: Request) -> bool:
    """Whether a script asks and wants JSON back; otherwise a page."""
    return kind_of(request) == JSON

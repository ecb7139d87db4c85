"""What a page says of the board to its own scripts, so that the line has to bring only the rest. What a page may say is
settled in fan.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from markupsafe import Markup

from . import protocol
from .board.ask import View
from .room import Room, Standing

SIGNS: Final = 15


def brought(room: Room, standing: Standing, seen: Mapping[str, Mapping[str, View]]) -> dict[str, Any]:
    """As a welcome would: `board`, the parts it shows, and apart from that `own`: who this is, and where the log stood.
    Cards bring themselves, by `part`: the same words side by side cost little when they are packed."""
    # What is theirs the line tells: by its length, this would say how many cards somebody wrote.
    you = protocol.you(standing.person, standing.role, [])  # type: ignore[arg-type]
    put = {kind: parts for kind, parts in seen.items() if kind != "card"}
    return {
        "board": _in_script({"epoch": room.epoch, "put": put}),
        # As long at every number: no page is longer because somebody gave theirs.
        "own": _in_script({"seq": f"{room.board.seq:0{SIGNS}}", "you": you}),
        "part": _in_attribute,
    }


def _in_script(said: object) -> Markup:
    # It stands inside a script element, which only a "<" could end.
    return Markup(_json(said).replace("<", "\\u003c"))  # noqa: S704


def _in_attribute(part: View) -> Markup:
    # Between single quotes, for JSON is full of the others.
    return Markup(_json(part).replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;"))  # noqa: S704


def _json(said: object) -> str:
    return msgspec.json.encode(said).decode()

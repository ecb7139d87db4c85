"""What a browser says of the moment: never written to a log, never answered, and forgotten in seconds."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from .board.setparts import PartName
from .board.words import Id

SIGNAL_MAX: Final = 200
"""No signal has more bytes."""


class Writes(msgspec.Struct, frozen=True, tag_field="now", tag="writes", forbid_unknown_fields=True):
    """Keys are being pressed in `part` of `set`; "" where they no longer are. Said again while it goes on. Heeded only
    from who may write that set."""

    set: Id
    part: PartName | Literal[""]


_writes: Final = msgspec.json.Decoder(Writes)


def read(frame: str | bytes) -> Writes | None:
    """The signal in a frame; None where it is anything else."""
    if len(frame) > SIGNAL_MAX:
        return None
    try:
        return _writes.decode(frame)
    except (msgspec.MsgspecError, UnicodeError):
        return None

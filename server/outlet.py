"""Finished text frames put straight onto a WebSocket's connection: no task, no second copy for each reader. Three rules
keep that right.

1. While anything is unsent, a frame goes behind it by `transport.write`: past it, frames would arrive in another order.
2. A connection that is closing or lost takes nothing more, from within `connection_lost` on: its number may be
   another's by the time a task of its own comes to an end.
3. Nobody's frame is skipped: `write` says how much is unsent, and whoever leaves too much is cut off.
"""

from __future__ import annotations

import asyncio
import os
from functools import lru_cache
from typing import Final

EXTENSION: Final = "signboard.outlet"
"""Under this name a WebSocket's scope holds its outlet, where the server that runs us has one."""

_TEXT: Final = 0x81
_SHORT: Final = 126
_LONG: Final = 1 << 16


class Outlet:
    """The way out of one WebSocket that is open."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        # A number below zero: bytes that are to be encrypted first never go past the transport.
        encrypted = transport.get_extra_info("ssl_object") is not None
        self._number: int = -1 if encrypted else transport.get_extra_info("socket").fileno()
        self._lost = False

    def lose(self) -> None:
        """The connection is lost: nothing is written any more."""
        self._lost = True

    def write(self, text: bytes) -> int:
        """Send one text frame, in order, without waiting. Returns how many bytes the system has not taken yet."""
        transport = self._transport
        if self._lost or transport.is_closing():
            return 0
        frame = _framed_for_many(text) if len(text) < _LONG else framed(text)
        if self._number >= 0 and not transport.get_write_buffer_size():
            try:
                taken = os.write(self._number, frame)
            except BlockingIOError:
                taken = 0
            except OSError:
                transport.abort()
                return 0
            if taken == len(frame):
                return 0
            frame = frame[taken:]
        transport.write(frame)
        return transport.get_write_buffer_size()


def framed(text: bytes) -> bytes:
    """These words as one WebSocket frame of a server: whole, not masked, not compressed (RFC 6455, 5.2)."""
    size = len(text)
    if size < _SHORT:
        return bytes((_TEXT, size)) + text
    if size < _LONG:
        return bytes((_TEXT, 126)) + size.to_bytes(2, "big") + text
    return bytes((_TEXT, 127)) + size.to_bytes(8, "big") + text


# Hundreds are told the same words in one go; which words they were is forgotten with the next few.
_framed_for_many = lru_cache(maxsize=4)(framed)

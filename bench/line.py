"""A WebSocket client that costs next to nothing, so that the server is what is measured. It checks little."""

from __future__ import annotations

import asyncio
import base64
import os
import time
from collections.abc import Callable

Heard = Callable[[bytes, float], None]
TEXT = 0x81
PING = 0x89
PONG = 0x8A
MASKED = 0x80
TWO_BYTES = 126
EIGHT_BYTES = 127


class Line(asyncio.Protocol):
    """One connection. Every text frame goes to `heard` with the moment its last byte was read."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self.open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.lost = asyncio.Event()

    @classmethod
    async def dial(cls, host: str, port: int, path: str, cookie: str, heard: Heard) -> Line:
        """Connect and shake hands."""
        _, line = await asyncio.get_running_loop().create_connection(lambda: cls(heard), host, port)
        key = base64.b64encode(os.urandom(16)).decode()
        head = [
            f"GET {path} HTTP/1.1",
            f"Host: {host}:{port}",
            f"Origin: http://{host}:{port}",
            f"Cookie: {cookie}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {key}",
        ]
        line.write("\r\n".join([*head, "", ""]).encode())
        await line.open
        return line

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        self.lost.set()
        if not self.open.done():
            self.open.set_exception(ConnectionError("the server did not take the line"))

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self._buffer += data
        if not self.open.done():
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self.open.set_exception(ConnectionError(head.decode(errors="replace")))
                return
            self._buffer = rest
            self.open.set_result(None)
        while self._one(now):
            pass

    def _one(self, now: float) -> bool:
        """Take one whole frame off the buffer."""
        have = self._buffer
        if len(have) < 2:
            return False
        size, at = have[1], 2
        if size >= TWO_BYTES:
            at = 4 if size == TWO_BYTES else 10
            if len(have) < at:
                return False
            size = int.from_bytes(have[2:at], "big")
        if len(have) < at + size:
            return False
        body, self._buffer = have[at : at + size], have[at + size :]
        if have[0] == TEXT:
            self._heard(body, now)
        elif have[0] == PING:
            self._frame(PONG, body)
        return True

    def say(self, text: bytes) -> None:
        """Send a text frame."""
        self._frame(TEXT, text)

    def _frame(self, kind: int, body: bytes) -> None:
        size = (
            bytes([MASKED | len(body)])
            if len(body) < TWO_BYTES
            else bytes([MASKED | TWO_BYTES]) + len(body).to_bytes(2, "big")
        )
        # A mask of noughts is a mask, and leaves the words as they are.
        self.write(bytes([kind]) + size + bytes(4) + body)

    def write(self, data: bytes) -> None:
        assert self._transport is not None
        self._transport.write(data)

    def close(self) -> None:
        assert self._transport is not None
        self._transport.abort()

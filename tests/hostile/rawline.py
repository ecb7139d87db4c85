"""A WebSocket spoken byte by byte, by a program that keeps no rule it does not want to keep."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from tests.meeting import Browser

CONTINUES, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
MASK: Final = b"\x01\x02\x03\x04"
WITHIN_S: Final = 5.0
END: Final = b"\r\n\r\n"


def frame(
    opcode: int, said: bytes = b"", *, fin: bool = True, rsv: int = 0, masked: bool = True, length: int = -1
) -> bytes:
    """A frame as it travels. `rsv` are the three reserved bits; `length` is what it claims, if that is not so."""
    size = len(said) if length < 0 else length
    first, bit = (0x80 if fin else 0) | rsv << 4 | opcode, 0x80 if masked else 0
    if size < 126:
        head = bytes([first, bit | size])
    elif size < 2**16:
        head = bytes([first, bit | 126]) + struct.pack("!H", size)
    else:
        head = bytes([first, bit | 127]) + struct.pack("!Q", size)
    if not masked:
        return head + said
    return head + MASK + bytes(byte ^ MASK[at % 4] for at, byte in enumerate(said))


def close(code: int, reason: bytes = b"") -> bytes:
    return frame(CLOSE, struct.pack("!H", code) + reason)


@dataclass
class Heard:
    """All that came until the end, or until nothing more came: texts, pongs, and the code of the close (0: none; -1:
    the connection is simply gone)."""

    texts: list[str] = field(default_factory=list)
    pongs: list[bytes] = field(default_factory=list)
    code: int = 0


@dataclass
class RawLine:
    """A connection after its handshake, or before it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, *parts: bytes, pause_s: float = 0.0) -> None:
        """Send these one after the other, if anybody still takes them."""
        with suppress(ConnectionError):
            for part in parts:
                self.writer.write(part)
                await self.writer.drain()
                await asyncio.sleep(pause_s)

    async def hears(self, until: str = "", within: float = WITHIN_S) -> Heard:
        """Read on until a text holds these signs, or the end. With no signs: to the end."""
        heard = Heard()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not heard.code and not (until and any(until in text for text in heard.texts)):
                    try:
                        await self._one(heard)
                    except (asyncio.IncompleteReadError, ConnectionError):
                        heard.code = -1
        return heard

    async def _one(self, heard: Heard) -> None:
        first, size = await self.reader.readexactly(2)
        if size == 126:
            size = struct.unpack("!H", await self.reader.readexactly(2))[0]
        elif size == 127:
            size = struct.unpack("!Q", await self.reader.readexactly(8))[0]
        said = await self.reader.readexactly(size)
        match first & 0x0F:
            case opcode if opcode in {TEXT, CONTINUES}:
                heard.texts.append(said.decode())
            case opcode if opcode == PONG:
                heard.pongs.append(said)
            case opcode if opcode == CLOSE:
                heard.code = struct.unpack("!H", said[:2])[0] if said else 1005


@asynccontextmanager
async def connection(url: str) -> AsyncIterator[RawLine]:
    """A connection on which nothing was said yet."""
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    try:
        yield RawLine(reader, writer)
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


def handshake(browser: Browser, room: str, **more: str) -> bytes:
    """What a browser asks for first. A header given as "" is left out."""
    cookies = "; ".join(f"{name}={value}" for name, value in browser.client.cookies.items())
    headers = {
        "Host": urlsplit(browser.server.url).netloc,
        "Origin": browser.origin,
        "Cookie": cookies,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    lines = [f"{name}: {value}" for name, value in headers.items() if value]
    return "\r\n".join([f"GET /m/{room}/live?device=raw00001 HTTP/1.1", *lines, "", ""]).encode()


@asynccontextmanager
async def line(browser: Browser, room: str) -> AsyncIterator[RawLine]:
    """A WebSocket of this browser's person, that has heard its welcome."""
    async with connection(browser.server.url) as raw:
        await raw.send(handshake(browser, room))
        answer = await raw.reader.readuntil(END)
        assert answer.startswith(b"HTTP/1.1 101"), answer
        assert '"is":"welcome"' in (await raw.hears('"welcome"')).texts[0]
        yield raw

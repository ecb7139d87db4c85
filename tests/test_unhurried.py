"""Half a request does not keep a connection for ever; whole ones are served in peace, however long the answer takes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState
from websockets.asyncio.client import connect

from server import unhurried
from server.serve import config
from server.settings import Settings

WAITS_S = 0.3
IN_PEACE_S = 3 * WAITS_S
GET = b"GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
HALF_A_BODY = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345"
HALVES = {
    "nothing": b"",
    "half a line": b"GET / HT",
    "half a head": b"GET / HTTP/1.1\r\nHost: local",
    "half a body": HALF_A_BODY,
    "half a request after a whole one": GET % b"" + b"GET / HT",
    "half a body after a whole one": GET % b"" + HALF_A_BODY,
}

Address = tuple[str, int]


async def _answer(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        socket = WebSocket(scope, receive, send)
        await socket.accept()
        with suppress(WebSocketDisconnect):
            await socket.send_text(await socket.receive_text())
        return
    request = Request(scope, receive)
    said = await request.body()
    if request.url.path == "/slow":
        await asyncio.sleep(IN_PEACE_S)
    await PlainTextResponse(f"read {len(said)}")(scope, receive, send)


@pytest.fixture(params=[H11Protocol, HttpToolsProtocol])
async def address(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Address]:
    """A server that has little time for what never ends, with each of the two parsers."""
    monkeypatch.setattr(unhurried, "REQUEST_WITHIN_S", WAITS_S)
    how, state = config(_answer, Settings()), ServerState()
    how.load()
    loop, kind = asyncio.get_running_loop(), unhurried.unhurried(request.param)
    listening = await loop.create_server(lambda: kind(how, state, {}), "127.0.0.1", 0)
    yield listening.sockets[0].getsockname()
    listening.close()
    await listening.wait_closed()


async def _say(address: Address, words: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection(*address)
    writer.write(words)
    await writer.drain()
    return reader, writer


@pytest.mark.parametrize("half", HALVES)
async def test_half_a_request_is_not_waited_for_for_ever(address: Address, half: str) -> None:
    reader, writer = await _say(address, HALVES[half])
    async with asyncio.timeout(10 * WAITS_S):
        while await reader.read(1024):
            pass
    assert reader.at_eof()
    writer.close()


async def test_an_answer_may_take_its_time(address: Address) -> None:
    reader, writer = await _say(address, GET % b"slow")
    assert b"read 0" in await reader.readuntil(b"read 0")
    writer.write(GET % b"slow")
    assert b"read 0" in await reader.readuntil(b"read 0")
    writer.close()


async def test_a_body_that_comes_in_pieces_is_read_to_its_end(address: Address) -> None:
    reader, writer = await _say(address, b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n")
    for piece in (b"1", b"2", b"3"):
        await asyncio.sleep(WAITS_S / 10)
        writer.write(piece)
    assert b"read 3" in await reader.readuntil(b"read 3")
    writer.close()


async def test_a_websocket_is_not_a_request_that_never_ends(address: Address) -> None:
    async with connect(f"ws://{address[0]}:{address[1]}/") as line:
        await asyncio.sleep(IN_PEACE_S)
        await line.send("still here")
        assert await line.recv() == "still here"


UPGRADE = (
    b"GET /live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


@pytest.mark.parametrize("first", [b"", b"slow"])
async def test_nor_is_one_that_was_asked_for_behind_a_page(address: Address, first: bytes) -> None:
    reader, writer = await _say(address, GET % first + UPGRADE)
    await reader.readuntil(b" 101 ")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(IN_PEACE_S):
            while await reader.read(1024):
                pass
    writer.close()


async def test_a_connection_opened_early_has_its_time_from_the_first_sign(address: Address) -> None:
    reader, writer = await _say(address, b"")
    await asyncio.sleep(0.8 * WAITS_S)
    writer.write(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n")
    await asyncio.sleep(0.5 * WAITS_S)
    writer.write(b"123")
    assert b"read 3" in await reader.readuntil(b"read 3")
    writer.close()


async def test_half_a_request_behind_an_answer_does_not_cut_the_answer(address: Address) -> None:
    reader, writer = await _say(address, GET % b"slow")
    await asyncio.sleep(WAITS_S / 10)
    writer.write(HALF_A_BODY)
    assert b"read 0" in await reader.readuntil(b"read 0")
    writer.write(b"67890")
    assert b"read 10" in await reader.readuntil(b"read 10")
    writer.close()


async def test_who_drips_has_no_more_time(address: Address) -> None:
    reader, writer = await _say(address, b"G")
    for sign in b"ET / HTTP/1.1 and so on, for as long as anybody listens":
        await asyncio.sleep(WAITS_S / 5)
        if reader.at_eof() or writer.is_closing():
            break
        writer.write(bytes([sign]))
    assert reader.at_eof() or writer.is_closing()
    writer.close()


@pytest.mark.parametrize("parser", [H11Protocol, HttpToolsProtocol])
def test_what_it_relies_on_is_there(parser: type) -> None:
    """Both parsers call it when an answer is over, and keep what is being answered under one name."""
    for name in (
        "connection_made",
        "connection_lost",
        "data_received",
        "handle_websocket_upgrade",
        "on_response_complete",
    ):
        assert callable(getattr(parser, name))

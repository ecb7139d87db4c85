"""Sockets on which no rule is kept: each costs itself and nobody else. Everyone who keeps the rules is served as
before, the person whose socket it was, too."""

from __future__ import annotations

import asyncio
import json
import resource
from collections.abc import Sequence

import pytest
from websockets.asyncio.client import ClientConnection

from server.protocol import FRAME_MAX
from tests.hostile.rawline import (
    BINARY,
    CLOSE,
    CONTINUES,
    END,
    PING,
    PONG,
    TEXT,
    close,
    connection,
    frame,
    handshake,
    line,
)
from tests.meeting import Browser, Meeting

ASK = json.dumps({"ask": "person.hand", "ref": 7, "up": True}).encode()
GROWS_LEAST_KB = 5 * 1024
BAD = 1002
"""A rule of WebSockets was broken."""
NOT_UTF8, TOO_LARGE = 1007, 1009
CUT = b"\xe2\x82"
"""The beginning of a sign."""
Sent = Sequence[bytes]

COSTS_THE_SOCKET: dict[str, tuple[Sent, int]] = {
    "the first reserved bit": ([frame(TEXT, ASK, rsv=4)], BAD),
    "the second reserved bit": ([frame(TEXT, ASK, rsv=2)], BAD),
    "the third reserved bit": ([frame(TEXT, ASK, rsv=1)], BAD),
    "a reserved bit on a ping": ([frame(PING, rsv=4)], BAD),
    "a text without a mask": ([frame(TEXT, ASK, masked=False)], BAD),
    "a ping without a mask": ([frame(PING, masked=False)], BAD),
    "a close without a mask": ([frame(CLOSE, b"\x03\xe8", masked=False)], BAD),
    "a reserved kind of text": ([frame(0x3, ASK)], BAD),
    "the last reserved kind of text": ([frame(0x7, ASK)], BAD),
    "a reserved kind of control": ([frame(0xB)], BAD),
    "the last reserved kind of control": ([frame(0xF)], BAD),
    "a ping in pieces": ([frame(PING, b"a", fin=False)], BAD),
    "a close in pieces": ([frame(CLOSE, b"\x03\xe8", fin=False)], BAD),
    "a long ping": ([frame(PING, b"a" * 126)], BAD),
    "a long close": ([frame(CLOSE, b"\x03\xe8" + b"a" * 124)], BAD),
    "a piece of nothing": ([frame(CONTINUES, ASK)], BAD),
    "a text amid a text": ([frame(TEXT, b"{", fin=False), frame(TEXT, ASK)], BAD),
    "a binary amid a text": ([frame(TEXT, b"{", fin=False), frame(BINARY, ASK)], BAD),
    "a piece after the last": ([frame(TEXT, ASK), frame(CONTINUES, b"}")], BAD),
    "no UTF-8": ([frame(TEXT, b"\xff\xfe")], NOT_UTF8),
    "half a sign": ([frame(TEXT, CUT)], NOT_UTF8),
    "half a sign in the last piece": ([frame(TEXT, b"a", fin=False), frame(CONTINUES, CUT)], NOT_UTF8),
    "half of a pair": ([frame(TEXT, b"\xed\xa0\x80")], NOT_UTF8),
    "a sign beyond the last": ([frame(TEXT, b"\xf4\x90\x80\x80")], NOT_UTF8),
    "a longer way to say a slash": ([frame(TEXT, b"\xc0\xaf")], NOT_UTF8),
    "a text too large": ([frame(TEXT, b" " * (FRAME_MAX + 1))], TOO_LARGE),
    "pieces too large together": (
        [frame(TEXT, b" " * FRAME_MAX, fin=False), frame(CONTINUES, b" " * FRAME_MAX)],
        TOO_LARGE,
    ),
    "a length of 4 GiB": ([frame(TEXT, b"", length=2**32)], TOO_LARGE),
    "a length of 8 EiB": ([frame(TEXT, b"", length=2**63 - 1)], TOO_LARGE),
    "a length beyond all": ([frame(TEXT, b"", length=2**64 - 1)], TOO_LARGE),
    "a close of one byte": ([frame(CLOSE, b"\x03")], BAD),
    "a close with the code for none": ([close(1005)], BAD),
    "a close with the code for gone": ([close(1006)], BAD),
    "a close with a code too small": ([close(999)], BAD),
    "a close with a code too large": ([close(5000)], BAD),
    "a close with a code of nobody's": ([close(1016)], BAD),
    "a close with no words": ([close(1000, b"\xff")], NOT_UTF8),
    "noise": ([bytes(range(256)) * 4], BAD),
}
IS_ANSWERED: dict[str, tuple[Sent, str]] = {
    "a text in pieces": (
        [frame(TEXT, ASK[:5], fin=False), frame(CONTINUES, ASK[5:9], fin=False), frame(CONTINUES, ASK[9:])],
        '"is":"done","ref":7',
    ),
    "a ping amid a text": (
        [frame(TEXT, ASK[:5], fin=False), frame(PING, b"?"), frame(CONTINUES, ASK[5:])],
        '"is":"done","ref":7',
    ),
    "empty pieces": ([frame(TEXT, b"", fin=False)] * 1 + [frame(CONTINUES, ASK)], '"is":"done","ref":7'),
    "a sign cut between pieces": ([frame(TEXT, CUT, fin=False), frame(CONTINUES, b"\xac")], '"code":"unreadable"'),
    "a text of nothing": ([frame(TEXT)], '"code":"unreadable"'),
    "a binary": ([frame(BINARY, ASK)], '"is":"done","ref":7'),
    "a binary of noise": ([frame(BINARY, b"\xff\x00\xfe")], '"code":"unreadable"'),
    "answers nobody asked for": ([frame(PONG, b"!")] * 20 + [frame(TEXT, ASK)], '"is":"done","ref":7'),
    "many pings": ([frame(PING, b"?") * 200, frame(TEXT, ASK)], '"is":"done","ref":7'),
    "a text of the largest size": ([frame(TEXT, b" " * FRAME_MAX)], '"code":"unreadable"'),
    "byte by byte": ([bytes([byte]) for byte in frame(TEXT, ASK)], '"is":"done","ref":7'),
    "deep brackets": ([frame(TEXT, b"[" * 16_000)], '"code":"unreadable"'),
}
CLOSES_WELL: dict[str, tuple[Sent, set[int]]] = {
    "a close": ([close(1000)], {1000}),
    "a close without a code": ([frame(CLOSE)], {1005, 1000}),
    "a close with a code of one's own": ([close(4999, b"bye")], {4999}),
    "a text after the close": ([close(1000), frame(TEXT, ASK)], {1000}),
}
HANDSHAKES: dict[str, dict[str, str]] = {
    "no key": {"Sec_WebSocket_Key": ""},
    "a short key": {"Sec_WebSocket_Key": "YQ=="},
    "another version": {"Sec_WebSocket_Version": "8"},
    "no version": {"Sec_WebSocket_Version": ""},
    "no origin": {"Origin": ""},
    "the origin null": {"Origin": "null"},
    "another origin": {"Origin": "https://evil.example"},
    "a heavy header": {"X_Heavy": "a" * 9_000},
    "a very heavy header": {"X_Heavy": "a" * 300_000},
    "many headers": {f"X_{place}": "a" for place in range(200)},
}


@pytest.fixture
async def dana(meeting: Meeting) -> Browser:
    """Whose device keeps no rules."""
    return await meeting.comes("Dana")


async def serves(helen: ClientConnection, ref: int) -> None:
    """Somebody who keeps the rules is answered."""
    await helen.send(json.dumps({"ask": "card.add", "ref": ref, "id": f"card{ref:08}", "column": "well", "text": "Hm"}))
    async with asyncio.timeout(5):
        while f'"is":"done","ref":{ref},' not in str(await helen.recv()):
            pass


async def test_a_rule_broken_costs_that_socket_alone(meeting: Meeting, dana: Browser) -> None:
    async with meeting.helen.live(meeting.id) as helen, dana.live(meeting.id, device="tidy0001") as tidy:
        for ref, (name, (sent, code)) in enumerate(COSTS_THE_SOCKET.items(), start=1):
            async with line(dana, meeting.id) as raw:
                await raw.send(*sent)
                assert (await raw.hears()).code == code, name
            await serves(helen, ref)
        await tidy.send(ASK)
        async with asyncio.timeout(5):
            while '"is":"done","ref":7,' not in str(await tidy.recv()):
                pass
    assert len(meeting.room.board.cards) == len(COSTS_THE_SOCKET)


async def test_what_is_odd_and_allowed_is_answered(meeting: Meeting, dana: Browser) -> None:
    for name, (sent, answer) in IS_ANSWERED.items():
        async with line(dana, meeting.id) as raw:
            await raw.send(*sent)
            heard = await raw.hears(answer)
            assert any(answer in text for text in heard.texts), (name, heard)
    for name, (sent, codes) in CLOSES_WELL.items():
        async with line(dana, meeting.id) as raw:
            await raw.send(*sent)
            assert (await raw.hears()).code in codes, name


async def test_a_bad_handshake_opens_nothing(meeting: Meeting, dana: Browser) -> None:
    for name, headers in HANDSHAKES.items():
        async with connection(dana.server.url) as raw:
            await raw.send(handshake(dana, meeting.id, **headers))
            async with asyncio.timeout(5):
                answer = await raw.reader.read(4096)
            # A line cut off without a word is as good an answer.
            assert not answer or answer.split(b" ", 2)[1][:1] == b"4", (name, answer[:80])
    assert [one for one in meeting.room.members if one.device == "raw00001"] == []


async def test_no_compression_is_agreed_on(meeting: Meeting, dana: Browser) -> None:
    async with connection(dana.server.url) as raw:
        offers = "permessage-deflate; client_max_window_bits, x-webkit-deflate-frame"
        await raw.send(handshake(dana, meeting.id, Sec_WebSocket_Extensions=offers))
        assert b"extensions" not in (await raw.reader.readuntil(END)).lower()


async def test_who_drips_or_breaks_off_keeps_nobody_waiting(meeting: Meeting, dana: Browser) -> None:
    async with meeting.helen.live(meeting.id) as helen:
        asks = handshake(dana, meeting.id)
        async with connection(dana.server.url) as half, connection(dana.server.url) as drips:
            await half.send(asks[: len(asks) // 2])
            dripping = asyncio.create_task(drips.send(*(bytes([byte]) for byte in asks), pause_s=0.001))
            for ref in range(1, 11):
                await serves(helen, ref)
            await dripping
            assert (await drips.hears("welcome", within=5)) is not None
        async with line(dana, meeting.id) as broken:
            await broken.send(frame(TEXT, ASK)[:9])
            broken.writer.transport.abort()
        async with line(dana, meeting.id) as silent:
            await silent.send(frame(TEXT, ASK, fin=False))
            await serves(helen, 11)


async def test_pieces_without_end_take_no_memory(meeting: Meeting, dana: Browser) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with meeting.helen.live(meeting.id) as helen, line(dana, meeting.id) as raw:
        await raw.send(frame(TEXT, b"{", fin=False), *([frame(CONTINUES, b"", fin=False) * 100] * 200))
        await serves(helen, 1)
        await raw.send(*([frame(CONTINUES, b" " * 1000, fin=False)] * 20))
        assert (await raw.hears()).code in {TOO_LARGE, -1}
        await serves(helen, 2)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < GROWS_LEAST_KB

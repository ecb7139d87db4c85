"""What machines ask: whether the server lives and can store, how much goes on, and how the wire is spoken. Totals only:
no room, no person."""

from __future__ import annotations

import asyncio
from typing import Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from .log import Unavailable, Unsure
from .protocol import schema
from .record.json import schema as record_schema
from .security import is_loopback
from .site import site_of

ANSWER_WITHIN_S: Final = 2.0


async def healthz(request: Request) -> Response:
    """`/healthz`: this process is up."""
    return PlainTextResponse("up\n")


async def readyz(request: Request) -> Response:
    """`/readyz`: the storage answers, and this process takes asks."""
    hub = site_of(request).hub
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            await hub.store.find("readyz")
    except (Unavailable, Unsure, TimeoutError):
        return PlainTextResponse("the storage does not answer\n", 503)
    return PlainTextResponse("stopping\n", 503) if hub.stopping else PlainTextResponse("ready\n")


async def metrics(request: Request) -> Response:
    """`/metrics`: totals, for this machine alone."""
    if not is_loopback(request.scope):
        raise HTTPException(404)
    rooms = site_of(request).hub.rooms
    totals = {
        "rooms": ("Meetings open in this process", len(rooms)),
        "connections": ("Browsers connected to this process", sum(len(room.members) for room in rooms)),
    }
    lines = [
        line
        for name, (about, total) in totals.items()
        for line in (f"# HELP signboard_{name} {about}.", f"# TYPE signboard_{name} gauge", f"signboard_{name} {total}")
    ]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


async def protocol(request: Request) -> Response:
    """`/protocol.json`: the JSON Schema of every message."""
    return Response(msgspec.json.encode(schema()), media_type="application/schema+json")


async def record(request: Request) -> Response:
    """`/record.json`: the JSON Schema of a record in JSON."""
    return Response(msgspec.json.encode(record_schema()), media_type="application/schema+json")


async def robots(request: Request) -> Response:
    """`/robots.txt`: nothing here is for search engines."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")

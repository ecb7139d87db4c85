"""Waiting for the first of several things to end."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.types import Receive
from starlette.websockets import WebSocketDisconnect


async def until_gone(receive: Receive) -> None:
    """Until whoever reads the stream has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def until_first(*works: object) -> None:
    """Do all of these until one ends, then stop the others. What one raises is raised, but that nobody is there."""
    tasks = [asyncio.ensure_future(work) for work in works]  # type: ignore[call-overload]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        with suppress(WebSocketDisconnect, OSError):
            task.result()

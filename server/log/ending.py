"""Ending tasks for sure. A cancellation can get lost on its way: `asyncio.wait_for` of Python 3.11 drops one that comes
in the moment its work is done, and Redis' client sends with it."""

import asyncio
from typing import Any

AGAIN_S = 0.2


async def end(*tasks: asyncio.Task[Any]) -> None:
    """Cancel these tasks until they have ended. What they raised is passed over. Whoever is cancelled while waiting
    here ends after them, not before."""
    cancelled: asyncio.CancelledError | None = None
    while pending := [task for task in tasks if not task.done()]:
        for task in pending:
            task.cancel()
        try:
            await asyncio.wait(pending, timeout=AGAIN_S)
        except asyncio.CancelledError as error:
            cancelled = error
    for task in tasks:
        if not task.cancelled():
            task.exception()
    if cancelled is not None:
        raise cancelled

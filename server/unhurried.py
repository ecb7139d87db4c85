"""Hangs up on who sends a request and never comes to its end: half a request costs them nothing and would keep a
connection of ours for ever."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.auto import AutoHTTPProtocol

REQUEST_WITHIN_S: Final = 30.0
"""From the first sign to the last: the largest body there is takes so long at one kilobyte a second."""


class Unhurried(AutoHTTPProtocol):  # type: ignore[valid-type,misc]
    """Waits so long for a whole request, and for the next one after an answer; its own answer takes what it takes."""

    def connection_made(self, transport: Any) -> None:
        """Somebody is there: their request should follow."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._waiting.cancel()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, *event: Any) -> None:
        """From here on it is a WebSocket, and nothing of this is kept."""
        self._waiting.cancel()
        super().handle_websocket_upgrade(*event)

    def on_response_complete(self) -> None:
        """One request is over, another may come."""
        super().on_response_complete()
        self._waiting.cancel()
        self._wait()

    def _wait(self) -> None:
        self._waiting: asyncio.TimerHandle = self.loop.call_later(REQUEST_WITHIN_S, self._look)

    def _look(self) -> None:
        if self.cycle is None or self.cycle.response_complete or self.cycle.more_body:
            self.transport.close()

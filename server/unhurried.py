"""Hangs up on who sends a request and never comes to its end: half a request costs them nothing and would keep a
connection of ours for ever."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.auto import AutoHTTPProtocol

REQUEST_WITHIN_S: Final = 30.0
"""From the first sign to the last: the largest body there is takes so long at one kilobyte a second. Who says nothing
at all is waited for no longer."""


def unhurried(parser: Any) -> Any:
    """One of uvicorn's two classes for HTTP, which waits so long for a whole request and for the next one after an
    answer. An answer takes what it takes."""

    class Unhurried(parser):  # type: ignore[misc]
        """Keeps one timer: it runs while a request may be coming in, and looks before it hangs up."""

        def connection_made(self, transport: Any) -> None:
            """Somebody is there: their request should follow."""
            super().connection_made(transport)
            self._begun = False
            self._wait()

        def connection_lost(self, exc: Exception | None) -> None:
            """Nobody is there any more."""
            self._waiting.cancel()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            """Take what came. The first of a request starts its time."""
            if not self._begun:
                self._begun = True
                self._waiting.cancel()
                self._wait()
            super().data_received(data)

        def handle_websocket_upgrade(self, *event: Any) -> None:
            """From here on it is a WebSocket, and nothing of this is kept."""
            self._waiting.cancel()
            super().handle_websocket_upgrade(*event)

        def on_response_complete(self) -> None:
            """One request is over, another may come, or lie here already."""
            self._begun = False
            self._waiting.cancel()
            self._wait()
            super().on_response_complete()

        def _wait(self) -> None:
            self._waiting: asyncio.TimerHandle = self.loop.call_later(REQUEST_WITHIN_S, self._look)

        def _look(self) -> None:
            if self.transport.get_protocol() is not self:
                return
            # Behind an answer that goes on nobody reads the next request, however much of it has come.
            answers = self.cycle is not None and not self.cycle.response_complete
            if answers and (not self.cycle.more_body or getattr(self, "pipeline", None)):
                return
            self.transport.close()

    return Unhurried


Unhurried: Final = unhurried(AutoHTTPProtocol)

"""How a WebSocket finds out that there is nobody at the other end, and lends whoever speaks on it its outlet. It knows
no frames and no meetings."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from .outlet import EXTENSION, Outlet

TAKEN_LEAST: Final = 32 * 1024
STALLED_TIMES: Final = 3
"""A ping waits behind a large board. While so many bytes of it are taken within so many times the patience for an
answer, somebody is there; the system hands them on in lumps."""
LAST_WORDS_S: Final = 10.0


class Patient(WebSocketsSansIOProtocol):
    """Takes nobody for gone whose answer to a ping waits behind what they asked, or the ping behind what they are told:
    whoever is fast is read more slowly, and until then it is we who do not listen. Keeps nothing for who is gone."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._heard_at = 0.0
        self._unsent = 0
        self._taken_at = 0.0
        self._outlet: Outlet | None = None
        self._last_words: asyncio.TimerHandle | None = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is sent from here on, whoever still would."""
        if self._outlet is not None:
            self._outlet.lose()
        if self._last_words is not None:
            self._last_words.cancel()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """The server stops. Whoever has said goodbye, and takes nothing any more, is not waited for."""
        if self.transport.is_closing():
            self.transport.abort()
        else:
            super().shutdown()

    def data_received(self, data: bytes) -> None:
        """Take what came, and remember that something did."""
        self._heard_at = self.loop.time()
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_complete:
            self._refuse()

    def send_keepalive_ping(self) -> None:
        """Ask for a sign of life, and remember how much lies before the question."""
        super().send_keepalive_ping()
        self._unsent = self.transport.get_write_buffer_size()
        if self._unsent:
            self._taken_at = self.loop.time()

    def keepalive_timeout(self) -> None:
        """The answer to a ping did not come in time."""
        assert self.ping_timeout is not None
        if self._somebody_is_there(self.ping_timeout):
            self.pong_timer = self.loop.call_later(self.ping_timeout, self.keepalive_timeout)
            return
        super().keepalive_timeout()
        if self.transport.get_write_buffer_size():
            # A polite close waits until all of it was taken, and nobody takes it.
            self.transport.abort()

    async def run_asgi(self) -> None:
        """Serve it; what was not taken a little after the end never is."""
        self._outlet = Outlet(self.transport)
        extensions: Any = self.scope["extensions"]
        extensions[EXTENSION] = self._outlet
        await super().run_asgi()
        if not self.disconnected:
            self._last_words = self.loop.call_later(LAST_WORDS_S, self.transport.abort)

    def _refuse(self) -> None:
        """Say what the library has to say of a request too heavy for it, and hang up: else nobody would do either, and
        whoever asked would wait for ever."""
        self.handshake_complete = self.close_sent = True
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.transport.close()

    def _somebody_is_there(self, patience_s: float) -> bool:
        now, unsent = self.loop.time(), self.transport.get_write_buffer_size()
        if self._unsent - unsent >= TAKEN_LEAST:
            self._unsent, self._taken_at = unsent, now
        takes = now - self._taken_at < STALLED_TIMES * patience_s
        return self.read_paused or now - self._heard_at < patience_s or takes

"""One connection's way out: frames put out at once where it has an outlet, else queued and written in order by whoever
holds it; cut off when it falls too far behind. It knows neither WebSockets nor streams."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

from . import protocol
from .outlet import Outlet
from .room import NOBODY, Standing

WAITING_MOST: Final = 1024 * 1024
"""So many bytes that a reader has not taken, besides the one largest frame, and it is cut off: it comes back and
resumes. A whole board may weigh more by itself; cut off for that, it would be sent again and cut off again for ever."""
FRAMES_MOST: Final = 2048


class Line:
    """A Member of a room. `async for told, frame in line` gives what is to be written: nothing, where an outlet takes
    it at once. `ending` is the close code."""

    def __init__(self, *, cookie: str, device: str, as_wall: bool = False, outlet: Outlet | None = None) -> None:
        self.cookie = cookie
        self.device = device
        self.as_wall = as_wall
        self.standing: Standing = NOBODY
        self.told = 0
        self.ending: int | None = None
        self.cut = asyncio.Event()
        self._outlet = outlet
        self._heaviest = 0
        self._frames: deque[tuple[int, bytes]] = deque()
        self._weight = 0
        self._woken = asyncio.Event()

    @property
    def is_direct(self) -> bool:
        """Whether frames go out at once, so that whoever holds this line waits for nothing but its end."""
        return self._outlet is not None

    def tell(self, frame: bytes) -> None:
        """Put a frame out or in the queue, in order, without waiting. After the end there is no more."""
        if self.ending is not None:
            return
        if self._outlet is None:
            self._queue(frame)
            if self._too_far_behind():
                self._frames.clear()
                self._weight = 0
                self.close(protocol.TOO_SLOW, protocol.encode(protocol.bye("slow")))
                self.cut.set()
            return
        unsent = self._outlet.write(frame)
        self._heaviest = max(self._heaviest, len(frame)) if unsent else 0
        if unsent > WAITING_MOST + self._heaviest:
            # Whoever holds this line says goodbye, as far as anybody listens.
            self.ending = protocol.TOO_SLOW
            self.cut.set()
            self._woken.set()

    def close(self, code: int, frame: bytes) -> None:
        """Say `frame` after what is queued, then end with this code. The first end counts."""
        if self.ending is not None:
            return
        self.ending = code
        if self._outlet is not None:
            self._outlet.write(frame)
            self._woken.set()
        else:
            self._queue(frame)

    def __aiter__(self) -> Line:
        return self

    async def __anext__(self) -> tuple[int, bytes]:
        """The next frame, with the number this connection had been told when it was queued."""
        while not self._frames:
            if self.ending is not None:
                raise StopAsyncIteration
            self._woken.clear()
            await self._woken.wait()
        told, frame = self._frames.popleft()
        self._weight -= len(frame)
        return told, frame

    def _too_far_behind(self) -> bool:
        if len(self._frames) > FRAMES_MOST:
            return True
        if self._weight <= WAITING_MOST:
            return False
        return self._weight - max(len(frame) for _told, frame in self._frames) > WAITING_MOST

    def _queue(self, frame: bytes) -> None:
        self._frames.append((self.told, frame))
        self._weight += len(frame)
        self._woken.set()

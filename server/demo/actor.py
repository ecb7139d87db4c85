"""An invented person who takes part like everybody else: comes in at the door, looks at the board, asks for things over
the wire. What they do and when stands in stage.py."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, WebSocketException

from .. import protocol
from ..board.model import AnyAsk
from ..ids import new_id
from .browser import Browser

AGAIN_S: Final = 1.0
FOR_GOOD: Final = frozenset({protocol.COME_BACK_RESTART, protocol.SIGN_IN, protocol.KEPT_OUT, protocol.NO_ROOM})
"""After these nobody comes back. A restart is among them: the meeting plays in the process that stops."""
GONE: Final = "gone"


class Actor:
    """One person in one browser. `parts` is the board as they see it, by kind and id; `id` is "" until they are in."""

    def __init__(self, browser: Browser, room: str) -> None:
        self.id = ""
        self.parts: dict[str, dict[str, Any]] = {}
        self.gone = False
        self.browser = browser
        self._room = room
        self._device = new_id()
        self._line: ClientConnection | None = None
        self._ref = 0
        self._answers: dict[int, asyncio.Future[str]] = {}
        self._news = asyncio.Event()

    async def open_link(self, link: str) -> None:
        """Come in by a link with a key. Raises NoAnswer."""
        await self.browser.post("/in", key=link.partition("#")[2])

    async def knock(self, code: str, **fields: str) -> None:
        """Ask to come in by the code. Raises NoAnswer."""
        await self.browser.post(f"/join/{code}", **fields)

    async def live(self) -> None:
        """Look at the board until it is over for this person; a lost connection is made again."""
        try:
            while not self.gone:
                async with self.browser.live(self._room, self._device) as line:
                    self._line = line
                    self.gone = await self._listen(line) in FOR_GOOD
                self._hung_up()
                await asyncio.sleep(AGAIN_S)
        except (OSError, TimeoutError, WebSocketException):
            # The server runs in this process: where it cannot be reached, it has stopped.
            pass
        finally:
            self.gone = True
            self._hung_up()

    async def ask(self, ask: AnyAsk) -> str:
        """Ask for something. Returns "" once it is done, else the code of the refusal; during a break it is asked again
        when everyone is back."""
        while True:
            code = await self._asked(ask)
            if code != "break":
                return code
            await self.until(lambda: not self.meeting.get("pause"))

    @property
    def meeting(self) -> dict[str, Any]:
        """The meeting, as this person sees it."""
        return next(iter(self.parts.get("meeting", {}).values()), {})

    async def until(self, true: Callable[[], bool], within_s: float | None = None) -> bool:
        """Wait until something is true of what this person sees. Returns False where it is too late for that."""
        try:
            async with asyncio.timeout(within_s):
                while not true():
                    if self.gone:
                        return False
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return False
        return True

    async def _asked(self, ask: AnyAsk) -> str:
        if not await self.until(lambda: self._line is not None):
            return GONE
        assert self._line is not None
        self._ref += 1
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._answers[self._ref] = answer
        try:
            await self._line.send(protocol.encode(replace(ask, ref=self._ref)), text=True)
        except ConnectionClosed:
            return GONE
        return await answer

    async def _listen(self, line: ClientConnection) -> int | None:
        """Take in what this line says. Returns the code it closed with."""
        async for frame in line:
            self._hear(json.loads(frame))
        return line.close_code

    def _hear(self, said: dict[str, Any]) -> None:
        match said["is"]:
            case "welcome":
                self.id = said["you"]["id"]
                self.parts = said["put"]
            case "change":
                self._change(said)
            case "done":
                self._answer(said["ref"], "")
            case "no":
                self._answer(said.get("ref"), said["code"])
        self._news.set()

    def _change(self, said: dict[str, Any]) -> None:
        for kind, parts in said.get("put", {}).items():
            self.parts.setdefault(kind, {}).update(parts)
        for kind, ids in said.get("drop", {}).items():
            for id in ids:
                self.parts.get(kind, {}).pop(id, None)

    def _answer(self, ref: int | None, code: str) -> None:
        answer = self._answers.pop(ref, None) if ref is not None else None
        if answer is not None and not answer.done():
            answer.set_result(code)

    def _hung_up(self) -> None:
        self._line = None
        for ref in list(self._answers):
            self._answer(ref, GONE)
        self._news.set()

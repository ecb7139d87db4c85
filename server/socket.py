"""The wire: a WebSocket, or a stream one way and posts the other. It carries frames between browsers and rooms and
decides nothing about meetings."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from . import protocol, signals
from .board.refusal import Refused
from .hub import NoRoom
from .line import Line
from .log import Gone, Unavailable
from .outlet import EXTENSION
from .pace import UNANSWERED_MOST
from .room import Room
from .session import cookie_of, hash_secret, is_room
from .site import Site
from .untilfirst import until_first, until_gone

SOCKETS_MOST: Final = 8
WALLS_MOST: Final = 32
"""A wall is no person, but nobody needs more screens than this."""
GOODBYE_S: Final = 1.0
NOT_ACCEPTABLE: Final = 406
STATUS: Final = {
    protocol.NO_ROOM: 404,
    protocol.KEPT_OUT: 403,
    protocol.SIGN_IN: 401,
    protocol.FLOODING: 429,
    protocol.COME_BACK_RESTART: 503,
    protocol.COME_BACK_LATER: 503,
}
"""What HTTP says where a WebSocket would close with this code."""

_DEVICE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_NUMBER: Final = re.compile(r"[0-9]{1,15}\Z")


class Shut(Exception):
    """This connection may not be: the close code, and the code of the `bye` that says why."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why

    @property
    def frame(self) -> bytes:
        """The bye."""
        return protocol.encode(protocol.bye(self.why))


async def live_socket(socket: WebSocket) -> None:
    """`/m/{room}/live` as a WebSocket. Accepted first, for browsers tell their scripts no status but a close code."""
    await socket.accept()
    try:
        room, line = await _enter(socket)
    except Shut as shut:
        await _end(socket, shut.code, shut.frame)
        return
    try:
        # A frame that nobody takes holds the writing up; where none is written there, its end tells of the cut as well.
        cut = () if line.is_direct else (line.cut.wait(),)
        await until_first(_write(socket, line), _read(socket, room, line), *cut)
    finally:
        room.part(line)
        if line.cut.is_set():
            await _end(socket, protocol.TOO_SLOW, protocol.encode(protocol.bye("slow")))


async def live_stream(request: Request) -> Response:
    """`GET /m/{room}/live`: the same messages as server-sent events."""
    if "text/event-stream" not in request.headers.get("accept", ""):
        return Response(status_code=NOT_ACCEPTABLE)
    try:
        room, line = await _enter(request)
    except Shut as shut:
        return _shut(shut)
    return Stream(room, line)


async def live_ask(request: Request) -> Response:
    """`POST /m/{room}/live`: one ask, answered by its `done` or `no`."""
    site: Site = request.state.site
    # Before anything else: whoever is read slowly may be gone by then, and what they asked with them.
    body = await request.body()
    try:
        room, line = await _open(request)
        name = f"{room.id}/{line.standing.person}"
        with site.unanswered.one(name) as may:
            if not may:
                raise Shut(protocol.FLOODING, "flooding")
            await asyncio.sleep(site.pace.wait(name, asyncio.get_running_loop().time()))
            return _json(await _answer(room, line, body))
    except Shut as shut:
        return _shut(shut)


class Stream(Response):
    """Server-sent events of one line, until it ends or nobody reads any more."""

    def __init__(self, room: Room, line: Line) -> None:
        super().__init__(
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"},
        )
        del self.headers["content-length"]
        self._room, self._line = room, line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and go on answering."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        try:
            await until_first(self._write(send), until_gone(receive), self._line.cut.wait())
        finally:
            self._room.part(self._line)
        with suppress(OSError):
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _write(self, send: Send) -> None:
        async for told, frame in self._line:
            # In the lobby there is no number yet, and so none to come back with.
            number = b"id: %d\n" % told if told else b""
            await send({"type": "http.response.body", "body": number + b"data: " + frame + b"\n\n", "more_body": True})


async def _enter(connection: HTTPConnection) -> tuple[Room, Line]:
    """Begin to tell this connection. Raises Shut."""
    room, line = await _open(connection)
    _make_place(room, line)
    query = connection.query_params
    # What a browser's own reader of events sends when it comes back by itself.
    after = connection.headers.get("last-event-id", "") or query.get("after", "")
    number = int(after) if _NUMBER.match(after) else None
    room.join(line, after=number, epoch=query.get("epoch", ""), page=query.get("from") == "page")
    return room, line


def _make_place(room: Room, line: Line) -> None:
    """Let one person have only so many lines. Raises Shut. On a bad connection the old ones of a device look alive for
    a while, and must not keep it from coming back: the oldest of its own makes place."""
    person = line.standing.person
    others = [other for other in room.members if other.standing.person == person]
    if len(others) < (WALLS_MOST if person == "wall" else SOCKETS_MOST):
        return
    oldest = next((other for other in others if other.device == line.device), None)
    if oldest is None:
        raise Shut(protocol.FLOODING, "flooding")
    room.part(oldest)
    # Not one of the codes that come back: two tabs that live would take turns for ever.
    oldest.close(protocol.FLOODING, protocol.encode(protocol.bye("flooding")))


async def _open(connection: HTTPConnection) -> tuple[Room, Line]:
    """The room in the address, and a line that stands there as this browser's cookie says. Raises Shut. A room one is
    not in looks exactly like one that does not exist."""
    site: Site = connection.state.site
    id = connection.path_params["room"]
    device = connection.query_params.get("device", "")
    if not _DEVICE.match(device):
        raise Shut(protocol.NO_ROOM, "no-room")
    secret = cookie_of(connection, id, site.settings) if is_room(id) else None
    if secret is None:
        raise Shut(protocol.NO_ROOM, "no-room")
    try:
        room = await site.hub.room(id)
    except (NoRoom, Gone):
        raise Shut(protocol.NO_ROOM, "no-room") from None
    except Unavailable:
        raise Shut(protocol.COME_BACK_LATER, "restart") from None
    line = Line(
        cookie=hash_secret(secret),
        device=device,
        as_wall=connection.query_params.get("as") == "wall",
        outlet=connection.scope.get("extensions", {}).get(EXTENSION),
    )
    line.standing = room.who(line.cookie, as_wall=line.as_wall)
    match line.standing.state:
        case "here" | "waiting":
            return room, line
        case "refused" | "removed" as why:
            raise Shut(protocol.KEPT_OUT, why)
        case _:
            raise Shut(protocol.NO_ROOM, "no-room")


async def _write(socket: WebSocket, line: Line) -> None:
    """Write what the line is told, then close as it ends."""
    async for _told, frame in line:
        await socket.send_text(frame.decode())
    if line.ending is not None and not line.cut.is_set():
        await socket.close(line.ending)


async def _read(socket: WebSocket, room: Room, line: Line) -> None:
    """Hand asks to the room as fast as this person may ask, and answer each once it is durable."""
    site: Site = socket.state.site
    waiting: set[asyncio.Future[int]] = set()
    while True:
        frame = await _next(socket)
        if frame is None:
            return
        if line.ending is not None:
            await asyncio.sleep(GOODBYE_S)
            return
        try:
            ask = protocol.decode(frame)
        except protocol.Unreadable as bad:
            if (signal := signals.read(frame)) is not None:
                room.pulse.hear(line, signal)
            else:
                line.tell(protocol.encode(protocol.refusal(bad.ref, bad.code)))
        else:
            if len(waiting) >= UNANSWERED_MOST:
                room.part(line)
                line.close(protocol.FLOODING, protocol.encode(protocol.bye("flooding")))
                await asyncio.sleep(GOODBYE_S)
                return
            answer = room.submit(line.standing.person, line.device, ask)
            waiting.add(answer)
            answer.add_done_callback(waiting.discard)
            answer.add_done_callback(_answers(line, ask.ref))
        pause = site.pace.wait(f"{room.id}/{line.standing.person}", asyncio.get_running_loop().time())
        if pause:
            await asyncio.sleep(pause)


async def _next(socket: WebSocket) -> str | bytes | None:
    """The next frame; None once there is no one at the other end."""
    message = await socket.receive()
    if message["type"] != "websocket.receive":
        return None
    text: str | bytes = message.get("text") or message.get("bytes") or ""
    return text


def _answers(line: Line, ref: int) -> Callable[[asyncio.Future[int]], None]:
    """Tell the line how its ask went. Where the room stops there is no answer: it is asked again elsewhere."""

    def told(answer: asyncio.Future[int]) -> None:
        error = answer.exception() if not answer.cancelled() else Unavailable()
        if error is None:
            line.tell(_done(line, ref, answer.result()))
        elif isinstance(error, Refused):
            line.tell(protocol.encode(protocol.refusal(ref, error.code)))

    return told


async def _answer(room: Room, line: Line, body: bytes) -> bytes:
    """One ask and its answer, or a signal and a sign of life. Raises Shut."""
    try:
        ask = protocol.decode(body)
    except protocol.Unreadable as bad:
        if (signal := signals.read(body)) is not None:
            room.pulse.hear(line, signal)
            return protocol.encode(protocol.Tick(seq=0))
        return protocol.encode(protocol.refusal(bad.ref, bad.code))
    try:
        seq = await asyncio.shield(room.submit(line.standing.person, line.device, ask))
    except Refused as refused:
        return protocol.encode(protocol.refusal(ask.ref, refused.code))
    except Gone:
        raise Shut(protocol.NO_ROOM, "no-room") from None
    except Unavailable:
        raise Shut(protocol.COME_BACK_RESTART, "restart") from None
    return _done(line, ask.ref, seq)


def _done(line: Line, ref: int, seq: int) -> bytes:
    """The answer to a durable ask. In the lobby there is no number: it would tell how much the others write."""
    return protocol.encode(protocol.Done(ref=ref, seq=0 if line.standing.viewer is None else seq))


async def _end(socket: WebSocket, code: int, frame: bytes) -> None:
    """Say why and hang up, but never wait long for somebody who does not read."""
    with suppress(TimeoutError, WebSocketDisconnect, RuntimeError, OSError):
        async with asyncio.timeout(GOODBYE_S):
            await socket.send_text(frame.decode())
            await socket.close(code)


def _shut(shut: Shut) -> Response:
    return _json(shut.frame, STATUS[shut.code])


def _json(body: bytes, status: int = 200) -> Response:
    return Response(body, status, media_type="application/json")

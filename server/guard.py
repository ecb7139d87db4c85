"""Stands in front of everything: refuses what is foreign or too heavy, puts the headers on every answer, and turns an
error into an answer. It decides nothing about meetings."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from .catalogue import CHOSEN, speak
from .catalogue import gettext as _
from .diagnostics import kind_and_places
from .security import BODY_MAX, HEADERS, HSTS_S, READS, RECORD_BODY_MAX, TAKE_RECORDS, host_ok, origin_ok
from .settings import Settings

COME_BACK_RESTART: Final = 1012
NOT_ACCEPTED: Final = 1008
WRONG_NAME: Final = 421

logger = logging.getLogger(__name__)


class TooHeavy(Exception):
    """A body is larger than anything this server reads."""


class Unfinished(Exception):
    """An answer broke off after it had begun: the connection has to end, for nothing else can be said on it."""


class Guard:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._headers = dict(HEADERS)
        if settings.https:
            self._headers["Strict-Transport-Security"] = f"max-age={HSTS_S}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "http":
                await self._answer(scope, receive, send)
            case "websocket":
                await self._connect(scope, receive, send)
            case _:
                await self._app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = False
        asked = HTTPConnection(scope)
        speak(asked.headers.get("accept-language", ""), asked.cookies.get(CHOSEN, ""))

        async def send_guarded(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = True
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        async def say(text: str, status: int) -> None:
            await PlainTextResponse(text + "\n", status)(scope, receive, send_guarded)

        if not host_ok(scope, self._settings):
            await say(
                _("This server is reached by its number address or as localhost until it has a name."), WRONG_NAME
            )
            return
        if scope["method"] not in READS and not origin_ok(scope, self._settings):
            await say(_("This did not come from a page of this site. Nothing has changed."), 403)
            return
        try:
            await self._app(scope, weighed(receive, most(scope["path"])), send_guarded)
        except TooHeavy:
            await say(_("That is too long. Nothing has changed."), 413)
        except ClientDisconnect:
            # Whoever asked went away before they had said all: nobody's mistake, and nobody is left to tell.
            return
        except Exception as error:
            logger.error(kind_and_places(error))
            if began:
                raise Unfinished from None
            await say(_("Something went wrong here. Nothing has changed. Please try again."), 500)

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not origin_ok(scope, self._settings):
            # Before it is accepted: the browser hears 403, and nothing of ours has run.
            await send({"type": "websocket.close", "code": NOT_ACCEPTED})
            return
        try:
            await self._app(scope, receive, send)
        except WebSocketDisconnect:
            return
        except Exception as error:
            logger.error(kind_and_places(error))
            with suppress(RuntimeError, OSError):
                await send({"type": "websocket.close", "code": COME_BACK_RESTART})


def most(path: str) -> int:
    """How many bytes a body sent to this address may weigh."""
    return RECORD_BODY_MAX if path in TAKE_RECORDS else BODY_MAX


def weighed(receive: Receive, most: int) -> Receive:
    """The same messages, until the body weighs more than `most` bytes: then TooHeavy."""
    weight = 0

    async def receive_weighed() -> Message:
        nonlocal weight
        message = await receive()
        weight += len(message.get("body", b""))
        if weight > most:
            raise TooHeavy
        return message

    return receive_weighed

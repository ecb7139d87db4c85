"""The whole application: which address leads where, what is opened at the start and closed at the end. The only place
that chooses a log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute

from . import admin, audit, away, blanks, door, history, machines, pages, practice, recordpage, slips, start
from .assets import Assets, folder
from .catalogue import gettext as _
from .guard import Guard
from .hub import Hub, NoRoom, Store
from .log import Gone, Unavailable, Unsure
from .log.redis import open_redis
from .log.seal import ServerKey
from .log.sqlite import open_sqlite
from .render import Render
from .settings import Settings
from .site import Practice, Site
from .socket import live_ask, live_socket, live_stream
from .staff import Staff, cookie_secrets, staff_key

DATABASE: Final = "signboard.sqlite"
ERASE_EVERY_S: Final = 600.0

logger = logging.getLogger(__name__)


def open_store(settings: Settings) -> AbstractAsyncContextManager[Store]:
    """The store these settings name: Redis, or one SQLite file in the data folder. Raises OSError where that folder
    cannot be made; entering it raises what the store raises."""
    if settings.redis:
        return open_redis(settings.redis, unsafe=settings.unsafe_redis)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return open_sqlite(settings.data / DATABASE)


async def open_key(settings: Settings, store: Store) -> ServerKey:
    """The key that opens what is stored. Raises BadKey. In Redis, which others may use too, a meeting that it does not
    open stops nobody: `signboard check` counts those."""
    return ServerKey.load(settings.key_file, kept=() if settings.redis else await store.all())


def create_app(
    settings: Settings, store: Store | None = None, *, admin_token: str = "", practice_meeting: Practice | None = None
) -> Starlette:
    """The application. Without a `store` it opens and closes the one the settings name; a given one is open already and
    stays open. While it runs, `app.state.site` is what its pages share."""
    assets = Assets(folder("static"))
    render = Render(folder("templates"), assets, settings)
    templates = practice.load(settings.practice)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[Mapping[str, Any]]:
        async with AsyncExitStack() as stack:
            opened = store if store is not None else await stack.enter_async_context(open_store(settings))
            key = await open_key(settings, opened)
            staff = Staff(staff_key(settings), cookie_secrets(settings.key_file), settings, opened)
            await staff.look()
            hub = await stack.enter_async_context(Hub(opened, key))
            site = Site(settings, hub, render, templates, staff, admin_token, practice_meeting)
            app.state.site = site
            eraser = asyncio.create_task(_erase_ended(hub))
            try:
                yield {"hub": hub, "settings": settings, "site": site}
            finally:
                eraser.cancel()
                await asyncio.gather(eraser, *site.tasks, return_exceptions=True)

    return Starlette(
        routes=_routes(assets),
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={
            NoRoom: _no_room,
            Gone: _no_room,
            Unavailable: _unavailable,
            Unsure: _unavailable,
            HTTPException: _http_error,
        },
        lifespan=lifespan,
    )


def _routes(assets: Assets) -> list[Route | WebSocketRoute]:
    return [
        Route("/", start.front),
        Route("/new", start.start, methods=["POST"]),
        Route("/demo", start.practice_meeting, methods=["POST"]),
        Route("/staff", start.staff_page, methods=["GET"]),
        Route("/staff", start.staff_in, methods=["POST"]),
        Route("/go", door.by_code, methods=["POST"]),
        Route("/join/{code}", door.join_page, methods=["GET"]),
        Route("/join/{code}", door.join, methods=["POST"]),
        Route("/in", door.in_page, methods=["GET"]),
        Route("/in", door.key_in, methods=["POST"]),
        Route("/m/{room}", pages.board),
        Route("/m/{room}/wall", pages.wall),
        Route("/m/{room}/plain.json", pages.plain),
        Route("/m/{room}/audit", audit.audit),
        Route("/m/{room}/history", history.history),
        Route("/m/{room}/slips", slips.choose, methods=["GET"]),
        Route("/m/{room}/slips", slips.made, methods=["POST"]),
        Route("/m/{room}/sheets", blanks.sheets),
        Route("/m/{room}/record", recordpage.record, methods=["GET"]),
        Route("/m/{room}/record", recordpage.record_asked, methods=["POST"]),
        Route("/m/{room}/qr.svg", pages.square),
        Route("/m/{room}/links", door.make_link, methods=["POST"]),
        Route("/m/{room}/leave", away.leave, methods=["POST"]),
        Route("/m/{room}/exit", away.exit_beacon, methods=["POST"]),
        WebSocketRoute("/m/{room}/live", live_socket),
        Route("/m/{room}/live", live_stream, methods=["GET"]),
        Route("/m/{room}/live", live_ask, methods=["POST"]),
        Route("/leave", away.quick_exit, methods=["GET", "POST"]),
        Route("/check", pages.check_device),
        Route("/safe", pages.safe),
        Route("/expect", pages.expect),
        Route("/healthz", machines.healthz),
        Route("/readyz", machines.readyz),
        Route("/metrics", machines.metrics),
        Route("/protocol.json", machines.protocol),
        Route("/record.json", machines.record),
        Route("/robots.txt", machines.robots),
        Route("/admin", admin.admin, methods=["POST"]),
        Route("/static/{hash}/{path:path}", assets.serve),
    ]


async def _erase_ended(hub: Hub) -> None:
    """Erase what has reached its end, for ever."""
    while True:
        try:
            erased = await hub.erase_ended()
            if erased:
                logger.info("Meetings erased because their end had come: %d", erased)
        except (Unavailable, Unsure):
            logger.warning("The storage did not answer; ended meetings are erased later.")
        await asyncio.sleep(ERASE_EVERY_S)


async def _no_room(request: Request, error: Exception) -> Response:
    return pages.no_room(request)


async def _unavailable(request: Request, error: Exception) -> Response:
    answer = pages.home(request, error=_("The board cannot save just now. Please try again in a moment."), status=503)
    answer.headers["Retry-After"] = "5"
    return answer


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    match error.status_code:
        case 404:
            return pages.no_room(request)
        case 429:
            why = _("That was tried too often. Please wait ten minutes, or ring the person who invited you.")
        case _:
            why = _("That could not be read. Nothing has changed.")
    answer = pages.home(request, error=why, status=error.status_code)
    answer.headers.update(error.headers or {})
    return answer

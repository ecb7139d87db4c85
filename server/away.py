"""Going out of a meeting: quick exit, with and without scripts, and an ordinary goodbye. Afterwards this browser holds
nothing that opens it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from . import people
from .catalogue import CHOSEN
from .hub import NoRoom
from .log import Gone, Unavailable
from .room import Room
from .session import cookies_of, hash_secret, take_cookie
from .site import Site, held, site_of

LEAVE_WAIT_S: Final = 1.0
"""Nobody who leaves in a hurry waits longer for the storage."""
AGAIN_S: Final = 2.0
TRIES_MOST: Final = 300
"""For ten minutes a storage that is away is asked again to end what this browser held."""
AT_ONCE_MOST: Final = 1000
Goes = Callable[[Room, str], Awaitable[None]]
WIPE: Final = '"cache", "cookies", "storage"'
WIPE_BUT_COOKIES: Final = '"cache", "storage"'


async def leave(request: Request) -> Response:
    """`POST /m/{room}/leave`: say goodbye, on all one's devices."""
    answer = _away(request, WIPE_BUT_COOKIES)
    await _go_out(request, answer, people.say_goodbye)
    return answer


async def exit_beacon(request: Request) -> Response:
    """`POST /m/{room}/exit`: quick exit has happened in the page; this device's session ends."""
    answer = Response(status_code=204)
    await _go_out(request, answer, people.sign_out)
    return answer


async def quick_exit(request: Request) -> Response:
    """`/leave`: quick exit without any script. The one GET that changes something, so it only does when the person in
    front of the browser asked for it: never for another site's link or picture, nor for a page fetched ahead."""
    site = site_of(request)
    if not _asked_in_person(request):
        return RedirectResponse(site.settings.exit, 303)
    answer = _away(request, WIPE)
    rooms = cookies_of(request, site.settings)
    ends = [site.spawn(_end(site, id, hash_secret(secret), people.sign_out)) for id, secret in rooms.items()]
    if ends:
        await asyncio.wait(ends, timeout=LEAVE_WAIT_S)
    for id in rooms:
        take_cookie(answer, id, site.settings)
    answer.delete_cookie(CHOSEN)
    site.staff.take(answer)
    return answer


def _asked_in_person(request: Request) -> bool:
    if request.method == "HEAD" or "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", "")):
        return False
    site = request.headers.get("sec-fetch-site", "none")
    place = request.headers.get("sec-fetch-dest", "document")
    return site in {"none", "same-origin"} and place in {"document", "empty"}


def _away(request: Request, wipe: str) -> Response:
    """On to the neutral site. After a form the browser follows no redirect to another site (form-action), so an empty
    page sends it on."""
    away = site_of(request).settings.exit
    if request.method == "GET":
        return RedirectResponse(away, 303, headers={"Clear-Site-Data": wipe})
    return HTMLResponse("<!doctype html><title></title>", headers={"Refresh": f"0;url={away}", "Clear-Site-Data": wipe})


async def _go_out(request: Request, answer: Response, how: Goes) -> None:
    """Have this browser's session in the room end `how`, and take the cookie away whether or not storage is there."""
    site, id = site_of(request), request.path_params["room"]
    cookie = held(request, id)
    if cookie:
        await asyncio.wait([site.spawn(_end(site, id, cookie, how))], timeout=LEAVE_WAIT_S)
    take_cookie(answer, id, site.settings)


async def _end(site: Site, id: str, cookie: str, how: Goes) -> None:
    """End a session, however long storage is away. The browser has forgotten its cookie all the same."""
    for _try in range(TRIES_MOST):
        try:
            await how(await site.hub.room(id), cookie)
        except (NoRoom, Gone):
            # Whoever is not inside is where they want to be.
            return
        except Unavailable:
            # Strangers, too, may say that they leave: not more of them wait than there are people.
            if site.hub.stopping or len(site.tasks) > AT_ONCE_MOST:
                return
            await asyncio.sleep(AGAIN_S)
        else:
            return

"""What all pages share, made once at the start: settings, meetings, templates, and who may try how often."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from starlette.requests import Request

from .board.template import Template
from .budget import Budget, Guesses
from .hub import Hub, NoRoom
from .links import MeetingLinks
from .log import Unavailable
from .pace import Pace, Unanswered
from .render import Render
from .room import Room, Standing
from .security import address_of, base_of
from .session import cookie_of, hash_secret
from .settings import Settings
from .staff import Staff

MINUTE_S: Final = 60.0
HOUR_S: Final = 3600.0
WRITE_WAIT_S: Final = 10.0
"""Nobody looks at a page that does not come for longer than this while storage is away."""


def _guesses() -> Guesses:
    # A venue shares one address, so this leaves room for mistyping and none for guessing.
    return Guesses(each=Budget(20, 10 * MINUTE_S), all=Budget(1000, HOUR_S))


def _code_guesses() -> Guesses:
    # In all as many as find a given one of 39 bits with a chance of two in a million a day: to use them up, and so keep
    # newcomers out, takes far more than one careless crowd.
    return Guesses(each=Budget(20, 10 * MINUTE_S), all=Budget(50_000, HOUR_S))


class Practice(Protocol):
    """What lets a practice meeting play beside the server, which listens at `address`. Returns its links, beginning
    with `base`. Raises CannotOpen, Unavailable."""

    async def __call__(self, site: Site, *, address: str, base: str) -> MeetingLinks: ...


@dataclass(frozen=True)
class Site:
    """Found as `site_of(request)`. `admin_token` "" means that nobody may give orders over /admin; without `practice`
    there are no practice meetings."""

    settings: Settings
    hub: Hub
    render: Render
    templates: Mapping[str, Template]
    staff: Staff
    admin_token: str = ""
    practice: Practice | None = None
    codes: Guesses = field(default_factory=_code_guesses)
    keys: Guesses = field(default_factory=_guesses)
    joins: Budget = field(default_factory=lambda: Budget(300, MINUTE_S))
    links: Budget = field(default_factory=lambda: Budget(60, HOUR_S))
    pace: Pace = field(default_factory=Pace)
    unanswered: Unanswered = field(default_factory=Unanswered)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Have something done that nobody waits for."""
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task


def site_of(request: Request) -> Site:
    """What this server shares."""
    site: Site = request.state.site
    return site


def now() -> float:
    """Seconds of the steady clock that budgets are counted on."""
    return asyncio.get_running_loop().time()


@asynccontextmanager
async def in_time() -> AsyncIterator[None]:
    """What is written here is written within WRITE_WAIT_S, or not at all. Raises Unavailable."""
    try:
        async with asyncio.timeout(WRITE_WAIT_S):
            yield
    except TimeoutError:
        raise Unavailable from None


def base(request: Request) -> str:
    """What links on this answer begin with."""
    return base_of(request.scope, site_of(request).settings)


def address(request: Request) -> str:
    """Who this request is counted for."""
    return address_of(request.scope)


def held(request: Request, room: str) -> str:
    """The hash of this browser's cookie for a room, "" without one."""
    secret = cookie_of(request, room, site_of(request).settings)
    return hash_secret(secret) if secret is not None else ""


async def standing_of(request: Request) -> tuple[Room, str, Standing]:
    """The room in the address, the hash of this browser's cookie there, and how it stands. Raises NoRoom, and at once
    where the browser holds nothing for that room: a room one is not in answers like one that does not exist."""
    id = request.path_params["room"]
    cookie = held(request, id)
    if not cookie:
        raise NoRoom
    room = await site_of(request).hub.room(id)
    standing = room.who(cookie)
    if standing.state in {"none", "left"}:
        raise NoRoom
    return room, cookie, standing

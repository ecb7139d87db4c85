"""Practice meetings: invented people who play a meeting beside the server, over the real wire, so that a newcomer sees
it move and can join in. But for making and erasing the meeting, the server is known here by its address alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

from starlette.applications import Starlette

from ..catalogue import gettext as _
from ..diagnostics import kind_and_places
from ..links import MeetingLinks
from ..log import Unavailable, Unsure
from ..opening import CannotOpen, Wish, open_meeting
from ..serve import Beside
from ..settings import Settings, origin_of
from ..site import Site
from .example_a import example_a
from .example_b import example_b
from .script import Script
from .stage import Stage

EXAMPLES: Final[Mapping[str, Callable[[], Script]]] = {"A": example_a, "B": example_b}
"""Every example that plays."""
PLAYS: Final = "practice meeting"
AT_ONCE_MOST: Final = 4
STAYS_S: Final = 45 * 60.0
"""So long invented people stay in a practice meeting that was begun from the start page."""

logger = logging.getLogger(__name__)


def beside(settings: Settings, say: Callable[[str], None], *, example: str = "B", speed: float = 1.0) -> Beside:
    """A practice meeting that plays beside the server for as long as it runs, and is erased when it stops."""

    async def play(app: Starlette, address: str) -> None:
        site: Site = app.state.site
        script = EXAMPLES[example]()
        links = await _open(site, script, settings.url or address)
        for line in greeting(links):
            say(line)
        try:
            await _play(Stage(links, script, address=address, origin=_origin(site, address), speed=speed))
            await asyncio.Event().wait()
        finally:
            with suppress(Unavailable, Unsure):
                await site.hub.erase(links.room)

    return play


async def begin(site: Site, *, address: str, base: str) -> MeetingLinks:
    """A practice meeting for whoever asked for one on the start page. Raises CannotOpen, Unavailable."""
    if sum(task.get_name() == PLAYS for task in site.tasks) >= AT_ONCE_MOST:
        raise CannotOpen(_("Several practice meetings are going on just now. Please try again in a while."))
    script = example_b()
    links = await _open(site, script, base)
    stage = Stage(links, script, address=address, origin=_origin(site, address))
    site.spawn(_play(stage, for_s=STAYS_S)).set_name(PLAYS)
    return links


def greeting(links: MeetingLinks) -> list[str]:
    """What the terminal says about a practice meeting."""
    return [
        _("A practice meeting with invented people begins now. Look in, join in, press everything:"),
        _("The screen on the wall: {link}").format(link=links.wall),
        _("Join as yourself: {link}").format(link=links.join),
        _("Run it, as the facilitator: {link}").format(link=links.facilitator),
    ]


async def _open(site: Site, script: Script, base: str) -> MeetingLinks:
    asked = Wish(title=script.title, template=script.template, name=script.figures[script.facilitator].name)
    return await open_meeting(site.hub, site.templates, asked, base=base, practice=True)


def _origin(site: Site, address: str) -> str:
    """What a browser that came by `address` would send."""
    return site.settings.url or origin_of(address)


async def _play(stage: Stage, *, for_s: float | None = None) -> None:
    try:
        async with asyncio.timeout(for_s):
            await stage.play()
    except TimeoutError:
        logger.info("Invented people have left a practice meeting.")
    except ExceptionGroup as broken:
        # The server and the meeting go on; only nobody invented plays in it any more.
        for error in broken.exceptions:
            logger.error("A practice meeting broke off: %s", kind_and_places(error))

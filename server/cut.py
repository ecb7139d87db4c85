"""A log that went back to an older copy of itself. It is said in that log, once, so that every process begins the same
new epoch and no browser goes on from numbers that mean something else now."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Set
from typing import Final

from . import protocol
from .board.model import Entry
from .board.phases import CutLog
from .log import Behind, Stale, Unavailable, Unsure
from .log.roomlog import RoomLog
from .story import Story

HOUSE: Final = "house"
AGAIN_S: Final = 1.0


async def say_cut(log: RoomLog, knew: Set[str], clock: Callable[[], int]) -> None:
    """Write into the log of `log`, as it stands now, that it was cut, unless another process did: `knew` are the epochs
    known from before. Outlasts storage that is away, or goes back once more. Raises Broken, Gone, UnknownTag."""
    fresh, story = log.anew(), Story(log.room)
    while True:
        try:
            entries = [protocol.from_log(one) for one in await fresh.catch_up()]
            story.take(entries, story.ahead(entries))
            # Without a meeting there is nobody to tell; in an epoch not known before, it was said already.
            if story.board.meeting is None or story.epoch not in knew:
                return
            await fresh.append([protocol.to_draft(_cut(story, clock()))])
        except Stale:
            continue
        except Behind:
            fresh, story = log.anew(), Story(log.room)
        except (Unavailable, Unsure):
            await asyncio.sleep(AGAIN_S)
        else:
            return


def _cut(story: Story, now: int) -> Entry:
    return Entry(
        seq=story.board.seq + 1,
        at=max(story.board.at, now),
        by=HOUSE,
        device=secrets.token_hex(8),
        tag=protocol.tag_of(CutLog()),
        ask=CutLog(),
        chance=secrets.token_hex(16),
    )

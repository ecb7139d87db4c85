"""A server without a network for hostile requests, which goes on from one to the next: a meeting with people of every
standing, put right again after each."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest

from server.board.people import AdmitPerson
from server.board.phases import ReopenMeeting
from server.links import MeetingLinks
from server.opening import Wish, open_meeting
from server.room import Room
from server.security import HEADERS
from server.session import cookie_name, hash_secret
from tests.hostile.nasty import MARKER
from tests.meeting import STAFF_KEY, settings_in
from tests.wireless import Answer, Tab, Wireless, wireless

T = TypeVar("T")
STANDINGS = ("a stranger", "staff", "helen", "dana", "jo", "wall", "marcus")
"""Marcus waits at the door."""
FOUND_BROKEN = 500


@dataclass(eq=False, repr=False)
class Ground:
    """`run` does something on the server's own loop."""

    runner: asyncio.Runner
    server: Wireless
    links: MeetingLinks
    room: Room
    held: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: int = 0

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def browser(self, who: str) -> Tab:
        """The browser of somebody who stands so, at an address where nothing was tried before."""
        self.asked += 1
        self.server.address = f"127.{1 + (self.asked >> 16)}.{self.asked >> 8 & 255}.{self.asked & 255}"
        self.run(self._put_right("helen"))
        self.run(self._put_right(who))
        return self.server.browser(**self.held[who])

    async def _put_right(self, who: str) -> None:
        """Give them the place they have had, if an example took it away."""
        tab = self.server.browser(**self.held.get(who, {}))
        match who:
            case "a stranger":
                tab.cookies.clear()
            case "staff" if who not in self.held:
                assert (await tab.json("/staff", key=STAFF_KEY)).status == 200
            case "helen" | "wall" if not self._inside(tab):
                link = self.links.facilitator if who == "helen" else self.links.wall
                assert (await tab.json("/in", key=link.partition("#")[2])).status == 200
            case "helen" if self.room.board.meeting is not None and self.room.board.meeting.state == "closed":
                await self.room.ask(self._helen, f"desk{self.asked}", ReopenMeeting(ref=1))
            case "dana" | "jo" | "marcus" if not self._inside(tab):
                await self._comes(tab, who)
            case _:
                return
        self.held[who] = dict(tab.cookies)

    @property
    def _helen(self) -> str:
        return next(one.id for one in self.room.board.people.values() if one.role == "facilitator")

    def _inside(self, tab: Tab) -> bool:
        secret = tab.cookies.get(cookie_name(self.room.id, self.server.settings), "")
        return self.room.who(hash_secret(secret)).state in {"here", "waiting"}

    async def _comes(self, tab: Tab, who: str) -> None:
        role = "agency" if who == "jo" else "family"
        known = set(self.room.board.people)
        answer = await tab.form(f"/join/{self.links.code}", name=who, role=role, agency="Larkfield")
        assert answer.status == 303, answer.text
        fresh = next(iter(set(self.room.board.people) - known), "")
        if who != "marcus" and fresh:
            await self.room.ask(self._helen, f"desk{fresh}", AdmitPerson(ref=1, person=fresh))


async def _never(_pulse: object) -> None:
    await asyncio.Event().wait()


@contextmanager
def ground(folder: Path) -> Iterator[Ground]:
    """A server with a meeting on it, for as long as this lasts. No clock changes a board between two looks at it."""
    with asyncio.Runner() as runner, pytest.MonkeyPatch.context() as patch:
        patch.setattr("server.pulse.Pulse.beat", _never)
        stack = AsyncExitStack()
        server = runner.run(stack.enter_async_context(wireless(settings_in(folder))))
        try:
            wish = Wish(title="Tuesday", name="Helen")
            links = runner.run(open_meeting(server.hub, server.site.templates, wish, base="http://127.0.0.1"))
            yield Ground(runner, server, links, runner.run(server.hub.room(links.room)))
        finally:
            runner.run(stack.aclose())


def well(answer: Answer) -> None:
    """What holds for every answer, whatever was sent: it is no mistake of ours, bears all headers, and says nothing as
    it came."""
    assert 0 < answer.status < FOUND_BROKEN, answer.text
    sent = dict(answer.headers)
    for name, value in HEADERS.items():
        assert sent[name.lower()] == value, name
    assert "no-store" in sent["cache-control"] or "immutable" in sent["cache-control"]
    assert not any(sign in value for _name, value in answer.headers for sign in "\r\n\0")
    assert MARKER not in answer.bytes_told

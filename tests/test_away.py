"""Going out, and coming in, while the storage cannot write: nobody is kept waiting, and what was asked happens in the
end or not at all."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import pytest

from server.session import cookie_name
from tests.meeting import Browser, Meeting, Running
from tests.storage import in_time, until

FILE = "signboard.sqlite"
SOON_S = 3.0


@asynccontextmanager
async def nothing_can_be_saved(server: Running) -> AsyncIterator[None]:
    """Another program holds the file."""
    with closing(sqlite3.connect(server.settings.data / FILE, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield


@asynccontextmanager
async def nothing_can_be_opened(meeting: Meeting) -> AsyncIterator[None]:
    """No room is open, and none can be."""
    await meeting.server.hub._close(meeting.id)
    with closing(sqlite3.connect(meeting.server.settings.data / FILE, isolation_level=None)) as holder:
        holder.execute("ALTER TABLE place RENAME TO elsewhere")
        yield
        holder.execute("ALTER TABLE elsewhere RENAME TO place")


def forgets(browser: Browser, meeting: Meeting) -> bool:
    """Whether this browser holds nothing of the meeting any more."""
    return cookie_name(meeting.id, meeting.server.settings) not in browser.client.cookies


def sessions(meeting: Meeting, name: str) -> int:
    (room,) = (one for one in meeting.server.hub.rooms if one.id == meeting.id)
    (person,) = (one.id for one in room.board.people.values() if one.name == name)
    return sum(session.person == person for session in room.board.sessions.values())


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.away.AGAIN_S", 0.1)
    monkeypatch.setattr("server.site.WRITE_WAIT_S", 0.5)


@pytest.mark.parametrize("way", ["exit", "leave"])
async def test_who_goes_is_gone_at_once_and_in_the_log_once_it_can_be_written(meeting: Meeting, way: str) -> None:
    maureen = await meeting.comes("Maureen")
    async with nothing_can_be_saved(meeting.server):
        answer = await in_time(maureen.post(f"{meeting.page}/{way}"), SOON_S)
        assert answer.status_code in {200, 204}
        assert forgets(maureen, meeting)
        assert sessions(meeting, "Maureen") == 1
    await until(lambda: sessions(meeting, "Maureen") == 0, 10.0)


@pytest.mark.parametrize("way", ["exit", "leave"])
async def test_who_goes_from_a_room_that_cannot_be_opened_is_gone_too(meeting: Meeting, way: str) -> None:
    maureen = await meeting.comes("Maureen")
    async with nothing_can_be_opened(meeting):
        answer = await in_time(maureen.post(f"{meeting.page}/{way}"), SOON_S)
        assert answer.status_code in {200, 204}
        assert forgets(maureen, meeting)
    await until(lambda: bool(meeting.server.hub.rooms) and sessions(meeting, "Maureen") == 0)


async def test_who_comes_while_nothing_can_be_saved_is_told_so_and_does_not_knock_later(meeting: Meeting) -> None:
    browser = meeting.server.browser()
    async with nothing_can_be_saved(meeting.server):
        answer = await in_time(browser.post(f"/join/{meeting.links.code}", name="Maureen", role="family"), SOON_S)
        assert answer.status_code == 503
        assert "cannot save just now" in answer.text
        assert not browser.client.cookies
        link = await in_time(meeting.helen.post_json(f"{meeting.page}/links", **{"for": "me"}), SOON_S)
        key = await in_time(browser.post_json("/in", key=meeting.links.wall.partition("#")[2]), SOON_S)
        assert link.status_code == key.status_code == 503
        # What is on its way to the storage already may arrive; then it is over.
        await asyncio.sleep(1.5)
    keys = set(meeting.room.board.keys)
    await meeting.comes("Aisha")
    assert {one.name for one in meeting.room.board.people.values()} == {"Helen", "Aisha"}
    assert set(meeting.room.board.keys) == keys


async def test_a_meeting_that_could_not_be_saved_in_time_is_not_kept(server: Running) -> None:
    staff = await server.staff()
    async with nothing_can_be_saved(server):
        form = {"title": "Tuesday", "template": "safety"}
        assert (await in_time(staff.post("/new", **form), SOON_S)).status_code == 503
    assert await server.hub.store.all() == []

"""The desk as first painted, before any script runs: nothing private, how people come in, how safe its storage is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.board.carddesk import AsideCard
from server.board.cards import AddCard
from server.board.people import ExpectPerson
from server.board.quiet import SayQuietly
from server.log.redis import RedisStore
from tests.meeting import Meeting, Running, running, settings_in
from tests.storage import RedisServer

HINT = "Phones cannot reach this address."
PICTURE = "The same link as a picture for phone cameras"


@pytest.fixture
def weak_server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path, appendonly="no")
    server.start()
    yield server
    server.kill()


async def painted(meeting: Meeting) -> str:
    """Helen's page."""
    return (await meeting.helen.get(meeting.page)).text


def weaknesses(server: Running) -> tuple[str, ...]:
    """What the server's storage says of itself."""
    store = server.hub.store
    assert isinstance(store, RedisStore)
    return store.unsafe


async def test_nothing_private_is_on_the_desk_before_its_scripts_know_who_can_see_it(meeting: Meeting) -> None:
    await meeting.comes("Dana")
    await meeting.knocks("Rhys")
    anya = ExpectPerson(ref=1, id="anyaanya", name="Anya", role="agency", how="expected")
    aside = AddCard(ref=2, id="asidecard", column="worried", text="Dana drinks at weekends")
    for ask in (anya, aside, AsideCard(ref=3, card="asidecard")):
        await meeting.room.ask(meeting.helen_id, "device01", ask)
    quiet = SayQuietly(ref=1, id="quietword", about="words", text="He is outside")
    await meeting.room.ask(meeting.person("Dana"), "device02", quiet)
    page = await painted(meeting)
    assert [word for word in ("Rhys", "Anya", "Dana drinks", "He is outside") if word in page] == []


async def test_how_people_come_in_is_a_picture_unless_no_phone_could_follow_it(
    meeting: Meeting, tmp_path: Path
) -> None:
    page = await painted(meeting)
    assert HINT in page
    assert f'alt="{PICTURE}"' not in page
    async with running(settings_in(tmp_path / "public", url="http://board.example")) as server:
        public = await server.meeting()
        page = await painted(public)
        assert HINT not in page
        assert re.search(rf'<img class="square" src="/m/{public.id}/qr.svg" alt="{PICTURE}"', page)
        assert f"http://board.example/join/{public.links.code}" in page


async def test_storage_that_could_lose_words_is_said_at_the_desk_and_nowhere_else(
    weak_server: RedisServer, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path / "weak", redis=weak_server.url, unsafe_redis=True)
    async with running(settings) as server:
        meeting = await server.meeting()
        dana = await meeting.comes("Dana")
        said = weaknesses(server)
        page = await painted(meeting)
        assert said
        assert all(sentence in page.replace("&#39;", "'") for sentence in said)
        phone = (await dana.get(meeting.page)).text
        assert not any(sentence in phone for sentence in said)

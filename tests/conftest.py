"""What every test may ask for: a server, and a meeting under way on it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# The server is loaded only by those who ask for one: tests of the board alone need none of it.
if TYPE_CHECKING:
    from server.hub import Hub, Store
    from server.settings import Settings
    from tests.meeting import Meeting, Running
    from tests.rooms import Gathering, Processes
    from tests.storage import RedisServer, Storage


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A server that keeps everything in a temporary folder, on SQLite."""
    from tests.meeting import settings_in

    return settings_in(tmp_path)


@pytest.fixture
async def server(settings: Settings) -> AsyncIterator[Running]:
    """A real server on a free port."""
    from tests.meeting import running

    async with running(settings) as found:
        yield found


@pytest.fixture
async def meeting(server: Running) -> Meeting:
    """A meeting under way, with Helen, its facilitator."""
    return await server.meeting()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A Redis that keeps what it answers. Started when first asked for, and ended with the run."""
    from tests.storage import RedisServer

    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(params=["sqlite", "redis"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """Empty storage, of each of the two kinds in turn."""
    from tests.storage import Storage

    server: RedisServer = request.getfixturevalue("redis_server")
    if request.param == "redis":
        with server.client() as client:
            client.flushall()
    return Storage(request.param, tmp_path / "signboard.sqlite", server)


@pytest.fixture
async def store(storage: Storage) -> AsyncIterator[Store]:
    """A store that is open."""
    async with storage.open() as opened:
        yield opened


@pytest.fixture
async def servers(storage: Storage, tmp_path: Path) -> AsyncIterator[Processes]:
    """Server processes on that storage, of which there are none yet."""
    from tests.rooms import processes

    async with processes(storage, tmp_path) as made:
        yield made


@pytest.fixture
async def hub(servers: Processes) -> Hub:
    """One process: the meetings in it, without sockets."""
    return await servers.hub()


@pytest.fixture
async def party(hub: Hub) -> Gathering:
    """A meeting in that process, with Helen inside."""
    from tests.rooms import gather

    return await gather(hub)

"""The checker finds every bug that is planted, and nothing where there is none."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage import RedisServer, Storage

from .bugs import BUGS, hunt
from .scene import play

HUNTED = 15
"""So many at least; the list only grows."""


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What the server says of bugs that are not its own is nobody's business."""
    caplog.set_level(logging.CRITICAL, logger="server")
    yield


# A bug may leave a task behind that nobody waits for.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", BUGS)
async def test_a_planted_bug_is_found(name: str, tmp_path: Path, redis_server: RedisServer) -> None:
    assert await hunt(BUGS[name], tmp_path, redis_server)


def test_there_are_many() -> None:
    assert len(BUGS) >= HUNTED


@pytest.mark.parametrize("fork", [False, True], ids=["faults", "an older copy"])
async def test_nothing_is_found_where_there_is_no_bug(storage: Storage, fork: bool) -> None:
    assert await play(storage, 1, fork=fork) == []

"""What tests of a record share."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from server.record.model import Copy, Record
from tests.record.examples import all_played

Records = Mapping[str, Mapping[Copy, Record]]


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """The records of both examples, played once."""
    return asyncio.run(all_played(tmp_path_factory.mktemp("examples")))

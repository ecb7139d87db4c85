"""What hostile tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hostile.ground import Ground, ground


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A server with a meeting, for all examples of a module."""
    with ground(tmp_path_factory.mktemp("hostile")) as made:
        yield made

"""The pairs find what they are for: with any of these bugs in the server somebody can tell two meetings apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.leaks.kinds import KINDS
from tests.leaks.pairing import pair
from tests.leaks.pairs import differences
from tests.leaks.planted import IN_PAIRS
from tests.leaks.world import worlds

TRIES = 6
"""So many pairs of the kind at most: what chance has others do hits most bugs at once."""


@pytest.mark.parametrize("bug", IN_PAIRS)
async def test_a_planted_bug_is_found(bug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, kind = IN_PAIRS[bug]
    plant(monkeypatch)
    first = list(KINDS).index(kind)
    async with worlds(tmp_path) as both:
        for number in range(first, first + TRIES * len(KINDS), len(KINDS)):
            if await differences(both, pair(number, "planted"), number):
                return
    pytest.fail("nobody could tell")

"""Meetings by chance held twice, with one number, reason, answer or kept card otherwise: to everybody else they are the
same to the byte. The long form is `python -m tests.leaks`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.leaks.kinds import KINDS
from tests.leaks.pairing import pair
from tests.leaks.pairs import differences
from tests.leaks.script import CANARY
from tests.leaks.world import worlds

PAIRS = {"sqlite": len(KINDS), "redis": len(KINDS) // 3}
"""Every kind once, and a third of them on Redis."""


@pytest.mark.parametrize("store", PAIRS)
async def test_nobody_can_tell_two_meetings_of_a_pair_apart(tmp_path: Path, store: str) -> None:
    async with worlds(tmp_path, store) as both:
        for number in range(PAIRS[store]):
            assert await differences(both, pair(number, store), number) == []
        on_disk = [held for world in (both.one, both.other) for held in world.on_disk()]
        assert on_disk
        assert not any(CANARY.encode() in held for held in on_disk)

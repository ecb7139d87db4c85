"""Real servers killed, frozen and cut off, with people in them all the while, on both kinds of storage: a short run
with a seed. `python -m tests.faults` goes on for as long as one likes."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from .__main__ import run, summary
from .machines import Store

SECONDS = 7.0
SEED = 3
LITTLE_PAUSE = (0.1, 0.6)
ASKS_LEAST = 100
FAULTS_LEAST = 3


@pytest.mark.parametrize("store", get_args(Store))
async def test_nothing_acknowledged_is_lost_doubled_or_turned_round(store: Store, tmp_path: Path) -> None:
    # A slow machine takes longer over each fault.
    figures = await run(store, seconds=SECONDS, seed=SEED, folder=tmp_path, pause=LITTLE_PAUSE, least=FAULTS_LEAST)
    assert figures.violations == [], summary(figures)
    assert figures.acknowledged >= ASKS_LEAST, summary(figures)
    assert figures.faults.total() >= FAULTS_LEAST, summary(figures)

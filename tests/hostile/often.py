"""How often hostile input is tried: as often as a test run has time for, or `HOSTILE_TIMES=50` times as often, for a
night. The same input at every run, unless it is the long form."""

from __future__ import annotations

import os
from typing import Final

from hypothesis import HealthCheck, settings

TIMES: Final = int(os.environ.get("HOSTILE_TIMES", "1"))


def often(examples: int) -> settings:
    """So many examples, without a clock that a busy machine could lose against."""
    return settings(
        max_examples=examples * TIMES,
        deadline=None,
        derandomize=TIMES == 1,
        database=None,
        suppress_health_check=list(HealthCheck),
    )

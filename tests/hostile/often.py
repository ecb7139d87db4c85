"""How often hostile input is tried: as often as a test run has time for, the same input at every run; or, for a night,
fifty times as often, drawn anew: `HOSTILE_TIMES=50 python -m pytest tests/hostile -n 0 -o faulthandler_timeout=0`."""

from __future__ import annotations

import os
from typing import Final

from hypothesis import HealthCheck, Phase, settings

TIMES: Final = int(os.environ.get("HOSTILE_TIMES", "1"))


def often(examples: int, *, simplest: bool = True) -> settings:
    """So many examples, without a clock that a busy machine could lose against. `simplest`: of what fails, the
    simplest is looked for; where one example takes long, that takes for ever."""
    return settings(
        max_examples=examples * TIMES,
        deadline=None,
        derandomize=TIMES == 1,
        database=None,
        phases=tuple(Phase) if simplest else (Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )

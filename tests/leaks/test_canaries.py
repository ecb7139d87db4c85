"""Meetings by chance in which every word is marked: nobody, in no role and not in the lobby, is told a mark that is not
for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest

from tests.board.chance import many
from tests.leaks.canaries import Watched, watched
from tests.leaks.planted import IN_CANARIES

MEETINGS = 6
"""Of each kind of door, with names and without."""
UNTIL_FOUND = 12


def meetings(count: int) -> Iterator[Watched]:
    for seed, admit, authors in product(range(count), ("ask", "all"), ("shown", "hidden")):
        yield watched(many(seed), admit=admit, authors=authors)


def test_nobody_is_told_words_that_are_not_for_them() -> None:
    roles: Counter[str] = Counter()
    marks = frames = 0
    for one in meetings(MEETINGS):
        assert one.plays() == []
        marks += len(one.marked.said) + len(one.marked.refused)
        frames += one.frames
        roles.update(f"{ears.standing.role}/{ears.standing.state}" for ears in one.ears)
    assert marks > 300 and frames > 10_000
    # Every role was there to be told, and so were those outside.
    assert {role.partition("/")[0] for role in roles} >= {
        "facilitator",
        "scribe",
        "child",
        "observer",
        "wall",
        "agency",
    }
    assert {role.partition("/")[2] for role in roles} >= {"here", "waiting"}


@pytest.mark.parametrize("bug", IN_CANARIES)
def test_a_planted_bug_is_found(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    IN_CANARIES[bug](monkeypatch)
    assert any(one.plays() for one in meetings(UNTIL_FOUND))

"""Meetings in which Dana stays, or goes, in whatever way: for two minutes nobody can tell that she has gone but by what
comes by the clock, and afterwards nobody can tell how."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from tests.leaks.kinds import opens_round
from tests.leaks.pairs import hold
from tests.leaks.planted import leaving_at_once, leaving_in_a_count
from tests.leaks.script import CAST, Act, Goes, Loads, Pair, Passes, Says
from tests.leaks.world import World, worlds

WAYS = ("battery", "exit", "exit without script")
BY_THE_CLOCK = {"near", "tick"}
WITHIN_S, AFTER_S = 110, 140
"""She counts as away after two minutes."""
NUMBERED = re.compile(r'"(?:seq|opened|order|version)":"?[0-9a-z]+"?|data-seq="[0-9]+"')
"""A session that ends is an entry, in which nothing can be read; numbers may jump."""
TOTALS = "signboard_connections"
"""How many browsers are connected is told to this machine, of all meetings together."""


def script(way: str, seed: int, lasts_s: int) -> list[Act]:
    """A meeting in which Dana goes after a while, and the others go on."""
    dice = random.Random(seed)
    card = {"column": "well", "text": "Gran picks us up"}
    acts: list[Act] = [
        *opens_round(dice),
        Says("dana", "card.add", {"id": "card000000000001", **card}),
        Says("dana", "rating.set", {"round": "round00000000001", "value": dice.randint(0, 10)}),
        Passes(dice.randint(1, 3)),
    ]
    if way in WAYS:
        acts.append(Goes("dana", way))  # type: ignore[arg-type]
    acts += [
        Passes(2),
        Says("maureen", "card.add", {"id": "card000000000002", **card}),
        Says("maureen", "card.edit", {"card": "card000000000001", "text": "In vain", "was": 1}),
        Says("helen", "card.move", {"card": "card000000000001", "column": "worried", "before": None}),
        Passes(lasts_s),
        *(Loads(who) for who in ("helen", *CAST, "wall", "marcus") if who != "dana"),
    ]
    return acts


async def heard(world: World, way: str, seed: int, lasts_s: int = WITHIN_S, *, numbers: bool) -> dict[str, list[str]]:
    """What each of the others heard, but for the clock's frames and, unless asked for, the numbers of entries."""
    pair = Pair("leaving", f"leaving/{seed}", [], [], frozenset({"dana"}), wish={"admit": "ask", "authors": "shown"})
    told, _room = await hold(world, pair, script(way, seed, lasts_s), seed)
    assert way not in WAYS or told.heard["dana"] != []
    return {
        name: [text if numbers else NUMBERED.sub("", text) for text in texts if not _by_the_clock(text)]
        for name, texts in told.heard.items()
        if name != "dana"
    }


def _by_the_clock(text: str) -> bool:
    return TOTALS in text or (text.startswith("{") and json.loads(text)["is"] in BY_THE_CLOCK)


async def test_nobody_can_tell_that_she_has_gone(tmp_path: Path) -> None:
    async with worlds(tmp_path) as both:
        stays = await heard(both.one, "stays", 1, numbers=True)
        assert await heard(both.other, "battery", 1, numbers=True) == stays
        bare = {name: [NUMBERED.sub("", text) for text in texts] for name, texts in stays.items()}
    for way in WAYS[1:]:
        (tmp_path / way).mkdir()
        async with worlds(tmp_path / way) as both:
            assert await heard(both.one, way, 1, numbers=False) == bare


async def test_afterwards_nobody_can_tell_how(tmp_path: Path) -> None:
    async with worlds(tmp_path) as both:
        battery = await heard(both.one, "battery", 0, AFTER_S, numbers=False)
        assert any('"away":' in text for text in battery["helen"])
        assert await heard(both.other, "exit", 0, AFTER_S, numbers=False) == battery


@pytest.mark.parametrize("plant", [leaving_at_once, leaving_in_a_count])
async def test_a_planted_bug_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plant: object) -> None:
    assert callable(plant)
    plant(monkeypatch)
    async with worlds(tmp_path) as both:
        stays = await heard(both.one, "stays", 0, numbers=False)
        assert await heard(both.other, "exit", 0, numbers=False) != stays

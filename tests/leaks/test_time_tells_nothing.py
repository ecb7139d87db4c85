"""How long an answer takes, and how long others wait beside it, says nothing of what the answer is."""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import combinations
from math import sqrt
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection

from server.board import scales
from server.pace import Pace
from tests.meeting import Meeting, Running

from .test_an_answer_tells_nothing import ROUND, Listener

TIMES = 240
SLOWEST_LEFT_OUT = 0.1
"""Of each kind; a machine that does something else for a moment says nothing."""
TELLS = 4.5
"""Of Welch's t: what chance gives once in a hundred thousand times."""
PLANTED_S = 0.002
FILLED = 1_024
ANSWERS: tuple[dict[str, Any], ...] = (
    {"value": 0, "reason": ""},
    {"value": 10, "reason": "ما هر شب با هم غذا می‌خوریم" * 5},
    {"value": "rather-not", "reason": ""},
)


@dataclass
class Timed:
    """Seconds until the answer of who gave a number, and of who asked for something else at that moment."""

    own: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)


def welch(one: Sequence[float], other: Sequence[float]) -> float:
    """Welch's t of two lots of times without their slowest: how many standard errors their means lie apart."""
    one, other = (sorted(times)[: round(len(times) * (1 - SLOWEST_LEFT_OUT))] for times in (one, other))
    error = sqrt(statistics.variance(one) / len(one) + statistics.variance(other) / len(other))
    return (statistics.fmean(one) - statistics.fmean(other)) / error


async def measure(meeting: Meeting, answers: Sequence[dict[str, Any]]) -> list[Timed]:
    """Dana gives one of these answers time after time, in an order nobody could guess; Jo's hand goes up meanwhile."""
    dice = random.Random(7)
    turns = [which for which in range(len(answers)) for _time in range(TIMES)]
    dice.shuffle(turns)
    timed = [Timed() for _answer in answers]
    people = [await meeting.comes("Dana"), await meeting.comes("Jo", "agency", "Larkfield")]
    async with meeting.helen.live(meeting.id) as line:
        await Listener(line).ask("round.open", id=ROUND, scale=next(iter(meeting.room.board.scales)), show="named")
    async with AsyncExitStack() as lines:
        dana, jo = [await lines.enter_async_context(one.live(meeting.id)) for one in people]
        for ref, which in enumerate(turns, start=1):
            took = await asyncio.gather(
                _took(dana, {"ask": "rating.set", "ref": ref, "round": ROUND, **answers[which]}),
                _took(jo, {"ask": "person.hand", "ref": ref, "up": ref % 2 == 1}),
            )
            timed[which].own.append(took[0])
            timed[which].beside.append(took[1])
    return timed


def _filled(ask: dict[str, Any]) -> str:
    """As long as the page makes everyone's, whatever is in it."""
    bare = len(json.dumps({**ask, "pad": ""}, ensure_ascii=False).encode())
    return json.dumps({**ask, "pad": "." * (FILLED - bare)}, ensure_ascii=False)


async def _took(line: ClientConnection, ask: dict[str, Any]) -> float:
    text = _filled(ask) if "round" in ask else json.dumps(ask)
    began = time.perf_counter()
    await line.send(text)
    answer = f'"ref":{ask["ref"]}'
    while answer not in (said := str(await line.recv())):
        pass
    assert '"done"' in said, said
    return time.perf_counter() - began


@pytest.fixture(autouse=True)
def _at_any_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is read more slowly for asking so often."""
    monkeypatch.setattr(Pace, "wait", lambda *_asked: 0.0)


async def tells(server: Running) -> list[str]:
    """What somebody with a clock could tell."""
    timed = await measure(await server.meeting(), ANSWERS)
    found = []
    for one, other in combinations(range(len(ANSWERS)), 2):
        for whose in ("own", "beside"):
            t = welch(getattr(timed[one], whose), getattr(timed[other], whose))
            if abs(t) >= TELLS:
                found.append(f"{ANSWERS[one]['value']} from {ANSWERS[other]['value']} by {whose} times (t = {t:.1f})")
    return found


async def test_no_time_tells_what_a_number_is(server: Running) -> None:
    assert await tells(server) == []


async def test_a_clock_that_tells_is_noticed(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    rated = scales._rated

    def slowly(board: Any, entry: Any, ask: scales.SetRating) -> Any:
        if ask.value == 10:
            time.sleep(PLANTED_S)
        return rated(board, entry, ask)

    monkeypatch.setattr(scales, "_rated", slowly)
    assert any("own" in one for one in await tells(server))

"""A round: a facilitator opens it, everyone gives a number, and all see them at once. What one answer costs, and how
soon the last of them has seen the reveal."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any

from .asks import frame
from .contest import MS, SETTLE_S
from .figures import OURS, Figure
from .house import HOST
from .line import Line
from .load import Load, Took
from .targets import Target, ours
from .tools import Tools

PEOPLE = 40
WITHIN_S = 30.0
REF = 2_000_000


async def rounds_of_numbers(tools: Tools, rounds: int) -> list[Figure]:
    """Forty connections: a facilitator, the wall, and those who answer."""
    answers, reveals = [], []
    async with ours(1, PEOPLE) as target:
        scale = await _scale(target)
        async with target.seated(tools) as load:
            await asyncio.sleep(SETTLE_S)
            for number in range(rounds):
                answered, shown = await _round(target, load, scale, REF + 3 * number)
                answers.append(answered.us_an_ask)
                reveals.append(shown.median * MS)
    return [
        Figure("An answer to a round, told to its giver alone: server's processor", "µs", {OURS: answers}),
        Figure(f"A reveal, from the ask to the last of {PEOPLE}", "ms", {OURS: reveals}),
    ]


async def _round(target: Target, load: Load, scale: str, ref: int) -> tuple[Took, Took]:
    id = secrets.token_hex(8)
    helen, *others = target.asking.askers[0]
    pad = "x" * 400

    async def ask(who: list[int], ref: int, tag: str, **fields: Any) -> Took:
        asks = [(one, frame({"ask": tag, "ref": ref, **fields})) for one in who]
        return await load.run(asks, in_flight=len(asks), seconds=WITHIN_S, pids=target.pids)

    await ask([helen], ref, "round.open", id=id, scale=scale, show="named")
    # Nobody hears of an answer but its giver; that all have answered is told to everyone two seconds later at most.
    answered = await ask(others, ref + 1, "rating.set", round=id, value=7, reason="As it was", share=True, pad=pad)
    return answered, await ask([helen], ref + 2, "round.reveal", round=id)


async def _scale(target: Target) -> str:
    """The scale a new meeting has, as its facilitator is told."""
    seat = target.seats[1]
    welcome: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
    hear = lambda text, now: None if welcome.done() else welcome.set_result(text)  # noqa: E731
    line = await Line.dial(HOST, seat.port, seat.path, seat.cookie, hear)
    scales = json.loads(await welcome)["put"]["scale"]
    line.close()
    return str(next(iter(scales)))

"""What each planted bug changes in the server: in the answer to an ask, and on its way to the log. What changes on the
way to the screens is in `misled`."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

import server.judge
import server.log.redis
import server.room
import server.story
from server.board import core
from server.judge import Pending, Verdict
from server.log import Stale, Unsure
from server.log.bell import Bell
from server.log.link import Script
from server.log.roomlog import RoomLog
from server.story import Story

from .misled import Change

_judge = server.judge.judge
_append = RoomLog.append


def hasty() -> Sequence[Change]:
    def judge(batch: Any, story: Any, clock: Any) -> Verdict:
        verdict = _judge(batch, story, clock)
        for one, entry in zip(verdict.asks, verdict.entries, strict=True):
            one.done(entry.seq)
        return verdict

    return [(server.room, "judge", judge)]


def forgetful() -> Sequence[Change]:
    return [(server.judge, "_is_repeat", lambda one, story: False)]


def late_memory() -> Sequence[Change]:
    def is_repeat(one: Pending, story: Story) -> bool:
        if (known := story.answered(one.key)) is not None:
            one.done(known[0])
        return False

    return [(server.judge, "_is_repeat", is_repeat)]


def trusting() -> Sequence[Change]:
    ring = Bell.ring

    def only_news(self: Bell, room: str, entries: Any = ()) -> None:
        if entries:
            ring(self, room, entries)

    return [(Bell, "stands_at", lambda self, room, last: None), (Bell, "ring", only_news)]


def kept_verdict() -> Sequence[Change]:
    kept: dict[tuple[int, ...], Verdict] = {}

    def judge(batch: Any, story: Story, clock: Any) -> Verdict:
        name = tuple(id(one) for one in batch)
        old = kept.get(name)
        if old is None or not old.entries:
            kept[name] = _judge(batch, story, clock)
            return kept[name]
        entries = [replace(entry, seq=story.board.seq + place) for place, entry in enumerate(old.entries, start=1)]
        return Verdict(entries, old.asks, story.ahead(entries), old.forget, [], old.refused)

    return [(server.room, "judge", judge)]


def one_board() -> Sequence[Change]:
    def judge(batch: Any, story: Story, clock: Any) -> Verdict:
        verdict = Verdict([], [], [], [], [], [])
        for one in batch:
            alone = _judge([one], story, clock)
            for entry, asked in zip(alone.entries, alone.asks, strict=True):
                verdict.entries.append(replace(entry, seq=story.board.seq + 1 + len(verdict.entries)))
                verdict.asks.append(asked)
            verdict.forget.extend(alone.forget)
            verdict.refused.extend(alone.refused)
        return Verdict(verdict.entries, verdict.asks, story.ahead(verdict.entries), verdict.forget, [], verdict.refused)

    return [(server.room, "judge", judge)]


def written_no() -> Sequence[Change]:
    def judge(batch: Any, story: Story, clock: Any) -> Verdict:
        verdict = _judge(batch, story, clock)
        for one, _why in verdict.refused:
            if one.ref % 3 == 0:
                board = verdict.steps[-1][0] if verdict.steps else story.board
                entry = server.judge._envelope(board, one, clock())
                verdict.entries.append(entry)
                verdict.asks.append(Pending(one.by, one.device, one.ref, one.ask))
                verdict.steps.append(core.apply(board, entry))
        return verdict

    return [(server.room, "judge", judge)]


def crossed() -> Sequence[Change]:
    def judge(batch: Any, story: Any, clock: Any) -> Verdict:
        found = _judge(batch, story, clock)
        return Verdict(found.entries, found.asks[::-1], found.steps, found.forget, found.later, found.refused)

    return [(server.room, "judge", judge)]


def blind_retry() -> Sequence[Change]:
    async def append(self: RoomLog, drafts: Any, *, forget: Sequence[int] = ()) -> Any:
        try:
            return await _append(self, drafts, forget=forget)
        except Unsure:
            self._doubt = True
            await self.catch_up()
            return await _append(self, drafts, forget=forget)

    return [(RoomLog, "append", append)]


def wishful() -> Sequence[Change]:
    async def append(self: RoomLog, drafts: Any, *, forget: Sequence[int] = ()) -> Any:
        try:
            return await _append(self, drafts, forget=forget)
        except Unsure:
            return []

    return [(RoomLog, "append", append)]


def overruled() -> Sequence[Change]:
    async def append(self: RoomLog, drafts: Any, *, forget: Sequence[int] = ()) -> Any:
        try:
            return await _append(self, drafts, forget=forget)
        except Stale:
            return []

    return [(RoomLog, "append", append)]


def headless() -> Sequence[Change]:
    script = Script("append.lua")
    text = script.text.replace("if hash ~= ARGV[2] then", "if false then")
    assert text != script.text
    script.text, script.sha = text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
    return [(server.log.redis, "APPEND", script), (RoomLog, "_read", _read_no_head)]


async def _read_no_head(self: RoomLog) -> Any:
    return await self._log.read(self.room, after=self.seq)


def one_epoch() -> Sequence[Change]:
    begin = Story._begin_epoch

    def only_once(self: Story, entry: Any) -> None:
        if not self.epoch:
            begin(self, entry)

    return [(Story, "_begin_epoch", only_once)]


def lost_ring() -> Sequence[Change]:
    dice, ring = random.Random(1), Bell.ring

    def seldom(self: Bell, room: str, entries: Any = ()) -> None:
        if dice.random() < 0.1:
            ring(self, room, entries)

    return [(Bell, "ring", seldom)]

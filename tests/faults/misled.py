"""What planted bugs change on the way from the log to the screens."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any

import server.audience
import server.room
from server import protocol
from server.audience import Audience
from server.board.sight import Viewer, sight
from server.fan import Fan, whole
from server.line import Line
from server.story import Story

Change = tuple[Any, str, Any]
"""What is changed: a class or module, the name in it, and what stands there instead."""


def off_by_one() -> Sequence[Change]:
    since = Story.since

    def late(self: Story, viewer: Any, after: int) -> Any:
        steps = since(self, viewer, after)
        return steps[1:] if steps else steps

    return [(Story, "since", late)]


def open_welcome() -> Sequence[Change]:
    def everything(board: Any, viewer: Viewer) -> Any:
        return whole(board, Viewer(viewer.id, "member"))

    return [(server.audience, "whole", everything)]


def loose_drop() -> Sequence[Change]:
    def encode(self: Fan, viewer: Viewer) -> bytes | None:
        put: dict[str, dict[str, Any]] = {}
        drop: dict[str, list[str]] = {}
        for touch in self._touched:
            after = sight(touch.after, viewer)
            if after is None:
                drop.setdefault(touch.part.kind, []).append(touch.part.id)
            else:
                put.setdefault(touch.part.kind, {})[touch.part.id] = after
        return protocol.encode(protocol.Change(seq=self.seq, put=put, drop=drop))

    return [(Fan, "_encode", encode)]


def no_drop() -> Sequence[Change]:
    def encode(self: Fan, viewer: Viewer) -> bytes | None:
        put: dict[str, dict[str, Any]] = {}
        for touch in self._touched:
            after = sight(touch.after, viewer)
            if after is not None:
                put.setdefault(touch.part.kind, {})[touch.part.id] = after
        return protocol.encode(protocol.Change(seq=self.seq, put=put))

    return [(Fan, "_encode", encode)]


def shared_eyes() -> Sequence[Change]:
    def frame(self: Fan, viewer: Viewer) -> bytes | None:
        if viewer.lens not in self._shared:
            self._shared[viewer.lens] = self._encode(Viewer("", viewer.lens))
        return self._shared[viewer.lens]

    return [(Fan, "frame", frame)]


def late_change() -> Sequence[Change]:
    tell = Audience.tell

    def later(self: Audience, *what: Any) -> None:
        asyncio.get_running_loop().call_later(0.005, lambda: tell(self, *what))

    return [(Audience, "tell", later)]


def lossy_line() -> Sequence[Change]:
    def tell(self: Line, frame: bytes) -> None:
        if self.ending is None:
            self._queue(frame)
            if self._too_far_behind():
                self._frames = deque(list(self._frames)[-1:])

    return [(Line, "tell", tell)]


def sticky_words() -> Sequence[Change]:
    take = Story.take

    def narrow(self: Story, entries: Any, steps: Any, *, read_to: int = 0) -> Any:
        return take(self, entries, steps)

    return [(Story, "take", narrow)]


def old_eyes() -> Sequence[Change]:
    return [(Story, "_note_renewed", lambda self, entry, touched: None)]

"""What planted bugs change on the way from the log to the screens."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any

import server.audience
import server.room
import server.wholeboard
from server import protocol
from server.audience import Audience
from server.board.sight import Viewer, sight
from server.fan import Fan, owners
from server.line import Line
from server.story import Story
from server.wholeboard import WholeBoard

Change = tuple[Any, str, Any]
"""What is changed: a class or module, the name in it, and what stands there instead."""


def off_by_one() -> Sequence[Change]:
    since = Story.since

    def late(self: Story, viewer: Any, after: int) -> Any:
        steps = since(self, viewer, after)
        return steps[1:] if steps else steps

    return [(Story, "since", late)]


def open_welcome() -> Sequence[Change]:
    put = WholeBoard.put

    def everything(self: WholeBoard, board: Any, viewer: Viewer) -> Any:
        return put(self, board, Viewer(viewer.id, "member"))

    return [(WholeBoard, "put", everything)]


def stale_board() -> Sequence[Change]:
    def once(self: Any, parts: Any) -> None:
        if not self._known:
            turn_to(self, parts)

    turn_to = server.wholeboard._Shelf.turn_to
    return [(server.wholeboard._Shelf, "turn_to", once)]


def blind_stand() -> Sequence[Change]:
    return [(server.audience, "may_stand_otherwise", lambda touched: False)]


def old_fan() -> Sequence[Change]:
    def kept(self: Audience, after: int, missed: Any) -> Any:
        if after not in self._back:
            self._back[after] = Fan(missed), owners(step.touched for step in missed)
        return self._back[after]

    return [(Audience, "_fan_since", kept)]


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

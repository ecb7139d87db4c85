"""What a stretch of the log means to those who look: one frame for each way of seeing, made once however many look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from . import protocol
from .board.ask import View
from .board.cards import Card
from .board.model import SHELVES, AnyPart, Board, Touch, Touched
from .board.nextstep import NextStep
from .board.ratings import Rating
from .board.sight import Viewer, personal, sight

OVER_THE_WIRE: Final = frozenset({"rating", "answer", "past"})
"""Kinds where a number may stand: no page holds one, see DECISIONS.md."""


class Step(msgspec.Struct, frozen=True):
    """One entry's effect: each touched part before and after."""

    seq: int
    touched: Touched


class Fan:
    """One change, for every viewer. Frames of a lens are encoded once; who has parts of their own gets one made for
    them."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.seq = steps[-1].seq
        self._touched = merge(steps)
        self._personal = frozenset().union(*(personal(touch) for touch in self._touched))
        self._shared: dict[str, bytes | None] = {}

    def frame(self, viewer: Viewer) -> bytes | None:
        """The `change` for this viewer, or None when there is nothing in it for them."""
        if viewer.id in self._personal:
            return self._encode(viewer)
        if viewer.lens not in self._shared:
            self._shared[viewer.lens] = self._encode(Viewer("", viewer.lens))
        return self._shared[viewer.lens]

    def _encode(self, viewer: Viewer) -> bytes | None:
        put: dict[str, dict[str, Any]] = {}
        drop: dict[str, list[str]] = {}
        for touch in self._touched:
            before, after = sight(touch.before, viewer), sight(touch.after, viewer)
            part = touch.part
            if after is None:
                if before is not None:
                    drop.setdefault(part.kind, []).append(part.id)
            elif after != before or _given_again(touch):
                put.setdefault(part.kind, {})[part.id] = after
        if not put and not drop:
            return None
        return protocol.encode(protocol.Change(seq=self.seq, put=put, drop=drop))


def _given_again(touch: Touch) -> bool:
    """Whether a number was given once more. The same number again must not be a change less on the line."""
    before, after = touch.before, touch.after
    return isinstance(before, Rating) and isinstance(after, Rating) and before.given != after.given


def merge(steps: Iterable[Step]) -> list[Touch]:
    """Each touched part once, as it was before the first step and is after the last."""
    merged: dict[tuple[str, str], Touch] = {}
    for step in steps:
        for touch in step.touched:
            name = (touch.part.kind, touch.part.id)
            first = merged.pop(name, touch)
            merged[name] = Touch(first.before, touch.after)
    return [touch for touch in merged.values() if touch.before is not None or touch.after is not None]


def owners(touched: Iterable[Touched]) -> set[str]:
    """The people whose own cards or next steps are among what was touched."""
    people: set[str] = set()
    for touches in touched:
        for touch in touches:
            for part in (touch.before, touch.after):
                if isinstance(part, Card | NextStep):
                    people |= {part.by, part.typed_by}
    return people


def whole(board: Board, viewer: Viewer) -> dict[str, dict[str, View]]:
    """Everything this viewer may see, by kind and id."""
    put: dict[str, dict[str, View]] = {}
    for kind, shelf in SHELVES.items():
        parts: dict[str, AnyPart] = getattr(board, shelf)
        for part in parts.values():
            view = sight(part, viewer)
            if view is not None:
                put.setdefault(kind, {})[part.id] = view
    return put


def shared(board: Board, viewer: Viewer) -> dict[str, dict[str, View]]:
    """What everyone who looks as this viewer does sees alike, but for numbers: what a page may hold."""
    seen = whole(board, Viewer("", viewer.lens))
    return {kind: parts for kind, parts in seen.items() if kind not in OVER_THE_WIRE}


def rest(
    board: Board, viewer: Viewer, missed: Sequence[Step]
) -> tuple[dict[str, dict[str, View]], dict[str, list[str]]]:
    """What whoever holds `shared` as it was before these steps has to put and drop, to see everything they may: that,
    and nothing that looks as it did. What changed for others' eyes alone is nobody else's business."""
    page, put, touched = shared(board, viewer), {}, merge(missed)
    since = {(touch.part.kind, touch.part.id) for touch in touched}
    for kind, parts in whole(board, viewer).items():
        own = {id: view for id, view in parts.items() if view != page.get(kind, {}).get(id) and (kind, id) not in since}
        if own:
            put[kind] = own
    drop: dict[str, list[str]] = {}
    nobody = Viewer("", viewer.lens)
    for touch in touched:
        part, after = touch.part, sight(touch.after, viewer)
        held = None if part.kind in OVER_THE_WIRE else sight(touch.before, nobody)
        if after is None:
            if held is not None:
                drop.setdefault(part.kind, []).append(part.id)
        elif after != held:
            put.setdefault(part.kind, {})[part.id] = after
    return put, drop

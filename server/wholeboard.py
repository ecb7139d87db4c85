"""The whole board for whoever comes, as bytes: a part is encoded when it has changed, not each time somebody looks, and
what a newcomer costs is a join."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from . import protocol
from .board.lens import Lens, Viewer
from .board.model import SHELVES, AnyPart, Board, Touch
from .board.sight import personal, sight

Encoded = dict[str, msgspec.Raw]
"""Views by id, each as it is sent."""


class WholeBoard:
    """What `fan.whole` gives, encoded and kept. One for each room, for whoever looks at it through this process."""

    def __init__(self) -> None:
        self._shelves: dict[tuple[Lens, str], _Shelf] = {}

    def put(self, board: Board, viewer: Viewer) -> dict[str, Encoded]:
        """Everything this viewer may see, by kind and id. Not to be changed."""
        put: dict[str, Encoded] = {}
        for kind, name in SHELVES.items():
            parts: Mapping[str, AnyPart] = getattr(board, name)
            if not parts:
                continue
            shelf = self._shelves.get((viewer.lens, kind))
            if shelf is None:
                shelf = self._shelves[viewer.lens, kind] = _Shelf(viewer.lens)
            shelf.turn_to(parts)
            if views := shelf.views(viewer):
                put[kind] = views
        return put


class _Known(msgspec.Struct, frozen=True):
    """A part, how those of one lens see it, and the people who may see it otherwise."""

    part: AnyPart
    seen: msgspec.Raw | None
    personal: frozenset[str]


class _Shelf:
    """All parts of one kind through one lens. A board is a value: the same shelf again means that nothing changed."""

    def __init__(self, lens: Lens) -> None:
        self._nobody: Final = Viewer("", lens)
        self._parts: Mapping[str, AnyPart] = {}
        self._known: dict[str, _Known] = {}
        self._shared: Encoded = {}
        self._people: frozenset[str] = frozenset()

    def turn_to(self, parts: Mapping[str, AnyPart]) -> None:
        """Know these parts, in their order; those that are the same as before are not looked at again."""
        if parts is self._parts:
            return
        before, self._parts = self._known, parts
        self._known = {id: self._know(part, before.get(id)) for id, part in parts.items()}
        self._shared = {id: one.seen for id, one in self._known.items() if one.seen is not None}
        self._people = frozenset().union(*{one.personal for one in self._known.values()})

    def views(self, viewer: Viewer) -> Encoded:
        """As this viewer sees them."""
        if viewer.id not in self._people:
            return self._shared
        views = ((id, self._view(one, viewer)) for id, one in self._known.items())
        return {id: view for id, view in views if view is not None}

    def _know(self, part: AnyPart, before: _Known | None) -> _Known:
        if before is not None and before.part is part:
            return before
        return _Known(part, _encoded(part, self._nobody), personal(Touch(None, part)))

    def _view(self, one: _Known, viewer: Viewer) -> msgspec.Raw | None:
        return _encoded(one.part, viewer) if viewer.id in one.personal else one.seen


def _encoded(part: AnyPart, viewer: Viewer) -> msgspec.Raw | None:
    view = sight(part, viewer)
    return None if view is None else msgspec.Raw(protocol.encode(view))

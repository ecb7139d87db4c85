"""What may happen in a meeting that is held twice, and who is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

CANARY = "zebra crossing"
BEGINS_MS = 1_800_000_000_000
"""When every meeting here begins, ms."""
ROUND, ANOTHER, SHEET = "round00000000001", "round00000000002", "sheet00000000001"
SET, OF_SET, POLL = "set0000000000001", "scale00000000001", "poll000000000001"
STEP, KEPT, ABSENT = "step000000000001", "kept000000000001", "absent0000000001"
CAST = {
    "dana": "family",
    "maureen": "family",
    "kofi": "child",
    "jo": "agency",
    "carol": "agency",
    "lou": "supporter",
    "sade": "advocate",
    "leila": "interpreter",
    "olu": "observer",
    "priya": "scribe",
}
"""Everyone who comes, and as what. Helen runs the meeting, the wall hangs there, and Marcus waits at the door."""
GIVERS = ("dana", "maureen", "kofi", "jo", "carol")
NUMBERS: tuple[int | str, ...] = (*range(11), "not-sure")


@dataclass(frozen=True)
class Says:
    """Someone asks something, over their socket or by a post. "@dana" in a field stands for her id, "@scale" for that
    of the first scale."""

    who: str
    tag: str
    fields: dict[str, Any]
    secret: bool = False
    by_post: bool = False


@dataclass(frozen=True)
class Passes:
    """Seconds go by."""

    seconds: int


@dataclass(frozen=True)
class Loads:
    """Someone loads all pages they have."""

    who: str


@dataclass(frozen=True)
class Returns:
    """Someone comes back on a second device, from a number they were told, over a socket or a stream."""

    who: str
    stream: bool = False


@dataclass(frozen=True)
class Goes:
    """Someone is gone: their battery is empty, or they left by quick exit, in the page or without any script."""

    who: str
    how: Literal["battery", "exit", "exit without script"]


@dataclass(frozen=True)
class Leaves:
    """All that may leave the server is made: the record, every copy of it, and all of each person's."""


Act = Says | Passes | Loads | Returns | Goes | Leaves


@dataclass(frozen=True)
class Pair:
    """Two meetings. `knows` are those who may tell them apart, `padded` those of them for whom every frame is of one
    length; `told` may hear of it at once. `sealed`: storage holds both at one length. `copied`: which copies may tell.
    `records`: what each of the two begins from."""

    kind: str
    seed: str
    one: list[Act]
    other: list[Act]
    knows: frozenset[str]
    padded: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    sealed: bool = True
    copied: frozenset[str] = frozenset()
    records: tuple[str, str] = ("", "")
    wish: dict[str, str] = field(default_factory=dict)

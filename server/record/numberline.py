"""Number lines, as a drawing any form can draw: where each mark stands, and what it looks like. All in one ink and of
one size; no average and no zones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from .numbers import Before, Mark, Round

WIDTH: Final = 1000
STEP: Final = 88
FIRST: Final = 60
SIZE: Final = 40
GAP: Final = 6
TEXT: Final = 26
"""How large the numerals are; letters in a mark are smaller."""
ABOVE: Final = frozenset({"family", "child", "supporter", "advocate", "someone", ""})
"""Whose marks stand above the line, as on the wall; those of services stand below."""

Shape = Literal["circle", "square"]


class Dot(msgspec.Struct, frozen=True, omit_defaults=True):
    """A mark: its middle, and up to two letters in it. `hollow`: from an earlier meeting."""

    x: int
    y: int
    shape: Shape
    letters: str = ""
    hollow: bool = False


class Thread(msgspec.Struct, frozen=True):
    """A dotted thread from somebody's mark of an earlier meeting to theirs of this one: x and y of both ends."""

    from_x: int
    from_y: int
    to_x: int
    to_y: int


class Drawing(msgspec.Struct, frozen=True):
    """A number line in a box `width` by `height`, measured from its top left corner. The line lies at `y`, with a tick
    and a numeral at each of `ticks`; marks are SIZE wide. From `low` to `high` reaches the bracket, both x, -1 for
    none."""

    width: int
    height: int
    y: int
    ticks: tuple[int, ...]
    dots: tuple[Dot, ...]
    threads: tuple[Thread, ...]
    low: int = -1
    high: int = -1


def drawn(round: Round) -> Drawing:
    """The drawing of a round that was shown: 0 at the start, 10 at the end."""
    now = [mark for mark in round.marks if isinstance(mark.value, int)]
    named = round.show == "named"
    marks: list[Mark | Before] = [one for one in round.before if one.same_ends and named]
    marks += now
    up = _stacks([one for one in marks if _is_above(one, round)])
    down = _stacks([one for one in marks if not _is_above(one, round)])
    y = up.height + SIZE // 2 if up.height else GAP + SIZE // 2
    dots: dict[tuple[str, bool], Dot] = {}
    placed: list[Dot] = []
    for stacks, way in ((up, -1), (down, 1)):
        for value, stack in stacks.by_value.items():
            for place, one in enumerate(stack):
                dot = _dot(one, _x(value), y + way * (_off(way) + place * (SIZE + GAP)), round)
                placed.append(dot)
                if one.person:
                    dots[one.person, dot.hollow] = dot
    threads = [
        Thread(old.x, old.y, dots[person, False].x, dots[person, False].y)
        for (person, hollow), old in dots.items()
        if hollow and (person, False) in dots and dots[person, False].x != old.x
    ]
    values = [mark.value for mark in now if isinstance(mark.value, int)]
    return Drawing(
        width=WIDTH,
        height=y + _off(1) + (down.height - SIZE // 2 + GAP // 2 if down.height else 0),
        y=y,
        ticks=tuple(_x(value) for value in range(11)),
        dots=tuple(placed),
        threads=tuple(threads),
        low=_x(min(values)) if values else -1,
        high=_x(max(values)) if values else -1,
    )


class _Stacks:
    def __init__(self, by_value: dict[int, list[Mark | Before]]) -> None:
        self.by_value = by_value
        self.height = max((len(stack) for stack in by_value.values()), default=0) * (SIZE + GAP)


def _stacks(marks: Sequence[Mark | Before]) -> _Stacks:
    by_value: dict[int, list[Mark | Before]] = defaultdict(list)
    for mark in marks:
        if isinstance(mark.value, int):
            by_value[mark.value].append(mark)
    return _Stacks(by_value)


def _off(way: int) -> int:
    """How far from the line the first mark's middle is: below it, the numerals come first."""
    return SIZE if way < 0 else SIZE + TEXT + GAP


def _x(value: int) -> int:
    return FIRST + value * STEP


def is_above(role: str) -> bool:
    """Whether marks of this role stand above the line, and are round."""
    return role in ABOVE


def _is_above(mark: Mark | Before, round: Round) -> bool:
    # Marks that are nobody's have no sides.
    return round.show == "spread" or is_above(mark.role)


def _dot(mark: Mark | Before, x: int, y: int, round: Round) -> Dot:
    shape: Shape = "circle" if _is_above(mark, round) else "square"
    letters = initials(mark.who) if round.show == "named" else ""
    return Dot(x=x, y=y, shape=shape, letters=letters, hollow=isinstance(mark, Before))


def initials(name: str) -> str:
    """Two letters for a name: "Tom Okafor" is TO, "Dana" Da."""
    words = name.split()
    if not words:
        return ""
    return (words[0][0] + words[1][0]).upper() if len(words) > 1 else name.strip()[:2].capitalize()

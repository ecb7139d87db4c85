"""How the numbers on one scale moved from meeting to meeting: a line for each person, and a table that says the same. A
line breaks where an end of the scale meant something else. No average, ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from ..board.words import same_name
from .model import Record
from .numberline import SIZE, Dot, Shape, initials, is_above
from .numbers import Before, Mark, Scale, voice
from .sayings import date

LEFT: Final = 90
TOP: Final = 40
RUNG: Final = 44
"""How far one number lies above the next."""
APART: Final = 240
BESIDE: Final = 44
"""How far apart marks of one meeting and one number stand."""
FEWEST: Final = 2
"""Of one meeting alone there is nothing to see."""


class Stroke(msgspec.Struct, frozen=True):
    """A straight line from one point to another."""

    from_x: int
    from_y: int
    to_x: int
    to_y: int
    kind: Literal["axis", "rung", "thread"]


class Label(msgspec.Struct, frozen=True):
    """Words in the drawing: their middle, or with `end` their end, stands at x."""

    x: int
    y: int
    text: str
    end: bool = False


class Sketch(msgspec.Struct, frozen=True):
    """A drawing out of strokes, marks and words, in a box `width` by `height`."""

    width: int
    height: int
    strokes: tuple[Stroke, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]


class Meeting(msgspec.Struct, frozen=True):
    """What one meeting showed on the scale. `ends` is what it meant then: numbers are only held together where it is
    the same."""

    day: int
    name: str
    ends: tuple[str, str, str]
    numbers: tuple[tuple[str, str, str, int], ...]
    """Who (a key, "" for nobody), their name, their role, and the number."""


def meetings(record: Record, scale: Scale, child: str) -> list[Meeting]:
    """Every meeting that showed numbers on this scale, about this child, oldest first: this one the last."""
    # Where it was asked twice at one meeting, what was asked last counts.
    found = {
        one.day: Meeting(
            day=one.day,
            name=date(one.day, record.lang),
            ends=(one.ten, one.zero, one.direction),
            numbers=tuple(_number(mark) for mark in one.marks),
        )
        for one in record.earlier
        if one.scale == scale.id and same_name(one.child, child)
    }
    now = [one for one in record.rounds if one.scale == scale.id and same_name(one.child, child)]
    if now:
        numbers = tuple(_number(mark) for mark in now[-1].marks if isinstance(mark.value, int))
        ends = (scale.ten.text, scale.zero.text, scale.direction)
        found[record.opened] = Meeting(record.opened, date(record.opened, record.lang), ends, numbers)
    return list(found.values())


def sketch(there: list[Meeting]) -> Sketch:
    """The drawing: 10 on top, a column for each meeting, lines only between numbers that can be held together."""
    bottom = TOP + 10 * RUNG
    width = LEFT + APART * len(there)
    strokes = [Stroke(LEFT - 20, _y(value), width - 20, _y(value), "rung") for value in range(11)]
    strokes.append(Stroke(LEFT - 20, TOP, LEFT - 20, bottom, "axis"))
    labels = [Label(LEFT - 34, _y(value) + 9, str(value), end=True) for value in range(11)]
    labels += [Label(_x(place), bottom + 46, one.name) for place, one in enumerate(there)]
    points: list[dict[str, Dot]] = []
    dots: list[Dot] = []
    for place, one in enumerate(there):
        found = list(_dots(place, one, last=place == len(there) - 1))
        points.append({who: dot for who, dot in found if who})
        dots += [dot for _who, dot in found]
    for place in range(1, len(there)):
        if there[place].ends == there[place - 1].ends:
            strokes += [
                Stroke(points[place - 1][who].x, points[place - 1][who].y, dot.x, dot.y, "thread")
                for who, dot in points[place].items()
                if who in points[place - 1]
            ]
    return Sketch(width, bottom + 70, tuple(strokes), tuple(dots), tuple(labels))


def people(there: list[Meeting]) -> list[tuple[str, str]]:
    """Everyone with a number that has a name, by key and name: who was there last comes first."""
    known: dict[str, str] = {}
    for one in reversed(there):
        for who, name, _role, _value in one.numbers:
            if who:
                known.setdefault(who, name)
    return list(known.items())


def _number(mark: Mark | Before) -> tuple[str, str, str, int]:
    given_by = mark.person or mark.former if isinstance(mark, Before) else voice(mark)
    who = given_by or mark.who
    assert isinstance(mark.value, int)
    return who, mark.who, mark.role, mark.value


def _dots(place: int, one: Meeting, *, last: bool) -> Iterator[tuple[str, Dot]]:
    beside: dict[int, int] = {}
    for who, name, role, value in one.numbers:
        step = beside.get(value, 0)
        beside[value] = step + 1
        shape: Shape = "circle" if is_above(role) else "square"
        yield who, Dot(_x(place) + step * BESIDE, _y(value), shape, initials(name) if who else "", hollow=not last)


def _x(place: int) -> int:
    return LEFT + APART * place + SIZE


def _y(value: int) -> int:
    return TOP + (10 - value) * RUNG

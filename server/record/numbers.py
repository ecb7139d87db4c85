"""Numbers as a record holds them: what was asked, what was shown of the answers, and those of earlier meetings. No
average, ever."""

from __future__ import annotations

from typing import Literal

from ..board.ratings import Show
from ..board.words import alike
from .said import Correction, Line, Said


class Scale(Line, frozen=True):
    """What was rated, with both ends in words. `direction` "up": 10 is best; "down": 10 is worst."""

    id: str
    title: Said
    about: Said
    ten: Said
    zero: Said
    direction: Literal["up", "down"]
    set: str = ""


class Mark(Line, frozen=True):
    """A number that was shown. `person` and `who` in a round with names alone, `role` there and in one by role (a role
    with one answer is "someone"). `reason` where its giver wanted it shown; `source` and `said` say how and when it
    was sent in."""

    id: str
    value: int | Literal["not-sure"]
    person: str = ""
    who: str = ""
    role: str = ""
    role_name: str = ""
    agency: str = ""
    reason: str = ""
    source: str = ""
    said: str = ""
    corrections: tuple[Correction, ...] = ()


def voice(mark: Mark) -> str:
    """As whose it counts: its agency's, whoever of it gave the number, or its giver's."""
    # No id has a slash: an agency called like one is not taken for that person.
    return f"/{alike(mark.agency)}" if mark.agency else mark.person


class Before(Line, frozen=True):
    """A number of an earlier meeting. `same_ends`: the ends of the scale meant the same then, so that the two can be
    held side by side. `who` is the name of then, "" where there was none, and `former` who they were there."""

    value: int
    when: str
    at: int = 0
    person: str = ""
    who: str = ""
    former: str = ""
    role: str = ""
    ten: str = ""
    zero: str = ""
    same_ends: bool = True


class Earlier(Line, frozen=True):
    """A round of an earlier meeting, as it was shown there. `day` is when that meeting began, ms since 1970. What
    stands in `marks` has a name only where it was shown with one."""

    id: str
    scale: str
    day: int
    show: Show
    ten: str
    zero: str
    direction: Literal["up", "down"]
    marks: tuple[Before, ...] = ()
    child: str = ""


class Round(Line, frozen=True):
    """One asking of a scale that was shown. Numbers stand in `marks`, lowest first; `no_number` counts who gave none.
    `alone`: they are this reader's own, and nothing is told of the others'. No average, ever."""

    id: str
    scale: str
    show: Show
    marks: tuple[Mark, ...] = ()
    asked: int = 0
    no_number: int = 0
    child: str = ""
    per_agency: bool = False
    alone: bool = False
    before: tuple[Before, ...] = ()

"""The ways of seeing: one for each role, narrowed ones for a child and for the wall while a child is in the room, and
one for people whose meeting has ended. What is seen through them, `sight` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

import msgspec

from .ask import Sees
from .meeting import WallChild

if TYPE_CHECKING:
    from .person import Person

Narrow = Literal["child-own", "child-good", "wall-own", "wall-good"]
NARROW: tuple[Narrow, ...] = ("child-own", "child-good", "wall-own", "wall-good")
Lens = Literal["facilitator", "scribe", "member", "wall"] | Narrow | Literal["after"]
LENSES: tuple[Lens, ...] = ("facilitator", "scribe", "member", "wall", *NARROW, "after")
"""The ways of seeing. People of one lens see the same, but for parts of their own. A narrowed one is a member's or the
wall's, of what `narrow` lets through; "after" is left to people once the meeting is over."""


class Viewer(msgspec.Struct, frozen=True):
    """Someone who looks: a person's id ("wall" for a projected screen, "" for nobody in particular) and their lens."""

    id: str
    lens: Lens


def viewer_of(person: Person, *, over: bool) -> Viewer:
    """How somebody who is in looks at the board now. Once the meeting is `over`, only those who keep the record still
    see it."""
    lens = lens_of(person.role, person.sees)
    return Viewer(person.id, "after" if over and lens not in {"facilitator", "scribe"} else lens)


def lens_of(role: str, sees: Sees | Literal[""] = "") -> Lens:
    """The way of seeing that goes with a role; a child's goes by what they `sees` of the adults' board."""
    if role == "child" and sees != "all":
        return "child-own" if sees == "own" else "child-good"
    match role:
        case "facilitator":
            return "facilitator"
        case "scribe":
            return "scribe"
        case "wall":
            return "wall"
        case _:
            return "member"


def sees_no_worries(person: Person) -> bool:
    """Whether someone sees only some of the adults' board, and no worries in words."""
    return lens_of(person.role, person.sees) in NARROW


def wall_lens(child: WallChild) -> Lens:
    """The wall's way of seeing, by what it is to show while a child is in the room."""
    match child:
        case "" | "all":
            return "wall"
        case "own":
            return "wall-own"
        case "good":
            return "wall-good"
        case _:
            assert_never(child)

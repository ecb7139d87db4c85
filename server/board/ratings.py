"""Ratings: the numbers people gave. Whose alone until the reveal, and what a reveal makes of them; when, `scales`
says."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from .ask import Part, View

Show = Literal["named", "role", "spread"]
Value = Annotated[int, Meta(ge=0, le=10)] | Literal["not-sure", "rather-not"]
RATING_BYTES = 1024
"""A rating part travels to its giver filled to this many bytes, so that its size tells nothing."""


class Rating(Part, frozen=True, kw_only=True):
    """One answer. `shown` "" is its giver's alone; "named", "role" and "spread" are what the reveal made for
    everyone."""

    kind: ClassVar[str] = "rating"
    round: str
    value: Value
    person: str = ""
    role: str = ""
    reason: str = ""
    share: bool = False
    typed_by: str = ""
    source: str = ""
    said: str = ""
    handed: bool = False  # given on somebody else's phone, by the one whose number it is
    given: int = 0  # the entry that holds the answer as it stands
    agency: str = ""  # as whose it was shown, where agencies count as one
    shown: Literal["", "named", "role", "spread"] = ""
    said_at: tuple[int, ...] = ()
    kept: bool = False  # a child keeps it for themselves: it counts as no answer and is never shown
    unheld: bool = False  # whoever bears the giver's name by now came in by that name alone

    @property
    def holder(self) -> str:
        """Whose alone it is until the reveal: its giver's, or nobody's ("")."""
        return "" if self.typed_by or self.unheld else self.person


class OwnRating(View, frozen=True, kw_only=True):
    """Your own answer, to you alone (`kept`: it is not sent, and counts as no answer), always 1,024 bytes of JSON by
    `pad` (2,048 where the reason is long and in letters of three bytes or four)."""

    round: str
    person: str
    role: str
    value: Value
    reason: str
    share: bool
    pad: str
    kept: bool = False


class NamedRating(View, frozen=True, kw_only=True):
    """A shown answer with its giver. `agency`: as whose number it counts, where agencies count as one. `source` and
    `said`: how and when it was sent in, where it was typed for someone who was not there."""

    round: str
    person: str
    role: str
    value: Value
    reason: str
    agency: str = ""
    source: str = ""
    said: str = ""


class RoleRating(View, frozen=True, kw_only=True):
    """A shown answer with its giver's role, or "someone" where that role gave one answer."""

    round: str
    role: str
    value: Value


class SpreadRating(View, frozen=True, kw_only=True):
    """A shown answer, of nobody."""

    round: str
    value: Value


def own_view(rating: Rating) -> OwnRating:
    """The giver's own view of a rating, filled to RATING_BYTES (or the next multiple, for reasons of very wide
    letters). Which multiple, only the reason says: beside it the longest value is reckoned, whatever it is."""
    bare = OwnRating(
        id=rating.id,
        round=rating.round,
        person=rating.person,
        role=rating.role,
        value=rating.value,
        reason=rating.reason,
        share=rating.share,
        kept=rating.kept,
        pad="",
    )
    longest = len(msgspec.json.encode(replace(bare, value="rather-not", share=False, kept=True)))
    filled = -(-longest // RATING_BYTES) * RATING_BYTES
    return replace(bare, pad="." * (filled - len(msgspec.json.encode(bare))))


def as_shown(answers: Iterable[Rating], show: Show, chance: str) -> list[Rating]:
    """What a reveal makes of these answers, in an order that tells nothing of who answered first: named, the same ids,
    sorted; without names, new ids, sorted by value."""
    given = list(answers)
    if show == "named":
        return sorted((replace(one, shown="named") for one in given), key=lambda one: one.id)
    of_role = Counter(one.role for one in given)
    bare = sorted((_rank(one.value), _unnamed(one.role, show, of_role)) for one in given)
    return [
        Rating(id=fresh_id(chance, str(place)), round=given[0].round, value=_unrank(rank), role=role, shown=show)
        for place, (rank, role) in enumerate(bare)
    ]


def fresh_id(chance: str, label: str) -> str:
    """A random id out of an entry's chance: the same in every process and at every replay."""
    return hashlib.sha256(f"{chance}/{label}".encode()).hexdigest()[:20]


def _rank(value: Value) -> int:
    return value if isinstance(value, int) else 11


def _unrank(rank: int) -> Value:
    return rank if rank <= 10 else "not-sure"


def _unnamed(role: str, show: Show, of_role: Counter[str]) -> str:
    if show == "spread":
        return ""
    return role if of_role[role] > 1 else "someone"

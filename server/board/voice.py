"""A child's words on a card: whose, brought by whom, and whether the child agreed. What a child did not agree to share
never gets onto the board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from . import words
from .refusal import Refused

if TYPE_CHECKING:
    from .model import Board

VoiceHow = Literal["said", "drew", "wrote", "app", "observed"]


class Voice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A child's words: whose, brought by whom, how and when said (each up to 40 characters), and whether the child
    agreed to share them. "no" stays off the board. `brought_by` is sent only where authors are shown."""

    whose: str
    agreed: Literal["yes", "parts", "no"]
    how: VoiceHow = "said"
    when: str = ""
    brought_by: str = ""


def check(voice: Voice) -> None:
    """Refuse words that are not to be shared, or nobody's. Raises Refused."""
    if voice.agreed == "no":
        raise Refused("not-shared")
    words.keep(voice.whose, words.NAME_MAX)
    words.keep_or_none(voice.brought_by, words.NAME_MAX)
    words.keep_or_none(voice.when, words.NAME_MAX)


def of_whom(board: Board, by: str, whose: str) -> str:
    """The child whose own words a new card holds: who wrote it or had it typed, or the one child on the list who is
    called `whose`; "" for anyone else's."""
    author = board.people.get(by)
    if author is not None and author.role == "child":
        return by
    called = [
        one.id
        for one in board.people.values()
        if one.role == "child"
        and one.state in {"here", "left", "expected", "apologies"}
        and words.same_name(one.name, whose)
    ]
    return called[0] if len(called) == 1 else ""

"""Words as a record holds them: what was typed, beside it what an interpreter or somebody who corrects it says, and the
cards that hold most of them."""

from __future__ import annotations

from typing import Literal

import msgspec

from ..board.ask import Column
from ..board.translations import Dir
from ..board.voice import VoiceHow


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something a record holds. A field left out has its usual value, mostly nothing."""


class Second(Line, frozen=True):
    """A second text in another language, a BCP 47 tag. `stale`: the first was changed since."""

    text: str
    lang: str
    dir: Dir
    stale: bool = False


class Said(Line, frozen=True):
    """Words as they were typed, with what an interpreter put beside them. `lang` where it was told."""

    text: str
    lang: str = ""
    seconds: tuple[Second, ...] = ()


class Correction(Line, frozen=True):
    """What somebody says is not right about what stands beside it. It changes nothing there. `who` only where names
    are shown."""

    id: str
    text: str
    who: str = ""


class Voice(Line, frozen=True):
    """Whose words a child's are, how and when they were said, who brought them, and whether the child agreed to share
    all of them or parts."""

    whose: str
    agreed: Literal["yes", "parts", "no"] = "yes"
    how: VoiceHow = "said"
    when: str = ""
    brought_by: str = ""


class Comment(Line, frozen=True):
    """Words under a card, a worry or a next step."""

    id: str
    text: str
    who: str = ""


class View(Line, frozen=True):
    """How somebody sees a worry or a decision differently."""

    id: str
    said: Said
    who: str = ""
    corrections: tuple[Correction, ...] = ()


class Card(Line, frozen=True):
    """A card. `by` (a person's id) and `who` only where names are shown; `who` is ready to be read: "Maureen". The
    `category` is in the facilitator's record alone. One that was `taken_back`, or `reworded`, has a place, and
    neither id nor words: it stands in no record, only where the board is read as it was."""

    id: str
    column: Column
    said: Said
    by: str = ""
    who: str = ""
    voice: Voice | None = None
    unknown: bool = False
    finds_out: str = ""
    by_when: str = ""
    category: str = ""
    comments: tuple[Comment, ...] = ()
    corrections: tuple[Correction, ...] = ()
    taken_back: bool = False
    reworded: bool = False


class ColumnOf(Line, frozen=True):
    """A column: its title and question, and the cards in it but for the child's own words."""

    id: Column
    title: str
    question: str
    cards: tuple[Card, ...] = ()

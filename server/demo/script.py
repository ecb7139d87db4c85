"""What a practice meeting is made of: invented people, and what they do in which order. It plays nothing itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..board.cards import AddCard
from ..board.model import AnyAsk
from ..board.ratings import Show, Value

MOMENT_S: Final = 1.5
BEFORE_WRITING_S: Final = 1.8
SIGNS_A_SECOND: Final = 30
WRITING_MOST_S: Final = 5.0


@dataclass(frozen=True, kw_only=True)
class Figure:
    """An invented person. `numbers`: what they answer in the first round and in every later one, None for nothing;
    `reason` goes with the first. `on_phone` is the id of one who has no device, for whom the scribe writes."""

    name: str
    role: str
    agency: str = ""
    helping: str = ""
    numbers: tuple[Value | None, Value | None] = (None, None)
    reason: str = ""
    on_phone: str = ""


@dataclass(frozen=True)
class Does:
    """Somebody asks for something, after a pause (None: as long as a person needs for it)."""

    who: str
    ask: AnyAsk
    after_s: float | None = None

    @property
    def pause_s(self) -> float:
        """How many seconds a person takes before this."""
        if self.after_s is not None:
            return self.after_s
        if isinstance(self.ask, AddCard):
            return BEFORE_WRITING_S + min(len(self.ask.text) / SIGNS_A_SECOND, WRITING_MOST_S)
        return MOMENT_S


@dataclass(frozen=True)
class Rates:
    """The facilitator asks everyone for a number and, once they have answered, shows them."""

    round: str
    show: Show


@dataclass(frozen=True)
class Leaves:
    """Somebody says goodbye."""

    who: str


Step = Does | Rates | Leaves


@dataclass(frozen=True, kw_only=True)
class Script:
    """A whole practice meeting. `figures` come in this order."""

    title: str
    template: str
    facilitator: str
    scribe: str
    figures: Mapping[str, Figure]
    steps: tuple[Step, ...]

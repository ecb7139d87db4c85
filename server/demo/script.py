"""What a practice meeting is made of: invented people, and what they do in which order. It plays nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ..board.answers import Stance
from ..board.cards import AddCard
from ..board.model import AnyAsk
from ..board.ratings import Show, Value
from ..ids import new_id

MOMENT_S: Final = 1.5
BEFORE_WRITING_S: Final = 1.8
SIGNS_A_SECOND: Final = 30
WRITING_MOST_S: Final = 5.0


@dataclass(frozen=True, kw_only=True)
class Figure:
    """An invented person. `numbers` are what they answer, by the name a round has in the script, and `reasons` go with
    them. `listed` is the id of one who has no device, for whom `through` types: the scribe, or a child's advocate."""

    name: str
    role: str
    agency: str = ""
    helping: str = ""
    numbers: Mapping[str, Value] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    listed: str = ""
    through: str = ""
    source: str = ""


Who = Callable[[str], str]
"""The id in the meeting of somebody by their name in the script."""


@dataclass(frozen=True)
class Does:
    """Somebody asks for something, after a pause (None: as long as a person needs for it). What names other people is
    made once they are in."""

    who: str
    ask: AnyAsk | Callable[[Who], AnyAsk]
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
class Asked:
    """One round: its name in the script, its id, and its scale ("" for the one the meeting began with)."""

    name: str
    round: str
    scale: str = ""


@dataclass(frozen=True)
class Rates:
    """The facilitator asks everyone for numbers and, once they have answered, shows them one round after the other."""

    rounds: tuple[Asked, ...]
    show: Show
    too: bool = False


@dataclass(frozen=True)
class Agrees:
    """The facilitator asks whether people agree with a worry and its goal and, once they have answered, shows it.
    `answers` go by name in the script, with their own words."""

    set: str
    answers: Mapping[str, tuple[Stance, str]]
    poll: str = field(default_factory=new_id)


Step = Does | Rates | Agrees


@dataclass(frozen=True, kw_only=True)
class Script:
    """A whole practice meeting. `figures` come in this order."""

    title: str
    template: str
    facilitator: str
    scribe: str
    figures: Mapping[str, Figure]
    steps: tuple[Step, ...]

"""What all asks have in common. An accepted ask gets an envelope and is the log entry: no second vocabulary."""

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

Column = Literal["well", "worried", "needs"]
Age = Literal["4-7", "8-11", "12+"]
"""For which age a child's screen speaks."""
Chooses = Literal["numbers", "steps", "faces"]
"""How a child chooses a number: from numbers, on steps, or among faces. What is told is a number each time."""
Sees = Literal["own", "good", "all"]
"""What a child sees of the adults' board: own words only; these, good things and next steps; everything."""
Comments = Literal["", "open", "closed", "never"]
"""What stands at one card, set or step itself, above what is said of all in its place."""
Ref = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class Ask(msgspec.Struct, frozen=True, kw_only=True, tag_field="ask", forbid_unknown_fields=True, omit_defaults=True):
    """Something a person asks for. `ref` is the asker's own number for it: with person and device it names the ask for
    ever."""

    ref: Ref


class HouseAsk(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="ask", forbid_unknown_fields=True, omit_defaults=True
):
    """Something the server itself writes down (someone came, a round was counted). Never accepted from a socket."""


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A small piece of the board, kept by kind and id."""

    kind: ClassVar[str]
    id: str


class View(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part as one way of seeing shows it: what travels. A field left out has its usual value, mostly nothing."""

    id: str

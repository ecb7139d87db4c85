"""A set as a part of the board: a worry, its goal and its own scale, and who sees and writes it. What may be asked of
one is in `sets`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

import msgspec

from .ask import Comments, Part, View
from .rights import RIGHTS
from .setreads import Reads
from .template import SetWording

if TYPE_CHECKING:
    from .person import Person

State = Literal["draft", "board", "closed"]
CHILDREN_MAX: Final = 10
PartName = (
    Literal["name", "honour", "happened", "could", "doing", "notice", "long", "family"]
    | Literal["like:0", "like:1", "like:2", "like:3", "like:4", "like:5", "like:6", "like:7", "like:8", "like:9"]
)
"""A part of a set that is written as text: `like:0` is what it would be like for the first child, and so on."""


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part's words. `version` counts wordings from 1; `by` is who typed the last one, `for_` for whom."""

    text: str
    version: int
    by: str
    for_: str = ""


class Set(Part, frozen=True, kw_only=True):
    """A worry and its goal. A draft is seen by its drafter `by` and its `writers` alone, or, where `everyone` writes,
    by all but the wall."""

    kind: ClassVar[str] = "set"
    number: int = 0  # given when it is put on the board, so that no gap tells of a draft
    state: State = "draft"
    by: str  # "" where the drafter's name was taken up by someone who came in by that name alone
    writers: tuple[str, ...] = ()
    everyone: bool = False
    scale: str
    children: tuple[str, ...] = ()
    texts: dict[str, Text] = {}
    cards: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()  # those of `cards` that are not for all to see now
    off_wall: tuple[str, ...] = ()  # those of `cards` that the wall does not show
    instead_of: str = ""
    replaced_by: str = ""
    words: SetWording
    named: bool = True  # whether it may be told who wrote what: the meeting's setting
    at: int = 0
    begun: int = 0  # when it was begun, ms, where that was at an earlier meeting
    said_at: tuple[int, ...] = ()  # the entries that hold its words
    child: bool = False  # whether words of someone here as a child are in it
    comments: Comments = ""


class SetView(View, frozen=True, kw_only=True):
    """A worry and its goal. `texts` and `versions` go by part: name, honour, who (one name a line), happened, could,
    like:0 and on (one a child, in the order of `children`), doing, notice, long, family; `versions` has children too.
    `reads` is how it reads aloud. `scale` is its own scale; `cards` are linked in as evidence.

    To those who may write it: `writes`, and `drafter` to whoever began it; `writers`, `everyone` and, where authors are
    shown, `hands` (who typed a part last). `typed`: the family's own goal was typed for them. `instead_of` and
    `replaced_by` are the sets before and after it, where the worry changed. `comments` as at a card; never to the
    wall. `begun`: when, ms since 1970, where that was at an earlier meeting."""

    state: State
    number: int = 0
    children: tuple[str, ...] = ()
    texts: dict[str, str] = {}
    versions: dict[str, int] = {}
    cards: tuple[str, ...] = ()
    scale: str
    reads: Reads
    typed: bool = False
    instead_of: str = ""
    replaced_by: str = ""
    writes: bool = False
    drafter: bool = False
    writers: tuple[str, ...] = ()
    everyone: bool = False
    hands: dict[str, str] = {}
    comments: Comments = ""
    begun: int = 0


class Earlier(Part, frozen=True, kw_only=True):
    """What a part of a set said before, once it was on the board."""

    kind: ClassVar[str] = "earlier"
    set: str
    part: str
    text: str
    version: int
    until: int = 0


class EarlierView(View, frozen=True, kw_only=True):
    """An earlier wording of a part of a set: wording `version`, which stood until `until` (ms since 1970). Not on the
    wall."""

    set: str
    part: str
    text: str
    version: int
    until: int = 0


def writes_it(set: Set, person: str, *, runs: bool, writes_down: bool) -> bool:
    """Whether someone writes this set with others; `runs` the meeting, `writes_down` (the scribe). On the board, those
    two always do."""
    if set.state == "closed":
        return False
    named = bool(person) and person in {set.by, *set.writers}
    return named or set.everyone or (set.state == "board" and (runs or writes_down))


def sees_draft(set: Set, person: str) -> bool:
    """Whether a draft is this person's to see."""
    return set.everyone or (bool(person) and person in {set.by, *set.writers})


def may_write(set: Set, asker: Person) -> bool:
    """Whether `asker` may change the parts of this set that are not the family's alone."""
    right = asker.role in RIGHTS["set.write"]
    return right and writes_it(set, asker.id, runs=asker.role == "facilitator", writes_down=asker.role == "scribe")


def holders(set: Set) -> frozenset[str]:
    """The people who see this set otherwise than others do."""
    return frozenset({set.by, *set.writers} - {""})

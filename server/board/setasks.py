"""What may be asked of a set: a worry, its goal and its own scale. What comes of it, `sets` says."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from msgspec import Meta

from . import words
from .ask import Ask
from .setparts import CHILDREN_MAX, PartName
from .words import Id

WHO_MAX: Final = 20
WRITERS_MAX: Final = 20

_Name = Annotated[str, Meta(max_length=words.NAME_MAX)]
Children = Annotated[tuple[_Name, ...], Meta(max_length=CHILDREN_MAX)]
Was = Annotated[int, Meta(ge=0)]


class StartSet(Ask, frozen=True, kw_only=True, tag="set.start"):
    """Begin a worry and its goal as a draft of your own, with its own `scale` (an id you choose). `card`: linked in as
    evidence. Facilitator, scribe, family, agency."""

    id: Id
    scale: Id
    children: Children = ()
    card: Id | None = None


class ReplaceSet(Ask, frozen=True, kw_only=True, tag="set.replace"):
    """The worry has changed: begin a draft with the words of `set`, which closes once the new one is put on the
    board."""

    set: Id
    id: Id
    scale: Id


class WriteSet(Ask, frozen=True, kw_only=True, tag="set.write"):
    """Write a part: up to 1,000 characters (name 80, long 280), "" for nothing. `was` is the version you changed, 0
    where nothing was; refused `set-stale` when it has moved on, `being-asked` while people are asked whether they agree
    with the set: they answer to the words they read. The family's own goal is the family's and the child's
    to write, or typed `for` them by scribe, facilitator or supporter."""

    set: Id
    part: PartName
    text: str
    was: Was
    for_: Id | None = msgspec.field(default=None, name="for")


class NameWho(Ask, frozen=True, kw_only=True, tag="set.who"):
    """Say who is worried: names, here or not, each up to 40 characters. `was` as in set.write, for the part "who"."""

    set: Id
    names: Annotated[tuple[_Name, ...], Meta(max_length=WHO_MAX)]
    was: Was


class NameChildren(Ask, frozen=True, kw_only=True, tag="set.children"):
    """Say which children it is about. A child for whom something is written stays: one name may be put for another.
    `was` as in set.write, for "children"."""

    set: Id
    names: Children
    was: Was


class NameWriters(Ask, frozen=True, kw_only=True, tag="set.writers"):
    """Say who writes this set with you, or that everyone does (`everyone`): they see the draft. Whoever began it, or
    the facilitator where she sees it."""

    set: Id
    people: Annotated[tuple[Id, ...], Meta(max_length=WRITERS_MAX)] = ()
    everyone: bool = False


class PutUpSet(Ask, frozen=True, kw_only=True, tag="set.put-up"):
    """Put a draft on the board for everyone to read. Refused `four-open` where four are."""

    set: Id


class DiscardSet(Ask, frozen=True, kw_only=True, tag="set.discard"):
    """Throw a draft away: its words leave the log. Whoever began it (where that is not known, whoever writes it), or
    the facilitator where she sees it."""

    set: Id


class CloseSet(Ask, frozen=True, kw_only=True, tag="set.close"):
    """Close a set: it stays to be read. Facilitator only."""

    set: Id


class ReopenSet(Ask, frozen=True, kw_only=True, tag="set.reopen"):
    """Go on with a closed set. Facilitator only."""

    set: Id


class EraseSet(Ask, frozen=True, kw_only=True, tag="set.erase"):
    """Remove a worry and its goal for good, with all that was said to it and every set begun from it: their words leave
    the log. A draft is discarded instead. Refused `still-asked` while people are asked about one. Facilitator only."""

    set: Id


class RemoveEarlier(Ask, frozen=True, kw_only=True, tag="earlier.remove"):
    """Take an earlier wording off every screen. The log goes on holding it until the set is removed for good.
    Facilitator only."""

    earlier: Id


class LinkCard(Ask, frozen=True, kw_only=True, tag="set.link"):
    """Link a card in as evidence, its wording untouched."""

    set: Id
    card: Id


class UnlinkCard(Ask, frozen=True, kw_only=True, tag="set.unlink"):
    """Take a card off a set's evidence."""

    set: Id
    card: Id


SetAsk = (
    StartSet
    | ReplaceSet
    | WriteSet
    | NameWho
    | NameChildren
    | NameWriters
    | PutUpSet
    | DiscardSet
    | CloseSet
    | ReopenSet
    | EraseSet
    | RemoveEarlier
    | LinkCard
    | UnlinkCard
)

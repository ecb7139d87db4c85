"""Quiet words: what someone tells the facilitator alone, silently. In no record; once dealt with, they leave the
log."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, assert_never

from . import words
from .ask import Ask, Part, View
from .refusal import Refused
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched

QuietKind = Literal["break", "come", "cannot-say", "words", "danger"]
QUIET_MAX = 500


class Quiet(Part, frozen=True, kw_only=True):
    """Words for the facilitator alone. `seq` is the entry that holds them."""

    kind: ClassVar[str] = "quiet"
    person: str
    about: QuietKind
    text: str = ""
    at: int = 0
    seq: int = 0


class QuietView(View, frozen=True, kw_only=True):
    """What someone told the facilitator quietly, to her alone. `at` is in ms since 1970."""

    person: str
    about: QuietKind
    at: int
    text: str = ""


class SayQuietly(Ask, frozen=True, kw_only=True, tag="quiet.say"):
    """Tell the facilitator something alone: a break, please come, something that cannot be said here, words (up to
    280 characters), or that a child may be in danger now. Nothing of it comes back but `done`."""

    id: Id
    about: QuietKind
    text: str = ""


class QuietDone(Ask, frozen=True, kw_only=True, tag="quiet.done"):
    """The facilitator has dealt with quiet words: they leave the log. Facilitator only."""

    quiet: Id


QuietAsk = SayQuietly | QuietDone


def check(board: Board, entry: Entry, ask: QuietAsk) -> None:
    """Refuse what may not happen to quiet words. Raises Refused."""
    match ask:
        case SayQuietly():
            if ask.about == "words":
                words.keep(ask.text, words.REASON_MAX)
            words.keep_or_none(ask.text, words.REASON_MAX)
            if ask.id in board.quiet:
                raise Refused("id-taken")
            if len(board.quiet) >= QUIET_MAX:
                raise Refused("full")
        case QuietDone():
            if ask.quiet not in board.quiet:
                raise Refused("no-words")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: QuietAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses."""
    match ask:
        case SayQuietly():
            said = Quiet(id=ask.id, person=entry.by, about=ask.about, text=ask.text, at=entry.at, seq=entry.seq)
            return board.put(said)
        case QuietDone():
            return board.drop("quiet", ask.quiet)
        case _:
            assert_never(ask)

"""Corrections: somebody says that what is recorded is not right, or takes that back. What one is stands in `noted`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

import msgspec

from . import words
from .ask import Ask
from .noted import Correction, Noted, check_theirs, find
from .refusal import Refused
from .rights import CORRECTS_FOR, typed_for
from .words import Id

if TYPE_CHECKING:
    from collections.abc import Callable

    from .model import AnyPart, Board, Entry, Touched

CORRECTIONS_EACH: Final = 20
CORRECTIONS_MAX: Final = 400


class AskCorrection(Ask, frozen=True, kw_only=True, tag="correction.ask"):
    """Say that something recorded is not right, in up to 1,000 characters: how you are on the list, a card or next
    step, your own number or answer once it was shown with your name. It stands beside that in every record. A child's
    own words are left as they are by others. `for` names the person for whom the facilitator or scribe types."""

    id: Id
    on: Noted
    text: str
    for_: Id | None = msgspec.field(default=None, name="for")


class TakeBackCorrection(Ask, frozen=True, kw_only=True, tag="correction.take-back"):
    """Take a correction back: your own; any, for the facilitator. Its words leave the log."""

    correction: Id


CorrectionAsk = AskCorrection | TakeBackCorrection


def check(board: Board, entry: Entry, ask: CorrectionAsk, sees: Callable[[AnyPart], bool]) -> None:
    """Refuse what may not happen to corrections; `sees` says whether the asker sees a part. Raises Refused."""
    match ask:
        case AskCorrection():
            words.keep(ask.text, words.CARD_MAX)
            by = _whose(board, entry.by, ask)
            part = find(board, ask.on)
            if part is None or not sees(part):
                raise Refused("not-there")
            check_theirs(part, by)
            if ask.id in board.corrections or ask.id in board.gone:
                raise Refused("id-taken")
            noted = sum(one.by == by for one in board.corrections.values())
            if noted >= CORRECTIONS_EACH or len(board.corrections) >= CORRECTIONS_MAX:
                raise Refused("full")
        case TakeBackCorrection():
            known = board.corrections.get(ask.correction)
            own = known is not None and entry.by in {known.by, known.typed_by}
            if known is None or not (own or sees(known)):
                raise Refused("not-there")
            if not own and board.people[entry.by].role != "facilitator":
                raise Refused("not-for-you")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: CorrectionAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: what is not there is passed over."""
    match ask:
        case AskCorrection():
            part, by = find(board, ask.on), ask.for_ or entry.by
            if part is None:
                return board, ()
            return board.put(
                Correction(
                    id=ask.id,
                    on=ask.on,
                    original=part,
                    text=ask.text,
                    by=by,
                    typed_by=entry.by if by != entry.by else "",
                    named=board.names_shown,
                    said_at=(entry.seq,),
                )
            )
        case TakeBackCorrection():
            return board.erase("correction", ask.correction)
        case _:
            assert_never(ask)


def _whose(board: Board, by: str, ask: AskCorrection) -> str:
    if ask.for_ in {None, by}:
        return by
    return typed_for(board, ask.for_ or "", board.people[by].role, CORRECTS_FOR).id

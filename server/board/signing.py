"""How far the record is: a draft, agreed, or signed off. And that one was made, which the audit tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, assert_never

from msgspec import Meta

from .ask import Ask, HouseAsk, Part, View

if TYPE_CHECKING:
    from .model import Board, Entry, Touched

SigningState = Literal["draft", "agreed", "signed"]
Fingerprint = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}(?!\n)$", description="64 hexadecimal digits")]
"""The SHA-256 of what a record says."""


class Signing(Part, frozen=True, kw_only=True):
    """What the facilitator says of the record as it stood at `at`."""

    kind: ClassVar[str] = "signing"
    state: SigningState
    fingerprint: str
    at: int
    by: str


class SigningView(View, frozen=True, kw_only=True):
    """How far the record is; not there: a draft. `fingerprint`, to the facilitator alone, is that of the whole record
    she said it of: where another is made now, something was changed since. Never on the wall."""

    state: SigningState
    at: int
    by: str
    fingerprint: str = ""


class MarkRecord(Ask, frozen=True, kw_only=True, tag="record.mark"):
    """Say that the record with this fingerprint is agreed, or signed off, or a draft again. Facilitator only."""

    state: SigningState
    fingerprint: Fingerprint


class MadeRecord(HouseAsk, frozen=True, kw_only=True, tag="record.made"):
    """A record or copy was made, and left the server: `by` whom ("" from the command line), in which `form`."""

    form: str
    copy: str
    by: str = ""


SigningAsk = MarkRecord


def check(board: Board, entry: Entry, ask: SigningAsk) -> None:
    """Refuse what may not happen to the record. Nothing is: it is the facilitator's to say."""


def apply(board: Board, entry: Entry, ask: SigningAsk | MadeRecord) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses."""
    match ask:
        case MarkRecord():
            if board.meeting is None:
                return board, ()
            signing = Signing(
                id=board.meeting.id, state=ask.state, fingerprint=ask.fingerprint, at=entry.at, by=entry.by
            )
            return board.put(signing)
        case MadeRecord():
            return board, ()
        case _:
            assert_never(ask)


def view(part: Signing, lens: str) -> SigningView | None:
    """As it travels."""
    if lens == "wall":
        return None
    whole = part.fingerprint if lens == "facilitator" else ""
    return SigningView(id=part.id, state=part.state, at=part.at, by=part.by, fingerprint=whole)

"""Which earlier entries' words leave the log with an ask: those it removes for good, and all that was said to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import (
    agreements,
    carddesk,
    comments,
    corrections,
    decisions,
    differs,
    erasing,
    noted,
    owners,
    phases,
    quiet,
    rounds,
    scales,
    setasks,
    seterase,
    steps,
    thoughts,
)

if TYPE_CHECKING:
    from .model import AnyAsk, AnyHouseAsk, Board


def forgets(board: Board, ask: AnyAsk | AnyHouseAsk) -> tuple[int, ...]:
    """The numbers of earlier entries whose words leave the log with this ask."""
    match ask:
        case carddesk.EraseCard():
            card = board.cards.get(ask.card)
            return (*card.said_at, *_said_under(board, "card", ask.card)) if card is not None else ()
        case comments.RemoveComment():
            comment = board.comments.get(ask.comment)
            return (comment.seq,) if comment is not None else ()
        case thoughts.RemoveThought():
            thought = board.thoughts.get(ask.thought)
            return (thought.seq,) if thought is not None else ()
        case setasks.DiscardSet():
            draft = board.sets.get(ask.set)
            return draft.said_at if draft is not None else ()
        case setasks.EraseSet():
            return seterase.said_at(board, ask.set)
        case differs.TakeBackDiffer() | differs.EraseDiffer():
            view = board.differs.get(ask.differ)
            return view.said_at if view is not None else ()
        case scales.CancelRound():
            of_round = (rating for rating in board.ratings.values() if rating.round == ask.round)
            return tuple(seq for rating in of_round for seq in rating.said_at)
        case agreements.CancelAgreement():
            return agreements.said_in(board, ask.poll)
        case quiet.QuietDone():
            said = board.quiet.get(ask.quiet)
            return (said.seq,) if said is not None else ()
        case phases.CloseMeeting():
            return (*(said.seq for said in board.quiet.values()), *rounds.kept_at(board))
        case steps.EraseStep():
            return (*steps.said_at(board, ask.step), *_said_under(board, "step", ask.step))
        case owners.UnaskOwner():
            asked = board.owners.get(ask.owner)
            return asked.said_at if asked is not None else ()
        case decisions.RemoveDecision():
            return decisions.said_at(board, ask.decision)
        case decisions.TakeBackDissent():
            dissent = board.dissents.get(ask.dissent)
            return dissent.said_at if dissent is not None else ()
        case erasing.ErasePerson():
            return ask.entries
        case corrections.TakeBackCorrection():
            correction = board.corrections.get(ask.correction)
            return correction.said_at if correction is not None else ()
        case _:
            return ()


def _said_under(board: Board, kind: str, id: str) -> tuple[int, ...]:
    commented = tuple(one.seq for one in board.comments.values() if one.on.id == id)
    return commented + noted.said_on(board, kind, id)

"""Next steps: what happens, by when, how we will know, and what if it does not. Who takes one on is in `owners`."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import msgspec
from msgspec.structs import replace

from . import order, words
from .ask import Ask
from .nextstep import NextStep, StepState
from .refusal import Refused
from .rights import WRITES_FOR, typed_for
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched
    from .person import Person

STEPS_MAX = 200


class AddStep(Ask, frozen=True, kw_only=True, tag="step.add"):
    """Put a next step on the list: `what` up to 1,000 characters, `when` 40, `know` and `otherwise` 280; nothing but
    `what` is needed. `card`: the card it is made from; `set`: the worry and goal on the board it is for. `for` names
    the person for whom someone else types: scribe and supporter must say."""

    id: Id
    what: str
    when: str = ""
    know: str = ""
    otherwise: str = ""
    card: Id | None = None
    set: Id | None = None
    for_: Id | None = msgspec.field(default=None, name="for")


class EditStep(Ask, frozen=True, kw_only=True, tag="step.edit"):
    """Change the words of a next step: your own; any, for facilitator and scribe. `was` is the version you changed;
    refused `stale-step` when the step has moved on. Whoever said yes to another `what` or `when` is asked again."""

    step: Id
    what: str
    when: str = ""
    know: str = ""
    otherwise: str = ""
    was: int


class MoveStep(Ask, frozen=True, kw_only=True, tag="step.move"):
    """Move a next step before another one (null: to the end). Facilitator and scribe."""

    step: Id
    before: Id | None = None


class RemoveStep(Ask, frozen=True, kw_only=True, tag="step.remove"):
    """Take a next step off the list: your own; any, for the facilitator. It can be restored by who removed it."""

    step: Id


class RestoreStep(Ask, frozen=True, kw_only=True, tag="step.restore"):
    """Put a next step back that you removed, to where it stood."""

    step: Id


class EraseStep(Ask, frozen=True, kw_only=True, tag="step.erase"):
    """Remove a next step for good: its words and all answers to it leave the log. Facilitator only."""

    step: Id


class BottomStep(Ask, frozen=True, kw_only=True, tag="step.bottom"):
    """Say that services ask for this step as the least, or no longer. Facilitator, and of those who work
    with the family whoever leads that work."""

    step: Id
    on: bool


class MarkStep(Ask, frozen=True, kw_only=True, tag="step.state"):
    """Say how a next step went, with up to 280 characters if you like. Whoever is shown as taking it on; any, for
    facilitator and scribe."""

    step: Id
    state: StepState
    text: str = ""


StepAsk = AddStep | EditStep | MoveStep | RemoveStep | RestoreStep | EraseStep | BottomStep | MarkStep


def check(board: Board, entry: Entry, ask: StepAsk) -> None:
    """Refuse what may not happen to next steps. Raises Refused."""
    asker = board.people[entry.by]
    match ask:
        case AddStep():
            _check_add(board, asker, ask)
        case EditStep():
            step = on_list(board, ask.step)
            if asker.role not in {"facilitator", "scribe"} and not may_word(step, asker.id):
                raise Refused("not-your-step")
            _check_words(ask)
            if ask.was != step.version:
                raise Refused("stale-step")
        case MoveStep():
            on_list(board, ask.step)
            if ask.before is not None:
                on_list(board, ask.before)
        case RemoveStep():
            if not may_word(on_list(board, ask.step), asker.id) and asker.role != "facilitator":
                raise Refused("not-your-step")
        case RestoreStep():
            known = _find(board, ask.step)
            if not known.removed_by:
                raise Refused("no-step")
            if known.removed_by != asker.id:
                raise Refused("not-your-step")
        case EraseStep():
            _find(board, ask.step)
        case BottomStep():
            on_list(board, ask.step)
            if asker.role == "agency" and not asker.lead:
                raise Refused("lead-only")
        case MarkStep():
            step = on_list(board, ask.step)
            if asker.role not in {"facilitator", "scribe"} and not _takes_on(board, step.id, asker.id):
                raise Refused("not-your-step")
            words.keep_or_none(ask.text, words.REASON_MAX)
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: StepAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses: a step whose words have left the log is passed over."""
    if isinstance(ask, AddStep):
        return board.put(_added(board, entry, ask))
    if isinstance(ask, EraseStep):
        asked = [owner.id for owner in board.owners.values() if owner.step == ask.step]
        erased = board.erase("step", ask.step)
        return erased[0].then(erased[1], lambda board: board.drop("owner", *asked))
    step = board.steps.get(ask.step)
    if step is None:
        return board, ()
    match ask:
        case EditStep():
            return board.put(_edited(step, entry, ask))
        case MoveStep():
            return board.put(replace(step, order=entry.place))
        case RemoveStep():
            return board.put(replace(step, removed_by=entry.by))
        case RestoreStep():
            return board.put(replace(step, removed_by=""))
        case BottomStep():
            return board.put(replace(step, bottom=ask.on))
        case MarkStep():
            return board.put(replace(step, state=ask.state, note=ask.text, said_at=(*step.said_at, entry.seq)))
        case _:
            assert_never(ask)


def place(board: Board, ask: MoveStep) -> str:
    """Where a moved step sorts: just before `before`, or after all."""
    before = board.steps.get(ask.before) if ask.before is not None else None
    if before is None:
        return order.at_end(board.seq + 1)
    others = (step.order for step in board.steps.values() if step.id != ask.step)
    return order.between(max((one for one in others if one < before.order), default=""), before.order)


def said_at(board: Board, step: str) -> tuple[int, ...]:
    """The entries that hold the words of a step and of all answers to it."""
    known = board.steps.get(step)
    answers = (seq for owner in board.owners.values() if owner.step == step for seq in owner.said_at)
    return (*(known.said_at if known is not None else ()), *answers)


def may_word(step: NextStep, person: str) -> bool:
    """Whether the step is this person's to change: who put it there, or typed it."""
    return person in {step.by, step.typed_by}


def on_list(board: Board, id: str) -> NextStep:
    """The step, where it is on the list. Raises Refused."""
    step = _find(board, id)
    if step.removed_by:
        raise Refused("no-step")
    return step


def _find(board: Board, id: str) -> NextStep:
    step = board.steps.get(id)
    if step is None:
        raise Refused("no-step")
    return step


def _takes_on(board: Board, step: str, person: str) -> bool:
    return any(one.step == step and one.person == person and one.shown for one in board.owners.values())


def _check_words(ask: AddStep | EditStep) -> None:
    words.keep(ask.what, words.CARD_MAX)
    words.keep_or_none(ask.when, words.NAME_MAX)
    words.keep_or_none(ask.know, words.REASON_MAX)
    words.keep_or_none(ask.otherwise, words.REASON_MAX)


def _check_add(board: Board, asker: Person, ask: AddStep) -> None:
    _check_words(ask)
    if ask.id in board.steps or ask.id in board.gone:
        raise Refused("id-taken")
    if len(board.steps) >= STEPS_MAX:
        raise Refused("full")
    if ask.card is not None and not is_for_all(board, ask.card):
        raise Refused("no-card")
    if ask.set is not None:
        of = board.sets.get(ask.set)
        # A draft is nowhere to be found.
        if of is None or of.state == "draft":
            raise Refused("no-set")
    if ask.for_ is not None and ask.for_ != asker.id:
        typed_for(board, ask.for_, asker.role, WRITES_FOR)
    elif asker.role in {"scribe", "supporter"}:
        raise Refused("for-whom")


def is_for_all(board: Board, card: str) -> bool:
    """Whether a card stands on the board for everyone."""
    known = board.cards.get(card)
    return known is not None and known.state == "on"


def _added(board: Board, entry: Entry, ask: AddStep) -> NextStep:
    by = ask.for_ or entry.by
    return NextStep(
        id=ask.id,
        what=ask.what,
        when=ask.when,
        know=ask.know,
        otherwise=ask.otherwise,
        card=ask.card or "",
        linked=ask.card is not None and is_for_all(board, ask.card),
        set=ask.set or "",
        order=order.at_end(entry.seq),
        by=by,
        typed_by=entry.by if by != entry.by else "",
        named=board.names_shown,
        at=entry.at,
        said_at=(entry.seq,),
    )


def _edited(step: NextStep, entry: Entry, ask: EditStep) -> NextStep:
    return replace(
        step,
        what=ask.what,
        when=ask.when,
        know=ask.know,
        otherwise=ask.otherwise,
        version=step.version + 1,
        said_at=(*step.said_at, entry.seq),
    )

"""How a meeting goes on from its template: the order of its phases, what is left out, whose turn it is in a column, the
ground rules it agreed, and prompts that are turned off. All of it guides; nothing here locks anyone out."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from .ask import Ask, Column
from .refusal import Refused
from .template import PromptKind

if TYPE_CHECKING:
    from .meeting import Meeting
    from .model import Board, Entry, Touched


class MovePhase(Ask, frozen=True, kw_only=True, tag="agenda.move"):
    """Put a phase before another one in this meeting's agenda (null: to the end). Facilitator only."""

    phase: str
    before: str | None = None


class SkipPhase(Ask, frozen=True, kw_only=True, tag="agenda.skip"):
    """Leave a phase out of this meeting, or take it in again. One can still go there. Facilitator only."""

    phase: str
    on: bool


class FamilyFirst(Ask, frozen=True, kw_only=True, tag="column.first"):
    """Open a column with the family first, so that agencies' cards wait in the tray; or to everyone alike. What waits
    goes on waiting until it is put up. Facilitator only."""

    column: Column
    on: bool


class AgreeRules(Ask, frozen=True, kw_only=True, tag="rules.agree"):
    """Say that the ground rules were agreed, or that they were not. Facilitator only."""

    on: bool = True


class TurnOffPrompt(Ask, frozen=True, kw_only=True, tag="prompt.off"):
    """Have no prompts of this kind in this meeting, or have them again. Facilitator only."""

    prompt: PromptKind
    on: bool = True


AgendaAsk = MovePhase | SkipPhase | FamilyFirst | AgreeRules | TurnOffPrompt


def check(board: Board, entry: Entry, ask: AgendaAsk) -> None:
    """Refuse what may not happen to the agenda. Raises Refused."""
    phases = order_of(board.meeting) if board.meeting else ()
    match ask:
        case MovePhase():
            if ask.phase not in phases or (ask.before is not None and ask.before not in phases):
                raise Refused("no-phase")
        case SkipPhase():
            if ask.phase not in phases:
                raise Refused("no-phase")
        case FamilyFirst() | AgreeRules() | TurnOffPrompt():
            pass
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: AgendaAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses."""
    meeting = board.meeting
    if meeting is None:
        return board, ()
    match ask:
        case MovePhase():
            return board.put(replace(meeting, agenda=_moved(meeting, ask)))
        case SkipPhase():
            skipped = {*meeting.skipped, ask.phase} if ask.on else {*meeting.skipped} - {ask.phase}
            return board.put(replace(meeting, skipped=_in_order(meeting, skipped)))
        case FamilyFirst():
            first = {*meeting.family_first, ask.column} if ask.on else {*meeting.family_first} - {ask.column}
            return board.put(
                replace(
                    meeting,
                    family_first=tuple(one.id for one in meeting.template.columns if one.id in first),
                    closed=tuple(one for one in meeting.closed if one != ask.column),
                )
            )
        case AgreeRules():
            return board.put(replace(meeting, rules_agreed=entry.at if ask.on else 0))
        case TurnOffPrompt():
            off = {*meeting.prompts_off, ask.prompt} if ask.on else {*meeting.prompts_off} - {ask.prompt}
            return board.put(replace(meeting, prompts_off=tuple(sorted(off))))
        case _:
            assert_never(ask)


def order_of(meeting: Meeting) -> tuple[str, ...]:
    """The phases of this meeting in its own order, those left out among them."""
    return meeting.agenda or tuple(phase.id for phase in meeting.template.phases)


def _moved(meeting: Meeting, ask: MovePhase) -> tuple[str, ...]:
    phases = order_of(meeting)
    if ask.phase not in phases or ask.phase == ask.before:
        return meeting.agenda
    rest = [phase for phase in phases if phase != ask.phase]
    rest.insert(rest.index(ask.before) if ask.before in rest else len(rest), ask.phase)
    # An agenda that is the template's again is none of its own.
    return () if rest == [phase.id for phase in meeting.template.phases] else tuple(rest)


def _in_order(meeting: Meeting, phases: set[str]) -> tuple[str, ...]:
    return tuple(phase.id for phase in meeting.template.phases if phase.id in phases)

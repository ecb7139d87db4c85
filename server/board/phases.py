"""What happens to the meeting itself: its phases, open columns, break, what is talked about, and what the wall does.
Phases guide; only a close closes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, assert_never

from msgspec import Meta
from msgspec.structs import replace

from . import rounds
from .ask import Ask, Column, HouseAsk
from .meeting import COLUMNS, About, Admit, Authors, Meeting, Wall, WallChild
from .refusal import Refused
from .template import Template

if TYPE_CHECKING:
    from .model import Board, Entry, Touched


class GoToPhase(Ask, frozen=True, kw_only=True, tag="phase.go"):
    """Step to a phase of the agenda; everyone follows by default. One that was left out is taken in again. Facilitator
    only."""

    phase: str


class CloseColumn(Ask, frozen=True, kw_only=True, tag="column.close"):
    """Close adding to a column, or to all where none is named. Facilitator only."""

    column: Column | None = None


class OpenColumn(Ask, frozen=True, kw_only=True, tag="column.open"):
    """Open adding to a column, or to all where none is named. Facilitator only."""

    column: Column | None = None


class StartBreak(Ask, frozen=True, kw_only=True, tag="break.start"):
    """Stop the board for everyone. It never says who asked. Facilitator only."""


class EndBreak(Ask, frozen=True, kw_only=True, tag="break.end"):
    """Go on after a break. Facilitator only."""


class ShowLarge(Ask, frozen=True, kw_only=True, tag="about.show"):
    """Show a card, round or set large on the wall and on top of every phone; null: nothing. Facilitator only."""

    about: About | None = None


class SetWall(Ask, frozen=True, kw_only=True, tag="wall.set"):
    """Blank the wall, hold it on a phase ("" follows), show or hide the code, turn its page, say what it shows while a
    `child` is in the room. What is left out stays. Facilitator only."""

    blank: bool | None = None
    hold: str | None = None
    code: bool | None = None
    page: Annotated[int, Meta(ge=0, le=1000)] | None = None
    child: WallChild | None = None


class HideAuthors(Ask, frozen=True, kw_only=True, tag="meeting.hide-authors"):
    """Hide for good whose card is whose. It cannot be undone. Facilitator only."""


class SetDoor(Ask, frozen=True, kw_only=True, tag="meeting.door"):
    """Say whether newcomers wait to be let in ("ask") or come straight in ("all"). Facilitator only."""

    admit: Admit


class CloseMeeting(Ask, frozen=True, kw_only=True, tag="meeting.close"):
    """End the meeting: the board can still be read, nothing can be added. Facilitator only."""


class ReopenMeeting(Ask, frozen=True, kw_only=True, tag="meeting.reopen"):
    """Go on with a meeting that was ended. Facilitator only."""


class OpenMeeting(HouseAsk, frozen=True, kw_only=True, tag="meeting.open"):
    """The first entry of a room: its title, whole template, settings and first scale."""

    id: str
    title: str
    code: str
    template: Template
    scale: str
    admit: Admit = "ask"
    authors: Authors = "shown"
    erase_days: int = 30
    practice: bool = False


class CutLog(HouseAsk, frozen=True, kw_only=True, tag="log.cut"):
    """The log went back to an older copy of itself: what was said after that copy is lost, and a new epoch begins
    here."""


PhaseAsk = (
    GoToPhase
    | CloseColumn
    | OpenColumn
    | StartBreak
    | EndBreak
    | ShowLarge
    | SetWall
    | HideAuthors
    | SetDoor
    | CloseMeeting
    | ReopenMeeting
)


def check(board: Board, entry: Entry, ask: PhaseAsk) -> None:
    """Refuse what may not happen to the meeting. Raises Refused."""
    meeting = board.meeting
    phases = {phase.id for phase in meeting.template.phases} if meeting else set()
    match ask:
        case GoToPhase():
            if ask.phase not in phases:
                raise Refused("no-phase")
        case SetWall():
            if ask.hold and ask.hold not in phases:
                raise Refused("no-phase")
        case ShowLarge():
            _check_about(board, ask.about)
        case CloseColumn() | OpenColumn() | StartBreak() | EndBreak() | HideAuthors() | SetDoor():
            pass
        case CloseMeeting() | ReopenMeeting():
            pass
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: PhaseAsk) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses."""
    meeting = board.meeting
    if meeting is None:
        return board, ()
    match ask:
        case GoToPhase():
            skipped = tuple(one for one in meeting.skipped if one != ask.phase)
            wall = replace(meeting.wall, page=0)
            return board.put(replace(meeting, phase=ask.phase, phase_since=entry.at, skipped=skipped, wall=wall))
        case CloseColumn():
            closed = {*meeting.closed, ask.column} if ask.column else set(COLUMNS)
            return board.put(replace(meeting, closed=tuple(one for one in COLUMNS if one in closed)))
        case OpenColumn():
            kept = tuple(one for one in meeting.closed if ask.column and one != ask.column)
            return board.put(replace(meeting, closed=kept))
        case StartBreak():
            paused = board.put(replace(meeting, pause=True))
            waiting = [replace(person, ready="") for person in board.people.values() if person.ready]
            return paused[0].then(paused[1], lambda board: board.put(*waiting))
        case EndBreak():
            return board.put(replace(meeting, pause=False))
        case ShowLarge():
            return board.put(replace(meeting, about=ask.about, wall=replace(meeting.wall, page=0)))
        case SetWall():
            child = meeting.wall_child if ask.child is None else ask.child
            return board.put(replace(meeting, wall=_set(meeting.wall, ask), wall_child=child))
        case HideAuthors():
            hidden = board.put(replace(meeting, authors="hidden"))
            shelves = (board.cards, board.sets, board.differs)
            named = [replace(one, named=False) for shelf in shelves for one in shelf.values()]
            return hidden[0].then(hidden[1], lambda board: board.put(*named))
        case SetDoor():
            return board.put(replace(meeting, admit=ask.admit))
        case CloseMeeting():
            closed_ = board.put(replace(meeting, state="closed", ended=entry.at, pause=False))
            quiet = list(board.quiet)
            closed_ = closed_[0].then(closed_[1], lambda board: board.drop("quiet", *quiet))
            return closed_[0].then(closed_[1], rounds.closed)
        case ReopenMeeting():
            return board.put(replace(meeting, state="open", ended=0))
        case _:
            assert_never(ask)


def opened(entry: Entry, ask: OpenMeeting) -> Meeting:
    """The meeting a first entry opens: first phase, three open columns."""
    return Meeting(
        id=ask.id,
        title=ask.title,
        code=ask.code,
        template=ask.template,
        admit=ask.admit,
        authors=ask.authors,
        erase_days=ask.erase_days,
        phase=ask.template.phases[0].id,
        phase_since=entry.at,
        opened=entry.at,
        practice=ask.practice,
    )


def cut(board: Board, entry: Entry) -> tuple[Board, Touched]:
    """The board after its log was cut. Never refuses."""
    return board.put(replace(board.meeting, cut=entry.at)) if board.meeting is not None else (board, ())


def _check_about(board: Board, about: About | None) -> None:
    if about is None:
        return
    match about.kind:
        case "card":
            card = board.cards.get(about.id)
            # What is set aside or kept off the wall must not come onto it by another way.
            if card is None or card.state != "on" or card.off_wall:
                raise Refused("no-card")
        case "round":
            round = board.rounds.get(about.id)
            if round is None or round.state == "cancelled":
                raise Refused("no-round")
        case "set":
            set = board.sets.get(about.id)
            if set is None or set.state != "board":
                raise Refused("no-set")
        case "meeting":
            # Its ground rules, where it has any.
            meeting = board.meetings.get(about.id)
            if meeting is None or not meeting.template.ground_rules:
                raise Refused("no-phase")
        case _:
            assert_never(about.kind)


def _set(wall: Wall, ask: SetWall) -> Wall:
    return Wall(
        blank=wall.blank if ask.blank is None else ask.blank,
        hold=wall.hold if ask.hold is None else ask.hold,
        code=wall.code if ask.code is None else ask.code,
        page=wall.page if ask.page is None else ask.page,
    )

"""What follows from any entry for parts of other nouns. It looks only at what was touched, whatever touched it; but for
a card removed for good, which a board read later never had."""

from __future__ import annotations

from msgspec.structs import replace

from . import beside, under
from .answers import Answer
from .carddesk import EraseCard
from .cards import Card
from .comments import Comment, RemoveComment
from .decisions import Dissent, RemoveDecision, TakeBackDissent
from .differs import Differ, EraseDiffer, TakeBackDiffer
from .former import seen_with
from .meeting import About, Meeting
from .model import AnyAsk, AnyHouseAsk, AnyPart, Board, Touched
from .narrow import seen_by
from .nextstep import NextStep
from .owners import Owner, UnaskOwner
from .past import Past, RecallNumber, shown_with
from .person import Person
from .polls import Poll
from .ratings import Rating
from .rounds import Round
from .setasks import EraseSet
from .setfollow import follow_sets, no_evidence
from .setparts import Set
from .stepfollow import follow_steps
from .steps import EraseStep
from .thoughts import RemoveThought, Thought
from .translations import RemoveTranslation, Translation


def follow_up(board: Board, ask: AnyAsk | AnyHouseAsk | None, touched: Touched) -> tuple[Board, Touched]:
    """The board with what follows from this ask and these touches, and all that is touched then."""
    board, touched = board.then(touched, lambda board: follow_steps(board, touched))
    if isinstance(ask, EraseStep):
        board, touched = board.then(touched, lambda board: under.erased(board, ask.step))
    if isinstance(ask, EraseStep | UnaskOwner | RemoveDecision | TakeBackDissent | EraseSet):
        board, touched = board.then(touched, lambda board: beside.follow(board, touched))
        return board.then(touched, _quote_no_more)
    if isinstance(ask, EraseCard):
        board, touched = board.then(touched, lambda board: _stop_talking_of(board, ask.card))
        board, touched = board.then(touched, lambda board: under.erased(board, ask.card))
        board, touched = board.then(touched, lambda board: no_evidence(board, ask.card))
        board, touched = board.then(touched, lambda board: beside.follow(board, touched))
        return board.then(touched, _quote_no_more)
    if isinstance(ask, RemoveComment | RemoveThought | RemoveTranslation | TakeBackDiffer | EraseDiffer):
        board, touched = board.then(touched, lambda board: beside.follow(board, touched))
        return board.then(touched, _quote_no_more)
    if isinstance(ask, RecallNumber):
        board, touched = board.then(touched, lambda board: _quote(board, touched))
        return board.then(touched, _quote_no_more)
    board, touched = board.then(touched, lambda board: follow_sets(board, touched))
    board, touched = board.then(touched, lambda board: under.follow(board, touched))
    board, touched = board.then(touched, lambda board: beside.follow(board, touched))
    board, touched = board.then(touched, lambda board: _stop_talking(board, touched))
    board, touched = board.then(touched, lambda board: _take_phones_back(board, touched))
    board, touched = board.then(touched, lambda board: _no_more_goodbyes(board, touched))
    board, touched = board.then(touched, lambda board: _show_last_time(board, touched))
    board, touched = board.then(touched, lambda board: _talk_before_whom(board, touched))
    return board.then(touched, lambda board: _quote(board, touched))


def _stop_talking(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """Nobody goes on talking about a card that is no longer for all to see, or a round that was taken off."""
    meeting = board.meeting
    if meeting is None or meeting.about is None:
        return board, ()
    for touch in touched:
        match touch.part:
            case Card(id=meeting.about.id) as card if meeting.about.kind == "card":
                ended = card.state != "on" or card.off_wall
            case Round(id=meeting.about.id) as round if meeting.about.kind == "round":
                ended = round.state in {"closed", "cancelled"}
            case Set(id=meeting.about.id) as set if meeting.about.kind == "set":
                ended = set.state != "board"
            case _:
                ended = False
        if ended:
            return board.put(replace(meeting, about=None))
    return board, ()


def _talk_before_whom(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """Which narrowed ways of seeing learn what we talk about: those it reaches."""
    meeting = board.meeting
    if meeting is None or not any(isinstance(touch.part, Meeting | Card | Round) for touch in touched):
        return board, ()
    about: AnyPart | None = None
    if meeting.about is not None:
        match meeting.about.kind:
            case "card":
                about = board.cards.get(meeting.about.id)
            case "meeting":
                about = meeting
            case "round" | "set":
                about = board.rounds.get(meeting.about.id)
    seen = seen_by(about) if about is not None else ()
    return board.put(replace(meeting, about_seen=seen)) if seen != meeting.about_seen else (board, ())


def _stop_talking_of(board: Board, card: str) -> tuple[Board, Touched]:
    """The same for a card that is gone. Found by its id: once its words have left the log, a replay has no such card
    to touch."""
    meeting = board.meeting
    if meeting is None or meeting.about != About(kind="card", id=card):
        return board, ()
    return board.put(replace(meeting, about=None, about_seen=()))


def _take_phones_back(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """Nobody writes on a phone whose owner is gone, nor once they have left or have got a device of their own."""
    if not any(isinstance(touch.part, Person) for touch in touched):
        return board, ()
    ended = (
        one
        for one in board.people.values()
        if one.on_phone_of and not (_is_in(board, one.id, "room") and _is_in(board, one.on_phone_of, "device"))
    )
    return board.put(*(replace(one, on_phone_of="") for one in ended))


def _no_more_goodbyes(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """Whoever is gone, or is here as somebody else, is not being said goodbye to any more."""
    ids = dict.fromkeys(touch.part.id for touch in touched if isinstance(touch.part, Person))
    people = (board.people[id] for id in ids if id in board.people)
    over = [one for one in people if one.goodbye and (one.state != "here" or one.role != "child")]
    return board.put(*(replace(one, goodbye=False) for one in over))


def _is_in(board: Board, id: str, how: str) -> bool:
    person = board.people.get(id)
    return person is not None and person.state == "here" and person.how == how


def _show_last_time(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """Once numbers are shown with names, so are those of last time."""
    rounds = [touch.after for touch in touched if isinstance(touch.after, Round)]
    board, touched = board.put(*(past for round in rounds for past in shown_with(board, round)))
    return board.then(touched, lambda board: board.put(*(one for round in rounds for one in seen_with(board, round))))


def _quote(board: Board, touched: Touched) -> tuple[Board, Touched]:
    """Whoever stands on the board by name is on everyone's list of people, here or not; and no longer once names are
    hidden."""
    if any(_hides_names(touch.before, touch.after) for touch in touched):
        return _quote_no_more(board)
    named: dict[str, None] = {}
    for touch in touched:
        match touch.after:
            # What nobody has seen yet puts nobody on a list.
            case Card(named=True, unseen=False, by=by, typed_by=typed_by):
                named |= {by: None, typed_by: None}
            case Comment(named=True, by=by, typed_by=typed_by):
                named |= {by: None, typed_by: None}
            case Thought(named=True, shown=True, by=by, typed_by=typed_by):
                named |= {by: None, typed_by: None}
            case Translation(by=by) as text if beside.is_signed(text):
                named |= {by: None}
            case NextStep(named=True, by=by, typed_by=typed_by) | Dissent(named=True, by=by, typed_by=typed_by):
                named |= {by: None, typed_by: None}
            case Rating(shown="named", person=person) | Owner(shown=True, person=person):
                named |= {person: None}
            case Past(shown=True, person=person):
                named |= {person: None}
            case Differ(named=True, by=by, typed_by=typed_by):
                named |= {by: None, typed_by: None}
            case Answer(shown="named", person=person):
                named |= {person: None}
            case Poll(unasked=left_out):
                named |= dict.fromkeys(left_out)
            case _:
                pass
    people = (board.people[id] for id in named if id in board.people)
    return board.put(*(replace(one, quoted=True) for one in people if not one.quoted))


def _quote_no_more(board: Board) -> tuple[Board, Touched]:
    """Whose last words or number with their name are gone. Asked of everyone: a replay knows nobody by those words."""
    still = {id for card in board.cards.values() if card.named and not card.unseen for id in (card.by, card.typed_by)}
    still |= under.named(board) | beside.named(board)
    still |= {one.person for one in board.past.values() if one.shown}
    still |= {id for one in board.steps.values() if one.named for id in (one.by, one.typed_by)}
    still |= {id for one in board.dissents.values() if one.named for id in (one.by, one.typed_by)}
    still |= {id for view in board.differs.values() if view.named for id in (view.by, view.typed_by)}
    still |= {one.person for one in board.ratings.values() if one.shown == "named"}
    still |= {one.person for one in board.owners.values() if one.shown}
    still |= {one.person for one in board.answers.values() if one.shown == "named"}
    still |= {id for poll in board.polls.values() for id in poll.unasked}
    gone = (one for one in board.people.values() if one.quoted and one.id not in still)
    return board.put(*(replace(one, quoted=False) for one in gone))


def _hides_names(before: object, after: object) -> bool:
    return (
        isinstance(before, Meeting)
        and isinstance(after, Meeting)
        and (before.authors, after.authors) == ("shown", "hidden")
    )

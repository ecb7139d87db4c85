"""Scales and rounds: everyone answers alone, nobody sees another's number, and one entry shows them all together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, assert_never

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from . import words
from .ask import Ask, HouseAsk, Part, View
from .ratings import Rating, Show, Value, as_shown, fresh_id
from .refusal import Refused
from .rights import check_answers, on_phone
from .rounds import Per, Round, counted, counting, is_asked
from .template import FirstScale
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched

FEWEST_UNNAMED = 3
ROUNDS_MAX = 200


class Scale(Part, frozen=True, kw_only=True):
    """What is rated, with both ends in words. `direction` "up": 10 is best; "down": 10 is worst."""

    kind: ClassVar[str] = "scale"
    title: str
    about: str
    ten: str
    zero: str
    direction: Literal["up", "down"]
    set: str = ""  # the set whose own scale it is
    draft: bool = False  # seen by those alone who see the set: its `writers`, or everyone
    writers: tuple[str, ...] = ()
    everyone: bool = False


class ScaleView(View, frozen=True, kw_only=True):
    """A scale: `ten` is what 10 means, `zero` what 0 means. `set`: the set whose own scale it is."""

    title: str
    about: str
    ten: str
    zero: str
    direction: Literal["up", "down"]
    set: str = ""


class OpenRound(Ask, frozen=True, kw_only=True, tag="round.open"):
    """Ask everyone for a number on a scale. `show`: "named", "role" or "spread"; told before anyone answers, never
    loosened. `too`: the facilitator answers too. `child`: the one it is about, up to 40 characters, where each child
    has a round. `sheet`: any id, the same for rounds that are asked together. `per` "agency": one number an agency,
    its latest; told before anyone answers, too. One open round a scale and child. Facilitator only."""

    id: Id
    scale: Id
    show: Show
    too: bool = False
    sheet: Id | None = None
    child: str = ""
    per: Per = "person"


class SetRating(Ask, frozen=True, kw_only=True, tag="rating.set"):
    """Answer an open round with a whole number 0 to 10, "not-sure" or "rather-not". Again replaces; frozen at the
    reveal. `reason`: up to 280 characters; `share`: show it with the number (named rounds only). `pad` is filling of
    any kind, so that all answers are one length.

    `for` and `source` (where it came from, up to 280 characters): what someone without a device said, typed by scribe,
    facilitator or the child's advocate. `said`: when it was sent in, up to 40 characters; only then are the two shown,
    where names are. Their own answer always stands above it. `for` someone who writes on the asker's phone is a number
    of their own. `keep`, a child's alone: it stays theirs and counts as no answer, until they ask again without.
    What is kept leaves the log when the meeting closes; "rather-not", kept, throws it away at any time."""

    round: Id
    value: Value
    reason: str = ""
    pad: str = ""
    share: bool = False
    for_: Id | None = msgspec.field(default=None, name="for")
    source: str = ""
    said: str = ""
    keep: bool = False


class RevealRound(Ask, frozen=True, kw_only=True, tag="round.reveal"):
    """Show all numbers at once, as was told. Without names it needs three. Facilitator only."""

    round: Id


class CancelRound(Ask, frozen=True, kw_only=True, tag="round.cancel"):
    """Stop an open round: numbers and reasons are destroyed unseen. Facilitator only."""

    round: Id


class CloseRound(Ask, frozen=True, kw_only=True, tag="round.close"):
    """Take a shown round off the wall; its numbers are kept. Facilitator only."""

    round: Id


class AskQuestion(Ask, frozen=True, kw_only=True, tag="round.question"):
    """Put one of the template's questions on the wall after a reveal ("" for none). `value`: the number it is about.
    Facilitator only."""

    round: Id
    question: str
    value: Annotated[int, Meta(ge=0, le=10)] | None = None


class CountRound(HouseAsk, frozen=True, kw_only=True, tag="round.count"):
    """How many have answered, as the room is told on a fixed tick."""

    round: str


ScaleAsk = OpenRound | SetRating | RevealRound | CancelRound | CloseRound | AskQuestion


def check(board: Board, entry: Entry, ask: ScaleAsk) -> None:
    """Refuse what may not happen to rounds and ratings. Raises Refused."""
    match ask:
        case OpenRound():
            # Asking on a draft's scale would tell everyone of it, and its wording.
            if ask.scale not in board.scales or board.scales[ask.scale].draft:
                raise Refused("no-scale")
            of = board.sets.get(board.scales[ask.scale].set)
            if of is not None and of.state == "closed":
                raise Refused("set-closed")
            if ask.id in board.rounds:
                raise Refused("id-taken")
            words.keep_or_none(ask.child, words.NAME_MAX)
            if any(_asks_the_same(one, ask) for one in board.rounds.values() if one.state == "open"):
                raise Refused("already-open")
            if len(board.rounds) >= ROUNDS_MAX:
                raise Refused("full")
        case SetRating():
            _check_rating(board, entry, ask)
        case RevealRound():
            round = _find(board, ask.round, "open")
            if round.show != "named" and len(counting(board, round)) < FEWEST_UNNAMED:
                raise Refused("too-few")
        case CancelRound():
            _find(board, ask.round, "open")
        case CloseRound():
            _find(board, ask.round, "shown")
        case AskQuestion():
            _find(board, ask.round, "shown")
            template = board.meeting.template if board.meeting else None
            if ask.question and template and ask.question not in {one.id for one in template.questions}:
                raise Refused("no-round")
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: ScaleAsk | CountRound) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses."""
    if isinstance(ask, OpenRound):
        return board.put(counted(board, _opened(board, entry, ask)))
    known = board.rounds.get(ask.round)
    if known is None:
        return board, ()
    match ask:
        case SetRating():
            return _rated(board, entry, ask)
        case RevealRound():
            return _revealed(board, entry, known)
        case CancelRound():
            # Nothing is kept that only its numbers could tell: they leave the log, and a replay must find the same.
            round = replace(
                known, state="cancelled", called={}, agencies={}, asked=0, answered=0, groups={}, missing=()
            )
            gone = [rating.id for rating in board.ratings.values() if rating.round == known.id]
            cancelled = board.put(round)
            return cancelled[0].then(cancelled[1], lambda board: board.drop("rating", *gone))
        case CloseRound():
            return board.put(replace(known, state="closed", question="", value=None))
        case AskQuestion():
            return board.put(replace(known, question=ask.question, value=ask.value))
        case CountRound():
            return board.put(counted(board, known)) if known.state == "open" else (board, ())
        case _:
            assert_never(ask)


def check_count(board: Board, ask: CountRound) -> None:
    """Refuse a count that would tell nothing new. Raises Refused."""
    round = _find(board, ask.round, "open")
    if counted(board, round) == round:
        raise Refused("not-open")


def first(id: str, template: FirstScale) -> Scale:
    """The scale a new meeting starts with, from its template."""
    return Scale(
        id=id,
        title=template.title,
        about=template.about,
        ten=template.ten,
        zero=template.zero,
        direction=template.direction,
    )


def _opened(board: Board, entry: Entry, ask: OpenRound) -> Round:
    scale = board.scales.get(ask.scale)
    return Round(
        id=ask.id,
        scale=ask.scale,
        set=scale.set if scale is not None else "",
        show=ask.show,
        too=ask.too,
        sheet=ask.sheet or "",
        child=ask.child,
        per=ask.per,
        by=entry.by,
        opened=entry.seq,
        at=entry.at,
    )


def _asks_the_same(round: Round, ask: OpenRound) -> bool:
    return round.scale == ask.scale and words.same_name(round.child, ask.child)


def _check_rating(board: Board, entry: Entry, ask: SetRating) -> None:
    round = board.rounds.get(ask.round)
    if round is None or not _throws_away(board, entry.by, ask):
        round = _find(board, ask.round, "open")
    check_answers(board, entry.by, ask.for_, lambda person: is_asked(round, person))
    if ask.keep and (board.people[entry.by].role != "child" or ask.for_ not in {None, entry.by}):
        raise Refused("not-for-you")
    words.keep_or_none(ask.reason, words.REASON_MAX)
    words.keep_or_none(ask.source, words.REASON_MAX)
    words.keep_or_none(ask.said, words.NAME_MAX)


def _throws_away(board: Board, by: str, ask: SetRating) -> bool:
    """Whether a child lets go of a number they keep: that they may whenever they like."""
    kept = (one for one in board.ratings.values() if one.kept and one.round == ask.round and one.holder == by)
    return ask.keep and ask.value == "rather-not" and any(kept)


def _rated(board: Board, entry: Entry, ask: SetRating) -> tuple[Board, Touched]:
    person = board.people.get(ask.for_ or entry.by)
    round = board.rounds[ask.round]
    if person is None or (round.state != "open" and not ask.keep):
        return board, ()
    old = next((one for one in board.ratings.values() if one.round == ask.round and one.person == person.id), None)
    typed = person.id != entry.by
    handed = typed and on_phone(board, entry.by, person.id)
    if typed and old is not None and (not old.typed_by or (old.handed and not handed)):
        # Their own answer always stands above what was typed for them; saying so would tell that they have answered.
        # What was typed is remembered all the same, so that a cancelled round destroys it too.
        return board.put(replace(old, said_at=(*old.said_at, entry.seq)))
    rating = Rating(
        id=old.id if old else fresh_id(entry.chance, "rating"),
        round=ask.round,
        value=ask.value,
        person=person.id,
        role=person.role,
        reason=ask.reason,
        share=ask.share,
        typed_by=entry.by if typed else "",
        source=ask.source,
        said=ask.said if typed and not handed else "",
        handed=handed,
        given=entry.seq,
        kept=ask.keep,
        said_at=(*(old.said_at if old else ()), entry.seq),
    )
    return board.put(rating)


def _revealed(board: Board, entry: Entry, known: Round) -> tuple[Board, Touched]:
    made = as_shown(counting(board, known), known.show, entry.chance)
    shown = board.put(replace(counted(board, known), state="shown", missing=(), revealed=entry.seq))
    # Put in anew, in their order, so that no place tells who answered first.
    return shown[0].then(shown[1], lambda board: board.put_last(*made))


def _find(board: Board, id: str, state: str) -> Round:
    round = board.rounds.get(id)
    if round is None:
        raise Refused("no-round")
    if round.state != state:
        raise Refused("not-open")
    return round

"""Agreements: everyone says alone whether they agree with a statement, and one entry shows all answers together.
Silence is not agreement: whoever was not asked stands as not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import msgspec
from msgspec.structs import replace

from . import words
from .answers import Answer, Stance, with_names, without_names
from .ask import Ask, HouseAsk
from .polls import Poll, counted, given_to, is_asked, summed_up
from .ratings import fresh_id
from .refusal import Refused
from .rights import check_answers, on_phone
from .words import Id

if TYPE_CHECKING:
    from .model import Board, Entry, Touched

FEWEST_UNNAMED = 3
POLLS_MAX = 200


class AskAgreement(Ask, frozen=True, kw_only=True, tag="agreement.ask"):
    """Ask everyone whether they agree with a set that is on the board. Answers will be shown with names where the
    meeting shows names; told before anyone answers. `too`: the facilitator answers too. One open poll a set.
    Facilitator only."""

    id: Id
    set: Id
    too: bool = False


class SetAgreement(Ask, frozen=True, kw_only=True, tag="agreement.set"):
    """Answer an open poll: "agree", "partly", "differently" (I see it differently) or "not-now", which looks like no
    answer. Again replaces; frozen once shown. `words`: your own, up to 280 characters; `share`: show them with the
    answer, beside the statement wherever it stands. `pad` is filling of any kind, so that all answers are one length.
    `for` and `source` (up to 280 characters): what someone without a device said, typed by scribe, facilitator or the
    child's advocate. Their own answer always stands above it. `for` someone who writes on the asker's phone is an
    answer of their own."""

    poll: Id
    value: Stance
    words: str = ""
    pad: str = ""
    share: bool = False
    for_: Id | None = msgspec.field(default=None, name="for")
    source: str = ""


class ShowAgreement(Ask, frozen=True, kw_only=True, tag="agreement.show"):
    """Show all answers at once: with names, or, where names are hidden, how many there are and words without a name.
    Without names it needs three. Facilitator only."""

    poll: Id


class CancelAgreement(Ask, frozen=True, kw_only=True, tag="agreement.cancel"):
    """Stop an open poll: answers and words are destroyed unseen. Facilitator only."""

    poll: Id


class CountPoll(HouseAsk, frozen=True, kw_only=True, tag="agreement.count"):
    """How many have answered, as the room is told on a fixed tick."""

    poll: str


AgreementAsk = AskAgreement | SetAgreement | ShowAgreement | CancelAgreement


def check(board: Board, entry: Entry, ask: AgreementAsk) -> None:
    """Refuse what may not happen to polls and answers. Raises Refused."""
    match ask:
        case AskAgreement():
            of = board.sets.get(ask.set)
            if of is None or of.state != "board":
                raise Refused("no-set")
            if ask.id in board.polls:
                raise Refused("id-taken")
            if any(one.set == ask.set and one.state == "open" for one in board.polls.values()):
                raise Refused("already-open")
            if len(board.polls) >= POLLS_MAX:
                raise Refused("full")
        case SetAgreement():
            _check_answer(board, entry, ask)
        case ShowAgreement():
            poll = _find_open(board, ask.poll)
            if not poll.named and len(given_to(board, poll.id)) < FEWEST_UNNAMED:
                raise Refused("too-few")
        case CancelAgreement():
            _find_open(board, ask.poll)
        case _:
            assert_never(ask)


def apply(board: Board, entry: Entry, ask: AgreementAsk | CountPoll) -> tuple[Board, Touched]:
    """The board after `ask`. Never refuses."""
    if isinstance(ask, AskAgreement):
        return _asked(board, entry, ask)
    known = board.polls.get(ask.poll)
    if known is None:
        return board, ()
    match ask:
        case SetAgreement():
            return _answered(board, entry, ask)
        case ShowAgreement():
            return _shown(board, entry, known)
        case CancelAgreement():
            # Nothing is kept that only its answers could tell: they leave the log, and a replay must find the same.
            poll = replace(known, state="cancelled", called={}, asked=0, answered=0, missing=())
            gone = [one.id for one in board.answers.values() if one.poll == known.id]
            cancelled = board.put(poll)
            return cancelled[0].then(cancelled[1], lambda board: board.drop("answer", *gone))
        case CountPoll():
            return board.put(counted(board, known)) if known.state == "open" else (board, ())
        case _:
            assert_never(ask)


def check_count(board: Board, ask: CountPoll) -> None:
    """Refuse a count that would tell nothing new. Raises Refused."""
    poll = _find_open(board, ask.poll)
    if counted(board, poll) == poll:
        raise Refused("not-open")


def said_in(board: Board, poll: str) -> tuple[int, ...]:
    """The numbers of the entries that hold a poll's answers."""
    return tuple(seq for one in board.answers.values() if one.poll == poll for seq in one.said_at)


def _check_answer(board: Board, entry: Entry, ask: SetAgreement) -> None:
    poll = _find_open(board, ask.poll)
    check_answers(board, entry.by, ask.for_, lambda person: is_asked(poll, person))
    words.keep_or_none(ask.words, words.REASON_MAX)
    words.keep_or_none(ask.source, words.REASON_MAX)


def _asked(board: Board, entry: Entry, ask: AskAgreement) -> tuple[Board, Touched]:
    of = board.sets.get(ask.set)
    poll = Poll(
        id=ask.id,
        set=ask.set,
        versions={} if of is None else {part: text.version for part, text in sorted(of.texts.items())},
        named=board.names_shown,
        too=ask.too,
        by=entry.by,
        opened=entry.seq,
        at=entry.at,
    )
    return board.put(counted(board, poll))


def _answered(board: Board, entry: Entry, ask: SetAgreement) -> tuple[Board, Touched]:
    person = board.people.get(ask.for_ or entry.by)
    poll = board.polls[ask.poll]
    if person is None or poll.state != "open":
        return board, ()
    old = next((one for one in board.answers.values() if one.poll == poll.id and one.person == person.id), None)
    typed = person.id != entry.by
    handed = typed and on_phone(board, entry.by, person.id)
    if typed and old is not None and (not old.typed_by or (old.handed and not handed)):
        # Their own answer always stands above what was typed for them; saying so would tell that they have answered.
        # What was typed is remembered all the same, so that a cancelled poll destroys it too.
        return board.put(replace(old, said_at=(*old.said_at, entry.seq)))
    answer = Answer(
        id=old.id if old else fresh_id(entry.chance, "answer"),
        poll=poll.id,
        value=ask.value,
        person=person.id,
        role=person.role,
        words=ask.words,
        share=ask.share,
        typed_by=entry.by if typed else "",
        source=ask.source,
        handed=handed,
        said_at=(*(old.said_at if old else ()), entry.seq),
    )
    return board.put(answer)


def _shown(board: Board, entry: Entry, known: Poll) -> tuple[Board, Touched]:
    given = given_to(board, known.id)
    made = with_names(given) if known.named else without_names(given, entry.chance)
    shown = board.put(summed_up(board, known))
    # Put in anew, in their order, so that no place tells who answered first.
    return shown[0].then(shown[1], lambda board: board.put_last(*made))


def _find_open(board: Board, id: str) -> Poll:
    poll = board.polls.get(id)
    if poll is None:
        raise Refused("no-round")
    if poll.state != "open":
        raise Refused("not-open")
    return poll

"""Everything of one person leaves the log. What the board is without it, only a reading from the start can say: whoever
serves the room reads it anew. What was shown of their numbers and answers without names is nobody's, and stays: by what
is missing everybody could tell whose it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from .answers import Answer, Stance
from .ask import HouseAsk
from .ratings import Rating, Value
from .words import same_name

if TYPE_CHECKING:
    from .cards import Card
    from .model import Board, Entry, Touched

AT_ONCE_MOST: Final = 2000
"""So many numbers fit into one entry."""


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A number that was shown without a name."""

    id: str
    value: Value
    role: str = ""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words to a statement that were shown without a name."""

    id: str
    value: Stance
    words: str


class NamelessRound(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A round as it was shown without names: all its numbers, and how many were asked and answered."""

    round: str
    asked: int
    answered: int
    groups: dict[str, int]
    marks: tuple[Mark, ...]


class NamelessPoll(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same of a question whether people agree."""

    poll: str
    asked: int
    answered: int
    not_asked: int
    counts: dict[str, int]
    words: tuple[Words, ...]


class Brought(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A card with a child's words, as it stood: for whom it is seen hung on who brought it, and on who was on the list.
    `by`: who brought it is still told."""

    id: str
    state: Literal["on", "aside", "kept", "tray", "removed"]
    back_to: Literal["on", "aside", "kept", "tray"] = "on"
    confirmed: Literal["", "self", "voice"] = ""
    of: str = ""
    by: bool = False


class ErasePerson(HouseAsk, frozen=True, kw_only=True, tag="person.erase"):
    """The words of these `entries`, all of one person's, leave the log, and so does their name. Of rounds and questions
    that were shown without names, what was shown stays as it was, and so do a child's words that they `brought`."""

    person: str
    entries: Annotated[tuple[int, ...], Meta(max_length=AT_ONCE_MOST)] = ()
    rounds: tuple[NamelessRound, ...] = ()
    polls: tuple[NamelessPoll, ...] = ()
    brought: Annotated[tuple[Brought, ...], Meta(max_length=AT_ONCE_MOST)] = ()


def nameless_rounds(board: Board, person: str) -> list[NamelessRound]:
    """What was shown without names of rounds that asked this person."""
    shown = (one for one in board.rounds.values() if one.show != "named" and one.state in {"shown", "closed"})
    return [
        NamelessRound(
            round=one.id,
            asked=one.asked,
            answered=one.answered,
            groups=one.groups,
            marks=tuple(
                Mark(mark.id, mark.value, mark.role)
                for mark in board.ratings.values()
                if mark.round == one.id and mark.shown
            ),
        )
        for one in shown
        if person in one.called
    ]


def nameless_polls(board: Board, person: str) -> list[NamelessPoll]:
    """The same of questions whether people agree."""
    shown = (one for one in board.polls.values() if not one.named and one.state == "shown")
    return [
        NamelessPoll(
            poll=one.id,
            asked=one.asked,
            answered=one.answered,
            not_asked=one.not_asked,
            counts=one.counts,
            words=tuple(
                Words(said.id, said.value, said.words)
                for said in board.answers.values()
                if said.poll == one.id and said.shown == "bare"
            ),
        )
        for one in shown
        if person in one.called
    ]


def brought(board: Board, person: str) -> list[Brought]:
    """A child's words that this person brought or typed, or that bear their name."""
    name = board.people[person].name
    return [
        Brought(
            id=card.id,
            state=card.state,
            back_to=card.back_to,
            confirmed=card.confirmed,
            of=card.of,
            by=not same_name(card.voice.brought_by, name),
        )
        for card in board.cards.values()
        if card.voice is not None and card.of != person
        if person in {card.by, card.typed_by}
        or any(same_name(one, name) for one in (card.voice.brought_by, card.voice.whose))
    ]


def apply(board: Board, entry: Entry, ask: ErasePerson) -> tuple[Board, Touched]:
    """The board after `ask`: what was shown without names, and a child's words, stand as they stood, whoever is missing
    now. Never refuses."""
    touched: Touched = ()
    for kept in ask.rounds:
        board, touched = board.then(touched, lambda board, kept=kept: _round(board, kept))  # type: ignore[misc]
    for asked in ask.polls:
        board, touched = board.then(touched, lambda board, asked=asked: _poll(board, asked))  # type: ignore[misc]
    there = [_as_it_stood(board.cards[one.id], one) for one in ask.brought if one.id in board.cards]
    return board.then(touched, lambda board: board.put(*there))


def _as_it_stood(card: Card, stood: Brought) -> Card:
    voice = card.voice
    if voice is not None and not stood.by:
        voice = replace(voice, brought_by="")
    return replace(card, state=stood.state, back_to=stood.back_to, confirmed=stood.confirmed, of=stood.of, voice=voice)


def _round(board: Board, kept: NamelessRound) -> tuple[Board, Touched]:
    round = board.rounds.get(kept.round)
    if round is None or round.show == "named":
        return board, ()
    show = round.show
    now = [one.id for one in board.ratings.values() if one.round == kept.round and one.shown]
    board, touched = board.drop("rating", *now)
    counted = replace(round, asked=kept.asked, answered=kept.answered, groups=kept.groups)
    marks = [Rating(id=mark.id, round=kept.round, value=mark.value, role=mark.role, shown=show) for mark in kept.marks]
    return board.then(touched, lambda board: board.put(counted, *marks))


def _poll(board: Board, kept: NamelessPoll) -> tuple[Board, Touched]:
    poll = board.polls.get(kept.poll)
    if poll is None or poll.named:
        return board, ()
    now = [one.id for one in board.answers.values() if one.poll == kept.poll and one.shown == "bare"]
    board, touched = board.drop("answer", *now)
    counted = replace(poll, asked=kept.asked, answered=kept.answered, not_asked=kept.not_asked, counts=kept.counts)
    words = [
        Answer(id=said.id, poll=kept.poll, value=said.value, words=said.words, shown="bare") for said in kept.words
    ]
    return board.then(touched, lambda board: board.put(counted, *words))

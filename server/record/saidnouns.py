"""What was said in a meeting, as tables: the children’s own words, cards, thoughts, and what was noted beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..board.refusal import N_
from ..catalogue import gettext as _
from .model import Answer, Attendee, Record, Set, Step
from .nouns import IDS, PART, SECOND, Noun, Row, spoken, yes
from .numbers import Mark
from .said import Card, View
from .sayings import HOW

UNKNOWN: Final = {"state": N_("We don’t know this yet"), "owner": N_("Who finds out")}
VOICES: Final = {
    "what": N_("The child’s own words"),
    **SECOND,
    "who": N_("Whose words"),
    "how": N_("How they were said"),
    "when": N_("When"),
    "brought": N_("Brought by"),
    "shared": N_("Happy to share"),
    "by": N_("On the board by"),
    "kind": N_("Column"),
    **UNKNOWN,
    **IDS,
}
CARDS: Final = {
    "what": N_("What was said"),
    **SECOND,
    "who": N_("Who"),
    "kind": N_("Column"),
    "category": N_("Category"),
    **UNKNOWN,
    "when": N_("By when"),
    **IDS,
}
THOUGHTS: Final = {"what": N_("Thought"), "who": N_("Who"), "kind": N_("Column"), **IDS}
COMMENTS: Final = {"what": N_("Comment"), "who": N_("Who"), "kind": N_("On"), **PART}
CORRECTIONS: Final = {"what": N_("What is not right"), "who": N_("Who says so"), "kind": N_("On"), **PART}


def _voices(record: Record) -> Iterator[Row]:
    titles = _titles(record)
    for card in record.voices:
        voice = card.voice
        assert voice is not None
        yield from spoken(
            {"what": card.said},
            VOICES,
            id=card.id,
            kind=titles.get(card.column, ""),
            who=voice.whose,
            how=_(HOW[voice.how]),
            # No card has both: only a child who wrote it themselves can have asked what is not known yet.
            when=voice.when or card.by_when,
            brought=voice.brought_by,
            shared=_("in parts") if voice.agreed == "parts" else _("yes"),
            by=card.who,
            state=yes(card.unknown),
            owner=card.finds_out,
        )


def _cards(record: Record) -> Iterator[Row]:
    for column in record.columns:
        for card in column.cards:
            yield from spoken(
                {"what": card.said},
                CARDS,
                id=card.id,
                kind=column.title,
                who=card.who,
                category=card.category,
                state=yes(card.unknown),
                owner=card.finds_out,
                when=card.by_when,
            )


def _thoughts(record: Record) -> Iterator[Row]:
    titles = _titles(record)
    for one in record.thoughts:
        yield {"id": one.id, "what": one.text, "who": one.who, "kind": titles.get(one.column, "")}


def _comments(record: Record) -> Iterator[Row]:
    for on, one in _commented(record):
        for said in one.comments:
            yield {"id": said.id, "of": one.id, "kind": on, "what": said.text, "who": said.who}


def _commented(record: Record) -> Iterator[tuple[str, Card | Set | Step]]:
    yield from ((_("Card"), card) for card in _all_cards(record))
    yield from ((_("Worry and goal"), one) for one in record.sets)
    yield from ((_("Next step"), step) for step in record.steps)


def _corrections(record: Record) -> Iterator[Row]:
    for on, one in _corrected(record):
        for said in one.corrections:
            yield {"id": said.id, "of": one.id, "kind": on, "what": said.text, "who": said.who}


def _corrected(record: Record) -> Iterator[tuple[str, Attendee | Card | View | Answer | Mark | Step]]:
    yield from ((_("Person"), one) for one in record.people)
    yield from ((_("Card"), card) for card in _all_cards(record))
    yield from ((_("Different view"), view) for one in record.sets for view in one.views)
    asked = (one.agreement for one in record.sets if one.agreement is not None)
    yield from ((_("Answer"), answer) for agreement in asked for answer in agreement.answers)
    yield from ((_("Number"), mark) for round in record.rounds for mark in round.marks)
    yield from ((_("Next step"), step) for step in record.steps)


def _all_cards(record: Record) -> Iterator[Card]:
    yield from record.voices
    for column in record.columns:
        yield from column.cards


def _titles(record: Record) -> dict[str, str]:
    return {column.id: column.title for column in record.columns}


FIRST: Final = (
    Noun("voices", N_("Children’s own words"), VOICES, _voices),
    Noun("cards", N_("Cards"), CARDS, _cards),
)
LAST: Final = (
    Noun("thoughts", N_("For next time"), THOUGHTS, _thoughts),
    Noun("comments", N_("Comments"), COMMENTS, _comments),
    Noun("corrections", N_("Corrections"), CORRECTIONS, _corrections),
)

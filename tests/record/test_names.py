"""Where it was not shown who wrote what, or whose a number is, no form of any copy tells."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
import pytest
from msgspec.structs import replace

from server.board.ratings import Show
from server.record.model import Record
from tests.board.make import DANA, HELEN, JO, KOFI, MAUREEN, SET, SHIRIN, TOM, Play, meeting
from tests.board.make import NAMES as NAMED
from tests.record.meetings import FORMS, PEOPLE, copies, of, said, under_way

NAMES = {NAMED[id] for id in PEOPLE} - {NAMED[KOFI]}
"""Who has written something. The worry is about Kofi, and says so."""
ANSWERS = ((DANA, 7), (JO, 3), (MAUREEN, 5), (KOFI, 3), (TOM, 9), (SHIRIN, 5))


def hidden() -> Play:
    """Names were hidden from the start."""
    return under_way(authors="hidden")


def hidden_later() -> Play:
    """Names were shown, and then hidden; comments, views and corrections had one by then."""
    play = under_way()
    for kind, id in (("card", "cardshown1"), ("person", DANA)):
        play.says(DANA, "correction.ask", id=f"correct{kind}", on={"kind": kind, "id": id}, text="Not so")
    play.says(HELEN, "phase.go", phase="close")
    play.says(HELEN, "meeting.hide-authors")
    return play


def without_list(record: Record) -> Record:
    """The record without who came, and without who takes a step on: for that they gave their name."""
    steps = tuple(replace(one, owners=()) for one in record.steps)
    return replace(record, people=(), steps=steps)


def names_in(held: str) -> set[str]:
    return {name for name in NAMES if re.search(rf"\b{name}\b", held)}


@pytest.mark.parametrize("begun", [hidden, hidden_later])
def test_where_names_are_hidden_no_copy_has_one(begun: Callable[[], Play]) -> None:
    play = begun()
    for called, record in copies(play).items():
        assert not record.names_shown
        held = said(without_list(record), "json")
        assert names_in(held) == set(), called
        assert {id for id in PEOPLE if id in held} == set(), called


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("begun", [hidden, hidden_later])
def test_nor_has_any_form(begun: Callable[[], Play], form: str) -> None:
    play = begun()
    held = said(without_list(of(play, "whole")), form)
    assert names_in(held) == set()


def test_where_names_are_shown_they_stand_beside_the_words() -> None:
    whole = without_list(of(under_way(), "whole"))
    for form in FORMS:
        held = said(whole, form)
        assert names_in(held) >= {"Dana", "Jo", "Maureen", "Tom"}


# ---- numbers ---------------------------------------------------------------------------------------------------------


def answered(show: Show, order: tuple[tuple[str, int], ...] = ANSWERS) -> Play:
    """A round that was shown so, in which people answered in this order."""
    play = meeting()
    for id in (MAUREEN, SHIRIN):
        play.comes(id)
    play.comes(TOM, "agency", agency="Social work")
    play.shows_all()
    play.round("round001", show=show)
    for person, value in order:
        play.says(person, "rating.set", round="round001", value=value, reason=f"because {person}", share=True)
    play.says(HELEN, "round.reveal", round="round001")
    return play


@pytest.mark.parametrize("show", ["role", "spread"])
def test_numbers_without_names_stand_by_their_value_and_tell_of_nobody(show: Show) -> None:
    play = answered(show)
    [round] = of(play, "whole").rounds
    assert [mark.value for mark in round.marks] == [3, 3, 5, 5, 7, 9]
    assert {mark.role for mark in round.marks} == ({"family", "agency", "someone"} if show == "role" else {""})
    told = {(mark.person, mark.who, mark.reason, mark.agency, mark.source, mark.said) for mark in round.marks}
    assert told == {("", "", "", "", "", "")}
    for called, record in copies(play).items():
        held = msgspec.json.encode(record.rounds).decode()
        assert [id for id in PEOPLE if id in held] == [], called
        assert "because" not in said(record, "json"), called


@pytest.mark.parametrize("show", ["role", "spread"])
def test_who_answered_first_leaves_no_trace_in_what_is_recorded(show: Show) -> None:
    one, other = (of(answered(show, order), "whole").rounds for order in (ANSWERS, ANSWERS[::-1]))
    assert [(mark.value, mark.role) for mark in one[0].marks] == [(mark.value, mark.role) for mark in other[0].marks]


@pytest.mark.parametrize("show", ["role", "spread"])
def test_nobodys_own_copy_says_which_of_the_numbers_is_theirs(show: Show) -> None:
    play = answered(show)
    for person, _value in ANSWERS:
        assert of(play, "own", person).rounds == ()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("show", ["role", "spread"])
def test_no_form_puts_a_name_beside_such_a_number(show: Show, form: str) -> None:
    whole = of(answered(show), "whole")
    held = said(replace(whole, people=(), columns=()), form)
    assert names_in(held) == set()


def test_words_to_a_statement_that_were_shown_without_names_are_nobodys() -> None:
    play = meeting(authors="hidden")
    play.comes(MAUREEN)
    play.set_(SET, by=HELEN, happened="nobody was awake", up=True)
    play.poll(set=SET)
    for person, value in ((DANA, "agree"), (JO, "partly"), (MAUREEN, "agree")):
        play.says(person, "agreement.set", poll="poll0001", value=value, words=f"It is {value}", share=True)
    play.says(HELEN, "agreement.show", poll="poll0001")
    [one] = of(play, "whole").sets
    assert one.agreement is not None
    assert {(answer.person, answer.who) for answer in one.agreement.answers} == {("", "")}
    assert one.agreement.not_asked_names == ()
    assert one.agreement.counts == {"agree": 2, "partly": 1}
    assert [of(play, "own", person).sets for person in (DANA, JO)] == [(), ()]


def test_who_typed_for_whom_is_told_where_names_are() -> None:
    cards = {card.id: card.who for column in of(under_way(), "whole").columns for card in column.cards}
    assert cards["cardtyped1"] == "Dana, typed by Priya"

"""What a record holds: all that everyone was shown, and nothing that was set aside, kept, taken back, erased or not yet
shown, in any form of any copy."""

from __future__ import annotations

from typing import Any

import pytest

from server.board.door import Goodbye, MakeKey, UseKey
from server.record.blocks import Heading, Table
from server.record.model import Agreement, Copy, Set
from server.record.paper import paper
from server.record.said import Correction
from tests.board.make import DANA, HELEN, JO, KOFI, MAUREEN, PRIYA, SADE, SCALE, SET, TOM, VOICE, Play, meeting
from tests.record.meetings import FORMS, PEOPLE, copies, named, of, said, secrets, under_way

SHOWN = (
    *("cardshown1", "cardshown2", "cardshown3", "cardtyped1", "I like the stairs", "I hide under them"),
    *("Said under it", "Said under hers", "Wszyscy czytali", "nobody was awake", "It was one night", "One night"),
    *("Gran sleeps over", "not in May", "We meet in June", "July is better", "he has not been back"),
)


def agreement(set: Set) -> Agreement:
    assert set.agreement is not None
    return set.agreement


@pytest.fixture(scope="module")
def play() -> Play:
    made = under_way()
    named(made)
    return made


def test_the_whole_record_holds_all_that_everyone_was_shown(play: Play) -> None:
    for form in FORMS:
        file = said(of(play, "whole"), form)
        assert [words for words in SHOWN if words not in file] == [], form


def test_nothing_that_was_not_for_everyone_is_in_any_copy(play: Play) -> None:
    assert {name: found for name, record in copies(play).items() if (found := secrets(record))} == {}


@pytest.mark.parametrize("form", FORMS)
def test_nor_in_any_form(play: Play, form: str) -> None:
    kinds: list[tuple[Copy, str]] = [("whole", ""), ("family", ""), ("plan", ""), ("own", DANA), ("own", JO)]
    for copy, person in kinds:
        assert secrets(of(play, copy, person), form) == set(), copy


def test_what_was_kept_for_next_time_is_in_it_once_it_was_shown() -> None:
    play = meeting()
    play.says(DANA, "thought.keep", id="thought1", column="well", text="Ask about swimming")
    assert of(play, "whole").thoughts == ()
    play.says(HELEN, "phase.go", phase="close")
    assert [one.text for one in of(play, "whole").thoughts] == ["Ask about swimming"]
    assert [one.text for one in of(play, "own", DANA).thoughts] == ["Ask about swimming"]
    assert of(play, "own", JO).thoughts == ()


def test_a_round_that_is_open_or_was_stopped_is_in_no_record(play: Play) -> None:
    assert {one.id for one in of(play, "whole").rounds} == {"roundspread", "roundnamed"}


def test_the_scale_of_a_draft_is_in_no_record(play: Play) -> None:
    assert {one.id for one in of(play, "whole").scales} == {SCALE, f"own{SET}"}


def test_who_rather_would_not_say_looks_like_who_did_not_answer(play: Play) -> None:
    [round] = [one for one in of(play, "whole").rounds if one.id == "roundnamed"]
    assert [(one.who, one.value) for one in round.marks] == [("Maureen", 4), ("Dana", 6)]
    assert round.no_number == round.asked - 2
    assert "rather-not" not in said(of(play, "whole"), "json")


def test_who_came_is_told_and_who_waits_or_was_not_let_in_is_not(play: Play) -> None:
    told = {one.name for one in of(play, "whole").people}
    assert told == {play.board.people[id].name for id in PEOPLE}


@pytest.mark.parametrize("since", ["they said goodbye", "they wait at the door", "they were not let in again"])
def test_who_came_stays_on_the_list_whatever_happened_since(since: str) -> None:
    made = meeting()
    made.writes(MakeKey(key="key-dana", role="person", person=DANA, name="Dana", by=DANA))
    made.writes(Goodbye(person=DANA))
    if since != "they said goodbye":
        made.writes(UseKey(key="key-dana", cookie="another"))
        assert made.board.people[DANA].state == "waiting"
    if since == "they were not let in again":
        made.says(HELEN, "person.refuse", person=DANA)
    assert [one.came for one in of(made, "whole").people if one.id == DANA] == ["came"]


def test_an_own_copy_holds_what_somebody_wrote_or_what_was_typed_for_them(play: Play) -> None:
    own = of(play, "own", DANA)
    assert {card.id for column in own.columns for card in column.cards} == {"cardshown1", "cardtyped1"}
    assert [(one.id, one.name) for one in own.people] == [(DANA, "Dana")]
    assert [view.id for one in own.sets for view in one.views] == ["viewshown1"]
    assert [answer.who for one in own.sets for answer in agreement(one).answers] == ["Dana"]
    assert [mark.who for round in own.rounds for mark in round.marks] == ["Dana"]
    assert (own.steps, own.decisions) == ((), ())
    assert [one.id for one in of(play, "own", MAUREEN).steps] == ["stepshown1"]
    assert [one.id for one in of(play, "own", TOM).decisions] == ["decision1"]


def test_an_own_copy_holds_no_words_of_others(play: Play) -> None:
    others = ("Said under hers", "cardshown2", "cardshown3", "July is better", "Gran sleeps over", "not in May")
    for form in FORMS:
        file = said(of(play, "own", DANA), form)
        assert [words for words in others if words in file] == [], form


def test_a_family_copy_has_no_worries_no_attendance_and_no_numbers(play: Play) -> None:
    for person in ("", DANA, KOFI):
        for form in FORMS:
            file = said(of(play, "family", person), form)
            worries = ("nobody was awake", "cardshown2", "It was one night", "One night", "he has not been back")
            assert [words for words in worries if words in file] == [], (person, form)
        held = of(play, "family", person)
        assert (held.people, held.rounds, held.scales, held.earlier, held.columns) == ((),) * 5


@pytest.mark.parametrize("copy", ["family", "plan"])
def test_a_copy_that_lies_on_a_table_does_not_say_what_a_worry_is_called(copy: Copy) -> None:
    play = meeting()
    play.set_(SET, by=HELEN, name="Dana drinks at night", up=True)
    play.says(JO, "step.add", id="stepshown1", what="Gran sleeps over", set=SET)
    for person in ("", DANA):
        record = of(play, copy, person)
        assert [form for form in FORMS if "drinks at night" in said(record, form)] == [], person
        assert [one.id for one in record.sets] == [SET]


@pytest.mark.parametrize("sees", ["own", "good"])
def test_a_child_who_does_not_see_worries_has_none_in_their_copies(play: Play, sees: str) -> None:
    worries = ("nobody was awake", "cardshown2", "It was one night", "One night", "We meet in June", "July is better")
    narrow = under_way()
    narrow.says(HELEN, "person.child", person=KOFI, sees=sees)
    for copy in ("own", "family", "plan"):
        for form in FORMS:
            file = said(of(narrow, copy, KOFI), form)
            assert [words for words in worries if words in file] == [], (copy, form)
    held = of(narrow, "own", KOFI)
    assert [one.said.text for one in held.voices] == ["I hide under them"]
    assert (held.sets, held.rounds) == ((), ())


@pytest.mark.parametrize("form", FORMS)
def test_what_a_child_asks_is_among_what_is_not_known_yet(form: str) -> None:
    play = meeting()
    play.card("cardchild1", KOFI, "needs", "Where will I sleep?")
    play.says(KOFI, "card.unknown", card="cardchild1", unknown={"who": "Jo Castell", "by_when": "Friday"})
    record = of(play, "whole")
    file = said(record, form)
    assert [words for words in ("Where will I sleep?", "Jo Castell", "Friday") if words not in file] == []
    assert [block for block in paper(record).blocks if isinstance(block, Heading) and "know yet" in block.text]


# ---- left out of copies ----------------------------------------------------------------------------------------------


def held_back(*people: str) -> Play:
    """A card and a step that stand in the copies of these people alone."""
    play = meeting()
    play.comes(MAUREEN)
    play.card("cardheld01", SADE, text="He said it to me", voice=VOICE)
    play.card("cardfree01", KOFI, text="I like maths")
    for id in ("stepheld01", "stepfree01"):
        play.says(JO, "step.add", id=id, what=f"Somebody does {id}")
        play.says(HELEN, "step.ask", id=f"owner{id}", step=id, person=MAUREEN)
        play.says(MAUREEN, "step.answer", owner=f"owner{id}", answer="yes", was=1)
        play.says(HELEN, "step.show-owner", owner=f"owner{id}", was=1)
    play.set_(SET, by=HELEN, happened="nobody was awake", up=True)
    play.says(HELEN, "set.link", set=SET, card="cardheld01")
    play.differ("viewshown1", MAUREEN, SET, "It was one night")
    for kind, id in (("card", "cardheld01"), ("step", "stepheld01")):
        play.says(HELEN, "copy.only", on={"kind": kind, "id": id}, people=list(people))
    return play


HELD = ("He said it to me", "stepheld01", "cardheld01")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("people", [(), (DANA,), (DANA, MAUREEN)])
def test_what_is_left_out_stands_in_the_whole_record_and_in_the_copies_of_those_named(
    people: tuple[str, ...], form: str
) -> None:
    play = held_back(*people)
    whole = said(of(play, "whole"), form)
    assert "He said it to me" in whole and "Somebody does stepheld01" in whole
    for copy in ("own", "family", "plan"):
        for person in ("", DANA, MAUREEN, KOFI, JO, SADE) if copy != "own" else (DANA, MAUREEN, KOFI, JO, SADE):
            found = [words for words in HELD if words in said(of(play, copy, person), form)]
            assert not found or person in people, (copy, person)
    for person in people:
        assert "Somebody does stepheld01" in said(of(play, "plan", person), form)


def test_what_stands_in_no_copy_is_read_by_whose_it_is_on_their_own_screen() -> None:
    play = held_back()
    own = of(play, "own", MAUREEN, held=True)
    assert [one.id for one in own.steps] == ["stepheld01", "stepfree01"]


def test_what_stands_in_copies_again_is_in_all_of_them() -> None:
    play = held_back()
    play.says(HELEN, "copy.only", on={"kind": "card", "id": "cardheld01"}, people=None)
    assert "He said it to me" in said(of(play, "family"), "json")


# ---- corrections -----------------------------------------------------------------------------------------------------


def corrected() -> Play:
    """Everything that can be corrected is."""
    play = under_way()
    named(play)
    answer = next(one for one in play.board.answers.values() if one.person == DANA and one.poll != "pollopen1")
    rating = next(one for one in play.board.ratings.values() if one.person == DANA and one.round == "roundnamed")
    on = {
        "person": DANA,
        "card": "cardshown1",
        "step": "stepshown1",
        "rating": rating.id,
        "answer": answer.id,
    }
    for kind, id in on.items():
        text = f"This {kind} is not right"
        play.says(DANA, "correction.ask", id=f"correct{kind}", on={"kind": kind, "id": id}, text=text)
    return play


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["person", "card", "step", "rating", "answer"])
def test_a_correction_stands_beside_the_words_and_changes_none(form: str, kind: str) -> None:
    play = corrected()
    file = said(of(play, "whole"), form)
    assert f"This {kind} is not right" in file
    assert [words for words in SHOWN if words not in file] == []


def test_a_correction_goes_into_the_copy_of_whose_it_is() -> None:
    own = said(of(corrected(), "own", DANA), "json")
    assert [kind for kind in ("person", "card", "rating", "answer") if f"This {kind} is not right" not in own] == []


def test_a_correction_that_was_typed_for_somebody_is_theirs() -> None:
    play = under_way()
    on: dict[str, Any] = {"kind": "card", "id": "cardshown1"}
    play.says(PRIYA, "correction.ask", id="correct01", on=on, text="It was May", for_=DANA)
    [card] = [card for card in of(play, "own", DANA).columns[0].cards if card.id == "cardshown1"]
    assert card.corrections == (Correction(id="correct01", text="It was May", who="Dana"),)


# ---- one's own number alone ------------------------------------------------------------------------------------------


def numbered() -> Play:
    """Three people gave a number with their names, a child among them who is shown nothing of the others'."""
    play = meeting()
    play.comes(MAUREEN)
    play.round("roundnamed", show="named")
    for person, value in ((DANA, 2), (KOFI, 6), (MAUREEN, 9)):
        play.says(person, "rating.set", round="roundnamed", value=value)
    play.says(HELEN, "round.reveal", round="roundnamed")
    play.round("roundspread", show="spread")
    for person, value in ((DANA, 2), (KOFI, 6), (MAUREEN, 9)):
        play.says(person, "rating.set", round="roundspread", value=value)
    play.says(HELEN, "round.reveal", round="roundspread")
    play.says(HELEN, "person.child", person=KOFI, sees="own")
    return play


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("copy", "person"), [("copy", KOFI), ("own", KOFI), ("own", DANA)])
def test_who_is_told_their_own_number_alone_is_told_nothing_false_of_the_others(
    copy: Copy, person: str, form: str
) -> None:
    record = of(numbered(), copy, person)
    assert [[mark.person for mark in one.marks] for one in record.rounds] == [[person]]
    file = said(record, form)
    assert [words for words in ("Everyone who gave", "No number", "Nobody gave a number") if words in file] == []
    assert record.rounds[0].asked == 0


def test_who_sees_all_numbers_is_told_how_many_gave_none() -> None:
    [named, spread] = of(numbered(), "copy", DANA).rounds
    assert (named.asked, named.no_number, spread.no_number) == (4, 1, 1)
    assert "From 2 to 9. No number: 1." in said(of(numbered(), "copy", DANA), "html")


# ---- several rounds side by side -------------------------------------------------------------------------------------


def side_by_side(play: Play) -> list[list[str]]:
    """The rows of the table that holds the numbers of several rounds, its heads first, each cell as plain text."""
    [table] = [
        block
        for block in paper(of(play, "whole")).blocks
        if isinstance(block, Table) and block.caption == "The numbers side by side"
    ]
    return [
        [" / ".join(run.text for para in cell.paras for run in para.runs) for cell in row]
        for row in (table.heads, *table.rows)
    ]


def test_a_number_of_several_rounds_says_how_it_came_and_what_it_was_last_time() -> None:
    play = meeting()
    play.comes(MAUREEN)
    play.says(HELEN, "scale.past", id="past0001", scale=SCALE, person=DANA, value=1, when="in May")
    for id, value in (("round001", 3), ("round002", 4)):
        play.round(id)
        play.says(DANA, "rating.set", round=id, value=value)
        play.says(PRIYA, "rating.set", round=id, value=7, for_=MAUREEN, source="by e-mail", said="on Monday")
        play.says(HELEN, "round.reveal", round=id)
    assert side_by_side(play) == [
        ["Who", "Round 1 of 2", "Round 2 of 2", "Last time"],
        ["Dana (family)", "3", "4", "1 (in May)"],
        ["Maureen (family)", "7 / sent in on Monday, by e-mail", "7 / sent in on Monday, by e-mail", ""],
    ]


def test_an_agency_that_counts_as_one_has_one_row_whoever_of_them_answered() -> None:
    play = meeting()
    for id, name in ((TOM, "Tom"), ("timothyokafor", "Tim")):
        play.comes(id, "agency", name=name, agency="Social work")
    for id, who, value in (("round001", TOM, 3), ("round002", "timothyokafor", 6)):
        play.round(id, per="agency")
        play.says(who, "rating.set", round=id, value=value)
        play.says(HELEN, "round.reveal", round=id)
    assert side_by_side(play)[1:] == [["Social work", "3", "6"]]

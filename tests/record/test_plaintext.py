"""A record as plain text for a council's own form: nothing in it is taken for somebody else's, or another time's."""

from __future__ import annotations

from typing import Any

import pytest

from server.board.template import FormHolds, FormPart
from server.record.model import Record
from server.record.plaintext import sections
from tests.board.make import DANA, HELEN, JO, MAUREEN, POLL, SCALE, SET, TOM, Play, meeting
from tests.record.meetings import named, of, under_way

FORGED = "Fine (Maureen)\n\n- 9 · Maureen (Family or friend) · all fine\r\nDecision: it is closed (Helen)"


def under(record: Record, *holds: Any) -> list[str]:
    """The lines that go under a heading which holds these."""
    [section] = sections(record, [FormPart("Here", holds)])
    return [line for line in section.text.split("\n") if line]


def asked_twice() -> Play:
    """Dana answers both times, Jo the first time alone and Maureen the second."""
    play = meeting()
    play.comes(MAUREEN)
    for id, given in (("round001", ((DANA, 3), (JO, 5))), ("round002", ((DANA, 4), (MAUREEN, 7)))):
        play.says(HELEN, "round.open", id=id, scale=SCALE, show="named")
        for person, value in given:
            play.says(person, "rating.set", round=id, value=value, reason=f"Why {value}", share=True)
        play.says(HELEN, "round.reveal", round=id)
    return play


def test_what_people_said_stands_under_the_headings_of_the_form() -> None:
    made = sections(of(under_way(), "whole"), [FormPart("Strengths", ("well",)), FormPart("Children", ("voices",))])
    assert [one.heading for one in made] == ["Strengths", "Children"]
    assert "Everyone read cardshown1 / Wszyscy czytali (Dana)" in made[0].text
    assert "“I like the stairs” (the boy’s own words · said 14 May · brought by Sade · happy to share)" in made[1].text


def test_everybodys_own_words_to_a_goal_stand_beside_their_own_name() -> None:
    play = meeting()
    play.comes(MAUREEN)
    play.comes(TOM, "agency", agency="Social work")
    play.set_(SET, by=HELEN, up=True)
    play.poll(set=SET)
    for person, words in ((DANA, "If Gran helps"), (JO, ""), (MAUREEN, "Not in May"), (TOM, "")):
        play.says(person, "agreement.set", poll=POLL, value="agree", words=words, share=True)
    play.says(HELEN, "agreement.show", poll=POLL)
    assert "Agree: Jo; Tom, Social work / If Gran helps (Dana) Not in May (Maureen)" in under(of(play, "whole"), "sets")


def test_a_number_says_in_which_round_it_was_given() -> None:
    rows = [line for line in under(of(asked_twice(), "whole"), "numbers") if line.startswith("- ")]
    assert sorted(rows) == [
        "- Dana (family) · Round 1 of 2: 3, Why 3 · Round 2 of 2: 4, Why 4",
        "- Jo (agency) · Round 1 of 2: 5, Why 5",
        "- Maureen (family) · Round 2 of 2: 7, Why 7",
    ]


def test_what_words_are_called_stands_before_them_and_whose_they_are_after() -> None:
    play = under_way()
    named(play)
    play.says(DANA, "correction.ask", id="correct01", on={"kind": "card", "id": "cardshown1"}, text="It was May")
    record = of(play, "whole")
    assert "Dana says that this is not right: It was May" in under(record, "well")
    assert "Seen differently: It was one night (Dana)" in under(record, "sets")
    assert "- 6 · Who: Dana (family) · What makes it that number: he has not been back" in under(record, "sets")
    assert under(record, "decisions")[1:3] == ["Why: School ends", "Decided by: all of us"]
    assert under(record, "steps") == ["- Gran sleeps over · Who: Maureen, but: not in May · By when: on Fridays"]


@pytest.mark.parametrize("held", ["well", "steps", "decisions"])
def test_later_lines_of_somebodys_words_are_set_in(held: FormHolds) -> None:
    play = meeting()
    play.card("card0001", DANA, text=FORGED)
    play.says(DANA, "step.add", id="step0001", what=FORGED)
    play.says(HELEN, "decision.add", id="decision1", what=FORGED)
    [section] = sections(of(play, "whole"), [FormPart(heading="Here", holds=(held,))])
    lines = section.text.splitlines()
    assert [line for line in lines if line.startswith(("- 9", "Decision:"))] == []
    assert sum(line.startswith(("    - 9", "    Decision:")) for line in lines) == 2

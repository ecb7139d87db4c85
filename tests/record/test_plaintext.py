"""What is copied into a council's own form: no words that somebody typed stand there as a line of the record's own."""

from __future__ import annotations

import pytest

from server.board.template import FormHolds, FormPart
from server.record.plaintext import sections
from tests.board.make import DANA, HELEN, meeting
from tests.record.meetings import of

FORGED = "Fine (Maureen)\n\n- 9 · Maureen (Family or friend) · all fine\r\nDecision: it is closed (Helen)"


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

"""The agenda of a meeting: moved about, left out, gone back to; ground rules agreed; prompts turned off."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from server.board.door import MakeKey, UseKey
from server.board.phases import OpenMeeting

from .make import BY_ROLE, CODE, HELEN, JO, KOFI, MEETING, SCALE, TEMPLATE, WALL, Play, meeting

SCREENS = (*BY_ROLE.values(), WALL)
OWN = [phase.id for phase in TEMPLATE.phases]


def told(play: Play, field: str, id: str = JO) -> Any:
    (part,) = play.sees(id)["meeting"].values()
    return part.get(field)


def test_a_phase_moves_before_another_or_to_the_end_and_the_template_stays() -> None:
    play = meeting()
    play.says(HELEN, "agenda.move", phase="rate", before="worries")
    assert all(told(play, "agenda", id) == ["welcome", "rate", "worries", "close"] for id in SCREENS)
    play.says(HELEN, "agenda.move", phase="welcome")
    assert told(play, "agenda") == ["rate", "worries", "close", "welcome"]
    assert [phase["id"] for phase in told(play, "template")["phases"]] == OWN


def test_moved_back_the_agenda_is_the_templates_again() -> None:
    play = meeting()
    play.says(HELEN, "agenda.move", phase="rate", before="worries")
    play.says(HELEN, "agenda.move", phase="rate", before="rate")
    assert told(play, "agenda") == ["welcome", "rate", "worries", "close"]
    play.says(HELEN, "agenda.move", phase="rate", before="close")
    assert told(play, "agenda") is None


@pytest.mark.parametrize(
    ("tag", "fields"),
    [
        ("agenda.move", {"phase": "lunch"}),
        ("agenda.move", {"phase": "rate", "before": "lunch"}),
        ("agenda.skip", {"phase": "lunch", "on": True}),
    ],
)
def test_what_is_not_on_the_agenda_is_neither_moved_nor_left_out(tag: str, fields: dict[str, Any]) -> None:
    assert meeting().refused(HELEN, tag, **fields) == "no-phase"


def test_a_phase_left_out_can_be_taken_in_again_or_gone_to_all_the_same() -> None:
    play = meeting()
    play.says(HELEN, "agenda.skip", phase="rate", on=True)
    play.says(HELEN, "agenda.skip", phase="worries", on=True)
    assert all(told(play, "skipped", id) == ["worries", "rate"] for id in SCREENS)
    play.says(HELEN, "agenda.skip", phase="worries", on=False)
    assert told(play, "skipped") == ["rate"]
    play.says(HELEN, "phase.go", phase="rate")
    assert (told(play, "phase"), told(play, "skipped")) == ("rate", None)
    play.says(HELEN, "phase.go", phase="welcome")
    assert told(play, "phase") == "welcome"


def test_a_phase_left_out_closes_nothing() -> None:
    play = meeting()
    for phase in OWN:
        play.says(HELEN, "agenda.skip", phase=phase, on=True)
    play.card("card0001")
    play.round()
    assert all("card0001" in play.sees(id)["card"] for id in SCREENS)
    assert [one.state for one in play.board.rounds.values()] == ["open"]


def test_ground_rules_are_agreed_by_one_press_for_everyone_to_see() -> None:
    play = meeting()
    assert told(play, "rules_agreed") is None
    play.says(HELEN, "rules.agree")
    assert {told(play, "rules_agreed", id) for id in SCREENS} == {play.log[-1].at}
    play.says(HELEN, "rules.agree", on=False)
    assert told(play, "rules_agreed") is None


def test_the_ground_rules_are_what_we_talk_about_until_something_else_is() -> None:
    play = meeting()
    about = {"kind": "meeting", "id": MEETING}
    play.says(HELEN, "about.show", about=about)
    assert all(told(play, "about", id) == about for id in SCREENS)
    play.says(HELEN, "person.child", person=KOFI, sees="own")
    assert told(play, "about", KOFI) == about
    play.says(HELEN, "about.show", about=None)
    assert told(play, "about") is None


def test_a_meeting_without_ground_rules_has_none_to_show() -> None:
    play = Play()
    play.writes(OpenMeeting(id=MEETING, title="T", code=CODE, template=replace(TEMPLATE, ground_rules=()), scale=SCALE))
    play.writes(MakeKey(key="key-helen", role="facilitator", person=HELEN, name="Helen"))
    play.writes(UseKey(key="key-helen", cookie="cookie-helen"))
    assert play.refused(HELEN, "about.show", about={"kind": "meeting", "id": MEETING}) == "no-phase"


def test_a_prompt_is_turned_off_for_the_meeting_and_only_who_runs_it_learns_of_prompts() -> None:
    play = meeting()
    play.says(HELEN, "prompt.off", prompt="thinner")
    play.says(HELEN, "prompt.off", prompt="low")
    assert told(play, "prompts_off", HELEN) == ["low", "thinner"]
    assert [id for id in SCREENS if told(play, "prompts_off", id)] == [HELEN]
    play.says(HELEN, "prompt.off", prompt="low", on=False)
    assert told(play, "prompts_off", HELEN) == ["thinner"]

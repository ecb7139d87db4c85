"""The meeting itself: its phases, columns, break, what is talked about, the wall, its door, and its end."""

from __future__ import annotations

from typing import Any

import pytest

from server.board.meeting import COLUMNS
from server.board.phases import CutLog, OpenMeeting

from .make import (
    BY_ROLE,
    CODE,
    DANA,
    HELEN,
    JO,
    MAUREEN,
    PRIYA,
    SADE,
    SCALE,
    TEMPLATE,
    WALL,
    Play,
    meeting,
    opened,
)

SCREENS = (*BY_ROLE.values(), WALL)


def told(play: Play, field: str, id: str = JO) -> Any:
    (part,) = play.sees(id)["meeting"].values()
    return part.get(field)


def opening(**fields: Any) -> OpenMeeting:
    return OpenMeeting(**{"id": "meeting2", "title": "T", "code": CODE, "template": TEMPLATE, "scale": SCALE, **fields})


def test_a_meeting_opens_with_its_first_phase_three_open_columns_and_one_scale() -> None:
    play = opened()
    assert (told(play, "phase", HELEN), told(play, "state", HELEN), told(play, "closed", HELEN)) == (
        "welcome",
        "open",
        None,
    )
    (scale,) = play.sees(HELEN)["scale"].values()
    assert (scale["ten"], scale["zero"], scale["direction"]) == ("Safe enough", "Not safe", "up")


@pytest.mark.parametrize(("title", "code"), [("", "empty"), ("x" * 81, "too-long"), ("\u0000", "bad-character")])
def test_a_title_that_cannot_be_kept_opens_nothing(title: str, code: str) -> None:
    play = Play()
    with pytest.raises(Exception, match=code):
        play.writes(opening(title=title))


def test_a_meeting_opens_once() -> None:
    with pytest.raises(Exception, match="id-taken"):
        opened().writes(opening())


def test_everyone_goes_to_a_phase_of_the_agenda_and_to_no_other() -> None:
    play = meeting()
    play.says(HELEN, "wall.set", page=3)
    play.says(HELEN, "phase.go", phase="rate")
    assert {told(play, "phase", id) for id in SCREENS} == {"rate"}
    assert told(play, "phase_since") == play.log[-1].at
    assert play.board.meetings["meeting1"].wall.page == 0
    assert play.refused(HELEN, "phase.go", phase="lunch") == "no-phase"


def test_columns_close_and_open_one_by_one_and_all_together() -> None:
    play = meeting()
    play.says(HELEN, "column.close", column="needs")
    play.says(HELEN, "column.close", column="well")
    assert told(play, "closed") == ["well", "needs"]
    play.says(HELEN, "column.open", column="well")
    assert told(play, "closed") == ["needs"]
    play.says(HELEN, "column.close")
    assert told(play, "closed") == list(COLUMNS)
    play.says(HELEN, "column.open")
    assert told(play, "closed") is None


def test_a_break_stops_everyone_and_never_says_who_asked() -> None:
    play = meeting()
    play.says(DANA, "person.ready", state="ready")
    play.says(SADE, "quiet.say", id="quiet001", about="break")
    play.says(HELEN, "break.start")
    assert all(told(play, "pause", id) for id in SCREENS)
    assert play.board.people[DANA].ready == ""
    assert all(SADE not in str(play.sees(id)["meeting"]) for id in SCREENS)
    assert play.refused(DANA, "card.add", id="card0001", column="well", text="Hm") == "break"
    play.says(HELEN, "card.add", id="card0001", column="well", text="Hm")
    play.says(DANA, "person.ready", state="ready")
    play.says(HELEN, "break.end")
    assert told(play, "pause") is None
    play.card("card0002")


def test_what_we_are_talking_about_is_on_every_screen() -> None:
    play = meeting()
    play.card("card0001")
    play.says(HELEN, "wall.set", page=2)
    play.says(HELEN, "about.show", about={"kind": "card", "id": "card0001"})
    assert {str(told(play, "about", id)) for id in SCREENS} == {"{'kind': 'card', 'id': 'card0001'}"}
    assert play.board.meetings["meeting1"].wall.page == 0
    play.says(HELEN, "about.show", about=None)
    assert told(play, "about") is None


@pytest.mark.parametrize(
    ("tag", "fields"),
    [("card.aside", {}), ("card.remove", {}), ("card.erase", {}), ("card.wall", {"off": True})],
)
def test_nobody_goes_on_talking_about_a_card_that_went_away_and_it_cannot_be_shown(
    tag: str, fields: dict[str, Any]
) -> None:
    play = meeting()
    play.card("card0001")
    about = {"kind": "card", "id": "card0001"}
    play.says(HELEN, "about.show", about=about)
    play.says(HELEN, tag, card="card0001", **fields)
    assert told(play, "about") is None
    assert play.refused(HELEN, "about.show", about=about) == "no-card"


def test_a_card_that_only_moves_or_changes_is_still_talked_about() -> None:
    play = meeting()
    play.card("card0001")
    play.says(HELEN, "about.show", about={"kind": "card", "id": "card0001"})
    play.says(DANA, "card.edit", card="card0001", text="On Fridays", was=1)
    play.says(DANA, "card.move", card="card0001", column="needs")
    play.card("card0002")
    play.says(HELEN, "card.aside", card="card0002")
    assert told(play, "about") == {"kind": "card", "id": "card0001"}


def test_a_round_is_shown_large_until_it_is_taken_off_or_cancelled() -> None:
    play = meeting()
    assert play.refused(HELEN, "about.show", about={"kind": "round", "id": "nosuchround"}) == "no-round"
    about = {"kind": "round", "id": play.round()}
    play.says(HELEN, "about.show", about=about)
    play.says(HELEN, "round.reveal", round="round001")
    assert told(play, "about") == about
    play.says(HELEN, "round.close", round="round001")
    assert told(play, "about") is None
    play.says(HELEN, "about.show", about=about)
    assert told(play, "about") == about
    about = {"kind": "round", "id": play.round("round002")}
    play.says(HELEN, "about.show", about=about)
    play.says(HELEN, "round.cancel", round="round002")
    assert told(play, "about") is None
    assert play.refused(HELEN, "about.show", about=about) == "no-round"


def test_the_wall_is_blanked_held_and_turned_and_what_is_left_out_stays() -> None:
    play = meeting()
    play.says(HELEN, "wall.set", blank=True, hold="worries")
    play.says(HELEN, "wall.set", code=False, page=2)
    assert told(play, "wall", WALL) == {"blank": True, "hold": "worries", "code": False, "page": 2}
    play.says(HELEN, "wall.set", blank=False, hold="")
    assert told(play, "wall", WALL) == {"blank": False, "hold": "", "code": False, "page": 2}
    assert play.refused(HELEN, "wall.set", hold="lunch") == "no-phase"


def test_names_are_hidden_for_good_on_every_card_there_is_and_will_be() -> None:
    play = meeting()
    play.card("card0001")
    play.card("typed001", PRIYA, for_=DANA)
    play.card("gone0001")
    play.says(DANA, "card.remove", card="gone0001")
    play.says(HELEN, "meeting.hide-authors")
    play.card("card0002")
    play.card("voice001", SADE)
    play.says(DANA, "card.restore", card="gone0001")
    for id in SCREENS:
        for card in play.sees(id)["card"].values():
            assert "by" not in card and "typed_by" not in card
            assert "brought_by" not in card.get("voice", {})
    assert told(play, "authors") == "hidden"
    play.says(HELEN, "meeting.hide-authors")
    assert told(play, "authors") == "hidden"


def test_no_ask_shows_names_again() -> None:
    """Of all asks there are, none brings back the name under a card."""
    play = meeting(authors="hidden")
    play.card("card0001")
    play.says(HELEN, "meeting.close")
    play.says(HELEN, "meeting.reopen")
    play.says(HELEN, "card.aside", card="card0001")
    play.says(HELEN, "card.return", card="card0001")
    play.says(DANA, "card.edit", card="card0001", text="Hm", was=1)
    assert "by" not in play.sees(HELEN)["card"]["card0001"]


def test_hidden_names_are_not_told_by_the_list_of_people_either() -> None:
    """Someone who is not there stands on the list because of a card with their name; once it is hidden, they do not."""
    play = meeting()
    play.says(PRIYA, "person.expect", id=MAUREEN, name="Maureen", role="family", how="apologies")
    play.card("typed001", PRIYA, for_=MAUREEN)
    assert MAUREEN in play.sees(JO)["person"]
    play.says(HELEN, "meeting.hide-authors")
    assert MAUREEN not in play.sees(JO)["person"]
    play.card("typed002", PRIYA, for_=MAUREEN)
    assert MAUREEN not in play.sees(JO)["person"]


def test_hiding_names_leaves_those_beside_numbers_that_were_shown_with_them() -> None:
    play = meeting()
    play.says(PRIYA, "person.expect", id=MAUREEN, name="Maureen", role="family", how="apologies")
    play.round()
    play.says(PRIYA, "rating.set", round="round001", value=4, for_=MAUREEN)
    assert MAUREEN not in play.sees(JO)["person"]
    play.says(HELEN, "round.reveal", round="round001")
    play.says(HELEN, "meeting.hide-authors")
    assert play.sees(JO)["person"][MAUREEN]["name"] == "Maureen"


def test_a_meeting_that_ended_is_read_and_can_be_gone_on_with() -> None:
    play = meeting()
    play.card("card0001")
    play.says(HELEN, "break.start")
    play.says(HELEN, "meeting.close")
    assert (told(play, "state"), told(play, "ended"), told(play, "pause")) == ("closed", play.log[-1].at, None)
    assert "card0001" in play.sees(JO)["card"]
    assert play.refused(HELEN, "meeting.close") == "closed"
    play.says(HELEN, "meeting.reopen")
    assert (told(play, "state"), told(play, "ended")) == ("open", None)
    play.card("card0002")


def test_a_round_that_was_open_at_the_end_waits_for_the_meeting_to_go_on() -> None:
    play = meeting()
    play.round()
    play.says(DANA, "rating.set", round="round001", value=4)
    play.says(HELEN, "meeting.close")
    assert play.refused(HELEN, "round.reveal", round="round001") == "closed"
    play.says(HELEN, "meeting.reopen")
    play.says(HELEN, "round.reveal", round="round001")


def test_the_facilitator_is_told_that_the_server_went_back_to_an_older_copy() -> None:
    play = meeting()
    play.writes(CutLog())
    assert [id for id in SCREENS if told(play, "cut", id)] == [HELEN]


def test_the_code_goes_to_the_facilitator_and_the_wall() -> None:
    play = meeting()
    assert {id for id in SCREENS if told(play, "code", id)} == {HELEN, WALL}
    assert {id for id in SCREENS if CODE in str(play.sees(id))} == {HELEN, WALL}

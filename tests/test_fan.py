"""What one change means to each who looks: whole parts to put, ids to drop, nothing at all; made once for all who see
alike."""

from __future__ import annotations

import json
from typing import Any

from server.board.sight import LENSES, Viewer
from server.fan import Fan, merge, owners, whole
from tests.board.make import BY_ROLE, DANA, HELEN, JO, LEILA, NKECHI, PRIYA, TOM, WALL, Play, meeting

SCREENS = (*BY_ROLE.values(), WALL)


def told(play: Play, id: str, since: int) -> dict[str, Any]:
    """The change that brings someone from a number to now; empty when there is none."""
    steps = [step for step in play.steps if step.seq > since]
    frame = Fan(steps).frame(play.viewer(id))
    return json.loads(frame) if frame is not None else {}


def test_a_new_card_is_put_whole_on_every_screen() -> None:
    play = meeting()
    since = play.board.seq
    play.card("card0001")
    for id in SCREENS:
        said = told(play, id, since)
        assert (said["is"], said["seq"], "drop" in said) == ("change", since + 1, False)
        assert said["put"]["card"]["card0001"] == play.sees(id)["card"]["card0001"]


def test_who_sees_alike_gets_the_very_same_frame() -> None:
    play = meeting()
    since = play.board.seq
    play.card("card0001")
    fan = Fan(play.steps[since:])
    members = [fan.frame(play.viewer(id)) for id in (LEILA, JO, NKECHI)]
    assert members[0] is members[1] is members[2] is not None
    assert fan.frame(play.viewer(DANA)) == members[0]


def test_who_has_parts_of_their_own_gets_a_frame_of_their_own() -> None:
    play = meeting()
    play.round()
    since = play.board.seq
    play.says(DANA, "rating.set", round="round001", value=3)
    assert told(play, DANA, since)["put"]["rating"]
    assert [told(play, id, since) for id in SCREENS if id != DANA] == [{}] * (len(SCREENS) - 1)


def test_setting_aside_takes_a_card_off_every_screen_but_two() -> None:
    play = meeting()
    play.card("card0001")
    since = play.board.seq
    play.says(HELEN, "card.aside", card="card0001")
    for id in SCREENS:
        said = told(play, id, since)
        if id in {DANA, HELEN}:
            assert said["put"]["card"]["card0001"]["aside"] is True and "drop" not in said
        else:
            assert said["drop"] == {"card": ["card0001"]} and "put" not in said
    since = play.board.seq
    play.says(HELEN, "card.return", card="card0001")
    assert all("aside" not in told(play, id, since)["put"]["card"]["card0001"] for id in SCREENS)


def test_what_someone_never_saw_is_not_dropped_from_them() -> None:
    play = meeting()
    play.card("card0001")
    play.says(HELEN, "card.aside", card="card0001")
    play.knocks(TOM)
    play.says(DANA, "quiet.say", id="quiet001", about="break")
    since = play.board.seq
    play.says(HELEN, "card.erase", card="card0001")
    play.says(HELEN, "quiet.done", quiet="quiet001")
    play.says(HELEN, "person.refuse", person=TOM)
    assert told(play, DANA, since) == {"is": "change", "seq": since + 3, "drop": {"card": ["card0001"]}}
    assert told(play, HELEN, since)["drop"] == {"card": ["card0001"], "quiet": ["quiet001"]}
    assert [told(play, id, since) for id in SCREENS if id not in {DANA, HELEN}] == [{}] * (len(SCREENS) - 2)


def test_a_stretch_of_the_log_is_one_change_with_each_part_as_it_is_last() -> None:
    play = meeting()
    play.card("card0001")
    since = play.board.seq
    play.says(DANA, "card.edit", card="card0001", text="On Fridays", was=1)
    play.says(DANA, "card.edit", card="card0001", text="On Mondays", was=2)
    play.says(DANA, "card.move", card="card0001", column="needs")
    said = told(play, JO, since)
    assert said["seq"] == since + 3
    assert said["put"] == {"card": {"card0001": play.sees(JO)["card"]["card0001"]}}


def test_what_came_and_went_meanwhile_is_told_to_nobody() -> None:
    play = meeting()
    play.card("card0000")
    since = play.board.seq
    play.card("card0001")
    play.says(HELEN, "card.erase", card="card0001")
    assert merge(play.steps[since:]) == []
    assert [told(play, id, since) for id in SCREENS] == [{}] * len(SCREENS)


def test_what_changed_and_changed_back_is_told_to_nobody() -> None:
    play = meeting()
    since = play.board.seq
    play.says(DANA, "person.hand", up=True)
    play.says(DANA, "person.hand", up=False)
    assert [told(play, id, since) for id in SCREENS] == [{}] * len(SCREENS)


def test_what_changed_only_for_the_facilitator_is_told_to_her_alone() -> None:
    play = meeting()
    play.card("card0001")
    since = play.board.seq
    play.says(HELEN, "card.wall", card="card0001", off=True)
    assert told(play, HELEN, since)["put"]["card"]["card0001"]["off_wall"] is True
    assert told(play, WALL, since)["drop"] == {"card": ["card0001"]}
    assert all(told(play, id, since) == {} for id in SCREENS if id not in {HELEN, WALL})


def test_all_there_is_to_see_is_kept_by_kind_and_id_without_empty_kinds() -> None:
    play = meeting()
    for lens in LENSES:
        seen = whole(play.board, Viewer("", lens))
        # The wall shows no numbers while a child is in the room.
        scales = set() if lens in {"wall-own", "wall-good"} else {"scale"}
        # Once it is over, nobody in particular sees more than that it is.
        there = {"meeting"} if lens == "after" else {"meeting", "person"} | scales
        assert set(seen) == there
        assert all(id == part.id for parts in seen.values() for id, part in parts.items())


def test_whose_cards_were_touched_are_those_whose_words_and_keys_they_are() -> None:
    play = meeting()
    play.card("card0001", PRIYA, for_=DANA)
    touched = [step.touched for step in play.steps]
    assert owners(touched) == {DANA, PRIYA}
    assert owners(touched[:-1]) == set()

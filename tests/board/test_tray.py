"""Where the family go first: agencies' cards wait in a tray until the facilitator puts them up."""

from __future__ import annotations

from typing import Any

import pytest

from server.board import core
from server.board.order import at_end

from .make import BY_ROLE, DANA, HELEN, JO, KOFI, LOU, PRIYA, SADE, WALL, Play, meeting

SEE_THE_TRAY = {HELEN, JO}


def first(*columns: str) -> Play:
    play = meeting()
    for column in columns or ("well",):
        play.says(HELEN, "column.first", column=column, on=True)
    return play


def seen_by(play: Play, card: str) -> set[str]:
    return {id for id in (*BY_ROLE.values(), WALL) if card in play.sees(id).get("card", {})}


def told(play: Play, field: str, id: str = JO) -> Any:
    (part,) = play.sees(id)["meeting"].values()
    return part.get(field)


def test_an_agencys_card_waits_for_its_writer_and_the_facilitator_to_see() -> None:
    play = first()
    play.card("card0001", JO)
    assert seen_by(play, "card0001") == SEE_THE_TRAY
    assert all(play.sees(id)["card"]["card0001"]["tray"] for id in SEE_THE_TRAY)
    assert core.mine(play.board, JO) == ["card0001"]
    assert not play.board.people[JO].quoted


@pytest.mark.parametrize("by", [HELEN, PRIYA, DANA, KOFI, LOU, SADE])
def test_everyone_elses_card_is_up_at_once(by: str) -> None:
    play = first()
    play.card("card0001", by)
    assert play.board.cards["card0001"].state == "on"


def test_whose_words_they_are_counts_and_who_typed_them_sees_them_wait_too() -> None:
    play = first()
    play.card("card0001", PRIYA, for_=JO)
    assert seen_by(play, "card0001") == SEE_THE_TRAY | {PRIYA}
    play.card("card0002", HELEN, for_=JO)
    assert seen_by(play, "card0002") == SEE_THE_TRAY
    play.card("card0003", HELEN, for_=DANA)
    assert play.board.cards["card0003"].state == "on"


def test_other_columns_and_cards_that_are_up_already_are_as_they_were() -> None:
    play = meeting()
    play.card("card0001", JO)
    play.says(HELEN, "column.first", column="well", on=True)
    play.card("card0002", JO, "needs")
    assert {play.board.cards[id].state for id in ("card0001", "card0002")} == {"on"}


def test_put_up_they_come_in_their_order_and_after_what_the_family_said() -> None:
    play = first("well", "worried")
    for place in range(12):
        play.card(f"wait{place:04}", JO)
    play.says(JO, "card.move", card="wait0011", column="well", before="wait0000")
    play.card("other001", JO, "worried")
    play.card("dana0001", DANA)
    play.says(HELEN, "card.put-up", column="well")
    cards = play.sees(DANA)["card"]
    here = [id for id in cards if cards[id]["column"] == "well"]
    wanted = ["dana0001", "wait0011", *(f"wait{place:04}" for place in range(11))]
    assert sorted(here, key=lambda id: cards[id]["order"]) == wanted
    assert play.board.cards["other001"].state == "tray"
    assert play.board.people[JO].quoted
    play.card("dana0002", DANA)
    play.says(DANA, "card.move", card="dana0002", column="well", before="wait0011")
    assert play.board.cards["dana0002"].order < play.board.cards["wait0011"].order


def test_places_of_several_sort_after_the_first_and_before_what_comes_next() -> None:
    places = [at_end(7, nth) for nth in range(2000)]
    assert places == sorted(set(places))
    assert at_end(6, 1999) < places[0]
    assert places[-1] < at_end(8)


def test_some_are_put_up_and_what_does_not_wait_is_not() -> None:
    play = first()
    play.card("card0001", JO)
    play.card("card0002", JO)
    play.card("card0003", DANA)
    play.says(HELEN, "card.put-up", cards=["card0002"])
    assert [play.board.cards[id].state for id in ("card0001", "card0002")] == ["tray", "on"]
    assert play.refused(HELEN, "card.put-up", cards=["card0001", "card0003"]) == "not-waiting"
    play.says(HELEN, "card.put-up")
    assert play.board.cards["card0001"].state == "tray"


def test_what_was_put_up_can_wait_again_but_only_an_agencys() -> None:
    play = first()
    play.card("card0001", JO)
    play.says(HELEN, "card.put-up", column="well")
    play.says(HELEN, "about.show", about={"kind": "card", "id": "card0001"})
    play.says(HELEN, "card.hold", cards=["card0001"])
    assert seen_by(play, "card0001") == SEE_THE_TRAY
    assert told(play, "about", DANA) is None
    assert play.refused(HELEN, "card.hold", cards=[play.card("card0002", DANA)]) == "no-card"


def test_a_kept_card_of_an_agency_goes_to_the_tray() -> None:
    play = first()
    play.card("card0001", JO, keep=True)
    play.says(JO, "card.show", card="card0001")
    assert seen_by(play, "card0001") == SEE_THE_TRAY
    assert play.refused(JO, "card.show", card="card0001") == "not-waiting"
    assert play.refused(HELEN, "card.show", card="card0001") == "not-yours"


def test_an_agencys_card_does_not_get_there_by_moving_and_the_facilitator_may_move_it() -> None:
    play = first()
    play.card("card0001", JO, "needs")
    assert play.refused(JO, "card.move", card="card0001", column="well") == "family-first"
    play.says(HELEN, "card.move", card="card0001", column="well")
    assert play.board.cards["card0001"].state == "on"
    play.card("card0002", JO)
    play.says(JO, "card.move", card="card0002", column="needs")
    assert seen_by(play, "card0002") == SEE_THE_TRAY


def test_what_was_taken_back_from_the_tray_comes_back_into_it() -> None:
    play = first()
    play.card("card0001", JO)
    play.says(JO, "card.remove", card="card0001")
    assert play.refused(DANA, "card.restore", card="card0001") == "no-card"
    play.says(JO, "card.restore", card="card0001")
    assert seen_by(play, "card0001") == SEE_THE_TRAY


def test_the_facilitator_may_remove_what_waits_and_it_is_on_nobodys_large_screen() -> None:
    play = first()
    play.card("card0001", JO)
    assert play.refused(HELEN, "about.show", about={"kind": "card", "id": "card0001"}) == "no-card"
    assert play.refused(DANA, "card.remove", card="card0001") == "no-card"
    play.says(HELEN, "card.erase", card="card0001")
    assert seen_by(play, "card0001") == set()


def test_a_gate_is_everyones_the_familys_first_or_closed() -> None:
    play = first("well", "needs")
    assert told(play, "family_first") == ["well", "needs"]
    play.says(HELEN, "column.close", column="well")
    assert play.refused(JO, "card.add", id="card0001", column="well", text="Hm") == "column-closed"
    play.says(HELEN, "column.open", column="well")
    assert told(play, "family_first") == ["well", "needs"]
    play.says(HELEN, "column.close")
    play.says(HELEN, "column.first", column="well", on=True)
    assert (told(play, "closed"), told(play, "family_first")) == (["worried", "needs"], ["well", "needs"])
    play.says(HELEN, "column.first", column="needs", on=False)
    assert (told(play, "closed"), told(play, "family_first")) == (["worried"], ["well"])


def test_what_waits_goes_on_waiting_when_the_column_is_everyones_again() -> None:
    play = first()
    play.card("card0001", JO)
    play.says(HELEN, "column.first", column="well", on=False)
    assert seen_by(play, "card0001") == SEE_THE_TRAY
    play.card("card0002", JO)
    assert play.board.cards["card0002"].state == "on"


def test_a_role_changed_by_the_facilitator_counts_for_the_next_card() -> None:
    play = first()
    play.says(HELEN, "person.role", person=JO, role="family")
    play.card("card0001", JO)
    assert play.board.cards["card0001"].state == "on"
    play.says(HELEN, "person.role", person=DANA, role="agency")
    play.card("card0002", DANA)
    assert play.board.cards["card0002"].state == "tray"

"""Cards their writer keeps for now: on no other screen, in no list and no count, until they show them."""

from __future__ import annotations

from typing import Any

import pytest

from server.board import core
from server.board.door import EndSession
from server.board.person import Person
from server.fan import Fan, Step

from .make import BY_ROLE, DANA, HELEN, JO, KOFI, LOU, MAUREEN, PRIYA, SADE, WALL, Play, meeting

OTHERS = (*(id for id in BY_ROLE.values() if id != DANA), WALL)


def kept(by: str = DANA, **fields: Any) -> Play:
    play = meeting()
    play.card("kept0001", by, keep=True, **fields)
    return play


@pytest.mark.parametrize("by", [HELEN, DANA, KOFI, SADE, JO])
def test_a_kept_card_is_on_its_writers_screen_alone(by: str) -> None:
    play = kept(by)
    assert play.sees(by)["card"]["kept0001"]["kept"] is True
    assert core.mine(play.board, by) == ["kept0001"]
    for id in {*BY_ROLE.values(), WALL} - {by}:
        assert "kept0001" not in str(play.sees(id))
    for id in {*BY_ROLE.values()} - {by}:
        assert core.mine(play.board, id) == []


def test_nobody_is_told_anything_of_what_a_writer_does_to_a_kept_card() -> None:
    play = kept()
    start = len(play.steps) - 1
    play.says(DANA, "card.edit", card="kept0001", text="On Fridays", was=1)
    play.says(DANA, "card.move", card="kept0001", column="needs")
    play.says(DANA, "card.remove", card="kept0001")
    play.says(DANA, "card.restore", card="kept0001")
    done = play.steps[start:]
    for steps in ([done[0]], done):
        assert [id for id in OTHERS if Fan(steps).frame(play.viewer(id)) is not None] == []
    assert Fan(done).frame(play.viewer(DANA)) is not None
    assert play.board.cards["kept0001"].state == "kept"


@pytest.mark.parametrize("by", [HELEN, PRIYA, JO, LOU])
@pytest.mark.parametrize(
    ("tag", "fields"),
    [
        ("card.edit", {"text": "Hm", "was": 1}),
        ("card.move", {"column": "needs"}),
        ("card.remove", {}),
        ("card.restore", {}),
        ("card.aside", {}),
        ("card.return", {}),
        ("card.wall", {"off": True}),
        ("card.show", {}),
        ("card.erase", {}),
    ],
)
@pytest.mark.parametrize("taken_back", [False, True])
def test_to_everyone_else_there_is_no_such_card(by: str, tag: str, fields: dict[str, Any], taken_back: bool) -> None:
    play = kept()
    if taken_back:
        play.says(DANA, "card.remove", card="kept0001")
    assert play.outcome(by, tag, card="kept0001", **fields) in {"no-card", "not-for-you"}
    assert play.outcome(by, tag, card="kept0001", **fields) == play.outcome(by, tag, card="nosuchcard", **fields)


@pytest.mark.parametrize(
    ("tag", "fields"),
    [
        ("about.show", {"about": {"kind": "card", "id": "kept0001"}}),
        ("card.put-up", {"cards": ["kept0001"]}),
        ("card.hold", {"cards": ["kept0001"]}),
        ("card.confirm", {"cards": ["kept0001"]}),
    ],
)
def test_the_facilitator_cannot_bring_it_up_by_another_way(tag: str, fields: dict[str, Any]) -> None:
    assert kept().refused(HELEN, tag, **fields) == "no-card"


def test_shown_it_comes_last_in_its_column_whenever_it_was_written() -> None:
    play = kept()
    play.card("card0001", JO)
    touched = play.says(DANA, "card.show", card="kept0001")
    for id in OTHERS:
        cards = play.sees(id)["card"]
        assert sorted(cards, key=lambda one: cards[one]["order"]) == ["card0001", "kept0001"]
        assert "kept" not in cards["kept0001"]
        assert Fan([Step(play.board.seq, touched)]).frame(play.viewer(id)) is not None
    assert play.refused(DANA, "card.show", card="kept0001") == "not-waiting"


def test_one_can_keep_a_card_where_adding_is_closed_but_not_show_it_there() -> None:
    play = meeting()
    play.says(HELEN, "column.close", column="well")
    assert play.refused(DANA, "card.add", id="card0001", column="well", text="Hm") == "column-closed"
    play.card("kept0001", keep=True)
    play.card("kept0002", column="needs", keep=True)
    play.says(DANA, "card.move", card="kept0002", column="well")
    assert play.refused(DANA, "card.show", card="kept0001") == "column-closed"
    assert play.refused(DANA, "card.show", card="kept0002") == "column-closed"
    play.says(HELEN, "column.open", column="well")
    play.says(DANA, "card.show", card="kept0001")


def test_one_keeps_ones_own_words_and_nobody_elses() -> None:
    play = meeting()
    for by in (PRIYA, LOU):
        said = play.refused(by, "card.add", id="kept0001", column="well", text="Hm", for_=DANA, keep=True)
        assert said == "not-for-them"


def test_a_kept_card_puts_nobody_on_the_list_of_people() -> None:
    """Who had left would be named again the moment they are quoted."""
    play = meeting()
    play.card("kept0001", keep=True)
    assert not play.board.people[DANA].quoted
    play.card("card0001", JO)
    play.says(HELEN, "card.erase", card="card0001")
    assert not play.board.people[DANA].quoted
    play.says(DANA, "card.show", card="kept0001")
    dana: Person = play.board.people[DANA]
    assert dana.quoted


def test_where_a_card_is_moved_to_does_not_tell_that_a_kept_one_is_between() -> None:
    """The place of a moved card is reckoned from what the meeting has seen."""

    def moved(*, secret: bool) -> str:
        play = meeting()
        play.card("card0001", JO)
        if secret:
            play.card("kept0001", DANA, keep=True)
        else:
            play.says(DANA, "person.hand", up=True)
        play.card("card0002", JO)
        play.card("card0003", JO)
        play.says(JO, "card.move", card="card0003", column="well", before="card0002")
        return play.board.cards["card0003"].order

    assert moved(secret=True) == moved(secret=False)


def test_hiding_names_changes_nothing_about_who_sees_it() -> None:
    play = kept()
    play.says(HELEN, "meeting.hide-authors")
    assert all("kept0001" not in str(play.sees(id)) for id in OTHERS)
    play.says(DANA, "card.show", card="kept0001")
    assert "by" not in play.sees(JO)["card"]["kept0001"]
    assert MAUREEN not in play.board.people


def test_who_comes_in_by_a_name_reads_nothing_kept_under_it_and_cannot_show_it() -> None:
    play = kept(KOFI)
    play.writes(EndSession(cookie=f"cookie-{KOFI}"))
    play.knocks("borrowedname", "child", name="Kofi")
    play.says(HELEN, "person.admit", person="borrowedname")
    assert play.board.sessions["cookie-borrowedname"].person == KOFI
    assert "kept0001" not in str(play.sees(KOFI))
    assert core.mine(play.board, KOFI) == []
    for tag, fields in (("card.show", {}), ("card.remove", {}), ("card.edit", {"text": "Hm", "was": 1})):
        assert play.refused(KOFI, tag, card="kept0001", **fields) == "no-card"
    assert play.board.cards["kept0001"].state == "kept"


def test_who_comes_in_by_a_name_finds_nothing_that_waits_was_set_aside_or_is_for_next_time() -> None:
    play = meeting()
    play.says(HELEN, "column.first", column="well", on=True)
    play.card("waits001", JO, "well", "She rang us herself.")
    play.card("aside001", JO, "worried", "The address in Eastgate")
    play.says(HELEN, "card.aside", card="aside001")
    play.says(JO, "thought.keep", id="later001", column="needs", text="Who has the spare key?")
    private = ("She rang us herself", "The address in Eastgate", "Who has the spare key")
    assert all(words in str(play.sees(JO)) for words in private)
    play.writes(EndSession(cookie=f"cookie-{JO}"))
    play.knocks("borrowedname", "agency", name=play.board.people[JO].name)
    play.says(HELEN, "person.admit", person="borrowedname")
    assert play.board.sessions["cookie-borrowedname"].person == JO
    assert [words for words in private if words in str(play.sees(JO))] == []
    assert all(words in str(play.sees(HELEN)) for words in private)
    play.says(HELEN, "card.put-up", cards=["waits001"])
    assert "She rang us herself" in str(play.sees(JO))

"""Words somebody does not understand: told to who wrote them, never from whom."""

from __future__ import annotations

from typing import Any

import pytest

from server.board import core
from server.board.unclear import UNCLEAR_EACH

from .make import BY_ROLE, DANA, HELEN, JO, KOFI, LEILA, LOU, PRIYA, WALL, Play, meeting


@pytest.fixture
def play() -> Play:
    play = meeting()
    play.card("card0001", JO, text="The threshold has not been met.")
    return play


def notes(play: Play, id: str) -> list[dict[str, Any]]:
    return list(play.sees(id).get("unclear", {}).values())


def unclear(play: Play, by: str = DANA, word: str = "threshold", id: str = "unclear1", card: str = "card0001") -> None:
    play.says(by, "word.unclear", id=id, card=card, word=word)


def test_only_the_writer_is_told_and_not_from_whom(play: Play) -> None:
    unclear(play)
    assert notes(play, JO) == [{"id": "unclear1", "card": "card0001", "word": "threshold"}]
    for id in (*BY_ROLE.values(), WALL):
        if id != JO:
            assert notes(play, id) == []


@pytest.mark.parametrize("by", [DANA, KOFI, HELEN])
def test_what_reaches_the_writer_is_the_same_whoever_asked(by: str) -> None:
    frames = []
    for who in (DANA, by):
        play = meeting()
        play.card("card0001", JO, text="The threshold has not been met.")
        unclear(play, who)
        frames.append(play.sees(JO))
    assert frames[0] == frames[1]


def test_who_typed_a_card_is_told_until_its_speaker_has_confirmed_it() -> None:
    play = meeting()
    play.card("card0001", PRIYA, text="The threshold", for_=DANA)
    unclear(play, LOU)
    assert notes(play, PRIYA) == notes(play, DANA) != []
    play.says(DANA, "card.confirm", cards=["card0001"])
    assert notes(play, PRIYA) == []
    assert notes(play, DANA)


def test_said_twice_is_said_once_whoever_says_it(play: Play) -> None:
    unclear(play)
    unclear(play, KOFI, id="unclear2")
    unclear(play, KOFI, "", id="unclear3")
    assert [(note["id"], note.get("word")) for note in notes(play, JO)] == [
        ("unclear1", "threshold"),
        ("unclear3", None),
    ]


@pytest.mark.parametrize("word", ["liar", " ", "Threshold"])
def test_nothing_but_the_cards_own_words_gets_through(play: Play, word: str) -> None:
    assert play.refused(DANA, "word.unclear", id="unclear1", card="card0001", word=word) == "not-there"


def test_the_writer_says_got_it_and_nobody_else_can(play: Play) -> None:
    unclear(play)
    for by in (DANA, HELEN, PRIYA):
        assert play.refused(by, "word.cleared", unclear="unclear1") == "not-there"
    play.says(JO, "word.cleared", unclear="unclear1")
    assert notes(play, JO) == []
    unclear(play)
    assert notes(play, JO)


def test_other_words_clear_what_was_asked_and_moving_does_not(play: Play) -> None:
    unclear(play)
    play.says(JO, "card.move", card="card0001", column="needs")
    assert notes(play, JO)
    play.says(JO, "card.edit", card="card0001", text="The point where we must step in.", was=1)
    assert notes(play, JO) == []


def test_a_note_is_hidden_with_its_card_and_erased_with_it(play: Play) -> None:
    unclear(play)
    first = play.board.seq
    play.says(JO, "word.cleared", unclear="unclear1")
    unclear(play, word="met")
    play.says(JO, "card.remove", card="card0001")
    assert notes(play, JO) == []
    play.says(JO, "card.restore", card="card0001")
    assert notes(play, JO)
    erase = play.ask("card.erase", card="card0001")
    assert {first, first + 2} <= set(core.forgets(play.board, erase))
    play.take(HELEN, erase)
    assert play.board.unclear == {}


def test_a_word_that_was_said_twice_leaves_the_log_twice(play: Play) -> None:
    unclear(play)
    unclear(play, KOFI, id="unclear2")
    said = {entry.seq for entry in play.log if entry.tag == "word.unclear"}
    assert len(said) == 2
    assert said <= set(core.forgets(play.board, play.ask("card.erase", card="card0001")))


def test_a_card_one_does_not_see_cannot_be_asked_about(play: Play) -> None:
    play.says(HELEN, "card.aside", card="card0001")
    assert play.refused(DANA, "word.unclear", id="unclear1", card="card0001", word="met") == "no-card"


def test_nobody_buries_a_writer_under_notes(play: Play) -> None:
    for place in range(UNCLEAR_EACH):
        play.card(f"card1{place:03}", JO)
        unclear(play, id=f"unclear1{place:02}", card=f"card1{place:03}", word="Gran")
    assert play.refused(DANA, "word.unclear", id="unclear999", card="card0001", word="met") == "full"
    unclear(play, KOFI, "met", id="unclear999")


def test_a_word_of_a_worry_is_told_to_who_wrote_that_part(play: Play) -> None:
    play.set_("set00001", JO, up=True, could="Elsie could have an accident", doing="A sober adult is awake")
    play.says(JO, "set.writers", set="set00001", people=[PRIYA])
    play.says(PRIYA, "set.write", set="set00001", part="doing", text="A sober adult is in at night", was=1)
    play.says(DANA, "set.write", set="set00001", part="family", text="A quiet house", was=0)
    on = {"kind": "set", "id": "set00001"}
    play.says(LOU, "word.unclear", id="unclear2", on=on, word="sober")
    play.says(LOU, "word.unclear", id="unclear3", on=on, word="quiet")
    assert notes(play, PRIYA) == [{"id": "unclear2", "on": on, "part": "doing", "word": "sober"}]
    assert [one["word"] for one in notes(play, DANA)] == ["quiet"]
    for id in (*BY_ROLE.values(), WALL):
        if id not in {PRIYA, DANA}:
            assert notes(play, id) == []
    # Another part changes: the word stands as it stood.
    play.says(JO, "set.write", set="set00001", part="could", text="Elsie could be hurt", was=1)
    assert notes(play, PRIYA)
    first = play.board.seq
    play.says(PRIYA, "set.write", set="set00001", part="doing", text="An adult who has not drunk is in", was=2)
    assert notes(play, PRIYA) == []
    play.says(LOU, "word.unclear", id="unclear4", on=on, word="drunk")
    assert play.board.seq == first + 2
    assert {first + 2} <= set(core.forgets(play.board, play.ask("set.erase", set="set00001")))
    play.says(HELEN, "set.erase", set="set00001")
    assert play.board.unclear == {}


def test_whoever_wrote_nothing_that_stands_there_now_is_not_told(play: Play) -> None:
    play.set_("set00001", JO, up=True)
    play.says(JO, "set.writers", set="set00001", everyone=True)
    for was, text in enumerate(("x", "")):
        play.says(DANA, "set.write", set="set00001", part="notice", text=text, was=was)
    play.says(LEILA, "word.unclear", id="unclear1", on={"kind": "set", "id": "set00001"}, word="")
    assert "unclear" not in play.sees(DANA) and "unclear" in play.sees(JO)


def test_a_word_of_a_step_is_told_to_who_put_it_there_and_not_to_who_takes_it_on(play: Play) -> None:
    play.says(JO, "step.add", id="step0001", what="A safeguarding visit", know="Nobody rings")
    on = {"kind": "step", "id": "step0001"}
    for place, word in enumerate(("safeguarding", "rings")):
        play.says(DANA, "word.unclear", id=f"unclear{place}", on=on, word=word)
    assert [one["word"] for one in notes(play, JO)] == ["safeguarding", "rings"]
    assert {id for id in (*BY_ROLE.values(), WALL) if notes(play, id)} == {JO}
    play.says(JO, "step.edit", step="step0001", what="A visit to see how you are", know="Nobody rings", was=1)
    assert [one["word"] for one in notes(play, JO)] == ["rings"]
    play.says(HELEN, "step.erase", step="step0001")
    assert play.board.unclear == {}


def test_what_one_does_not_see_cannot_be_asked_about_and_looks_gone(play: Play) -> None:
    play.set_("set00001", JO)
    play.says(JO, "set.writers", set="set00001", people=[PRIYA])
    on = {"kind": "set", "id": "set00001"}
    assert play.refused(DANA, "word.unclear", id="unclear1", on=on) == "no-set"
    assert play.refused(PRIYA, "word.unclear", id="unclear1", on=on) == "not-up"
    play.says(JO, "set.put-up", set="set00001")
    play.says(HELEN, "person.child", person=KOFI, sees="good")
    assert play.refused(KOFI, "word.unclear", id="unclear1", on=on) == "no-set"
    assert play.refused(DANA, "word.unclear", id="unclear1", on=on, word="happened") == "not-there"
    assert play.refused(DANA, "word.unclear", id="unclear1", on=on, card="card0001") == "not-there"
    assert play.refused(DANA, "word.unclear", id="unclear1") == "not-there"
    step = {"kind": "step", "id": "nosuchone"}
    assert play.refused(DANA, "word.unclear", id="unclear1", on=step) == "no-step"
    play.says(HELEN, "set.close", set="set00001")
    assert play.refused(DANA, "word.unclear", id="unclear1", on=on) == "set-closed"


def test_a_child_who_sees_no_worries_any_more_hears_of_none(play: Play) -> None:
    play.says(HELEN, "person.child", person=KOFI, sees="all")
    play.set_("set00001", up=True)
    play.says(KOFI, "set.write", set="set00001", part="family", text="A quiet house", was=0)
    play.says(LOU, "word.unclear", id="unclear1", on={"kind": "set", "id": "set00001"}, word="quiet")
    assert notes(play, KOFI)
    play.says(HELEN, "person.child", person=KOFI, sees="good")
    assert notes(play, KOFI) == []

"""Cards: adding, wording, moving, taking back, setting aside, removing for good, and confirming what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from server.board import cards, core
from server.board.model import Board

from .make import BY_ROLE, DANA, HELEN, JO, KOFI, LOU, MAUREEN, PRIYA, SADE, TOM, VOICE, WALL, Play, meeting


def order_of(play: Play, column: str = "well") -> list[str]:
    """The cards of a column on the wall, top first."""
    shown = play.sees(WALL).get("card", {}).values()
    return [card["id"] for card in sorted(shown, key=lambda c: (c["order"], c["id"])) if card["column"] == column]


def test_a_card_stands_in_its_column_in_the_words_of_who_wrote_it() -> None:
    play = meeting()
    play.says(DANA, "card.add", id="card0001", column="well", text=" Gran\n picks us up ")
    card = play.sees(JO)["card"]["card0001"]
    assert (card["text"], card["column"], card["by"], card["version"]) == (" Gran\n picks us up ", "well", DANA, 1)
    assert (card.get("typed", False), card.get("aside", False)) == (False, False)


def test_cards_stand_in_the_order_they_came() -> None:
    play = meeting()
    ids = [play.card(f"card{place:04}") for place in range(12)]
    assert order_of(play) == ids


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": ""}, "empty"),
        ({"text": " \n\t "}, "empty"),
        ({"text": "x" * 1001}, "too-long"),
        ({"text": "a\u0000b"}, "bad-character"),
        ({"text": "a\ufffeb"}, "bad-character"),
        ({"id": "cardtaken"}, "id-taken"),
        ({"id": "carderased"}, "id-taken"),
        ({"id": "cardaside"}, "id-taken"),
        ({"id": "cardremoved"}, "id-taken"),
        ({"column": "needs"}, "column-closed"),
        ({"for_": "nobodyhere"}, "no-person"),
        ({"for_": TOM}, "no-person"),
        ({"for_": MAUREEN}, "not-for-them"),
        ({"voice": VOICE | {"agreed": "no"}}, "not-shared"),
        ({"voice": VOICE | {"whose": " "}}, "empty"),
        ({"voice": VOICE | {"whose": "K" * 41}}, "too-long"),
        ({"voice": VOICE | {"brought_by": "S" * 41}}, "too-long"),
        ({"voice": VOICE | {"when": "1" * 41}}, "too-long"),
        ({"voice": VOICE | {"when": "\u0007"}}, "bad-character"),
    ],
)
def test_a_card_that_cannot_be_is_refused_with_a_reason(fields: dict[str, Any], code: str) -> None:
    play = meeting()
    play.comes(MAUREEN)
    play.knocks(TOM)
    for id in ("cardtaken", "carderased", "cardaside", "cardremoved"):
        play.card(id)
    play.says(HELEN, "card.erase", card="carderased")
    play.says(HELEN, "card.aside", card="cardaside")
    play.says(DANA, "card.remove", card="cardremoved")
    play.says(HELEN, "column.close", column="needs")
    said = {"id": "card0001", "column": "well", "text": "Gran picks us up", **fields}
    assert play.refused(DANA, "card.add", **said) == code


@pytest.mark.parametrize("letter", ["x", "é", "😀", "ب"])
def test_a_thousand_characters_fit_whatever_they_weigh(letter: str) -> None:
    play = meeting()
    play.card("card0001", text=letter * 1000)
    assert play.refused(DANA, "card.edit", card="card0001", text=letter * 1001, was=1) == "too-long"
    assert play.board.cards["card0001"].text == letter * 1000


def test_a_full_board_takes_no_more_cards_until_one_is_removed_for_good() -> None:
    play = meeting()
    play.card("card0001")
    many = {f"many{place:05}": play.board.cards["card0001"] for place in range(cards.CARDS_MAX - 1)}
    play.board = replace(play.board, cards={**play.board.cards, **many})
    assert play.refused(DANA, "card.add", id="card0002", column="well", text="One more") == "full"
    play.says(HELEN, "card.erase", card="card0001")
    play.card("card0002")


def test_a_closed_column_takes_nothing_from_anyone_and_an_open_one_does() -> None:
    play = meeting()
    play.card("card0001")
    play.says(HELEN, "column.close", column="worried")
    for by in (DANA, HELEN, JO):
        assert play.refused(by, "card.add", id="card0002", column="worried", text="Hm") == "column-closed"
    assert play.refused(DANA, "card.move", card="card0001", column="worried") == "column-closed"
    play.says(HELEN, "card.move", card="card0001", column="worried")
    play.says(DANA, "card.edit", card="card0001", text="Said better", was=1)
    play.says(DANA, "card.move", card="card0001", column="worried")
    play.says(DANA, "card.move", card="card0001", column="well")


def test_what_was_taken_back_before_a_column_closed_can_still_be_put_back() -> None:
    """Adding is closed, losing one's words is not meant."""
    play = meeting()
    play.card("card0001")
    play.says(DANA, "card.remove", card="card0001")
    play.says(HELEN, "column.close")
    play.says(DANA, "card.restore", card="card0001")
    assert order_of(play) == ["card0001"]


def test_phases_close_nothing() -> None:
    play = meeting()
    for phase in ("worries", "rate", "close"):
        play.says(HELEN, "phase.go", phase=phase)
        play.card(f"card{phase}")
        play.says(HELEN, "card.add", id=f"desk{phase}", column="needs", text="Someone on Saturdays")
        play.says(HELEN, "card.edit", card=f"desk{phase}", text="Someone every Saturday", was=1)
        assert play.board.cards[f"card{phase}"].state == "on"
        assert play.board.cards[f"desk{phase}"].text == "Someone every Saturday"


@pytest.mark.parametrize("by", [HELEN, PRIYA, JO, KOFI])
def test_only_who_wrote_a_card_changes_its_words(by: str) -> None:
    play = meeting()
    play.card("card0001")
    assert play.refused(by, "card.edit", card="card0001", text="Better", was=1) == "not-yours"


def test_a_card_someone_changed_meanwhile_is_not_overwritten() -> None:
    play = meeting()
    play.card("card0001")
    play.says(DANA, "card.edit", card="card0001", text="On Fridays", was=1)
    assert play.refused(DANA, "card.edit", card="card0001", text="On Mondays", was=1) == "stale"
    assert play.refused(DANA, "card.edit", card="card0001", text="On Mondays", was=3) == "stale"
    play.says(DANA, "card.edit", card="card0001", text="On Mondays", was=2)
    card = play.board.cards["card0001"]
    assert (card.text, card.version) == ("On Mondays", 3)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("\n", "empty"), ("x" * 1001, "too-long"), ("\u000b", "empty"), ("a\u000b", "bad-character")],
)
def test_words_that_cannot_be_kept_do_not_replace_others(text: str, code: str) -> None:
    play = meeting()
    play.card("card0001")
    assert play.refused(DANA, "card.edit", card="card0001", text=text, was=1) == code


@pytest.mark.parametrize(
    ("tag", "fields"),
    [
        ("card.edit", {"text": "Hm", "was": 1}),
        ("card.move", {"column": "needs"}),
        ("card.remove", {}),
        ("card.restore", {}),
        ("card.aside", {}),
        ("card.return", {}),
        ("card.erase", {}),
        ("card.wall", {"off": True}),
    ],
)
def test_a_card_that_is_not_there_cannot_be_touched(tag: str, fields: dict[str, Any]) -> None:
    play = meeting()
    play.card("carderased")
    play.says(HELEN, "card.erase", card="carderased")
    for id in ("nosuchcard", "carderased"):
        assert play.refused(HELEN, tag, card=id, **fields) == "no-card"
        assert play.refused(HELEN, "card.confirm", cards=[id]) == "no-card"


@pytest.mark.parametrize(
    ("tag", "fields"),
    [
        ("card.edit", {"text": "Hm", "was": 1}),
        ("card.move", {"column": "needs"}),
        ("card.remove", {}),
        ("card.aside", {}),
        ("card.wall", {"off": True}),
    ],
)
def test_a_card_that_was_taken_back_cannot_be_touched_but_restored_or_removed_for_good(
    tag: str, fields: dict[str, Any]
) -> None:
    play = meeting()
    play.card("card0001", HELEN)
    play.card("card0002", HELEN)
    play.says(HELEN, "card.remove", card="card0001")
    assert play.refused(HELEN, tag, card="card0001", **fields) == "no-card"
    assert play.refused(HELEN, "card.move", card="card0002", column="well", before="card0001") == "no-card"
    play.says(HELEN, "card.erase", card="card0001")


def test_a_move_puts_a_card_before_another_or_last_and_touches_one_card() -> None:
    play = meeting()
    first, second, third = (play.card(f"card000{place}") for place in (1, 2, 3))
    touched = play.says(DANA, "card.move", card=third, column="well", before=first)
    assert [touch.part.id for touch in touched] == [third]
    assert order_of(play) == [third, first, second]
    play.says(DANA, "card.move", card=third, column="well", before=second)
    assert order_of(play) == [first, third, second]
    play.says(DANA, "card.move", card=first, column="well")
    assert order_of(play) == [third, second, first]


def test_what_comes_after_a_move_to_the_end_stands_after_it() -> None:
    play = meeting()
    first, second = play.card("card0001"), play.card("card0002")
    play.says(DANA, "card.move", card=first, column="well")
    third = play.card("card0003")
    play.says(DANA, "card.move", card=second, column="well")
    fourth = play.card("card0004")
    assert order_of(play) == [first, third, second, fourth]


def test_a_card_moves_only_before_one_that_stands_in_that_column() -> None:
    play = meeting()
    play.card("card0001")
    play.card("card0002", column="needs")
    assert play.refused(DANA, "card.move", card="card0001", column="well", before="card0002") == "no-card"
    assert play.refused(DANA, "card.move", card="card0001", column="well", before="nosuchcard") == "no-card"
    play.says(DANA, "card.move", card="card0001", column="needs", before="card0002")
    assert order_of(play, "needs") == ["card0001", "card0002"]


def test_the_facilitator_moves_any_card_and_others_their_own() -> None:
    play = meeting()
    play.card("card0001")
    assert play.refused(JO, "card.move", card="card0001", column="needs") == "not-yours"
    play.says(HELEN, "card.move", card="card0001", column="needs")


def test_who_takes_a_card_back_can_put_it_back_and_nobody_else() -> None:
    play = meeting()
    play.card("card0001")
    play.says(DANA, "card.remove", card="card0001")
    assert "card" not in play.sees(DANA)
    assert play.refused(HELEN, "card.restore", card="card0001") == "not-yours"
    play.says(DANA, "card.restore", card="card0001")
    assert play.refused(DANA, "card.restore", card="card0001") == "not-removed"
    play.says(HELEN, "card.remove", card="card0001")
    assert play.refused(DANA, "card.restore", card="card0001") == "not-yours"
    play.says(HELEN, "card.restore", card="card0001")
    assert order_of(play) == ["card0001"]


def test_others_do_not_take_a_card_back() -> None:
    play = meeting()
    play.card("card0001")
    assert play.refused(JO, "card.remove", card="card0001") == "not-yours"
    assert play.refused(PRIYA, "card.remove", card="card0001") == "not-yours"


def test_a_card_set_aside_is_on_its_writers_screen_and_the_desk_alone() -> None:
    play = meeting()
    play.card("card0001")
    play.says(HELEN, "card.aside", card="card0001")
    seen_by = {id for id in (*BY_ROLE.values(), WALL) if "card" in play.sees(id)}
    assert seen_by == {DANA, HELEN}
    assert play.sees(DANA)["card"]["card0001"]["aside"] is True
    assert play.refused(HELEN, "card.aside", card="card0001") == "no-card"
    play.says(HELEN, "card.return", card="card0001")
    assert {id for id in (*BY_ROLE.values(), WALL) if "card" in play.sees(id)} == {*BY_ROLE.values(), WALL}
    assert play.refused(HELEN, "card.return", card="card0001") == "not-aside"


def test_a_card_set_aside_looks_gone_to_whoever_does_not_see_it() -> None:
    play = meeting()
    play.card("typed001", PRIYA, for_=DANA)
    play.card("card0002", JO)
    play.says(HELEN, "card.aside", card="typed001")
    assert play.refused(PRIYA, "card.edit", card="typed001", text="Hm", was=1) == "no-card"
    assert play.refused(PRIYA, "card.remove", card="typed001") == "no-card"
    assert play.refused(PRIYA, "card.restore", card="typed001") == "no-card"
    assert play.refused(PRIYA, "card.confirm", cards=["typed001"]) == "no-card"
    assert play.refused(JO, "card.move", card="card0002", column="well", before="typed001") == "no-card"
    assert core.mine(play.board, PRIYA) == []
    assert core.mine(play.board, DANA) == ["typed001"]
    play.says(HELEN, "card.move", card="card0002", column="well", before="typed001")


def test_who_wrote_a_card_that_was_set_aside_may_still_change_and_move_it() -> None:
    play = meeting()
    play.card("card0001")
    play.card("card0002")
    play.says(HELEN, "card.aside", card="card0001")
    play.says(DANA, "card.edit", card="card0001", text="Said more kindly", was=1)
    play.says(DANA, "card.move", card="card0001", column="needs")
    assert play.board.cards["card0001"].state == "aside"


@pytest.mark.parametrize("by", [DANA, HELEN])
def test_taking_back_and_restoring_does_not_bring_a_card_out_of_its_place_aside(by: str) -> None:
    play = meeting()
    play.card("card0001")
    play.says(HELEN, "card.aside", card="card0001")
    play.says(by, "card.remove", card="card0001")
    assert play.refused(HELEN, "card.return", card="card0001") == "not-aside"
    play.says(by, "card.restore", card="card0001")
    assert "card" not in play.sees(WALL)
    assert play.sees(DANA)["card"]["card0001"]["aside"] is True
    play.says(HELEN, "card.return", card="card0001")
    play.says(by, "card.remove", card="card0001")
    play.says(by, "card.restore", card="card0001")
    assert "card0001" in play.sees(WALL)["card"]


@pytest.mark.parametrize("before", ["", "card.aside", "card.remove"])
def test_a_card_removed_for_good_is_nowhere_and_its_words_leave_the_log(before: str) -> None:
    play = meeting()
    play.card("card0001")
    written = play.log[-1].seq
    play.says(DANA, "card.edit", card="card0001", text="On Fridays", was=1)
    changed = play.log[-1].seq
    play.says(HELEN, "card.move", card="card0001", column="needs")
    if before:
        play.says(HELEN, before, card="card0001")
    assert core.forgets(play.board, play.ask("card.erase", card="card0001")) == (written, changed)
    play.says(HELEN, "card.erase", card="card0001")
    assert all("card" not in play.sees(id) for id in (*BY_ROLE.values(), WALL))
    assert core.forgets(play.board, play.ask("card.erase", card="card0001")) == ()


def read_later(play: Play) -> Board:
    """The board somebody reads who comes when the words of card0001 have left the log."""
    board = Board()
    for entry in play.log:
        board, _ = core.apply(board, replace(entry, ask=None) if entry.tag == "card.add" else entry)
    return board


def test_nobody_goes_on_talking_about_a_card_removed_for_good_now_or_read_later() -> None:
    play = meeting()
    play.card("card0001")
    play.says(HELEN, "about.show", about={"kind": "card", "id": "card0001"})
    play.says(HELEN, "card.erase", card="card0001")
    assert play.board.meeting is not None and play.board.meeting.about is None
    assert read_later(play) == play.board


def test_a_name_that_stood_under_one_card_alone_goes_with_it_now_and_read_later() -> None:
    play = meeting()
    play.says(PRIYA, "person.expect", id=MAUREEN, name="Maureen", role="family", how="expected")
    play.card("card0001", PRIYA, for_=MAUREEN)
    assert MAUREEN in play.sees(JO)["person"]
    play.says(HELEN, "card.erase", card="card0001")
    assert MAUREEN not in play.sees(JO)["person"]
    assert read_later(play) == play.board


def test_but_stays_while_a_number_or_another_card_bears_it() -> None:
    play = meeting()
    play.round()
    play.says(DANA, "rating.set", round="round001", value=3)
    play.says(HELEN, "round.reveal", round="round001")
    for id in ("card0001", "card0002"):
        play.card(id, JO)
    play.card("card0003", DANA)
    for id in ("card0001", "card0003"):
        play.says(HELEN, "card.erase", card=id)
    assert all(play.board.people[id].quoted for id in (DANA, JO))


def test_a_card_kept_off_the_wall_is_on_every_other_screen() -> None:
    play = meeting()
    play.card("card0001")
    play.says(HELEN, "card.wall", card="card0001", off=True)
    assert "card" not in play.sees(WALL)
    assert all("card0001" in play.sees(id)["card"] for id in BY_ROLE.values())
    play.says(HELEN, "card.wall", card="card0001", off=False)
    assert "card0001" in play.sees(WALL)["card"]


def test_what_was_typed_for_someone_shows_whose_words_they_are_and_who_typed() -> None:
    play = meeting()
    play.card("card0001", PRIYA, for_=DANA)
    card = play.sees(JO)["card"]["card0001"]
    assert (card["by"], card["typed_by"], card["typed"]) == (DANA, PRIYA, True)
    assert "confirmed" not in card


@pytest.mark.parametrize(("by", "code"), [(PRIYA, "for-whom"), (LOU, "for-whom"), (SADE, "whose-words")])
def test_whoever_writes_for_others_says_for_whom(by: str, code: str) -> None:
    play = meeting()
    assert play.refused(by, "card.add", id="card0001", column="well", text="Hm") == code
    assert play.refused(by, "card.add", id="card0001", column="well", text="Hm", for_=by) == code


def test_a_supporter_writes_for_the_family_and_for_nobody_else() -> None:
    play = meeting()
    play.card("card0001", LOU, for_=DANA)
    for whose in (KOFI, JO, HELEN, SADE):
        said = {"id": "card0002", "column": "well", "text": "Hm", "for_": whose}
        assert play.refused(LOU, "card.add", **said) == "not-for-them"


def test_a_childs_words_say_whose_they_are_and_who_brought_them() -> None:
    play = meeting()
    play.card("card0001", SADE)
    card = play.sees(WALL)["card"]["card0001"]
    assert card["by"] == SADE
    assert card["voice"] == {"whose": "Kofi", "agreed": "yes", "when": "14 May", "brought_by": "Sade"}
    assert (
        play.refused(SADE, "card.add", id="card0002", column="well", text="Hm", voice=VOICE | {"agreed": "no"})
        == "not-shared"
    )


def test_typed_words_can_be_changed_by_who_typed_them_until_they_are_confirmed() -> None:
    play = meeting()
    play.card("card0001", PRIYA, for_=DANA)
    play.says(PRIYA, "card.edit", card="card0001", text="Typed better", was=1)
    play.says(DANA, "card.confirm", cards=["card0001"])
    assert play.board.cards["card0001"].confirmed == "self"
    assert play.refused(PRIYA, "card.edit", card="card0001", text="Hm", was=2) == "not-yours"
    assert play.refused(PRIYA, "card.move", card="card0001", column="needs") == "not-yours"
    assert play.refused(PRIYA, "card.remove", card="card0001") == "not-yours"
    play.says(DANA, "card.edit", card="card0001", text="In my words", was=2)


def test_correcting_what_was_typed_for_you_confirms_it() -> None:
    play = meeting()
    play.card("card0001", PRIYA, for_=DANA)
    play.says(DANA, "card.edit", card="card0001", text="In my words", was=1)
    assert play.board.cards["card0001"].confirmed == "self"
    play.card("card0002")
    play.says(DANA, "card.edit", card="card0002", text="Mine anyway", was=1)
    assert play.board.cards["card0002"].confirmed == ""


def test_typed_words_are_confirmed_together_or_not_at_all() -> None:
    play = meeting()
    for id in ("card0001", "card0002"):
        play.card(id, PRIYA, for_=DANA)
    play.card("card0003")
    assert play.refused(DANA, "card.confirm", cards=["card0001", "card0003"]) == "not-yours"
    assert play.refused(DANA, "card.confirm", cards=["card0001", "nosuchcard"]) == "no-card"
    touched = play.says(DANA, "card.confirm", cards=["card0001", "card0002", "card0001"])
    assert [touch.part.id for touch in touched] == ["card0001", "card0002"]
    assert {play.board.cards[id].confirmed for id in ("card0001", "card0002")} == {"self"}


@pytest.mark.parametrize("by", [HELEN, PRIYA])
def test_someone_without_a_device_confirms_by_voice_and_their_own_yes_stands_above_it(by: str) -> None:
    play = meeting()
    play.card("card0001", PRIYA, for_=DANA)
    play.says(by, "card.confirm", cards=["card0001"])
    assert play.sees(JO)["card"]["card0001"]["confirmed"] == "voice"
    play.says(DANA, "card.confirm", cards=["card0001"])
    play.says(by, "card.confirm", cards=["card0001"])
    assert play.sees(JO)["card"]["card0001"]["confirmed"] == "self"


@pytest.mark.parametrize("by", [JO, LOU, SADE, KOFI])
def test_nobody_else_confirms_for_someone(by: str) -> None:
    play = meeting()
    play.card("card0001", PRIYA, for_=DANA)
    assert play.refused(by, "card.confirm", cards=["card0001"]) == "not-yours"


def test_mine_names_what_i_can_change_now() -> None:
    play = meeting()
    play.card("card0002", PRIYA, for_=DANA)
    play.card("card0001")
    play.card("card0003", JO)
    assert core.mine(play.board, DANA) == ["card0001", "card0002"]
    assert core.mine(play.board, PRIYA) == ["card0002"]
    assert core.mine(play.board, WALL) == core.mine(play.board, "nobodyhere") == []
    play.says(DANA, "card.confirm", cards=["card0002"])
    play.says(DANA, "card.remove", card="card0001")
    assert (core.mine(play.board, DANA), core.mine(play.board, PRIYA)) == (["card0002"], [])
    play.says(HELEN, "person.role", person=DANA, role="observer")
    assert core.mine(play.board, DANA) == []


def test_a_card_typed_for_someone_who_is_not_there_names_them_on_every_screen() -> None:
    play = meeting()
    play.says(PRIYA, "person.expect", id=MAUREEN, name="Maureen", role="family", how="apologies")
    assert MAUREEN not in play.sees(JO)["person"]
    play.card("card0001", PRIYA, for_=MAUREEN)
    for id in (*BY_ROLE.values(), WALL):
        assert play.sees(id)["person"][MAUREEN]["name"] == "Maureen"


def test_whoever_is_removed_leaves_their_words_and_the_name_under_them() -> None:
    play = meeting()
    play.comes(MAUREEN)
    play.comes(TOM, "agency")
    play.card("card0001", MAUREEN)
    for id in (MAUREEN, TOM):
        play.says(HELEN, "person.remove", person=id)
    assert play.sees(JO)["card"]["card0001"]["by"] == MAUREEN
    assert play.sees(JO)["person"][MAUREEN]["state"] == "left"
    assert play.sees(JO)["person"][TOM]["state"] == "left"
    assert play.sees(HELEN)["person"][MAUREEN]["state"] == "removed"

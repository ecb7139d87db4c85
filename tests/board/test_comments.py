"""Comments: closed until opened, never under a child's words, never on the wall, gone with what they stand under."""

from __future__ import annotations

from typing import Any

import pytest

from server.board import core
from server.board.commented import On, Seen
from server.board.comments import COMMENTS_MAX, Comment, Commenting
from server.board.sight import Viewer, sight

from .make import DANA, HELEN, JO, KOFI, LOU, MAUREEN, PRIYA, SADE, VOICE, WALL, Play, meeting


def under(card: str) -> dict[str, str]:
    return {"kind": "card", "id": card}


def talk(*, authors: Any = "shown") -> Play:
    """Dana's card in Well with comments open everywhere, and one by Jo under it."""
    play = meeting(authors=authors)
    play.card("card0001")
    play.says(HELEN, "comment.open")
    play.says(JO, "comment.add", id="comment1", on=under("card0001"), text="I saw her there.")
    return play


def add(play: Play, by: str, card: str, **more: Any) -> str:
    return play.outcome(by, "comment.add", id="newsaid1", on=under(card), text="Yes", **more)


def comments(play: Play, id: str) -> dict[str, Any]:
    return play.sees(id).get("comment", {})


def test_comments_start_closed_and_everyone_is_told_where_they_are_open_but_the_wall() -> None:
    play = meeting()
    play.card("card0001")
    assert add(play, DANA, "card0001") == "comments-closed"
    assert "commenting" not in play.sees(DANA)
    play.says(HELEN, "comment.open", where="well")
    assert [one["where"] for one in play.sees(DANA)["commenting"].values()] == [["well"]]
    assert add(play, DANA, "card0001") == "yes"
    assert "commenting" not in play.sees(WALL)


@pytest.mark.parametrize(
    ("said", "well", "worried"),
    [
        ([("open", {})], "yes", "yes"),
        ([("open", {"where": "well"})], "yes", "comments-closed"),
        ([("open", {"on": under("cardwell")})], "yes", "comments-closed"),
        ([("open", {}), ("close", {"where": "well"})], "comments-closed", "yes"),
        ([("open", {}), ("close", {"on": under("cardwell")})], "comments-closed", "yes"),
        ([("open", {}), ("close", {})], "comments-closed", "comments-closed"),
        # What was said of one card gives way to what is said of all.
        ([("open", {}), ("close", {"on": under("cardwell")}), ("open", {"where": "well"})], "yes", "yes"),
        ([("open", {"on": under("cardwell")}), ("close", {})], "comments-closed", "comments-closed"),
        ([("close", {"on": under("cardwell")}), ("open", {"on": under("cardwell")})], "yes", "comments-closed"),
    ],
)
def test_comments_are_open_where_the_facilitator_opened_them(said: Any, well: str, worried: str) -> None:
    play = meeting()
    play.card("cardwell", column="well")
    play.card("cardworry", column="worried")
    for how, where in said:
        play.says(HELEN, f"comment.{how}", **where)
    assert (add(play, DANA, "cardwell"), add(play, DANA, "cardworry")) == (well, worried)


def test_a_card_that_moves_follows_its_new_column() -> None:
    play = talk()
    play.says(HELEN, "comment.close", where="needs")
    play.says(HELEN, "card.move", card="card0001", column="needs")
    assert add(play, DANA, "card0001") == "comments-closed"
    assert play.board.comments["comment1"].where == "needs"
    assert "comment1" in comments(play, DANA)


def test_what_was_written_stays_when_comments_are_closed() -> None:
    play = talk()
    play.says(HELEN, "comment.close")
    assert set(comments(play, DANA)) == {"comment1"}
    play.says(JO, "comment.remove", comment="comment1")
    assert comments(play, DANA) == {}


def test_nobody_writes_under_a_childs_words() -> None:
    play = talk()
    play.card("voicecard", SADE)
    play.card("childcard", KOFI)
    play.card("broughtup", DANA, voice=VOICE)
    for card in ("voicecard", "childcard", "broughtup"):
        assert add(play, DANA, card) == "not-here"
        assert play.outcome(HELEN, "comment.open", on=under(card)) == "not-here"
        assert play.sees(DANA)["card"][card]["comments"] == "never"


def test_a_childs_card_says_nothing_of_it_while_comments_are_closed() -> None:
    play = meeting(authors="hidden")
    play.card("childcard", KOFI)
    play.card("othercard", DANA)
    one, other = (play.sees(JO)["card"][id] for id in ("childcard", "othercard"))
    assert one.keys() == other.keys()


def test_whoever_becomes_a_child_in_the_meeting_has_a_childs_words() -> None:
    play = talk()
    play.comes(MAUREEN)
    play.card("maureens1", MAUREEN)
    play.says(JO, "comment.add", id="comment2", on=under("maureens1"), text="Hm")
    play.says(HELEN, "person.role", person=MAUREEN, role="child")
    assert set(comments(play, JO)) == {"comment1"}
    assert add(play, DANA, "maureens1") == "not-here"


def test_comments_go_where_their_card_goes() -> None:
    play = talk()
    play.says(HELEN, "card.aside", card="card0001")
    assert {id for id in (DANA, HELEN, JO, PRIYA, WALL) if comments(play, id)} == {DANA, HELEN}
    assert add(play, DANA, "card0001") == "no-card"
    assert play.outcome(JO, "comment.remove", comment="comment1") == "no-comment"
    play.says(HELEN, "card.return", card="card0001")
    assert comments(play, JO)
    play.says(DANA, "card.remove", card="card0001")
    assert not any(comments(play, id) for id in (DANA, HELEN, JO))
    play.says(DANA, "card.restore", card="card0001")
    assert comments(play, JO)


def test_a_card_removed_for_good_takes_its_comments_and_their_words_with_it() -> None:
    play = talk()
    said = play.log[-1].seq
    erase = play.ask("card.erase", card="card0001")
    assert set(core.forgets(play.board, erase)) >= {said}
    play.take(HELEN, erase)
    assert play.board.comments == {}


def test_a_comment_taken_back_leaves_the_log() -> None:
    play = talk()
    said = play.log[-1].seq
    back = play.ask("comment.remove", comment="comment1")
    assert core.forgets(play.board, back) == (said,)
    assert play.outcome(DANA, "comment.remove", comment="comment1") == "not-for-you"
    assert play.outcome(HELEN, "comment.remove", comment="comment1") == "yes"
    play.take(JO, back)
    assert play.refused(JO, "comment.remove", comment="comment1") == "no-comment"


def test_who_types_for_someone_must_say_for_whom() -> None:
    play = talk()
    assert add(play, LOU, "card0001") == add(play, PRIYA, "card0001") == "for-whom"
    assert add(play, LOU, "card0001", for_=JO) == "not-for-them"
    assert add(play, JO, "card0001", for_=DANA) == "not-for-them"
    play.says(PRIYA, "comment.add", id="comment2", on=under("card0001"), text="Yes", for_=DANA)
    told = comments(play, JO)["comment2"]
    assert (told["by"], told["typed_by"], told["typed"]) == (DANA, PRIYA, True)
    assert [comments(play, id)["comment2"].get("own", False) for id in (DANA, PRIYA, JO)] == [True, True, False]


def test_hidden_names_hide_who_said_it() -> None:
    play = talk()
    assert comments(play, DANA)["comment1"]["by"] == JO
    play.says(HELEN, "meeting.hide-authors")
    assert "by" not in comments(play, DANA)["comment1"]
    assert comments(play, JO)["comment1"]["own"]
    assert "by" not in comments(talk(authors="hidden"), DANA)["comment1"]


def test_a_name_at_a_comment_stands_on_everyones_list() -> None:
    play = talk()
    assert play.board.people[JO].quoted
    play.says(JO, "comment.remove", comment="comment1")
    assert not play.board.people[JO].quoted


def test_words_that_cannot_be_kept_and_numbers_in_use_are_refused() -> None:
    play = talk()
    same = {"id": "comment1", "on": under("card0001")}
    assert play.refused(DANA, "comment.add", **same, text="Yes") == "id-taken"
    assert play.refused(DANA, "comment.add", **same, text=" ") == "empty"
    assert play.refused(DANA, "comment.add", **same, text="x" * 1001) == "too-long"
    assert add(play, DANA, "nosuchcard") == "no-card"


def test_there_is_an_end_to_comments() -> None:
    play = talk()
    one = play.board.comments["comment1"]
    many = [Comment(id=f"many{at:04}", on=one.on, text="Hm", by=JO, where="well") for at in range(COMMENTS_MAX - 1)]
    play.board, _ = play.board.put(*many)
    assert add(play, DANA, "card0001") == "full"


# Under worries in words, and next steps


def beyond() -> Play:
    """A worry Jo put on the board and a step of Dana's, with comments open everywhere and one by Jo under each."""
    play = meeting()
    play.says(JO, "set.start", id="theset01", scale="scaleset1")
    play.says(JO, "set.write", set="theset01", part="happened", text="Nobody was awake", was=0)
    play.says(JO, "set.put-up", set="theset01")
    play.says(DANA, "step.add", id="thestep1", what="Gran sleeps over")
    play.says(HELEN, "comment.open", all=True)
    for kind, id in (("set", "theset01"), ("step", "thestep1")):
        play.says(JO, "comment.add", id=f"under{kind}", on={"kind": kind, "id": id}, text="On Saturdays")
    return play


def add_on(play: Play, kind: str, id: str, by: str = DANA) -> str:
    return play.outcome(by, "comment.add", id="newsaid1", on={"kind": kind, "id": id}, text="Yes")


def test_worries_and_steps_take_comments_where_that_was_opened() -> None:
    play = beyond()
    assert add_on(play, "set", "theset01") == add_on(play, "step", "thestep1") == "yes"
    play.says(HELEN, "comment.close", where="sets")
    assert (add_on(play, "set", "theset01"), add_on(play, "step", "thestep1")) == ("comments-closed", "yes")
    play.says(HELEN, "comment.open", on={"kind": "set", "id": "theset01"})
    assert add_on(play, "set", "theset01") == "yes"
    assert play.sees(DANA)["set"]["theset01"]["comments"] == "open"
    play.says(HELEN, "comment.close")
    assert add_on(play, "set", "theset01") == add_on(play, "step", "thestep1") == "comments-closed"
    assert set(comments(play, DANA)) == {"underset", "understep"}
    assert comments(play, WALL) == {}
    assert "comments" not in play.sees(WALL)["set"]["theset01"]


def test_who_opened_comments_everywhere_before_meant_the_columns() -> None:
    play = meeting()
    play.says(DANA, "step.add", id="thestep1", what="Gran sleeps over")
    play.says(HELEN, "comment.open")
    assert add_on(play, "step", "thestep1") == "comments-closed"


def test_nobody_comments_on_a_draft_and_who_does_not_write_it_learns_of_none() -> None:
    play = beyond()
    play.says(JO, "set.start", id="draft001", scale="scaledraft")
    assert [add_on(play, "set", "draft001", by) for by in (JO, DANA)] == ["not-up", "no-set"]
    assert add_on(play, "set", "nosuchset") == "no-set"
    play.says(HELEN, "set.close", set="theset01")
    assert add_on(play, "set", "theset01") == "set-closed"
    assert "underset" in comments(play, DANA)


def test_a_child_who_sees_no_worries_sees_no_comment_on_one() -> None:
    play = beyond()
    play.says(HELEN, "person.child", person=KOFI, sees="good")
    assert comments(play, KOFI) == {}
    assert add_on(play, "set", "theset01", KOFI) == "comments-closed"


@pytest.mark.parametrize("kind", ["set", "step"])
def test_nobody_writes_under_a_childs_goal_or_step(kind: str) -> None:
    play = beyond()
    play.says(HELEN, "person.child", person=KOFI, sees="all")
    id = "theset01" if kind == "set" else "kofistep"
    if kind == "set":
        play.says(KOFI, "set.write", set="theset01", part="family", text="Saturdays", was=0)
    else:
        play.says(KOFI, "step.add", id="kofistep", what="I ring gran")
    assert add_on(play, kind, id) == "not-here"
    assert play.outcome(HELEN, "comment.open", on={"kind": kind, "id": id}) == "not-here"
    assert play.sees(DANA)[kind][id]["comments"] == "never"
    assert (f"under{kind}" in comments(play, DANA)) == (kind == "step")


def test_whoever_becomes_a_child_has_had_a_childs_step_all_along() -> None:
    play = beyond()
    play.says(HELEN, "person.role", person=DANA, role="child")
    assert add_on(play, "step", "thestep1", JO) == "not-here"
    assert "understep" not in comments(play, JO)


def test_comments_go_with_their_step_and_its_words_with_them() -> None:
    play = beyond()
    said = next(one.seq for one in play.board.comments.values() if one.id == "understep")
    play.says(DANA, "step.remove", step="thestep1")
    assert "understep" not in comments(play, JO)
    assert add_on(play, "step", "thestep1") == "no-step"
    play.says(DANA, "step.restore", step="thestep1")
    assert "understep" in comments(play, JO)
    erase = play.ask("step.erase", step="thestep1")
    assert said in core.forgets(play.board, erase)
    play.take(HELEN, erase)
    assert set(play.board.comments) == {"underset"}


# seen -> who reads a comment by Jo under Dana's card
SEEN: dict[Seen, set[str]] = {
    "all": {"facilitator", "scribe", "writer", "commenter", "other"},
    "writer": {"facilitator", "writer"},
    "nobody": set(),
}
EYES = {
    "facilitator": Viewer(HELEN, "facilitator"),
    "scribe": Viewer(PRIYA, "scribe"),
    "writer": Viewer(DANA, "member"),
    "commenter": Viewer(JO, "member"),
    "other": Viewer(KOFI, "member"),
    "wall": Viewer(WALL, "wall"),
}


@pytest.mark.parametrize("seen", SEEN)
def test_a_comment_is_seen_by_those_the_table_says(seen: Seen) -> None:
    on = On(kind="card", id="card0001")
    said = Comment(id="comment1", on=on, text="Yes", by=JO, where="well", writer=DANA, seen=seen)
    assert {who for who, viewer in EYES.items() if sight(said, viewer)} == SEEN[seen]


def test_where_comments_are_open_is_told_to_everyone_but_the_wall() -> None:
    where = Commenting(id="meeting1", where=("well",))
    assert {who for who, viewer in EYES.items() if sight(where, viewer)} == EYES.keys() - {"wall"}

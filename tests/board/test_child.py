"""What a child sees of the adults' board, and the wall with a child in the room: each kind of part against each
narrowed way of seeing, written out by hand. And a number a child keeps, words that are theirs, and a kind end."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from server.board import core
from server.board.answers import Answer
from server.board.cards import Card
from server.board.commented import On
from server.board.comments import Comment
from server.board.decisions import Decision, Dissent
from server.board.differs import Differ
from server.board.keys import Key, Session
from server.board.lens import NARROW, lens_of, wall_lens
from server.board.model import AnyPart, Board, Touch
from server.board.nextstep import NextStep
from server.board.owners import Owner
from server.board.polls import Poll
from server.board.quiet import Quiet
from server.board.ratings import Rating
from server.board.rounds import Round
from server.board.scales import CountRound, Scale
from server.board.setparts import Earlier, Set
from server.board.sight import Viewer, personal, sight
from server.board.template import SetWording
from server.board.thoughts import Thought
from server.board.translations import Of, Translation
from server.board.voice import Voice
from server.fan import Fan, Step
from server.protocol import encode

from .make import BY_ROLE, CODE, DANA, HELEN, JO, KOFI, LOU, MAUREEN, PRIYA, SADE, SCALE, VOICE, WALL, Play, meeting

EVERY = "child-own child-good wall-own wall-good"
KOFIS = Voice(whose="Kofi", agreed="yes", how="said")
CARD = Card(id="card0001", column="worried", text="He may come back", order="5i", by=DANA)
STEP = NextStep(id="step0001", what="Maureen stays over", order="5i", by=DANA)
SET = Set(id="set00001", state="board", by=DANA, scale="ownset00001", words=SetWording())
TEXT = Translation(
    id="text0001", of=Of(kind="card", id="card0001"), original=CARD, source="", text="Hm", lang="cy", dir="ltr", by=LOU
)
RATING = Rating(id="rating01", round="round001", value=3, person=DANA, role="family")

REACHES: dict[str, tuple[AnyPart, str]] = {
    "a worry": (CARD, ""),
    "an idea": (replace(CARD, column="needs"), ""),
    "a good thing": (replace(CARD, column="well"), "child-good wall-good"),
    "a good thing set aside": (replace(CARD, column="well", state="aside"), ""),
    "a good thing taken back": (replace(CARD, column="well", state="removed"), ""),
    "a good thing off the wall": (replace(CARD, column="well", off_wall=True), "child-good"),
    "a good thing that waits": (replace(CARD, column="well", state="tray"), ""),
    "a good thing kept": (replace(CARD, column="well", state="kept"), ""),
    "their own worry": (replace(CARD, by=KOFI, of=KOFI, child=True), EVERY),
    "their own worry, kept": (replace(CARD, by=KOFI, of=KOFI, child=True, state="kept"), "child-own child-good"),
    "their own worry, kept, and the name borrowed": (
        replace(CARD, by=KOFI, of=KOFI, child=True, state="kept", unheld=True),
        "",
    ),
    "their own worry, without names": (
        replace(CARD, by=KOFI, of=KOFI, child=True, named=False),
        "child-own child-good",
    ),
    "their own worry, brought": (replace(CARD, by=SADE, of=KOFI, child=True, voice=KOFIS), EVERY),
    "their own worry, brought, without names": (
        replace(CARD, by=SADE, of=KOFI, child=True, voice=KOFIS, named=False),
        EVERY,
    ),
    "another child's worry": (replace(CARD, by="eddykovacs", of="eddykovacs", child=True), "wall-own wall-good"),
    "a scale": (Scale(id=SCALE, title="", about="", ten="", zero="", direction="up"), "child-own child-good"),
    "a round": (Round(id="round001", scale=SCALE, show="named", by=HELEN), "child-own child-good"),
    "a number not shown": (RATING, ""),
    "a number shown": (replace(RATING, shown="named"), ""),
    "a mark": (replace(RATING, shown="spread", person=""), ""),
    "their own number": (replace(RATING, person=KOFI), "child-own child-good"),
    "their own number, kept": (replace(RATING, person=KOFI, kept=True), "child-own child-good"),
    "their own number, shown": (replace(RATING, person=KOFI, shown="named"), "child-own child-good"),
    "their own number, typed": (replace(RATING, person=KOFI, typed_by=SADE), ""),
    "a scale of a set": (
        Scale(id="ownset00001", title="", about="", ten="", zero="", direction="up", set="set00001"),
        "",
    ),
    "a round on a set": (Round(id="round001", scale="ownset00001", set="set00001", show="named", by=HELEN), ""),
    "a next step": (STEP, "child-good wall-good"),
    "their own next step": (replace(STEP, by=KOFI), "child-own child-good wall-good"),
    "a next step taken off": (replace(STEP, removed_by=DANA), ""),
    "who takes a step on": (Owner(id="owner001", step="step0001", person=DANA, shown=True), "child-good wall-good"),
    "who was asked to": (Owner(id="owner001", step="step0001", person=DANA), ""),
    "a decision": (Decision(id="decision1", what="We meet again"), ""),
    "a view of a decision": (Dissent(id="differs1", decision="decision1", text="Too soon", by=KOFI), ""),
    "a set": (SET, ""),
    "a set everyone writes": (replace(SET, state="draft", everyone=True), ""),
    "an earlier wording": (Earlier(id="earlier01", set="set00001", part="could", text="Hm", version=1, until=2), ""),
    "a view of a set": (Differ(id="view0001", set="set00001", text="Not so", by=KOFI), ""),
    "a poll": (Poll(id="poll0001", set="set00001", by=HELEN), ""),
    "an answer": (Answer(id="answer01", poll="poll0001", value="agree", person=KOFI, role="child"), ""),
    "a comment": (Comment(id="comment1", on=On(kind="card", id="card0001"), where="well", text="Hm", by=KOFI), ""),
    "a late thought": (Thought(id="thought1", column="well", text="Hm", by=DANA, shown=True), ""),
    "their own late thought": (Thought(id="thought1", column="well", text="Hm", by=KOFI), "child-own child-good"),
    "a second text of a worry": (TEXT, ""),
    "a second text of a good thing": (
        replace(TEXT, original=replace(CARD, column="well")),
        "child-good wall-good",
    ),
    "quiet words": (Quiet(id="quiet001", person=KOFI, about="danger"), ""),
    "a key": (Key(id="hash", role="person", person=KOFI), ""),
    "a cookie": (Session(id="hash", person=KOFI), ""),
}


def eyes(lens: Any) -> Viewer:
    return Viewer(WALL if lens in {"wall-own", "wall-good"} else KOFI, lens)


@pytest.mark.parametrize("case", REACHES)
def test_what_reaches_a_child_and_a_narrowed_wall_is_what_the_table_says(case: str) -> None:
    part, reaches = REACHES[case]
    assert {lens for lens in NARROW if sight(part, eyes(lens)) is not None} == set(reaches.split())
    alone = personal(Touch(None, part))
    for lens in NARROW:
        # Who is nobody in particular sees what all of their lens see: so frames can be shared.
        shared = sight(part, Viewer("", lens))
        assert sight(part, eyes(lens)) == shared or KOFI in alone
        assert shared is None or sight(part, Viewer("eddykovacs", lens)) is not None


def test_what_gets_through_is_what_a_member_or_the_wall_sees() -> None:
    for part, _ in REACHES.values():
        for lens in NARROW:
            wide = "wall" if lens.startswith("wall") else "member"
            seen = sight(part, eyes(lens))
            assert seen is None or seen == sight(part, replace(eyes(lens), lens=wide))


def test_a_next_step_does_not_tell_a_child_from_which_card_it_was_made() -> None:
    made = replace(STEP, card="card0001", linked=True)
    assert {getattr(sight(made, eyes(lens)), "card", "") for lens in NARROW} == {""}


def test_a_child_is_asked_only_about_what_they_see() -> None:
    play = meeting()
    play.round()
    play.set_("set00001", JO, up=True)
    play.poll(set="set00001")
    play.says(HELEN, "round.open", id="round002", scale="ownset00001", show="named")
    asked = ("rating.set", {"round": "round002", "value": 3}), ("agreement.set", {"poll": "poll0001", "value": "agree"})
    assert [play.outcome(KOFI, tag, **about) for tag, about in asked] == ["not-asked", "not-asked"]
    assert play.outcome(KOFI, "rating.set", round="round001", value=3) == "yes"
    play.shows_all()
    assert [play.outcome(KOFI, tag, **about) for tag, about in asked] == ["yes", "yes"]


@pytest.mark.parametrize(
    ("sees", "lens"), [("", "child-good"), ("good", "child-good"), ("own", "child-own"), ("all", "member")]
)
def test_only_a_child_looks_through_a_childs_lens(sees: Any, lens: str) -> None:
    assert lens_of("child", sees) == lens
    assert lens_of("family", sees) == "member"
    assert lens_of("facilitator", sees) == "facilitator"


def test_the_wall_is_narrowed_only_where_that_was_chosen() -> None:
    chosen: tuple[Any, ...] = ("", "all", "own", "good")
    assert [wall_lens(one) for one in chosen] == ["wall", "wall", "wall-own", "wall-good"]


def kofi(play: Play, **fields: Any) -> None:
    play.says(HELEN, "person.child", person=KOFI, **fields)


def test_what_a_child_sees_changes_as_the_facilitator_says_and_what_is_left_out_stays() -> None:
    play = meeting()
    play.card("cardwell", DANA, "well")
    play.card("cardworry", DANA, "worried")
    play.card("cardkofis", KOFI, "worried")
    assert set(play.sees(KOFI)["card"]) == {"cardwell", "cardkofis"}
    kofi(play, sees="own", age="4-7")
    assert set(play.sees(KOFI)["card"]) == {"cardkofis"}
    kofi(play, sees="all")
    assert set(play.sees(KOFI)["card"]) == {"cardwell", "cardworry", "cardkofis"}
    assert (play.board.people[KOFI].age, play.board.people[KOFI].sees) == ("4-7", "all")
    assert (play.sees(KOFI)["person"][KOFI]["age"], play.sees(HELEN)["person"][KOFI]["sees"]) == ("4-7", "all")
    assert all(not {"age", "sees"} & set(play.sees(id)["person"][KOFI]) for id in (PRIYA, DANA, JO, WALL))


def test_only_a_child_is_set_so_and_only_on_the_list() -> None:
    play = meeting()
    assert play.refused(HELEN, "person.child", person=DANA, sees="all") == "not-child"
    assert play.refused(HELEN, "child.end", person=DANA) == "not-child"
    assert play.refused(HELEN, "person.child", person="nobodyhere", sees="all") == "no-person"


def test_what_we_talk_about_is_told_only_where_it_can_be_seen() -> None:
    play = meeting()
    play.says(HELEN, "wall.set", child="good")
    play.card("cardwell", DANA, "well")
    play.card("cardworry", DANA, "worried")
    for card, told in (("cardwell", True), ("cardworry", False)):
        play.says(HELEN, "about.show", about={"kind": "card", "id": card})
        for id in (KOFI, WALL):
            assert ("about" in next(iter(play.sees(id)["meeting"].values()))) is told
    play.says(HELEN, "card.move", card="cardworry", column="well")
    assert "about" in next(iter(play.sees(KOFI)["meeting"].values()))


def test_what_the_wall_shows_of_a_child_is_told_to_the_facilitator_alone() -> None:
    play = meeting()
    play.says(HELEN, "wall.set", child="own")
    play.says(HELEN, "wall.set", page=1)
    told = {
        id for id in (HELEN, PRIYA, DANA, KOFI, WALL) if "wall_child" in next(iter(play.sees(id)["meeting"].values()))
    }
    assert told == {HELEN}
    assert CODE in str(play.sees(WALL))


def test_words_brought_for_a_child_on_the_list_are_on_that_childs_screen() -> None:
    play = meeting()
    kofi(play, sees="own")
    play.card("card0001", SADE, voice=VOICE)
    play.card("card0002", SADE, voice=VOICE | {"whose": "Elsie"})
    assert set(play.sees(KOFI)["card"]) == {"card0001"}
    play.comes("anotherkofi", "child", name="kofi ")
    play.card("card0003", SADE, voice=VOICE)
    # Of two of one name nobody knows whose they are.
    assert set(play.sees(KOFI)["card"]) == {"card0001"}


def test_what_somebody_wrote_before_they_were_here_as_a_child_is_theirs_to_see() -> None:
    play = meeting()
    play.comes(MAUREEN)
    play.card("card0001", MAUREEN, "worried")
    play.says(HELEN, "person.role", person=MAUREEN, role="child")
    assert set(play.sees(MAUREEN)["card"]) == {"card0001"}
    assert play.sees(DANA)["card"]["card0001"]["child"] is True


def test_where_names_are_hidden_nobody_is_told_that_a_card_is_a_childs() -> None:
    play = meeting()
    play.card("card0001", KOFI)
    assert play.sees(DANA)["card"]["card0001"]["child"] is True
    play.says(HELEN, "meeting.hide-authors")
    assert all("child" not in play.sees(id)["card"]["card0001"] for id in (DANA, JO, HELEN, WALL))


def test_a_kept_number_counts_as_no_answer_until_it_is_sent() -> None:
    play = meeting()
    play.round()
    play.says(DANA, "rating.set", round="round001", value=4)
    play.says(KOFI, "rating.set", round="round001", value=7, keep=True)
    assert play.sees(KOFI)["rating"][next(iter(play.sees(KOFI)["rating"]))]["kept"] is True
    play.says(HELEN, "round.reveal", round="round001")
    assert play.sees(HELEN)["round"]["round001"]["answered"] == 1
    assert [one["value"] for one in play.sees(HELEN)["rating"].values()] == [4]
    assert [one["value"] for one in play.sees(KOFI)["rating"].values()] == [7]


def test_a_number_that_was_kept_and_then_sent_is_shown_like_any_other() -> None:
    play = meeting()
    play.round()
    play.says(KOFI, "rating.set", round="round001", value=7, keep=True)
    play.says(KOFI, "rating.set", round="round001", value=7)
    play.says(HELEN, "round.reveal", round="round001")
    assert [(one["person"], one["value"]) for one in play.sees(JO)["rating"].values()] == [(KOFI, 7)]


def test_only_a_child_keeps_a_number_and_only_their_own() -> None:
    play = meeting()
    play.round()
    assert play.refused(DANA, "rating.set", round="round001", value=4, keep=True) == "not-for-you"
    assert play.refused(SADE, "rating.set", round="round001", value=4, for_=KOFI, keep=True) == "not-for-you"


def test_a_kept_number_is_destroyed_with_a_cancelled_round() -> None:
    play = meeting()
    play.round()
    play.says(KOFI, "rating.set", round="round001", value=7, keep=True)
    said = play.board.seq
    assert said in core.forgets(play.board, play.ask("round.cancel", round="round001"))
    play.says(HELEN, "round.cancel", round="round001")
    assert not play.board.ratings


@pytest.mark.parametrize("reason", ["", "Because " * 35])
def test_a_kept_number_is_as_long_as_a_sent_one(reason: str) -> None:
    own = [
        replace(RATING, value=value, reason=reason, kept=kept) for value in (0, "not-sure") for kept in (True, False)
    ]
    assert {len(encode(sight(one, Viewer(DANA, "member")))) for one in own} == {1024}


def test_a_childs_part_ends_kindly_and_what_they_wrote_stays() -> None:
    play = meeting()
    play.card("card0001", KOFI)
    play.says(KOFI, "person.hand", up=True)
    play.says(HELEN, "child.end", person=KOFI)
    assert not [one for one in play.board.sessions.values() if one.person == KOFI]
    assert (play.board.people[KOFI].state, play.board.people[KOFI].hand) == ("left", False)
    assert "card0001" in play.sees(DANA)["card"]
    assert play.refused(HELEN, "child.end", person=KOFI) == "no-person"


def test_what_a_child_keeps_stays_theirs_when_their_part_ends_without_a_word_from_them() -> None:
    play = meeting()
    play.round()
    play.card("card0001", KOFI, keep=True)
    play.says(KOFI, "rating.set", round="round001", value=7, keep=True)
    play.says(HELEN, "child.end", person=KOFI)
    assert play.board.cards["card0001"].state == "kept"
    assert all("card0001" not in str(play.sees(id)) for id in (HELEN, PRIYA, DANA, SADE, WALL))
    assert [one.kept for one in play.board.ratings.values()] == [True]


def test_a_child_is_asked_what_becomes_of_what_they_kept_before_they_go_themselves() -> None:
    play = meeting()
    play.card("card0001", KOFI, "worried", keep=True)
    assert play.refused(KOFI, "child.end", person=KOFI) == "not-for-you"
    before = {id: play.sees(id) for id in (PRIYA, DANA, JO, SADE, WALL)}
    play.says(HELEN, "child.goodbye", person=KOFI)
    # Nobody else learns that the child is going, and the facilitator nothing of what is kept.
    assert {id: play.sees(id) for id in before} == before
    assert [play.sees(id)["person"][KOFI].get("goodbye") for id in (HELEN, KOFI)] == [True, True]
    play.says(HELEN, "column.close", column="worried")
    play.says(KOFI, "card.show", card="card0001")
    assert play.refused(KOFI, "child.end", person=DANA) == "not-child"
    play.says(KOFI, "child.end", person=KOFI)
    assert not [one for one in play.board.sessions.values() if one.person == KOFI]
    assert (play.board.people[KOFI].state, play.board.people[KOFI].goodbye) == ("left", False)


def test_a_child_who_stays_after_all_or_comes_back_is_not_being_said_goodbye_to() -> None:
    play = meeting()
    play.says(HELEN, "child.goodbye", person=KOFI)
    play.says(HELEN, "child.goodbye", person=KOFI, on=False)
    assert "goodbye" not in play.sees(KOFI)["person"][KOFI]
    play.says(HELEN, "child.goodbye", person=KOFI)
    play.says(HELEN, "person.role", person=KOFI, role="family")
    assert play.board.people[KOFI].goodbye is False
    assert play.refused(HELEN, "child.goodbye", person=KOFI) == "not-child"


def test_another_child_cannot_end_a_childs_part() -> None:
    play = meeting()
    play.comes("eddykovacs", "child")
    for id in (KOFI, "eddykovacs"):
        play.says(HELEN, "child.goodbye", person=id)
    assert play.refused("eddykovacs", "child.end", person=KOFI) == "not-for-you"


@pytest.mark.parametrize("sent_first", [False, True])
def test_a_kept_number_leaves_the_log_with_the_close(sent_first: bool) -> None:
    play = meeting()
    play.round()
    start = play.board.seq
    if sent_first:
        play.says(KOFI, "rating.set", round="round001", value=2)
        play.writes(CountRound(round="round001"))
    play.says(KOFI, "rating.set", round="round001", value=7, keep=True)
    held = {entry.seq for entry in play.log[start:] if entry.tag == "rating.set"}
    play.says(DANA, "rating.set", round="round001", value=4)
    assert held == set(core.forgets(play.board, play.ask("meeting.close")))
    play.says(HELEN, "meeting.close")
    assert [one.person for one in play.board.ratings.values()] == [DANA]
    # Read again without those words it is the same board.
    board = Board()
    for entry in play.log:
        board, _ = core.apply(board, replace(entry, ask=None) if entry.seq in held else entry)
    assert board == play.board


def test_what_a_child_keeps_changes_no_frame_and_no_count_of_anyone_else() -> None:
    """To the byte: with a kept number and without one everyone else is told the same, at every step to the close."""

    def told(*, keeps: bool) -> dict[str, list[Any]]:
        play = meeting()
        play.round()
        if keeps:
            play.says(KOFI, "rating.set", round="round001", value=7, keep=True)
            play.says(KOFI, "rating.set", round="round001", value="rather-not", keep=True)
        else:
            play.says(KOFI, "person.ready", state="ready")
            play.says(KOFI, "person.ready", state="ready")
        start = len(play.steps)
        play.says(DANA, "rating.set", round="round001", value=4)
        play.writes(CountRound(round="round001"))
        play.says(HELEN, "meeting.close")
        others = (HELEN, PRIYA, DANA, JO, SADE, WALL)
        return {id: [Fan([step]).frame(play.viewer(id)) for step in play.steps[start:]] for id in others}

    assert told(keeps=True) == told(keeps=False)


def test_how_a_child_chooses_a_number_is_told_to_the_child_and_the_facilitator() -> None:
    play = meeting()
    kofi(play, chooses="faces")
    kofi(play, age="8-11")
    assert [play.sees(id)["person"][KOFI].get("chooses") for id in (HELEN, KOFI, PRIYA, DANA)] == [
        *("faces", "faces"),
        *(None, None),
    ]


def test_that_a_child_is_in_danger_is_told_to_the_facilitator_alone() -> None:
    play = meeting()
    before = {id: play.sees(id) for id in (PRIYA, DANA, KOFI, SADE, WALL)}
    play.says(SADE, "quiet.say", id="quiet001", about="danger")
    assert play.sees(HELEN)["quiet"]["quiet001"]["about"] == "danger"
    assert {id: play.sees(id) for id in before} == before


def test_a_kept_number_can_be_thrown_away_after_the_others_were_shown_and_nobody_is_told() -> None:
    play = meeting()
    play.round()
    play.says(DANA, "rating.set", round="round001", value=4)
    late = {"round": "round001", "value": "rather-not", "keep": True}
    play.says(KOFI, "rating.set", round="round001", value=7, keep=True)
    play.says(HELEN, "round.reveal", round="round001")
    for by, value in ((KOFI, 3), (KOFI, 7)):
        assert play.refused(by, "rating.set", round="round001", value=value, keep=True) == "not-open"
    assert play.refused(KOFI, "rating.set", round="round001", value="rather-not") == "not-open"
    touched = play.says(KOFI, "rating.set", **late)
    assert {id for id in BY_ROLE.values() if Fan([Step(play.board.seq, touched)]).frame(play.viewer(id))} == {KOFI}
    play.says(HELEN, "child.end", person=KOFI)
    assert play.refused(DANA, "rating.set", **late) == "not-open"

"""Sets and different views: whose a draft is, what everyone sees once it is up, and what nobody loses."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from server.board import core
from server.board.door import EndSession, Goodbye
from server.board.model import Board
from server.board.setreads import plain, reads
from server.board.template import SetWording
from server.fan import Fan
from server.protocol import encode

from .make import (
    BY_ROLE,
    DANA,
    HELEN,
    JO,
    KOFI,
    LEILA,
    LOU,
    MAUREEN,
    NKECHI,
    PRIYA,
    ROLES,
    SADE,
    SCALE,
    WALL,
    Play,
    meeting,
)

SET, OWN = "set00001", "ownset00001"
WORDS = "when Dana drinks at weekends she falls asleep"


@pytest.fixture
def play() -> Play:
    play = meeting()
    play.shows_all()
    return play


def told(play: Play, id: str, since: int = 0) -> bytes:
    """Every byte someone is told, from entry number `since` on and by coming in now."""
    viewer = play.viewer(id)
    frames = [Fan([step]).frame(viewer) or b"" for step in play.steps if step.seq > since]
    return b"".join(frames) + encode(play.sees(id))


@pytest.mark.parametrize("role", [*ROLES, WALL])
@pytest.mark.parametrize("drafter", ["facilitator", "scribe", "family", "agency"])
def test_a_draft_is_its_drafters_alone_not_even_its_id_or_scale_tells(play: Play, drafter: str, role: str) -> None:
    play.card("card0001", DANA)
    since = play.board.seq
    play.set_(SET, BY_ROLE[drafter], could=WORDS)
    play.says(BY_ROLE[drafter], "set.link", set=SET, card="card0001")
    seen = told(play, BY_ROLE.get(role, WALL), since)
    mine = role == drafter
    for trace in (SET, OWN, WORDS, '"set"'):
        assert (trace.encode() in seen) == mine, trace


@pytest.mark.parametrize("role", [*ROLES, WALL])
def test_a_draft_thrown_away_was_never_anything_to_others(play: Play, role: str) -> None:
    since = play.board.seq
    play.set_(SET, JO, could=WORDS)
    forgotten = core.forgets(play.board, play.ask("set.discard", set=SET))
    play.says(JO, "set.discard", set=SET)
    assert SET not in play.board.sets
    assert OWN not in play.board.scales
    assert set(forgotten) == {entry.seq for entry in play.log if entry.tag in {"set.start", "set.write"}}
    if role != "agency":
        assert not any(
            Fan([step]).frame(play.viewer(BY_ROLE.get(role, WALL))) for step in play.steps if step.seq > since
        )
    assert play.refused(JO, "set.start", id=SET, scale="another01") == "id-taken"


@pytest.mark.parametrize(
    ("tag", "more"),
    [
        ("set.write", {"part": "could", "text": "Hm", "was": 0}),
        ("set.who", {"names": ["Tom"], "was": 0}),
        ("set.children", {"names": ["Tom"], "was": 0}),
        ("set.writers", {"people": [DANA]}),
        ("set.put-up", {}),
        ("set.discard", {}),
        ("set.replace", {"id": "set00002", "scale": "ownset00002"}),
        ("set.close", {}),
        ("set.link", {"card": "card0001"}),
        ("set.differ", {"id": "view0001", "text": "Hm"}),
        ("about.show", {"about": {"kind": "set", "id": SET}}),
    ],
)
def test_anothers_draft_is_not_there_not_even_for_the_facilitator(
    play: Play, tag: str, more: dict[str, object]
) -> None:
    play.card("card0001", DANA)
    play.set_(SET, DANA)
    named = {} if tag == "about.show" else {"set": SET}
    assert play.refused(HELEN, tag, **named, **more) in {"no-set", "not-up"}
    assert play.refused(HELEN, tag, **named, **more) == play.refused(
        HELEN, tag, **({"set": "nosuchset"} if named else {}), **more
    )
    assert play.refused(HELEN, "round.open", id="round001", scale=OWN, show="named") == "no-scale"


def test_nobody_asks_on_a_draft_that_is_their_own(play: Play) -> None:
    play.set_(SET)
    assert play.refused(HELEN, "round.open", id="round001", scale=OWN, show="named") == "no-scale"
    play.says(HELEN, "set.put-up", set=SET)
    play.says(HELEN, "round.open", id="round001", scale=OWN, show="named")


def test_those_named_write_with_the_drafter_and_are_told_no_more_once_they_do_not(play: Play) -> None:
    play.set_(SET, JO)
    play.says(JO, "set.writers", set=SET, people=[DANA])
    assert play.sees(DANA)["set"][SET]["writers"] == [JO, DANA]
    assert play.sees(DANA)["scale"].keys() == {SCALE, OWN}
    assert "set" not in play.sees(HELEN)
    play.says(DANA, "set.write", set=SET, part="could", text=WORDS, was=0)
    assert play.sees(JO)["set"][SET]["hands"] == {"children": JO, "happened": JO, "could": DANA}
    assert play.refused(DANA, "set.put-up", set=SET) == "not-writing"
    assert play.refused(DANA, "set.writers", set=SET, people=[LOU]) == "not-writing"
    play.says(JO, "set.writers", set=SET, people=[])
    frame = msgspec.json.decode(Fan([play.steps[-1]]).frame(play.viewer(DANA)) or b"{}")
    assert frame["drop"] == {"set": [SET], "scale": [OWN]}
    assert Fan([play.steps[-1]]).frame(play.viewer(HELEN)) is None
    assert play.refused(DANA, "set.write", set=SET, part="could", text="Hm", was=1) == "no-set"


def test_where_everyone_writes_all_see_it_but_the_wall(play: Play) -> None:
    play.set_(SET, JO)
    play.says(JO, "set.writers", set=SET, everyone=True)
    assert {id for id in [*BY_ROLE.values(), WALL] if SET in play.sees(id).get("set", {})} == set(BY_ROLE.values())
    assert OWN not in play.sees(WALL)["scale"]
    play.says(LOU, "set.write", set=SET, part="could", text=WORDS, was=0)


@pytest.mark.parametrize("role", [*ROLES, WALL])
def test_once_on_the_board_everyone_reads_it(play: Play, role: str) -> None:
    play.set_(SET, JO, up=True, could=WORDS)
    seen = play.sees(BY_ROLE.get(role, WALL))
    assert seen["set"][SET]["texts"]["could"] == WORDS
    assert seen["set"][SET]["number"] == 1
    assert seen["scale"][OWN]["ten"] == "This goal is fully happening, and has been long enough to trust."
    assert seen["scale"][OWN]["zero"] == "Nothing has changed and the worry is happening now."
    assert seen["scale"][OWN]["set"] == SET
    writes = role in {"facilitator", "scribe", "agency"}
    assert seen["set"][SET].get("writes", False) == writes
    assert bool(seen["set"][SET].get("hands")) == bool(seen["set"][SET].get("writers")) == writes


MAY_WRITE_ON_THE_BOARD = {"facilitator": "yes", "scribe": "yes", "agency": "yes"}


@pytest.mark.parametrize("role", ROLES)
def test_on_the_board_its_writers_facilitator_and_scribe_go_on_writing(play: Play, role: str) -> None:
    play.set_(SET, JO, up=True)
    expected = "not-for-you" if role in {"interpreter", "observer"} else MAY_WRITE_ON_THE_BOARD.get(role, "not-writing")
    assert play.outcome(BY_ROLE[role], "set.write", set=SET, part="could", text=WORDS, was=0) == expected


FAMILY_GOAL: dict[tuple[str, str], str] = {
    ("facilitator", ""): "family-words",
    ("facilitator", DANA): "yes",
    ("facilitator", KOFI): "yes",
    ("facilitator", JO): "family-words",
    ("scribe", ""): "family-words",
    ("scribe", DANA): "yes",
    ("family", ""): "yes",
    ("family", KOFI): "not-for-them",
    ("child", ""): "yes",
    ("supporter", ""): "family-words",
    ("supporter", DANA): "yes",
    ("supporter", KOFI): "not-for-them",
    ("advocate", ""): "family-words",
    ("agency", ""): "family-words",
    ("agency", DANA): "not-for-them",
}


@pytest.mark.parametrize(("role", "for_"), FAMILY_GOAL)
def test_the_familys_own_goal_is_theirs_to_say(play: Play, role: str, for_: str) -> None:
    play.set_(SET, JO, up=True)
    more = {"for_": for_} if for_ else {}
    said = play.outcome(BY_ROLE[role], "set.write", set=SET, part="family", text="A quiet house", was=0, **more)
    assert said == FAMILY_GOAL[role, for_]
    if said == "yes":
        play.says(BY_ROLE[role], "set.write", set=SET, part="family", text="A quiet house", was=0, **more)
        assert play.sees(WALL)["set"][SET].get("typed", False) == bool(for_)


def test_a_goal_the_family_wrote_is_closed_to_whoever_types_and_a_typed_one_open_to_them(play: Play) -> None:
    play.set_(SET, JO, up=True)
    play.says(PRIYA, "set.write", set=SET, part="family", text="A quiet house", was=0, for_=DANA)
    play.says(HELEN, "set.write", set=SET, part="family", text="A quiet home", was=1, for_=DANA)
    play.says(DANA, "set.write", set=SET, part="family", text="A quiet house where Kofi can be nine", was=2)
    for typist in (HELEN, PRIYA, LOU):
        said = play.refused(typist, "set.write", set=SET, part="family", text="Less noise", was=3, for_=DANA)
        assert said == "not-yours"
    assert play.outcome(DANA, "set.write", set=SET, part="family", text="A quiet house", was=3) == "yes"


@pytest.mark.parametrize(
    ("asks", "stops"),
    [
        (("agreement.ask", {"id": "pollofset", "set": SET}), ("agreement.cancel", {"poll": "pollofset"})),
        (("round.open", {"id": "roundset1", "scale": OWN, "show": "named"}), ("round.cancel", {"round": "roundset1"})),
    ],
)
def test_a_worry_does_not_close_under_those_who_are_asked_about_it(play: Play, asks: Any, stops: Any) -> None:
    play.set_(SET, JO, up=True)
    play.says(JO, "set.replace", set=SET, id="set00002", scale="ownset00002")
    play.says(HELEN, asks[0], **asks[1])
    assert play.refused(HELEN, "set.close", set=SET) == "still-asked"
    assert play.refused(JO, "set.put-up", set="set00002") == "still-asked"
    play.says(HELEN, stops[0], **stops[1])
    play.says(HELEN, "set.close", set=SET)
    assert play.refused(HELEN, "round.open", id="roundset2", scale=OWN, show="named") == "set-closed"


def test_a_part_that_moved_on_is_never_written_over(play: Play) -> None:
    play.set_(SET, JO)
    play.says(JO, "set.writers", set=SET, people=[DANA])
    play.says(DANA, "set.write", set=SET, part="happened", text="Two Saturdays", was=1)
    assert play.refused(JO, "set.write", set=SET, part="happened", text="Every week", was=1) == "set-stale"
    assert play.refused(JO, "set.write", set=SET, part="happened", text="Every week", was=0) == "set-stale"
    play.says(JO, "set.write", set=SET, part="happened", text="Two Saturdays", was=1)
    play.says(JO, "set.write", set=SET, part="happened", text="Two Saturdays\nEvery week", was=2)
    assert play.sees(DANA)["set"][SET]["versions"]["happened"] == 3
    assert play.refused(JO, "set.who", set=SET, names=["Tom"], was=1) == "set-stale"
    assert play.refused(JO, "set.children", set=SET, names=["Tom"], was=0) == "set-stale"


def test_earlier_wordings_are_kept_from_when_it_is_on_the_board(play: Play) -> None:
    play.set_(SET, JO)
    play.says(JO, "set.write", set=SET, part="happened", text="While it was a draft", was=1)
    play.says(JO, "set.put-up", set=SET)
    play.says(JO, "set.write", set=SET, part="happened", text="Otherwise", was=2)
    play.says(JO, "set.write", set=SET, part="could", text=WORDS, was=0)
    (kept,) = play.sees(NKECHI)["earlier"].values()
    assert (kept["set"], kept["part"], kept["text"], kept["version"]) == (SET, "happened", "While it was a draft", 2)
    assert "earlier" not in play.sees(WALL)
    assert "asleep" not in str(play.sees(NKECHI)["earlier"])


def test_at_most_four_stand_open_and_drafts_do_not_count(play: Play) -> None:
    for place in range(5):
        play.set_(f"set0000{place}", up=place < 4)
    assert play.refused(HELEN, "set.put-up", set="set00004") == "four-open"
    play.says(HELEN, "set.close", set="set00001")
    play.says(HELEN, "set.put-up", set="set00004")
    assert play.board.sets["set00004"].number == 5
    assert play.refused(HELEN, "set.reopen", set="set00001") == "four-open"
    assert play.refused(HELEN, "set.write", set="set00001", part="could", text="Hm", was=0) == "set-closed"
    assert play.refused(HELEN, "set.close", set="set00001") == "not-up"
    play.says(HELEN, "set.close", set="set00002")
    play.says(HELEN, "set.reopen", set="set00001")


def test_whoever_writes_nothing_any_more_reads_no_draft_of_others_and_may_throw_their_own_away(play: Play) -> None:
    play.set_(SET, JO)
    play.set_("set00002", DANA)
    play.says(DANA, "set.writers", set="set00002", people=[JO])
    since = play.board.seq
    play.says(HELEN, "person.role", person=JO, role="observer")
    assert set(play.sees(JO)["set"]) == {SET}
    assert "set00002" not in str(play.sees(JO))
    assert play.board.seq == since + 1
    assert play.refused(JO, "set.write", set=SET, part="could", text=WORDS, was=0) == "not-for-you"
    assert play.refused(JO, "set.discard", set="set00002") == "no-set"
    play.says(JO, "set.discard", set=SET)
    assert set(play.sees(DANA)["set"]) == {"set00002"}


def test_what_others_write_with_them_goes_over_to_those_others(play: Play) -> None:
    play.set_(SET, JO)
    play.says(JO, "set.writers", set=SET, people=[DANA])
    play.set_("set00002", JO)
    play.says(JO, "set.writers", set="set00002", everyone=True)
    play.says(HELEN, "person.role", person=JO, role="observer")
    play.says(DANA, "set.write", set=SET, part="could", text=WORDS, was=0)
    assert set(play.sees(JO)["set"]) == {"set00002"}
    assert play.sees(DANA)["set"][SET]["drafter"]
    assert play.refused(JO, "set.discard", set="set00002") == "not-writing"
    for id in (SET, "set00002"):
        play.says(DANA, "set.put-up", set=id)


def test_a_draft_without_a_known_beginner_is_for_those_who_write_it_to_throw_away(play: Play) -> None:
    play.says(HELEN, "person.child", person=KOFI, sees="good")
    play.set_(SET, JO)
    play.says(JO, "set.writers", set=SET, everyone=True)
    play.writes(EndSession(cookie=f"cookie-{JO}"))
    play.knocks("secondjo1", "agency", name=play.board.people[JO].name)
    play.says(HELEN, "person.admit", person="secondjo1")
    assert play.board.sets[SET].by == ""
    for id, why in ((NKECHI, "not-writing"), (LEILA, "not-writing"), (KOFI, "no-set")):
        assert play.refused(id, "set.discard", set=SET) == why
    play.says(DANA, "set.discard", set=SET)


def test_only_who_may_write_is_named_to_write_with_others(play: Play) -> None:
    play.says(HELEN, "person.child", person=KOFI, sees="good")
    play.set_(SET, JO)
    for id in (NKECHI, LEILA, KOFI):
        assert play.refused(JO, "set.writers", set=SET, people=[id]) == "not-for-them"


def test_a_child_who_sees_no_worries_says_nothing_to_them(play: Play) -> None:
    play.says(HELEN, "person.child", person=KOFI, sees="good")
    play.set_(SET, JO, up=True)
    assert play.refused(KOFI, "set.write", set=SET, part="family", text="x", was=0) == "no-set"
    assert play.refused(KOFI, "set.differ", id="view0001", set=SET, text="x") == "no-set"
    play.says(HELEN, "person.child", person=KOFI, sees="all")
    play.says(KOFI, "set.write", set=SET, part="family", text="x", was=0)


def test_a_number_tells_of_no_draft(play: Play) -> None:
    play.set_("set00001", JO)
    play.set_("set00002", up=True)
    assert play.sees(DANA)["set"]["set00002"]["number"] == 1
    play.says(JO, "set.put-up", set="set00001")
    assert play.sees(DANA)["set"]["set00001"]["number"] == 2


def test_a_changed_worry_closes_one_and_opens_another_linked_both_ways(play: Play) -> None:
    for place in range(4):
        play.set_(f"set0000{place}", could=WORDS, up=True)
    since = play.board.seq
    play.says(JO, "set.replace", set=SET, id="setanew01", scale="ownanew01")
    assert b"setanew01" not in told(play, HELEN, since)
    assert play.sees(JO)["set"]["setanew01"]["texts"]["could"] == WORDS
    assert play.board.sets[SET].state == "board"
    play.says(JO, "set.write", set="setanew01", part="could", text="It is every night now", was=1)
    play.says(JO, "set.put-up", set="setanew01")
    seen = play.sees(DANA)["set"]
    assert (seen[SET]["state"], seen[SET]["replaced_by"]) == ("closed", "setanew01")
    assert (seen["setanew01"]["state"], seen["setanew01"]["instead_of"]) == ("board", SET)
    assert seen[SET]["texts"]["could"] == WORDS
    assert play.refused(JO, "set.discard", set="setanew01") == "already-up"


@pytest.mark.parametrize(("hide", "back"), [("card.aside", "card.return"), ("card.remove", "card.restore")])
def test_a_card_that_is_not_for_all_to_see_is_no_evidence_while_it_is_not(play: Play, hide: str, back: str) -> None:
    play.card("card0001", DANA)
    play.card("card0002", JO)
    play.set_(SET, JO, up=True)
    for card in ("card0001", "card0002"):
        play.says(JO, "set.link", set=SET, card=card)
    assert play.sees(NKECHI)["set"][SET]["cards"] == ["card0001", "card0002"]
    since = play.board.seq
    play.says(HELEN, hide, card="card0001")
    assert play.sees(NKECHI)["set"][SET]["cards"] == ["card0002"]
    assert encode(play.sees(NKECHI)).count(b"card0001") == 0
    frame = msgspec.json.decode(Fan([play.steps[-1]]).frame(play.viewer(NKECHI)) or b"{}")
    assert frame["drop"] == {"card": ["card0001"]}
    assert frame["put"]["set"][SET]["cards"] == ["card0002"]
    assert play.board.seq == since + 1
    play.says(HELEN, back, card="card0001")
    assert play.sees(NKECHI)["set"][SET]["cards"] == ["card0001", "card0002"]


def test_a_card_kept_off_the_wall_is_no_evidence_there(play: Play) -> None:
    play.card("card0001", DANA)
    play.says(DANA, "set.start", id=SET, scale=OWN, card="card0001")
    play.says(DANA, "set.write", set=SET, part="happened", text=WORDS, was=0)
    play.says(DANA, "set.put-up", set=SET)
    play.says(HELEN, "card.wall", card="card0001", off=True)
    assert b"card0001" not in encode(play.sees(WALL))
    assert play.sees(DANA)["set"][SET]["cards"] == ["card0001"]


def test_a_card_removed_for_good_leaves_no_trace_in_a_set(play: Play) -> None:
    play.card("card0001", DANA, text="Two Saturdays")
    play.set_(SET, JO, up=True)
    play.says(JO, "set.link", set=SET, card="card0001")
    play.says(HELEN, "card.erase", card="card0001")
    assert b"card0001" not in encode(play.board.sets)
    assert play.refused(JO, "set.link", set=SET, card="card0001") == "no-card"


def test_only_a_card_everyone_sees_is_linked(play: Play) -> None:
    play.card("card0001", DANA)
    play.says(HELEN, "card.aside", card="card0001")
    play.set_(SET, DANA)
    assert play.refused(DANA, "set.link", set=SET, card="card0001") == "no-card"
    assert play.refused(DANA, "set.start", id="set00002", scale="own00002", card="card0001") == "no-card"
    assert play.refused(DANA, "set.unlink", set=SET, card="card0001") == "no-card"


def test_what_is_written_of_a_child_goes_where_the_childs_name_goes(play: Play) -> None:
    play.set_(SET, JO, like_0="It would be frightening", like_1="She would not sleep")
    assert play.refused(JO, "set.children", set=SET, names=["Elsie"], was=1) == "child-written"
    play.says(JO, "set.children", set=SET, names=["Elsie", "Kofi", "Hana"], was=1)
    texts = play.sees(JO)["set"][SET]["texts"]
    assert (texts["like:0"], texts["like:1"]) == ("She would not sleep", "It would be frightening")
    # Whoever was writing of Kofi in the first place must not write of Elsie now.
    assert play.refused(JO, "set.write", set=SET, part="like:0", text="Of Kofi", was=1) == "set-stale"
    assert play.refused(JO, "set.write", set=SET, part="like:2", text="Of Hana", was=0) == "set-stale"
    play.says(JO, "set.children", set=SET, names=["Elsie", "Kofi W", "Hana"], was=2)
    assert play.sees(JO)["set"][SET]["texts"]["like:1"] == "It would be frightening"
    play.says(JO, "set.children", set=SET, names=["Elsie", "Kofi W"], was=3)
    assert play.refused(JO, "set.write", set=SET, part="like:2", text="Hm", was=0) == "no-child"


def test_whoever_comes_back_by_name_alone_does_not_find_the_draft(play: Play) -> None:
    play.comes(MAUREEN, name="Maureen")
    play.set_(SET, MAUREEN)
    play.says(MAUREEN, "set.writers", set=SET, people=[JO])
    play.set_("set00002", JO)
    play.says(JO, "set.writers", set="set00002", people=[MAUREEN])
    play.writes(Goodbye(person=MAUREEN))
    play.knocks("newcomer1", name="Maureen", cookie="cookie-new")
    play.says(HELEN, "person.admit", person="newcomer1")
    assert play.board.people[MAUREEN].state == "here"
    assert "set" not in play.sees(MAUREEN)
    assert OWN not in play.sees(MAUREEN)["scale"]
    assert SET in play.sees(JO)["set"]
    play.says(JO, "set.put-up", set=SET)
    assert SET in play.sees(MAUREEN)["set"]


def test_where_authors_are_hidden_no_set_tells_who_wrote_and_no_view_whose_it_is() -> None:
    play = meeting(authors="hidden")
    play.set_(SET, JO, up=True)
    play.differ("view0001", LOU, SET)
    assert "hands" not in play.sees(JO)["set"][SET]
    for id in (HELEN, NKECHI):
        view = play.sees(id)["differ"]["view0001"]
        assert "by" not in view
        assert "typed_by" not in view
        assert view["typed"]
    assert play.sees(DANA)["differ"]["view0001"]["mine"]


def test_hiding_authors_later_takes_the_names_from_views_and_sets(play: Play) -> None:
    play.set_(SET, JO, up=True)
    play.differ("view0001", DANA, SET)
    assert play.sees(WALL)["differ"]["view0001"]["by"] == DANA
    play.says(HELEN, "meeting.hide-authors")
    assert "by" not in play.sees(WALL)["differ"]["view0001"]
    assert "hands" not in play.sees(JO)["set"][SET]


def test_whose_view_stands_there_by_name_is_on_everyones_list_until_it_is_gone(play: Play) -> None:
    play.says(PRIYA, "person.expect", id=MAUREEN, name="Maureen", role="family", how="expected")
    play.set_(SET, up=True)
    play.says(PRIYA, "set.differ", id="view0001", set=SET, text="Not every week", for_=MAUREEN)
    assert MAUREEN in play.sees(NKECHI)["person"]
    play.says(HELEN, "differ.erase", differ="view0001")
    assert MAUREEN not in play.sees(NKECHI)["person"]


def test_a_view_is_its_writers_to_change_and_to_take_back(play: Play) -> None:
    play.set_(SET, up=True)
    play.says(PRIYA, "set.differ", id="view0001", set=SET, text="Not every week", for_=DANA)
    assert play.refused(HELEN, "differ.edit", differ="view0001", text="Hm", was=1) == "not-yours"
    assert play.refused(HELEN, "differ.take-back", differ="view0001") == "not-yours"
    play.says(PRIYA, "differ.edit", differ="view0001", text="Not every Saturday", was=1)
    assert play.refused(DANA, "differ.edit", differ="view0001", text="Hm", was=1) == "set-stale"
    play.says(DANA, "differ.edit", differ="view0001", text="It was two Saturdays", was=2)
    assert play.refused(PRIYA, "differ.edit", differ="view0001", text="Hm", was=3) == "not-yours"
    said = {entry.seq for entry in play.log if entry.tag in {"set.differ", "differ.edit"}}
    assert set(core.forgets(play.board, play.ask("differ.take-back", differ="view0001"))) == said
    play.says(DANA, "differ.take-back", differ="view0001")
    assert "differ" not in play.sees(DANA)


def test_a_view_beside_a_closed_worry_stays_as_it_was_said_and_may_still_be_taken_back(play: Play) -> None:
    play.set_(SET, up=True)
    play.differ("view0001", DANA, SET)
    play.says(HELEN, "set.close", set=SET)
    change = {"differ": "view0001", "text": "Not every Saturday", "was": 1}
    assert play.refused(DANA, "differ.edit", **change) == "set-closed"
    assert play.refused(JO, "differ.edit", **change) == "not-yours"
    assert play.outcome(DANA, "differ.take-back", differ="view0001") == "yes"
    play.says(HELEN, "set.reopen", set=SET)
    assert play.outcome(DANA, "differ.edit", **change) == "yes"


def test_a_view_set_aside_is_on_no_screen_but_its_writers_and_the_facilitators(play: Play) -> None:
    play.set_(SET, up=True)
    play.differ("view0001", DANA, SET)
    play.says(HELEN, "differ.aside", differ="view0001")
    assert {id for id in [*BY_ROLE.values(), WALL] if "differ" in play.sees(id)} == {HELEN, DANA}
    assert play.refused(JO, "differ.edit", differ="view0001", text="Hm", was=1) == "no-differ"
    play.says(HELEN, "differ.return", differ="view0001")
    assert "differ" in play.sees(WALL)


def test_views_are_typed_for_those_the_rights_say(play: Play) -> None:
    play.set_(SET, up=True)
    for by, for_, said in (
        (PRIYA, None, "for-whom"),
        (LOU, None, "for-whom"),
        (SADE, None, "for-whom"),
        (SADE, KOFI, "yes"),
        (SADE, DANA, "not-for-them"),
        (LOU, DANA, "yes"),
        (LOU, JO, "not-for-them"),
        (DANA, KOFI, "not-for-them"),
        (HELEN, JO, "yes"),
    ):
        more = {"for_": for_} if for_ else {}
        assert play.outcome(by, "set.differ", id="view0001", set=SET, text="Hm", **more) == said, (by, for_)


def test_what_is_talked_about_may_be_a_set_on_the_board_until_it_closes(play: Play) -> None:
    play.set_(SET, up=True)
    play.says(HELEN, "about.show", about={"kind": "set", "id": SET})
    play.says(HELEN, "set.close", set=SET)
    assert "about" not in next(iter(play.sees(DANA)["meeting"].values()))
    assert play.refused(HELEN, "about.show", about={"kind": "set", "id": SET}) == "no-set"


def test_an_empty_set_is_not_put_up(play: Play) -> None:
    play.says(JO, "set.start", id=SET, scale=OWN)
    assert play.refused(JO, "set.put-up", set=SET) == "empty"


def test_its_scale_is_named_as_it_is(play: Play) -> None:
    play.set_(SET, JO)
    assert play.sees(JO)["scale"][OWN]["about"] == "Kofi and Elsie: Worry"
    play.says(JO, "set.write", set=SET, part="name", text="Drinking at weekends", was=0)
    assert play.sees(JO)["scale"][OWN]["about"] == "Kofi and Elsie: Drinking at weekends"


def test_a_set_replays_where_its_words_have_left_the_log(play: Play) -> None:
    play.set_(SET, JO, could=WORDS)
    play.says(JO, "set.put-up", set=SET)
    play.differ("view0001", DANA, SET)
    board = Board()
    for entry in play.log:
        gone = entry.tag in {"set.write", "set.start", "set.differ"}
        board, _ = core.apply(board, replace(entry, ask=None) if gone else entry)
    assert board.sets == {}


def example() -> dict[str, str]:
    return {
        "who": "Tom\nAnya\nMaureen",
        "happened": "when Dana drinks at weekends she falls asleep and Kofi looks after Elsie alone",
        "could": "Elsie could have an accident with no grown-up awake.",
        "like:0": "he could feel it is his job and his fault",
        "doing": "On every night the children are home a sober adult who knows the plan is awake",
        "long": "four months",
    }


def test_the_paragraph_reads_as_the_template_has_it_in_the_words_people_typed() -> None:
    said = reads(SetWording(), example(), ("Kofi", "Elsie"))
    assert plain(said.worry) == (
        "Tom, Anya and Maureen are worried because when Dana drinks at weekends she falls asleep and Kofi looks after "
        "Elsie alone. If nothing changes, Elsie could have an accident with no grown-up awake. "
        "For Kofi: he could feel it is his job and his fault. For Elsie: (what would it be like?)"
    )
    assert plain(said.goal) == (
        "On every night the children are home a sober adult who knows the plan is awake. "
        "(what will Kofi and Elsie notice?) We need to see this for four months."
    )


def test_gaps_are_told_as_gaps_and_what_may_be_left_out_leaves_none() -> None:
    said = reads(SetWording(), {"who": "Dana"}, ())
    assert [piece.part for piece in said.worry if piece.gap] == ["happened", "could"]
    assert plain(said.worry).startswith("Dana is worried because (what has happened?)")
    assert "the children" in plain(said.goal)
    empty = reads(SetWording(), {}, ())
    assert empty.worry[0].gap
    assert plain(empty.worry).startswith("(who?) are worried")
    honoured = reads(SetWording(), {"honour": "Dana called the police herself!"}, ())
    assert plain(honoured.worry).startswith("Dana called the police herself! (who?)")

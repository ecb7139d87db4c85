"""The door: keys, cookies, knocking, coming back, and going; and that nobody becomes someone else without a press."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from server.board.door import Came, DoorAsk, EndSession, Goodbye, Join, Left, MakeKey, UseKey
from server.board.lobby import PEOPLE_MAX, WAITING_MAX
from server.board.person import Person
from server.board.refusal import Refused

from .make import DANA, HELEN, JO, MAUREEN, NAMES, PRIYA, TOM, WALL, Play, meeting, opened

STRANGER = "somestranger"


def no(play: Play, ask: DoorAsk) -> str:
    before = play.board
    with pytest.raises(Refused) as refused:
        play.writes(ask)
    assert play.board is before
    return refused.value.code


def state(play: Play, id: str) -> str:
    return play.board.people[id].state


def joins(**fields: Any) -> Join:
    return Join(**{"id": TOM, "name": "Tom", "role": "family", "cookie": "cookie-tom", **fields})


@pytest.mark.parametrize("role", ["family", "child", "supporter", "interpreter", "agency", "observer"])
@pytest.mark.parametrize("admit", ["ask", "all"])
def test_the_meeting_says_whether_newcomers_wait(role: str, admit: Any) -> None:
    play = opened(admit=admit)
    play.knocks(TOM, role)
    assert state(play, TOM) == ("here" if admit == "all" else "waiting")


@pytest.mark.parametrize("role", ["scribe", "advocate"])
@pytest.mark.parametrize("admit", ["ask", "all"])
def test_scribe_and_advocate_wait_even_where_all_are_let_in(role: str, admit: Any) -> None:
    play = opened(admit=admit)
    play.knocks(TOM, role)
    assert state(play, TOM) == "waiting"


def test_the_door_can_be_opened_and_closed_and_those_who_wait_go_on_waiting() -> None:
    play = opened()
    play.knocks(TOM)
    play.says(HELEN, "meeting.door", admit="all")
    play.knocks(DANA)
    assert (state(play, TOM), state(play, DANA)) == ("waiting", "here")
    play.says(HELEN, "meeting.door", admit="ask")
    play.knocks(JO)
    assert state(play, JO) == "waiting"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": ""}, "empty"),
        ({"name": "x" * 41}, "too-long"),
        ({"name": "a\u0000"}, "bad-character"),
        ({"agency": "x" * 41}, "too-long"),
        ({"helping": "x" * 81}, "too-long"),
        ({"helping": "\u0000"}, "bad-character"),
        ({"role": "facilitator"}, "key-only"),
        ({"id": DANA}, "id-taken"),
        ({"cookie": f"cookie-{DANA}"}, "id-taken"),
    ],
)
def test_who_cannot_be_written_down_is_refused(fields: dict[str, Any], code: str) -> None:
    assert no(meeting(), joins(**fields)) == code


def test_a_full_meeting_lets_nobody_knock() -> None:
    play = meeting()
    many = {f"many{place:05}": play.board.people[DANA] for place in range(PEOPLE_MAX - len(play.board.people))}
    play.board = replace(play.board, people={**play.board.people, **many})
    assert no(play, joins()) == "full"


def crowd(play: Play, many: int, state: Any) -> None:
    """So many strangers who knocked, and how they stand now."""
    one = Person(id="stranger", name="Stranger", role="family", state=state)
    strangers = {f"{state}{place:05}": replace(one, id=f"{state}{place:05}") for place in range(many)}
    play.board = replace(play.board, people={**play.board.people, **strangers})


def test_whoever_was_never_let_in_takes_nobodys_place() -> None:
    play = meeting()
    for state in ("refused", "removed"):
        crowd(play, PEOPLE_MAX, state)
    crowd(play, WAITING_MAX - 1, "waiting")
    play.says(HELEN, "person.expect", id=MAUREEN, name="Maureen", role="family", how="expected")
    play.comes(TOM)
    play.knocks(STRANGER)
    assert no(play, joins(id="onetoomany", cookie="onetoomany")) == "lobby-full"
    play.says(HELEN, "person.refuse", person=STRANGER)
    play.knocks("onetoomany")


def test_where_all_are_let_in_a_full_lobby_keeps_nobody_out() -> None:
    play = meeting(admit="all")
    crowd(play, WAITING_MAX, "waiting")
    assert no(play, joins(role="scribe")) == "lobby-full"
    play.writes(joins())
    assert state(play, TOM) == "here"


def test_a_full_meeting_lets_in_who_has_a_place_and_nobody_else() -> None:
    play = meeting()
    play.knocks(TOM)
    play.says(PRIYA, "person.expect", id=MAUREEN, name="Maureen", role="family", how="expected")
    play.writes(EndSession(cookie=f"cookie-{DANA}"))
    crowd(play, PEOPLE_MAX - len(play.board.people) + 1, "left")
    assert play.refused(HELEN, "person.admit", person=TOM) == "full"
    play.knocks(STRANGER, name="Dana")
    play.knocks("gransphone", name="Maureen")
    for id in (STRANGER, "gransphone"):
        play.says(HELEN, "person.admit", person=id)
    play.says(HELEN, "person.remove", person=DANA)
    play.says(HELEN, "person.admit", person=DANA)
    assert (state(play, DANA), state(play, MAUREEN)) == ("here", "here")


def test_someone_expected_who_knocks_is_one_person_after_the_press() -> None:
    play = meeting()
    play.says(PRIYA, "person.expect", id=MAUREEN, name="Maureen", role="family", agency="", how="expected")
    play.card("card0001", PRIYA, for_=MAUREEN)
    play.writes(joins(name=" maureen ", agency="Gran"))
    assert play.sees(HELEN)["person"][TOM]["expected"] is True
    assert set(play.board.people) >= {MAUREEN, TOM}
    play.says(HELEN, "person.admit", person=TOM)
    assert TOM not in play.board.people
    assert (state(play, MAUREEN), play.board.people[MAUREEN].agency) == ("here", "Gran")
    assert play.board.sessions["cookie-tom"].person == MAUREEN
    play.says(MAUREEN, "card.confirm", cards=["card0001"])


def test_a_stranger_with_the_same_name_becomes_nobody_where_all_are_let_in() -> None:
    play = meeting(admit="all")
    play.says(PRIYA, "person.expect", id=MAUREEN, name="Maureen", role="family", how="expected")
    play.knocks(STRANGER, name="Maureen")
    assert (state(play, STRANGER), state(play, MAUREEN)) == ("here", "expected")
    assert play.board.sessions[f"cookie-{STRANGER}"].person == STRANGER


def test_a_stranger_with_the_name_of_someone_whose_device_is_here_is_a_second_person() -> None:
    play = meeting()
    play.knocks(STRANGER, name=NAMES[DANA])
    person = play.board.people[STRANGER]
    assert (person.again, person.comes_back) == ("", False)
    play.says(HELEN, "person.admit", person=STRANGER)
    assert play.board.sessions[f"cookie-{STRANGER}"].person == STRANGER


@pytest.mark.parametrize("admit", ["ask", "all"])
def test_after_a_quick_exit_one_asks_to_come_back_and_is_the_same_person_after_the_press(admit: Any) -> None:
    play = meeting(admit=admit)
    play.card("card0001")
    play.writes(EndSession(cookie=f"cookie-{DANA}"))
    play.knocks(STRANGER, name="Dana")
    assert play.sees(HELEN)["person"][STRANGER]["back"] is True
    assert state(play, STRANGER) == "waiting"
    play.says(HELEN, "person.admit", person=STRANGER)
    assert STRANGER not in play.board.people
    assert play.board.sessions[f"cookie-{STRANGER}"].person == DANA
    play.says(DANA, "card.edit", card="card0001", text="Still mine", was=1)


def test_two_who_knock_with_one_name_are_not_both_made_that_person() -> None:
    play = meeting()
    play.writes(EndSession(cookie=f"cookie-{DANA}"))
    for id in (STRANGER, TOM):
        play.knocks(id, name="Dana")
    play.says(HELEN, "person.admit", person=STRANGER)
    play.says(HELEN, "person.admit", person=TOM)
    assert play.board.sessions[f"cookie-{STRANGER}"].person == DANA
    assert play.board.sessions[f"cookie-{TOM}"].person == TOM


@pytest.mark.parametrize(
    ("tag", "fields"),
    [("person.name", {"name": "Somebody else"}), ("person.role", {"person": STRANGER, "role": "observer"})],
)
def test_another_name_or_role_while_waiting_is_another_person_to_be_taken_for(tag: str, fields: dict[str, Any]) -> None:
    """The facilitator presses for the name she reads, never for the one that was borrowed to knock."""
    play = meeting()
    play.writes(EndSession(cookie=f"cookie-{DANA}"))
    play.knocks(STRANGER, name="Dana")
    play.says(STRANGER if tag == "person.name" else HELEN, tag, **fields)
    assert "back" not in play.sees(HELEN)["person"][STRANGER]
    play.says(HELEN, "person.admit", person=STRANGER)
    assert state(play, STRANGER) == "here"
    assert play.board.sessions[f"cookie-{STRANGER}"].person == STRANGER


def test_the_name_of_someone_expected_said_while_waiting_counts_as_knocking_with_it() -> None:
    play = meeting()
    play.says(PRIYA, "person.expect", id=MAUREEN, name="Maureen", role="family", how="expected")
    play.knocks(TOM, name="Mo")
    play.says(TOM, "person.name", name="Maureen")
    assert play.sees(HELEN)["person"][TOM]["expected"] is True
    play.says(HELEN, "person.admit", person=TOM)
    assert state(play, MAUREEN) == "here" and TOM not in play.board.people


@pytest.mark.parametrize("out", ["person.refuse", "person.remove"])
@pytest.mark.parametrize("role", ["family", "agency"])
def test_an_open_door_asks_first_who_bears_the_name_of_someone_kept_out(out: str, role: str) -> None:
    play = meeting()
    play.knocks(TOM)
    if out == "person.remove":
        play.says(HELEN, "person.admit", person=TOM)
    play.says(HELEN, out, person=TOM)
    play.says(HELEN, "meeting.door", admit="all")
    play.knocks(STRANGER, role, name="TOM")
    assert state(play, STRANGER) == "waiting"


def test_whoever_waits_and_goes_is_at_the_door_no_more() -> None:
    play = meeting()
    play.knocks(TOM)
    play.writes(EndSession(cookie=f"cookie-{TOM}"))
    assert TOM not in play.board.people
    assert no(play, EndSession(cookie=f"cookie-{TOM}")) == "not-in"


def test_a_link_used_once_opens_a_second_device_and_no_third() -> None:
    play = meeting()
    play.writes(MakeKey(key="key-dana", role="person", person=DANA))
    play.writes(UseKey(key="key-dana", cookie="tablet"))
    assert play.board.sessions["tablet"].person == DANA
    assert no(play, UseKey(key="key-dana", cookie="third")) == "not-in"


def gone_with_a_link(play: Play) -> dict[str, Any]:
    """Dana made a link for her tablet, wrote a card, and made a quick exit. What the others see."""
    play.card("card0001")
    play.writes(MakeKey(key="key-dana", role="person", person=DANA))
    play.writes(EndSession(cookie=f"cookie-{DANA}"))
    return {id: play.sees(id) for id in (PRIYA, JO, WALL)}


def test_a_link_that_was_not_used_before_a_quick_exit_leads_to_the_waiting_page() -> None:
    play = meeting()
    others = gone_with_a_link(play)
    play.writes(UseKey(key="key-dana", cookie="tablet"))
    back = play.board.sessions["tablet"].person
    assert (back != DANA, state(play, back)) == (True, "waiting")
    assert play.sees(HELEN)["person"][back]["back"] is True
    assert {id: play.sees(id) for id in others} == others
    assert no(play, UseKey(key="key-dana", cookie="third")) == "not-in"
    play.says(HELEN, "person.admit", person=back)
    assert play.board.sessions["tablet"].person == DANA
    assert back not in play.board.people
    assert {id: play.sees(id) for id in others} == others
    play.says(DANA, "card.edit", card="card0001", text="Still mine", was=1)


def test_whoever_comes_back_by_it_finds_their_number() -> None:
    play = meeting()
    play.round()
    play.says(DANA, "rating.set", round="round001", value=3)
    gone_with_a_link(play)
    play.writes(UseKey(key="key-dana", cookie="tablet"))
    play.says(HELEN, "person.admit", person=play.board.sessions["tablet"].person)
    assert [one["value"] for one in play.sees(DANA)["rating"].values()] == [3]


def test_another_name_said_by_who_waits_with_it_is_the_name_they_come_in_with() -> None:
    play = meeting()
    gone_with_a_link(play)
    play.writes(UseKey(key="key-dana", cookie="tablet"))
    back = play.board.sessions["tablet"].person
    play.says(back, "person.name", name="Dana W")
    assert play.sees(HELEN)["person"][back]["back"] is True
    play.says(HELEN, "person.admit", person=back)
    assert play.sees(JO)["person"][DANA]["name"] == "Dana W"


@pytest.mark.parametrize("goes", ["refused", "away again"])
def test_whoever_is_not_let_back_in_leaves_no_mark_for_others(goes: str) -> None:
    play = meeting()
    others = gone_with_a_link(play)
    play.writes(UseKey(key="key-dana", cookie="tablet"))
    if goes == "refused":
        play.says(HELEN, "person.refuse", person=play.board.sessions["tablet"].person)
    else:
        play.writes(EndSession(cookie="tablet"))
    assert {id: play.sees(id) for id in others} == others


def test_a_facilitator_who_quick_exits_is_never_locked_out_of_her_own_meeting() -> None:
    play = meeting()
    play.writes(MakeKey(key="key-tablet", role="person", person=HELEN))
    play.writes(EndSession(cookie=f"cookie-{HELEN}"))
    play.writes(UseKey(key="key-tablet", cookie="tablet"))
    assert (play.board.sessions["tablet"].person, state(play, HELEN)) == (HELEN, "here")


def test_the_links_of_facilitator_and_wall_work_again_and_again() -> None:
    play = meeting()
    for place in range(3):
        play.writes(UseKey(key="key-helen", cookie=f"desk{place}"))
        play.writes(UseKey(key="key-wall", cookie=f"wall{place}"))
        assert play.board.sessions[f"desk{place}"].person == HELEN
        assert play.board.sessions[f"wall{place}"].person == WALL


def test_a_second_facilitator_comes_with_a_link_of_their_own() -> None:
    play = meeting()
    play.writes(MakeKey(key="key-ivo", role="facilitator", person="ivopetrov", name="Ivo"))
    assert play.board.people["ivopetrov"].role == "facilitator"
    assert play.viewer("ivopetrov").lens == "facilitator"
    play.writes(MakeKey(key="key-helen2", role="facilitator", person=HELEN))
    assert play.board.people[HELEN].name == "Helen"


@pytest.mark.parametrize("role", ["facilitator", "wall", "person"])
def test_whoever_is_taken_out_while_they_ask_for_a_link_gets_none(role: str) -> None:
    play = meeting()
    play.writes(MakeKey(key="key-ivo", role="facilitator", person="ivopetrov", name="Ivo"))
    link: Any = {"role": role, "person": {"facilitator": "newperson", "wall": "", "person": "ivopetrov"}[role]}
    play.writes(MakeKey(key="key-1", by="ivopetrov", **link))
    play.says(HELEN, "person.remove", person="ivopetrov")
    assert no(play, MakeKey(key="key-2", by="ivopetrov", **link)) == "not-in"


def test_only_a_facilitator_gets_links_for_others() -> None:
    play = meeting()
    assert no(play, MakeKey(key="key", role="facilitator", person="newperson", by=DANA)) == "not-for-you"
    assert no(play, MakeKey(key="key", role="wall", by=DANA)) == "not-for-you"
    assert no(play, MakeKey(key="key", role="person", person=JO, by=DANA)) == "not-for-you"
    play.writes(MakeKey(key="key", role="person", person=DANA, by=DANA))
    assert play.board.keys["key"].once


def test_a_link_for_nobody_or_with_a_name_too_long_is_not_made() -> None:
    play = meeting()
    assert no(play, MakeKey(key="key", role="person", person="nobodyhere")) == "no-person"
    assert no(play, MakeKey(key="key", role="facilitator", person="ivopetrov", name="x" * 41)) == "too-long"
    assert no(play, UseKey(key="nosuchkey", cookie="cookie")) == "not-in"


def test_a_facilitator_who_said_goodbye_comes_back_by_her_link() -> None:
    play = meeting()
    play.writes(Goodbye(person=HELEN))
    assert state(play, HELEN) == "left"
    play.writes(UseKey(key="key-helen", cookie="desk"))
    assert state(play, HELEN) == "here"


def test_a_facilitator_who_was_removed_does_not() -> None:
    play = meeting()
    play.writes(MakeKey(key="key-ivo", role="facilitator", person="ivopetrov", name="Ivo"))
    play.says(HELEN, "person.remove", person="ivopetrov")
    play.writes(UseKey(key="key-ivo", cookie="desk"))
    assert state(play, "ivopetrov") == "removed"


def test_whoever_said_goodbye_and_has_a_link_asks_to_come_back() -> None:
    play = meeting()
    play.card("card0001")
    play.writes(MakeKey(key="key-dana", role="person", person=DANA))
    play.writes(Goodbye(person=DANA))
    seen = play.sees(JO)
    play.writes(UseKey(key="key-dana", cookie="tablet"))
    assert play.sees(HELEN)["person"][DANA]["back"] is True
    assert state(play, DANA) == "waiting"
    # Nor may they write on anybody's screen from outside: their name stands under what they wrote.
    assert play.refused(DANA, "person.name", name="Jo tells lies") == "not-in"
    assert play.sees(JO) == seen
    play.says(HELEN, "person.admit", person=DANA)
    assert state(play, DANA) == "here"


def test_and_whoever_goes_again_before_an_answer_keeps_the_name_under_their_words() -> None:
    play = meeting()
    play.card("card0001")
    play.writes(MakeKey(key="key-dana", role="person", person=DANA))
    play.writes(Goodbye(person=DANA))
    play.writes(UseKey(key="key-dana", cookie="tablet"))
    play.writes(EndSession(cookie="tablet"))
    assert (state(play, DANA), play.board.people[DANA].comes_back) == ("left", False)


def test_a_goodbye_ends_every_device_and_puts_the_hand_down() -> None:
    play = meeting()
    play.writes(MakeKey(key="key-dana", role="person", person=DANA))
    play.writes(UseKey(key="key-dana", cookie="tablet"))
    play.says(DANA, "person.hand", up=True)
    play.writes(Goodbye(person=DANA))
    assert {one.person for one in play.board.sessions.values()}.isdisjoint({DANA})
    assert (state(play, DANA), play.board.people[DANA].hand) == ("left", False)
    assert no(play, Goodbye(person="nobodyhere")) == "no-person"


def test_coming_is_written_once_and_again_after_being_away() -> None:
    play = meeting()
    came = play.board.people[DANA].came
    assert no(play, Came(person=DANA)) == "no-person"
    play.writes(Left(person=DANA))
    assert no(play, Left(person=DANA)) == "no-person"
    play.writes(Came(person=DANA))
    assert (play.board.people[DANA].came, play.board.people[DANA].away) == (came, 0)
    assert no(play, Came(person="nobodyhere")) == no(play, Left(person="nobodyhere")) == "no-person"


def test_a_quick_exit_changes_nothing_that_others_see() -> None:
    play = meeting()
    play.card("card0001")
    others = (HELEN, PRIYA, JO, WALL)
    before = {id: play.sees(id) for id in others}
    play.writes(EndSession(cookie=f"cookie-{DANA}"))
    assert {id: play.sees(id) for id in others} == before

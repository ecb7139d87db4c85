"""Next steps, who takes them on, and decisions: nobody is shown with a step before they said yes, and what they said
is for them and the facilitator until she shows it."""

from __future__ import annotations

from typing import Any

import pytest

from server.board import core
from server.board.door import Goodbye
from server.board.model import Board
from server.board.sight import Viewer

from .chance import image
from .make import BY_ROLE, DANA, HELEN, JO, KOFI, LOU, MAUREEN, PRIYA, SADE, TOM, WALL, Play, meeting, opened

OTHERS = [role for role in (*BY_ROLE, "wall") if role not in {"facilitator", "family"}]
"""Everyone but the facilitator and Dana."""


def asked(**how: Any) -> Play:
    """Dana is asked to take on a step made from a card of hers."""
    play = meeting(**how)
    play.card("card0001", DANA, "needs")
    play.says(DANA, "step.add", id="step0001", what="Maureen stays over", when="Fridays", card="card0001")
    play.says(HELEN, "step.ask", id="owner001", step="step0001", person=DANA)
    return play


def answered(answer: str, words: str = "Only on Fridays", **how: Any) -> Play:
    play = asked(**how)
    play.says(DANA, "step.answer", owner="owner001", answer=answer, words=words, was=1)
    return play


def shown(answer: str = "yes") -> Play:
    play = answered(answer)
    play.says(HELEN, "step.show-owner", owner="owner001", was=1)
    return play


def owner(play: Play, role: str) -> dict[str, Any] | None:
    """How someone of this role sees who takes the step on."""
    seen = play.sees(BY_ROLE.get(role, WALL)).get("owner", {}).get("owner001")
    return seen and {key: value for key, value in seen.items() if key != "pad"}


def replays(play: Play) -> None:
    """A board read later, words gone, is this one."""
    gone: set[int] = set()
    board = Board()
    for entry in play.log:
        assert entry.ask is not None
        gone |= set(core.forgets(board, entry.ask))
        board, _ = core.apply(board, entry)
    read = Board()
    for entry in play.log:
        read, _ = core.apply(read, entry if entry.seq not in gone else _without_words(entry))
    assert image(read) == image(board)


def _without_words(entry: Any) -> Any:
    return type(entry)(seq=entry.seq, at=entry.at, by=entry.by, tag=entry.tag, ask=None, chance="", place=entry.place)


def test_a_step_says_for_which_worry_on_the_board_it_is_to_whoever_sees_that() -> None:
    play = meeting()
    play.says(DANA, "set.start", id="set00001", scale="own00001")
    play.says(DANA, "set.write", set="set00001", part="happened", text="Elsie was alone", was=0)
    assert play.refused(DANA, "step.add", id="step0001", what="Gran comes", set="set00001") == "no-set"
    assert play.refused(JO, "step.add", id="step0001", what="Gran comes", set="nosuchset") == "no-set"
    play.says(DANA, "set.put-up", set="set00001")
    play.says(JO, "step.add", id="step0001", what="Gran comes", set="set00001")
    play.says(HELEN, "set.close", set="set00001")
    play.says(HELEN, "person.child", person=KOFI, sees="good")
    for role in (*BY_ROLE, "wall"):
        seen = play.sees(BY_ROLE.get(role, WALL))["step"]["step0001"]
        assert ("set" in seen) == (role not in {"child", "wall"}), role
    replays(play)


@pytest.mark.parametrize("role", [*BY_ROLE, "wall"])
def test_everyone_sees_a_next_step_as_it_was_written(role: str) -> None:
    play = meeting()
    play.says(
        JO, "step.add", id="step0001", what="Lou rings", when="Friday", know="Dana says so", otherwise="Tom rings"
    )
    play.says(HELEN, "person.lead", person=JO)
    play.says(JO, "step.bottom", step="step0001", on=True)
    play.says(HELEN, "step.state", step="step0001", state="not-done", text="She was ill")
    seen = play.sees(BY_ROLE.get(role, WALL))["step"]["step0001"]
    order = seen.pop("order")
    assert order and seen == {
        "id": "step0001",
        "what": "Lou rings",
        "when": "Friday",
        "know": "Dana says so",
        "otherwise": "Tom rings",
        "bottom": True,
        "state": "not-done",
        "note": "She was ill",
        "version": 1,
        "by": JO,
    }


def test_nothing_but_what_happens_has_to_be_said() -> None:
    play = meeting()
    play.says(KOFI, "step.add", id="step0001", what="x")
    long = {"id": "step0002", "what": "x"}
    assert play.refused(KOFI, "step.add", id="step0002", what=" \n") == "empty"
    assert play.refused(KOFI, "step.add", **long | {"what": "x" * 1001}) == "too-long"
    assert play.refused(KOFI, "step.add", **long | {"when": "x" * 41}) == "too-long"
    assert play.refused(KOFI, "step.add", **long | {"know": "x" * 281}) == "too-long"
    assert play.refused(KOFI, "step.add", **long | {"otherwise": "\x00"}) == "bad-character"
    assert play.refused(KOFI, "step.add", **long | {"id": "step0001"}) == "id-taken"
    assert play.refused(PRIYA, "step.add", **long) == play.refused(LOU, "step.add", **long) == "for-whom"
    play.says(PRIYA, "step.add", **long, for_=DANA)
    assert (
        play.sees(JO)["step"]["step0002"] | {"by": DANA, "typed_by": PRIYA, "typed": True}
        == play.sees(JO)["step"]["step0002"]
    )


@pytest.mark.parametrize("role", OTHERS)
def test_until_it_is_shown_nobody_else_learns_that_somebody_was_asked_or_what_they_said(role: str) -> None:
    seen = [owner(play, role) for play in (asked(), answered("yes"), answered("but"), answered("cannot"))]
    outline = {"id": "owner001", "step": "step0001", "person": DANA}
    assert seen == [outline if role == "scribe" else None] * 4


@pytest.mark.parametrize("answer", ["yes", "but", "cannot"])
def test_an_answer_is_for_who_gave_it_and_the_facilitator(answer: str) -> None:
    play = answered(answer)
    told = {
        "id": "owner001",
        "step": "step0001",
        "person": DANA,
        "answer": answer,
        "words": "Only on Fridays",
        "version": 1,
    }
    assert owner(play, "family") == owner(play, "facilitator") == told
    replays(play)


def test_an_answer_travels_in_one_size() -> None:
    sizes = set()
    for answer, words in (("yes", ""), ("cannot", ""), ("but", "Not in July"), ("cannot", "x" * 280)):
        seen = play_bytes(answered(answer, words))
        sizes.add(seen)
    assert sizes == {1024}


def play_bytes(play: Play) -> int:
    from server.board.sight import sight
    from server.protocol import encode

    return len(encode(sight(play.board.owners["owner001"], Viewer(DANA, "member"))))


@pytest.mark.parametrize("role", [*BY_ROLE, "wall"])
@pytest.mark.parametrize("authors", ["shown", "hidden"])
def test_once_shown_everyone_sees_who_takes_it_on_and_their_words(role: str, authors: str) -> None:
    play = answered("but", authors=authors)
    play.says(HELEN, "step.show-owner", owner="owner001", was=1)
    assert owner(play, role) == {
        "id": "owner001",
        "step": "step0001",
        "person": DANA,
        "answer": "but",
        "words": "Only on Fridays",
        "shown": True,
        "version": 1,
    }
    # They are on everyone's list then, here or not.
    play.writes(Goodbye(person=DANA))
    assert DANA in play.sees(BY_ROLE.get(role, WALL) if role != "family" else JO)["person"]


def test_only_a_yes_is_shown_and_only_the_one_that_was_read() -> None:
    assert asked().refused(HELEN, "step.show-owner", owner="owner001", was=0) == "no-yes"
    assert answered("cannot").refused(HELEN, "step.show-owner", owner="owner001", was=1) == "no-yes"
    play = answered("yes")
    play.says(DANA, "step.answer", owner="owner001", answer="but", words="Only when he is away", was=1)
    assert play.refused(HELEN, "step.show-owner", owner="owner001", was=1) == "answered-anew"
    assert play.refused(HELEN, "step.show-owner", owner="nosuchowner", was=1) == "no-owner"


def test_who_answers_otherwise_is_no_longer_shown_until_that_is_shown_too() -> None:
    play = shown()
    play.says(DANA, "step.answer", owner="owner001", answer="yes", words="Only on Fridays", was=1)
    assert owner(play, "wall")
    play.says(DANA, "step.answer", owner="owner001", answer="cannot", was=1)
    assert owner(play, "wall") is None and owner(play, "agency") is None
    assert (owner(play, "facilitator") or {})["answer"] == "cannot"


def test_a_yes_to_other_words_is_no_yes() -> None:
    play = shown()
    words = {"step": "step0001", "what": "Maureen stays over", "when": "Fridays"}
    play.says(DANA, "step.edit", **words, know="She is there", was=1)
    assert owner(play, "wall")
    play.says(PRIYA, "step.edit", **words | {"when": "every night"}, was=2)
    assert owner(play, "wall") is None
    assert owner(play, "family") == {"id": "owner001", "step": "step0001", "person": DANA, "version": 1}
    assert play.refused(DANA, "step.answer", owner="owner001", answer="yes", was=2) == "stale-step"
    play.says(DANA, "step.answer", owner="owner001", answer="yes", was=3)


def test_what_was_typed_for_somebody_never_stands_above_what_they_said() -> None:
    play = asked()
    assert play.refused(PRIYA, "step.answer", owner="owner001", answer="yes", was=1) == "for-whom"
    assert play.refused(JO, "step.answer", owner="owner001", answer="yes", was=1) == "no-owner"
    assert play.refused(JO, "step.answer", owner="owner001", answer="yes", was=1, for_=DANA) == "no-owner"
    assert play.refused(DANA, "step.answer", owner="owner001", answer="yes", was=1, for_=JO) == "not-for-them"
    assert play.refused(DANA, "step.answer", owner="owner001", answer="but", was=1) == "empty"
    play.says(PRIYA, "step.answer", owner="owner001", answer="yes", was=1, for_=DANA)
    assert (owner(play, "family") or {})["typed"] is True
    assert owner(play, "scribe") == {"id": "owner001", "step": "step0001", "person": DANA}
    play.says(DANA, "step.answer", owner="owner001", answer="cannot", was=1)
    before = owner(play, "facilitator")
    play.says(HELEN, "step.answer", owner="owner001", answer="yes", was=1, for_=DANA)
    assert owner(play, "facilitator") == before
    assert (before or {})["answer"] == "cannot" and "typed" not in (before or {})


def test_somebody_who_is_not_in_the_meeting_is_asked_by_name_and_answered_for() -> None:
    play = asked()
    assert play.refused(HELEN, "step.ask", id="owner002", step="step0001") == "empty"
    assert play.refused(HELEN, "step.ask", id="owner002", step="step0001", person=JO, name="GP") == "unreadable"
    play.says(PRIYA, "step.ask", id="owner002", step="step0001", name="GP")
    assert "owner002" not in play.sees(DANA)["owner"] and "owner" not in play.sees(WALL)
    assert play.refused(DANA, "step.answer", owner="owner002", answer="yes", was=1) == "no-owner"
    play.says(PRIYA, "step.answer", owner="owner002", answer="yes", was=1)
    play.says(HELEN, "step.show-owner", owner="owner002", was=1)
    assert play.sees(WALL)["owner"]["owner002"]["name"] == "GP"
    play.says(HELEN, "step.unask", owner="owner002")
    assert "owner" not in play.sees(WALL)
    replays(play)


@pytest.mark.parametrize("role", BY_ROLE)
def test_who_may_be_asked_to_take_a_step_on(role: str) -> None:
    play = asked()
    expected = {
        "scribe": "cannot-own",
        "interpreter": "cannot-own",
        "observer": "cannot-own",
        "family": "already-asked",
    }
    said = play.outcome(HELEN, "step.ask", id="owner002", step="step0001", person=BY_ROLE[role])
    assert said == expected.get(role, "yes")


def test_a_step_off_the_list_is_gone_with_who_takes_it_on_and_comes_back_with_them() -> None:
    play = shown()
    play.says(HELEN, "step.ask", id="owner002", step="step0001", person=JO)
    play.says(HELEN, "step.remove", step="step0001")
    for id in (*BY_ROLE.values(), WALL):
        seen = play.sees(id)
        assert "step" not in seen and "owner" not in seen
    assert play.refused(DANA, "step.answer", owner="owner001", answer="cannot", was=1) == "no-owner"
    assert play.refused(HELEN, "step.unask", owner="owner001") == "no-owner"
    assert play.refused(DANA, "step.restore", step="step0001") == "not-your-step"
    play.says(HELEN, "step.restore", step="step0001")
    assert set(play.sees(WALL)["owner"]) == {"owner001"}
    assert play.refused(HELEN, "step.restore", step="step0001") == "no-step"


def test_a_step_removed_for_good_leaves_the_log_with_all_answers() -> None:
    play = shown("but")
    play.says(HELEN, "step.state", step="step0001", state="done", text="Every time")
    said = {entry.seq for entry in play.log if entry.tag in {"step.add", "step.answer", "step.state"}}
    assert set(core.forgets(play.board, play.ask("step.erase", step="step0001"))) == said
    play.says(HELEN, "step.erase", step="step0001")
    assert not play.board.steps and not play.board.owners
    assert play.refused(DANA, "step.add", id="step0001", what="Again") == "id-taken"
    replays(play)


def test_the_link_to_a_card_is_gone_while_not_everyone_sees_the_card() -> None:
    play = asked()
    assert play.sees(JO)["step"]["step0001"]["card"] == "card0001"
    assert "card" not in play.sees(WALL)["step"]["step0001"]
    play.says(HELEN, "card.aside", card="card0001")
    assert all("card0001" not in str(play.sees(id)["step"]) for id in BY_ROLE.values())
    assert play.refused(JO, "step.add", id="step0002", what="Hm", card="card0001") == "no-card"
    play.says(HELEN, "card.return", card="card0001")
    assert play.sees(JO)["step"]["step0001"]["card"] == "card0001"
    play.says(HELEN, "card.erase", card="card0001")
    assert "card" not in play.sees(HELEN)["step"]["step0001"]
    replays(play)


def test_who_wrote_a_step_is_hidden_with_all_authors_but_not_who_agreed_to_be_named() -> None:
    play = shown()
    play.shows_all()
    play.says(HELEN, "decision.add", id="decision1", what="We meet again")
    play.says(PRIYA, "decision.differ", id="differs1", decision="decision1", text="Too soon", for_=DANA)
    play.says(HELEN, "meeting.hide-authors")
    for id in (*BY_ROLE.values(), WALL):
        seen = play.sees(id)
        assert "by" not in seen["step"]["step0001"]
        assert not {"by", "typed_by"} & set(seen["dissent"]["differs1"])
        assert seen["owner"]["owner001"]["person"] == DANA
    assert "step0001" in core.mine(play.board, DANA) and "step0001" not in core.mine(play.board, JO)


def test_a_name_at_the_door_does_not_bring_the_answer_back() -> None:
    play = opened()
    play.comes(MAUREEN)
    play.says(HELEN, "step.add", id="step0001", what="Maureen stays over")
    play.says(HELEN, "step.ask", id="owner001", step="step0001", person=MAUREEN)
    play.says(MAUREEN, "step.answer", owner="owner001", answer="cannot", words="He hits me", was=1)
    play.writes(Goodbye(person=MAUREEN))
    play.knocks("someoneelse", name="Maureen")
    play.says(HELEN, "person.admit", person="someoneelse")
    assert play.sees(MAUREEN)["owner"]["owner001"] == {
        "id": "owner001",
        "step": "step0001",
        "person": MAUREEN,
        "version": 1,
    }
    assert play.sees(HELEN)["owner"]["owner001"]["answer"] == "cannot"
    play.says(MAUREEN, "step.answer", owner="owner001", answer="yes", was=1)
    assert play.sees(MAUREEN)["owner"]["owner001"]["answer"] == "yes"


def test_whoever_takes_a_step_on_says_how_it_went_and_nobody_else_of_the_family() -> None:
    play = answered("yes")
    assert play.refused(DANA, "step.state", step="step0001", state="done") == "not-your-step"
    play.says(HELEN, "step.show-owner", owner="owner001", was=1)
    play.says(DANA, "step.state", step="step0001", state="done")
    assert play.refused(JO, "step.state", step="step0001", state="open") == "not-your-step"
    assert play.refused(HELEN, "step.state", step="step0001", state="done", text="x" * 281) == "too-long"


def test_steps_move_one_at_a_time() -> None:
    play = meeting()
    for place in range(3):
        play.says(HELEN, "step.add", id=f"step000{place}", what="x")
    play.says(HELEN, "step.move", step="step0002", before="step0000")
    play.says(PRIYA, "step.move", step="step0000")
    assert play.refused(HELEN, "step.move", step="step0000", before="nosuchstep") == "no-step"
    there = sorted(play.sees(DANA)["step"].values(), key=lambda one: (one["order"], one["id"]))
    assert [one["id"] for one in there] == ["step0002", "step0001", "step0000"]


def test_only_whose_step_it_is_changes_it_and_never_over_newer_words() -> None:
    play = asked()
    edit = {"step": "step0001", "what": "Otherwise", "was": 1}
    assert (
        play.refused(SADE, "step.edit", **edit) == play.refused(JO, "step.remove", step="step0001") == "not-your-step"
    )
    play.says(PRIYA, "step.edit", **edit)
    assert play.refused(DANA, "step.edit", **edit) == "stale-step"
    assert play.refused(PRIYA, "step.remove", step="step0001") == "not-your-step"
    assert play.refused(JO, "step.erase", step="step0001") == "not-for-you"


@pytest.mark.parametrize("role", [*BY_ROLE, "wall"])
def test_a_decision_stands_with_how_others_see_it(role: str) -> None:
    play = meeting()
    said = {"what": "We meet again", "reasons": "It is new", "whom": "All of us", "next": "18 June"}
    play.says(PRIYA, "decision.add", id="decision1", **said)
    play.says(DANA, "decision.differ", id="differs1", decision="decision1", text="Too soon")
    play.shows_all()
    seen = play.sees(BY_ROLE.get(role, WALL))
    assert {key: seen["decision"]["decision1"][key] for key in said} == said
    assert (seen["dissent"]["differs1"]["text"], seen["dissent"]["differs1"]["by"]) == ("Too soon", DANA)


def test_decisions_are_changed_by_who_keeps_them_and_leave_the_log_when_taken_off() -> None:
    play = meeting()
    play.says(PRIYA, "decision.add", id="decision1", what="We meet again")
    play.says(HELEN, "decision.edit", decision="decision1", what="We meet in June", was=1)
    assert play.refused(PRIYA, "decision.edit", decision="decision1", what="Hm", was=1) == "stale-step"
    assert play.refused(PRIYA, "decision.add", id="decision1", what="Hm") == "id-taken"
    assert play.refused(LOU, "decision.differ", id="differs1", decision="decision1", text="Hm") == "for-whom"
    play.says(LOU, "decision.differ", id="differs1", decision="decision1", text="Hm", for_=DANA)
    assert play.refused(JO, "decision.take-back", dissent="differs1") == "not-yours"
    play.says(DANA, "decision.differ", id="differs2", decision="decision1", text="Not so soon")
    play.says(DANA, "decision.take-back", dissent="differs1")
    assert play.refused(DANA, "decision.differ", id="differs1", decision="decision1", text="Hm") == "id-taken"
    play.says(HELEN, "decision.remove", decision="decision1")
    assert not play.board.decisions and not play.board.dissents
    assert play.refused(DANA, "decision.differ", id="differs3", decision="decision1", text="Hm") == "no-decision"
    replays(play)


def test_a_child_who_sees_no_next_steps_is_not_asked_to_take_one_on() -> None:
    play = meeting()
    play.says(HELEN, "step.add", id="step0009", what="Football on Sundays")
    play.says(HELEN, "person.child", person=KOFI, age="8-11", sees="own")
    assert play.refused(HELEN, "step.ask", id="owner009", step="step0009", person=KOFI) == "cannot-own"
    play.says(HELEN, "person.child", person=KOFI, age="8-11", sees="good")
    assert play.outcome(HELEN, "step.ask", id="owner009", step="step0009", person=KOFI) == "yes"


def test_of_those_who_work_with_the_family_one_leads_and_alone_sets_a_bottom_line() -> None:
    play = meeting()
    play.comes(TOM, "agency", name="Tom", agency="Larkfield")
    play.says(DANA, "step.add", id="step0001", what="A sober grown-up is in every night")
    assert play.refused(TOM, "step.bottom", step="step0001", on=True) == "lead-only"
    play.says(HELEN, "person.lead", person=JO)
    play.says(HELEN, "person.lead", person=TOM)
    for id in (DANA, KOFI, WALL):
        assert [one["id"] for one in play.sees(id)["person"].values() if one.get("lead")] == [TOM]
    play.says(TOM, "step.bottom", step="step0001", on=True)
    assert play.refused(JO, "step.bottom", step="step0001", on=False) == "lead-only"
    play.says(HELEN, "person.lead", person=JO, on=False)
    assert play.board.people[TOM].lead
    assert play.refused(HELEN, "person.lead", person=DANA) == "not-agency"
    play.says(HELEN, "person.role", person=TOM, role="observer")
    assert not any(one.get("lead") for one in play.sees(DANA)["person"].values())
    play.says(HELEN, "person.role", person=TOM, role="agency")
    assert play.refused(TOM, "step.bottom", step="step0001", on=False) == "lead-only"

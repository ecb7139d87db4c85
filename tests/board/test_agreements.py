"""Polls and answers: alone until one entry shows them all, "not now" like no answer, and whoever was not asked stands
as not asked."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from server.board import core
from server.board.agreements import POLLS_MAX, CountPoll
from server.board.door import EndSession, Goodbye
from server.board.model import Board
from server.board.refusal import Refused
from server.fan import Fan
from server.protocol import encode

from .make import BY_ROLE, DANA, HELEN, JO, KOFI, MAUREEN, POLL, PRIYA, SADE, SET, SHIRIN, TOM, WALL, Play, meeting

SCREENS = (*BY_ROLE.values(), WALL)
NAVEED = "naveedrahimi"


def asked(*, authors: Any = "shown", too: bool = False) -> Play:
    """A meeting where everyone is asked about a set."""
    play = meeting(authors=authors)
    play.shows_all()
    play.set_(SET, up=True)
    play.poll(too=too)
    return play


def says(play: Play, by: str, value: str, words: str = "", **more: Any) -> None:
    play.says(by, "agreement.set", poll=POLL, value=value, words=words, **more)


def show(play: Play) -> list[dict[str, Any]]:
    """Show everyone: what the wall then holds, in the order it was sent."""
    play.says(HELEN, "agreement.show", poll=POLL)
    return list(play.sees(WALL).get("answer", {}).values())


def poll_of(play: Play, id: str = JO) -> dict[str, Any]:
    """The poll as this screen has it, after the server counted by the clock."""
    with suppress(Refused):
        play.writes(CountPoll(poll=POLL))
    poll: dict[str, Any] = play.sees(id)["poll"][POLL]
    return poll


def counts(play: Play, id: str = JO) -> tuple[int, int]:
    poll = poll_of(play, id)
    return poll["answered"], poll["asked"]


def test_a_poll_says_before_anyone_answers_whom_it_asks_and_how_it_will_be_shown() -> None:
    play = asked(too=True)
    poll = poll_of(play)
    assert (poll["set"], poll["state"], poll["named"], poll["too"]) == (SET, "open", True, True)
    assert (poll["answered"], poll["asked"]) == (0, 4)
    assert poll["versions"] == {part: text.version for part, text in play.board.sets[SET].texts.items()} != {}
    assert not poll_of(asked(authors="hidden")).get("named")


def test_only_what_stands_on_the_board_can_be_asked_about() -> None:
    play = meeting()
    assert play.refused(HELEN, "agreement.ask", id=POLL, set="nosuchset") == "no-set"
    play.set_(SET)
    assert play.refused(HELEN, "agreement.ask", id=POLL, set=SET) == "no-set"


@pytest.mark.parametrize(("fields", "code"), [({"id": POLL}, "id-taken"), ({}, "already-open")])
def test_a_poll_that_cannot_be_is_refused(fields: dict[str, Any], code: str) -> None:
    assert asked().refused(HELEN, "agreement.ask", **{"id": "poll0002", "set": SET, **fields}) == code


def test_polls_end_somewhere() -> None:
    play = asked()
    play.says(HELEN, "agreement.cancel", poll=POLL)
    done = play.board.polls[POLL]
    play.board = replace(play.board, polls={f"many{place:05}": done for place in range(POLLS_MAX)})
    assert play.refused(HELEN, "agreement.ask", id="poll0002", set=SET) == "full"


def test_an_answer_is_its_givers_alone_until_all_are_shown() -> None:
    play = asked()
    says(play, DANA, "differently", "It is not every week", share=True)
    seen = {id: play.sees(id).get("answer", {}) for id in SCREENS}
    (own,) = seen.pop(DANA).values()
    assert (own["value"], own["words"], own["share"], own["person"]) == (
        "differently",
        "It is not every week",
        True,
        DANA,
    )
    assert set(map(str, seen.values())) == {"{}"}


@pytest.mark.parametrize("value", ["agree", "partly", "differently", "not-now"])
@pytest.mark.parametrize("said", ["", "No", "Because " * 35, "لا أعرف " * 35, 'so "quoted"\n' * 23])
def test_ones_own_answer_travels_in_1024_bytes_whatever_it_is(value: str, said: str) -> None:
    play = asked()
    says(play, DANA, value, said, share=bool(said))
    (own,) = play.sees(DANA)["answer"].values()
    assert len(encode(own)) == 1024
    assert (own["value"], own["words"]) == (value, said)


@pytest.mark.parametrize("letter", ["😀", "喜"])
def test_no_length_of_words_lets_the_answer_move_the_size(letter: str) -> None:
    play = asked()
    for length in (0, 200, 225, 226, 227, 240, 280):
        sizes = set()
        for value in ("agree", "differently", "not-now"):
            for share in (True, False):
                says(play, DANA, value, letter * length, share=share)
                (own,) = play.sees(DANA)["answer"].values()
                sizes.add(len(encode(own)))
        assert len(sizes) == 1, length


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"poll": "nosuchpoll"}, "no-round"),
        ({"words": "x" * 281}, "too-long"),
        ({"source": "x" * 281}, "too-long"),
        ({"words": "\u0000"}, "bad-character"),
        ({"source": "\ufffe"}, "bad-character"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused(fields: dict[str, Any], code: str) -> None:
    assert asked().refused(DANA, "agreement.set", **{"poll": POLL, "value": "agree", **fields}) == code


def test_nothing_else_is_an_answer() -> None:
    with pytest.raises(msgspec.ValidationError):
        meeting().ask("agreement.set", poll=POLL, value="not_asked")


def test_with_names_everyone_sees_who_said_what_and_only_words_that_were_shared() -> None:
    play = asked()
    says(play, KOFI, "partly", "Sometimes", share=True)
    says(play, DANA, "differently", "Nobody's business")
    says(play, JO, "not-now", "Ask me later", share=True)
    own = next(iter(play.sees(DANA)["answer"]))
    shown = {one["person"]: (one["role"], one["value"], one.get("words", "")) for one in show(play)}
    assert shown == {KOFI: ("child", "partly", "Sometimes"), DANA: ("family", "differently", "")}
    assert own in play.sees(WALL)["answer"]
    poll = poll_of(play)
    assert (poll["state"], poll["counts"]) == ("shown", {"differently": 1, "partly": 1})
    (kept,) = [one for one in play.sees(JO)["answer"].values() if one["person"] == JO]
    assert (kept["value"], len(encode(kept))) == ("not-now", 1024)


def test_once_shown_nothing_is_asked_any_more() -> None:
    play = asked()
    says(play, DANA, "agree")
    assert len(show(play)) == 1
    assert play.refused(DANA, "agreement.set", poll=POLL, value="partly") == "not-open"
    assert play.refused(HELEN, "agreement.cancel", poll=POLL) == "not-open"
    assert play.refused(HELEN, "agreement.show", poll=POLL) == "not-open"


def test_without_names_there_are_counts_and_words_of_nobody() -> None:
    play = asked(authors="hidden")
    says(play, JO, "agree")
    says(play, DANA, "differently", "It is not every week", share=True)
    says(play, KOFI, "agree", "I want it to stop", share=True)
    before = set(play.board.answers)
    shown = show(play)
    assert [(one["value"], one["words"]) for one in shown] == [
        ("agree", "I want it to stop"),
        ("differently", "It is not every week"),
    ]
    assert {frozenset(one) for one in shown} == {frozenset({"id", "poll", "value", "words"})}
    assert before.isdisjoint(one["id"] for one in shown)
    assert poll_of(play)["counts"] == {"agree": 2, "differently": 1}
    own = [one for one in play.sees(DANA)["answer"].values() if one.get("person") == DANA]
    assert [one["value"] for one in own] == ["differently"]


def test_without_names_it_takes_three_and_not_now_is_none_of_them() -> None:
    play = asked(authors="hidden")
    says(play, JO, "agree")
    says(play, DANA, "partly")
    says(play, KOFI, "not-now")
    assert play.refused(HELEN, "agreement.show", poll=POLL) == "too-few"
    says(play, KOFI, "differently")
    show(play)
    assert poll_of(play)["counts"] == {"agree": 1, "differently": 1, "partly": 1}


def test_names_hidden_while_people_are_asked_are_not_shown_afterwards() -> None:
    play = asked()
    says(play, DANA, "differently", "It is not every week", share=True)
    says(play, JO, "agree")
    play.says(HELEN, "meeting.hide-authors")
    assert not poll_of(play).get("named")
    assert play.refused(HELEN, "agreement.show", poll=POLL) == "too-few"
    says(play, KOFI, "agree")
    assert [frozenset(one) for one in show(play)] == [frozenset({"id", "poll", "value", "words"})]


def test_names_hidden_afterwards_take_the_names_off_and_leave_the_words() -> None:
    play = asked()
    play.comes(TOM, "agency")
    play.writes(Goodbye(person=TOM))
    play.says(HELEN, "agreement.cancel", poll=POLL)
    play.poll("poll0002")
    for by, value, words in ((DANA, "differently", "It is not every week"), (JO, "agree", ""), (KOFI, "agree", "")):
        play.says(by, "agreement.set", poll="poll0002", value=value, words=words, share=True)
    play.says(HELEN, "agreement.show", poll="poll0002")
    named = set(play.sees(WALL)["answer"])
    assert play.sees(WALL)["poll"]["poll0002"]["unasked"] == [TOM]
    play.says(HELEN, "meeting.hide-authors")
    seen = play.sees(WALL)
    assert [(one["value"], one["words"]) for one in seen["answer"].values()] == [
        ("differently", "It is not every week")
    ]
    assert named.isdisjoint(seen["answer"])
    poll = seen["poll"]["poll0002"]
    assert (poll["counts"], poll["not_asked"]) == ({"agree": 2, "differently": 1}, 1)
    assert not {DANA, JO, KOFI, TOM} & set(str(poll).split("'"))
    (own,) = [one for one in play.sees(DANA)["answer"].values() if "pad" in one]
    assert own["value"] == "differently"


def test_whoever_was_not_asked_stands_as_not_asked() -> None:
    play = meeting()
    play.shows_all()
    play.set_(SET, up=True)
    play.comes(TOM, "agency")
    play.writes(Goodbye(person=TOM))
    play.says(PRIYA, "person.expect", id=NAVEED, name="Naveed", role="family", how="apologies")
    play.poll()
    says(play, DANA, "agree")
    show(play)
    poll = poll_of(play)
    assert (poll["not_asked"], poll["unasked"]) == (1, [TOM])
    assert NAVEED not in str(play.sees(DANA))
    # Whoever never came is known to the list alone, and so is that they were not asked.
    assert poll_of(play, HELEN)["away"] == [NAVEED]
    assert all("away" not in poll_of(play, id) for id in SCREENS if id != HELEN)


def test_what_is_typed_for_somebody_who_is_not_here_counts_as_asked() -> None:
    play = asked()
    play.says(PRIYA, "person.expect", id=NAVEED, name="Naveed", role="family", how="phone")
    says(play, PRIYA, "partly", "Not on Fridays", for_=NAVEED, source="by phone, 10:15", share=True)
    says(play, SADE, "agree", for_=KOFI)
    assert all("answer" not in play.sees(id) for id in SCREENS)
    assert counts(play) == (2, 4)
    shown = show(play)
    assert {(one["person"], one["value"]) for one in shown} == {(NAVEED, "partly"), (KOFI, "agree")}
    assert all("source" not in one and "typed_by" not in one for one in shown)
    assert "unasked" not in poll_of(play)


def test_ones_own_answer_stands_above_what_is_typed_before_or_after() -> None:
    play = asked()
    says(play, PRIYA, "agree", for_=DANA)
    says(play, DANA, "differently")
    (own,) = play.sees(DANA)["answer"].values()
    assert own["value"] == "differently"
    before = {id: play.sees(id) for id in SCREENS}
    says(play, PRIYA, "agree", for_=DANA)
    assert {id: play.sees(id) for id in SCREENS} == before
    assert [Fan(play.steps[-1:]).frame(play.viewer(id)) for id in SCREENS] == [None] * len(SCREENS)
    assert [one["value"] for one in show(play)] == ["differently"]


def test_who_comes_in_by_a_name_reads_no_answer_given_under_it() -> None:
    play = asked()
    says(play, DANA, "differently", "It is not every week")
    play.writes(EndSession(cookie=f"cookie-{DANA}"))
    play.knocks("borrowedname", name="Dana")
    play.says(HELEN, "person.admit", person="borrowedname")
    assert "answer" not in play.sees(DANA)
    assert [one["value"] for one in show(play)] == ["differently"]
    # Nor what was kept back, once names are hidden and answers are their givers' again.
    play.says(HELEN, "meeting.hide-authors")
    assert "answer" not in play.sees(DANA)


def test_not_now_looks_like_no_answer() -> None:
    play = asked()
    before = {id: play.sees(id) for id in SCREENS if id != DANA}
    says(play, DANA, "not-now", "Words", share=True)
    assert counts(play) == (0, 3)
    assert poll_of(play, HELEN)["missing"] == sorted([DANA, KOFI, JO])
    assert {id: play.sees(id) for id in SCREENS if id != DANA} == before


def test_counts_go_on_counting_who_has_left_and_only_the_facilitator_knows_who_is_missing() -> None:
    play = asked()
    says(play, DANA, "agree")
    assert counts(play) == (1, 3)
    play.writes(Goodbye(person=DANA))
    play.comes(MAUREEN)
    assert counts(play) == (1, 4)
    assert poll_of(play, HELEN)["missing"] == sorted([MAUREEN, KOFI, JO])
    assert all("missing" not in poll_of(play, id) for id in SCREENS if id not in {HELEN, DANA})
    with pytest.raises(Refused):
        play.writes(CountPoll(poll=POLL))


def test_a_cancelled_poll_destroys_every_answer_unseen_and_keeps_no_count() -> None:
    play = asked()
    written = []
    for by, value, more in ((DANA, "agree", {}), (DANA, "partly", {}), (PRIYA, "agree", {"for_": DANA})):
        says(play, by, value, **more)
        written.append(play.log[-1].seq)
    counts(play)
    assert sorted(core.forgets(play.board, play.ask("agreement.cancel", poll=POLL))) == written
    play.says(HELEN, "agreement.cancel", poll=POLL)
    assert play.board.answers == {}
    poll = play.sees(HELEN)["poll"][POLL]
    assert (poll["state"], poll["asked"], poll["answered"], "missing" in poll) == ("cancelled", 0, 0, False)
    # Read later, without the words that have left the log, the board is the same.
    read = Board()
    for entry in play.log:
        read, _ = core.apply(read, replace(entry, ask=None) if entry.seq in written else entry)
    assert msgspec.json.encode(read) == msgspec.json.encode(play.board)


def test_asked_again_what_was_said_first_is_kept() -> None:
    play = asked()
    says(play, DANA, "partly")
    show(play)
    play.poll("poll0002")
    play.says(DANA, "agreement.set", poll="poll0002", value="agree")
    play.says(HELEN, "agreement.show", poll="poll0002")
    said = {(one["poll"], one["value"]) for one in play.sees(WALL)["answer"].values()}
    assert said == {(POLL, "partly"), ("poll0002", "agree")}


@pytest.mark.parametrize("authors", ["shown", "hidden"])
def test_no_order_tells_who_answered_first(authors: str) -> None:
    def order(givers: tuple[str, ...]) -> Any:
        play = asked(authors=authors)
        play.comes(SHIRIN)
        for by in givers:
            value = {JO: "partly", DANA: "agree", KOFI: "partly"}[by]
            says(play, by, value, {JO: "One", DANA: "Two", KOFI: "Three"}[by], share=True)
        shown = show(play)
        if authors == "shown":
            return [one["id"] for one in shown] == sorted(one["id"] for one in shown)
        return [(one["value"], one["words"]) for one in shown]

    assert order((JO, DANA, KOFI)) == order((KOFI, JO, DANA)) == order((DANA, KOFI, JO))
    assert order((JO, DANA, KOFI))

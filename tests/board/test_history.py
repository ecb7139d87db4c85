"""The board as it was: less than was seen of it then, and less than may be seen of it today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from server.board import core
from server.board.cardsight import reads_back
from server.board.erasing import ErasePerson, nameless_rounds
from server.board.history import LEFT_OUT, SHOWN, History, Seen, TakenBack
from server.board.model import Board
from server.board.setreads import reads
from server.board.shelves import SHELVES
from server.board.sight import Viewer
from server.fan import whole
from server.protocol import encode
from server.record.making import make
from server.record.model import Record
from tests.leaks.canaries import watched
from tests.leaks.markedrecords import MARK

from .chance import Choice, begun, choices, law, many
from .make import DANA, HELEN, JO, KOFI, LEILA, PRIYA, SADE, SCALE, TEMPLATE, Play, meeting

RUNS = Viewer(HELEN, "facilitator")
Happens = tuple[tuple[str, str, dict[str, Any]], ...]
CARD = "card0001"


@pytest.fixture
def play() -> Play:
    return meeting()


def at(play: Play, seq: int, *, now: Board | None = None) -> Seen:
    """What Helen is shown today of the board at this number."""
    return History(now or play.board, RUNS).seen(boards(play)[seq])


def boards(play: Play) -> list[Board]:
    """The board at every number, from 0."""
    board, every = Board(), [Board()]
    for entry in play.log:
        board, _ = core.apply(board, entry)
        every.append(board)
    return every


def does(play: Play, happens: Happens) -> None:
    for by, tag, fields in happens:
        play.says(by, tag, **fields)


def words(seen: Seen) -> str:
    return encode(seen).decode()


# ---- cards -----------------------------------------------------------------------------------------------------------

BY_ITS_WRITER = (DANA, "card.remove", {"card": CARD})
SINCE: dict[str, tuple[Happens, str]] = {
    "nothing": ((), "words"),
    "its words were changed": (((DANA, "card.edit", {"card": CARD, "text": "Else", "was": 1}),), "words"),
    "it was moved": (((HELEN, "card.move", {"card": CARD, "column": "needs"}),), "words"),
    "it was taken off the wall": (((HELEN, "card.wall", {"card": CARD, "off": True}),), "words"),
    "its writer took it back": ((BY_ITS_WRITER,), "place"),
    "its writer took it back and put it there again": (
        (BY_ITS_WRITER, (DANA, "card.restore", {"card": CARD})),
        "words",
    ),
    "it was set aside": (((HELEN, "card.aside", {"card": CARD}),), "nothing"),
    "it was set aside and put back": (
        ((HELEN, "card.aside", {"card": CARD}), (HELEN, "card.return", {"card": CARD})),
        "words",
    ),
    "it was set aside and taken back": (((HELEN, "card.aside", {"card": CARD}), BY_ITS_WRITER), "place"),
    "the facilitator took it off": (((HELEN, "card.remove", {"card": CARD}),), "nothing"),
}


@pytest.mark.parametrize("since", SINCE)
def test_of_a_card_stands_what_became_of_it_lets_stand(play: Play, since: str) -> None:
    happens, shown = SINCE[since]
    play.card(CARD, DANA, text="Canary")
    then = play.board.seq
    does(play, happens)
    seen = at(play, then)
    assert ("Canary" in words(seen)) == (shown == "words")
    assert (CARD in words(seen)) == (shown == "words")
    gone = [one for one in seen["card"].values() if isinstance(one, TakenBack)]
    assert len(gone) == (shown == "place")
    assert all(one.column == "well" for one in gone)


def test_a_card_removed_for_good_has_left_every_minute(play: Play) -> None:
    play.card(CARD, DANA, text="Canary")
    then = play.board.seq
    play.says(HELEN, "card.erase", card=CARD)
    # Its words are gone from the log by then; and even where they are not yet, it is on no board.
    assert at(play, then)["card"] == {}


SECOND: dict[str, Any] = {"id": "second01", "of": {"kind": "card", "id": CARD}, "lang": "fa"}


def test_words_of_a_card_that_were_taken_off_have_left_every_minute(play: Play) -> None:
    play.card(CARD, DANA, text="Canary Road 5")
    play.says(HELEN, "comment.open")
    play.says(DANA, "comment.add", id="said0001", on={"kind": "card", "id": CARD}, text="Canary of ours")
    play.says(LEILA, "translation.set", **SECOND, text="Canary in Farsi")
    first = play.board.seq
    play.says(DANA, "card.edit", card=CARD, text="With Gran", was=1)
    reworded = play.board.seq
    play.says(LEILA, "translation.set", **SECOND, text="Otherwise", was=1)
    assert all("Canary" in words(at(play, seq)) for seq in (first, reworded))
    assert play.refused(DANA, "wording.remove", card=CARD) == "not-for-you"
    play.says(HELEN, "wording.remove", card=CARD)
    assert all("Canary" not in words(at(play, seq)) for seq in range(reworded))
    [left] = at(play, first)["card"].values()
    assert left == TakenBack(column="well", order=play.board.cards[CARD].order, reworded=True)
    assert CARD not in words(at(play, first))
    # What it reads since stands there, and what stood beside it, without the second text to the words before.
    after = at(play, reworded)
    assert "With Gran" in words(after) and "Canary of ours" in words(after) and after["translation"] == {}


def test_what_a_card_said_before_can_be_taken_off_again_and_only_where_there_is_something(play: Play) -> None:
    play.card(CARD, DANA, text="Canary")
    assert play.refused(HELEN, "wording.remove", card=CARD) == "not-there"
    play.says(DANA, "card.edit", card=CARD, text="Second", was=1)
    play.says(HELEN, "wording.remove", card=CARD)
    assert play.refused(HELEN, "wording.remove", card=CARD) == "not-there"
    second = play.board.seq
    play.says(DANA, "card.edit", card=CARD, text="Third", was=2)
    assert "Second" in words(at(play, second))
    play.says(HELEN, "wording.remove", card=CARD)
    assert "Second" not in words(at(play, second))


def test_of_a_card_whose_words_were_taken_off_no_minute_tells_where_it_was_set_aside(play: Play) -> None:
    play.card(CARD, DANA, text="Canary")
    play.says(HELEN, "card.aside", card=CARD)
    aside = play.board.seq
    play.says(HELEN, "card.return", card=CARD)
    play.says(DANA, "card.edit", card=CARD, text="Second", was=1)
    play.says(HELEN, "wording.remove", card=CARD)
    assert at(play, aside)["card"] == {}


def test_a_card_stands_where_it_stood_with_the_words_it_had(play: Play) -> None:
    play.card(CARD, DANA, "worried", "Before")
    then = play.board.seq
    play.says(DANA, "card.edit", card=CARD, text="After", was=1)
    play.says(DANA, "card.move", card=CARD, column="needs")
    was: Any = at(play, then)["card"][CARD]
    assert (was.text, was.column, was.by) == ("Before", "worried", DANA)


def test_what_waited_or_was_kept_was_not_on_the_board(play: Play) -> None:
    play.says(HELEN, "column.first", column="worried", on=True)
    play.card("tray0001", JO, "worried", "Canary waits")
    play.card("kept0001", HELEN, "worried", "Canary kept", keep=True)
    play.card("kept0002", HELEN, "worried", "Canary kept and taken back", keep=True)
    then = play.board.seq
    play.says(HELEN, "card.put-up", cards=["tray0001"])
    play.says(HELEN, "card.show", card="kept0001")
    play.says(HELEN, "card.remove", card="kept0002")
    assert at(play, then)["card"] == {}
    assert at(play, play.board.seq)["card"].keys() == {"tray0001", "kept0001"}
    play.says(HELEN, "card.hold", cards=["tray0001"])
    assert at(play, play.board.seq - 1)["card"].keys() == {"kept0001"}


def test_what_somebody_typed_by_mistake_and_took_back_for_another_is_left_out(play: Play) -> None:
    play.card(CARD, PRIYA, text="Canary")
    then = play.board.seq
    play.says(PRIYA, "card.remove", card=CARD)
    assert at(play, then)["card"] == {}


def test_who_finds_something_out_is_named_no_longer_than_it_stands_there(play: Play) -> None:
    play.card(CARD, DANA, unknown={"who": "Canary", "by_when": "Friday"})
    then = play.board.seq
    assert "Canary" in words(at(play, then))
    play.says(HELEN, "card.unknown", card=CARD, unknown={"who": "Tom"})
    assert "Canary" not in words(at(play, then))


def test_what_was_shown_large_is_not_named_once_it_is_gone(play: Play) -> None:
    play.card(CARD, DANA)
    play.says(HELEN, "about.show", about={"kind": "card", "id": CARD})
    then = play.board.seq
    play.says(DANA, "card.remove", card=CARD)
    assert CARD not in words(at(play, then))


# ---- names -----------------------------------------------------------------------------------------------------------


def test_once_names_are_hidden_they_are_hidden_of_every_minute(play: Play) -> None:
    play.card(CARD, DANA)
    play.card("card0002", SADE)
    play.card("card0003", KOFI)
    play.says(HELEN, "comment.open", all=True)
    play.says(JO, "comment.add", id="comment1", on={"kind": "card", "id": CARD}, text="So do I")
    play.says(DANA, "step.add", id="step0001", what="Gran stays")
    play.set_("set00001", up=True)
    play.differ("differ01", DANA, "set00001")
    then = play.board.seq
    assert {DANA, JO} <= set(_who(at(play, then)))
    play.says(HELEN, "meeting.hide-authors")
    seen = at(play, then)
    assert list(_who(seen)) == []
    assert not any(getattr(card, "child", False) for card in seen["card"].values())
    (told,) = seen["meeting"].values()
    assert told.authors == "hidden"  # type: ignore[union-attr]


def _who(seen: Seen) -> Iterator[str]:
    """Every person named under words."""
    for kind in ("card", "comment", "thought", "step", "differ", "dissent", "translation", "correction"):
        for view in seen[kind].values():
            who = [getattr(view, "by", ""), getattr(view, "typed_by", "")]
            yield from filter(None, [*who, getattr(getattr(view, "voice", None), "brought_by", "")])


def test_whoever_goes_by_another_name_now_went_by_it_then(play: Play) -> None:
    play.card(CARD, DANA)
    then = play.board.seq
    play.says(DANA, "person.name", name="D.")
    seen = at(play, then)
    assert seen["person"][DANA].name == "D."  # type: ignore[union-attr]
    assert "Dana" not in words(seen)


# ---- numbers ---------------------------------------------------------------------------------------------------------


def rated(play: Play, show: str) -> dict[str, int]:
    """A round that was asked, answered and shown. Returns the number of the log at each of these."""
    play.round("round001", show, too=True)
    asked = play.board.seq
    for by, value in ((DANA, 9), (JO, 2), (KOFI, 8), (HELEN, 7)):
        play.says(by, "rating.set", round="round001", value=value, reason="Canary", share=True)
    answered = play.board.seq
    play.says(HELEN, "round.reveal", round="round001")
    return {"asked": asked, "answered": answered, "shown": play.board.seq}


@pytest.mark.parametrize("show", ["named", "role", "spread"])
def test_no_number_stands_in_a_minute_before_it_was_shown(play: Play, show: str) -> None:
    seqs = rated(play, show)
    for seq in (seqs["asked"], seqs["answered"]):
        seen = at(play, seq)
        assert (seen["round"], seen["rating"]) == ({}, {})
        assert "Canary" not in words(seen)
    seen = at(play, seqs["shown"])
    assert len(seen["rating"]) == 4
    assert ("Canary" in words(seen)) == (show == "named")


def test_a_round_that_was_stopped_was_never_shown(play: Play) -> None:
    play.round("round001")
    play.says(DANA, "rating.set", round="round001", value=9)
    then = play.board.seq
    play.says(HELEN, "round.cancel", round="round001")
    assert at(play, then)["round"] == {}


@pytest.mark.parametrize("show", ["role", "spread"])
def test_after_a_person_was_erased_every_minute_has_the_one_set_of_marks(play: Play, show: str) -> None:
    """Two sets of marks that differ by one would tell whose that one is."""
    then = rated(play, show)["shown"]
    before = at(play, then)["rating"]
    gone = tuple(entry.seq for entry in play.log if entry.by == DANA or getattr(entry.ask, "person", "") == DANA)
    erased = ErasePerson(person=DANA, entries=gone, rounds=tuple(nameless_rounds(play.board, DANA)))
    log = [*(replace(one, ask=None) if one.seq in gone else one for one in play.log), play.entry("house", erased)]
    read = Play(log=log)
    every = boards(read)
    assert len([one for one in every[then].ratings.values() if one.shown]) < 4
    assert History(every[-1], RUNS).seen(every[then])["rating"] == before


def test_numbers_of_last_time_stand_as_they_are_known_today(play: Play) -> None:
    said = {"id": "past0001", "scale": SCALE, "person": DANA, "when": "May"}
    play.says(HELEN, "scale.past", **said, value=2)
    wrong = play.board.seq
    play.says(HELEN, "scale.past", **said, value=4)
    assert at(play, wrong)["past"] == {}
    assert at(play, play.board.seq)["past"].keys() == {"past0001"}


# ---- worries and goals -----------------------------------------------------------------------------------------------


def test_a_worry_stands_there_from_when_it_was_put_up(play: Play) -> None:
    play.set_("set00001", HELEN, happened="Canary")
    then = play.board.seq
    play.says(HELEN, "set.put-up", set="set00001")
    assert "Canary" not in words(at(play, then))
    assert at(play, then)["scale"].keys() == {SCALE}
    assert "Canary" in words(at(play, play.board.seq))


def test_an_earlier_wording_stands_until_it_is_taken_off_every_screen(play: Play) -> None:
    play.set_("set00001", HELEN, up=True, happened="Canary")
    then = play.board.seq
    play.says(HELEN, "set.write", set="set00001", part="happened", text="Otherwise", was=1)
    assert "Canary" in words(at(play, then))
    (earlier,) = play.board.earlier
    play.says(HELEN, "earlier.remove", earlier=earlier)
    seen = at(play, then)
    assert "Canary" not in words(seen)
    (worry,) = seen["set"].values()
    assert any(piece.gap for piece in worry.reads.worry)  # type: ignore[union-attr]


def test_a_second_text_that_was_put_right_says_no_more_what_was_taken_off(play: Play) -> None:
    play.set_("set00001", HELEN, up=True)
    second: dict[str, Any] = {"id": "second01", "of": {"kind": "set", "id": "set00001", "field": "worry"}, "lang": "fa"}
    play.says(LEILA, "translation.set", **second, text="Canary")
    then = play.board.seq
    assert "Canary" in words(at(play, then))
    play.says(LEILA, "translation.set", **second, text="Otherwise", was=1)
    assert "Canary" not in words(at(play, then))


def test_a_different_view_that_was_set_aside_is_left_out(play: Play) -> None:
    play.set_("set00001", HELEN, up=True)
    play.differ("differ01", DANA, "set00001", text="Canary")
    then = play.board.seq
    assert "Canary" in words(at(play, then))
    play.says(HELEN, "differ.aside", differ="differ01")
    aside = play.board.seq
    assert "Canary" not in words(at(play, then))
    play.says(HELEN, "differ.return", differ="differ01")
    assert "Canary" in words(at(play, then))
    assert "Canary" not in words(at(play, aside))


def test_a_wording_that_nobody_but_its_writers_ever_read_is_not_read_now(play: Play) -> None:
    play.set_("set00001", HELEN, happened="Canary")
    play.says(HELEN, "set.write", set="set00001", part="happened", text="Otherwise", was=1)
    play.says(HELEN, "set.put-up", set="set00001")
    assert not any("Canary" in words(at(play, seq)) for seq in range(play.board.seq + 1))


def test_of_which_children_a_worry_was_is_said_while_it_still_is(play: Play) -> None:
    play.set_("set00001", HELEN, up=True, like_0="Canary alone")
    then = play.board.seq
    assert "Elsie" in words(at(play, then))
    play.says(HELEN, "set.children", set="set00001", names=["Kofi"], was=1)
    seen = at(play, then)
    assert "Elsie" not in words(seen)
    # What it would be like is said of one child, and without their names nobody could tell of which.
    assert "Canary" not in words(seen)


def test_evidence_is_named_only_where_it_stands(play: Play) -> None:
    play.card(CARD, DANA)
    play.card("card0002", DANA)
    play.set_("set00001", HELEN, up=True)
    for card in (CARD, "card0002"):
        play.says(HELEN, "set.link", set="set00001", card=card)
    play.says(DANA, "step.add", id="step0001", what="Gran stays", card=CARD, set="set00001")
    then = play.board.seq
    play.says(HELEN, "card.aside", card=CARD)
    seen = at(play, then)
    assert CARD not in words(seen)
    assert "card0002" in words(seen)


# ---- what is for few -------------------------------------------------------------------------------------------------

FOR_FEW: dict[str, Happens] = {
    "a quiet word": ((DANA, "quiet.say", {"id": "quiet001", "about": "words", "text": "Canary"}),),
    "a thought before the close": ((DANA, "thought.keep", {"id": "thought1", "column": "well", "text": "Canary"}),),
    "an answer that was not shown": (
        (DANA, "step.add", {"id": "step0001", "what": "Gran stays"}),
        (HELEN, "step.ask", {"id": "owner001", "step": "step0001", "person": DANA}),
        (DANA, "step.answer", {"owner": "owner001", "answer": "but", "was": 1, "words": "Canary"}),
    ),
    "how somebody wants their copy": ((DANA, "copy.wish", {"how": "aloud"}),),
    "whom to ring": ((HELEN, "after.set", {"next": "", "ring": "Canary"}),),
}


@pytest.mark.parametrize("what", FOR_FEW)
def test_what_was_for_few_was_not_on_the_board(play: Play, what: str) -> None:
    before = play.board.seq
    does(play, FOR_FEW[what])
    seen = at(play, play.board.seq)
    assert "Canary" not in words(seen)
    assert "aloud" not in words({kind: parts for kind, parts in seen.items() if kind != "meeting"})
    assert before < play.board.seq


def test_who_takes_a_step_on_stands_with_the_words_they_stand_by_today(play: Play) -> None:
    play.says(DANA, "step.add", id="step0001", what="Gran stays")
    play.says(HELEN, "step.ask", id="owner001", step="step0001", person=DANA)
    play.says(DANA, "step.answer", owner="owner001", answer="but", was=1, words="Canary")
    play.says(HELEN, "step.show-owner", owner="owner001", was=1)
    then = play.board.seq
    assert "Canary" in words(at(play, then))
    play.says(DANA, "step.answer", owner="owner001", answer="yes", was=1)
    play.says(HELEN, "step.show-owner", owner="owner001", was=2)
    assert "Canary" not in words(at(play, then))
    assert at(play, play.board.seq)["owner"].keys() == {"owner001"}


def test_what_goes_with_something_goes_with_it(play: Play) -> None:
    play.card(CARD, DANA)
    play.says(HELEN, "comment.open", all=True)
    play.says(JO, "comment.add", id="comment1", on={"kind": "card", "id": CARD}, text="Canary comment")
    play.says(
        LEILA,
        "translation.set",
        id="second01",
        of={"kind": "card", "id": CARD},
        text="Canary second",
        lang="fa",
    )
    play.says(JO, "correction.ask", id="correct1", on={"kind": "card", "id": CARD}, text="Canary correction")
    then = play.board.seq
    assert words(at(play, then)).count("Canary") == 3
    play.says(HELEN, "card.aside", card=CARD)
    assert "Canary" not in words(at(play, then))


def test_every_kind_is_shown_or_left_out_for_a_reason() -> None:
    assert {*SHOWN} | LEFT_OUT == SHELVES.keys()
    assert not {*SHOWN} & LEFT_OUT


# ---- laws ------------------------------------------------------------------------------------------------------------

authors = st.sampled_from(["shown", "hidden"])
EVERY = 7
"""Of so many minutes one is looked at."""


def leaves(said: Any) -> Iterator[str]:
    """Every text in what travels."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for name, value in said.items():
            yield from (name, *leaves(value))
    elif isinstance(said, list):
        for value in said:
            yield from leaves(value)


def told(view: Any) -> set[str]:
    return set(leaves(msgspec.json.decode(encode(view)))) if view is not None else set()


def of_wording(board: Board) -> str:
    """All that a worry and its goal say where nobody has written anything."""
    assert board.meeting is not None
    sets = board.meeting.template.sets
    return f"{sets} {reads(sets, {}, ())}"


@law
@example(many(239335), "shown", 0)
@given(choices, authors, st.integers(0, EVERY - 1))
def test_no_minute_shows_anything_but_what_was_seen_then_of_what_is_seen_today(
    said: list[Choice], names: str, first: int
) -> None:
    play = begun(said, authors=names).play
    today, past = whole(play.board, RUNS), History(play.board, RUNS)
    known = {id for parts in today.values() for id in parts}
    ever = {id for board in boards(play) for shelf in SHELVES.values() for id in getattr(board, shelf)}
    for then in boards(play)[1 + first :: EVERY]:
        was = whole(then, RUNS)
        for kind, parts in past.seen(then).items():
            for key, view in parts.items():
                if isinstance(view, TakenBack):
                    continue
                assert key in today[kind], (kind, key)
                said_of_it = told(view)
                # No id of anything that is not to be seen today, wherever it could stand.
                assert said_of_it & ever <= known, (kind, said_of_it & ever - known)
                apart = said_of_it - told(today[kind][key]) - told(was[kind].get(key))
                # A paragraph with a gap in it is put together anew out of the wording of this meeting.
                assert apart == set() or (kind == "set" and all(one in of_wording(then) for one in apart)), apart


@law
@given(choices, authors, st.integers(0, EVERY - 1))
def test_numbers_are_those_of_today_and_only_of_what_had_been_shown(said: list[Choice], names: str, first: int) -> None:
    play = begun(said, authors=names).play
    today, past = whole(play.board, RUNS), History(play.board, RUNS)
    for then in boards(play)[1 + first :: EVERY]:
        seen = past.seen(then)
        shown = {one.id for one in then.rounds.values() if one.state in {"shown", "closed"}}
        assert seen["round"].keys() <= shown
        for id, view in seen["rating"].items():
            assert view == today["rating"][id]
            assert view.round in shown  # type: ignore[attr-defined]


@law
@given(choices, authors)
def test_the_last_minute_reads_as_the_record_does(said: list[Choice], names: str) -> None:
    play = begun(said, authors=names).play
    record, was = recorded(whole(play.board, RUNS)), recorded(History(play.board, RUNS).seen(play.board))
    for part in ("voices", "columns", "sets", "scales", "rounds", "earlier", "decisions", "thoughts"):
        assert getattr(was, part) == getattr(record, part), part
    up = {one.id for one in record.sets}
    # What a step is for is named where it stands on the board; a draft does not.
    assert was.steps == tuple(replace(one, set=one.set if one.set in up else "") for one in record.steps)
    assert was.names_shown == record.names_shown


def recorded(seen: Seen) -> Record:
    return make(seen, TEMPLATE, copy="whole", lang="en", made=0, stays={}, held=lambda id: False)


WORDED_SINCE = {"card.edit", "differ.edit", "step.edit", "decision.edit", "card.add", "set.differ", "step.add"} | {
    "decision.add",
    "step.state",
    "translation.set",
}
"""By whom something is worded may word it otherwise; what it said before may be read of then."""


@pytest.mark.parametrize("seed", range(12))
def test_no_word_is_read_back_that_its_writer_or_the_facilitator_took_away(seed: int) -> None:
    """Every word of a meeting by chance bears a mark of its own."""
    watch = watched(many(seed), authors="shown" if seed % 2 else "hidden")
    play = watch.marked.play
    today, past = whole(play.board, RUNS), History(play.board, RUNS)
    marks_today = set(MARK.findall(words(today)))
    found: set[str] = set()
    for then in boards(play)[1:]:
        seen = past.seen(then)
        read = set(MARK.findall(words(seen)))
        found |= read
        for mark in read - marks_today:
            _by, ask = watch.marked.said[mark]
            tag = str(ask.__struct_config__.tag)
            assert tag in WORDED_SINCE, (mark, ask)
            part = next(id for name in ("card", "differ", "step", "decision", "id") if (id := getattr(ask, name, "")))
            assert any(part in parts for parts in today.values()), (mark, ask)
            if tag in {"card.add", "card.edit"}:
                assert reads_back(play.board.cards[part]), (mark, ask)
        off = {card.id for card in play.board.cards.values() if card.state != "on"}
        assert not off & seen["card"].keys()
    quiet = {mark for mark, (_by, ask) in watch.marked.said.items() if ask.__struct_config__.tag == "quiet.say"}
    assert found and not found & quiet

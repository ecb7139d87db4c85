"""The fingerprint of a record is that of all its words; and a copy, its fingerprint too, tells nothing of what its
reader was not shown."""

from __future__ import annotations

import copy as copying
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from server.record.forms import write
from server.record.making import fingerprint
from server.record.model import Record, Signing
from server.record.sayings import lead
from server.recording import of_board
from tests.board.make import DANA, HELEN, KOFI, MAUREEN, PRIYA, Play
from tests.record.docx_sample import sample
from tests.record.meetings import PEOPLE, TEXTS, copies, leaves, of, under_way

NOT_SAID = ("made", "ended", "signing", "fingerprint")
"""Not part of what was said: when it was written down, when the meeting ended, and how far it is."""
WHAT_NOBODY_IS_SHOWN = (
    *("cardtaken1", "carderased", "cardkept2", "cardtray1", "comment", "correction", "draft", "drafttoo", "discarded"),
    *("viewtaken", "notnow", "notshared", "pollopen", "answer", "asked", "stepgone", "steperased", "dissent"),
    *("decision", "spread", "cancelled", "open", "quiet", "thought", "refused"),
)


def changed(value: Any) -> Any:
    """Another value of that kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case _:
            return f"{value} "


def without_defaults(record: Record) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    return made


def with_change(plain: dict[str, Any], path: tuple[Any, ...]) -> Record | None:
    """The record with one value changed; None where no other may stand there."""
    made = inside = copying.deepcopy(plain)
    *way, last = path
    for step in way:
        inside = inside[step]
    inside[last] = changed(inside[last])
    try:
        return msgspec.convert(made, Record)
    except msgspec.ValidationError:
        return None


def test_a_change_of_anything_that_was_said_is_another_fingerprint() -> None:
    plain = without_defaults(sample())
    said = [path for path, _value in leaves(plain) if path[0] not in NOT_SAID]
    others = [(path, other) for path in said if (other := with_change(plain, path)) is not None]
    assert len(others) > 150
    known = fingerprint(sample())
    assert [path for path, other in others if fingerprint(other) == known] == []


def test_it_does_not_hang_on_when_it_was_written_or_how_far_it_is() -> None:
    record = sample()
    signed = Signing(state="signed", at=record.made, who="Helen", fingerprint="ab" * 32)
    for other in (replace(record, made=record.made + 1), replace(record, signing=signed), replace(record)):
        assert fingerprint(other) == fingerprint(record)


def test_what_was_agreed_before_the_close_is_the_same_after_it() -> None:
    play = under_way()
    play.says(HELEN, "record.mark", state="agreed", fingerprint=of(play, "whole").fingerprint)
    for does in ("meeting.close", "meeting.reopen", "meeting.close"):
        play.says(HELEN, does)
        record = of(play, "whole")
        assert "Something in it was changed since." not in list(lead(record))
        assert record.signing.fingerprint == record.fingerprint


def test_what_is_made_twice_is_the_same() -> None:
    play = under_way()
    assert of_board(play.board, "whole", made=1).fingerprint == of_board(play.board, "whole", made=2).fingerprint
    assert {called: write(one, "json") for called, one in copies(play).items()} == {
        called: write(one, "json") for called, one in copies(under_way()).items()
    }


def signed(play: Play) -> Play:
    """Signed off by the fingerprint of the whole record, which others are not shown."""
    play.says(HELEN, "record.mark", state="signed", fingerprint=of(play, "whole").fingerprint)
    return play


def differing(one: Play, other: Play, *, not_: tuple[str, ...] = ()) -> list[str]:
    """Which copies can be told apart."""
    there, here = copies(signed(one)), copies(signed(other))
    return [name for name in there if name not in not_ and write(there[name], "json") != write(here[name], "json")]


@pytest.mark.parametrize("name", WHAT_NOBODY_IS_SHOWN)
def test_no_copy_tells_of_words_that_nobody_is_shown(name: str) -> None:
    assert differing(under_way(), under_way(other={name: "otherwise"})) == []


def tagged(category: str) -> Play:
    """What cards count as is noted by facilitator and scribe, and told to nobody else."""
    play = under_way()
    for card in ("cardshown1", "cardchild1"):
        play.says(HELEN, "card.tag", card=card, category=category)
    return play


def test_no_copy_but_of_those_who_keep_it_tells_what_stands_in_the_whole_record_alone() -> None:
    keep_it = tuple(f"{copy} {id}" for id in (HELEN, PRIYA) for copy in ("copy", "own", "family", "plan"))
    assert differing(tagged("harm"), tagged("worry"), not_=keep_it) == ["whole"]


def held_back(text: str) -> Play:
    """A card that stands in Maureen's copies alone."""
    play = under_way()
    play.card("cardheld01", KOFI, "needs", text)
    play.says(HELEN, "copy.only", on={"kind": "card", "id": "cardheld01"}, people=[MAUREEN])
    return play


def test_no_copy_tells_of_a_card_that_stands_in_anothers() -> None:
    one, other = held_back("I am afraid of him"), held_back("I am not afraid of him at all")
    assert differing(one, other) == ["whole", f"copy {MAUREEN}", f"family {MAUREEN}"]


@pytest.mark.parametrize("form", TEXTS)
def test_that_somebodys_own_words_were_left_out_is_told_to_nobody_else(form: str) -> None:
    one, other = under_way(), under_way()
    for play, on in ((one, "cardshown1"), (other, "cardshown3")):
        play.says(HELEN, "copy.only", on={"kind": "card", "id": on}, people=[DANA, MAUREEN])
    for person in sorted({*PEOPLE} - {DANA, MAUREEN, HELEN}):
        for copy in ("own", "family", "plan"):
            assert write(of(one, copy, person), form) == write(of(other, copy, person), form)


def test_how_somebody_wants_their_copy_is_in_none() -> None:
    one, other = under_way(), under_way()
    one.says(DANA, "copy.wish", how="paper")
    other.says(DANA, "copy.wish", how="apart")
    assert differing(one, other) == []

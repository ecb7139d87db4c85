"""The wire: what is read and what is not, how one ask is known again, and that schema and page say what is true."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from server import protocoldoc
from server.board.agreements import SetAgreement
from server.board.ask import View
from server.board.bringing import BringPerson, BringRound
from server.board.cards import AddCard
from server.board.former import Given
from server.board.model import SHELVES, AnyAsk
from server.board.people import RaiseHand
from server.board.refusal import REFUSALS
from server.board.scales import SetRating
from server.log.roomlog import Spoken
from server.protocol import (
    BYES,
    CLOSES,
    FRAME_MAX,
    RATING_BODY,
    REF_MAX,
    TAGS,
    VIEWS,
    AnyFrame,
    UnknownTag,
    Unreadable,
    bye,
    decode,
    encode,
    fingerprint,
    from_log,
    kind_of,
    refusal,
    schema,
    structs_of,
    to_draft,
)
from tests.board.make import DANA, JO, meeting

CARD = '{"ask":"card.add","ref":7,"id":"k3f9a1c2","column":"well","text":"Gran picks us up"}'
PAGE = Path(protocoldoc.__file__).with_name("PROTOCOL.md")


def unreadable(frame: str | bytes) -> tuple[int | None, str]:
    with pytest.raises(Unreadable) as bad:
        decode(frame)
    return bad.value.ref, bad.value.code


def card(**fields: Any) -> str:
    return json.dumps(json.loads(CARD) | fields)


def rating(value: str) -> str:
    return f'{{"ask":"rating.set","ref":7,"round":"round001","value":{value}}}'


def test_an_ask_is_read_as_text_or_bytes() -> None:
    said = AddCard(ref=7, id="k3f9a1c2", column="well", text="Gran picks us up")
    assert decode(CARD) == decode(CARD.encode()) == said


@pytest.mark.parametrize(
    "frame",
    [
        "",
        " ",
        "{",
        "null",
        "[]",
        "7",
        '"card.add"',
        CARD[:-1],
        CARD + "x",
        CARD + CARD,
        "\ufeff" + CARD,
        b"\xff\xfe",
        b'{"ask":"card.add","ref":7,"id":"k3f9a1c2","column":"well","text":"\xff"}',
        "[" * 10_000,
        '{"a":' * 3_000,
    ],
)
def test_what_is_no_json_is_no_ask_and_has_no_number(frame: str | bytes) -> None:
    assert unreadable(frame) == (None, "unreadable")


@pytest.mark.parametrize(
    "frame",
    [
        card(ask="card.explode"),
        card(ask="person.join"),
        card(ask="meeting.open"),
        card(ask=None),
        '{"ref":7}',
        card(by="somebodyelse"),
        card(For="dana"),
        card(id="K3F9A1C2"),
        card(id="short"),
        card(id="k3f9a1c2\n"),
        card(id=7),
        card(column="elsewhere"),
        card(text=None),
        card(text=["Gran"]),
        card(voice={"whose": "Kofi"}),
        card(voice={"whose": "Kofi", "agreed": "maybe"}),
        card(voice={"whose": "Kofi", "agreed": "yes", "since": "May"}),
        rating("11"),
        rating("-1"),
        rating("3.0"),
        rating("3.5"),
        rating("true"),
        rating("null"),
        rating('"3"'),
        rating('"Not-sure"'),
        rating("[3]"),
        rating("1e1"),
        rating("123456789012345678901234567890"),
    ],
)
def test_what_is_not_exactly_an_ask_is_answered_under_its_number(frame: str) -> None:
    assert unreadable(frame) == (7, "unreadable")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_in_json_is_none_here(number: str) -> None:
    assert unreadable(rating(number))[1] == "unreadable"


@pytest.mark.parametrize("ref", [-1, REF_MAX + 1, 7.0, 7.5, True, "7", None, [7], {}])
def test_an_ask_without_a_number_of_its_own_is_unreadable(ref: Any) -> None:
    assert unreadable(card(ref=ref)) == (None, "unreadable")


@pytest.mark.parametrize("ref", [0, REF_MAX])
def test_the_number_may_be_as_large_as_any_browser_counts(ref: int) -> None:
    assert decode(card(ref=ref)).ref == ref


def test_a_frame_of_sixteen_kilobytes_is_read_and_one_byte_more_is_not() -> None:
    just = CARD[:-1] + " " * (FRAME_MAX - len(CARD)) + "}"
    assert len(just) == FRAME_MAX
    assert decode(just) == decode(CARD)
    assert unreadable(just[:-1] + " }") == (None, "unreadable")
    assert unreadable(card(text="😀" * 5000)) == (None, "unreadable")


def test_a_thousand_of_the_widest_letters_fit_into_a_frame_however_they_are_written() -> None:
    assert isinstance(decode(json.dumps(json.loads(CARD) | {"text": "😀" * 1000})), AddCard)
    assert isinstance(decode(json.dumps(json.loads(CARD) | {"text": "😀" * 1000}, ensure_ascii=False)), AddCard)


@pytest.mark.parametrize("half", ["\\ud83d", "\\ude00", "a\\ud83db", "\\ude00\\ud83d"])
def test_half_a_sign_is_a_character_that_cannot_be_kept(half: str) -> None:
    assert unreadable(CARD.replace("Gran", half)) == (7, "bad-character")


def test_half_a_sign_that_was_not_even_written_down_is_unreadable_or_cannot_be_kept() -> None:
    assert unreadable(CARD.replace("Gran", "\ud83d")) == (7, "bad-character")


def test_only_utf_8_is_read() -> None:
    assert unreadable(CARD.encode("utf-16"))[1] == unreadable(CARD.encode("utf-32"))[1] == "unreadable"


def test_of_a_field_said_twice_the_last_counts() -> None:
    twice = decode(CARD[:-1] + ',"text":"On Fridays"}')
    assert isinstance(twice, AddCard)
    assert twice.text == "On Fridays"


def test_words_arrive_exactly_as_they_were_typed() -> None:
    for text in ("  spaced  ", "e\u0301", "a\r\nb\tc", "ما\u200fهر", "\u0000"):
        said = decode(card(text=text))
        assert isinstance(said, AddCard)
        assert said.text == text


def test_the_same_words_have_one_fingerprint_and_other_words_another() -> None:
    assert fingerprint(decode(CARD)) == fingerprint(decode(" " + CARD.replace(":", " : ")))
    assert len({fingerprint(decode(card(text=f"Words {place}"))) for place in range(50)}) == 50
    assert fingerprint(RaiseHand(ref=7, up=True)) != fingerprint(RaiseHand(ref=7, up=False))
    assert fingerprint(RaiseHand(ref=7, up=True)) != fingerprint(RaiseHand(ref=8, up=True))


def test_the_filling_of_a_number_is_no_part_of_its_words() -> None:
    one, two = (SetRating(ref=7, round="round001", value=3, pad=pad) for pad in ("", "." * 900))
    assert fingerprint(one) == fingerprint(two)
    assert fingerprint(one) != fingerprint(SetRating(ref=7, round="round001", value=4))


def test_a_number_is_sealed_at_one_length_and_without_its_filling() -> None:
    play = meeting()
    play.round()
    for value, more in (
        (0, {}),
        ("rather-not", {"reason": "😀" * 280, "source": "😀" * 280, "said": "😀" * 40, "for_": JO}),
        (10, {"pad": "." * 9000}),
    ):
        draft = to_draft(play.entry(DANA, play.ask("rating.set", round="round001", value=value, **more)))
        assert draft.length == RATING_BODY >= len(draft.body)
        assert b"pad" not in draft.body
    assert to_draft(play.entry(DANA, decode(CARD))).length is None


def test_so_is_an_answer_to_a_statement() -> None:
    play = meeting()
    for value, more in (
        ("agree", {}),
        ("differently", {"words": "😀" * 280, "source": "😀" * 280, "share": True, "for_": "k3f9a1c2" * 4}),
        ("not-now", {"pad": "." * 9000}),
    ):
        draft = to_draft(play.entry(DANA, play.ask("agreement.set", poll="poll0001", value=value, **more)))
        assert draft.length == RATING_BODY >= len(draft.body)
        assert b"pad" not in draft.body
    one, two = (SetAgreement(ref=7, poll="poll0001", value="agree", pad=pad) for pad in ("", "." * 900))
    assert fingerprint(one) == fingerprint(two) != fingerprint(SetAgreement(ref=7, poll="poll0001", value="partly"))


def test_a_log_that_holds_words_of_a_later_release_is_not_guessed_at() -> None:
    def spoken(tag: str, body: bytes | None) -> Spoken:
        return Spoken(seq=1, at=2, by=DANA, device="d", ref=3, tag=tag, body=body)

    with pytest.raises(UnknownTag):
        from_log(spoken("card.sing", None))
    with pytest.raises(UnknownTag):
        from_log(spoken("card.sing", b'{"said":{"ask":"card.sing","ref":3}}'))
    with pytest.raises(UnknownTag):
        from_log(spoken("card.remove", b'{"said":{"ask":"card.remove","ref":3,"card":"k3f9a1c2","song":"la"}}'))
    assert from_log(spoken("card.add", None)).ask is None


def test_a_refusal_and_a_goodbye_say_their_sentence() -> None:
    assert json.loads(encode(refusal(7, "not-yours"))) == {
        "is": "no",
        "ref": 7,
        "code": "not-yours",
        "why": REFUSALS["not-yours"],
    }
    assert json.loads(encode(refusal(None, "unreadable"))) == {
        "is": "no",
        "code": "unreadable",
        "why": REFUSALS["unreadable"],
    }
    assert json.loads(encode(bye("removed"))) == {"is": "bye", "code": "removed", "why": BYES["removed"]}


SCHEMA: dict[str, Any] = json.loads(encode(schema()))


def fits(message: Any, which: str) -> bool:
    return jsonschema.Draft202012Validator({**SCHEMA[which], "$defs": SCHEMA["$defs"]}).is_valid(message)


def test_the_schema_is_one() -> None:
    rules = jsonschema.Draft202012Validator(jsonschema.Draft202012Validator.META_SCHEMA)
    for made in (SCHEMA, *({**SCHEMA[which], "$defs": SCHEMA["$defs"]} for which in ("asks", "frames"))):
        assert list(rules.iter_errors(made)) == []


@pytest.mark.parametrize("struct", structs_of(AnyAsk), ids=lambda struct: str(struct.__struct_config__.tag))
def test_the_example_of_every_ask_fits_the_schema_and_is_read(struct: type[msgspec.Struct]) -> None:
    said = protocoldoc.example(struct)
    assert fits(said, "asks")
    assert not fits(said | {"unknown": 1}, "asks")
    assert not fits({name: value for name, value in said.items() if name != "ref"}, "asks")
    assert isinstance(decode(encode(said)), struct)


@pytest.mark.parametrize("struct", structs_of(AnyFrame), ids=lambda struct: str(struct.__struct_config__.tag))
def test_the_example_of_every_frame_fits_the_schema(struct: type[msgspec.Struct]) -> None:
    assert fits(protocoldoc.example(struct), "frames")


def test_everything_a_meeting_sends_fits_the_schema() -> None:
    play = meeting()
    play.says("helenbrandt", "scale.past", id="past0001", scale="scale001", person=DANA, value=2)
    play.card("card0001", voice={"whose": "Kofi", "agreed": "yes"})
    play.says(DANA, "quiet.say", id="quiet001", about="break")
    play.card("card0002", unknown={"who": "Tom", "by_when": "Friday"})
    play.says("helenbrandt", "comment.open")
    play.says(DANA, "comment.add", id="comment1", on={"kind": "card", "id": "card0002"}, text="So do I")
    play.says(DANA, "thought.keep", id="thought1", column="well", text="One more thing")
    of = {"kind": "card", "id": "card0001"}
    play.says("leilasharifi", "translation.set", id="second01", of=of, text="Babcia", lang="pl")
    play.says("jocastell", "word.unclear", id="unclear1", card="card0001", word="Gran")
    play.set_("set00001", DANA, up=True)
    play.says(DANA, "set.write", set="set00001", part="happened", text="Otherwise", was=1)
    play.differ("view0001", DANA, "set00001")
    for id, show in (("round001", "named"), ("round002", "spread"), ("round003", "role"), ("round004", "named")):
        play.round(id, show)
        for by in ("danawhitlock", "kofiwhitlock", "jocastell"):
            play.says(by, "rating.set", round=id, value=3)
        if id != "round004":
            play.says("helenbrandt", "round.reveal", round=id)
    play.says(DANA, "step.add", id="step0001", what="Maureen stays over", card="card0002")
    for id, person in (("owner001", DANA), ("owner002", "jocastell")):
        play.says("helenbrandt", "step.ask", id=id, step="step0001", person=person)
        play.says(person, "step.answer", owner=id, answer="yes", was=1)
    play.says("helenbrandt", "step.show-owner", owner="owner001", was=1)
    play.says("helenbrandt", "decision.add", id="decision1", what="We meet again")
    play.says(DANA, "decision.differ", id="differs1", decision="decision1", text="Too soon")
    for id, how in (("poll0001", "show"), ("poll0002", "")):
        play.poll(id)
        play.says(DANA, "agreement.set", poll=id, value="partly", words="Not weekly", share=True)
        if how:
            play.says("helenbrandt", "agreement.show", poll=id)
    play.says(DANA, "correction.ask", id="noted001", on={"kind": "card", "id": "card0001"}, text="That was in May")
    play.says("helenbrandt", "after.set", next="15 June", ring="Tom")
    play.says(DANA, "copy.wish", how="apart")
    play.writes(BringPerson(id="formergran", name="Gran", role="family"))
    ends: dict[str, Any] = {"ten": "Safe", "zero": "Not safe", "direction": "up"}
    given = (Given(value=4, role="family", former="formergran"),)
    play.writes(BringRound(id="trail001", scale="scale001", day=1, when="May", show="named", given=given, **ends))
    play.says("helenbrandt", "copy.only", on={"kind": "step", "id": "step0001"}, people=[DANA])
    play.says("helenbrandt", "record.mark", state="signed", fingerprint="9f" * 32)
    sent = [play.sees(id) for id in ("helenbrandt", "danawhitlock", "wall")]
    kinds = {kind for parts in sent for kind in parts}
    assert kinds == SCHEMA["parts"].keys() == SHELVES.keys() - {"key", "session"}
    shapes = {
        kind: jsonschema.Draft202012Validator({**shape, "$defs": SCHEMA["$defs"]})
        for kind, shape in SCHEMA["parts"].items()
    }
    for parts in sent:
        for kind, there in parts.items():
            assert [error.message for part in there.values() for error in shapes[kind].iter_errors(part)] == []


def test_every_shape_a_part_travels_in_is_declared() -> None:
    assert set(VIEWS) == set(View.__subclasses__())
    assert {kind_of(view) for view in VIEWS} == SHELVES.keys() - {"key", "session"}


def test_what_only_the_server_writes_is_no_ask() -> None:
    own = TAGS - {str(struct.__struct_config__.tag) for struct in structs_of(AnyAsk)}
    assert own >= {
        "meeting.open",
        "person.join",
        "key.make",
        "key.use",
        "session.end",
        "round.count",
        "agreement.count",
    }
    for tag in own:
        assert unreadable(card(ask=tag)) == (7, "unreadable")


def test_the_page_about_the_wire_is_current() -> None:
    """Where this fails: python -m server.protocoldoc."""
    assert PAGE.read_text("utf-8") == protocoldoc.page()


def test_the_page_names_every_message_part_refusal_close_and_goodbye() -> None:
    page = PAGE.read_text("utf-8")
    tags = {str(struct.__struct_config__.tag) for struct in (*structs_of(AnyAsk), *structs_of(AnyFrame))}
    names = tags | set(REFUSALS) | set(BYES) | set(map(str, CLOSES)) | {kind_of(view) for view in VIEWS}
    assert sorted(name for name in names if f"`{name}`" not in page) == []


def test_every_shape_says_what_it_is() -> None:
    shapes = SCHEMA["$defs"]
    assert [name for name, shape in shapes.items() if "properties" in shape and not shape.get("description")] == []
    assert [name for name, shape in shapes.items() if "  " in shape.get("description", "")] == []

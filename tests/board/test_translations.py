"""A second text beside words on the board: who may enter it, and that it stands and falls with them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from server.board import core
from server.board.translations import direction

from .make import BY_ROLE, DANA, HELEN, JO, LEILA, PRIYA, SCALE, WALL, Play, meeting

DARI = "ما هر شب با هم غذا می‌خوریم."
ON_CARD = {"kind": "card", "id": "card0001"}
MARYAM = "maryamsadat"


def second(play: Play, id: str = "second01", of: dict[str, str] = ON_CARD, **more: Any) -> str:
    fields = {"text": "We eat together every night.", "lang": "en", "of_lang": "prs", **more}
    play.says(LEILA, "translation.set", id=id, of=of, **fields)
    return id


@pytest.fixture
def play() -> Play:
    play = meeting()
    play.card("card0001", DANA, text=DARI)
    return play


def texts(play: Play, id: str) -> dict[str, dict[str, Any]]:
    return play.sees(id).get("translation", {})


def test_everyone_sees_both_texts_each_with_its_language_and_who_translated(play: Play) -> None:
    second(play)
    for id in (*BY_ROLE.values(), WALL):
        text = texts(play, id)["second01"]
        assert (text["text"], text["lang"], text["dir"]) == ("We eat together every night.", "en", "ltr")
        assert (text["of_lang"], text["of_dir"], text["by"]) == ("prs", "rtl", LEILA)
        assert play.sees(id)["card"]["card0001"]["text"] == DARI
        assert text.get("yours", False) is (id == LEILA)


@pytest.mark.parametrize(
    "of",
    [
        *({"kind": "scale", "id": SCALE, "field": field} for field in ("title", "about", "ten", "zero")),
        {"kind": "question", "id": "why-not-less"},
        {"kind": "question", "id": "worried", "field": "question"},
    ],
)
def test_ends_of_a_scale_and_questions_have_a_second_text_too(play: Play, of: dict[str, str]) -> None:
    second(play, of=of)
    assert texts(play, JO)["second01"]["of"] == {"field": "text"} | of
    assert texts(play, WALL)


@pytest.mark.parametrize(
    "of",
    [
        {"kind": "card", "id": "nosuchcard"},
        {"kind": "card", "id": "card0001", "field": "by"},
        {"kind": "scale", "id": SCALE},
        {"kind": "question", "id": "why-not-less", "field": "question"},
        {"kind": "question", "id": "worried"},
        {"kind": "question", "id": "place6", "field": "4-7"},
    ],
)
def test_words_that_are_not_there_cannot_be_translated(play: Play, of: dict[str, str]) -> None:
    assert play.refused(LEILA, "translation.set", id="second01", of=of, text="Hm", lang="en") == "not-there"


def test_what_the_interpreter_does_not_see_looks_gone_to_her(play: Play) -> None:
    play.says(HELEN, "card.aside", card="card0001")
    fields = {"of": ON_CARD, "text": "Hm", "lang": "en"}
    assert play.refused(LEILA, "translation.set", id="second01", **fields) == "not-there"


def test_a_second_text_goes_and_comes_back_with_its_card(play: Play) -> None:
    second(play)
    for goes, comes, by in (("card.aside", "card.return", HELEN), ("card.remove", "card.restore", DANA)):
        play.says(by, goes, card="card0001")
        sees_aside = {HELEN, DANA} if goes == "card.aside" else set()
        assert {id for id in (*BY_ROLE.values(), WALL) if texts(play, id)} == sees_aside
        play.says(by, comes, card="card0001")
        assert all(texts(play, id) for id in (*BY_ROLE.values(), WALL))
    play.says(HELEN, "card.wall", card="card0001", off=True)
    assert {id for id in (*BY_ROLE.values(), WALL) if not texts(play, id)} == {WALL}


def test_erasing_a_card_erases_its_second_text_even_one_taken_back_before(play: Play) -> None:
    taken_back = second(play, "second02", lang="ps", text="موږ")
    written = [play.board.seq]
    play.says(LEILA, "translation.remove", translation=taken_back)
    second(play)
    written.append(play.board.seq)
    erase = play.ask("card.erase", card="card0001")
    assert set(written) <= set(core.forgets(play.board, erase))
    play.take(HELEN, erase)
    assert play.board.translations == {}
    assert not play.board.people[LEILA].quoted


def test_words_changed_since_are_marked_and_no_longer_once_put_right(play: Play) -> None:
    second(play)
    assert "stale" not in texts(play, JO)["second01"]
    play.says(DANA, "card.edit", card="card0001", text=DARI + " همیشه", was=1)
    assert texts(play, JO)["second01"]["stale"] is True
    second(play, was=1, text="We always eat together.")
    text = texts(play, JO)["second01"]
    assert (text["version"], text["text"], "stale" in text) == (2, "We always eat together.", False)


def test_where_authors_are_hidden_no_name_of_who_translated_is_left(play: Play) -> None:
    second(play)
    play.says(HELEN, "meeting.hide-authors")
    second(play, "second02", {"kind": "question", "id": "why-not-less"})
    for id in (*BY_ROLE.values(), WALL):
        assert not [text for text in texts(play, id).values() if "by" in text]
    assert all(text["yours"] for text in texts(play, LEILA).values())
    assert not play.board.people[LEILA].quoted


def test_an_interpreter_changes_only_her_own_and_each_language_stands_once(play: Play) -> None:
    second(play)
    play.comes(MARYAM, "interpreter")
    theirs = {"of": ON_CARD, "text": "Hm"}
    assert play.refused(MARYAM, "translation.set", id="second01", **theirs, lang="en", was=1) == "not-yours"
    assert play.refused(MARYAM, "translation.set", id="second02", **theirs, lang="en") == "translated"
    assert play.refused(MARYAM, "translation.remove", translation="second01") == "not-yours"
    play.says(MARYAM, "translation.set", id="second02", **theirs, lang="ps")
    assert play.refused(LEILA, "translation.set", id="second01", **theirs, lang="en") == "stale"
    assert play.refused(LEILA, "translation.set", id="second01", **theirs, lang="ps", was=1) == "translated"
    play.says(HELEN, "translation.remove", translation="second02")
    assert set(texts(play, JO)) == {"second01"}


def test_an_id_stays_with_the_words_it_translates(play: Play) -> None:
    second(play)
    of = {"kind": "question", "id": "why-not-less"}
    assert play.refused(LEILA, "translation.set", id="second01", of=of, text="Hm", lang="en", was=1) == "id-taken"


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), ("x" * 2001, "too-long"), ("x" * 2000, "yes"), ("\u0000", "bad-character")]
)
def test_a_second_text_is_kept_as_typed_or_refused(play: Play, text: str, code: str) -> None:
    assert play.outcome(LEILA, "translation.set", id="second01", of=ON_CARD, text=text, lang="en") == code


@pytest.mark.parametrize(
    ("lang", "dir"),
    [
        *(("prs", "rtl"), ("fa-AF", "rtl"), ("ur", "rtl"), ("pa", "ltr"), ("pa-Arab", "rtl"), ("ku-Latn", "ltr")),
        *(("en", "ltr"), ("zh-Hant", "ltr"), ("uz-Arab-AF", "rtl"), ("az-arab", "rtl"), ("und", "ltr")),
    ],
)
def test_a_language_says_how_it_is_written(lang: str, dir: str) -> None:
    assert direction(lang) == dir


@pytest.mark.parametrize("lang", ["", "e", "english language", "en_GB", "en-", "en\n", "x" * 36, "<b>"])
def test_what_is_no_language_cannot_be_read(play: Play, lang: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        play.ask("translation.set", id="second01", of=ON_CARD, text="Hm", lang=lang)


def test_a_typed_direction_stands_above_what_the_language_says(play: Play) -> None:
    second(play, lang="pa", dir="rtl")
    assert texts(play, PRIYA)["second01"]["dir"] == "rtl"


SET, STEP, VIEW = "set00001", "step0001", "differ01"


def stands(play: Play) -> None:
    """A worry on the board, a different view beside it, and a next step."""
    play.set_(SET, HELEN, name="Nights", happened="nobody sleeps", doing="everybody sleeps")
    play.says(HELEN, "set.write", set=SET, part="family", text="Quiet nights", was=0, for_=DANA)
    play.says(HELEN, "set.put-up", set=SET)
    play.differ(VIEW, DANA, SET, "It is the damp")
    play.says(HELEN, "step.add", id=STEP, what="Fit a fan", know="It is dry", otherwise="Ring housing")


@pytest.mark.parametrize(
    ("kind", "id", "field"),
    [
        *(("set", SET, field) for field in ("name", "worry", "goal", "family")),
        ("differ", VIEW, "text"),
        *(("step", STEP, field) for field in ("what", "know", "otherwise")),
    ],
)
def test_statements_different_views_and_steps_have_a_second_text_for_all_who_see_them(
    play: Play, kind: str, id: str, field: str
) -> None:
    play.shows_all()
    stands(play)
    second(play, of={"kind": kind, "id": id, "field": field}, text="شب‌ها", lang="prs", of_lang="en")
    for who in (*BY_ROLE.values(), WALL):
        assert id in play.sees(who)[kind]
        text = texts(play, who)["second01"]
        assert (text["lang"], text["dir"], text["of_dir"], "stale" in text) == ("prs", "rtl", "ltr", False)


def test_a_statement_reworded_makes_its_second_text_stale_and_a_draft_has_none(play: Play) -> None:
    play.set_(SET, HELEN, happened="nobody sleeps")
    of = {"kind": "set", "id": SET, "field": "worry"}
    fields = {"of": of, "text": "شب‌ها", "lang": "prs"}
    assert play.refused(LEILA, "translation.set", id="second01", **fields) == "not-there"
    play.says(HELEN, "set.writers", set=SET, people=[], everyone=True)
    assert play.refused(LEILA, "translation.set", id="second01", **fields) == "not-there"
    play.says(HELEN, "set.put-up", set=SET)
    second(play, of=of)
    play.says(HELEN, "set.write", set=SET, part="happened", text="nobody sleeps at weekends", was=1)
    assert texts(play, LEILA)["second01"]["stale"] is True


def test_a_second_text_of_a_view_or_step_goes_and_leaves_the_log_with_it(play: Play) -> None:
    stands(play)
    for id, erase in (
        ({"kind": "differ", "id": VIEW}, play.ask("differ.erase", differ=VIEW)),
        ({"kind": "step", "id": STEP, "field": "what"}, play.ask("step.erase", step=STEP)),
    ):
        second(play, of=id)
        assert play.board.seq in core.forgets(play.board, erase)
        play.take(HELEN, erase)
        assert play.board.translations == {}
        assert not play.board.people[LEILA].quoted


def test_a_view_set_aside_takes_its_second_text_off_all_screens_but_two(play: Play) -> None:
    play.shows_all()
    stands(play)
    second(play, of={"kind": "differ", "id": VIEW})
    play.says(HELEN, "differ.aside", differ=VIEW)
    assert {id for id in (*BY_ROLE.values(), WALL) if texts(play, id)} == {HELEN, DANA}


def test_an_answer_is_translated_only_once_it_is_shown(play: Play) -> None:
    stands(play)
    play.says(HELEN, "agreement.ask", id="poll0001", set=SET)
    play.says(DANA, "agreement.set", poll="poll0001", value="differently", words="It is the damp", share=True)
    (answer,) = play.board.answers
    of = {"kind": "answer", "id": answer, "field": "words"}
    assert play.refused(LEILA, "translation.set", id="second01", of=of, text="نم", lang="prs") == "not-there"
    play.says(HELEN, "agreement.show", poll="poll0001")
    (shown,) = [one.id for one in play.board.answers.values() if one.words]
    second(play, of={**of, "id": shown}, text="نم", lang="prs")
    assert texts(play, JO)["second01"]["dir"] == "rtl"

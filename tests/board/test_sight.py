"""Who sees what: every role and the wall against every part in each of its states, written out by hand."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from server.board.answers import Answer
from server.board.cards import Card
from server.board.keys import Key, Session
from server.board.meeting import About, Meeting
from server.board.model import AnyPart, Touch
from server.board.person import Person
from server.board.polls import Poll
from server.board.quiet import Quiet
from server.board.ratings import Rating
from server.board.rounds import Round
from server.board.scales import Scale
from server.board.sight import LENSES, Lens, Viewer, lens_of, personal, sight
from server.board.template import Band, Expected, Link, Prompt
from server.board.translations import Of, Translation
from server.board.unclear import Unclear
from server.board.voice import Voice
from server.protocol import encode

from .make import BY_ROLE, DANA, HELEN, JO, KOFI, LEILA, MAUREEN, PRIYA, ROLES, TEMPLATE, WALL

LENS: dict[str, Lens] = {
    "facilitator": "facilitator",
    "scribe": "scribe",
    "family": "member",
    "child": "member",
    "supporter": "member",
    "advocate": "member",
    "interpreter": "member",
    "agency": "member",
    "observer": "member",
    "wall": "wall",
}
EYES = {role: Viewer(BY_ROLE.get(role, WALL), lens) for role, lens in LENS.items()}
MEMBERS = [role for role, lens in LENS.items() if lens == "member"]
EVERYONE = set(LENS)


def shown(part: AnyPart | None, viewer: Viewer) -> dict[str, Any] | None:
    """The part as it would travel to this viewer."""
    view = sight(part, viewer)
    decoded: dict[str, Any] | None = msgspec.json.decode(encode(view))
    return decoded


def who_sees(part: AnyPart) -> set[str]:
    return {role for role, viewer in EYES.items() if sight(part, viewer) is not None}


def who_reads(part: AnyPart, field: str) -> set[str]:
    return {role for role, viewer in EYES.items() if (shown(part, viewer) or {}).get(field)}


@pytest.mark.parametrize("role", LENS)
def test_a_role_looks_through_its_own_lens(role: str) -> None:
    assert set(ROLES) | {"wall"} == set(LENS)
    assert lens_of(role, "all") == LENS[role]


def test_nobody_sees_what_is_not_there() -> None:
    assert [sight(None, viewer) for viewer in EYES.values()] == [None] * len(EYES)


@pytest.mark.parametrize("part", [Key(id="hash", role="facilitator", person=HELEN), Session(id="hash", person=HELEN)])
def test_nobody_sees_a_key_or_a_cookie(part: AnyPart) -> None:
    assert who_sees(part) == set()
    assert sight(part, Viewer(HELEN, "facilitator")) is None


def test_quiet_words_are_for_the_facilitator_alone_not_even_for_who_said_them() -> None:
    words = Quiet(id="quiet001", person=DANA, about="words", text="I am frightened", at=5, seq=9)
    assert who_sees(words) == {"facilitator"}
    expected = {"id": "quiet001", "person": DANA, "about": "words", "text": "I am frightened", "at": 5}
    assert shown(words, EYES["facilitator"]) == expected


MEETING = Meeting(
    id="meeting1",
    title="Tuesday",
    code="ABCD2345",
    template=TEMPLATE,
    admit="ask",
    authors="shown",
    erase_days=30,
    phase="welcome",
    phase_since=5,
    state="closed",
    closed=("well",),
    pause=True,
    about=About(kind="card", id="card0001"),
    opened=4,
    ended=9,
    cut=7,
    agenda=("rate", "welcome", "worries", "close"),
    skipped=("rate",),
    family_first=("well",),
    rules_agreed=6,
    prompts_off=("low",),
)
AGENDA = ("agenda", "skipped", "family_first", "rules_agreed")


def test_everyone_sees_the_meeting_and_three_things_go_to_few() -> None:
    assert who_sees(MEETING) == EVERYONE
    assert who_reads(MEETING, "code") == {"facilitator", "wall"}
    assert who_reads(MEETING, "admit") == {"facilitator"}
    assert who_reads(MEETING, "cut") == {"facilitator"}
    assert who_reads(MEETING, "prompts_off") == {"facilitator"}
    open_to_all = ("title", "phase", "phase_since", "state", "authors", "template", "closed", "pause", "about", *AGENDA)
    for field in (*open_to_all, "erase_days", "opened", "ended"):
        assert who_reads(MEETING, field) == EVERYONE, field


def test_what_helps_to_run_a_meeting_travels_to_who_runs_it_and_what_was_sent_out_before_to_nobody() -> None:
    wording = replace(
        TEMPLATE,
        bands=(Band(low=0, high=2, text="Tell your manager today."),),
        prompts=(Prompt(kind="low", text="A number is low. {band}"),),
        links=(Link(title="Family Rights", url="https://example.org/"),),
        expect=(Expected(title="What happens", sentences=("We talk.",)),),
    )
    for role, viewer in EYES.items():
        told = (shown(replace(MEETING, template=wording), viewer) or {})["template"]
        helps = {key for key in ("bands", "prompts", "links", "expect") if told.get(key)}
        assert helps == ({"bands", "prompts", "links"} if role == "facilitator" else {"links"})


SOMEONE = Person(
    id=MAUREEN,
    name="Maureen",
    role="family",
    agency="none",
    helping="Dana",
    state="here",
    hand=True,
    ready="ring",
    came=4,
    away=6,
    at=3,
)
# state, quoted -> what facilitator, scribe, everyone else and the wall are told of someone who never came
STANDING: dict[tuple[str, bool], tuple[str | None, str | None, str | None, str | None]] = {
    ("here", False): ("here", "here", "here", "here"),
    ("here", True): ("here", "here", "here", "here"),
    ("left", False): ("left", "left", None, None),
    ("left", True): ("left", "left", "left", "left"),
    ("waiting", False): ("waiting", None, None, None),
    ("waiting", True): ("waiting", "left", "left", "left"),
    ("refused", False): ("refused", None, None, None),
    ("refused", True): ("refused", "left", "left", "left"),
    ("removed", False): ("removed", None, None, None),
    ("removed", True): ("removed", "left", "left", "left"),
    ("expected", False): ("expected", "expected", None, None),
    ("expected", True): ("expected", "expected", "expected", "expected"),
    ("apologies", False): ("apologies", "apologies", None, None),
    ("apologies", True): ("apologies", "apologies", "apologies", "apologies"),
}
GONE = ("left", "waiting", "refused", "removed")


@pytest.mark.parametrize("role", LENS)
@pytest.mark.parametrize(("state", "quoted"), STANDING)
def test_how_someone_stands_is_told_as_the_table_says(state: Any, quoted: bool, role: str) -> None:
    told = dict(zip(LENSES[:4], STANDING[state, quoted], strict=True))[LENS[role]]
    seen = shown(replace(SOMEONE, state=state, quoted=quoted, came=0), EYES[role])
    assert (seen or {}).get("state") == told


@pytest.mark.parametrize("role", [role for role in LENS if role != "facilitator"])
@pytest.mark.parametrize("quoted", [True, False])
def test_whoever_came_has_left_for_others_however_they_went(role: str, quoted: bool) -> None:
    told = [shown(replace(SOMEONE, state=state, quoted=quoted), EYES[role]) for state in GONE]
    assert [(one or {}).get("state") for one in told] == ["left"] * len(GONE)
    assert all(one == told[0] for one in told)


def test_of_someone_who_is_here_everyone_sees_this_and_few_see_more() -> None:
    for field in ("name", "role", "agency", "helping", "hand", "state"):
        assert who_reads(SOMEONE, field) == EVERYONE, field
    assert who_reads(SOMEONE, "came") == who_reads(SOMEONE, "away") == {"facilitator", "scribe"}
    assert who_reads(SOMEONE, "since") == who_reads(SOMEONE, "ready") == {"facilitator"}
    assert (shown(SOMEONE, Viewer(MAUREEN, "member")) or {})["ready"] == "ring"
    assert who_reads(replace(SOMEONE, how="phone"), "how") == EVERYONE


def test_whom_a_newcomer_seems_to_be_is_told_to_the_facilitator_alone() -> None:
    waits = replace(SOMEONE, state="waiting", again="whoitseems", quoted=True)
    assert who_reads(waits, "expected") == {"facilitator"}
    assert who_reads(replace(waits, comes_back=True), "back") == {"facilitator"}
    assert who_reads(replace(waits, comes_back=True), "expected") == set()
    assert all("whoitseems" not in str(shown(waits, viewer)) for viewer in EYES.values())


CARD = Card(
    id="card0001",
    column="worried",
    text="He may come back",
    version=2,
    order="5i",
    by=DANA,
    typed_by=PRIYA,
    confirmed="voice",
    voice=Voice(whose="Kofi", agreed="parts", how="drew", when="14 May", brought_by="Sade"),
)
# state, off the wall -> the roles that see Dana's card which Priya typed; Dana is the family's eyes here
CARD_SEEN: dict[tuple[str, bool], set[str]] = {
    ("on", False): EVERYONE,
    ("on", True): EVERYONE - {"wall"},
    ("aside", False): {"facilitator", "family"},
    ("aside", True): {"facilitator", "family"},
    ("kept", False): {"family"},
    ("kept", True): {"family"},
    ("tray", False): {"facilitator", "scribe", "family"},
    ("tray", True): {"facilitator", "scribe", "family"},
    ("removed", False): set(),
    ("removed", True): set(),
}


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(("state", "off_wall"), CARD_SEEN)
def test_a_card_is_seen_by_those_the_table_says(state: Any, off_wall: bool, named: bool) -> None:
    card = replace(CARD, state=state, off_wall=off_wall, named=named)
    assert who_sees(card) == CARD_SEEN[state, off_wall]
    for field in ("aside", "kept", "tray"):
        assert who_reads(card, field) == (CARD_SEEN[state, off_wall] if state == field else set())
    assert who_reads(card, "off_wall") == (CARD_SEEN[state, off_wall] & {"facilitator"} if off_wall else set())


@pytest.mark.parametrize("role", LENS)
def test_a_shown_author_is_told_whole(role: str) -> None:
    assert shown(CARD, EYES[role]) == {
        "id": "card0001",
        "column": "worried",
        "text": "He may come back",
        "version": 2,
        "order": "5i",
        "by": DANA,
        "typed_by": PRIYA,
        "typed": True,
        "confirmed": "voice",
        "voice": {"whose": "Kofi", "agreed": "parts", "how": "drew", "when": "14 May", "brought_by": "Sade"},
    }


@pytest.mark.parametrize("role", LENS)
def test_a_hidden_author_is_told_to_nobody_not_even_by_who_brought_the_words(role: str) -> None:
    assert shown(replace(CARD, named=False), EYES[role]) == {
        "id": "card0001",
        "column": "worried",
        "text": "He may come back",
        "version": 2,
        "order": "5i",
        "typed": True,
        "confirmed": "voice",
        "voice": {"whose": "Kofi", "agreed": "parts", "how": "drew", "when": "14 May"},
    }


def test_everyone_sees_a_scale_whole() -> None:
    scale = Scale(id="scale001", title="Safety", about="At home", ten="Safe", zero="Not safe", direction="down")
    told = {
        "id": "scale001",
        "title": "Safety",
        "about": "At home",
        "ten": "Safe",
        "zero": "Not safe",
        "direction": "down",
    }
    assert [shown(scale, viewer) for viewer in EYES.values()] == [told] * len(EYES)


@pytest.mark.parametrize("role", LENS)
@pytest.mark.parametrize("state", ["open", "shown", "closed", "cancelled"])
def test_everyone_sees_a_round_and_its_counts_and_the_facilitator_who_is_missing(state: Any, role: str) -> None:
    round = Round(
        id="round001",
        scale="scale001",
        show="role",
        state=state,
        too=True,
        by=HELEN,
        called={DANA: "family", JO: "agency", KOFI: "child"},
        asked=3,
        answered=1,
        groups={"agency": 1, "child": 1, "family": 1},
        missing=(JO, KOFI),
        question="why-not-less",
        value=0,
        opened=40,
        at=9,
    )
    told = {
        "id": "round001",
        "scale": "scale001",
        "show": "role",
        "state": state,
        "too": True,
        "asked": 3,
        "answered": 1,
        "groups": {"agency": 1, "child": 1, "family": 1},
        "question": "why-not-less",
        "value": 0,
        "opened": 40,
    }
    assert shown(round, EYES[role]) == (told | {"missing": [JO, KOFI]} if role == "facilitator" else told)


RATING = Rating(
    id="rating01", round="round001", value=3, person=DANA, role="family", reason="He is not back", said_at=(41,)
)
NOT_SHOWN: dict[str, tuple[Rating, set[str]]] = {
    "given by Dana": (RATING, {"family"}),
    "given by Dana, to be shared": (replace(RATING, share=True), {"family"}),
    "not sure": (replace(RATING, value="not-sure"), {"family"}),
    "rather not": (replace(RATING, value="rather-not"), {"family"}),
    "given by the facilitator": (replace(RATING, person=HELEN, role="facilitator"), {"facilitator"}),
    "given by the child": (replace(RATING, person=KOFI, role="child"), {"child"}),
    "given by the school": (replace(RATING, person=JO, role="agency"), {"agency"}),
    "typed for Dana by the scribe": (replace(RATING, typed_by=PRIYA, source="rang"), set()),
    "typed for Dana by the facilitator": (replace(RATING, typed_by=HELEN), set()),
    "typed for the child by the advocate": (replace(RATING, person=KOFI, typed_by=BY_ROLE["advocate"]), set()),
}


@pytest.mark.parametrize("case", NOT_SHOWN)
def test_until_the_reveal_a_number_goes_to_its_giver_alone_and_what_was_typed_to_nobody(case: str) -> None:
    rating, seen_by = NOT_SHOWN[case]
    assert who_sees(rating) == seen_by
    assert sight(rating, Viewer("", "member")) is None
    assert sight(rating, Viewer(rating.person, "wall")) is None


@pytest.mark.parametrize("value", [0, 7, 10, "not-sure", "rather-not"])
@pytest.mark.parametrize("reason", ["", "No", "Because " * 35, "لا أعرف " * 35, 'so "quoted"\n' * 23])
def test_ones_own_number_travels_in_1024_bytes_whatever_it_is(value: Any, reason: str) -> None:
    own = sight(replace(RATING, value=value, reason=reason, share=bool(reason)), EYES["family"])
    assert len(encode(own)) == 1024
    told = msgspec.json.decode(encode(own))
    assert (told["value"], told["reason"], told["person"]) == (value, reason, DANA)
    assert set(told) == {"id", "round", "person", "role", "value", "reason", "share", "pad"}


def test_a_reason_too_wide_for_that_fills_the_next_1024_bytes() -> None:
    assert len(encode(sight(replace(RATING, reason="😀" * 280), EYES["family"]))) == 2048


@pytest.mark.parametrize("letter", ["😀", "喜"])
def test_no_length_of_a_reason_lets_the_value_move_the_size(letter: str) -> None:
    for length in range(281):
        ratings = [
            replace(RATING, value=value, share=share, reason=letter * length)
            for value in (0, 10, "not-sure", "rather-not")
            for share in (True, False)
        ]
        assert len({len(encode(sight(rating, EYES["family"]))) for rating in ratings}) == 1, length


@pytest.mark.parametrize("role", LENS)
@pytest.mark.parametrize("typed_by", ["", PRIYA])
def test_with_names_everyone_sees_the_number_and_a_reason_that_was_shared(role: str, typed_by: str) -> None:
    bare = replace(RATING, shown="named", typed_by=typed_by)
    told = {"id": "rating01", "round": "round001", "person": DANA, "role": "family", "value": 3, "reason": ""}
    assert shown(bare, EYES[role]) == told
    assert shown(replace(bare, share=True), EYES[role]) == told | {"reason": "He is not back"}
    assert (shown(replace(bare, value="not-sure"), EYES[role]) or {})["value"] == "not-sure"
    assert shown(replace(bare, value="rather-not"), EYES[role]) is None


@pytest.mark.parametrize("role", LENS)
def test_without_names_a_number_carries_no_person_and_no_reason(role: str) -> None:
    marked = Rating(id="mark0001", round="round001", value=3, role="someone", shown="role")
    assert shown(marked, EYES[role]) == {"id": "mark0001", "round": "round001", "role": "someone", "value": 3}
    dot = Rating(id="mark0001", round="round001", value=3, shown="spread")
    assert shown(dot, EYES[role]) == {"id": "mark0001", "round": "round001", "value": 3}


SECOND = Translation(
    id="second01",
    of=Of(kind="card", id="card0001"),
    original=CARD,
    source="He may come back",
    text="شاید برگردد",
    lang="prs",
    dir="rtl",
    of_lang="en",
    by=LEILA,
)


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(("state", "off_wall"), CARD_SEEN)
def test_a_second_text_is_seen_by_exactly_those_who_see_the_words(state: Any, off_wall: bool, named: bool) -> None:
    card = replace(CARD, state=state, off_wall=off_wall, named=named)
    assert who_sees(replace(SECOND, original=card, named=named)) == who_sees(card) == CARD_SEEN[state, off_wall]
    assert who_sees(replace(SECOND, original=None)) == EVERYONE


@pytest.mark.parametrize("role", LENS)
def test_who_translated_is_told_where_authors_are_shown_and_always_to_herself(role: str) -> None:
    told = {
        "id": "second01",
        "of": {"kind": "card", "id": "card0001", "field": "text"},
        "text": "شاید برگردد",
        "lang": "prs",
        "dir": "rtl",
        "of_lang": "en",
        "of_dir": "ltr",
        "version": 1,
    } | ({"yours": True} if role == "interpreter" else {})
    assert shown(SECOND, EYES[role]) == told | {"by": LEILA}
    assert shown(replace(SECOND, named=False), EYES[role]) == told
    changed = replace(SECOND, original=replace(CARD, text="He came back", version=3))
    assert (shown(changed, EYES[role]) or {}).get("stale") is True


UNCLEAR = Unclear(id="unclear1", word="back", original=CARD, by=JO)
# state, confirmed -> who is told of a word of Dana's card that Priya typed
TOLD: dict[tuple[str, str], set[str]] = {
    ("on", ""): {"family", "scribe"},
    ("on", "voice"): {"family"},
    ("aside", ""): {"family"},
    ("removed", ""): set(),
}


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(("state", "confirmed"), TOLD)
def test_a_word_nobody_understands_is_told_to_its_writer_and_never_from_whom(
    state: Any, confirmed: Any, named: bool
) -> None:
    note = replace(UNCLEAR, original=replace(CARD, state=state, confirmed=confirmed, named=named))
    assert who_sees(note) == TOLD[state, confirmed]
    told = [shown(note, viewer) for viewer in EYES.values()]
    assert all(one in (None, {"id": "unclear1", "card": "card0001", "word": "back"}) for one in told)
    assert sight(note, Viewer(DANA, "wall")) is None
    bare = replace(note, original=replace(note.original, typed_by="", confirmed=""))
    assert not any(sight(bare, Viewer("", lens)) for lens in LENSES)


ANSWER = Answer(
    id="answer01", poll="poll0001", value="partly", person=DANA, role="family", words="Not weekly", said_at=(41,)
)
ANSWER_KEPT: dict[str, tuple[Answer, set[str]]] = {
    "given by Dana": (ANSWER, {"family"}),
    "given by Dana, to be shared": (replace(ANSWER, share=True), {"family"}),
    "not now": (replace(ANSWER, value="not-now"), {"family"}),
    "given by the facilitator": (replace(ANSWER, person=HELEN, role="facilitator"), {"facilitator"}),
    "given by the child": (replace(ANSWER, person=KOFI, role="child"), {"child"}),
    "given by the school": (replace(ANSWER, person=JO, role="agency"), {"agency"}),
    "given under a name somebody else came in by": (replace(ANSWER, unheld=True), set()),
    "typed for Dana by the scribe": (replace(ANSWER, typed_by=PRIYA, source="rang"), set()),
    "typed for the child by the advocate": (replace(ANSWER, person=KOFI, typed_by=BY_ROLE["advocate"]), set()),
}


@pytest.mark.parametrize("case", ANSWER_KEPT)
def test_until_all_are_shown_an_answer_goes_to_its_giver_alone_and_what_was_typed_to_nobody(case: str) -> None:
    answer, seen_by = ANSWER_KEPT[case]
    assert who_sees(answer) == seen_by
    assert sight(answer, Viewer("", "member")) is None
    assert sight(answer, Viewer(answer.person, "wall")) is None


@pytest.mark.parametrize("role", LENS)
def test_a_shown_answer_is_told_with_its_name_or_as_words_of_nobody(role: str) -> None:
    bare = replace(ANSWER, shown="named", typed_by=PRIYA, source="rang")
    told = {"id": "answer01", "poll": "poll0001", "person": DANA, "role": "family", "value": "partly"}
    assert shown(bare, EYES[role]) == told
    assert shown(replace(bare, share=True), EYES[role]) == told | {"words": "Not weekly"}
    nobodys = Answer(id="words001", poll="poll0001", value="partly", words="Not weekly", shown="bare")
    told = {"id": "words001", "poll": "poll0001", "value": "partly", "words": "Not weekly"}
    assert shown(nobodys, EYES[role]) == told


@pytest.mark.parametrize("role", LENS)
def test_everyone_sees_a_poll_and_its_counts_and_the_facilitator_who_is_missing(role: str) -> None:
    poll = Poll(
        id="poll0001",
        set="set00001",
        versions={"happened": 2},
        state="shown",
        too=True,
        by=HELEN,
        called={DANA: "family", JO: "agency"},
        asked=2,
        answered=1,
        missing=(JO,),
        counts={"partly": 1},
        not_asked=1,
        unasked=(MAUREEN,),
        away=(KOFI,),
        opened=40,
        at=9,
    )
    told = {
        "id": "poll0001",
        "set": "set00001",
        "versions": {"happened": 2},
        "named": True,
        "state": "shown",
        "too": True,
        "asked": 2,
        "answered": 1,
        "counts": {"partly": 1},
        "not_asked": 1,
        "unasked": [MAUREEN],
        "opened": 40,
    }
    runs = {"missing": [JO], "away": [KOFI]}
    assert shown(poll, EYES[role]) == (told | runs if role == "facilitator" else told)


@pytest.mark.parametrize(
    ("part", "alone"),
    [
        (CARD, set()),
        (replace(CARD, state="aside"), {DANA}),
        (replace(CARD, state="kept", typed_by=""), {DANA}),
        (replace(CARD, state="tray"), {DANA, PRIYA}),
        (replace(CARD, state="removed"), set()),
        (SOMEONE, {MAUREEN}),
        (RATING, {DANA}),
        (replace(RATING, typed_by=PRIYA), set()),
        (replace(RATING, shown="named"), {DANA}),
        (Rating(id="mark0001", round="round001", value=3, shown="spread"), set()),
        (ANSWER, {DANA}),
        (replace(ANSWER, typed_by=PRIYA), set()),
        (replace(ANSWER, shown="named"), {DANA}),
        (Answer(id="words001", poll="poll0001", value="partly", words="Not weekly", shown="bare"), set()),
        (MEETING, set()),
        (SECOND, {LEILA}),
        (replace(SECOND, original=replace(CARD, state="aside")), {LEILA, DANA}),
        (replace(SECOND, original=None), {LEILA}),
        (UNCLEAR, {DANA}),
        (replace(UNCLEAR, original=replace(CARD, confirmed="")), {DANA, PRIYA}),
        (replace(UNCLEAR, original=replace(CARD, typed_by="")), {DANA}),
    ],
)
def test_who_sees_a_part_otherwise_than_their_lens_gets_a_frame_of_their_own(part: AnyPart, alone: set[str]) -> None:
    assert personal(Touch(None, part)) == personal(Touch(part, None)) == alone
    for role, viewer in EYES.items():
        if viewer.id not in alone:
            assert sight(part, viewer) == sight(part, Viewer("", LENS[role]))
